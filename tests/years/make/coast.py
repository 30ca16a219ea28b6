"""A coastal new area's growth office: .xlsx, .xls and .csv, with words of the officers who look after an enterprise."""

import datetime

from .book import LEFT, UP, Book, Sheet
from .code import code

SETUP = ["edition add id=1 name=第一批 opened=2024-02-27"]
TODAY = "2025-03-31"


def day(month, number, year=2024):
    return datetime.date(year, month, number)


# Name, chain, place, registered as written and meant, capital in 万元, legal representative, contact, phone.
TABLE = [
    ("示例碧海船舶配套有限公司", "海工装备", "港城街道", "2012年9月", "2012-09", 5000, "丁一", "丁小一", "13500000001"),
    ("示例银滩水产食品有限公司", "绿色食品", "渔港镇", "2008.03.15", "2008-03-15", 1800, "于二", "于小二", "13500000002"),
    ("示例长风风电叶片有限公司", "新能源", "港城街道", day(11, 2, 2016), "2016-11-02", 9000, "毕三", "毕小三", "13500000003"),
    ("示例海星生物制品有限公司", "绿色食品", "盐田镇", "2019-07-01", "2019-07-01", 600, "初四", "初小四", "13500000004"),
    ("示例潮信数据服务有限公司", "数字经济", "盐田镇", "2020年", "2020", 500, "曲五", "曲小五", "13500000005"),
    ("示例岬角精密铸造有限公司", "海工装备", "渔港镇", "2006/5/18", "2006-05-18", 3200, "丛六", "丛小六", "13500000006"),
]
NAMES = [row[0] for row in TABLE]
CODES = [code("371099", 55101 + index) for index in range(len(TABLE))]


def coded(entries):
    return {CODES[index]: it for index, it in entries.items()}


def chains():
    rows = [["新区重点产业链“链长制”分工表", LEFT, LEFT, LEFT], ["序号", "产业链名称", "链长", "牵头单位"],
            [1, "海工装备", "管委会主任", "工信局"], [2, "绿色食品", "管委会副主任", "农海局"],
            [3, "新能源", "管委会副主任", "发改局"], [4, "数字经济", "党工委委员", "大数据局"]]
    return Book("01-产业链分工表.xlsx", Sheet("链长制", rows), "industries", industries=[row[1] for row in rows[2:]])


def archive():
    rows = [
        ["“种子企业”成长档案（一企一档）汇总"] + [LEFT] * 10,
        ["编制单位：企业服务中心"] + [LEFT] * 6 + ["编制日期：2024年2月", LEFT, LEFT, LEFT],
        ["序号", "企业概况", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, "联络方式", LEFT, "建档人"],
        [UP, "单位全名", "信用代码（18位）", "归口产业链", "属地（镇、街）", "工商登记时间", "注册资金（万元）", "企业法人", "企业联络员", "联络员手机", UP],
    ]
    brings = {}
    for index, (name, chain, place, written, founded, capital, legal, contact, phone) in enumerate(TABLE):
        rows.append([index + 1, name, CODES[index], chain, place, written, capital, legal, contact, phone, "某工"])
        brings[index] = {"name": name, "industry": chain, "town": place, "founded": founded,
                         "registered_capital": capital * 10_000, "legal_representative": legal, "contact": contact,
                         "phone": phone}
    return Book("02-成长档案汇总.xlsx", Sheet("档案", rows), "enterprises", enterprises=coded(brings))


def admitted():
    rows = [["关于公布“种子企业”第一批培育库名录的附件", LEFT, LEFT, LEFT, LEFT],
            ["编号", "入库企业全称", "统一社会信用代码", "列入培育库时间", "培育专班"]]
    for index in range(6):
        rows.append([f"ZZ-{index + 1:03}", NAMES[index], CODES[index], "2024年2月27日", f"第{index % 2 + 1}专班"])
    rows.append(["备注：排名不分先后。", LEFT, LEFT, LEFT, LEFT])
    return Book("03-培育库名录.xls", Sheet("名录", rows), "members", ["--edition", "1"], enterprises=coded({
        index: {"memberships": [{"edition": "1", "joined": "2024-02-27"}]} for index in range(6)}))


