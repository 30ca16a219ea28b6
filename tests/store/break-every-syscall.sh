#!/usr/bin/env bash
# Breaks an import of 40 records at every system call, lets the next writing command recover, and asks for the old
# state or the new one, and for the new one wherever the import said it was done.
# break-every-syscall.sh [PROGRAM [STEP [HOW]]], HOW as strace injects it: signal=KILL, error=EIO, error=ENOSPC
set -euo pipefail
program=$(realpath "${1:-target/release/kunpeng}")
step=${2:-1}
how=${3:-signal=KILL}
strace -f -e trace=none true 2>/dev/null || { echo "skipped: strace cannot trace here"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export KUNPENG_DATA=$work/data KUNPENG_TODAY=2026-11-23 KUNPENG_NOW=2026-11-23T00:00:00+00:00
"$program" -q init start
"$program" -q --data start industry add id=automobile name=汽车
table() {
    echo "id,name,industry,town,phone"
    for n in $(seq 1 "$2"); do echo "e$n,Sample $n,automobile,$1,138000000$((n + 10))"; done
}
table one 20 > one.csv
table two 40 > two.csv
"$program" -q --data start import enterprises one.csv
states() { (cd data && find . -path ./.kunpeng -prune -o -type f -print | sort | xargs sha256sum | sha256sum); }
rm -rf data; cp -r start data; old=$(states)
"$program" -q import enterprises two.csv; new=$(states)
was_old=0; was_new=0; points=0
for call in $(strace -f -o /dev/stdout "$program" -q --data start status 2>/dev/null | sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' | sort -u > reads; \
        rm -rf data; cp -r start data; strace -f -o trace "$program" -q import enterprises two.csv; \
        sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' trace | sort | uniq -c | awk '$2 !~ /^(exit|exit_group|execve)$/ {print $2 ":" $1}'); do
    name=${call%:*}; count=${call#*:}
    for ((at = 1; at <= count; at += step)); do
        rm -rf data; cp -r start data
        # Quiet: the shell would tell of every kill.
        said=0
        { timeout 60 strace -f -o /dev/null -e trace="$name" -e inject="$name":"$how":when="$at" \
            "$program" -q import enterprises two.csv; } > /dev/null 2>&1 || said=$?
        seen=$("$program" export enterprises --format csv | grep -c ',two,' || true)
        # A writing command that recovers first, and whose own change is the same each time.
        "$program" -q check --repair > /dev/null
        case $(states) in
            "$old") was_old=$((was_old + 1)); wanted=0 ;;
            "$new") was_new=$((was_new + 1)); wanted=40 ;;
            *) echo "$how at $name $at: neither the old state nor the new one"; exit 1 ;;
        esac
        [ "$said" != 0 ] || [ "$wanted" = 40 ] || { echo "$how at $name $at: said to be done and is not"; exit 1; }
        [ "$said" != 124 ] || { echo "$how at $name $at: never ended"; exit 1; }
        [ "$seen" = "$wanted" ] || { echo "$how at $name $at: a reader saw $seen of $wanted"; exit 1; }
        points=$((points + 1))
    done
done
[ "$was_old" -gt 0 ] && [ "$was_new" -gt 0 ] || { echo "not both states were seen"; exit 1; }
echo "$how at $points system calls: $was_old times the old state, $was_new times the new one, nothing else"
