//! New R&D platforms, by kind and level.

use std::collections::BTreeMap;

use crate::model::kind::Kind;
use crate::model::platform::Platform;
use crate::report::cohort::Cohort;
use crate::report::counted::Counted;
use crate::report::evidence::{Figure, Part, Source, Spot, UNCLEAR, UNDATED, remarked};
use crate::report::label::many;
use crate::report::span::Place;
use crate::report::table::{Cell, Kind as Holds};
use crate::report::view::View;
use crate::text;

/// A kind and a level, in the order of the programme's lists; a level that is not known comes last.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind_rank: usize,
    kind: String,
    level_rank: usize,
    level: Option<String>,
}

impl Key {
    fn of(view: &View, platform: &Platform) -> Self {
        let programme = &view.records.programme;
        let kind_rank = programme.platform_kinds.get_index_of(platform.kind.as_str()).unwrap_or(usize::MAX);
        let level = platform.level.as_ref().map(ToString::to_string);
        let level_rank = match &level {
            Some(level) => programme.levels.get_index_of(level.as_str()).unwrap_or(usize::MAX - 1),
            None => usize::MAX,
        };
        Self { kind_rank, kind: platform.kind.to_string(), level_rank, level }
    }
}

/// The new platforms of a cohort.
#[derive(Debug, Default)]
pub struct Platforms<'r> {
    rows: BTreeMap<Key, Vec<Part<'r>>>,
    all: Vec<Part<'r>>,
    left_out: Vec<Part<'r>>,
}

impl<'r> Platforms<'r> {
    pub fn of(view: &View<'r>, cohort: &Cohort<'r>) -> Self {
        let mut found = Self::default();
        for member in &cohort.members {
            let Some(span) = member.span else { continue };
            for (index, platform) in member.enterprise.platforms.iter().enumerate() {
                let part = Part::one(Source::enterprise(member.id, Spot::Entry("platforms", index)));
                let undated = span.is_all_time().then_some(Place::Within);
                match platform.recognised.map(|date| span.place(date)).or(undated) {
                    Some(Place::Within) => {
                        found.rows.entry(Key::of(view, platform)).or_default().push(part);
                        found.all.push(part);
                    }
                    Some(Place::Outside) => {}
                    Some(Place::Unclear) => found.left_out.push(part.remark(UNCLEAR)),
                    None => found.left_out.push(part.remark(UNDATED)),
                }
            }
        }
        found
    }

    /// The new platforms.
    pub fn gained(&self) -> Figure<'r> {
        self.figure(&self.all)
    }

    fn figure(&self, parts: &[Part<'r>]) -> Figure<'r> {
        Figure::counted(parts, &self.left_out)
    }

    /// Enterprises with any of these, each once: enterprises come one after the other.
    fn enterprises(&self, parts: &[Part<'r>]) -> Figure<'r> {
        let mut first = parts.to_vec();
        first.dedup_by_key(|part| part.source.record);
        self.figure(&first)
    }

    pub fn table(&self, view: &View, keeps: bool) -> Counted<'r> {
        let columns = [
            ("kind", Holds::Coded),
            ("level", Holds::Coded),
            ("new", Holds::Count),
            ("enterprises", Holds::Count),
        ];
        let mut table = Counted::new(view.table("platforms", &columns), keeps);
        for (key, parts) in &self.rows {
            table.row(vec![
                view.coded(Kind::PlatformKind, &key.kind).into(),
                view.coded_if(Kind::Level, key.level.as_deref()).into(),
                self.figure(parts),
                self.enterprises(parts),
            ]);
        }
        if !self.rows.is_empty() {
            let missing = Figure::from(Cell::Missing);
            table.total(vec![missing.clone(), missing.clone(), self.gained(), missing]);
        }
        self.notes(&mut table);
        table
    }

    fn notes(&self, table: &mut Counted) {
        let (new, enterprises) = (self.all.len(), self.enterprises(&self.all).parts.len());
        table.note(&text!(
            "new: recognised within the days that count; two platforms of one enterprise are two platforms and one enterprise: {platforms} of {of}",
            "新增：在统计时间内认定；同一企业的两个平台计两个平台、一家企业：共{new}个平台，去重后{enterprises}家企业",
            platforms = many(new, "platform", "platforms"),
            of = many(enterprises, "distinct enterprise", "distinct enterprises"),
            new = new,
            enterprises = enterprises
        ));
        let [unclear, undated] = [UNCLEAR, UNDATED].map(|remark| remarked(&self.left_out, remark));
        if unclear + undated > 0 {
            table.note(&text!(
                "not counted: {unclear} whose date is not known well enough, {undated} without a date",
                "未计入：日期不完整、无法判断的{unclear}个，未记录日期的{undated}个"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::fixture::{Store, rows, total};

    #[test]
    fn two_platforms_of_one_enterprise_are_two_platforms_and_one_enterprise() {
        let text = "platforms = [{ kind = \"laboratory\", recognised = 2022-03-01 }, { kind = \"centre\", level = \"province\", recognised = 2022-03-01 }, { kind = \"centre\", level = \"province\", recognised = 2022-04-01 }, { kind = \"centre\", level = \"city\", recognised = 2022-04-01 }]";
        let table = Store::closed().member("a", text).summary("platforms");
        assert_eq!(rows(&table), ["centre city 1 1", "centre province 2 1", "laboratory – 1 1"]);
        assert_eq!(total(&table).as_deref(), Some("– – 4 –"));
        assert!(table.notes[0].ends_with("4 platforms of 1 distinct enterprise"));
    }

    #[test]
    fn one_without_a_date_or_with_a_vague_one_is_not_counted_but_said() {
        let text = "platforms = [{ kind = \"centre\" }, { kind = \"centre\", recognised = \"2022\" }, { kind = \"laboratory\", recognised = 2024-01-01 }]";
        let table = Store::closed().member("a", text).summary("platforms");
        assert_eq!((rows(&table).len(), &table.total), (0, &None));
        assert!(table.notes[1].contains("1 whose date is not known well enough, 1 without a date"));
    }
}
