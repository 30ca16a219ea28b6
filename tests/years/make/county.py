"""A county's bureau for small enterprises: .xls and .csv in GB18030, money in 元, 万元 and 亿元, town by town."""

import datetime

from .book import LEFT, UP, Book, Sheet
from .code import code

SETUP = [
    "edition add id=2022 name=2022年度 opened=2022-02-10",
    "edition add id=2023 name=2023年度 opened=2023-02-16",
]
TODAY = "2023-06-30"


def day(month, number, year=2022):
    return datetime.date(year, month, number)


# Name, founded, capital, industry, class, town, legal representative, contact, phone.
TABLE = [
    ("示例丰谷粮油有限责任公司", ("2009.04.16", "2009-04-16"), 1000, "农产品加工", "1331", "城关镇", "田一", "田小一", "13600000001"),
    ("示例柳叶茶业有限公司", (day(5, 8, 2012), "2012-05-08"), 300, "农产品加工", "1530", "城关镇", "茶二", "茶小二", "13600000002"),
    ("示例鑫垚建材股份有限公司", ("2010年10月", "2010-10"), 5000, "新型建材", "3024", "城关镇", "石三", "石小三", "13600000003"),
    ("示例龙䶮石英材料有限公司", ("2015/12/1", "2015-12-01"), 2600, "新型建材", "3099", "柳河乡", "石四", "石小四", "13600000004"),
    ("示例恒力农机制造有限公司", (day(3, 15, 2007), "2007-03-15"), 1200, "装备制造", "3572", "柳河乡", "金五", "金小五", "13600000005"),
    ("示例铸诚阀门厂（普通合伙）", ("1999-08", "1999-08"), 80, "装备制造", "3443", "石桥镇", "金六", "金小六", "0599-8800006"),
    ("示例山水食品有限公司", ("2018年1月9日", "2018-01-09"), 500, "农产品加工", "1439", "石桥镇", "田七", "田小七", "13600000007"),
    ("示例云峰竹木制品有限公司", ("2016.7.20", "2016-07-20"), 200, "农产品加工", "2041", "石桥镇", "竹八", "竹小八", "13600000008"),
    ("示例新桥电机有限公司", ("2020年11月11日", "2020-11-11"), 1500, "装备制造", "3812", "石桥镇", "金九", "金小九", "13600000009"),
]
NAMES = [row[0] for row in TABLE]
CODES = [code("410199", 62001 + index) for index in range(len(TABLE))]


def enterprises_named(entries):
    return {CODES[index]: it for index, it in entries.items()}


def industries():
    rows = [["主导产业", "牵头单位", "备注"], ["农产品加工", "县农业农村局", None], ["新型建材", "县工信局", None],
            ["装备制造", "县工信局", None]]
    return Book("01-主导产业名录.csv", Sheet("", rows), "industries", industries=[row[0] for row in rows[1:]])


def enterprises():
    rows = [
        ["示例县“育苗工程”中小企业基本情况登记台账"] + [LEFT] * 11,
        ["制表单位：示例县中小企业服务局", LEFT, LEFT, LEFT, "制表时间：2022年1月10日", LEFT, LEFT, LEFT,
         "金额单位：万元", LEFT, LEFT, LEFT],
        ["序号", "乡镇", "企业单位名称", "社会信用代码", "主导产业", "行业代码", "开业时间", "注册资金", "法人代表",
         "联络员", "联系方式", "备注"],
    ]
    town, counted = None, 0
    for index, row in enumerate(TABLE[:8]):
        name, founded, capital, industry, group, where, legal, contact, phone = row
        if town and where != town:
            rows.append(["小计", LEFT, f"{counted}家"] + [None] * 4)
            counted = 0
        shown = CODES[index].lower() if index == 1 else CODES[index]
        rows.append([index + 1, UP if where == town else where, name, shown, industry, group, founded[0], capital, legal,
                     contact, phone, "规模以上" if index % 3 == 0 else None])
        town, counted = where, counted + 1
    rows += [["小计", LEFT, f"{counted}家"], ["总计", LEFT, "8家"], ["制表人：丁某", LEFT, LEFT, "复核：戊某"],
             ["说明：行业代码按国民经济行业分类（GB/T 4754-2017）填写。"] + [LEFT] * 11]
    brings = {}
    for index, row in enumerate(TABLE[:8]):
        name, founded, capital, industry, group, where, legal, contact, phone = row
        brings[CODES[index]] = {"name": name, "industry": industry, "class": f"C{group}", "town": where,
                                "founded": founded[1], "registered_capital": capital * 10_000,
                                "legal_representative": legal, "contact": contact, "phone": phone}
        if index % 3 == 0:
            brings[CODES[index]]["note"] = "规模以上"
    return Book("02-企业基本情况登记台账.xls", Sheet("Sheet1", rows), "enterprises", enterprises=brings)


