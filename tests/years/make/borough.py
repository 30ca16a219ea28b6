"""An inner district's bureau: words in cells that are on no list as they stand, a form with a table of years in it."""

import datetime

from .book import LEFT, UP, Book, Sheet
from .code import code

SETUP = ["edition add id=1 name=第一批 opened=2024-03-15"]
TODAY = "2025-03-31"


def day(month, number, year=2024):
    return datetime.date(year, month, number)


# Name, chain, town, founded.
TABLE = [
    ("示例云帆新能源科技有限公司", "新能源与节能环保", "石桥街道"),
    ("示例鼎力液压机械有限公司", "高端装备", "江湾镇"),
    ("示例蓝盾信息安全股份有限公司", "新一代信息技术", "太平镇"),
    ("示例康复宝医疗器械有限公司", "生物医药与健康", "人和镇"),
    ("示例晶彩光电有限公司", "新一代信息技术", "石桥街道"),
    ("示例顺达冷链物流有限公司", "高端装备", "江湾镇"),
    ("示例秀丽针织服饰有限公司", "时尚消费", "太平镇"),
    ("示例博远智能装备有限公司", "高端装备", "人和镇"),
]
NAMES = [row[0] for row in TABLE]
CODES = [code("440199", 55001 + index) for index in range(len(TABLE))]


def coded(entries):
    return {CODES[index]: it for index, it in entries.items()}


def wide(text, width):
    return [text] + [LEFT] * (width - 1)


def industries():
    cover = Sheet("填写说明", [["填写说明"], ["1.请如实填写"], ["2.红色为必填项"]])
    names = ["新一代信息技术", "高端装备", "生物医药与健康", "时尚消费", "新能源与节能环保"]
    rows = [["附件1"], wide("示例区战略性新兴产业目录", 3), ["编号", "产业类别", "备注"]]
    rows += [[f"0{index + 1}", name, None] for index, name in enumerate(names)]
    return Book("01-产业目录.xlsx", [cover, Sheet("产业清单", rows)], "industries", industries=names)


def enterprises():
    rows = [
        ["附件2"], wide("示例区“领航计划”培育库企业基本信息汇总表（2024年）", 14),
        ["填报单位（盖章）：区科工商信局"] + [None] * 6 + ["填报日期：2024年3月8日"],
        ["序号", "单位名称*", "社会信用代码*", "注册地（镇街）", "成立年份", "主营业务", "归属产业链", "注册资本（万元）",
         "实缴资本（万元）", "法人代表", LEFT, "联络人", LEFT, LEFT],
        [UP] * 9 + ["姓名", "电话", "姓名", "职务", "移动电话"],
    ]
    brings = {}
    for index, (name, industry, town) in enumerate(TABLE):
        phone = f"1390000{index:04}"
        rows.append([index + 1, name, CODES[index], town, 2008 + index, "示例产品", industry, 1000 * (index + 1), 500,
                     f"周样{index}", f"1380000{index:04}", f"吴样{index}", "行政经理", phone])
        brings[index] = {"name": name, "industry": industry, "town": town, "founded": str(2008 + index),
                         "registered_capital": 10_000_000 * (index + 1), "legal_representative": f"周样{index}",
                         "contact": f"吴样{index}", "post": "行政经理", "phone": phone}
    rows.append(["填表人：郑样", None, None, "审核人：王样"])
    return Book("02-基本信息汇总表.xlsx", Sheet("汇总表", rows), "enterprises", enterprises=coded(brings))


def members():
    ways = [("“专精特新”培育", "srdi"), ("研发机构建设", "platforms"), ("上市培育", "listing")]
    rows = [wide("关于示例区领航计划第一批培育对象的公示名单", 4), ["（排名不分先后）"],
            ["序号", "企业全称", "所属镇街", "培育类别"]]
    rows += [[index + 1, NAMES[index], TABLE[index][2], ways[index % 3][0]] for index in range(6)]
    rows.append(["共6家"])
    return Book("03-公示名单.xlsx", Sheet("公示名单", rows), "members", ["--edition", "1"], enterprises=coded(
        {index: {"memberships": [{"edition": "1", "modules": [ways[index % 3][1]]}]} for index in range(6)}))


