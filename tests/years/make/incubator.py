"""An incubator: .xlsx with headings of several merged rows, merged cells in the data, forms."""

import datetime

from .book import LEFT, UP, Book, Sheet
from .code import code

TITLE = "示例湖科技企业孵化器"
SETUP = [
    "edition add id=6 name=第六期 opened=2023-04-12",
    "edition add id=7 name=第七期 opened=2023-11-15",
]
TODAY = "2024-06-30"


def day(month, number, year=2023):
    return datetime.date(year, month, number)


def firm(number, name, founded, capital, field, town, legal, contact, post, phone, email=None, note=None):
    return {"code": code("320199", 81000 + number), "name": name, "founded": founded, "capital": capital,
            "field": field, "town": town, "legal": legal, "contact": contact, "post": post, "phone": phone,
            "email": email, "note": note}


# What is written in the cell, then what it means.
FIRMS = [
    firm(1, "示例湖光柔性传感科技有限公司", ("2019年5月20日", "2019-05-20"), (500, 5_000_000), "电子信息",
         "示例湖街道", "周一", "周小一", "副总经理", "13700000001", "zhou1@example.com"),
    firm(2, "示例深蓝算力软件有限公司", (day(3, 8, 2020), "2020-03-08"), (100, 1_000_000), "电子信息",
         "示例湖街道", "吴二", "吴小二", "行政经理", "13700000002", "wu2@example.com", "大学生创业"),
    firm(3, "示例青禾生物科技(示例湖)有限公司", ("2018.11", "2018-11"), ("300万元", 3_000_000), "生物医药",
         "示例湖街道", "郑三", "郑小三", "财务经理", "13700000003"),
    firm(4, "示例微纳诊断技术有限公司", ("2021-01-15", "2021-01-15"), (1000, 10_000_000), "生物医药",
         "青杨镇", "王四", "王小四", "总经理助理", "13700000004", "wang4@example.com"),
    firm(5, "示例磐石精密机器人有限公司", ("2017年9月", "2017-09"), (2000, 20_000_000), "高端装备",
         "青杨镇", "冯五", "冯小五", "副总经理", "13700000005"),
    firm(6, "示例翼展无人机有限公司", ("2020/7/1", "2020-07-01"), (800, 8_000_000), "高端装备",
         "白石镇", "陈六", "陈小六", "总经理", "13700000006", "chen6@example.com", "高校衍生企业"),
    firm(7, "示例氢程能源科技有限公司", ("2022年2月18日", "2022-02-18"), (50, 500_000), "新能源",
         "白石镇", "褚七", "褚小七", "技术总监", "13700000007"),
    firm(8, "示例光年储能技术有限公司", (day(6, 6, 2016), "2016-06-06"), (1500, 15_000_000), "新能源",
         "白石镇", "卫八", "卫小八", "人事主管", "13700000008", "wei8@example.com"),
]
FORMS = [
    firm(9, "示例拓扑视觉科技有限公司", ("2022年10月9日", "2022-10-09"), ("200万元", 2_000_000), "电子信息",
         "青杨镇", "蒋九", "蒋小九", "产品经理", "13700000009", "jiang9@example.com"),
    firm(10, "示例蓝鲸海工装备有限公司", (day(12, 1, 2021), "2021-12-01"), ("1200万元", 12_000_000), "高端装备",
         "示例湖街道", "沈十", "沈小十", "董事长助理", "13700000010"),
]
CODES = [it["code"] for it in FIRMS + FORMS]
NAMES = [it["name"] for it in FIRMS + FORMS]


def basics(it):
    """What the basic list says of an enterprise."""
    out = {"name": it["name"], "industry": it["field"], "town": it["town"], "founded": it["founded"][1],
           "registered_capital": it["capital"][1], "legal_representative": it["legal"], "contact": it["contact"],
           "post": it["post"], "phone": it["phone"]}
    return out | {key: it[key] for key in ("email", "note") if it[key]}


