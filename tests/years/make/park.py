"""A state-owned park in the mountains: .xls with number formats, .ods, .csv in GB18030, two-level and bilingual headings."""

import datetime

from .book import LEFT, UP, Book, Sheet, Shown
from .code import code

SETUP = [
    "edition add id=1 name=苗圃计划首批 opened=2023-03-01",
    "edition add id=2 name=苗圃计划第二批 opened=2024-03-01",
]
TODAY = "2024-06-30"


def day(month, number, year=2023):
    return datetime.date(year, month, number)


# Name, founded, paid-in capital in 万元, industry, class, town, legal representative, contact, phone.
TABLE = [
    ("示例云岭生物医药有限公司", ("2013-06-18", day(6, 18, 2013)), 3200, "生物医药", "2740", "龙潭镇", "普一", "普小一", "15800000001"),
    ("示例滇红茶业有限责任公司", ("2008-11", "2008年11月"), 860, "高原特色农业", "1530", "龙潭镇", "李二", "李小二", "15800000002"),
    ("示例磷化新材料股份有限公司", ("2011-03-02", day(3, 2, 2011)), 12000, "绿色化工", "2619", "凤鸣镇", "段三", "段小三", "15800000003"),
    ("示例哀牢山菌业有限公司", ("2019-05-20", "2019.5.20"), 150, "高原特色农业", "1371", "凤鸣镇", "罗四", "罗小四", "15800000004"),
    ("示例金沙水电设备有限公司", ("2006", "2006年"), 5400, "装备制造", "3811", "龙潭镇", "杨五", "杨小五", "0871-80000005"),
    ("示例澜湄供应链管理有限公司", ("2020-09-09", day(9, 9, 2020)), 1000, "现代物流", "5920", "凤鸣镇", "白六", "白小六", "15800000006"),
    ("示例智岭软件工作室有限公司", ("2022-01-05", "2022/1/5"), 50, "数字经济", "6513", "龙潭镇", "和七", "和小七", "15800000007"),
]
NAMES = [row[0] for row in TABLE]
CODES = [code("530499", 77101 + index) for index in range(len(TABLE))]


def coded(entries):
    return {CODES[index]: it for index, it in entries.items()}


def industries():
    rows = [["园区“4+2”产业体系", LEFT, LEFT], ["编号", "产业门类", "责任科室"], [1, "生物医药", "招商一部"],
            [2, "高原特色农业", "招商二部"], [3, "绿色化工", "招商一部"], [4, "装备制造", "招商二部"],
            [5, "现代物流", "综合部"], [6, "数字经济", "综合部"], ["共6类", LEFT, LEFT]]
    return Book("01-产业体系.xls", Sheet("产业", rows), "industries", industries=[row[1] for row in rows[2:8]])