OPENING = {"title": "领航计划开班仪式", "date": "2024-03-15"}
TALK = {"title": "品牌营销公开课", "date": "2024-06-20"}


def activities():
    rows = [
        wide("2024年度“领航计划”服务活动开展情况汇总表", 11),
        ["序号", "活动名称", "活动类型", "活动日期", "活动时间", "活动地址", "主办单位", "主讲嘉宾", "参与企业数",
         "参与人次", "学时（小时）"],
        [1, "领航计划开班仪式", "培训类", day(3, 15), "14:30-17:30", "区会议中心", "区科工商信局", "卢教授", 30, 56, 3],
        [2, "走进标杆企业", "参观考察", "2024.4.25-4.26", "全天", "邻区", "区科工商信局", None, 20, 25, 8],
        [3, "知识产权贯标辅导", "项目申报辅导", "5月下旬", "上午", "线上（视频会议）", "区市场监管局", "唐老师", 18, 22, 2],
        [4, "品牌营销公开课", "品牌建设活动", "6月20号", "下午", "样本山庄", "商会", None, 25, 31, 2.5],
        [5, "银企对接会", "资源对接", "2024/9/12", None, "样本银行", "区金融局", None, 15, 15, 2],
        ["小计"] + [None] * 7 + [108, 149, 17.5],
    ]
    common = {"edition": "1", "present": {}}
    brings = [
        OPENING | {"aspect": "courses", "place": "区会议中心", "host": "区科工商信局", "speaker": "卢教授", "hours": 3},
        {"title": "走进标杆企业", "date": "2024-04-25", "end": "2024-04-26", "aspect": "visits", "place": "邻区",
         "host": "区科工商信局", "hours": 8},
        {"title": "知识产权贯标辅导", "date": "2024-05", "aspect": "projects", "place": "线上（视频会议）",
         "host": "区市场监管局", "speaker": "唐老师", "hours": 2},
        TALK | {"aspect": "brand", "place": "样本山庄", "host": "商会", "hours": 2.5},
        {"title": "银企对接会", "date": "2024-09-12", "aspect": "ecosystem", "place": "样本银行", "host": "区金融局",
         "hours": 2},
    ]
    return Book("04-活动开展情况.xlsx", Sheet("活动汇总", rows), "activities", ["--edition", "1"],
                activities=[common | it for it in brings])


def attendance():
    rows = [wide("示例区“领航计划”开班仪式签到表", 6), ["日期：2024年3月15日", None, None, "地点：区会议中心"],
            ["序号", "所属单位", "姓名", "职务", "联系电话", "签名"]]
    heads = [(0, 2), (1, 1), (2, 1), (3, 3), (5, 1)]
    for index, count in heads:
        for _ in range(count):
            rows.append([len(rows) - 2, NAMES[index], f"参样{len(rows)}", "经理", f"1370000{len(rows):04}", None])
    rows.append([9, "区商务局", "冯样", "科员", None, None])
    return Book("05-开班仪式签到表.xlsx", Sheet("签到", rows), "attendance",
                activities=[OPENING | {"present": {CODES[index]: count for index, count in heads}}])


def presence():
    rows = [wide("第一批培育企业活动参与情况统计表（√为参加，×为缺席）", 5),
            ["序号", "企业名称", "品牌营销公开课", "银企对接会", "参加次数"]]
    marks = ["√", "×", "√", "√", None, "√"]
    rows += [[index + 1, NAMES[index], mark, None, None] for index, mark in enumerate(marks)]
    there = [index for index, mark in enumerate(marks) if mark == "√"]
    return Book("06-参与情况统计表.xlsx", Sheet("参与", rows), "attendance", activities=[
        TALK | {"present": {CODES[index]: 1 for index in there}, "absent": [CODES[1]]}])


