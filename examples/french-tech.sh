#!/bin/sh
# Six yearly lists of the French Tech 120 as six editions of one programme, in three layouts and without registry
# numbers: everything that differs from the standard store is said in programme.toml and on the command line.
#
#   examples/french-tech.sh DIR_OF_CSVS STORE
#
# The folder holds 2020.csv … 2025.csv:
#   2020, 2021         year,label,name          no header
#   2022               Company,Total funding,Launch date
#   2023, 2024, 2025   name,address             no header
set -eu

lists=${1:?the folder of the lists}
store=${2:?the store to make}
kunpeng=${KUNPENG:-kunpeng}

"$kunpeng" init --quiet "$store"

# Euros, English, and no registry code: a name is all there is.
sed -e 's/^name = .*/name = "French Tech Next40\/120"/' \
    -e '/^name_en = /d' \
    -e 's/^currency = .*/currency = "EUR"/' \
    -e 's/^language = .*/language = "en"/' \
    -e 's/^identifier = .*/identifier = "none"/' \
    "$store/programme.toml" > "$store/programme.new"
mv "$store/programme.new" "$store/programme.toml"

run() {
    "$kunpeng" --data "$store" --quiet "$@"
}

for year in 2020 2021 2022 2023 2024 2025; do
    run edition add "id=$year" "name=French Tech $year" "opened=$year-01" "closed=$year-12"
    list=$lists/$year.csv
    case $year in
        2020 | 2021)
            run import enterprises "$list" --edition "$year" --as member --same \
                --header year,label,name --map year=- --map label=-
            ;;
        2022)
            run import enterprises "$list" --edition "$year" --as member --same \
                --map "Total funding=-" --map "Launch date=-"
            ;;
        *)
            run import enterprises "$list" --edition "$year" --as member --same \
                --header name,address --map address=note
            ;;
    esac
    # Whoever was on a list was on it to the end of its year.
    run member graduate "$year" --all
done