def form():
    name, founded, capital, industry, group, where, legal, contact, phone = TABLE[8]
    rows = [
        ["“育苗工程”企业入库申请表", LEFT, LEFT, LEFT],
        ["申报单位", name, LEFT, LEFT],
        ["社会信用代码", CODES[8], "注册资金（万元）", capital],
        ["开业时间", founded[0], "所属乡镇", where],
        ["主导产业", industry, "行业代码", group],
        ["法人代表", legal, "职工人数", 66],
        ["联络员", contact, "联系方式", phone],
        ["主营产品", "中小型电机", LEFT, LEFT],
        ["乡镇意见", "（盖章）\n年  月  日", LEFT, LEFT],
    ]
    return Book("03-企业入库申请表.xls", Sheet("申请表", rows), "enterprises", enterprises={CODES[8]: {
        "name": name, "industry": industry, "class": f"C{group}", "town": where, "founded": founded[1],
        "registered_capital": capital * 10_000, "legal_representative": legal, "contact": contact, "phone": phone}})


def candidates():
    rows = [["2022年度“育苗工程”申报企业汇总表"],
            ["序号", "单位名称", "乡镇", "申报日期", "申报类别", "推荐单位", "是否通过初审"]]
    ways = [("专精特新", ["srdi"]), ("研发平台", ["platforms"]), ("专精特新,研发平台", ["srdi", "platforms"])]
    brings = {}
    for index, row in enumerate(TABLE):
        way, number = ways[index % 3], 11 + index
        rows.append([index + 1, row[0], row[5], day(1, number), way[0], f"{row[5]}政府", "是" if index < 7 else "否"])
        brings[index] = {"candidacies": [{"edition": "2022", "applied": f"2022-01-{number}", "modules": way[1],
                                          "recommended_by": f"{row[5]}政府"}]}
    return Book("04-申报企业汇总表.csv", Sheet("", rows), "candidates", ["--edition", "2022"],
                enterprises=enterprises_named(brings))


def members():
    rows = [
        ["2022年度“育苗工程”培育企业名单（公示）", LEFT, LEFT, LEFT],
        ["序号", "企业名称", "所在乡镇", "培育类别"],
    ]
    ways = [("专精特新", ["srdi"]), ("研发平台", ["platforms"]), ("专精特新、研发平台", ["srdi", "platforms"])]
    brings = {}
    for index in range(7):
        way = ways[index % 3]
        rows.append([index + 1, TABLE[index][0], TABLE[index][5], way[0]])
        brings[index] = {"memberships": [{"edition": "2022", "modules": way[1]}]}
    rows += [[None], ["公示时间：2022年2月10日至2月16日", LEFT, LEFT, LEFT], ["监督电话：0599-8800000", LEFT, LEFT, LEFT]]
    return Book("05-培育企业名单.xls", Sheet("名单", rows), "members", ["--edition", "2022"],
                enterprises=enterprises_named(brings))


