#!/usr/bin/env bash
# Every command that writes, on a small file system with room for one page, for two, and so on until it is done, and with
# a limit to the size of a file: done whole, or not at all and said so; an old file of a person is as it was; nothing half
# stays; with room again, the command works and `check` finds nothing.
# full-disk-commands.sh [PROGRAM [STEP [NAME…]]]
set -euo pipefail
program=$(realpath "${1:-target/release/kunpeng}")
step=${2:-1}
names=("${@:3}")
work=$(mktemp -d)
if ! mount -t tmpfs -o size=1m tmpfs "$work" 2>/dev/null; then
    echo "skipped: mount is not allowed here"; rmdir "$work"; exit 0
fi
umount "$work"
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}"
start=$(mktemp -d)
trap 'umount "$work" 2>/dev/null || true; rm -rf "$work" "$start" "$start-now"' EXIT
export KUNPENG_TODAY=2026-11-23 KUNPENG_NOW=2026-11-23T00:00:00+00:00 KUNPENG_ACTOR=tester LANG=en
kunpeng() { "$program" --data data "$@"; }

# What every command finds.
cd "$start"
printf 'id,name,industry,phone\n' > one.csv
for n in 1 2 3 4 5; do printf 'e%s,Sample %s,automobile,1380000000%s\n' $n $n $n; done >> one.csv
sed '1!s/^e/f/; 1!s/Sample/Other/' one.csv > two.csv
printf 'bad,,nowhere,\n' | cat two.csv - > faulty.csv
sed 's/^id/number/' two.csv > mapped.csv
printf 'enterprise set e1 town=Changed\nenterprise set e2 town=Changed\n' > batch
printf 'sed -i s/Automobiles/Cars/ "$1"\n' > editor.sh
for old in old.csv old.xlsx old.docx old.md old.json; do echo old > $old; done
kunpeng -q init
kunpeng -q industry add id=automobile name=Automobiles
kunpeng -q edition add id=1 name=First
kunpeng -q edition open 1 --on 2026-01-01
kunpeng -q import enterprises one.csv --edition 1 --as member
kunpeng -q enterprise set e3 note=undone
kunpeng -q undo
kunpeng -q import enterprises two.csv --plan plan.json
kunpeng -q backup copy.tar.zst
cp -r data closed && "$program" -q --data closed edition close 1 --on 2026-11-01 --yes
cp -r data older && sed -i 's/^format = 1$/format = 0/' older/programme.toml
kunpeng -q check --repair > /dev/null

commands() { # NAME|COMMAND
cat <<'LIST'
init|kunpeng init new
add|kunpeng --data data industry add id=new name=New
set|kunpeng --data data enterprise set e1 town=Changed
import|kunpeng --data data import enterprises two.csv
accept-valid|kunpeng --data data import enterprises faulty.csv --accept-valid
save-map|kunpeng --data data import enterprises mapped.csv --map number=id --save-map mine
plan|kunpeng --data data import enterprises two.csv --plan new.plan
plan-over|kunpeng --data data import enterprises two.csv --plan old.json
apply|kunpeng --data data apply plan.json
batch|kunpeng --data data batch batch
edit|EDITOR="sh editor.sh" kunpeng --data data industry edit automobile
undo|kunpeng --data data undo
redo|kunpeng --data data redo
merge|kunpeng --data data enterprise merge e4 e5 --yes
rename|kunpeng --data data enterprise rename e1 renamed
remove|kunpeng --data data enterprise remove e1 --yes
member|kunpeng --data data member graduate 1 e1
close|kunpeng --data data edition close 1 --on 2026-11-01 --yes
reopen|kunpeng --data closed edition reopen 1 --yes --reason again
erase|kunpeng --data data enterprise erase-contacts e1 --yes
prune|kunpeng --data data history prune --before 2027-01-01 --yes
repair|kunpeng --data data check --repair
backup|kunpeng --data data backup new.tar.zst
backup-folder|kunpeng --data data backup new
restore|kunpeng restore copy.tar.zst new
export|kunpeng --data data export enterprises -o old.csv
export-contacts|kunpeng --data data export enterprises --with-contacts -o old.csv
export-all|kunpeng --data data export --all -o new
report|kunpeng --data data report roster --edition 1 -o old.xlsx
summary|kunpeng --data data summary 1 -o old.docx
summary-md|kunpeng --data data summary 1 -o old.md
list|kunpeng --data data enterprise list -o old.json
LIST
}

