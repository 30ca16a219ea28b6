"""An association of old works: exports of form systems as .json and .txt, sheets in two halves, metrics as rows, a sheet a level."""

import datetime

from .book import LEFT, UP, Book, Sheet, Shown
from .code import code

SETUP = [
    "edition add id=s1 name=第一季 opened=2023-03-16",
    "edition add id=s2 name=第二季 opened=2024-03-12",
]
TODAY = "2024-06-30"


def day(month, number, year=2023):
    return datetime.date(year, month, number)


# Name, former name, branch, place, founded as written and meant, capital in 万元, legal representative, contact, post, mobile.
TABLE = [
    ("示例炉火铸锻有限责任公司", "示例第一铸造厂", "铸锻", "工人村街道", "一九九六年五月", "1996-05", 4200, "关一", "关小一", "办公室主任", "15700000001"),
    ("示例重轴传动股份有限公司", None, "轴承传动", "工人村街道", "二〇〇三年八月十二日", "2003-08-12", 8600, "佟二", "佟小二", "总工", "15700000002"),
    ("示例北齿齿轮有限公司", "示例北方齿轮厂、示例齿轮总厂", "轴承传动", "机床街道", "2008.07", "2008-07", 1500, "佟三", "佟小三", "厂长助理", "15700000003"),
    ("示例铁砧工业软件有限公司", None, "工业软件", "机床街道", day(3, 9, 2019), "2019-03-09", 300, "那四", "那小四", "产品经理", "15700000004"),
    ("示例量尺检测技术有限公司", None, "检验检测", "电缆街道", "2015/11/2", "2015-11-02", 600, "索五", "索小五", "副总", "15700000005"),
    ("示例熔点新材料有限公司", None, "铸锻", "电缆街道", "2012年", "2012", 2400.5, "富六", "富小六", "财务总监", "15700000006"),
    ("示例钢花自动化设备有限公司", "示例钢花电器厂", "轴承传动", "工人村街道", "1999-12-30", "1999-12-30", 980, "富七", "富小七", "行政部长", "15700000007"),
    ("示例云模仿真科技有限公司", None, "工业软件", "机床街道", "2021-04-18", "2021-04-18", 200, "赫八", "赫小八", "联合创始人", "15700000008"),
    ("示例焊缝机器人有限公司", None, "检验检测", "电缆街道", "2020-10-26", "2020-10-26", 500, "赫九", "赫小九", "运营", "15700000009"),
]
NAMES = [row[0] for row in TABLE]
CODES = [code("210199", 88301 + index) for index in range(len(TABLE))]


def coded(entries):
    return {CODES[index]: it for index, it in entries.items()}


def basics(index):
    name, former, branch, place, _, founded, capital, legal, contact, post, mobile = TABLE[index]
    out = {"name": name, "industry": branch, "town": place, "founded": founded,
           "registered_capital": round(capital * 10_000), "legal_representative": legal, "contact": contact, "post": post,
           "phone": mobile}
    if former:
        out["former_names"] = [{"name": it} for it in former.split("、")]
    return out


def industries():
    rows = [["分会代号", "专业方向", "会长单位", "会员数（家）"], ["F1", "铸锻", "（略）", 31], ["F2", "轴承传动", "（略）", 44],
            ["F3", "工业软件", "（略）", 12], ["F4", "检验检测", "（略）", 9]]
    return Book("01-专业分会.txt", Sheet("", rows, delimiter="\t"), "industries",
                industries=[row[1] for row in rows[1:]])


