"""A development zone's bureau of economy: .xlsx, .xls and .csv, written when the vocabulary stood, and kept apart from it."""

import datetime

from .book import LEFT, UP, Book, Sheet
from .code import code

SETUP = [
    "edition add id=1 name=首期 opened=2024-03-20",
    "edition add id=2 name=二期 opened=2025-03-18",
]
TODAY = "2025-06-30"


def day(month, number, year=2024):
    return datetime.date(year, month, number)


# Name, industry, park, founded as written and meant, capital, legal representative, contact, phone.
TABLE = [
    ("示例宏图智能制造有限公司", "智能装备", "东园街道", "2013年6月18日", "2013-06-18", 3000, "方一", "方小一", "13300000001"),
    ("示例联讯电子股份有限公司", "电子信息", "东园街道", "2009-11-03", "2009-11-03", 5200, "方二", "方小二", "13300000002"),
    ("示例瑞泽医疗科技有限公司", "生命健康", "东园街道", "2016.01.27", "2016-01-27", 1000, "石三", "石小三", "13300000003"),
    ("示例中科膜材料有限公司", "新材料", "西园街道", day(9, 12, 2018), "2018-09-12", 2200, "石四", "石小四", "13300000004"),
    ("示例恒昌精密轴承有限公司", "智能装备", "西园街道", "2005年", "2005", 1500, "姚五", "姚小五", "13300000005"),
    ("示例绿源环保工程有限公司", "新材料", "西园街道", "2011年4月", "2011-04", 800, "姚六", "姚小六", "13300000006"),
    ("示例天枢导航技术有限公司", "电子信息", "临港镇", "2019/5/6", "2019-05-06", 600, "邵七", "邵小七", "13300000007"),
    ("示例益康食品生物有限公司", "生命健康", "临港镇", "2014-08-08", "2014-08-08", 1200, "邵八", "邵小八", "13300000008"),
]
NAMES = [row[0] for row in TABLE]
CODES = [code("370299", 44001 + index) for index in range(len(TABLE))]


def coded(entries):
    return {CODES[index]: it for index, it in entries.items()}


def industries():
    rows = [["示例开发区主导产业", LEFT, LEFT], ["序号", "产业", "链长"], [1, "智能装备", "管委会副主任"],
            [2, "电子信息", "管委会副主任"], [3, "生命健康", "经发局局长"], [4, "新材料", "科创局局长"]]
    return Book("01-主导产业.xlsx", Sheet("产业", rows), "industries", industries=[row[1] for row in rows[2:]])


def enterprises():
    rows = [
        ["示例开发区“瞪羚培育工程”企业摸底表"] + [LEFT] * 11,
        ["填报部门：经济发展局"] + [LEFT] * 5 + ["2024年2月29日", LEFT, LEFT, "单位：万元", LEFT, LEFT],
        ["序号", "企业名称", "统一社会信用代码", "产业领域", "所在街镇", "注册日期", "注册资本", "法定代表人姓名",
         "企业联系人", "联系人手机", "规上企业（是/否）", "备注"],
    ]
    brings = {}
    for index, (name, industry, town, written, founded, capital, legal, contact, phone) in enumerate(TABLE):
        note = "重点跟踪" if index in (1, 4) else None
        rows.append([index + 1, name, CODES[index], industry, town, written, capital, legal, contact, phone,
                     "是" if index % 2 else "否", note])
        brings[index] = {"name": name, "industry": industry, "town": town, "founded": founded,
                         "registered_capital": capital * 10_000, "legal_representative": legal, "contact": contact,
                         "phone": phone} | ({"note": note} if note else {})
    rows.append(["合计", None, "8家", None, None, None, 15500])
    rows.append(["填表说明：注册资本以营业执照为准。"] + [LEFT] * 11)
    return Book("02-企业摸底表.xlsx", Sheet("摸底", rows), "enterprises", enterprises=coded(brings))


def candidates():
    rows = [["“瞪羚培育工程”首期申报情况", LEFT, LEFT, LEFT, LEFT],
            ["序号", "申报单位", "申报时间", "拟申报方向", "推荐部门"]]
    ways = [("专精特新", ["srdi"]), ("研发平台建设", ["platforms"]), ("拟上市", ["listing"])]
    brings = {}
    for index in range(8):
        way = ways[index % 3]
        rows.append([index + 1, NAMES[index], f"2024.3.{index + 1}", way[0], "街道经济办" if index % 2 else "招商局"])
        brings[index] = {"candidacies": [{"edition": "1", "applied": f"2024-03-0{index + 1}", "modules": way[1],
                                          "recommended_by": "街道经济办" if index % 2 else "招商局"}]}
    return Book("03-首期申报情况.xls", Sheet("申报", rows), "candidates", ["--edition", "1"], enterprises=coded(brings))


