#!/bin/sh
# The first day: a store for a new edition, filled from the tables of first-day/, with Chinese or English headers.
#
#   examples/first-day.sh [STORE] [zh|en]
#
# All enterprises are fictitious; codes with `DEM` in them belong to nobody.
set -eu

store=${1:-first-day-store}
tables=$(dirname "$0")/first-day/${2:-zh}
kunpeng=${KUNPENG:-kunpeng}

"$kunpeng" init "$store"
KUNPENG_DATA=$store
export KUNPENG_DATA

# What everything else refers to comes first.
"$kunpeng" import industries "$tables/industries.csv"
"$kunpeng" import editions "$tables/editions.csv"
"$kunpeng" import enterprises "$tables/enterprises.csv" --edition 4 --as member
"$kunpeng" import activities "$tables/activities.csv" --edition 4
for kind in attendance indicators recognitions platforms projects needs; do
    "$kunpeng" import "$kind" "$tables/$kind.csv"
done

"$kunpeng" status
"$kunpeng" check
"$kunpeng" summary 4