def enterprises():
    rows = [
        ["示例老工业区装备工业协会会员单位登记簿"] + [LEFT] * 12,
        ["档号", "会员单位", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, "负责人", LEFT, "日常对口人", LEFT, LEFT],
        [UP, "单位全称", "曾用名", "主体代码\n（18位）", "归属分会", "坐落街道", "登记成立年月", "注册资本金", "职衔", "姓名",
         "姓名", "职衔", "手机"],
    ]
    brings = {}
    for index, (name, former, branch, place, written, _, capital, legal, contact, post, mobile) in enumerate(TABLE[:7]):
        rows.append([f"会-{index + 1:03}", name, former or "——", CODES[index], f"{branch}分会", place, written,
                     f"{capital}万元" if index % 2 else f"人民币{capital}万元整", "董事长", legal, contact, post, mobile])
        brings[index] = basics(index)
    rows.append(["本簿由协会秘书处保管，共登记7家。"] + [LEFT] * 12)
    return Book("02-会员单位登记簿.xlsx", [Sheet("封面", [["会员单位登记簿"], ["2023年版"]]), Sheet("登记簿", rows)],
                "enterprises", enterprises=coded(brings))


def applications():
    rows = []
    for index in (7, 8):
        name, _, branch, place, written, _, capital, legal, contact, post, mobile = TABLE[index]
        rows.append({
            "序号": index - 6, "提交人": "微信用户", "提交时间": f"2023-02-0{index} 10:21:07", "贵单位全称": name,
            "统一社会信用代码": CODES[index], "拟加入分会": branch, "所在街道": place, "成立日期": f"{written} 00:00:00",
            "注册资本（万元）": capital, "法定代表人": legal, "联系人": {"姓名": contact, "职务": post, "手机": mobile},
            "营业执照（图片）": [{"name": "license.jpg", "size": 20480}], "是否同意章程": "同意",
        })
    return Book("03-入会信息采集.json", {"total": 2, "rows": rows}, "enterprises",
                enterprises=coded({index: basics(index) for index in (7, 8)}))


def candidates():
    rows = [["答卷编号", "答题时间", "Q1_单位全称", "Q2_拟参加方向（可多选）", "Q3_推荐单位", "Q4_从何处得知"]]
    ways = [("A.专精特新", ["srdi"]), ("B.研发平台", ["platforms"]), ("A.专精特新;C.拟上市", ["srdi", "listing"])]
    brings = {}
    for index in range(8):
        way = ways[index % 3]
        rows.append([880100 + index, f"2023-02-{11 + index} 16:0{index}:12", NAMES[index], way[0],
                     "机床街道办" if index in (2, 3, 7) else "-", "协会公众号"])
        entry = {"edition": "s1", "applied": f"2023-02-{11 + index}", "modules": way[1]}
        if index in (2, 3, 7):
            entry["recommended_by"] = "机床街道办"
        brings[index] = {"candidacies": [entry]}
    return Book("04-薪火工程报名答卷.csv", Sheet("", rows, encoding="utf-8"), "candidates", ["--edition", "s1"],
                enterprises=coded(brings))


def members():
    head = ["序号", "企业名称", "培育方向"]
    ways = [("专精特新", ["srdi"]), ("研发平台", ["platforms"])]
    side = [[index + 1, NAMES[index], ways[index % 2][0]] for index in range(6)]
    rows = [["“薪火工程”第一季入选企业（排名不分先后）"] + [LEFT] * 5, head + head]
    rows += [side[index] + side[index + 3] for index in range(3)]
    return Book("05-第一季入选企业.ods", Sheet("附件", rows), "members", ["--edition", "s1", "--set", "joined=2023-03-16"],
                enterprises=coded({index: {"memberships": [{"edition": "s1", "joined": "2023-03-16",
                                                            "modules": ways[index % 2][1]}]} for index in range(6)}))


