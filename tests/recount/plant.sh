#!/usr/bin/env bash
# Plants the faults of faults.txt in the counting, in a work tree of its own, and says which of them the second count of
# tests/it/recount finds. All are built at once, each behind a switch that PLANTED turns on; the build is of its own, so
# this is no part of `cargo test`. `plant.sh PATTERN` turns on those whose first line matches.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'git -C "$here" worktree remove --force "$work/planted"; rm -rf "$work"' EXIT
git -C "$here" worktree add -q --detach "$work/planted" HEAD
cd "$work/planted"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$work/target}
names=()
while IFS= read -r name; do
  case $name in '' | '#'*) continue ;; esac
  IFS= read -r file; IFS= read -r old; IFS= read -r new
  names+=("$name")
  OLD=$old NEW="(if crate::planted(${#names[@]}) { $new } else { $old })" \
    perl -0pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/ or die "stands there no more: $ENV{OLD}\n"' "$file"
done < "$here/faults.txt"
cat >> src/lib.rs <<'RUST'
/// Whether a fault is turned on.
pub fn planted(fault: usize) -> bool {
    static PLANTED: std::sync::OnceLock<Option<usize>> = std::sync::OnceLock::new();
    *PLANTED.get_or_init(|| std::env::var("PLANTED").ok()?.parse().ok()) == Some(fault)
}
RUST
cargo test -q --no-run --test it > "$work/said" 2>&1 || { cat "$work/said"; exit 1; }
count() { PLANTED=$1 cargo test -q --test it -- recount::a_second_count > "$work/said" 2>&1; }
count 0 || { cat "$work/said"; echo "the second count does not agree before anything is planted"; exit 1; }
all=0 missed=0
for at in "${!names[@]}"; do
  [[ ${names[at]} =~ ${1:-} ]] || continue
  all=$((all + 1))
  if count $((at + 1)); then
    echo "NOT FOUND: ${names[at]}"
    missed=$((missed + 1))
  else
    echo "found: ${names[at]}"
  fi
done
echo "$((all - missed)) of $all faults found"
[ "$missed" = 0 ]
