#!/usr/bin/env bash
# Plants each fault of faults.txt in the counting, one at a time, in a work tree of its own, and says whether the second
# count of tests/it/recount finds it. `plant.sh WORD` plants those whose first line has the word. Every fault is a build,
# so it is no part of `cargo test`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'git -C "$here" worktree remove --force "$work/planted"' EXIT
git -C "$here" worktree add -q --detach "$work/planted" HEAD
cd "$work/planted"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$work/target}
count() { cargo test -q --test it -- recount::a_second_count > "$work/said" 2>&1; }
count || { echo "the second count does not agree before anything is planted"; exit 1; }
all=0 missed=0
while IFS= read -r name; do
  case $name in '' | '#'*) continue ;; esac
  IFS= read -r file; IFS= read -r old; IFS= read -r new
  case $name in *"${1:-}"*) ;; *) continue ;; esac
  all=$((all + 1))
  OLD=$old NEW=$new perl -0pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/ or die "is not there\n"' "$file" ||
    { echo "stands there no more: $name"; missed=$((missed + 1)); continue; }
  if ! cargo test -q --no-run --test it > "$work/said" 2>&1; then
    echo "does not build: $name"; missed=$((missed + 1))
  elif count; then
    echo "NOT FOUND: $name"; missed=$((missed + 1))
  else
    echo "found: $name"
  fi
  git checkout -q -- "$file"
done < "$here/faults.txt"
echo "$((all - missed)) of $all faults found"
[ "$missed" = 0 ]
