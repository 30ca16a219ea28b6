#!/bin/sh
# Imports every file of a folder, as a nightly job: night-job.sh KIND FOLDER [OPTION...]
#
# A file is imported whole or not at all. Afterwards it lies in FOLDER/done, or, where it has errors, in
# FOLDER/refused with what is wrong with it beside it. The exit code is 0 if everything was imported, 3 if a file was
# refused, 1 if the work could not be done; a job that is told 1 should not go on.
set -u

kind=$1
folder=$2
shift 2
kunpeng=${KUNPENG:-kunpeng}
outcome=0
mkdir -p "$folder/done" "$folder/refused" || exit 1

for file in "$folder"/*; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    said=$("$kunpeng" import "$kind" "$file" "$@" 2>&1)
    code=$?
    case $code in
        0)
            mv "$file" "$folder/done/$name" || exit 1
            echo "imported $name"
            ;;
        3)
            printf '%s\n' "$said" > "$folder/refused/$name.txt"
            mv "$file" "$folder/refused/$name" || exit 1
            echo "refused $name: see refused/$name.txt"
            outcome=3
            ;;
        *)
            # 2: the command line of this job is wrong; 4: it is not known whether the change was made.
            printf '%s\n' "$said" >&2
            echo "stopped at $name with exit code $code" >&2
            exit 1
            ;;
    esac
done
exit $outcome