def activities():
    rows = [
        ["2024年企业服务活动工作台账"] + [LEFT] * 7,
        ["序号", "活动日期", "活动（培训）题目", "活动类别", "地点/线上平台", "主讲嘉宾", "组织部门", "时长（学时）"],
        [1, "3月8日", "种子企业开营仪式", "系统课程", "新区大礼堂", "初教授", "工信局", 2],
        [2, "4月11日—12日", "外贸转型研修班", "系统课程", "市委党校", "毕博士", "商务局", 12],
        [3, day(6, 20), "对标学习：走进示例港", "参访交流", "邻港", None, "工信局", 6],
        [4, "2024年9月下旬", "银企面对面", "企业生态建设", "线上会议", None, "金融办", 1.5],
    ]
    brings = [
        {"title": "种子企业开营仪式", "date": "2024-03-08", "aspect": "courses", "place": "新区大礼堂", "speaker": "初教授",
         "host": "工信局", "hours": 2},
        {"title": "外贸转型研修班", "date": "2024-04-11", "end": "2024-04-12", "aspect": "courses", "place": "市委党校",
         "speaker": "毕博士", "host": "商务局", "hours": 12},
        {"title": "对标学习：走进示例港", "date": "2024-06-20", "aspect": "visits", "place": "邻港", "host": "工信局", "hours": 6},
        {"title": "银企面对面", "date": "2024-09", "aspect": "ecosystem", "place": "线上会议", "host": "金融办", "hours": 1.5},
    ]
    return Book("04-服务活动台账.xlsx", Sheet("台账", rows), "activities", ["--edition", "1"],
                activities=[{"edition": "1", "present": {}} | it for it in brings])


def attendance():
    rows = [
        ["外贸转型研修班签到册", LEFT, LEFT, LEFT, LEFT],
        ["培训时间：2024年4月11日", LEFT, LEFT, "培训地点：市委党校", LEFT],
        ["序号", "派员单位", "学员", "手机", "签字"],
        [1, NAMES[0], "某一", "13511110001", None], [2, NAMES[1], "某二", "13511110002", None],
        [3, NAMES[1], "某三", "13511110003", None], [4, NAMES[5], "某四", "13511110004", None],
    ]
    return Book("05-研修班签到册.xlsx", Sheet("签到册", rows), "attendance", activities=[{
        "title": "外贸转型研修班", "date": "2024-04-11",
        "present": {CODES[0]: 1, CODES[1]: 2, CODES[5]: 1}}])


def visits():
    rows = [
        ["首席服务官到企服务记录（2024年）"] + [LEFT] * 5,
        ["序号", "到企日期", "服务企业", "首席服务官", "了解情况", "会商意见"],
        [1, "2024年5月7日", NAMES[2], "某局长", "叶片出口", "协调港口堆场"],
        [2, day(5, 9), NAMES[4], "某主任", "数据资产入表", None],
    ]
    visit = {"title": "首席服务官到企服务", "aspect": "visits", "edition": "1"}
    return Book("06-到企服务记录.xlsx", Sheet("记录", rows), "activities",
                ["--edition", "1", "--set", "aspect=visits", "--set", "title=首席服务官到企服务"], activities=[
        visit | {"date": when, "present": {CODES[index]: 1}} for when, index in [("2024-05-07", 2), ("2024-05-09", 4)]])


def problems():
    rows = [
        ["企业困难问题“吹哨报到”交办台账"],
        ["问题编号", "来源企业", "问题归类", "问题简述", "受理日期", "主办单位", "销号日期", "办理结果"],
        ["W001", NAMES[2], "项目建设", "二期码头岸线审批", "2024/5/8", "自然资源局", "", "正在走审批程序"],
        ["W002", NAMES[1], "融资", "冷库扩建贷款", "2024年6月3日", "金融办", "2024年7月1日", "已放款"],
        ["W003", NAMES[5], "水电气", "增容供电", "2024.6.18", "供电公司", "2024.8.2", "已送电"],
    ]
    need = [
        (2, {"category": "construction", "text": "二期码头岸线审批", "received": "2024-05-08", "handed_to": "自然资源局",
             "handling": "正在走审批程序"}),
        (1, {"category": "finance", "text": "冷库扩建贷款", "received": "2024-06-03", "closed": "2024-07-01",
             "handed_to": "金融办", "handling": "已放款"}),
        (5, {"category": "utilities", "text": "增容供电", "received": "2024-06-18", "closed": "2024-08-02",
             "handed_to": "供电公司", "handling": "已送电"}),
    ]
    return Book("07-困难问题交办台账.csv", Sheet("", rows), "needs",
                enterprises={CODES[index]: {"needs": [it]} for index, it in need})


