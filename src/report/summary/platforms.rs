//! New R&D platforms, by kind and level.

use std::collections::BTreeMap;

use crate::model::kind::Kind;
use crate::model::platform::Platform;
use crate::report::cohort::Cohort;
use crate::report::label::many;
use crate::report::span::Place;
use crate::report::table::{Cell, Kind as Holds, Table};
use crate::report::view::View;

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

#[derive(Debug, Default)]
struct Count {
    new: usize,
    enterprises: usize,
    /// The enterprise counted last: enterprises come one after the other.
    last: Option<usize>,
}

impl Count {
    fn add(&mut self, member: usize) {
        self.new += 1;
        if self.last.replace(member) != Some(member) {
            self.enterprises += 1;
        }
    }
}

/// The new platforms of a cohort.
#[derive(Debug, Default)]
pub struct Platforms {
    rows: BTreeMap<Key, Count>,
    all: Count,
    unclear: usize,
    undated: usize,
}

impl Platforms {
    pub fn of(view: &View, cohort: &Cohort) -> Self {
        let mut found = Self::default();
        for (index, member) in cohort.members.iter().enumerate() {
            let Some(span) = member.span else { continue };
            for platform in &member.enterprise.platforms {
                let undated = span.is_all_time().then_some(Place::Within);
                match platform.recognised.map(|date| span.place(date)).or(undated) {
                    Some(Place::Within) => {
                        found.rows.entry(Key::of(view, platform)).or_default().add(index);
                        found.all.add(index);
                    }
                    Some(Place::Outside) => {}
                    Some(Place::Unclear) => found.unclear += 1,
                    None => found.undated += 1,
                }
            }
        }
        found
    }

    /// How many new platforms.
    pub fn count(&self) -> usize {
        self.all.new
    }

    pub fn table(&self, view: &View) -> Table {
        let columns = [
            ("kind", Holds::Coded),
            ("level", Holds::Coded),
            ("new", Holds::Count),
            ("enterprises", Holds::Count),
        ];
        let mut table = view.table("platforms", &columns);
        for (key, count) in &self.rows {
            table.row(vec![
                view.coded(Kind::PlatformKind, &key.kind),
                view.coded_if(Kind::Level, key.level.as_deref()),
                Cell::count(count.new),
                Cell::count(count.enterprises),
            ]);
        }
        if !self.rows.is_empty() {
            table.total = Some(vec![Cell::Missing, Cell::Missing, Cell::count(self.count()), Cell::Missing]);
        }
        self.notes(&mut table);
        table
    }

    fn notes(&self, table: &mut Table) {
        let (new, enterprises) = (self.all.new, self.all.enterprises);
        table.note(
            format!(
                "new: recognised within the days that count; two platforms of one enterprise are two platforms and one enterprise: {} of {}",
                many(new, "platform", "platforms"),
                many(enterprises, "distinct enterprise", "distinct enterprises")
            ),
            format!(
                "新增：在统计时间内认定；同一企业的两个平台计两个平台、一家企业：共{new}个平台，去重后{enterprises}家企业"
            ),
        );
        let (unclear, undated) = (self.unclear, self.undated);
        if unclear + undated > 0 {
            table.note(
                format!(
                    "not counted: {unclear} whose date is not known well enough, {undated} without a date"
                ),
                format!("未计入：日期不完整、无法判断的{unclear}个，未记录日期的{undated}个"),
            );
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