def members():
    rows = [["“瞪羚培育工程”首期培育企业名单", LEFT, LEFT, LEFT, LEFT],
            ["序号", "企业名称", "统一社会信用代码", "重点培育方向", "纳入时间"]]
    brings = {}
    for index in range(6):
        way = [("专精特新", ["srdi"]), ("研发平台", ["platforms"])][index % 2]
        rows.append([index + 1, NAMES[index], CODES[index], way[0], "2024-03-20"])
        brings[index] = {"memberships": [{"edition": "1", "joined": "2024-03-20", "modules": way[1]}]}
    return Book("04-首期培育企业名单.xlsx", Sheet("Sheet1", rows), "members", ["--edition", "1"], enterprises=coded(brings))


def activities():
    rows = [
        ["2024年瞪羚培育工程活动计划表"] + [LEFT] * 6,
        ["序号", "活动主题", "活动分类", "举办时间", "举办地点", "授课专家", "责任处室"],
        [1, "启动大会", "系统课程", "3月20日", "管委会会议中心", "滕教授", "经济发展局"],
        [2, "瞪羚企业政策宣讲", "政策宣讲", "2024年4月18日（周四）", "管委会会议中心", "殷处长", "科创局"],
        [3, "标杆企业参观", "参访交流", "5月23-24日", "邻市", None, "经济发展局"],
        [4, "产融对接", "企业生态建设", day(7, 11), "临港镇", None, "财政金融局"],
        [5, "品牌出海沙龙", "品牌赋能", "2024年10月", "东园街道", "罗总监", "商务局"],
    ]
    brings = [
        {"title": "启动大会", "date": "2024-03-20", "aspect": "courses", "place": "管委会会议中心", "speaker": "滕教授"},
        {"title": "瞪羚企业政策宣讲", "date": "2024-04-18", "aspect": "projects", "place": "管委会会议中心",
         "speaker": "殷处长"},
        {"title": "标杆企业参观", "date": "2024-05-23", "end": "2024-05-24", "aspect": "visits", "place": "邻市"},
        {"title": "产融对接", "date": "2024-07-11", "aspect": "ecosystem", "place": "临港镇"},
        {"title": "品牌出海沙龙", "date": "2024-10", "aspect": "brand", "place": "东园街道", "speaker": "罗总监"},
    ]
    hosts = ["经济发展局", "科创局", "经济发展局", "财政金融局", "商务局"]
    return Book("05-活动计划表.xlsx", Sheet("计划", rows), "activities", ["--edition", "1", "--word", "政策宣讲=projects"],
                activities=[{"edition": "1", "present": {}, "host": host} | it for it, host in zip(brings, hosts)])


def attendance():
    rows = [
        ["“瞪羚培育工程”启动大会签到表", LEFT, LEFT, LEFT, LEFT],
        ["会议时间：2024年3月20日上午9:00", LEFT, LEFT, "会议地点：管委会会议中心", LEFT],
        ["序号", "参会单位", "参会人员姓名", "职务", "手机号"],
    ]
    heads = [(0, 1), (1, 2), (2, 1), (3, 1), (5, 2)]
    number = 0
    for index, count in heads:
        for _ in range(count):
            number += 1
            rows.append([number, NAMES[index], f"某{number}", "主管", f"1331111{number:04}"])
    rows.append([number + 1, "区税务局", "某客", "科长", None])
    return Book("06-启动大会签到表.xlsx", Sheet("签到", rows), "attendance", activities=[{
        "title": "启动大会", "date": "2024-03-20", "present": {CODES[index]: count for index, count in heads}}])


def visits():
    rows = [
        ["2024年企业走访调研台账"] + [LEFT] * 5,
        ["序号", "调研时间", "调研企业", "带队领导", "调研内容", "企业反映问题"],
        [1, "2024年4月9日", NAMES[1], "经发局局长", "生产经营", "无"],
        [2, "2024.5.15", NAMES[4], "经发局副局长", "技改项目", "用工紧张"],
        [3, day(8, 20), NAMES[6], "科创局局长", "研发情况", "暂无"],
    ]
    visit = {"title": "企业走访", "aspect": "visits", "edition": "1"}
    return Book("07-走访调研台账.xlsx", Sheet("走访", rows), "activities",
                ["--edition", "1", "--set", "aspect=visits", "--set", "title=企业走访"], activities=[
        visit | {"date": when, "present": {CODES[index]: 1}}
        for when, index in [("2024-04-09", 1), ("2024-05-15", 4), ("2024-08-20", 6)]])


