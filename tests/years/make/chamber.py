"""A chamber of commerce: .ods, .xlsx and .csv in UTF-8 and UTF-16, bilingual headings, exports of forms and sign-ins."""

import datetime

from .book import LEFT, UP, Book, Sheet
from .code import code

SETUP = [
    "edition add id=3 name=第三期 opened=2023-03-10",
    "edition add id=4 name=第四期 opened=2024-03-08",
]
TODAY = "2024-06-30"


def day(month, number, year=2023):
    return datetime.date(year, month, number)


def plain(rows):
    """A text file as web forms and newer programs write it: UTF-8 with a mark at its head."""
    return Sheet("", rows, encoding="utf-8-sig")


# Name, English name, industry, founded, capital, town, legal representative, contact, phone, mail.
TABLE = [
    ("示例海丝数字科技有限公司", "Sample Silk Road Digital Co., Ltd.", "数字经济", "2014", 1000, "鹭洲街道", "洪一", "洪小一", "15900000001", "hong1@example.org"),
    ("示例鹭岛跨境电商有限公司", "Sample Egret Cross-border Trade Co., Ltd.", "数字经济", "2017-05", 500, "鹭洲街道", "许二", "许小二", "15900000002", "xu2@example.org"),
    ("示例木兰服饰股份有限公司", "Sample Magnolia Apparel Inc.", "时尚消费", "2003-09-01", 6000, "金沙街道", "柯三", "柯小三", "15900000003", "ke3@example.org"),
    ("示例茶语餐饮管理有限公司", None, "时尚消费", "2019-08-18", 300, "金沙街道", "柯四", "柯小四", "15900000004", None),
    ("示例海风新能源装备有限公司", "Sample Sea Breeze Energy Equipment Co., Ltd.", "先进制造", "2011-04", 8000, "翔湾镇", "叶五", "叶小五", "15900000005", "ye5@example.org"),
    ("示例精工五金（集团）有限公司", "Sample Seiko Hardware (Group) Co., Ltd.", "先进制造", "1998", 5000, "翔湾镇", "叶六", "叶小六", "15900000006", "ye6@example.org"),
    ("示例远航供应链有限公司", "Sample Voyage Supply Chain Co., Ltd.", "数字经济", "2016-12-12", 2000, "翔湾镇", "戴七", "戴小七", "15900000007", "dai7@example.org"),
    ("示例半山文创工作室", None, "时尚消费", "2021-03-03", None, "鹭洲街道", "蓝八", "蓝小八", "15900000008", None),
    ("示例晨曦智能家居有限公司", "Sample Dawn Smart Home Co., Ltd.", "先进制造", "2020-10-10", 800, "金沙街道", "卢九", "卢小九", "15900000009", "lu9@example.org"),
]
NAMES = [row[0] for row in TABLE]
# The studio has no code: the truth has it under its name.
KEYS = [NAMES[7] if index == 7 else code("350299", 53001 + index) for index in range(len(TABLE))]


def keyed(entries):
    return {KEYS[index]: it for index, it in entries.items()}


def basics(index):
    name, english, industry, founded, capital, town, legal, contact, phone, mail = TABLE[index]
    out = {"name": name, "name_en": english, "industry": industry, "town": town, "founded": founded,
           "registered_capital": capital and capital * 10_000, "legal_representative": legal, "contact": contact,
           "phone": phone, "email": mail}
    return {key: value for key, value in out.items() if value is not None}


def industries():
    rows = [["序号", "行业名称", "Industry", "牵头分会"], [1, "数字经济", "Digital economy", "数字经济分会"],
            [2, "时尚消费", "Fashion and consumption", "女企业家分会"],
            [3, "先进制造", "Advanced manufacturing", "制造业分会"]]
    return Book("01-行业分类.csv", plain(rows), "industries", industries=[row[1] for row in rows[1:]])