def activities():
    rows = [
        ["装备工业协会2023年活动清单（薪火工程）"] + [LEFT] * 7,
        ["月份", "日子", "活动内容", "形式", "在哪里", "主讲", "学时数", "承办"],
        ["三月", "16日（周四）", "薪火工程启动会", "公开课", "协会报告厅", "示例大学 那教授", 2, "秘书处"],
        [UP, "30日", "小巨人申报辅导", "申报辅导", "线上", "索处长", 1.5, "秘书处"],
        ["四月", "20-21日", "走进示例重工", "入企观摩", "邻市", "—", 12, "轴承传动分会"],
        ["六月", "中旬", "供需对接会", "供需对接", "协会报告厅", "—", "—", "铸锻分会"],
        ["九月", "8日下午", "老字号品牌讲坛", "品牌推广", "电缆街道文化站", "富老师", 2, "秘书处"],
    ]
    brings = [
        {"title": "薪火工程启动会", "date": "2023-03-16", "aspect": "courses", "place": "协会报告厅",
         "speaker": "示例大学 那教授", "hours": 2, "host": "秘书处"},
        {"title": "小巨人申报辅导", "date": "2023-03-30", "aspect": "projects", "place": "线上", "speaker": "索处长",
         "hours": 1.5, "host": "秘书处"},
        {"title": "走进示例重工", "date": "2023-04-20", "end": "2023-04-21", "aspect": "visits", "place": "邻市",
         "hours": 12, "host": "轴承传动分会"},
        {"title": "供需对接会", "date": "2023-06", "aspect": "ecosystem", "place": "协会报告厅", "host": "铸锻分会"},
        {"title": "老字号品牌讲坛", "date": "2023-09-08", "aspect": "brand", "place": "电缆街道文化站", "speaker": "富老师",
         "hours": 2, "host": "秘书处"},
    ]
    return Book("06-2023年活动清单.xlsx", Sheet("清单", rows), "activities", ["--edition", "s1"],
                activities=[{"edition": "s1", "present": {}} | it for it in brings])


START = {"title": "薪火工程启动会", "date": "2023-03-16"}


def sign_in():
    head = ["序号", "单位", "姓名", "签名"]
    heads = [(0, "关小一"), (0, "关某"), (1, "佟小二"), (2, "佟小三"), (3, "那小四"), (4, "索小五"), (4, "索某"), (None, "某记者")]
    people = [[number + 1, "示例日报" if index is None else NAMES[index], who, None]
              for number, (index, who) in enumerate(heads)]
    rows = [
        ["签  到  簿"] + [LEFT] * 7,
        ["活动名称", "薪火工程启动会", LEFT, LEFT, "活动时间", "2023年3月16日 13:30", LEFT, LEFT],
        ["活动地点", "协会报告厅", LEFT, LEFT, "记录人", "秘书处 小满", LEFT, LEFT],
        head + head,
    ]
    rows += [people[index] + people[index + 4] for index in range(4)]
    return Book("07-启动会签到簿.xlsx", Sheet("签到", rows), "attendance",
                activities=[START | {"present": {CODES[0]: 2, CODES[1]: 1, CODES[2]: 1, CODES[3]: 1, CODES[4]: 2}}])


def roll():
    rows = [
        ["第一季集中活动到课登记（“到”为到课，“假”为请假，“缺”为缺课）"] + [LEFT] * 4,
        ["企业", "3月16日", "3月30日", "4月20-21日", "到课率"],
        [UP, "薪火工程启动会", "小巨人申报辅导", "走进示例重工", UP],
        [NAMES[0], None, "到", "到", 1], [NAMES[1], None, "到", "假", 0.5], [NAMES[2], None, "缺", "到", 0.5],
        [NAMES[3], None, "到", "到", 1], [NAMES[4], None, "假", "缺", 0], [NAMES[5], "缺", "到", "到", 0.6667],
    ]
    return Book("08-到课登记.xls", Sheet("到课", rows), "attendance", activities=[
        START | {"absent": [CODES[5]], "present": {CODES[0]: 2, CODES[1]: 1, CODES[2]: 1, CODES[3]: 1, CODES[4]: 2}},
        {"title": "小巨人申报辅导", "date": "2023-03-30", "present": {CODES[index]: 1 for index in (0, 1, 3, 5)},
         "excused": [CODES[4]], "absent": [CODES[2]]},
        {"title": "走进示例重工", "date": "2023-04-20", "present": {CODES[index]: 1 for index in (0, 2, 3, 5)},
         "excused": [CODES[1]], "absent": [CODES[4]]}])