def needs():
    rows = [
        ["企业诉求交办清单"],
        ["序号", "诉求企业", "诉求类型", "诉求描述", "提出日期", "交办部门", "办理进度", "完成日期"],
        [1, NAMES[4], "用工", "缺钳工8名", day(5, 15), "人社局", "已招聘6名", day(6, 30)],
        [2, NAMES[1], "融资", "出口信贷额度", day(6, 3), "财政金融局", "银行审批中", None],
        [3, NAMES[5], "项目建设", "环评手续", "2024-07-01", "生态环境分局", "已批复", "2024-08-12"],
    ]
    need = [
        (4, {"category": "labour", "text": "缺钳工8名", "received": "2024-05-15", "closed": "2024-06-30",
             "handed_to": "人社局", "handling": "已招聘6名"}),
        (1, {"category": "finance", "text": "出口信贷额度", "received": "2024-06-03", "handed_to": "财政金融局",
             "handling": "银行审批中"}),
        (5, {"category": "construction", "text": "环评手续", "received": "2024-07-01", "closed": "2024-08-12",
             "handed_to": "生态环境分局", "handling": "已批复"}),
    ]
    return Book("08-诉求交办清单.csv", Sheet("", rows), "needs",
                enterprises={CODES[index]: {"needs": [it]} for index, it in need})


def projects():
    rows = [
        ["2024年度扶持项目申报统计表"] + [LEFT] * 7,
        [None] * 6 + ["单位：万元", LEFT],
        ["企业名称", "扶持项目", "级别", "申报日期", "申报资金", "审核状态", "拨付资金", "公布日期"],
        [NAMES[0], "智能工厂", "省级", "2024年5月30日", 300, "已认定", 100, "2024年11月8日"],
        [NAMES[1], "首版次软件", "市级", day(6, 12), 80, "未通过", None, None],
        [NAMES[3], "中小企业发展专项", "国家级", "2024.7.5", 150, "审核中", None, None],
        ["合计", None, None, None, 530, None, 100, None],
    ]
    made = [
        (0, {"scheme": "智能工厂", "level": "province", "state": "approved", "submitted": "2024-05-30",
             "decided": "2024-11-08", "requested": 3_000_000, "granted": 1_000_000}),
        (1, {"scheme": "首版次软件", "level": "city", "state": "rejected", "submitted": "2024-06-12", "requested": 800_000}),
        (3, {"scheme": "中小企业发展专项", "level": "national", "state": "submitted", "submitted": "2024-07-05",
             "requested": 1_500_000}),
    ]
    return Book("09-扶持项目申报统计表.xlsx", Sheet("项目", rows), "projects",
                enterprises={CODES[index]: {"projects": [it]} for index, it in made})


def titles():
    rows = [
        ["企业荣誉资质台账"] + [LEFT] * 6,
        ["企业名称", "荣誉/资质名称", "等级", "获得时间", "到期时间", "证书编号", "颁发部门"],
        [NAMES[0], "专精特新中小企业", "省级", "2024年1月", "2026年12月31日", "样字2024-11", "省工信厅"],
        [NAMES[1], "高新技术企业", "国家级", day(12, 8, 2023), day(12, 7, 2026), "GR202337000007", "省科技厅"],
        [NAMES[2], "创新型中小企业", "省级", "2024.6.14", "2027.6.13", None, "省工信厅"],
        [NAMES[6], "科技型中小企业", None, "2024-04", None, "202437029900003", None],
    ]
    return Book("10-荣誉资质台账.xlsx", Sheet("资质", rows), "recognitions", enterprises=coded({
        0: {"recognitions": [{"title": "srdi", "level": "province", "recognised": "2024-01", "expires": "2026-12-31",
                              "document": "样字2024-11", "issued_by": "省工信厅"}]},
        1: {"recognitions": [{"title": "hnte", "level": "national", "recognised": "2023-12-08", "expires": "2026-12-07",
                              "document": "GR202337000007", "issued_by": "省科技厅"}]},
        2: {"recognitions": [{"title": "innovative-sme", "level": "province", "recognised": "2024-06-14",
                              "expires": "2027-06-13", "issued_by": "省工信厅"}]},
        6: {"recognitions": [{"title": "tech-sme", "recognised": "2024-04", "document": "202437029900003"}]},
    }))


def matrix():
    rows = [
        ["企业资质情况一览表", LEFT, LEFT, LEFT, LEFT],
        ["序号", "单位名称", "高新技术企业", "专精特新“小巨人”企业", "科技型中小企业"],
        [1, NAMES[3], "√", None, None], [2, NAMES[4], None, "√", "√"], [3, NAMES[5], "2022年11月", None, "否"],
    ]
    return Book("11-资质一览表.xls", Sheet("一览", rows), "recognitions", enterprises=coded({
        3: {"recognitions": [{"title": "hnte"}]},
        4: {"recognitions": [{"title": "little-giant"}, {"title": "tech-sme"}]},
        5: {"recognitions": [{"title": "hnte", "recognised": "2022-11"}]},
    }))