def fields():
    rows = [["示例湖孵化器重点扶持技术领域", LEFT, LEFT, LEFT], ["编号", "技术领域", "主要方向", "备注"]]
    about = {"电子信息": "传感器、算力、工业软件", "生物医药": "体外诊断、合成生物",
             "高端装备": "机器人、无人机", "新能源": "氢能、储能"}
    rows += [[f"0{index + 1}", name, text, None] for index, (name, text) in enumerate(about.items())]
    return Book("01-重点技术领域.xlsx", Sheet("领域", rows), "industries", industries=list(about))


def enterprises():
    rows = [
        ["示例湖科技企业孵化器在孵企业信息汇总表"] + [LEFT] * 12,
        ["填报单位（盖章）：示例湖创业服务中心"] + [LEFT] * 6 + ["填报时间：2023年3月31日"] + [LEFT] * 5,
        ["序号", "企业基本信息"] + [LEFT] * 5 + ["负责人及联系人"] + [LEFT] * 4 + ["备注"],
        [UP, "企业全称", "统一社会信用代码\n（18位）", "注册时间", "注册资本\n（万元）", "技术领域", "所在街镇",
         "法定代表人", "联系人", LEFT, LEFT, "电子邮箱", UP],
        [UP, UP, UP, UP, UP, UP, UP, UP, "姓名", "职务", "手机", UP, UP],
    ]
    town = None
    for index, it in enumerate(FIRMS):
        rows.append([index + 1, it["name"], it["code"], it["founded"][0], it["capital"][0], it["field"],
                     UP if it["town"] == town else it["town"], it["legal"], it["contact"], it["post"],
                     int(it["phone"]), it["email"], it["note"]])
        town = it["town"]
    rows.append(["合  计", LEFT, f"{len(FIRMS)}家"])
    rows.append(["填表人：周主管", LEFT, LEFT, None, "审核人：林主任", LEFT, None, "联系电话：0000-8800000", LEFT])
    return Book("02-在孵企业信息汇总表.xlsx", Sheet("汇总表", rows), "enterprises",
                enterprises={it["code"]: basics(it) for it in FIRMS})


def form(it, revenue, expense):
    rows = [
        ["企业入孵登记表"] + [LEFT] * 5,
        ["登记日期：2023年3月20日"] + [LEFT] * 5,
        ["企业名称（盖章）", it["name"]] + [LEFT] * 4,
        ["统一社会信用代码", it["code"], LEFT, "成立日期", it["founded"][0], LEFT],
        ["注册资本", it["capital"][0], LEFT, "所属技术领域", it["field"], LEFT],
        ["所在街镇", it["town"], LEFT, "法定代表人", it["legal"], LEFT],
        ["联系人", it["contact"], "职务", it["post"], "手机号码", it["phone"]],
        ["电子邮箱", it["email"], LEFT, LEFT, LEFT, LEFT],
        ["2022年度营业收入（万元）", revenue, LEFT, "2022年度研发费用（万元）", expense, LEFT],
        ["主要产品及\n核心技术", "从事相关产品研发与销售，拥有自主知识产权。"] + [LEFT] * 4,
        ["申请入孵理由", "希望获得场地、导师与融资对接服务。"] + [LEFT] * 4,
        ["企业承诺：以上填报内容真实、准确。", LEFT, LEFT, "法定代表人（签字）：        年    月    日", LEFT, LEFT],
    ]
    return Sheet("登记表", rows)


def forms():
    figures = [(("86.5", 865_000), ("31.2", 312_000)), ((1460, 14_600_000), (203.75, 2_037_500))]
    sheets = [form(it, revenue[0], expense[0]) for it, (revenue, expense) in zip(FORMS, figures)]
    brings = {
        it["code"]: basics(it) | {"indicators": {"2022": {"revenue": revenue[1], "rd_expense": expense[1]}}}
        for it, (revenue, expense) in zip(FORMS, figures)
    }
    return Book(["03-入孵登记表-拓扑视觉.xlsx", "03-入孵登记表-蓝鲸海工.xlsx"], sheets, "enterprises", enterprises=brings)


