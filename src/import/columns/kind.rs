//! The kinds of tables that can be brought in and taken out, and their columns.

use crate::model::contact::Contact;
use crate::model::entry::{self, EntryKind};
use crate::model::field;
use crate::model::id::WordKey;
use crate::model::kind::Kind;
use crate::model::own_field::{FieldOwner, FieldType, OwnField};
use crate::model::records::Records;
use crate::model::shape::choice;

/// Columns that only sign-in sheets have.
pub const SIGN_IN: [&str; 5] = ["person", "post", "phone", "signature", "note"];

/// Columns that only a ledger of visits has: a row is an activity with that enterprise present.
pub const LEDGER: [&str; 2] = ["enterprise", "heads"];

/// The columns that only a table of figures one below another has.
pub const METRIC: &str = "metric";
/// What a figure of such a table is in.
pub const UNIT: &str = "unit";
/// The figures of such a table.
pub const VALUE: &str = "value";
/// All of them.
pub const LONG_FORM: [&str; 3] = [METRIC, UNIT, VALUE];

choice! {
    /// A kind of table.
    pub enum ImportKind {
        /// Focus industries.
        Industries = "industries", "industries", "产业";
        /// Editions.
        Editions = "editions", "editions", "期次";
        /// Enterprises.
        Enterprises = "enterprises", "enterprises", "企业";
        /// Candidacies and scores.
        Candidates = "candidates", "candidates", "候选企业";
        /// Memberships.
        Members = "members", "members", "入选企业";
        /// Activities.
        Activities = "activities", "activities", "活动";
        /// Attendance.
        Attendance = "attendance", "attendance", "出席";
        /// Figures by period.
        Indicators = "indicators", "indicators", "指标";
        /// Titles.
        Recognitions = "recognitions", "recognitions", "资质";
        /// R&D platforms.
        Platforms = "platforms", "platforms", "研发平台";
        /// Applications for schemes.
        Projects = "projects", "projects", "项目";
        /// Needs.
        Needs = "needs", "needs", "诉求";
    }
}

/// What a row of a table becomes.
#[derive(Debug, Clone, Copy)]
pub enum Becomes {
    /// A record with a file of its own.
    Record(Kind),
    /// An entry of a list in an enterprise's file.
    Entry(&'static EntryKind),
    /// Whether an enterprise was at an activity.
    Attendance,
    /// The figures of an enterprise for a period.
    Indicators,
}

impl ImportKind {
    /// What a row becomes.
    pub fn becomes(self) -> Becomes {
        match self {
            Self::Industries => Becomes::Record(Kind::Industry),
            Self::Editions => Becomes::Record(Kind::Edition),
            Self::Enterprises => Becomes::Record(Kind::Enterprise),
            Self::Activities => Becomes::Record(Kind::Activity),
            Self::Candidates => Becomes::Entry(&entry::CANDIDATE),
            Self::Members => Becomes::Entry(&entry::MEMBER),
            Self::Recognitions => Becomes::Entry(&entry::RECOGNITION),
            Self::Platforms => Becomes::Entry(&entry::PLATFORM),
            Self::Projects => Becomes::Entry(&entry::PROJECT),
            Self::Needs => Becomes::Entry(&entry::NEED),
            Self::Attendance => Becomes::Attendance,
            Self::Indicators => Becomes::Indicators,
        }
    }

