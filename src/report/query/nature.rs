//! What a column or field holds, as far as conditions are concerned: which operators it takes, and how a value for it
//! is written.

use super::operator::Operator;
use crate::model::candidacy::Decision;
use crate::model::edition::Life;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::membership::Outcome;
use crate::model::own_field::{FieldOwner, FieldType, OwnField};
use crate::model::project::State;
use crate::model::recognition::Action;
use crate::model::text::Text;
use crate::report::label;
use crate::report::missing::CHECKS;
use crate::report::size::Size;
use crate::report::table::{Column, Kind as Holds, Table};
use crate::report::view::View;
use crate::text;

/// A word of a closed list: its id and its labels.
pub type Choice = (String, [String; 2]);

/// Where words come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain<'r> {
    /// Records of a kind, or a word list of the programme.
    Kind(Kind),
    /// A closed list.
    Choices(Vec<Choice>),
    /// A field of one's own.
    Own(&'r OwnField),
}

/// What a column or field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Nature<'r> {
    /// One word.
    Word(Domain<'r>),
    /// Several words.
    Words(Domain<'r>),
    /// A class of industry, within wider ones.
    Class,
    /// A period.
    Period,
    /// Any text.
    Text,
    /// A number of what has this unit, money excepted.
    Count(Option<String>),
    /// Any number, money too.
    Number,
    /// A share or a rate.
    Rate,
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
}

impl<'r> Nature<'r> {
    /// What a column of a table holds.
    pub fn of_column(view: &View<'r>, table: &Table, column: &Column) -> Self {
        if let Some(own) = own_field(view, &table.id, &column.id) {
            return Self::of_own_field(own);
        }
        let word = || word(&table.id, column);
        match column.kind {
            Holds::Coded => word().map_or(Self::Text, Self::Word),
            Holds::Id => match column.id.as_str() {
                "enterprise" => Self::Word(Domain::Kind(Kind::Enterprise)),
                "id" if table.id == "enterprises" => Self::Word(Domain::Kind(Kind::Enterprise)),
                _ => Self::Text,
            },
            Holds::Text => match column.id.as_str() {
                "modules" => Self::Words(Domain::Kind(Kind::Module)),
                "titles" => Self::Words(Domain::Kind(Kind::Title)),
                "editions" => Self::Words(Domain::Kind(Kind::Edition)),
                "town" => Self::Word(Domain::Kind(Kind::Town)),
                "class" => Self::Class,
                "period" => Self::Period,
                "missing" => Self::Words(Domain::Choices(CHECKS.map(item).into())),
                _ => Self::Text,
            },
            Holds::Name | Holds::Mixed => Self::Text,
            Holds::Count => Self::Count(column.unit.clone()),
            Holds::Number if column.unit.is_some() => Self::Count(column.unit.clone()),
            Holds::Number | Holds::Amount => Self::Number,
            Holds::Share | Holds::Rate => Self::Rate,
            Holds::Date => Self::Date,
        }
    }

    /// What a field of one's own holds.
    pub fn of_own_field(own: &'r OwnField) -> Self {
        match own.kind {
            FieldType::Text => Self::Text,
            FieldType::Words => Self::Words(Domain::Own(own)),
            FieldType::Count => Self::Count(None),
            FieldType::Number | FieldType::Amount => Self::Number,
            FieldType::Share => Self::Rate,
            FieldType::Date => Self::Date,
            FieldType::YesNo => Self::YesNo,
        }
    }

    /// Whether conditions on it may have this operator.
    pub fn takes(&self, operator: Operator) -> bool {
        use Operator::{Contains, Has, Is, IsMissing, IsNot, IsThere, Lacks};
        match operator {
            Is | IsNot | IsMissing | IsThere => true,
            Contains => matches!(self, Self::Word(_) | Self::Words(_) | Self::Text | Self::Class),
            Has | Lacks => matches!(self, Self::Words(_)),
            _ => !matches!(self, Self::Word(_) | Self::Class | Self::Text | Self::YesNo),
        }
    }

    /// What it holds, in words.
    pub fn describe(&self) -> Text {
        match self {
            Self::Word(_) => text!("a word", "一个词"),
            Self::Words(_) => text!("several words", "多个词"),
            Self::Class => text!("a class of industry", "行业分类"),
            Self::Period => text!("a period", "报告期"),
            Self::Text => text!("text", "文本"),
            Self::Count(_) | Self::Number => text!("a number", "数字"),
            Self::Rate => text!("a rate", "比率"),
            Self::Date => text!("a date", "日期"),
            Self::YesNo => text!("yes or no", "是或否"),
        }
    }
}

/// The field of one's own that a column of a list shows.
fn own_field<'r>(view: &View<'r>, table: &str, column: &str) -> Option<&'r OwnField> {
    let owner = match table {
        "industries" => FieldOwner::Industries,
        "editions" => FieldOwner::Editions,
        "enterprises" => FieldOwner::Enterprises,
        "activities" => FieldOwner::Activities,
        "candidates" | "candidacies-list" => FieldOwner::Candidates,
        "members" | "memberships-list" => FieldOwner::Members,
        "recognitions-list" => FieldOwner::Recognitions,
        "platforms-list" => FieldOwner::Platforms,
        "projects-list" => FieldOwner::Projects,
        "needs-list" => FieldOwner::Needs,
        _ => return None,
    };
    view.records.programme.fields.get(&owner)?.get(column)
}

