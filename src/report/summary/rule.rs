//! The rule each figure is counted by, in words.

use crate::model::text::Text;

/// The version of the rules of counting: it goes up when a figure of the same records becomes another one.
pub const VERSION: u32 = 3;

/// `table.column`, or `overview.item`, with its rule in English and in Chinese.
type Entry = (&'static str, &'static str, &'static str);

const RULES: &[Entry] = &[
    (
        "overview.members",
        "enterprises with a membership in the edition, each once",
        "在本期登记入选的企业，每家计一次",
    ),
    ("overview.graduated", "members whose outcome is graduated", "结果为结业的入选企业"),
    ("overview.withdrawn", "members whose outcome is withdrawn", "结果为退出的入选企业"),
    ("overview.removed", "members whose outcome is removed", "结果为劝退的入选企业"),
    ("overview.transferred", "members whose outcome is transferred", "结果为转下一期的入选企业"),
    ("overview.in_cultivation", "members without an outcome", "尚无结果的入选企业"),
    ("overview.activities", "activities that name the edition", "登记在本期名下的活动"),
    (
        "overview.hours",
        "the hours of these activities, as far as they are recorded",
        "上述活动已记录的学时之和",
    ),
    (
        "overview.person_times",
        "heads of members present, each from the day it joined to the day it left where these are recorded",
        "出席企业的到场人数之和；有加入、退出日期的，仅计其间的活动",
    ),
    (
        "overview.coverage",
        "members present at one activity or more ÷ all members",
        "至少出席一场活动的入选企业÷全部入选企业",
    ),
    (
        "overview.attendance_rate",
        "present ÷ (present + absent), over all members",
        "全部入选企业：出席÷（出席＋缺席）",
    ),
    (
        "overview.enterprises_gained",
        "members that gained any title, each once",
        "新增任一资质的入选企业，每家计一次",
    ),
    (
        "overview.new_platforms",
        "platforms recognised within the days that count",
        "在统计时间内认定的研发平台",
    ),
    (
        "overview.projects_applied",
        "applications handed in within the days that count",
        "在统计时间内提交的申报项目",
    ),
    ("overview.projects_approved", "applications approved by the last day", "截至末日获批的申报项目"),
    (
        "overview.granted",
        "what was granted to the applications approved by the last day",
        "截至末日获批的项目的获批金额之和",
    ),
    ("overview.needs_received", "needs received within the days that count", "在统计时间内收到的诉求"),
    (
        "overview.needs_closed",
        "needs brought forward or received, and closed by the last day",
        "结转或收集、截至末日已办结的诉求",
    ),
    ("enterprises-by-industry.enterprises", "members of this industry", "属于该产业的入选企业"),
    (
        "enterprises-by-town.enterprises",
        "members of this town, by any of its names",
        "位于该镇街（含其别名）的入选企业",
    ),
    (
        "enterprises-by-size.enterprises",
        "members of this size by their last full year: the worst over the metrics of their class",
        "按最近完整年度划型、取各项最低一级，属于该规模的入选企业",
    ),
    ("enterprises-by-module.enterprises", "members on this module", "参加该模块的入选企业"),
    (
        "enterprises-by-industry.share",
        "members of this industry ÷ all members",
        "该产业入选企业÷全部入选企业",
    ),
    ("enterprises-by-town.share", "members of this town ÷ all members", "该镇街入选企业÷全部入选企业"),
    ("enterprises-by-size.share", "members of this size ÷ all members", "该规模入选企业÷全部入选企业"),
    ("enterprises-by-module.share", "members on this module ÷ all members", "该模块入选企业÷全部入选企业"),
    ("targets.target", "the target the edition has set", "本期设定的目标"),
    ("targets.actual", "the figure of another table that the target is for", "目标所指的统计数，取自其他表"),
    ("targets.achieved", "actual ÷ target", "完成数÷目标数"),
    (
        "activities-by-aspect.activities",
        "activities of this kind that name the edition",
        "登记在本期名下、属于该内容的活动",
    ),
    (
        "activities-by-aspect.hours",
        "the hours of these activities, as far as they are recorded",
        "该内容各场活动已记录的学时之和",
    ),
    (
        "activities-by-aspect.enterprises",
        "members present at one of these activities or more, each once",
        "至少出席该内容一场活动的入选企业，每家计一次",
    ),
    (
        "activities-by-aspect.person_times",
        "heads of members present at these activities",
        "该内容各场活动出席企业的到场人数之和",
    ),
    (
        "attendance.present",
        "activities it was at, from the day it joined to the day it left where these are recorded",
        "出席的活动场次；有加入、退出日期的，仅计其间的活动",
    ),
    ("attendance.excused", "activities it gave notice for", "请假的活动场次"),
    ("attendance.absent", "activities it stayed away from", "缺席的活动场次"),
    (
        "attendance.rate",
        "present ÷ (present + absent); notice given does not lower it",
        "出席÷（出席＋缺席），请假不影响",
    ),
    ("attendance.person_times", "its heads at all activities it was at", "历次出席的到场人数之和"),
    (
        "recognitions.at_entry",
        "enterprises that held the title on their first day by a certificate of an earlier day, or by a re-review without one",
        "首日持有此前认定、仍有效的证书，或此前无证书而其后通过复核的企业",
    ),
    (
        "recognitions.gained",
        "enterprises that did not hold the title at entry and were given it within their days, not by a re-review",
        "入选时未持有、在统计时间内认定（非复核）的企业",
    ),
    (
        "recognitions.renewed",
        "enterprises that held the title at entry and were given it or re-reviewed again within their days",
        "入选时已持有、在统计时间内再次认定或通过复核的企业",
    ),
    (
        "recognitions.lapsed",
        "enterprises that held the title at entry or gained it, and do not hold it on their last day",
        "入选时持有或新增、末日无效的企业",
    ),
    ("recognitions.held", "enterprises that hold the title on their last day", "末日有效的企业"),
    (
        "recognitions.ever",
        "enterprises that were given the title at any time up to their last day",
        "截至末日曾获认定的企业",
    ),
    (
        "platforms.new",
        "platforms of this kind and level recognised within the days that count",
        "在统计时间内认定的该类型、级别的研发平台",
    ),
    (
        "platforms.enterprises",
        "enterprises with one of them or more, each once",
        "拥有上述平台的企业，每家计一次",
    ),
    ("indicators.matched", "members that reported both years", "两年均已报送的入选企业"),
    ("indicators.members", "all members", "全部入选企业"),
    ("indicators.reported_start", "members that reported the first year", "已报送期初年度的入选企业"),
    ("indicators.reported_end", "members that reported the last year", "已报送期末年度的入选企业"),
    (
        "indicators.start_total",
        "the sum of the first year's figures, over those that reported both years",
        "可比企业期初数之和",
    ),
    (
        "indicators.end_total",
        "the sum of the last year's figures, over those that reported both years",
        "可比企业期末数之和",
    ),
    (
        "indicators.growth",
        "the difference of both years ÷ the first year, summed over those that reported both",
        "可比企业两年差额之和÷期初数之和",
    ),
    (
        "indicators.median_growth",
        "the middle one of the growths of the enterprises that have one",
        "有增长率的各企业，其增长率的中位数",
    ),
    (
        "indicators.median_of",
        "enterprises that have a growth: reported both years, on a positive base",
        "有增长率的企业：两年均已报送且基数为正",
    ),
    (
        "projects.brought_forward",
        "applications handed in before the first day and not decided before it",
        "首日之前提交、首日之前尚无结果的申报项目",
    ),
    ("projects.applied", "applications handed in within the days that count", "在统计时间内提交的申报项目"),
    (
        "projects.approved",
        "applications brought forward or handed in, and approved by the last day",
        "结转或申报、截至末日获批的项目",
    ),
    (
        "projects.rejected",
        "applications brought forward or handed in, and rejected by the last day",
        "结转或申报、截至末日未通过的项目",
    ),
    (
        "projects.withdrawn",
        "applications brought forward or handed in, and withdrawn by the last day",
        "结转或申报、截至末日撤回的项目",
    ),
    (
        "projects.pending",
        "applications brought forward or handed in, and not certainly decided by the last day",
        "结转或申报、截至末日尚无确定结果的项目",
    ),
    (
        "projects.requested",
        "what the applications handed in within the days that count asked for, as far as it is recorded",
        "在统计时间内提交的项目已记录的申请金额之和",
    ),
    (
        "projects.granted",
        "what was granted to the applications approved by the last day, as far as it is recorded",
        "截至末日获批的项目已记录的获批金额之和",
    ),
    (
        "needs.brought_forward",
        "needs received before the first day and not closed before it",
        "首日之前收到、首日之前未办结的诉求",
    ),
    ("needs.received", "needs received within the days that count", "在统计时间内收到的诉求"),
    (
        "needs.closed",
        "needs brought forward or received, and closed by the last day",
        "结转或收集、截至末日已办结的诉求",
    ),
    (
        "needs.open",
        "needs brought forward or received, and not certainly closed by the last day",
        "结转或收集、截至末日未确定办结的诉求",
    ),
    ("needs.rate", "needs closed ÷ (brought forward + received)", "办结的诉求÷（结转＋收集的诉求）"),
    ("industries.enterprises", "enterprises of this industry", "属于该产业的企业"),
    (
        "industries.share",
        "enterprises of this industry ÷ all enterprises counted",
        "该产业企业÷统计范围内全部企业",
    ),
    (
        "industries.held",
        "enterprises that hold any title on their last day, each once",
        "末日持有任一有效资质的企业，每家计一次",
    ),
    (
        "industries.platforms",
        "platforms recognised by the last day and not expired",
        "截至末日已认定且未过期的研发平台",
    ),
    ("growth.no", "its place by growth, the fastest first", "按增长率由高到低排列的名次"),
    ("growth.growth", "(last year − first year) ÷ first year", "（期末－期初）÷期初"),
    (
        "engagement.attended",
        "activities it was at, from the day it joined to the day it left where these are recorded",
        "出席的活动场次；有加入、退出日期的，仅计其间的活动",
    ),
    (
        "engagement.rate",
        "present ÷ (present + absent); notice given does not lower it",
        "出席÷（出席＋缺席），请假不影响",
    ),
    ("engagement.last_activity", "the last day of the last activity it was at", "最近一次出席的活动的日期"),
    ("engagement.days_since", "days from that day to today", "自该日至今日的天数"),
    ("editions-compared.members", "enterprises with a membership in the edition", "在该期登记入选的企业"),
    ("editions-compared.new", "members that were in no earlier edition", "此前各期均未入选的企业"),
    ("editions-compared.again", "members that were in an earlier edition too", "此前某期曾入选的企业"),
    ("editions-compared.gone_on", "members that are in a later edition too", "此后某期继续入选的企业"),
    ("editions-compared.graduated", "members whose outcome is graduated", "结果为结业的企业"),
    (
        "editions-compared.left",
        "members whose outcome is withdrawn, removed or transferred",
        "结果为退出、劝退或转期的企业",
    ),
    (
        "activities.present",
        "enterprises present, each from the day it joined to the day it left where these are recorded",
        "出席的企业；有加入、退出日期的，仅计其间的活动",
    ),
    ("activities.excused", "enterprises that gave notice", "请假的企业"),
    ("activities.absent", "enterprises that stayed away", "缺席的企业"),
    ("activities.person_times", "heads of the enterprises present", "出席企业的到场人数之和"),
];

/// The rule of a figure; none where it is not counted but recorded.
pub fn rule(table: &str, row: &str, column: &str) -> Option<Text> {
    let id = match table {
        "overview" => format!("overview.{row}"),
        // A column an aspect.
        "engagement" if !["rate", "last_activity", "days_since"].contains(&column) => {
            "engagement.attended".to_owned()
        }
        _ => format!("{table}.{column}"),
    };
    RULES.iter().find(|(known, ..)| *known == id).map(|(_, en, zh)| Text::new(*en, *zh))
}
