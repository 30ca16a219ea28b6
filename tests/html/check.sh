#!/bin/sh
# The pages that are handed over, checked by html-validate and axe-core and printed by Chromium. Needs the network for
# the two packages, node, npm and Chromium, so it is no part of `cargo test`.
set -eu
repository=$(cd "$(dirname "$0")/../.." && pwd)
cd "$repository"
cargo build -q
kunpeng=${CARGO_TARGET_DIR:-target}/debug/kunpeng
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for lang in en zh; do
  "$kunpeng" --lang $lang summary 2 --compare 1 -q -o "$work/$lang.html"
  "$kunpeng" --lang $lang summary 2 --compare 1 --without-reasons -q -o "$work/$lang-plain.html"
  "$kunpeng" --lang $lang summary 2 --redact --suppress-below 5 -q -o "$work/$lang-told.html" 2> "$work/said"
  "$kunpeng" --lang $lang report growth --edition 2 -q -o "$work/$lang-growth.html"
done
cp tests/html/axe.mjs "$work"
cd "$work"
echo '{ "extends": ["html-validate:standard"] }' > .htmlvalidate.json
npm install --silent --no-fund --no-audit html-validate@10 axe-core@4 puppeteer-core@24
npx html-validate ./*.html
# With reasons, with one of them open, without, and where names and figures are withheld.
node axe.mjs "$work"/en.html "$work"/zh.html "$work"/??-plain.html "$work"/??-told.html \
  "$work"/??-growth.html "$work/en-growth.html#w0" "$work/zh-growth.html#w0"
for lang in en zh; do
  "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-background-networking \
    --print-to-pdf="$work/$lang.pdf" "file://$work/$lang.html" 2> printed || { cat printed; exit 1; }
  test -s "$work/$lang.pdf"
done
echo "no fault found"
