#!/bin/sh
# The workbooks and documents that are handed over, checked against the schemas of Office Open XML (openxml-audit), read
# and edited with other libraries (openpyxl, python-docx) and opened and saved by LibreOffice. Needs the network for the
# packages, Python and LibreOffice, so it is no part of `cargo test`.
set -eu
repository=$(cd "$(dirname "$0")/../.." && pwd)
cd "$repository"
cargo build -q
kunpeng=${CARGO_TARGET_DIR:-target}/debug/kunpeng
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install -q openxml-audit==0.8.0 openpyxl==3.1.5 python-docx==1.2.0
cp -r data "$work/data"
for lang in en zh; do
  for ending in xlsx docx; do
    make() { "$kunpeng" --data "$work/data" --lang $lang -q "$@" 2> "$work/said" || { cat "$work/said"; exit 1; }; }
    make summary 2 --compare 1 -o "$work/closing-$lang.$ending"
    make summary 2 --redact --suppress-below 5 -o "$work/told-$lang.$ending"
    for report in due editions 'growth --edition 2' 'engagement --edition 2' 'missing --edition 2'; do
      # shellcheck disable=SC2086
      make report $report -o "$work/${report%% *}-$lang.$ending"
    done
  done
done
cd "$work"
for file in ./*.xlsx ./*.docx; do
  "$work/python/bin/openxml-audit" -q "$file" > audit || { cat "$file" audit; exit 1; }
done
"$work/python/bin/python" "$repository/tests/office/check.py" closing-en closing-zh
echo "no fault found"