state() { (cd "$1" && find . -path '*/.kunpeng' -prune -o -type f -print | sort | xargs sha256sum | sha256sum); }
leftovers() { find "$work" \( -name '*.tmp' -o -name '.*.kunpeng-copy' -o -name 'kunpeng-*' -o -path "$work/data/.kunpeng/stage/*" \) -print; }
try() { # try LIMIT: runs the command where there is so much room; sets said
    case $1 in
        room:*) mount -t tmpfs -o "size=$((used + ${1#room:} * 4))k" tmpfs "$work" ;;
        file:*) mount -t tmpfs -o size=64m tmpfs "$work" ;;
    esac
    cp -a "$start/." "$work/"
    said=0
    case $1 in
        room:*) (cd "$work" && TMPDIR="$work" eval "$line") > /dev/null 2> "$start-now" || said=$? ;;
        # The system ends a program at the limit, unless that is ignored: then the write fails.
        file:*) (cd "$work" && trap '' XFSZ && ulimit -f "${1#file:}" && TMPDIR="$work" eval "$line") 2>&1 > /dev/null | cat > "$start-now" || said=$? ;;
    esac
}
fail() { echo "$name at $limit: $1"; head -5 "$start-now"; leftovers | head -3; exit 1; }
judge() {
    mount -o remount,size=64m "$work"
    [ "$said" -le 1 ] || fail "ended with $said"
    [ "$said" = 0 ] || grep -q '' "$start-now" || fail "refused without a word"
    local root=data; [[ "$line" != *"--data closed"* ]] || root=closed
    for it in data $root; do (cd "$work" && "$program" -q --data $it check --repair > /dev/null) || fail "check finds errors"; done
    # Of an editor that fails for want of room, the copy is kept for the person, and named.
    if [ "$name" = edit ] && [ "$said" != 0 ] && kept=$(grep -o "$work/kunpeng-[^ ]*" "$start-now" | head -1); then rm -f "$kept"; fi
    local now; now=$(state "$work")
    if [ "$said" = 0 ]; then [ "$now" = "$new" ] || fail "said to be done and is not"
    elif [ "$name" = erase ] && [ "$now" = "$new" ]; then :
    else [ "$now" = "$old" ] || fail "refused, and something changed"; fi
    [ -z "$(leftovers)" ] || fail "something half stays"
    [ "$said" = 0 ] || (cd "$work" && TMPDIR="$work" eval "$line") > /dev/null 2> "$start-now" || fail "not even with room again"
    [ "$(state "$work")" = "$new" ] || fail "with room again, it is not as it should be"
    if [ "$name" = erase ]; then ! grep -rq 13800000001 "$work/data" || fail "what was to be erased is still there"; fi
}
levels=0; refused=0; done_at=0
old=$(state "$start")
used=$(du -sk --apparent-size "$start" | cut -f1)
used=$(($(find "$start" -type f -printf '%s\n' | awk '{k += int(($1 + 4095) / 4096) * 4} END {print k}')))
while IFS='|' read -r name line; do
    [ ${#names[@]} = 0 ] || [[ " ${names[*]} " = *" $name "* ]] || continue
    line=${line//kunpeng /"$program" }
    mount -t tmpfs -o size=64m tmpfs "$work"; cp -a "$start/." "$work/"
    (cd "$work" && TMPDIR="$work" eval "$line") > /dev/null 2> "$start-now" || { limit=none; fail "does not work at all"; }
    new=$(state "$work"); umount "$work"
    first=$refused
    in_a_row=0
    for ((room = 0; room < 2000 && in_a_row < 2; room += step)); do
        limit=room:$room; try "$limit"; judge; umount "$work"
        levels=$((levels + 1))
        if [ "$said" = 0 ]; then in_a_row=$((in_a_row + 1)); done_at=$((done_at + 1)); else in_a_row=0; refused=$((refused + 1)); fi
    done
    [ "$in_a_row" = 2 ] || { echo "$name: never done"; exit 1; }
    for blocks in 0 1 2 4 8 16 64; do
        limit=file:$blocks; try "$limit"; judge; umount "$work"
        levels=$((levels + 1))
        if [ "$said" = 0 ]; then done_at=$((done_at + 1)); else refused=$((refused + 1)); fi
    done
    [ "$refused" -gt "$first" ] || [[ " repair prune " = *" $name "* ]] || { echo "$name: never refused"; exit 1; }
    [ -z "${VERBOSE:-}" ] || echo "$name: $((refused - first)) times refused"
done < <(commands)
echo "every command at $levels levels: $refused times refused and nothing changed, $done_at times done, nothing else"