def enterprises():
    rows = [
        ["示例市青年企业家商会会员企业名录\nMember directory"] + [LEFT] * 11,
        ["No.", "企业名称\nCompany", "英文名称\nEnglish name", "统一社会信用代码\nUSCC", "行业\nIndustry",
         "成立时间\nFounded", "注册资本（万元）", "街道/镇", "法人\nLegal rep.", "联系人\nContact", "联系电话\nTel.", "E-mail"],
    ]
    shown = {0: "2014年", 1: "2017年5月", 2: day(9, 1, 2003), 3: "2019.8.18", 4: "2011-04", 5: "1998年", 6: day(12, 12, 2016),
             7: "2021/3/3"}
    for index, row in enumerate(TABLE[:8]):
        name, english, industry, founded, capital, town, legal, contact, phone, mail = row
        rows.append([index + 1, name, english, None if index == 7 else KEYS[index], industry, shown[index],
                     "-" if capital is None else capital, town, legal, contact, phone, mail])
    return Book("02-会员企业名录.ods", Sheet("名录", rows), "enterprises",
                enterprises=keyed({index: basics(index) for index in range(8)}))


def form():
    name, english, industry, founded, capital, town, legal, contact, phone, mail = TABLE[8]
    rows = [
        ["示例市青年企业家商会入会申请书", LEFT, LEFT, LEFT],
        ["一、企业基本情况", LEFT, LEFT, LEFT],
        ["企业名称", name, "英文名称", english],
        ["统一社会信用代码", KEYS[8], "成立日期", day(10, 10, 2020)],
        ["所属行业", industry, "所在街道", town],
        ["注册资本", "800万元", "法定代表人", legal],
        ["二、联系方式", LEFT, LEFT, LEFT],
        ["联系人", contact, "手机", phone],
        ["邮箱", mail, "微信号", "sample-lu9"],
        ["三、申请人声明", LEFT, LEFT, LEFT],
        ["本企业自愿加入商会，遵守章程。", LEFT, LEFT, LEFT],
    ]
    return Book("03-入会申请书.ods", Sheet("申请书", rows), "enterprises", enterprises={KEYS[8]: basics(8)})


def candidates():
    rows = [["序号", "提交答卷时间", "所用时间", "来源", "来自IP", "1、企业名称", "2、您的姓名", "3、意向方向【多选题】", "4、推荐单位", "总分"]]
    ways = [("专精特新┋拟上市", ["srdi", "listing"]), ("专精特新", ["srdi"]), ("研发平台", ["platforms"])]
    brings = {}
    for index, row in enumerate(TABLE):
        way = ways[index % 3]
        rows.append([index + 1, f"2023/2/{10 + index} 9:{30 + index}:05", f"{100 + index}秒", "微信", "192.0.2.1", row[0], row[7],
                     way[0], "青商会秘书处" if index % 2 else "(空)", 0])
        entry = {"edition": "3", "applied": f"2023-02-{10 + index}", "modules": way[1]}
        if index % 2:
            entry["recommended_by"] = "青商会秘书处"
        brings[index] = {"candidacies": [entry]}
    return Book("04-领航班报名问卷.csv", plain(rows), "candidates", ["--edition", "3"],
                enterprises=keyed(brings))


def members():
    rows = [
        ["“领航班”学员企业名单"] + [LEFT] * 5,
        ["期别", "组别", "学员企业", "学员姓名", "培养方向", "入班时间"],
    ]
    ways = [("拟上市", ["listing"]), ("专精特新", ["srdi"]), ("研发平台、专精特新", ["platforms", "srdi"])]
    brings = {}
    for index in range(7):
        way = ways[index % 3]
        rows.append(["第三期" if index == 0 else UP, f"第{index // 3 + 1}组", NAMES[index], TABLE[index][7], way[0], "2023年3月"])
        brings[index] = {"memberships": [{"edition": "3", "joined": "2023-03", "modules": way[1]}]}
    return Book("05-第三期学员企业名单.xlsx", Sheet("名单", rows), "members", enterprises=keyed(brings))