def activities():
    rows = [
        ["2022年企业培训服务计划"],
        ["序号", "时间", "培训内容", "服务类型", "授课教师", "培训地点", "学时", "承办单位"],
        [1, "3月8日", "企业家素质提升班", "培训", "示例大学 林教授", "县委党校", 6, "县中小企业服务局"],
        [2, "2022年4月12日至13日", "专精特新政策解读", "项目申报", "示例市工信局 何科长", "县政务中心", 8, "县中小企业服务局"],
        [3, day(6, 16), "食品企业品牌推介", "品牌宣传", "/", "石桥镇", 3, "县商务局"],
        [4, "2022.9.20-9.21", "赴邻县参观学习", "参观交流", "/", "邻县", 8, "县工商联"],
        [5, "11月", "政银企对接会", "对接会", "/", "县宾馆", "待定", "县金融办"],
    ]
    brings = [
        {"title": "企业家素质提升班", "date": "2022-03-08", "aspect": "courses", "speaker": "示例大学 林教授",
         "place": "县委党校", "hours": 6, "host": "县中小企业服务局"},
        {"title": "专精特新政策解读", "date": "2022-04-12", "end": "2022-04-13", "aspect": "projects",
         "speaker": "示例市工信局 何科长", "place": "县政务中心", "hours": 8, "host": "县中小企业服务局"},
        {"title": "食品企业品牌推介", "date": "2022-06-16", "aspect": "brand", "place": "石桥镇", "hours": 3,
         "host": "县商务局"},
        {"title": "赴邻县参观学习", "date": "2022-09-20", "end": "2022-09-21", "aspect": "visits", "place": "邻县",
         "hours": 8, "host": "县工商联"},
        {"title": "政银企对接会", "date": "2022-11", "aspect": "ecosystem", "place": "县宾馆", "host": "县金融办"},
    ]
    return Book("06-培训服务计划.csv", Sheet("", rows), "activities", ["--edition", "2022"],
                activities=[{"edition": "2022", "present": {}} | it for it in brings])


def sign_in():
    rows = [
        ["企业家素质提升班学员签到册"] + [LEFT] * 5,
        ["日期：2022年3月8日", LEFT, LEFT, "地点：县委党校", LEFT, LEFT],
        ["工作单位", "学员姓名", "电话", "工作单位", "学员姓名", "电话"],
        [NAMES[0], "甲一", "13511110001", NAMES[3], "丁一", "13511110006"],
        [NAMES[0], "甲二", "13511110002", NAMES[4], "戊一", "13511110007"],
        [NAMES[1], "乙一", "13511110003", NAMES[4], "戊二", "13511110008"],
        [NAMES[2], "丙一", "13511110004", NAMES[6], "庚一", "13511110009"],
        [NAMES[2], "丙二", "13511110005", None, None, None],
    ]
    present = {CODES[index]: count for index, count in [(0, 2), (1, 1), (2, 2), (3, 1), (4, 2), (6, 1)]}
    return Book("07-学员签到册.xls", Sheet("签到", rows), "attendance",
                activities=[{"title": "企业家素质提升班", "date": "2022-03-08", "present": present}])


def roll():
    rows = [
        ["专精特新政策解读会参会情况登记表"],
        ["会议时间：2022年4月12日"],
        ["序号", "参会企业", "参会情况", "参会人数"],
        [1, NAMES[0], "参会", 2], [2, NAMES[1], "请假", None], [3, NAMES[2], "参会", 1], [4, NAMES[3], "缺席", None],
        [5, NAMES[5], "参会", 3],
        ["合计", None, None, 6],
    ]
    return Book("08-参会情况登记表.csv", Sheet("", rows), "attendance", activities=[{
        "title": "专精特新政策解读", "date": "2022-04-12", "present": {CODES[0]: 2, CODES[2]: 1, CODES[5]: 3},
        "excused": [CODES[1]], "absent": [CODES[3]]}])


def visits():
    rows = [
        ["2022年领导包联企业走访台账"] + [LEFT] * 5,
        ["序号", "乡镇", "企业名称", "入企时间", "走访人", "企业存在困难"],
        [1, "城关镇", NAMES[0], "2022.5.11", "县中小企业服务局 邓局长", "无"],
        [2, "柳河乡", NAMES[3], "2022.5.12", "县中小企业服务局 邓局长", "用电不稳"],
        [3, "柳河乡", NAMES[4], "2022年7月6日", "县工信局 范局长", "招工难"],
        [4, "石桥镇", NAMES[6], day(8, 3), "县工信局 范局长", "无"],
        ["备注：每季度走访不少于一次。"] + [LEFT] * 5,
    ]
    visit = {"title": "入企走访", "aspect": "visits", "edition": "2022"}
    brings = [visit | {"date": when, "present": {CODES[index]: 1}} for index, when in
              [(0, "2022-05-11"), (3, "2022-05-12"), (4, "2022-07-06"), (6, "2022-08-03")]]
    return Book("09-包联企业走访台账.xls", Sheet("台账", rows), "activities",
                ["--edition", "2022", "--set", "aspect=visits", "--set", "title=入企走访"], activities=brings)


