#!/usr/bin/env bash
# First inputs for every target, in `corpus/`: samples and fixtures of the repository, and a few written here.
set -euo pipefail
cd "$(dirname "$0")"
root=../..
for target in record_toml record_json head history_entry columns_toml separated json archive layout events tables; do
    mkdir -p "corpus/$target"
done
cp "$root"/data/programme.toml "$root"/data/editions/*.toml "$root"/data/rulesets/*.toml corpus/record_toml/
find "$root"/data/enterprises "$root"/data/activities -name '*.toml' | sort | sed -n '1~5p' |
    xargs cp -t corpus/record_toml/
find "$root"/tests/fixtures -name '*.json' -size -20k -exec cp -t corpus/record_json/ {} +
find "$root"/tests/fixtures/import -type f -size -20k \( -name '*.json' -o -name '*.jsonl' \) -exec cp -t corpus/json/ {} +
find "$root"/tests/fixtures/import -type f -size -20k \( -name '*.csv' -o -name '*.tsv' -o -name '*.txt' \) \
    -exec cp -t corpus/separated/ {} +
find "$root"/tests/fixtures/import -type f -size -60k \( -name '*.xls' -o -name '*.xlsx' -o -name '*.ods' \) \
    -exec cp -t corpus/archive/ {} +
cp "$root"/src/import/columns/columns.toml corpus/columns_toml/

printf '%s' '{"name": "甲", "code": "91440114DEM000014D", "founded": "2001-02-03", "memberships": [{"edition": "1", "joined": "2019-04-18"}], "indicators": {"2023": {"revenue": 12.50}}}' >corpus/record_json/enterprise
printf '%s' '{"title": "开班", "edition": "1", "aspect": "courses", "date": "2019-04-18", "hours": 1.5, "attendance": {"a": true, "b": 2}}' >corpus/record_json/activity
printf 'kunpeng 1 clean 0 -' >corpus/head/start
printf 'kunpeng 1 applying 12 %064d' 0 >corpus/head/applying
head='{"change":3,"parent":"-","time":"2026-11-23T05:30:11+00:00","actor":"me","command":"kunpeng import","reason":"spring","act":{"undo":2}}'
printf '%s\n%s\n%s\n---\n%s\n' "$head" '{"path":"contacts/a.toml","private":true}' \
    '{"path":"enterprises/a.toml","before":null,"after":"name = \"a\"\n","sources":[["表.csv",7]]}' \
    '{"path":"contacts/a.toml","before":{"unknown":true},"after":{"hex":"ff00"}}' >corpus/history_entry/undo
printf '%s\n' "${head/\{\"undo\":2\}/\"by-hand\"}" >corpus/history_entry/by-hand
printf '[all]\nenterprise = ["厂名"]\n\n[maps.towns]\n"营业收入" = "revenue"\n\n[indicators]\nrevenue = ["营收"]\n' >corpus/columns_toml/map
printf '[maps]\na.b = "x"\ntowns = { x = "y" }\n' >corpus/columns_toml/inline
cat >corpus/layout/hidden <<'XML'
<workbook xmlns:r="r"><sheets><sheet name="2024" sheetId="1" r:id="rId1"/></sheets></workbook>
---
<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>
---
<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="2" hidden="true"/></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>
XML
sheet='s\4\0\0\0name'
cells='c\0\0\0\0\0\0\0\0\0\0\0\0\4\0\0\0name' cells+='c\0\0\0\0\1\0\0\0\0\0\0\0\4\0\0\0town'
cells+='c\1\0\0\0\0\0\0\0\0\0\0\0\2\0\0\0ab' cells+='c\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0007'
printf "9$sheet${cells}m\1\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0r\2\0\0\0l\1\0\0\0." >corpus/events/sheet
printf 'x\4\0\0\0rule\1\0\0\0a\1\0\0\0b.' >corpus/events/refused
printf '企业名称\t所属行业\t2023年\t<\n^\t^\t营业收入（万元）\t研发费用\n示例一厂\t汽车\t#n12.5\t#n3\n合计\t\t#n12.5\t#n3\n' >corpus/tables/levels
printf '附件1\n单位：万元\n序号\t企业名称\t期次\t加入时间\n1\t甲\t1\t#d2019-04-18\n备注：无\n\x0c!name\tx\n' >corpus/tables/note
printf '活动\t企业\t出席\t人数\na\tb\t是\t#n2\n' >corpus/tables/attendance
find "$root"/tests/fixtures/import -type f -size -4k -name '*.csv' -print | head -40 | while read -r file; do
    tr ',' '\t' <"$file" >"corpus/tables/$(basename "$file")"
done
