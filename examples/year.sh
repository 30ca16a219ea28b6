#!/bin/sh
# A year of a programme from the eighteen workbooks its office kept, none of them edited: one import a book.
#
#   examples/year.sh [STORE] [FOLDER]
#
# The books are those of tests/years/given. All enterprises are fictitious; codes with `DEM` in them belong to nobody.
set -eu

store=${1:-year-store}
books=${2:-$(dirname "$0")/../tests/years/given}
kunpeng=${KUNPENG:-kunpeng}

"$kunpeng" --quiet init "$store"
KUNPENG_DATA=$store
export KUNPENG_DATA
"$kunpeng" --quiet edition add id=1 name=第一期 opened=2023-03-16
"$kunpeng" --quiet edition add id=2 name=第二期

done=0
# A line a book: how far it is, the kind of rows, the file, and what the table cannot say of itself.
book() {
    kind=$1 file=$2
    shift 2
    done=$((done + 1))
    printf '[%2d/18] %s\n' "$done" "$file" >&2
    "$kunpeng" --quiet import "$kind" "$books/$file" "$@"
}

# What everything else refers to comes first.
book industries 16-重点产业目录.xlsx
book enterprises 01-企业基本情况表.xlsx
book enterprises 18-单企业申报表.xlsx
book candidates 02-报名企业汇总表.xlsx --edition 1
book members 03-第一期入选企业名单.xlsx --edition 1
book activities 04-活动安排一览表.xlsx --edition 1
book attendance 05-启动仪式签到表.xlsx
book activities 06-走访企业台账.xlsx --edition 1 --set aspect=visits --set title=走访
book needs 07-企业诉求台账.xlsx --word 交通=other --word 环保=other
book projects 08-项目申报情况表.xlsx
book recognitions 09-企业资质清单.xlsx --word 瞪羚企业=-
book recognitions 10-资质情况统计表.xlsx
book indicators 11-年度指标采集表.xlsx
book indicators 12-上半年经营数据.xlsx --period 2023-H1
book platforms 13-研发平台清单.xlsx --word 博士工作站=postdoctoral-workstation
book members 14-第二期入选企业名单.xlsx --edition 2
book members 15-退出企业情况表.xlsx --edition 1 --set outcome=withdrawn
book indicators 17-含预计数.xlsx

"$kunpeng" check
"$kunpeng" summary 1