def candidates():
    rows = [
        ["“启航加速营”第六期申请企业汇总表"] + [LEFT] * 6,
        ["序号", "申请企业", "所在街镇", "申请日期", "申请方向", "推荐方", "初审意见"],
    ]
    ways = [("专精特新培育", ["srdi"]), ("上市辅导", ["listing"]), ("专精特新培育、研发机构", ["srdi", "platforms"])]
    dates = [("2023.3.1", "2023-03-01"), (day(3, 2), "2023-03-02"), ("2023年3月3日", "2023-03-03")]
    brings = {}
    for index, it in enumerate(FIRMS + FORMS):
        way, when = ways[index % 3], dates[index % 3]
        by = "示例大学科技园" if index % 2 else "示例湖管委会"
        rows.append([index + 1, it["name"], it["town"], when[0], way[0], by, "符合条件" if index != 6 else "材料不全"])
        brings[it["code"]] = {"candidacies": [{"edition": "6", "applied": when[1], "modules": way[1],
                                               "recommended_by": by}]}
    return Book("04-加速营申请企业汇总.xlsx", Sheet("申请", rows), "candidates",
                ["--edition", "6", "--word", "研发机构=platforms"], enterprises=brings)


def members():
    rows = [
        ["“启航加速营”第六期入营企业花名册"] + [LEFT] * 5,
        ["序号", "企业信息", LEFT, "入营\n时间", "培育赛道", "创业导师"],
        [UP, "企业全称", "信用代码", UP, UP, UP],
    ]
    ways = [("专精特新", ["srdi"]), ("上市培育", ["listing"]), ("专精特新/研发平台", ["srdi", "platforms"])]
    brings = {}
    chosen = [0, 1, 2, 3, 4, 5, 8, 9]
    for place, index in enumerate(chosen):
        it, way = (FIRMS + FORMS)[index], ways[place % 3]
        rows.append([place + 1, it["name"], it["code"], "2023年4月12日" if place == 0 else UP, way[0], "许导师"])
        brings[it["code"]] = {"memberships": [{"edition": "6", "joined": "2023-04-12", "modules": way[1]}]}
    return Book("05-第六期入营企业花名册.xlsx", Sheet("花名册", rows), "members", ["--edition", "6"], enterprises=brings)


def activities():
    rows = [
        ["2023年“启航加速营”活动日历"] + [LEFT] * 8,
        ["月份", "活动日期", "活动主题", "活动形式", "主讲嘉宾", "活动地点", "时长（小时）", "主办方", "预计参加人数"],
        ["4月", "4月12日", "第六期开营仪式", "课程培训", "许导师", "孵化器路演厅", 3, "示例湖创业服务中心", 30],
        [UP, "4月25日", "走进示例大学实验室", "参访", None, "示例大学", 4, "示例大学科技园", 20],
        ["5月", "5月6日", "知识产权训练营", "课程培训", "孔律师", "孵化器路演厅", 6, "示例湖创业服务中心", 25],
        [UP, "5月20日—21日", "创业投融资训练营", "课程培训", "曹合伙人", "示例湖宾馆", 12, "示例湖创业服务中心", 40],
        ["6月", "6月上旬", "科技项目申报辅导", "申报辅导", "严科长", "线上", 2, "示例湖创业服务中心", 30],
        ["9月", "9月", "产业链对接会", "对接会", None, "青杨镇", None, "示例湖管委会", 50],
    ]
    brings = [
        {"title": "第六期开营仪式", "date": "2023-04-12", "aspect": "courses", "speaker": "许导师",
         "place": "孵化器路演厅", "hours": 3, "host": "示例湖创业服务中心"},
        {"title": "走进示例大学实验室", "date": "2023-04-25", "aspect": "visits", "place": "示例大学", "hours": 4,
         "host": "示例大学科技园"},
        {"title": "知识产权训练营", "date": "2023-05-06", "aspect": "courses", "speaker": "孔律师",
         "place": "孵化器路演厅", "hours": 6, "host": "示例湖创业服务中心"},
        {"title": "创业投融资训练营", "date": "2023-05-20", "end": "2023-05-21", "aspect": "courses",
         "speaker": "曹合伙人", "place": "示例湖宾馆", "hours": 12, "host": "示例湖创业服务中心"},
        {"title": "科技项目申报辅导", "date": "2023-06", "aspect": "projects", "speaker": "严科长", "place": "线上",
         "hours": 2, "host": "示例湖创业服务中心"},
        {"title": "产业链对接会", "date": "2023-09", "aspect": "ecosystem", "place": "青杨镇", "host": "示例湖管委会"},
    ]
    return Book("06-2023年活动日历.xlsx", Sheet("日历", rows), "activities",
                ["--edition", "6", "--word", "课程培训=courses"],
                activities=[{"edition": "6", "present": {}} | it for it in brings])