def enterprises():
    rows = [
        ["示例高新技术产业园区入园企业底册"] + [LEFT] * 11,
        ["填报科室：企业服务部", LEFT, LEFT, LEFT, LEFT, LEFT, "截止日期：2023年2月20日", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["编号", "企业全称", "统一社会信用代码\n（18位）", "主攻产业", "国民经济行业小类", "注册成立日期", "注册资金\n（万元）",
         "所在镇", "法人", "企业对接人", "对接人手机", "备考"],
    ]
    brings = {}
    for index, (name, founded, capital, industry, group, town, legal, contact, phone) in enumerate(TABLE[:6]):
        when = Shown(founded[1], 'yyyy"年"m"月"d"日"') if isinstance(founded[1], datetime.date) else founded[1]
        rows.append([Shown(index + 1, '"YQ"000'), name, CODES[index], industry, group, when, Shown(capital, "#,##0.00"),
                     town, legal, contact, phone, "重点企业" if index == 2 else None])
        brings[index] = {"name": name, "industry": industry, "class": f"C{group}" if group[0] < "5" else f"G{group}",
                         "town": town, "founded": founded[0], "registered_capital": capital * 10_000,
                         "legal_representative": legal, "contact": contact, "phone": phone}
    brings[2]["note"] = "重点企业"
    rows += [["合计", LEFT, "6家", None, None, None, Shown(22610, "#,##0.00")], ["注：对接人变动请及时告知。"] + [LEFT] * 11]
    return Book("02-入园企业底册.xls", Sheet("底册", rows), "enterprises", enterprises=coded(brings))


def card():
    name, founded, capital, industry, group, town, legal, contact, phone = TABLE[6]
    rows = [
        ["入园企业登记卡", LEFT, LEFT, LEFT],
        ["企业全称", name, LEFT, LEFT],
        ["统一社会信用代码", CODES[6], "成立日期", founded[1]],
        ["主攻产业", industry, "行业小类", group],
        ["注册资金", "50万元", "所在镇", town],
        ["法人代表", legal, "企业对接人", contact],
        ["对接人手机", phone, "入驻楼栋", "B座507"],
        ["企业承诺以上信息真实有效。", LEFT, LEFT, LEFT],
    ]
    return Book("03-入园企业登记卡.ods", Sheet("登记卡", rows), "enterprises", enterprises={CODES[6]: {
        "name": name, "industry": industry, "class": f"I{group}", "town": town, "founded": founded[0],
        "registered_capital": capital * 10_000, "legal_representative": legal, "contact": contact, "phone": phone}})


def candidates():
    rows = [
        ["“苗圃计划”首批遴选情况汇总"] + [LEFT] * 6,
        ["顺序号", "参选企业", "递交材料日期", "意向赛道", "推荐科室", "评审情况", LEFT],
        [UP, UP, UP, UP, UP, "均分", "名次"],
    ]
    ways = [("专精特新", ["srdi"]), ("研发平台", ["platforms"]), ("拟上市", ["listing"])]
    brings = {}
    for index in range(7):
        way = ways[index % 3]
        rows.append([index + 1, NAMES[index], day(1, 9 + index), way[0], "企业服务部", round(88.5 - index, 2), index + 1])
        brings[index] = {"candidacies": [{"edition": "1", "applied": f"2023-01-{9 + index:02}", "modules": way[1],
                                          "recommended_by": "企业服务部"}]}
    return Book("04-首批遴选情况汇总.ods", Sheet("遴选", rows), "candidates", ["--edition", "1"], enterprises=coded(brings))


def members():
    rows = [
        ["示例园区管委会关于公布“苗圃计划”首批企业的公告"],
        ["序号", "首批苗圃企业", "培育赛道", "入圃日期"],
    ]
    ways = [("专精特新", ["srdi"]), ("研发平台", ["platforms"]), ("专精特新/拟上市", ["srdi", "listing"])]
    brings = {}
    for index in range(5):
        rows.append([index + 1, NAMES[index], ways[index % 3][0], "2023年3月1日"])
        brings[index] = {"memberships": [{"edition": "1", "joined": "2023-03-01", "modules": ways[index % 3][1]}]}
    rows.append(["特此公告。"])
    return Book("05-首批苗圃企业公告.csv", Sheet("", rows), "members", ["--edition", "1", "--map", "入圃日期=joined"],
                enterprises=coded(brings))


def activities():
    short = 'm"月"d"日"'
    rows = [
        ["2023年度园区企业服务活动一览"] + [LEFT] * 7,
        ["期数", "举办日期", "活动主题", "板块", "举办场地", "主讲嘉宾", "时长（小时）", "主办部门"],
        [Shown(1, '"第"0"期"'), Shown(day(3, 21), short), "苗圃企业财税体检", "系统课程", "双创中心路演厅", "示例会计师 毕老师",
         Shown(2.5, "0.0"), "企业服务部"],
        [Shown(2, '"第"0"期"'), Shown(day(5, 18), short), "绿色化工标杆参访", "参访交流", "示例磷化展厅", "/", 4, "招商一部"],
        [Shown(3, '"第"0"期"'), Shown(day(9, 7), short), "小巨人申报辅导", "项目申报", "线上", "省中小企业中心 马老师",
         Shown(3, '0"小时"'), "企业服务部"],
    ]
    brings = [
        {"title": "苗圃企业财税体检", "date": "2023-03-21", "aspect": "courses", "place": "双创中心路演厅",
         "speaker": "示例会计师 毕老师", "hours": 2.5, "host": "企业服务部"},
        {"title": "绿色化工标杆参访", "date": "2023-05-18", "aspect": "visits", "place": "示例磷化展厅", "hours": 4,
         "host": "招商一部"},
        {"title": "小巨人申报辅导", "date": "2023-09-07", "aspect": "projects", "place": "线上",
         "speaker": "省中小企业中心 马老师", "hours": 3, "host": "企业服务部"},
    ]
    return Book("06-企业服务活动一览.xls", Sheet("活动", rows), "activities", ["--edition", "1", "--map", "期数=-"],
                activities=[{"edition": "1", "present": {}} | it for it in brings])


def ticks():
    rows = [
        ["苗圃企业财税体检 签到情况"] + [LEFT] * 5,
        ["2023年3月21日 双创中心路演厅"] + [LEFT] * 5,
        ["序号", "参加企业", "出席", "请假", "缺席", "到会人数"],
        [1, NAMES[0], "√", None, None, 2], [2, NAMES[1], None, "√", None, None], [3, NAMES[2], "√", None, None, 3],
        [4, NAMES[3], None, None, "√", None], [5, NAMES[4], "√", None, None, 1],
        ["合计", LEFT, 3, 1, 1, 6],
    ]
    return Book("07-财税体检签到情况.ods", Sheet("签到", rows), "attendance", activities=[{
        "title": "苗圃企业财税体检", "date": "2023-03-21", "present": {CODES[0]: 2, CODES[2]: 3, CODES[4]: 1},
        "excused": [CODES[1]], "absent": [CODES[3]]}])


def visits():
    rows = [
        ["服务专员助企日志"],
        ["日期", "到访企业", "服务专员", "沟通事项", "后续安排"],
        ["2023年4月12日", NAMES[0], "专员 沐某", "GMP车间扩建", "协调用地"], ["2023年4月12日", NAMES[3], "专员 沐某", "冷库用电", "已转供电所"],
        ["2023-10-26", NAMES[4], "专员 沐某", "出口退税", "已转税务所"],
    ]
    visit = {"title": "助企走访", "aspect": "visits", "edition": "1"}
    return Book("08-助企日志.csv", Sheet("", rows), "activities",
                ["--edition", "1", "--set", "aspect=visits", "--set", "title=助企走访"], activities=[
                    visit | {"date": "2023-04-12", "present": {CODES[0]: 1, CODES[3]: 1}},
                    visit | {"date": "2023-10-26", "present": {CODES[4]: 1}}])


def needs():
    rows = [
        ["企业诉求“接诉—交办—销号”闭环清单"] + [LEFT] * 7,
        ["序号", "诉求主体", "诉求归类", "诉求事项", "接诉日期", "承办科室", "办理结果", "销号日期"],
        [1, NAMES[0], "用地", "GMP车间扩建需工业用地20亩", day(4, 12), "规划建设部", "已供地", day(6, 30)],
        [2, NAMES[3], "水电气", "冷库峰谷电价", "2023.4.12", "供电所", "已调整", "2023.5.4"],
        [3, NAMES[4], "政策奖补", "出口退税进度查询", "2023年10月26日", "税务所", "已到账", "2023年11月"],
        [4, NAMES[2], "融资", "技改贷款贴息", day(11, 2), "财政金融部", "办理中", None],
    ]
    need = [
        (0, {"category": "land", "text": "GMP车间扩建需工业用地20亩", "received": "2023-04-12", "closed": "2023-06-30",
             "handed_to": "规划建设部", "handling": "已供地"}),
        (3, {"category": "utilities", "text": "冷库峰谷电价", "received": "2023-04-12", "closed": "2023-05-04",
             "handed_to": "供电所", "handling": "已调整"}),
        (4, {"category": "subsidies", "text": "出口退税进度查询", "received": "2023-10-26", "closed": "2023-11",
             "handed_to": "税务所", "handling": "已到账"}),
        (2, {"category": "finance", "text": "技改贷款贴息", "received": "2023-11-02", "handed_to": "财政金融部",
             "handling": "办理中"}),
    ]
    return Book("09-诉求闭环清单.xlsx", Sheet("清单", rows), "needs",
                enterprises={CODES[index]: {"needs": [it]} for index, it in need})


def projects():
    wan = "0!.0,"
    rows = [
        ["2023年园区企业争取上级资金项目台账"] + [LEFT] * 8,
        ["序号", "争取单位", "资金（项目）名称", "资金层级", "申报情况", LEFT, "批复情况", LEFT, LEFT],
        [UP, UP, UP, UP, "申报日期", "申报资金（万元）", "批复结果", "批复日期", "批复资金（万元）"],
        [1, NAMES[0], "生物医药产业专项", "省级", day(3, 15), Shown(5000000, wan), "已批复", day(8, 10), Shown(3000000, wan)],
        [2, NAMES[2], "绿色制造奖补", "国家级", day(4, 6), Shown(8000000, wan), "评审中", None, None],
        [3, NAMES[4], "首台套保险补偿", "市级", "2023年5月", Shown(420000, wan), "未通过", day(7, 1), None],
        ["合计", LEFT, LEFT, LEFT, None, Shown(13420000, wan), None, None, Shown(3000000, wan)],
    ]
    made = [
        (0, {"scheme": "生物医药产业专项", "level": "province", "state": "approved", "submitted": "2023-03-15",
             "decided": "2023-08-10", "requested": 5_000_000, "granted": 3_000_000}),
        (2, {"scheme": "绿色制造奖补", "level": "national", "state": "submitted", "submitted": "2023-04-06",
             "requested": 8_000_000}),
        (4, {"scheme": "首台套保险补偿", "level": "city", "state": "rejected", "submitted": "2023-05", "decided": "2023-07-01",
             "requested": 420_000}),
    ]
    return Book("10-争取资金项目台账.xls", Sheet("项目", rows), "projects",
                enterprises={CODES[index]: {"projects": [it]} for index, it in made})


def titles():
    month = 'yyyy"年"m"月"'
    rows = [
        ["园区企业资质荣誉授牌登记"] + [LEFT] * 6,
        ["序号", "获授企业", "资质名称", "授予级别", "证书编号", "授予时间", "授予部门"],
        [1, NAMES[0], "高新技术企业", "国家级", Shown(202253000011, '"GR"000000000000'), Shown(day(11, 18, 2022), month), "省科技厅"],
        [2, NAMES[2], "专精特新中小企业", "省级", Shown(7, '"ZJTX-"0000'), Shown(day(6, 12), month), "省工信厅"],
        [3, NAMES[4], "创新型中小企业", "省级", "/", Shown(day(2, 1), "yyyy"), "省工信厅"],
    ]
    return Book("11-资质荣誉授牌登记.xls", Sheet("授牌", rows), "recognitions", enterprises={
        CODES[0]: {"recognitions": [{"title": "hnte", "level": "national", "document": "GR202253000011",
                                     "recognised": "2022-11", "issued_by": "省科技厅"}]},
        CODES[2]: {"recognitions": [{"title": "srdi", "level": "province", "document": "ZJTX-0007", "recognised": "2023-06",
                                     "issued_by": "省工信厅"}]},
        CODES[4]: {"recognitions": [{"title": "innovative-sme", "level": "province", "recognised": "2023",
                                     "issued_by": "省工信厅"}]},
    })


def indicators():
    rows = [
        ["苗圃企业年度经济指标 Annual figures"] + [LEFT] * 7,
        ["企业\nCompany", "营业收入 Revenue（万元）", LEFT, "研发投入 R&D（万元）", LEFT, "从业人员 Headcount", LEFT,
         "亩均税收（万元/亩）"],
        [UP, "2022年", "2023年", "2022年", "2023年", "2022年", "2023年", UP],
    ]
    brings = {}
    for index in range(5):
        revenue, spent, staff = 2600 + 900 * index, 120.5 + 30 * index, 60 + 15 * index
        rows.append([NAMES[index], Shown(revenue, "#,##0"), Shown(revenue + 350, "#,##0"), spent, spent + 12,
                     Shown(staff, '0"人"'), Shown(staff + 4, '0"人"'), 12.5])
        brings[index] = {"indicators": {
            "2022": {"revenue": revenue * 10_000, "rd_expense": round(spent * 10_000), "employees": staff},
            "2023": {"revenue": (revenue + 350) * 10_000, "rd_expense": round((spent + 12) * 10_000), "employees": staff + 4}}}
    return Book("12-年度经济指标.xls", Sheet("指标", rows), "indicators", enterprises=coded(brings))


def second():
    rows = [
        ["Company 企业名称", "Credit code 信用代码", "Track 赛道", "Joined on 入圃日期"],
        [NAMES[5], CODES[5], "专精特新", "2024-03-01"], [NAMES[6], CODES[6], "研发平台", "2024-03-01"],
    ]
    return Book("13-第二批-second-batch.csv", Sheet("", rows, encoding="utf-8-sig"), "members", ["--edition", "2"],
                enterprises=coded({5: {"memberships": [{"edition": "2", "joined": "2024-03-01", "modules": ["srdi"]}]},
                                   6: {"memberships": [{"edition": "2", "joined": "2024-03-01", "modules": ["platforms"]}]}}))


def leavers():
    rows = [
        ["苗圃企业出圃情况", LEFT, LEFT, LEFT],
        ["出圃企业", "出圃去向", "出圃日期", "情况说明"],
        [NAMES[0], "结业", day(1, 15, 2024), None], [NAMES[1], "退出", "2023年8月", "自愿退出"],
    ]
    return Book("14-出圃情况.xls", Sheet("出圃", rows), "members", ["--edition", "1", "--map", "出圃去向=outcome", "--map", "出圃日期=left", "--map",
                 "情况说明=reason"], enterprises=coded({
        0: {"memberships": [{"edition": "1", "left": "2024-01-15", "outcome": "graduated"}]},
        1: {"memberships": [{"edition": "1", "left": "2023-08", "outcome": "withdrawn", "reason": "own-wish"}]}}))


def books():
    return [industries(), enterprises(), card(), candidates(), members(), activities(), ticks(), visits(), needs(), projects(),
            titles(), indicators(), second(), leavers()]