def indicators():
    rows = [
        ["瞪羚培育企业经济指标表"] + [LEFT] * 9,
        ["填报部门：经济发展局"] + [LEFT] * 6 + ["单位：万元、人", LEFT, LEFT],
        ["企业名称", "营业收入", LEFT, "净利润", LEFT, "研发费用", LEFT, "从业人员", LEFT, "2024年营业收入目标"],
        [UP, "2022年", "2023年", "2022年", "2023年", "2022年", "2023年", "2022年末", "2023年末", UP],
    ]
    brings = {}
    for index in range(6):
        base = 5000 + 1200 * index
        line = [base, base + 800, base // 20, base // 16, base // 25, base // 22, 60 + index, 66 + index]
        rows.append([NAMES[index]] + line + [base + 2000])
        brings[index] = {"indicators": {
            year: {"revenue": line[place] * 10_000, "net_profit": line[2 + place] * 10_000,
                   "rd_expense": line[4 + place] * 10_000, "employees": line[6 + place]}
            for place, year in enumerate(("2022", "2023"))}}
    rows.append(["合计"] + [f"=SUM({letter}5:{letter}10)" for letter in "BCDEFGHIJ"])
    return Book("12-经济指标表.xlsx", Sheet("指标", rows), "indicators", enterprises=coded(brings))


def half_year():
    rows = [
        ["2024年1-6月瞪羚培育企业主要指标", LEFT, LEFT, LEFT, LEFT],
        ["企业名称", "1-6月营业收入（万元）", "增速（%）", "1-6月研发费用（万元）", "6月末从业人数"],
        [NAMES[0], 2900, 7.5, 130, 68], [NAMES[2], 4010.8, -2, 190, 70], [NAMES[4], 5200, 11, 240, 72],
    ]
    return Book("13-上半年主要指标.xlsx", Sheet("半年", rows), "indicators", ["--period", "2024-H1"], enterprises=coded({
        index: {"indicators": {"2024-H1": {"revenue": revenue, "rd_expense": expense, "employees": staff}}}
        for index, revenue, expense, staff in [(0, 29_000_000, 1_300_000, 68), (2, 40_108_000, 1_900_000, 70),
                                               (4, 52_000_000, 2_400_000, 72)]}))


def platforms():
    rows = [["企业创新平台建设情况表", LEFT, LEFT, LEFT], ["建设单位", "平台类型", "批准级别", "批准时间"],
            [NAMES[0], "企业技术中心", "省级", "2023年12月"], [NAMES[3], "重点实验室", "市级", day(4, 26)]]
    return Book("14-创新平台建设情况表.xlsx", Sheet("平台", rows), "platforms", enterprises=coded({
        0: {"platforms": [{"kind": "enterprise-technology-centre", "level": "province", "recognised": "2023-12"}]},
        3: {"platforms": [{"kind": "key-laboratory", "level": "city", "recognised": "2024-04-26"}]},
    }))


def second():
    rows = [["“瞪羚培育工程”二期培育企业名单", LEFT, LEFT, LEFT],
            ["序号", "企业名称", "统一社会信用代码", "纳入时间"],
            [1, NAMES[6], CODES[6], day(3, 18, 2025)], [2, NAMES[7], CODES[7], day(3, 18, 2025)],
            [3, "示例宏图智能科技集团有限公司", CODES[0], day(3, 18, 2025)]]
    return Book("15-二期培育企业名单.xlsx", Sheet("二期", rows), "members", ["--edition", "2"], enterprises=coded({
        index: {"memberships": [{"edition": "2", "joined": "2025-03-18"}]} for index in (6, 7, 0)}))


def leavers():
    rows = [["首期调出企业情况", LEFT, LEFT, LEFT], ["序号", "企业名称", "调出时间", "调出原因"],
            [1, NAMES[5], "2024年9月30日", "注销"], [2, NAMES[2], "2024.12.31", "迁出"]]
    return Book("16-调出企业情况.xlsx", Sheet("调出", rows), "members", ["--edition", "1", "--set", "outcome=removed"],
                enterprises=coded({
        5: {"memberships": [{"edition": "1", "left": "2024-09-30", "outcome": "removed", "reason": "deregistered"}]},
        2: {"memberships": [{"edition": "1", "left": "2024-12-31", "outcome": "removed", "reason": "moved-away"}]},
    }))


def books():
    return [industries(), enterprises(), candidates(), members(), activities(), attendance(), visits(), needs(), projects(),
            titles(), matrix(), indicators(), half_year(), platforms(), second(), leavers()]