def visits():
    rows = [
        wide("区领导挂点联系企业走访情况登记表", 6),
        ["走访日期", "被走访企业", "走访领导", "陪同人员", "了解情况", "企业诉求"],
        [day(4, 2), NAMES[0], "副区长", "蒋科长", "经营平稳", "无"],
        [UP, NAMES[1], "副区长", "蒋科长", "经营平稳", "融资"],
        ["2024年5月7日", NAMES[2], "局长", "沈科长", "扩产", None],
    ]
    visit = {"title": "走访", "aspect": "visits", "edition": "1"}
    return Book("07-走访登记表.xlsx", Sheet("走访记录", rows), "activities",
                ["--edition", "1", "--set", "aspect=visits", "--set", "title=走访"], activities=[
        visit | {"date": "2024-04-02", "present": {CODES[0]: 1, CODES[1]: 1}},
        visit | {"date": "2024-05-07", "present": {CODES[2]: 1}}])


def needs():
    rows = [
        wide("2024年服务企业问题诉求办理情况一览表（截至2024年11月30日）", 10),
        ["企业", "问题类别", "问题描述", "收集时间", "收集方式", "牵头部门", "办理结果", "办结时间", "是否办结", "满意度"],
        [NAMES[1], "融资问题", "流动资金贷款", "2024年4月10日", "走访", "区金融局", "已放贷500万", day(5, 20), "是", "满意"],
        [NAMES[2], "人才招聘需求", "缺网络工程师", "2024年6月", "问卷", "区人社局", "推进中", None, "否", None],
        [NAMES[4], "用地需求", "扩产用地20亩", "2024-07-08", "座谈", "区规资局", None, None, "未办结", None],
        [NAMES[5], "用电用水", "冷库增容", "2024.9.3", "走访", "供电局", "已增容", "2024.10.15", "√", "满意"],
    ]
    made = [
        (1, {"category": "finance", "text": "流动资金贷款", "received": "2024-04-10", "closed": "2024-05-20",
             "handed_to": "区金融局", "handling": "已放贷500万"}),
        (2, {"category": "labour", "text": "缺网络工程师", "received": "2024-06", "handed_to": "区人社局",
             "handling": "推进中"}),
        (4, {"category": "land", "text": "扩产用地20亩", "received": "2024-07-08", "handed_to": "区规资局"}),
        (5, {"category": "utilities", "text": "冷库增容", "received": "2024-09-03", "closed": "2024-10-15",
             "handed_to": "供电局", "handling": "已增容"}),
    ]
    return Book("08-问题诉求办理.xlsx", Sheet("问题", rows), "needs",
                enterprises=coded({index: {"needs": [need]} for index, need in made}))


def projects():
    rows = [
        wide("2024年培育企业项目申报及资金获批情况", 9),
        ["单位名称", "申报项目名称", "项目级别", "主管部门", "申报时间", "申请金额（万元）", "评审结果", "立项金额（万元）",
         "立项时间"],
        [NAMES[0], "省重点领域研发计划", "省", "省科技厅", "2024年4月", 500, "获批立项", 200, "2024年10月"],
        [NAMES[1], "市技改专项", "市", "市工信局", "2024-05-10", 120, "未获立项", None, None],
        [NAMES[2], "区产业扶持资金", "区", "区科工商信局", "2024-06-01", 30, "已拨付", 30, "2024-08-15"],
        [NAMES[3], "国家中小企业发展专项", "国家", "主管部委", "2024-07-20", 100, "待评审", None, None],
        [NAMES[7], "市首台（套）", "市", "市工信局", "2024-07-25", 80, "主动撤回", None, None],
        ["合计", None, None, None, None, 830, None, 230, None],
    ]
    made = [
        (0, {"scheme": "省重点领域研发计划", "level": "province", "state": "approved", "submitted": "2024-04",
             "decided": "2024-10", "requested": 5_000_000, "granted": 2_000_000}),
        (1, {"scheme": "市技改专项", "level": "city", "state": "rejected", "submitted": "2024-05-10",
             "requested": 1_200_000}),
        (2, {"scheme": "区产业扶持资金", "level": "district", "state": "approved", "submitted": "2024-06-01",
             "decided": "2024-08-15", "requested": 300_000, "granted": 300_000}),
        (3, {"scheme": "国家中小企业发展专项", "level": "national", "state": "submitted", "submitted": "2024-07-20",
             "requested": 1_000_000}),
        (7, {"scheme": "市首台（套）", "level": "city", "state": "withdrawn", "submitted": "2024-07-25",
             "requested": 800_000}),
    ]
    return Book("09-项目申报情况.xls", Sheet("项目", rows), "projects",
                enterprises=coded({index: {"projects": [it]} for index, it in made}))