def needs():
    rows = [
        ["企业困难问题交办台账"],
        ["编号", "企业", "问题类别", "具体问题", "收集时间", "交办单位", "办结时限", "办理结果", "办结日期"],
        ["001", NAMES[3], "供电", "电压不稳，影响窑炉", day(5, 12), "县供电公司", day(6, 12), "已增容", day(6, 2)],
        ["002", NAMES[4], "招工", "缺焊工10名", day(7, 6), "县人社局", day(8, 6), "组织2场招聘", day(8, 1)],
        ["003", NAMES[7], "融资", "竹材收购资金200万元", "2022年8月", "县金融办", "2022年10月底", "正在协调", None],
        ["004", NAMES[2], "证照", "排污许可变更", day(9, 1), "生态环境局", day(9, 30), "已办结", day(9, 26)],
        ["005", NAMES[6], "物流", "冷链运力不足", day(9, 15), "县交通局", "—", "列入计划", None],
    ]
    need = [
        (3, {"category": "utilities", "text": "电压不稳，影响窑炉", "received": "2022-05-12", "closed": "2022-06-02",
             "handed_to": "县供电公司", "handling": "已增容"}),
        (4, {"category": "labour", "text": "缺焊工10名", "received": "2022-07-06", "closed": "2022-08-01",
             "handed_to": "县人社局", "handling": "组织2场招聘"}),
        (7, {"category": "finance", "text": "竹材收购资金200万元", "received": "2022-08", "handed_to": "县金融办",
             "handling": "正在协调"}),
        (2, {"category": "regulation", "text": "排污许可变更", "received": "2022-09-01", "closed": "2022-09-26",
             "handed_to": "生态环境局", "handling": "已办结"}),
        (6, {"category": "other", "text": "冷链运力不足", "received": "2022-09-15", "handed_to": "县交通局",
             "handling": "列入计划"}),
    ]
    return Book("10-困难问题交办台账.csv", Sheet("", rows), "needs", ["--word", "物流=other"],
                enterprises={CODES[index]: {"needs": [it]} for index, it in need})


def projects():
    rows = [
        ["示例县2022年企业专项资金申报审批情况"] + [LEFT] * 8,
        ["序号", "项目单位", "专项名称", "资金级别", "上报日期", "申请金额（元）", "审批结果", "下达金额（元）", "下达日期"],
        [1, NAMES[0], "农产品精深加工专项", "省级", "20220415", 1500000, "批准", 1000000, "20220920"],
        [2, NAMES[2], "绿色建材奖补", "市级", "20220506", 480000.50, "不予支持", None, None],
        [3, NAMES[4], "设备更新贴息", "县级", "20220610", 260000, "已下达", 130000, "20221108"],
        [4, NAMES[6], "商标品牌奖励", "县级", "20220801", 50000, "审核中", None, None],
        ["合  计", LEFT, None, None, None, 2290000.5, None, 1130000, None],
    ]
    made = [
        (0, {"scheme": "农产品精深加工专项", "level": "province", "state": "approved", "submitted": "2022-04-15",
             "decided": "2022-09-20", "requested": 1_500_000, "granted": 1_000_000}),
        (2, {"scheme": "绿色建材奖补", "level": "city", "state": "rejected", "submitted": "2022-05-06",
             "requested": 480_000.5}),
        (4, {"scheme": "设备更新贴息", "level": "district", "state": "approved", "submitted": "2022-06-10",
             "decided": "2022-11-08", "requested": 260_000, "granted": 130_000}),
        (6, {"scheme": "商标品牌奖励", "level": "district", "state": "submitted", "submitted": "2022-08-01",
             "requested": 50_000}),
    ]
    return Book("11-专项资金申报审批情况.xls", Sheet("资金", rows), "projects",
                ["--word", "已下达=approved", "--word", "不予支持=rejected"],
                enterprises={CODES[index]: {"projects": [it]} for index, it in made})


