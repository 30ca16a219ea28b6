#!/usr/bin/env bash
# The long form of all that is tried against the store: about an hour on two cores. long.sh [PROGRAM]
set -euo pipefail
program=$(realpath "${1:-target/release/kunpeng}")
cd "$(dirname "$0")/../.."
export KUNPENG_PROGRAM=$program
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}"
KUNPENG_HISTORIES=1000 cargo test --test it -- model:: --nocapture
KUNPENG_STORM=300 cargo test --test it -- store::a_storm --nocapture
for how in signal=KILL error=EIO error=ENOSPC; do
    bash tests/store/break-every-syscall.sh "$program" 1 "$how"
done
bash tests/store/full-disk.sh "$program" 100
bash tests/store/full-disk-commands.sh "$program" 1
bash tests/store/power-cut.sh "$program" 1000
