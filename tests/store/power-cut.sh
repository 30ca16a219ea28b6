#!/usr/bin/env bash
# Shuts a file system down while the program imports, mounts it again, and asks for the old state or the new one;
# whatever was said to be done must be there. power-cut.sh [PROGRAM [ROUNDS]]
set -euo pipefail
program=$(realpath "${1:-target/release/kunpeng}")
rounds=${2:-100}
[ "$(id -u)" = 0 ] || { echo "skipped: needs root to mount"; exit 0; }
# Imports a table and, some thousandths of a second later, asks the file system to shut down without writing its log,
# as `xfs_io -x -c shutdown` does. Ends with 0 if the import was said to be done, 1 if not, 9 if there is no such request.
import_and_shut_down() {
    python3 - "$program" "$work/t.csv" "$place" "$window" <<'PYTHON'
import fcntl, os, random, struct, subprocess, sys, time
program, table, place, window = sys.argv[1:]
folder = os.open(place, os.O_RDONLY)
quiet = subprocess.DEVNULL
job = subprocess.Popen([program, "-q", "import", "enterprises", table], stdout=quiet, stderr=quiet)
time.sleep(random.random() * float(window))
try:
    fcntl.ioctl(folder, 0x8004587D, struct.pack("I", 2))
except OSError:
    job.wait()
    sys.exit(9)
sys.exit(0 if job.wait() == 0 else 1)
PYTHON
}
work=$(mktemp -d); disk=$work/disk; place=$work/place; mkdir "$place"
trap 'umount "$place" 2>/dev/null || true; rm -rf "$work"' EXIT
export KUNPENG_DATA=$place/data KUNPENG_TODAY=2026-11-23
for n in $(seq 1 40); do echo "e$n,Sample $n,automobile,TOWN"; done > "$work/rows"
table() { echo "id,name,industry,town"; sed "s/TOWN/$1/" "$work/rows"; }
for system in ext4 xfs; do
    command -v mkfs.$system > /dev/null || { echo "$system: skipped, no mkfs.$system"; continue; }
    rm -f "$disk"; truncate -s 320M "$disk"; mkfs.$system -q "$disk"
    mount -o loop "$disk" "$place" 2>/dev/null || { echo "$system: skipped, mount is not allowed here"; continue; }
    "$program" -q init; "$program" -q industry add id=automobile name=汽车
    table t0 > "$work/t.csv"
    # As long as an import takes, and a little more.
    started=$(date +%s%N); "$program" -q import enterprises "$work/t.csv"
    window=$(awk "BEGIN { print ($(date +%s%N) - $started) * 1.3 / 1e9 }")
    last=t0; was_old=0; was_new=0
    for round in $(seq 1 "$rounds"); do
        table "t$round" > "$work/t.csv"
        said=0; import_and_shut_down || said=$?
        [ "$said" != 9 ] || { echo "$system: skipped, cannot be shut down"; break; }
        umount "$place"; mount -o loop "$disk" "$place"
        towns=$("$program" export enterprises --format csv | tail -n +2 | grep -o ',t[0-9]*' | sort -u)
        "$program" -q check --repair > /dev/null
        raw=$(cat "$place"/data/enterprises/*.toml | grep -o 't[0-9]*"$' | sort -u)
        case $towns:$raw in
            ",t$round:t$round\"") last=t$round; was_new=$((was_new + 1)) ;;
            ",$last:$last\"") was_old=$((was_old + 1))
                [ "$said" != 0 ] || { echo "$system, round $round: said to be done, and is lost"; exit 1; } ;;
            *) echo "$system, round $round: $towns, $raw after $last"; exit 1 ;;
        esac
    done
    umount "$place"
    echo "$system: $((was_old + was_new)) shutdowns: $was_old times the old state, $was_new times the new one, nothing else"
done
