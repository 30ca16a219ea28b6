#!/usr/bin/env bash
# Fills a small file system to every level and imports 40 records, or as many as are asked for: done whole, or not at
# all and said so; with room again, the same import works. full-disk.sh [PROGRAM [RECORDS]]
set -euo pipefail
program=$(realpath "${1:-target/release/kunpeng}")
records=${2:-40}
work=$(mktemp -d)
if ! mount -t tmpfs -o size=1m tmpfs "$work" 2>/dev/null; then
    echo "skipped: mount is not allowed here"; rmdir "$work"; exit 0
fi
umount "$work"
tables=$(mktemp -d)
trap 'umount "$work" 2>/dev/null || true; rm -rf "$work" "$tables"' EXIT
export KUNPENG_DATA=$work/data KUNPENG_TODAY=2026-11-23
echo "id,name,industry" > "$tables/one.csv"
for n in $(seq 1 "$records"); do echo "e$n,Sample $n,automobile"; done >> "$tables/one.csv"
done_at=0; refused=0; levels=0
try() { # try OPTIONS
    mount -t tmpfs -o "$1" tmpfs "$work"
    if "$program" -q init 2>/dev/null && "$program" -q industry add id=automobile name=汽车 2>/dev/null; then
        levels=$((levels + 1))
        said=0; "$program" -q import enterprises "$tables/one.csv" > /dev/null 2> "$tables/said" || said=$?
        seen=$("$program" export enterprises --format csv | grep -c 'Sample' || true)
        case $said:$seen in
            0:"$records") done_at=$((done_at + 1)) ;;
            1:0) refused=$((refused + 1))
                 grep -q '' "$tables/said" || { echo "$1: refused without a word"; exit 1; } ;;
            *) echo "$1: ended with $said, and $seen of $records are there"; cat "$tables/said"; exit 1 ;;
        esac
        mount -o remount,size=8m,nr_inodes=10000 "$work"
        "$program" -q import enterprises "$tables/one.csv" > /dev/null
        seen=$("$program" export enterprises --format csv | grep -c 'Sample')
        [ "$seen" = "$records" ] || { echo "$1: with room again, $seen of $records are there"; exit 1; }
    fi
    umount "$work"
}
for size in $(seq 80 4 $((80 + 12 * records))); do try "size=${size}k,nr_inodes=10000"; done
for inodes in $(seq 20 1 $((20 + 4 * records))); do try "size=8m,nr_inodes=$inodes"; done
[ "$done_at" -gt 0 ] && [ "$refused" -gt 0 ] || { echo "not both outcomes were seen"; exit 1; }
echo "filled to $levels levels: $refused times refused and nothing changed, $done_at times done, nothing else"
