//! The reports that can be asked for by name.

use super::cohort::Cohort;
use super::counted::Counted;
use super::filter::Filter;
use super::table::Table;
use super::view::View;
use super::{due, editions, engagement, growth, industries, list, missing, roster, summary};
use crate::model::shape::choice;

choice! {
    /// A report; its label says what it answers.
    pub enum ReportName {
        /// Who is in.
        Roster = "roster", "who is in, with modules, outcome and titles held", "花名册：企业基本信息、模块、结果、已有资质";
        /// By industry.
        Industries = "industries", "enterprises by industry, with titles and platforms", "分产业企业数、持有资质企业数、研发平台数";
        /// What was done.
        Activities = "activities", "each activity and how many came", "活动台账及出席数";
        /// Who came.
        Attendance = "attendance", "each enterprise: present, excused, absent, rate", "各企业出席、请假、缺席及出席率";
        /// Figures.
        Indicators = "indicators", "figures at the start and the end over enterprises that reported both", "期初期末指标变化（可比企业）";
        /// Titles.
        Recognitions = "recognitions", "titles at entry, gained, lapsed and held", "资质：入选时、新增、失效、有效、累计";
        /// Platforms.
        Platforms = "platforms", "new R&D platforms by kind and level", "新增研发平台（分类型、级别）";
        /// Projects.
        Projects = "projects", "applications by scheme and what came of them", "项目申报及结果";
        /// Needs.
        Needs = "needs", "needs by category, received and closed", "诉求收集与办结";
        /// What is due.
        Due = "due", "titles that ended or expire and editions that end within 90 days", "已到期和90天内到期的资质与期次";
        /// Who grew.
        Growth = "growth", "who grew fastest, with base and number of enterprises compared", "企业增长排名，附基数和可比企业数";
        /// Who was reached.
        Engagement = "engagement", "how often each enterprise came, to what, and when last", "各企业参加活动次数及最近一次";
        /// All editions.
        Editions = "editions", "all editions side by side, each enterprise once", "各期对比，企业去重";
        /// What is missing.
        Missing = "missing", "what each enterprise's record lacks", "各企业资料缺项";
    }
}

/// A report of which each figure can be asked what it is made of; none of those that only list records.
pub fn counted<'r>(name: ReportName, view: &View<'r>, filter: &Filter, keeps: bool) -> Option<Counted<'r>> {
    let cohort = Cohort::filtered(view, filter);
    Some(match name {
        ReportName::Industries => industries::industries(view, &cohort, keeps),
        ReportName::Activities => list::activities_counted(view, filter, keeps),
        ReportName::Attendance => summary::attendance(view, &cohort, keeps),
        ReportName::Indicators if filter.edition.is_some() => summary::indicators(view, &cohort, keeps),
        ReportName::Recognitions => summary::recognitions(view, &cohort, keeps),
        ReportName::Platforms => summary::platforms(view, &cohort, keeps),
        ReportName::Projects => summary::projects(view, &cohort, keeps),
        ReportName::Needs => summary::needs(view, &cohort, keeps),
        ReportName::Growth => growth::growth_of(view, &cohort, filter.metric.as_deref(), keeps),
        ReportName::Engagement => engagement::engagement(view, filter, keeps),
        ReportName::Editions => editions::editions(view, filter, keeps),
        _ => return None,
    })
}

/// Answers a report.
pub fn report(name: ReportName, view: &View, filter: &Filter) -> Table {
    if let Some(counted) = counted(name, view, filter, false) {
        return counted.table;
    }
    let cohort = || Cohort::filtered(view, filter);
    match name {
        ReportName::Roster => roster::roster(view, &cohort()),
        ReportName::Indicators => list::indicators(view, filter),
        ReportName::Due => due::due(view, filter),
        _ => missing::missing(view, &cohort()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, rows};

    #[test]
    fn a_report_is_narrowed_to_an_industry_a_town_by_any_name_or_an_enterprise() {
        let store = Store::rich();
        let names = |filter: Filter| {
            let roster = report(ReportName::Roster, &store.view(), &filter);
            rows(&roster).iter().map(|row| row.split(' ').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(Filter::default()), ["a", "b", "c"]);
        assert_eq!(names(Filter { industry: "automobile".parse().ok(), ..Filter::default() }), ["a"]);
        assert_eq!(names(Filter { town: Some("新华街道".to_owned()), ..Filter::default() }), ["a"]);
        assert_eq!(names(Filter { enterprise: "c".parse().ok(), ..Filter::default() }), ["c"]);
        assert_eq!(names(Filter::edition(&"3".parse().unwrap())), ["a", "c"]);
    }

    #[test]
    fn without_an_edition_all_enterprises_and_all_time_up_to_today_count() {
        let store = Store::rich();
        let of = |name| rows(&report(name, &store.view(), &Filter::default()));
        assert_eq!(of(ReportName::Recognitions), ["srdi 2 2", "hnte 1 1"]);
        assert_eq!(of(ReportName::Needs), ["land 0 2 1 1 1/2"]);
        assert_eq!(of(ReportName::Attendance)[2], "c c公司 1 0 0 1/1 9");
    }

    #[test]
    fn names_are_read_as_they_are_printed() {
        for name in ReportName::ALL {
            assert_eq!(name.to_string().parse::<ReportName>(), Ok(*name));
        }
        assert!("rooster".parse::<ReportName>().is_err());
    }
}