    /// The columns of this kind of table, in the order they are exported.
    pub fn columns(self, records: &Records) -> Vec<String> {
        let fixed: &[&str] = match self {
            Self::Industries => &["id", "name", "name_en", "note"],
            Self::Editions => &[
                "id",
                "name",
                "name_en",
                "planned_start",
                "planned_end",
                "opened",
                "closed",
                "seats",
                "organisers",
                "undertaken_by",
                "industries",
                "aspects",
                "modules",
                "indicator_years",
                "note",
                "targets",
                "expect",
                "rubric",
            ],
            Self::Enterprises => &[
                "credit_code",
                "id",
                "name",
                "name_en",
                "industry",
                "class",
                "town",
                "founded",
                "modules",
                "joined",
                "applied",
                "note",
                "former_names",
                "former_codes",
                "not_same",
            ],
            Self::Candidates => &["enterprise", "edition", "applied", "modules", "decision", "decided"],
            Self::Activities => {
                &["id", "edition", "aspect", "title", "date", "end", "hours", "place", "host", "note"]
            }
            Self::Attendance => &["activity", "enterprise", "status", "heads"],
            Self::Indicators => &["enterprise", "period"],
            Self::Members | Self::Recognitions | Self::Platforms | Self::Projects | Self::Needs => {
                &["enterprise"]
            }
        };
        let mut columns: Vec<String> = fixed.iter().map(|&column| column.to_owned()).collect();
        match (self, self.becomes()) {
            (Self::Candidates, _) => {
                let criteria = records.editions.values().flat_map(|edition| edition.rubric.keys());
                for criterion in criteria.map(ToString::to_string) {
                    if !columns.contains(&criterion) {
                        columns.push(criterion);
                    }
                }
                columns.push("reviewer".to_owned());
            }
            (Self::Enterprises, _) => {
                columns.extend(Contact::KEYS.iter().filter(|key| **key != "more").map(|&key| key.to_owned()));
            }
            (Self::Indicators, _) => {
                columns.extend(records.programme.metrics.keys().map(ToString::to_string));
            }
            (_, Becomes::Entry(kind)) => columns.extend(kind.fields.iter().map(|&field| field.to_owned())),
            _ => {}
        }
        columns.extend(self.own_fields(records).map(|(id, _)| id.to_string()));
        columns
    }

    /// What the fields of one's own of its rows are declared for.
    pub fn owner(self) -> Option<FieldOwner> {
        match self.becomes() {
            Becomes::Record(kind) => field::owner(kind),
            Becomes::Entry(kind) => Some(kind.owner),
            Becomes::Attendance | Becomes::Indicators => None,
        }
    }

    /// The fields of one's own that its rows can have.
    pub fn own_fields(self, records: &Records) -> impl Iterator<Item = (&WordKey, &OwnField)> {
        let fields = self.owner().and_then(|owner| records.programme.fields.get(&owner));
        fields.into_iter().flatten()
    }

    /// Whether a column is of persons, who are exported only where they are asked for.
    pub fn is_personal(self, column: &str, records: &Records) -> bool {
        let is_own = |(id, field): (&WordKey, &OwnField)| id.as_str() == column && field.is_personal();
        self == Self::Enterprises && Contact::KEYS.contains(&column) || self.own_fields(records).any(is_own)
    }

    /// Whether a column stands in the table of another kind: modules and the day of joining belong to memberships, the
    /// day of applying to candidacies.
    pub fn is_elsewhere(self, column: &str) -> bool {
        self == Self::Enterprises && ["modules", "joined", "applied"].contains(&column)
    }

    /// Whether a column is a field of one's own that holds dates.
    pub fn is_own_date(self, column: &str, records: &Records) -> bool {
        self.own_fields(records).any(|(id, field)| id.as_str() == column && field.kind == FieldType::Date)
    }

    /// Whether a column holds a number, be it of money or of other things.
    pub fn is_figure(self, column: &str, records: &Records) -> bool {
        let is_number = |kind| matches!(kind, FieldType::Count | FieldType::Number | FieldType::Share);
        let is_own = |(id, field): (&WordKey, &OwnField)| id.as_str() == column && is_number(field.kind);
        let is_criterion = || records.editions.values().any(|edition| edition.rubric.contains_key(column));
        ["hours", "heads", "seats"].contains(&column)
            || self.own_fields(records).any(is_own)
            || self == Self::Candidates && is_criterion()
    }

    /// Whether a column holds money, which may be given in another unit.
    pub fn is_money(self, column: &str, records: &Records) -> bool {
        let is_own =
            |(id, field): (&WordKey, &OwnField)| id.as_str() == column && field.kind == FieldType::Amount;
        if self.own_fields(records).any(is_own) {
            return true;
        }
        match self {
            Self::Projects => matches!(column, "requested" | "granted"),
            Self::Indicators | Self::Enterprises => records
                .programme
                .metrics
                .get(column)
                .is_some_and(|metric| metric.kind == crate::model::word::MetricKind::Amount),
            _ => false,
        }
    }
}