def activities():
    rows = [
        ["领航班（第三期）课程与活动安排"] + [LEFT] * 6,
        ["", "", "", "", "", "2023年3月—12月", LEFT],
        ["日期\nDate", "主题\nTopic", "类别", "地点\nVenue", "讲师\nSpeaker", "课时（小时）", "承办方"],
        [day(3, 10), "开班典礼暨数字化转型公开课", "系统课程", "商会会客厅", "示例大学 钟教授", 3, "商会秘书处"],
        ["4月14日-4月15日", "走进标杆：精工制造之旅", "参访交流", "翔湾镇", None, 10, "制造业分会"],
        ["2023.6.9", "专精特新申报一对一", "项目申报", "线上会议", "邱老师", 2.5, "商会秘书处"],
        ["2023年8月下旬", "国潮品牌私董会", "品牌赋能", "金沙街道", None, None, "女企业家分会"],
        [day(11, 24), "银企面对面", "资源对接", "商会会客厅", None, 2, "商会秘书处"],
        ["注：以实际通知为准"] + [LEFT] * 6,
    ]
    brings = [
        {"title": "开班典礼暨数字化转型公开课", "date": "2023-03-10", "aspect": "courses", "place": "商会会客厅",
         "speaker": "示例大学 钟教授", "hours": 3, "host": "商会秘书处"},
        {"title": "走进标杆：精工制造之旅", "date": "2023-04-14", "end": "2023-04-15", "aspect": "visits",
         "place": "翔湾镇", "hours": 10, "host": "制造业分会"},
        {"title": "专精特新申报一对一", "date": "2023-06-09", "aspect": "projects", "place": "线上会议",
         "speaker": "邱老师", "hours": 2.5, "host": "商会秘书处"},
        {"title": "国潮品牌私董会", "date": "2023-08", "aspect": "brand", "place": "金沙街道", "host": "女企业家分会"},
        {"title": "银企面对面", "date": "2023-11-24", "aspect": "ecosystem", "place": "商会会客厅", "hours": 2,
         "host": "商会秘书处"},
    ]
    return Book("06-课程与活动安排.ods", Sheet("安排", rows), "activities", ["--edition", "3"],
                activities=[{"edition": "3", "present": {}} | it for it in brings])


def attendance():
    rows = [["签到时间", "姓名", "手机号", "单位", "签到方式"]]
    heads = [(0, 1), (1, 2), (2, 1), (4, 1), (5, 2), (6, 1)]
    number = 0
    for index, count in heads:
        for _ in range(count):
            rows.append([f"2023/3/10 13:{40 + number}:21", f"示例{number}", 15911110000 + number, NAMES[index], "扫码"])
            number += 1
    rows.append(["2023/3/10 14:02:00", "示例客", 15911119999, "示例市工商联", "扫码"])
    return Book("07-开班典礼扫码签到.csv", Sheet("", rows, delimiter="\t", encoding="utf-16"), "attendance",
                ["--activity", "开班典礼"], activities=[{
                    "title": "开班典礼暨数字化转型公开课", "date": "2023-03-10",
                    "present": {KEYS[index]: count for index, count in heads}}])


def visits():
    rows = [
        ["会员企业走访登记", LEFT, LEFT, LEFT, LEFT],
        ["走访时间", "走访会员企业", "商会参加人员", "交流主题", "会员建议"],
        [day(5, 16), NAMES[4], "会长 洪一", "海上风电配套", "增设银企对接"],
        [day(5, 16), NAMES[5], "会长 洪一", "海上风电配套", "增设银企对接"],
        ["2023年9月7日", NAMES[3], "秘书长 邱某", "连锁品牌扩张", "无"],
    ]
    visit = {"aspect": "visits", "edition": "3"}
    return Book("08-会员走访登记.ods", Sheet("走访", rows), "activities", ["--edition", "3", "--set", "aspect=visits"], activities=[
        visit | {"title": "海上风电配套", "date": "2023-05-16", "present": {KEYS[4]: 1, KEYS[5]: 1}},
        visit | {"title": "连锁品牌扩张", "date": "2023-09-07", "present": {KEYS[3]: 1}},
    ])