def titles():
    rows = [
        ["示例县企业称号获评台账"] + [LEFT] * 7,
        ["序号", "获评企业", "称号", "级别", "发文单位", "发文日期", "发文文号", "认定类型"],
        [1, NAMES[0], "省级专精特新中小企业", "省级", "省工信厅", "2022年8月30日", "样工信〔2022〕88号", "新认定"],
        [2, NAMES[2], "高新技术企业", "国家级", "省科技厅", day(12, 10, 2021), "样科高〔2021〕9号", "新认定"],
        [3, NAMES[4], "省专精特新", "省级", "省工信厅", "2022.8.30", "样工信〔2022〕88号", "复核"],
        [4, NAMES[5], "科技型中小企业", "/", "/", "2022年5月", "/", "/"],
        [5, NAMES[6], "创新型中小企业", "省级", "省工信厅", "2022-11-15", "/", "新认定"],
    ]
    return Book("12-企业称号获评台账.xls", Sheet("称号", rows), "recognitions", enterprises={
        CODES[0]: {"recognitions": [{"title": "srdi", "level": "province", "issued_by": "省工信厅",
                                     "recognised": "2022-08-30", "document": "样工信〔2022〕88号", "action": "new"}]},
        CODES[2]: {"recognitions": [{"title": "hnte", "level": "national", "issued_by": "省科技厅",
                                     "recognised": "2021-12-10", "document": "样科高〔2021〕9号", "action": "new"}]},
        CODES[4]: {"recognitions": [{"title": "srdi", "level": "province", "issued_by": "省工信厅",
                                     "recognised": "2022-08-30", "document": "样工信〔2022〕88号",
                                     "action": "re-review"}]},
        CODES[5]: {"recognitions": [{"title": "tech-sme", "recognised": "2022-05"}]},
        CODES[6]: {"recognitions": [{"title": "innovative-sme", "level": "province", "issued_by": "省工信厅",
                                     "recognised": "2022-11-15", "action": "new"}]},
    })


def matrix():
    rows = [
        ["乡镇", "企业名称", "是否高企", "是否专精特新", "是否小巨人", "是否科技型中小企业"],
        ["城关镇", NAMES[0], "否", "是", "否", "是"],
        ["城关镇", NAMES[1], "否", "否", "否", "是"],
        ["柳河乡", NAMES[3], "是", "否", "否", "否"],
        ["柳河乡", NAMES[4], "是", "是", "是", "否"],
    ]
    return Book("13-称号情况摸底表.csv", Sheet("", rows), "recognitions", enterprises={
        CODES[0]: {"recognitions": [{"title": "tech-sme"}]},
        CODES[1]: {"recognitions": [{"title": "tech-sme"}]},
        CODES[3]: {"recognitions": [{"title": "hnte"}]},
        CODES[4]: {"recognitions": [{"title": "hnte"}, {"title": "little-giant"}]},
    })