def projects():
    rows = [
        ["涉企资金项目申报跟踪表"] + [LEFT] * 7,
        [None] * 6 + ["金额单位：万元", LEFT],
        ["申报主体", "申报事项", "支持层级", "报出日期", "拟申请额度", "目前阶段", "核准额度", "批文日期"],
        [NAMES[0], "首台（套）装备", "省级", day(4, 30), 500, "已立项", 200, day(9, 12)],
        [NAMES[3], "科技攻关计划", "市级", "2024年5月15日", 60, "正在评审", None, None],
        [NAMES[5], "技改贴息", "区级", "2024.5.20", 90, "未获批", None, None],
        ["合  计", None, None, None, 650, None, 200, None],
    ]
    made = [
        (0, {"scheme": "首台（套）装备", "level": "province", "state": "approved", "submitted": "2024-04-30",
             "decided": "2024-09-12", "requested": 5_000_000, "granted": 2_000_000}),
        (3, {"scheme": "科技攻关计划", "level": "city", "state": "submitted", "submitted": "2024-05-15", "requested": 600_000}),
        (5, {"scheme": "技改贴息", "level": "district", "state": "rejected", "submitted": "2024-05-20", "requested": 900_000}),
    ]
    return Book("08-项目申报跟踪表.xlsx", Sheet("跟踪", rows), "projects",
                enterprises={CODES[index]: {"projects": [it]} for index, it in made})


def titles():
    rows = [
        ["企业创新资质获评情况登记表"] + [LEFT] * 6,
        ["序号", "获评主体", "资质名目", "评定层级", "公告日期", "有效期限", "证书字号"],
        [1, NAMES[0], "高新技术企业", "国家级", day(11, 28), "三年", "GR202437000101"],
        [2, NAMES[2], "省级专精特新中小企业", "省级", "2024年7月1日", "2024.7.1-2027.6.30", None],
        [3, NAMES[3], "科技型中小企业", None, "2024-05-06", None, "2024371099A8000001"],
        [4, NAMES[5], "创新型中小企业", "省级", "2024年6月", None, None],
    ]
    return Book("09-资质获评登记表.xlsx", Sheet("资质", rows), "recognitions", enterprises=coded({
        0: {"recognitions": [{"title": "hnte", "level": "national", "recognised": "2024-11-28", "expires": "2027-11-27",
                              "document": "GR202437000101"}]},
        2: {"recognitions": [{"title": "srdi", "level": "province", "recognised": "2024-07-01", "expires": "2027-06-30"}]},
        3: {"recognitions": [{"title": "tech-sme", "recognised": "2024-05-06", "document": "2024371099A8000001"}]},
        5: {"recognitions": [{"title": "innovative-sme", "level": "province", "recognised": "2024-06"}]},
    }))


def figures():
    rows = [
        ["种子企业2024年度经营情况统计（快报）"] + [LEFT] * 7,
        ["制表：企业服务中心"] + [LEFT] * 4 + ["计量单位：万元、人、件", LEFT, LEFT],
        ["单位详细名称", "营业总收入", "利润总额", "实缴税金", "研发支出", "期末在岗职工数", "有效发明专利拥有量", "营收增幅%"],
    ]
    brings = {}
    for index in range(5):
        base = 4000 + 1500 * index
        line = [base, base // 16, base // 25, base // 20, 80 + 7 * index, index]
        rows.append([NAMES[index]] + line + [3.5 * index])
        brings[index] = {"indicators": {"2024": {
            "revenue": line[0] * 10_000, "profit": line[1] * 10_000, "tax": line[2] * 10_000,
            "rd_expense": line[3] * 10_000, "employees": line[4], "invention_patents": line[5]}}}
    return Book("10-经营情况快报.xlsx", Sheet("快报", rows), "indicators", ["--period", "2024"], enterprises=coded(brings))


def platforms():
    rows = [["企业研发机构布局一览", LEFT, LEFT, LEFT, LEFT],
            ["依托单位", "研发机构类别", "批建层级", "批建时间", "批建文号"],
            [NAMES[0], "企业技术中心", "省级", "2023年10月", "样工信〔2023〕18号"],
            [NAMES[2], "工程技术研究中心", "市级", day(3, 20), None]]
    return Book("11-研发机构一览.xls", Sheet("机构", rows), "platforms", enterprises=coded({
        0: {"platforms": [{"kind": "enterprise-technology-centre", "level": "province", "recognised": "2023-10",
                           "document": "样工信〔2023〕18号"}]},
        2: {"platforms": [{"kind": "engineering-research-centre", "level": "city", "recognised": "2024-03-20"}]},
    }))


def removed():
    rows = [["培育库动态调整：移出名单", LEFT, LEFT, LEFT], ["序号", "移出企业", "移出日期", "移出缘由"],
            [1, NAMES[3], "2024年12月20日", "搬迁"]]
    return Book("12-移出名单.xlsx", Sheet("移出", rows), "members", ["--edition", "1", "--set", "outcome=removed"],
                enterprises=coded({3: {"memberships": [
                    {"edition": "1", "left": "2024-12-20", "outcome": "removed", "reason": "moved-away"}]}}))


def books():
    return [chains(), archive(), admitted(), activities(), attendance(), visits(), problems(), projects(), titles(), figures(),
            platforms(), removed()]