def needs():
    rows = [
        ["会员诉求登记及反馈表"] + [LEFT] * 7,
        ["序号", "会员企业", "诉求分类", "诉求内容", "受理日期", "转办部门", "反馈结果", "反馈日期"],
        [1, NAMES[0], "人才", "人才公寓3套", "2023-03-20", "人社局", "已落实2套", "2023-04-28"],
        [2, NAMES[2], "贷款", "续贷1000万元", day(4, 18), "金融监管局", "已放款", day(5, 30)],
        [3, NAMES[5], "土地", "厂房不动产权证办理", "2023.6.1", "资规局", "处理中", None],
        [4, NAMES[7], "其它", "参展补贴咨询", "2023年7月3日", "商务局", "已答复", "2023年7月5日"],
    ]
    need = [
        (0, {"category": "labour", "text": "人才公寓3套", "received": "2023-03-20", "closed": "2023-04-28",
             "handed_to": "人社局", "handling": "已落实2套"}),
        (2, {"category": "finance", "text": "续贷1000万元", "received": "2023-04-18", "closed": "2023-05-30",
             "handed_to": "金融监管局", "handling": "已放款"}),
        (5, {"category": "land", "text": "厂房不动产权证办理", "received": "2023-06-01", "handed_to": "资规局",
             "handling": "处理中"}),
        (7, {"category": "other", "text": "参展补贴咨询", "received": "2023-07-03", "closed": "2023-07-05",
             "handed_to": "商务局", "handling": "已答复"}),
    ]
    return Book("09-会员诉求登记及反馈表.xlsx", Sheet("诉求", rows), "needs",
                enterprises={KEYS[index]: {"needs": [it]} for index, it in need})


def projects():
    rows = [
        ["会员企业政策申报服务统计（2023年）"] + [LEFT] * 7,
        ["企业", "申报政策", "级别", "提交时间", "拟申请金额\n（万元）", "进展", "核准金额\n（万元）", "核准时间"],
        [NAMES[0], "软件业发展专项", "市级", day(4, 3), 80, "已获批", 50, day(8, 18)],
        [NAMES[2], "外贸展会补贴", "区级", "2023年5月", 12.35, "已通过", 12.35, "2023年7月"],
        [NAMES[4], "技术改造补助", "省级", "2023.9.11", 600, "评审中", None, None],
        [NAMES[6], "供应链创新试点", "国家级", "2023-10-08", None, "已推荐", None, None],
        [NAMES[1], "跨境电商示范企业", "省级", "2023-03-15", None, "落选", None, None],
    ]
    made = [
        (0, {"scheme": "软件业发展专项", "level": "city", "state": "approved", "submitted": "2023-04-03",
             "decided": "2023-08-18", "requested": 800_000, "granted": 500_000}),
        (2, {"scheme": "外贸展会补贴", "level": "district", "state": "approved", "submitted": "2023-05",
             "decided": "2023-07", "requested": 123_500, "granted": 123_500}),
        (4, {"scheme": "技术改造补助", "level": "province", "state": "submitted", "submitted": "2023-09-11",
             "requested": 6_000_000}),
        (6, {"scheme": "供应链创新试点", "level": "national", "state": "recommended", "submitted": "2023-10-08"}),
        (1, {"scheme": "跨境电商示范企业", "level": "province", "state": "rejected", "submitted": "2023-03-15"}),
    ]
    return Book("10-政策申报服务统计.xlsx", Sheet("政策", rows), "projects", ["--word", "落选=rejected"],
                enterprises={KEYS[index]: {"projects": [it]} for index, it in made})


