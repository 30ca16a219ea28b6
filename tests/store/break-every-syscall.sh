#!/usr/bin/env bash
# Breaks a change at every system call, lets the next writing command recover, and asks for the old state or the new
# one, for the new one wherever the change was said to be done, and for a log with one entry more, by its author, or
# none. Four kinds of change: an import of 40 records, the close of an edition, the undoing of the import, the erasure
# of a person.
# break-every-syscall.sh [PROGRAM [STEP [HOW [KIND…]]]], HOW as strace injects it: signal=KILL, error=EIO, error=ENOSPC
set -euo pipefail
program=$(realpath "${1:-target/release/kunpeng}")
step=${2:-1}
how=${3:-signal=KILL}
kinds=("${@:4}")
[ ${#kinds[@]} -gt 0 ] || kinds=(import close undo erase)
strace -f -e trace=none true 2>/dev/null || { echo "skipped: strace cannot trace here"; exit 0; }
# What is killed leaves the disk as it is: memory does as well, and is quicker.
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export KUNPENG_DATA=$work/data KUNPENG_TODAY=2026-11-23 KUNPENG_NOW=2026-11-23T00:00:00+00:00
table() {
    echo "id,name,industry,town,phone"
    for n in $(seq 1 "$2"); do echo "e$n,Sample $n,automobile,$1,138000000$((n + 10))"; done
}
table one 20 > one.csv
table two 40 > two.csv
"$program" -q init
"$program" -q industry add id=automobile name=汽车
"$program" -q edition add id=1 name=First
"$program" -q edition open 1 --on 2026-01-01
"$program" -q import enterprises one.csv
cp -r data start-import; cp -r data start-close; cp -r data start-erase
"$program" -q import enterprises two.csv
mv data start-undo
change() {
    case $1 in
        import) echo "import enterprises two.csv" ;;
        close) echo "edition close 1 --on 2026-11-01" ;;
        undo) echo "undo" ;;
        erase) echo "enterprise erase-contacts e1 --yes" ;;
    esac
}
states() { (cd data && find . -path ./.kunpeng -prune -o -type f -print | sort | xargs sha256sum | sha256sum); }
history() { "$program" log -n 1000 --format csv | tail -n +2; }
view() { { "$program" export enterprises --format csv; "$program" edition list; "$program" enterprise show e1; } | sha256sum; }
fail() { echo "$how at $kind, $name $at: $1"; exit 1; }
break_at() { # break_at NAME AT: the call, and which of its name
    name=$1; at=$2
    rm -rf data; cp -r "start-$kind" data
    # Quiet: the shell would tell of every kill.
    said=0
    { KUNPENG_ACTOR=author timeout 60 strace -f -o /dev/null -e trace="$name" -e inject="$name":"$how":when="$at" \
        "$program" -q "${words[@]}"; } > /dev/null 2>&1 || said=$?
    seen=$(view)
    # A writing command that recovers first, and whose own change is the same each time.
    KUNPENG_ACTOR=next "$program" -q check --repair > /dev/null
    case $(states) in
        "$old") was_old=$((was_old + 1)); wanted=$old_view; logged=$old_log ;;
        "$new") was_new=$((was_new + 1)); wanted=$new_view; logged=$new_log ;;
        *) fail "neither the old state nor the new one" ;;
    esac
    [ "$said" != 0 ] || [ "$wanted" = "$new_view" ] || fail "said to be done and is not"
    [ "$said" != 124 ] || fail "never ended"
    [ "$seen" = "$wanted" ] || fail "a reader saw another state than is there"
    # The log has one entry more, by its author, or none; whoever comes next adds one of their own, and what was
    # interrupted is no edit by hand of theirs.
    [ "$(history)" = "$logged" ] || fail "the log is neither the old one nor that with one entry more"
    KUNPENG_ACTOR=next "$program" -q industry set automobile note=next
    [ "$(history | tail -n +2)" = "$logged" ] || fail "the next command adds more than one entry to the log"
    [[ "$(history | head -n 1)" = *",next,"* ]] || fail "the next command is not in the log"
    if [ "$kind" = erase ]; then
        "$program" -q "${words[@]}"
        ! grep -rq 13800000011 data || fail "what was to be erased is still there"
    fi
}
points=0; was_old=0; was_new=0
for kind in "${kinds[@]}"; do
    read -ra words <<< "$(change "$kind")"
    rm -rf data; cp -r "start-$kind" data; old=$(states); old_view=$(view); old_log=$(history)
    KUNPENG_ACTOR=author strace -f -o trace "$program" -q "${words[@]}"
    new=$(states); new_view=$(view); new_log=$(history)
    [[ "$(head -n 1 <<< "$new_log")" = *",author,"* && "$(tail -n +2 <<< "$new_log")" = "$old_log" ]] ||
        { echo "$kind: it is not one entry of its author"; exit 1; }
    first=$points; old_before=$was_old; new_before=$was_new
    for call in $(sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' trace | sort | uniq -c |
        awk '$2 !~ /^(exit|exit_group|execve)$/ {print $2 ":" $1}'); do
        for ((number = 1; number <= ${call#*:}; number += step)); do
            break_at "${call%:*}" "$number"
            points=$((points + 1))
        done
    done
    [ "$was_old" -gt "$old_before" ] || { echo "$kind: the old state was never seen"; exit 1; }
    [ "$was_new" -gt "$new_before" ] || { echo "$kind: the new state was never seen"; exit 1; }
    echo "$how at $((points - first)) system calls of $kind"
done
echo "$how at $points system calls: $was_old times the old state, $was_new times the new one, nothing else"