def indicators():
    rows = [
        ["2021年度培育企业主要经济指标"] + [LEFT] * 8,
        ["单位：万元"] + [LEFT] * 8,
        ["序号", "企业名称", "营业收入", "利润总额", "实缴税金", "研发费用", "资产总计", "年末从业人员（人）", "发明专利（件）"],
    ]
    brings = {}
    for index in range(7):
        value = 2400 + 1130.5 * index
        cells = ["12000万元" if index == 2 else value, -35.6 if index == 5 else round(value / 16, 2), round(value / 25, 2),
                 "暂无" if index == 1 else round(value / 30, 2), value * 2, 40 + index * 9, index // 2]
        rows.append([index + 1, NAMES[index]] + cells)
        brings[index] = {"indicators": {"2021": {
            "revenue": 120_000_000 if index == 2 else round(value * 10_000),
            "profit": -356_000 if index == 5 else round(cells[1] * 10_000), "tax": round(cells[2] * 10_000),
            "assets": round(cells[4] * 10_000), "employees": cells[5], "invention_patents": cells[6]}}}
        if index != 1:
            brings[index]["indicators"]["2021"]["rd_expense"] = round(cells[3] * 10_000)
    rows.append(["平均", LEFT, 6839.93])
    return Book("14-2021年主要经济指标.xls", Sheet("年度", rows), "indicators", enterprises=enterprises_named(brings))


def half_year():
    rows = [
        ["2022年上半年培育企业运行监测表"],
        ["企业名称", "营业收入（亿元）", "同比±%", "利润总额（万元）", "同比±%", "用工人数（人）", "全年预计营业收入（亿元）"],
    ]
    brings = {}
    for index in range(6):
        rows.append([NAMES[index], f"{0.12 + index * 0.05:.2f}", "8.6", 60 + index, "-1.2%", 41 + index * 9, "1.1"])
        brings[index] = {"indicators": {"2022-H1": {"revenue": 12_000_000 + index * 5_000_000,
                                                    "profit": (60 + index) * 10_000, "employees": 41 + index * 9}}}
    return Book("15-上半年运行监测表.csv", Sheet("", rows), "indicators", ["--period", "2022-H1"],
                enterprises=enterprises_named(brings))


def platforms():
    rows = [
        ["全县企业研发平台建设台账"] + [LEFT] * 4,
        ["企业名称", "平台名称", "平台类别", "层级", "获批时间"],
        [NAMES[2], "新型墙材工程中心", "工程研究中心", "市级", "2020年12月"],
        [NAMES[4], "农机企业技术中心", "技术中心", "省级", day(11, 2, 2021)],
        [NAMES[6], "自建实验室", "企业重点实验室", "县级", "2022"],
    ]
    return Book("16-研发平台建设台账.xls", Sheet("平台", rows), "platforms", enterprises={
        CODES[2]: {"platforms": [{"kind": "engineering-research-centre", "level": "city", "recognised": "2020-12"}]},
        CODES[4]: {"platforms": [{"kind": "enterprise-technology-centre", "level": "province",
                                  "recognised": "2021-11-02"}]},
        CODES[6]: {"platforms": [{"kind": "key-laboratory", "level": "district", "recognised": "2022"}]},
    })


def second():
    rows = [
        ["2023年度“育苗工程”新入库企业名单"],
        ["序号", "企业名称", "社会信用代码", "入库日期", "培育类别"],
        [1, NAMES[7], CODES[7], day(2, 16, 2023), "专精特新"],
        [2, NAMES[8], CODES[8], day(2, 16, 2023), "研发平台"],
        [3, NAMES[0], CODES[0], day(3, 1, 2023), "专精特新"],
    ]
    ways = {7: ("2023-02-16", ["srdi"]), 8: ("2023-02-16", ["platforms"]), 0: ("2023-03-01", ["srdi"])}
    return Book("17-2023年新入库企业名单.csv", Sheet("", rows), "members", ["--edition", "2023"], enterprises={
        CODES[index]: {"memberships": [{"edition": "2023", "joined": when, "modules": way}]}
        for index, (when, way) in ways.items()})


def leavers():
    rows = [
        ["2022年度出库企业情况表", LEFT, LEFT, LEFT],
        ["序号", "企业名称", "出库时间", "出库原因"],
        [1, NAMES[5], "2022年10月20日", "连续缺席"],
        [2, NAMES[1], "2022.12.1", "未报送数据"],
    ]
    return Book("18-出库企业情况表.xls", Sheet("出库", rows), "members",
                ["--edition", "2022", "--set", "outcome=removed"], enterprises={
        CODES[5]: {"memberships": [{"edition": "2022", "left": "2022-10-20", "outcome": "removed",
                                    "reason": "repeated-absence"}]},
        CODES[1]: {"memberships": [{"edition": "2022", "left": "2022-12-01", "outcome": "removed",
                                    "reason": "no-data"}]},
    })


def books():
    return [industries(), enterprises(), form(), candidates(), members(), activities(), sign_in(), roll(), visits(),
            needs(), projects(), titles(), matrix(), indicators(), half_year(), platforms(), second(), leavers()]