def titles():
    rows = [
        ["会员企业证书登记", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["持证企业", "证书名称", "证书号", "发证日期", "有效期限", "颁发单位"],
        [NAMES[0], "高新技术企业证书", "GR202235000101", day(12, 14, 2022), "2022年12月14日至2025年12月13日", "厦样科技局"],
        [NAMES[4], "国高企", "GR202135000102", day(12, 15, 2021), "2021.12.15-2024.12.14", "厦样科技局"],
        [NAMES[4], "专精特新“小巨人”企业", "—", "2022年8月", "2025年6月30日", "工信部门"],
        [NAMES[5], "省级专精特新中小企业", "样中小〔2023〕7号", "2023-04-10", "3年", "省工信厅"],
        [NAMES[2], "驰名商标", None, "2012年", "长期", None],
    ]
    return Book("11-会员企业证书登记.ods", Sheet("证书", rows), "recognitions",
                ["--word", "驰名商标=-", "--word", "高新技术企业证书=hnte"], enterprises={
        KEYS[0]: {"recognitions": [{"title": "hnte", "document": "GR202235000101", "recognised": "2022-12-14",
                                    "expires": "2025-12-13", "issued_by": "厦样科技局"}]},
        KEYS[4]: {"recognitions": [
            {"title": "hnte", "document": "GR202135000102", "recognised": "2021-12-15", "expires": "2024-12-14",
             "issued_by": "厦样科技局"},
            {"title": "little-giant", "recognised": "2022-08", "expires": "2025-06-30", "issued_by": "工信部门"}]},
        KEYS[5]: {"recognitions": [{"title": "srdi", "document": "样中小〔2023〕7号", "recognised": "2023-04-10",
                                    "expires": "2026-04-09", "issued_by": "省工信厅"}]},
    })


def matrix():
    rows = [
        ["会员企业资质一览（有打√）", LEFT, LEFT, LEFT],
        ["会员企业", "高企", "科小", "创新型中小"],
        [NAMES[0], "√", "√", None],
        [NAMES[1], "无", "有", "有"],
        [NAMES[5], day(11, 3), None, "√"],
        [NAMES[8], None, "2023-06", None],
    ]
    return Book("12-会员企业资质一览.ods", Sheet("一览", rows), "recognitions", enterprises={
        KEYS[0]: {"recognitions": [{"title": "tech-sme"}]},
        KEYS[1]: {"recognitions": [{"title": "tech-sme"}, {"title": "innovative-sme"}]},
        KEYS[5]: {"recognitions": [{"title": "hnte", "recognised": "2023-11-03"}, {"title": "innovative-sme"}]},
        KEYS[8]: {"recognitions": [{"title": "tech-sme", "recognised": "2023-06"}]},
    })


def indicators():
    rows = [
        ["会员企业年度数据", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["企业名称", "年度", "营收（亿元）", "净利润（万元）", "研发费用占比", "员工总数", "出口额（万元）"],
    ]
    brings = {}
    for index in (0, 2, 4, 5):
        periods = {}
        for place, year in enumerate((2021, 2022)):
            revenue, profit = f"{0.35 + index * 0.4 + place * 0.06:.2f}", 210 + 33 * index + 15 * place
            exports = "/" if index == 0 else 1000 * index + 50 * place
            rows.append([UP if place else NAMES[index], f"{year}年", float(revenue), profit, "3.2%", 45 + 20 * index + place,
                         exports])
            periods[str(year)] = {"revenue": round(float(revenue) * 100) * 1_000_000, "net_profit": profit * 10_000,
                                  "employees": 45 + 20 * index + place}
            if index:
                periods[str(year)]["exports"] = exports * 10_000
        brings[index] = {"indicators": periods}
    return Book("13-会员企业年度数据.ods", Sheet("数据", rows), "indicators", enterprises=keyed(brings))


def quarter():
    rows = [
        ["2023年第一季度会员企业生产经营问卷汇总", LEFT, LEFT, LEFT, LEFT],
        ["企业名称", "一季度营业收入\n（万元）", "比上年同期增长%", "一季度末员工人数\n（人）", "二季度预期"],
        [NAMES[1], 560.5, 12, 38, "乐观"],
        [NAMES[3], 88, -3.5, 42, "一般"],
        [NAMES[6], 2300, 5.1, 80, "乐观"],
    ]
    return Book("14-一季度经营问卷.xlsx", Sheet("问卷", rows), "indicators", ["--period", "2023-Q1"], enterprises=keyed({
        1: {"indicators": {"2023-Q1": {"revenue": 5_605_000, "employees": 38}}},
        3: {"indicators": {"2023-Q1": {"revenue": 880_000, "employees": 42}}},
        6: {"indicators": {"2023-Q1": {"revenue": 23_000_000, "employees": 80}}},
    }))


def platforms():
    rows = [["企业名称", "创新平台", "等级", "认定年月", "牵头人"],
            [NAMES[4], "博士后科研工作站", "国家级", "2022年10月", "叶工"],
            [NAMES[5], "工业设计中心", "省级", "2021年12月", "叶工"],
            [NAMES[0], "新型研发机构", "市级", "2023年1月", "洪工"]]
    return Book("15-会员创新平台.csv", plain(rows), "platforms", enterprises={
        KEYS[4]: {"platforms": [{"kind": "postdoctoral-workstation", "level": "national", "recognised": "2022-10"}]},
        KEYS[5]: {"platforms": [{"kind": "industrial-design-centre", "level": "province", "recognised": "2021-12"}]},
        KEYS[0]: {"platforms": [{"kind": "new-rd-institution", "level": "city", "recognised": "2023-01"}]},
    })


def second():
    rows = [
        ["“领航班”第四期录取企业名单", LEFT, LEFT],
        ["企业名称", "录取方向", "开班时间"],
        [NAMES[7], "专精特新", "2024年3月8日"],
        [NAMES[8], "专精特新", "2024年3月8日"],
        ["示例精工五金(集团)有限公司", "上市培育", "2024年3月8日"],
    ]
    return Book("16-第四期录取企业名单.ods", Sheet("第四期", rows), "members", ["--edition", "4"], enterprises={
        KEYS[index]: {"memberships": [{"edition": "4", "joined": "2024-03-08", "modules": way}]}
        for index, way in [(7, ["srdi"]), (8, ["srdi"]), (5, ["listing"])]})


def leavers():
    rows = [
        ["第三期结业及退出情况", LEFT, LEFT, LEFT],
        ["学员企业", "结果", "结业/退出日期", "退出原因"],
        [NAMES[0], "结业", "2023年12月15日", None],
        [NAMES[1], "退出", "2023年7月", "自愿退出"],
        [NAMES[4], "转下一期", "2023年12月15日", None],
        [NAMES[3], "劝退", "2023.9.30", "多次缺席"],
    ]
    return Book("17-第三期结业及退出情况.xlsx", Sheet("结业", rows), "members", ["--edition", "3"], enterprises=keyed({
        0: {"memberships": [{"edition": "3", "left": "2023-12-15", "outcome": "graduated"}]},
        1: {"memberships": [{"edition": "3", "left": "2023-07", "outcome": "withdrawn", "reason": "own-wish"}]},
        4: {"memberships": [{"edition": "3", "left": "2023-12-15", "outcome": "transferred"}]},
        3: {"memberships": [{"edition": "3", "left": "2023-09-30", "outcome": "removed", "reason": "repeated-absence"}]},
    }))


def outlook():
    rows = [["Company", "Revenue 2023 (RMB 10k)", "Revenue 2024 forecast (RMB 10k)", "2024 target revenue", "Headcount 2023"],
            [NAMES[5], "18,200.50", "20,000", "22,000", "310"], [NAMES[6], "9,600", "n/a", "", "85"]]
    return Book("18-revenue-outlook.csv", plain(rows), "indicators", enterprises=keyed({
        5: {"indicators": {"2023": {"revenue": 182_005_000, "employees": 310}}},
        6: {"indicators": {"2023": {"revenue": 96_000_000, "employees": 85}}},
    }))


def books():
    return [industries(), enterprises(), form(), candidates(), members(), activities(), attendance(), visits(), needs(),
            projects(), titles(), matrix(), indicators(), quarter(), platforms(), second(), leavers(), outlook()]