def attendance():
    rows = [
        ["“启航加速营”第六期开营仪式签到表"] + [LEFT] * 5,
        ["活动时间：2023年4月12日（星期三）14:30", LEFT, LEFT, "活动地点：孵化器路演厅", LEFT, LEFT],
        ["序号", "企业名称", "参会人员", "职务", "手机号码", "签名"],
    ]
    heads = [(0, 2), (1, 1), (2, 1), (4, 3), (5, 1), (8, 2)]
    number = 0
    for index, count in heads:
        for person in range(count):
            number += 1
            rows.append([number, UP if person else NAMES[index], f"示例{number}", "经理", 13711110000 + number])
    rows.append([number + 1, "示例湖管委会", "示例甲", "科长", None])
    rows.append(["实到人数：11人"] + [LEFT] * 5)
    present = {CODES[index]: count for index, count in heads}
    return Book("07-开营仪式签到表.xlsx", Sheet("签到表", rows), "attendance",
                activities=[{"title": "第六期开营仪式", "date": "2023-04-12", "present": present}])


def visits():
    rows = [
        ["2023年创业导师走访企业记录表"] + [LEFT] * 6,
        ["编号", "走访日期", "走访企业", "走访导师", "企业参加人数", "走访情况", "建议"],
        ["01", "2023年5月10日", NAMES[0], "许导师", 3, "了解研发进展", "加快专利布局"],
        ["02", UP, NAMES[1], "许导师", 2, "了解研发进展", "无"],
        ["03", day(6, 2), NAMES[4], "曹合伙人", 4, "了解融资计划", "规范股权结构"],
        ["04", "2023.8.15", NAMES[9], "曹合伙人", 1, "了解融资计划", "/"],
    ]
    visit = {"title": "导师走访", "aspect": "visits", "edition": "6"}
    brings = [
        visit | {"date": "2023-05-10", "present": {CODES[0]: 3, CODES[1]: 2}},
        visit | {"date": "2023-06-02", "present": {CODES[4]: 4}},
        visit | {"date": "2023-08-15", "present": {CODES[9]: 1}},
    ]
    return Book("08-导师走访记录表.xlsx", Sheet("走访", rows), "activities",
                ["--edition", "6", "--set", "aspect=visits", "--set", "title=导师走访"], activities=brings)


def needs():
    rows = [
        ["企业需求对接清单"] + [LEFT] * 8,
        ["统计截止：2023年9月30日"] + [LEFT] * 8,
        ["编号", "企业名称", "需求类型", "需求描述", "登记时间", "对接部门", "对接进展", "解决时间", "是否解决"],
        ["X-01", NAMES[0], "融资需求", "A轮融资2000万元", "2023年4月20日", "示例基金", "已完成尽调", "2023年8月30日", "已解决"],
        ["X-02", NAMES[1], "人才", "招聘算法工程师5名", day(5, 6), "人力资源服务站", "推荐简历12份", None, "跟进中"],
        ["X-03", NAMES[3], "厂房", "GMP车间800平方米", "2023.5.18", "园区公司", "已签租赁意向", "2023.7.1", "是"],
        ["X-04", NAMES[5], "技术对接", "飞控算法合作", "2023/6/9", "示例大学", "未匹配", None, "未解决"],
    ]
    need = [
        (0, {"category": "finance", "text": "A轮融资2000万元", "received": "2023-04-20", "closed": "2023-08-30",
             "handed_to": "示例基金", "handling": "已完成尽调"}),
        (1, {"category": "labour", "text": "招聘算法工程师5名", "received": "2023-05-06", "handed_to": "人力资源服务站",
             "handling": "推荐简历12份"}),
        (3, {"category": "land", "text": "GMP车间800平方米", "received": "2023-05-18", "closed": "2023-07-01",
             "handed_to": "园区公司", "handling": "已签租赁意向"}),
        (5, {"category": "other", "text": "飞控算法合作", "received": "2023-06-09", "handed_to": "示例大学",
             "handling": "未匹配"}),
    ]
    return Book("09-企业需求对接清单.xlsx", Sheet("需求", rows), "needs", ["--word", "技术对接=other"],
                enterprises={CODES[index]: {"needs": [it]} for index, it in need})