/// Where the words of a coded column come from.
fn word(table: &str, column: &Column) -> Option<Domain<'static>> {
    Some(match (table, column.id.as_str()) {
        ("editions", "state") => Domain::Choices(lives()),
        ("due", "what") => Domain::Choices(["planned_end", "title_expires", "title_ended"].map(item).into()),
        (_, "state") => Domain::Choices(choices(State::ALL, State::id, State::label)),
        (_, "enterprise") => Domain::Kind(Kind::Enterprise),
        (_, "industry") => Domain::Kind(Kind::Industry),
        (_, "edition") => Domain::Kind(Kind::Edition),
        (_, "aspect") => Domain::Kind(Kind::Aspect),
        (_, "title") => Domain::Kind(Kind::Title),
        (_, "level") => Domain::Kind(Kind::Level),
        (_, "kind") => Domain::Kind(Kind::PlatformKind),
        (_, "category") => Domain::Kind(Kind::Category),
        (_, "reason") => Domain::Kind(Kind::ExitReason),
        (_, "metric") => Domain::Kind(Kind::Metric),
        (_, "outcome") => outcomes(),
        (_, "size") => sizes(),
        (_, "decision") => Domain::Choices(choices(Decision::ALL, Decision::id, Decision::label)),
        (_, "action") => Domain::Choices(choices(Action::ALL, Action::id, Action::label)),
        _ => return None,
    })
}

/// How memberships end.
pub fn outcomes() -> Domain<'static> {
    Domain::Choices(choices(Outcome::ALL, Outcome::id, Outcome::label))
}

/// How large enterprises are.
pub fn sizes() -> Domain<'static> {
    Domain::Choices(choices(Size::ALL, Size::id, Size::label))
}

fn choices<T: Copy>(
    all: &[T],
    id: impl Fn(T) -> &'static str,
    label: impl Fn(T, Lang) -> &'static str,
) -> Vec<Choice> {
    let labels = |it: T| [label(it, Lang::En).to_owned(), label(it, Lang::Zh).to_owned()];
    all.iter().map(|it| (id(*it).to_owned(), labels(*it))).collect()
}

fn lives() -> Vec<Choice> {
    choices(&Life::IDS, |id| id, Life::label_of)
}

fn item(id: &str) -> Choice {
    (id.to_owned(), Lang::ALL.map(|lang| label::item(id, lang).to_owned()))
}