def titles():
    rows = [
        wide("培育企业获得资质荣誉情况（截至2024年底）", 9),
        ["序号", "获证单位", "资质类型", "评定级别", "发证机关", "证书号", "批准日期", "有效期限", "新增/复审"],
        [1, NAMES[0], "国家高新技术企业", "国家级", "省科技厅", "GR202144000001", "2021-12-20", "3年", "复审"],
        [2, NAMES[1], "样本省专精特新中小企业", None, "省工信厅", None, "2024年1月", "2024.01-2027.01", "新增"],
        [3, NAMES[2], "国家级专精特新“小巨人”企业", "国家级", "主管部委", None, "2023-07-14", "2023-07-14至2026-07-13", "首次"],
        [4, NAMES[4], "科技型中小企业（2024年入库）", None, None, "2024440111A8000001", "2024-05-10", "至2024-12-31", "新增"],
        [5, NAMES[7], "制造业单项冠军企业", "国家级", "主管部委", None, "2024-03-01", "长期有效", "新增"],
    ]
    made = [
        (0, {"title": "hnte", "level": "national", "issued_by": "省科技厅", "document": "GR202144000001",
             "recognised": "2021-12-20", "expires": "2024-12-19", "action": "re-review"}),
        (1, {"title": "srdi", "level": "province", "issued_by": "省工信厅", "recognised": "2024-01",
             "expires": "2027-01", "action": "new"}),
        (2, {"title": "little-giant", "level": "national", "issued_by": "主管部委", "recognised": "2023-07-14",
             "expires": "2026-07-13", "action": "new"}),
        (4, {"title": "tech-sme", "document": "2024440111A8000001", "recognised": "2024-05-10",
             "expires": "2024-12-31", "action": "new"}),
        (7, {"title": "single-champion", "level": "national", "issued_by": "主管部委", "recognised": "2024-03-01",
             "expires": "never", "action": "new"}),
    ]
    return Book("10-资质荣誉情况.xlsx", Sheet("资质", rows), "recognitions",
                enterprises=coded({index: {"recognitions": [it]} for index, it in made}))


def indicators():
    rows = [
        ["培育企业主要经济指标完成情况表"], ["金额单位：万元"],
        ["企业名称", "统一社会信用代码", "营业收入", LEFT, LEFT, "纳税总额", LEFT, "从业人员期末人数（人）", LEFT,
         "授权发明专利数（件）", LEFT],
        [UP, UP, "2022年", "2023年", "同比增长%", "2022年", "2023年", "2022年末", "2023年末", "2022年", "2023年"],
    ]
    brings = {}
    for index in range(5):
        rows.append([NAMES[index], CODES[index], 1000 + index, 1200 + index, 0.2, 50 + index, 60 + index, 100 + index,
                     110 + index, index, index + 1])
        brings[index] = {"indicators": {
            "2022": {"revenue": (1000 + index) * 10_000, "tax": (50 + index) * 10_000, "employees": 100 + index,
                     "invention_patents": index},
            "2023": {"revenue": (1200 + index) * 10_000, "tax": (60 + index) * 10_000, "employees": 110 + index,
                     "invention_patents": index + 1}}}
    rows.append(["合计", None, 5010, 6010, None, 260, 310])
    return Book("11-经济指标完成情况.xlsx", Sheet("指标", rows), "indicators", enterprises=coded(brings))