def projects():
    rows = [
        ["2023年度在孵企业科技项目申报跟踪表"] + [LEFT] * 8,
        [None] * 7 + ["金额单位：万元", LEFT],
        ["序号", "申报企业", "项目（政策）名称", "项目层级", "申报日期", "申请经费", "当前状态", "立项经费", "立项日期"],
        [1, NAMES[0], "重点研发计划", "省级", "2023年4月28日", 100, "已立项", 60, "2023年9月15日"],
        [2, NAMES[2], "创新创业大赛", "市级", day(5, 15), 20, "未立项", None, None],
        [3, NAMES[4], "首台（套）重大技术装备", "省级", "2023.6.30", 250.5, "公示中", None, None],
        [4, NAMES[5], "重点研发计划", "国家级", "2023-08-01", 300, "评审中", None, None],
        [5, NAMES[7], "研发费用补助", "区级", None, 15, "拟申报", None, None],
        ["合计", LEFT, None, None, None, "=SUM(F4:F8)", None, 60],
    ]
    made = [
        (0, {"scheme": "重点研发计划", "level": "province", "state": "approved", "submitted": "2023-04-28",
             "decided": "2023-09-15", "requested": 1_000_000, "granted": 600_000}),
        (2, {"scheme": "创新创业大赛", "level": "city", "state": "rejected", "submitted": "2023-05-15",
             "requested": 200_000}),
        (4, {"scheme": "首台（套）重大技术装备", "level": "province", "state": "announced", "submitted": "2023-06-30",
             "requested": 2_505_000}),
        (5, {"scheme": "重点研发计划", "level": "national", "state": "submitted", "submitted": "2023-08-01",
             "requested": 3_000_000}),
        (7, {"scheme": "研发费用补助", "level": "district", "state": "intended", "requested": 150_000}),
    ]
    return Book("10-科技项目申报跟踪表.xlsx", Sheet("跟踪表", rows), "projects",
                enterprises={CODES[index]: {"projects": [it]} for index, it in made})


def titles():
    rows = [
        ["在孵企业荣誉资质登记表"] + [LEFT] * 6,
        ["企业名称", "荣誉资质名称", "级别", "授予部门", "授予日期", "证书编号", "有效期至"],
        [NAMES[0], "国家高新技术企业", "国家级", "示例省科技厅", "2022年11月18日", "GR202232000001", "2025年11月17日"],
        [UP, "创新型中小企业", "省级", "示例省工信厅", day(6, 20), None, day(6, 19, 2026)],
        [NAMES[4], "高企", "国家", "示例省科技厅", "2021.11.30", "GR202132000002", "2024.11.29"],
        [UP, "“专精特新”中小企业", "省级", "示例省工信厅", "2022-12", "苏样2022005", None],
        [NAMES[5], "国家科技型中小企业", None, None, "2023年3月", "202332019900001", None],
        [NAMES[9], "优秀入孵企业", "区级", "示例湖管委会", "2023年1月", None, "长期有效"],
    ]
    return Book("11-荣誉资质登记表.xlsx", Sheet("资质", rows), "recognitions", ["--word", "优秀入孵企业=-"], enterprises={
        CODES[0]: {"recognitions": [
            {"title": "hnte", "level": "national", "issued_by": "示例省科技厅", "recognised": "2022-11-18",
             "document": "GR202232000001", "expires": "2025-11-17"},
            {"title": "innovative-sme", "level": "province", "issued_by": "示例省工信厅", "recognised": "2023-06-20",
             "expires": "2026-06-19"}]},
        CODES[4]: {"recognitions": [
            {"title": "hnte", "level": "national", "issued_by": "示例省科技厅", "recognised": "2021-11-30",
             "document": "GR202132000002", "expires": "2024-11-29"},
            {"title": "srdi", "level": "province", "issued_by": "示例省工信厅", "recognised": "2022-12",
             "document": "苏样2022005"}]},
        CODES[5]: {"recognitions": [
            {"title": "tech-sme", "recognised": "2023-03", "document": "202332019900001"}]},
    })