def visits():
    rows = [
        ["驻会专员跑企业流水账", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["年", "月", "日", "跑了哪家", "谁去的", "看到什么"],
        [2023, 4, 6, NAMES[1], "小满", "热处理线满负荷"], [UP, UP, 27, NAMES[3], "小满", "缺算力"],
        [UP, 10, 12, NAMES[5], "谷雨", "环保设备改造"], [UP, 12, 5, NAMES[0], "谷雨", "订单回升"],
    ]
    visit = {"title": "跑企业", "aspect": "visits", "edition": "s1"}
    return Book("09-跑企业流水账.xls", Sheet("流水", rows), "activities",
                ["--edition", "s1", "--set", "aspect=visits", "--set", "title=跑企业", "--map", "跑了哪家=enterprise"], activities=[
        visit | {"date": when, "present": {CODES[index]: 1}} for when, index in
        [("2023-04-06", 1), ("2023-04-27", 3), ("2023-10-12", 5), ("2023-12-05", 0)]])


def needs():
    rows = [
        ["受理号", "申请单位", "事项类别", "事项内容", "受理日", "责任单位", "答复意见", "办结日", "评价"],
        ["XH-01", NAMES[1], "用电", "热处理线扩容1000千伏安", "2023/4/6", "供电所", "已扩容", "2023/7/19", "满意"],
        ["XH-02", NAMES[3], "其他", "算力券怎么领", "2023/4/27", "大数据中心", "已告知流程", "2023/4/28", "满意"],
        ["XH-03", NAMES[5], "资金", "环保改造贷款800万元", "2023/10/12", "金融服务站", "银行尽调中", None, None],
        ["XH-04", NAMES[0], "招工", "缺造型工15名", "2023/12/5", "就业中心", "推荐9名", "2024/1/8", "基本满意"],
    ]
    need = [
        (1, {"category": "utilities", "text": "热处理线扩容1000千伏安", "received": "2023-04-06", "closed": "2023-07-19",
             "handed_to": "供电所", "handling": "已扩容"}),
        (3, {"category": "other", "text": "算力券怎么领", "received": "2023-04-27", "closed": "2023-04-28",
             "handed_to": "大数据中心", "handling": "已告知流程"}),
        (5, {"category": "finance", "text": "环保改造贷款800万元", "received": "2023-10-12", "handed_to": "金融服务站",
             "handling": "银行尽调中"}),
        (0, {"category": "labour", "text": "缺造型工15名", "received": "2023-12-05", "closed": "2024-01-08",
             "handed_to": "就业中心", "handling": "推荐9名"}),
    ]
    # A system's "Excel export" that is text.
    return Book("10-点办系统导出.xls", Sheet("", rows, delimiter="\t"), "needs",
                enterprises={CODES[index]: {"needs": [it]} for index, it in need})


def projects():
    rows = [
        ["会员单位争取资金情况（2023年度）"] + [LEFT] * 7,
        ["金额单位：千元"] + [LEFT] * 7,
        ["牵头单位", "资金名称", "资金渠道", "报送日", "申请额", "走到哪一步", "到账额", "批文日期"],
        [NAMES[0], "首批次新材料", "省级", "2023年4月18日", 1250, "已立项", 800, "2023年9月6日"],
        [NAMES[1], "工业强基", "国家级", day(5, 9), 6000, "在审", None, None],
        [NAMES[2], "以旧换新技改", "市级", "2023.6.1", 300.5, "落榜", None, "2023.10.8"],
        [NAMES[4], "检测能力提升", "区级", "2023年7月", 150, "公示中", None, None],
    ]
    made = [
        (0, {"scheme": "首批次新材料", "level": "province", "state": "approved", "submitted": "2023-04-18",
             "decided": "2023-09-06", "requested": 1_250_000, "granted": 800_000}),
        (1, {"scheme": "工业强基", "level": "national", "state": "submitted", "submitted": "2023-05-09",
             "requested": 6_000_000}),
        (2, {"scheme": "以旧换新技改", "level": "city", "state": "rejected", "submitted": "2023-06-01",
             "decided": "2023-10-08", "requested": 300_500}),
        (4, {"scheme": "检测能力提升", "level": "district", "state": "announced", "submitted": "2023-07",
             "requested": 150_000}),
    ]
    return Book("11-争取资金情况.ods", Sheet("资金", rows), "projects",
                ["--map", "走到哪一步=state"], enterprises={CODES[index]: {"projects": [it]} for index, it in made})


def titles():
    head = ["持有单位", "牌子", "公布日", "有效期（年）", "文号", "授牌单位"]
    national = [["国家级牌子"] + [LEFT] * 5, head,
                [NAMES[1], "专精特新“小巨人”", "2022年8月9日", 3, "样工信函〔2022〕19号", "工信部"],
                [NAMES[3], "国家高新技术企业", day(12, 20, 2022), 3, "GR202221000301", "省科技厅等"]]
    province = [["省级牌子"] + [LEFT] * 5, head,
                [NAMES[0], "专精特新中小企业", "2023年6月", 3, "样工信〔2023〕55号", "省工信厅"],
                [NAMES[4], "创新型中小企业", "2023/2/14", 3, None, "省工信厅"]]
    return Book("12-牌子登记.xlsx", [Sheet("国家级", national), Sheet("省级", province)], "recognitions",
                ["--map", "牌子=title"], enterprises=coded({
        1: {"recognitions": [{"title": "little-giant", "level": "national", "recognised": "2022-08-09",
                              "expires": "2025-08-08", "document": "样工信函〔2022〕19号", "issued_by": "工信部"}]},
        3: {"recognitions": [{"title": "hnte", "level": "national", "recognised": "2022-12-20", "expires": "2025-12-19",
                              "document": "GR202221000301", "issued_by": "省科技厅等"}]},
        0: {"recognitions": [{"title": "srdi", "level": "province", "recognised": "2023-06", "expires": "2026-06",
                              "document": "样工信〔2023〕55号", "issued_by": "省工信厅"}]},
        4: {"recognitions": [{"title": "innovative-sme", "level": "province", "recognised": "2023-02-14",
                              "expires": "2026-02-13", "issued_by": "省工信厅"}]},
    }))


def matrix():
    rows = [
        ["第一季企业牌子一览（●为已有）", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["序号", "单位", "国家级", LEFT, "省级", LEFT],
        [UP, UP, "小巨人", "高企", "专精特新", "创新型中小企业"],
        [1, NAMES[2], None, "●", "●", None], [2, NAMES[5], None, None, None, "●"], [3, NAMES[6], None, "●", None, "●"],
    ]
    return Book("13-牌子一览.xls", Sheet("一览", rows), "recognitions", enterprises=coded({
        2: {"recognitions": [{"title": "hnte", "level": "national"}, {"title": "srdi", "level": "province"}]},
        5: {"recognitions": [{"title": "innovative-sme", "level": "province"}]},
        6: {"recognitions": [{"title": "hnte", "level": "national"}, {"title": "innovative-sme", "level": "province"}]},
    }))


def indicators():
    rows = [
        ["第一季企业经济数据对照", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["单位名称", "指标", "计量单位", "2022年", "2023年", "增减（%）"],
    ]
    brings = {}
    for index in range(4):
        revenue, spent, staff, patents = 3100 + 415 * index, 140 + 12 * index, 88 + 21 * index, 3 + index
        rows += [[NAMES[index], "营业收入", "万元", revenue, revenue + 260, 8.4], [UP, "研发费用", "千元", spent * 10, spent * 10 + 95, 6.1],
                 [UP, "期末从业人员", "人", staff, staff - 2, -2.3],
                 [UP, "有效发明专利", "件", patents, patents + 1, None]]
        brings[index] = {"indicators": {
            "2022": {"revenue": revenue * 10_000, "rd_expense": spent * 10_000, "employees": staff,
                     "invention_patents": patents},
            "2023": {"revenue": (revenue + 260) * 10_000, "rd_expense": spent * 10_000 + 95_000, "employees": staff - 2,
                     "invention_patents": patents + 1}}}
    return Book("14-经济数据对照.xlsx", Sheet("对照", rows), "indicators", enterprises=coded(brings))


def quarter():
    rows = [
        ["2023年三季度末会员快报（1—9月累计）"],
        ["会员单位", "营业收入（千元）", "比上年同期±%", "利润（千元）", "期末用工（人）", "四季度预判"],
        [NAMES[0], "24,310.6", "3.1", "1,205", "90", "持平"], [NAMES[2], "31,002", "-1.2", "(340.5)", "128", "略降"],
        [NAMES[6], "8,800", "12", "—", "47", "上升"],
    ]
    return Book("15-三季度快报.csv", Sheet("", rows), "indicators", ["--period", "2023-Q3"], enterprises=coded({
        0: {"indicators": {"2023-Q3": {"revenue": 24_310_600, "profit": 1_205_000, "employees": 90}}},
        2: {"indicators": {"2023-Q3": {"revenue": 31_002_000, "profit": -340_500, "employees": 128}}},
        6: {"indicators": {"2023-Q3": {"revenue": 8_800_000, "employees": 47}}},
    }))


def platforms():
    rows = [
        ["会员单位研发机构登记", LEFT, LEFT, LEFT, LEFT],
        ["依托单位", "机构全称", "机构类别及级别", "批准年月", "场地面积（㎡）"],
        [NAMES[0], "示例炉火铸锻技术中心", "省级企业技术中心", Shown(day(11, 1, 2021), 'yyyy"年"m"月"'), 1200],
        [NAMES[1], "重载传动工程中心", "市级工程技术研究中心", "2020年6月", 860],
        [NAMES[3], "工业软件博士后站", "国家级博士后科研工作站", "2022.10", 300],
    ]
    return Book("16-研发机构登记.xls", Sheet("机构", rows), "platforms", enterprises=coded({
        0: {"platforms": [{"kind": "enterprise-technology-centre", "level": "province", "recognised": "2021-11"}]},
        1: {"platforms": [{"kind": "engineering-research-centre", "level": "city", "recognised": "2020-06"}]},
        3: {"platforms": [{"kind": "postdoctoral-workstation", "level": "national", "recognised": "2022-10"}]},
    }))


def second():
    rows = [{"企业名称": NAMES[index], "统一社会信用代码": CODES[index], "方向": way, "录取日期": "2024/03/12"}
            for index, way in ((6, "专精特新"), (7, "研发平台"), (8, "专精特新"), (0, "拟上市"))]
    return Book("17-第二季录取.json", rows, "members", ["--edition", "s2"], enterprises=coded({
        index: {"memberships": [{"edition": "s2", "joined": "2024-03-12", "modules": [way]}]}
        for index, way in ((6, "srdi"), (7, "platforms"), (8, "srdi"), (0, "listing"))}))


def leavers():
    rows = [
        ["第一季企业去向（截至二〇二四年三月）", LEFT, LEFT, LEFT, LEFT],
        ["企业", "去向", "离队日期", "缘由", "经办"],
        [NAMES[1], "毕业", "二〇二三年十二月二十日", None, "小满"], [NAMES[3], "毕业", "二〇二三年十二月二十日", None, "小满"],
        [NAMES[2], "自愿退出", "二〇二三年十一月", "自愿", "谷雨"], [NAMES[5], "清退", "2024年1月10日", "搬迁", "谷雨"],
    ]
    return Book("18-第一季企业去向.xlsx", Sheet("去向", rows), "members", ["--edition", "s1"], enterprises=coded({
        1: {"memberships": [{"edition": "s1", "left": "2023-12-20", "outcome": "graduated"}]},
        3: {"memberships": [{"edition": "s1", "left": "2023-12-20", "outcome": "graduated"}]},
        2: {"memberships": [{"edition": "s1", "left": "2023-11", "outcome": "withdrawn", "reason": "own-wish"}]},
        5: {"memberships": [{"edition": "s1", "left": "2024-01-10", "outcome": "removed", "reason": "moved-away"}]},
    }))


def books():
    return [industries(), enterprises(), applications(), candidates(), members(), activities(), sign_in(), roll(), visits(),
            needs(), projects(), titles(), matrix(), indicators(), quarter(), platforms(), second(), leavers()]