def platforms():
    rows = [
        ["培育企业研发机构建设情况"], ["依托单位", "研发机构名称", "机构类别", "认定级别", "认定单位", "认定年度"],
        [NAMES[0], "光伏组件工程技术研究中心", "工程技术研究中心", "省级", "省科技厅", "2022年"],
        [NAMES[1], "企业技术中心", "企业技术中心", "市级", "市工信局", "2023年度"],
        [NAMES[7], "机器人院士工作站", "院士工作站", "市级", "市科协", "2024"],
        [NAMES[3], None, "重点实验室（省级）", None, "省科技厅", "2021年12月"],
    ]
    made = [
        (0, {"kind": "engineering-research-centre", "level": "province", "recognised": "2022"}),
        (1, {"kind": "enterprise-technology-centre", "level": "city", "recognised": "2023"}),
        (3, {"kind": "key-laboratory", "level": "province", "recognised": "2021-12"}),
    ]
    return Book("12-研发机构建设情况.csv", Sheet("", rows), "platforms", ["--word", "院士工作站=-"],
                enterprises=coded({index: {"platforms": [it]} for index, it in made}))


def form():
    number = code("440199", 66001)
    rows = [
        wide("示例区“领航计划”培育企业申请表", 5),
        ["企业名称", "示例远见检测技术有限公司", None, "统一社会信用代码", number],
        ["注册地址", "示例区样本路1号", None, "所属镇街", "石桥街道"],
        ["成立时间", "2012年3月", None, "注册资本", "2000万元"],
        ["法定代表人", "钱样", None, "联系电话", "13600000000"],
        ["所属行业", "高端装备", None, "主营产品", "泵"],
        ["经济指标", "年度", "营业收入（万元）", "研发费用（万元）", "员工人数"],
        [UP, "2022年", 3000, 100, 50],
        [UP, "2023年", 3500, 150, 55],
        ["申请培育方向", "专精特新"],
        ["企业简介", "示例"],
    ]
    return Book("13-申请表.xlsx", Sheet("申请表", rows), "enterprises", enterprises={number: {
        "name": "示例远见检测技术有限公司", "industry": "高端装备", "town": "石桥街道", "founded": "2012-03",
        "registered_capital": 20_000_000, "legal_representative": "钱样", "phone": "13600000000", "indicators": {
            "2022": {"revenue": 30_000_000, "rd_expense": 1_000_000, "employees": 50},
            "2023": {"revenue": 35_000_000, "rd_expense": 1_500_000, "employees": 55}}}})


def leavers():
    rows = [wide("第一批培育对象动态调整退出名单", 6),
            ["序号", "企业名称", "统一社会信用代码", "退出原因", "退出日期", "文件依据"],
            [1, NAMES[5], CODES[5], "企业迁出本区", "2024年10月31日", "示科工〔2024〕12号"]]
    return Book("14-退出名单.xlsx", Sheet("退出", rows), "members", ["--edition", "1", "--set", "outcome=withdrawn"],
                enterprises=coded({5: {"memberships": [{"edition": "1", "outcome": "withdrawn", "left": "2024-10-31",
                                                        "reason": "moved-away"}]}}))


def graduates():
    rows = [["第一批培育企业结业情况"], ["企业名称", "入选时间", "结业时间", "结业情况"]]
    rows += [[NAMES[index], "2024年3月15日", "2024年12月20日", "合格" if index else "优秀"] for index in range(5)]
    return Book("15-结业情况.xlsx", Sheet("名单", rows), "members", ["--edition", "1"], enterprises=coded({
        index: {"memberships": [{"edition": "1", "joined": "2024-03-15", "left": "2024-12-20", "outcome": "graduated"}]}
        for index in range(5)}))


def books():
    return [industries(), enterprises(), members(), activities(), attendance(), presence(), visits(), needs(), projects(),
            titles(), indicators(), platforms(), form(), leavers(), graduates()]