def matrix():
    rows = [
        ["在孵企业资质认定情况统计表"] + [LEFT] * 5,
        ["企业名称", "资质认定情况（已认定的打√或填认定时间）", LEFT, LEFT, LEFT, "备注"],
        [UP, "高新技术企业", "科技型中小企业", "创新型中小企业", "专精特新中小企业", UP],
        [NAMES[0], "√", None, "√", None, None],
        [NAMES[1], None, "2023-04-20", None, None, None],
        [NAMES[2], "×", "√", None, None, None],
        [NAMES[3], None, None, "2022年", None, None],
        [NAMES[7], "2021年12月", None, None, "✓", "本年复核"],
    ]
    return Book("12-资质认定情况统计表.xlsx", Sheet("统计表", rows), "recognitions", enterprises={
        CODES[1]: {"recognitions": [{"title": "tech-sme", "recognised": "2023-04-20"}]},
        CODES[2]: {"recognitions": [{"title": "tech-sme"}]},
        CODES[3]: {"recognitions": [{"title": "innovative-sme", "recognised": "2022"}]},
        CODES[7]: {"recognitions": [{"title": "hnte", "recognised": "2021-12"}, {"title": "srdi"}]},
    })


METRICS = ["revenue", "net_profit", "rd_expense", "tax", "employees", "rd_staff", "invention_patents"]
COUNTS = METRICS[4:]


def figures(row):
    """A row of figures, money in 万元, by metric and in yuan; None is missing."""
    return {metric: value if metric in COUNTS else round(value * 10_000)
            for metric, value in zip(METRICS, row) if isinstance(value, (int, float))}


def indicators():
    heads = ["营业总收入", "净利润", "研究开发费用", "纳税总额", "职工人数", "其中：研发人员", "有效发明专利"]
    rows = [
        ["在孵企业年度经营情况统计表"] + [LEFT] * 15,
        ["填报单位：示例湖创业服务中心"] + [LEFT] * 10 + ["单位：万元、人、件"] + [LEFT] * 4,
        ["序号", "企业名称", "2021年度"] + [LEFT] * 6 + ["2022年度"] + [LEFT] * 6,
        [UP, UP] + heads + heads,
    ]
    brings = {}
    for index in range(8):
        base = 320.5 + 410.25 * index
        first = [base, round(base * 0.06, 2), round(base * 0.11, 2), round(base * 0.04, 2), 12 + 5 * index, 4 + index, index]
        last = [round(base * 1.2, 2), -12.6 if index == 2 else round(base * 0.07, 2), round(base * 0.13, 2),
                "/" if index == 3 else round(base * 0.05, 2), 15 + 5 * index, 5 + index, index + 1]
        rows.append([index + 1, NAMES[index]] + first + last)
        brings[CODES[index]] = {"indicators": {"2021": figures(first), "2022": figures(last)}}
    letters = "CDEFGHIJKLMNOP"
    rows.append(["合计", LEFT] + [f"=SUM({it}5:{it}12)" for it in letters])
    return Book("13-年度经营情况统计表.xlsx", Sheet("年报", rows), "indicators", enterprises=brings)


def half_year():
    rows = [
        ["2023年1—6月在孵企业运营情况表"] + [LEFT] * 6,
        ["序号", "企业名称", "营业收入（万元）", LEFT, LEFT, "研发费用（万元）", "期末从业人员（人）"],
        [UP, UP, "本期", "上年同期", "增幅（%）", UP, UP],
    ]
    brings = {}
    for index in (0, 1, 4, 5):
        value, staff = 200.4 + index * 150, 16 + 5 * index
        rows.append([len(rows) - 2, NAMES[index], value, 180.2 + index * 140, 11.2, 20 + index, staff])
        brings[CODES[index]] = {"indicators": {"2023-H1": {
            "revenue": round(value * 10_000), "rd_expense": (20 + index) * 10_000, "employees": staff}}}
    return Book("14-2023年上半年运营情况表.xlsx", Sheet("半年报", rows), "indicators", ["--period", "2023-H1"],
                enterprises=brings)


def platforms():
    rows = [
        ["企业研发机构一览表"] + [LEFT] * 6,
        ["序号", "依托企业", "研发机构名称", "机构类型", "认定级别", "批准文号", "批准日期"],
        [1, NAMES[0], "示例市柔性传感工程技术研究中心", "工程技术研究中心", "市级", "示科〔2021〕12号", "2021年10月"],
        [2, NAMES[4], "示例省精密机器人企业技术中心", "企业技术中心", "省级", "示工信〔2022〕3号", day(9, 9, 2022)],
        [3, NAMES[7], "光年储能研究院", "新型研发机构", "市级", None, "2023.5.30"],
    ]
    return Book("15-企业研发机构一览表.xlsx", Sheet("机构", rows), "platforms", enterprises={
        CODES[0]: {"platforms": [{"kind": "engineering-research-centre", "level": "city",
                                  "document": "示科〔2021〕12号", "recognised": "2021-10"}]},
        CODES[4]: {"platforms": [{"kind": "enterprise-technology-centre", "level": "province",
                                  "document": "示工信〔2022〕3号", "recognised": "2022-09-09"}]},
        CODES[7]: {"platforms": [{"kind": "new-rd-institution", "level": "city", "recognised": "2023-05-30"}]},
    })


def second():
    rows = [
        ["“启航加速营”第七期拟入营企业名单"] + [LEFT] * 3,
        ["（按申请先后排序）"] + [LEFT] * 3,
        ["序号", "企业全称", "统一信用代码", "赛道"],
        [1, NAMES[6], CODES[6], "专精特新"],
        [2, "示例光年新型储能股份有限公司", CODES[7], "上市辅导"],
        [3, NAMES[1], CODES[1], "专精特新"],
    ]
    ways = {6: ["srdi"], 7: ["listing"], 1: ["srdi"]}
    return Book("16-第七期拟入营名单.xlsx", Sheet("名单", rows), "members", ["--edition", "7"], enterprises={
        CODES[index]: {"memberships": [{"edition": "7", "modules": way}]} for index, way in ways.items()})


def leavers():
    rows = [
        ["第六期毕业及退营企业情况表"] + [LEFT] * 4,
        ["序号", "企业名称", "离营时间", "离营类型", "离营原因"],
        [1, NAMES[0], "2023年10月31日", "毕业", None],
        [2, NAMES[3], "2023.8.1", "中途退营", "迁出园区"],
        [3, NAMES[5], day(10, 31), "毕业", "/"],
    ]
    return Book("17-毕业及退营企业情况表.xlsx", Sheet("离营", rows), "members",
                ["--edition", "6", "--word", "中途退营=withdrawn", "--word", "迁出园区=moved-away"], enterprises={
        CODES[0]: {"memberships": [{"edition": "6", "left": "2023-10-31", "outcome": "graduated"}]},
        CODES[3]: {"memberships": [{"edition": "6", "left": "2023-08-01", "outcome": "withdrawn",
                                    "reason": "moved-away"}]},
        CODES[5]: {"memberships": [{"edition": "6", "left": "2023-10-31", "outcome": "graduated"}]},
    })


def forecasts():
    rows = [
        ["企业经营预测表（单位：万元）"] + [LEFT] * 5,
        ["企业名称", "2023年", LEFT, "2024年预测", LEFT, LEFT],
        [UP, "营业收入", "研发费用", "营业收入", "研发费用", "拟新增从业人员"],
        [NAMES[6], 45.6, 30, 200, 80, 10],
        [NAMES[7], 5200, 410.5, 6500, 500, 25],
    ]
    return Book("18-企业经营预测表.xlsx", Sheet("预测", rows), "indicators", enterprises={
        CODES[6]: {"indicators": {"2023": {"revenue": 456_000, "rd_expense": 300_000}}},
        CODES[7]: {"indicators": {"2023": {"revenue": 52_000_000, "rd_expense": 4_105_000}}},
    })


def books():
    return [fields(), enterprises(), forms(), candidates(), members(), activities(), attendance(), visits(), needs(),
            projects(), titles(), matrix(), indicators(), half_year(), platforms(), second(), leavers(), forecasts()]
