//! The figures an edition can set a target for.

use std::fmt;
use std::str::FromStr;

use super::id::TitleId;
use super::kind::Kind;
use super::lang::Lang;
use super::rule;
use super::shape::{MapKey, Misread, Scalar, Words, choice, expected};
use super::value::Value;
use crate::text;

choice! {
    /// A figure that needs no more to be said.
    pub enum Plain {
        /// Enterprises with a membership.
        Members = "members", "members", "入选企业";
        /// Members that graduated.
        Graduated = "graduated", "graduated", "结业企业";
        /// Activities.
        Activities = "activities", "activities", "活动场次";
        /// Hours of all activities.
        Hours = "hours", "hours of activities", "活动学时";
        /// Heads at all activities.
        PersonTimes = "person-times", "person-times", "参与人次";
        /// New R&D platforms.
        NewPlatforms = "new-platforms", "new R&D platforms", "新增研发平台";
        /// Projects approved.
        ProjectsApproved = "projects-approved", "projects approved", "获批项目";
        /// Money granted to projects.
        Granted = "granted", "amount granted", "获批金额";
        /// Needs closed.
        NeedsClosed = "needs-closed", "needs closed", "办结诉求";
    }
}

choice! {
    /// A share that needs no more to be said.
    pub enum Rate {
        /// Members at one activity or more, of all.
        Coverage = "coverage", "coverage", "覆盖面";
        /// Present of present and absent.
        Attendance = "attendance-rate", "attendance rate", "出席率";
        /// Needs closed of needs brought forward and received.
        Needs = "needs-rate", "share of needs closed", "诉求办结率";
    }
}

/// A cell of a table of the summary, written `TABLE/ROW/COLUMN`. The row is the id of its first cell (of a platform
/// `KIND/LEVEL`), `-` where it has none, `total` for the total.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPath {
    /// The table.
    pub table: String,
    /// The row.
    pub row: String,
    /// The column.
    pub column: String,
}

impl FromStr for CellPath {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        let parts = text.split_once('/').and_then(|(table, rest)| {
            let (row, column) = rest.rsplit_once('/')?;
            Some([table, row, column].map(str::trim))
        });
        let [table, row, column] =
            parts.filter(|parts| parts.iter().all(|part| !part.is_empty())).ok_or_else(|| {
                Misread::new(&rule::UNKNOWN_WORD, text!("`{text}` is not a figure", "“{text}”不是统计数"))
                    .help(text!(
                        "write it as TABLE/ROW/COLUMN: `recognitions/srdi/gained`",
                        "写法为 表/行/列，如 recognitions/srdi/gained"
                    ))
            })?;
        Ok(Self { table: table.to_owned(), row: row.to_owned(), column: column.to_owned() })
    }
}

impl fmt::Display for CellPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.table, self.row, self.column)
    }
}

impl CellPath {
    /// What its row stands for.
    fn refers(&self) -> Option<(Kind, &str)> {
        let kind = kind_of_rows(&self.table)?;
        (!matches!(self.row.as_str(), "total" | "-")).then_some((kind, self.row.as_str()))
    }

    /// The same figure where what its row stands for has another id; none if it stands for something else.
    pub fn renamed(&self, kind: Kind, old: &str, new: &str) -> Option<Self> {
        (self.refers() == Some((kind, old))).then(|| Self { row: new.to_owned(), ..self.clone() })
    }
}

/// What the rows of a table of the summary stand for.
pub fn kind_of_rows(table: &str) -> Option<Kind> {
    Some(match table {
        "enterprises-by-industry" => Kind::Industry,
        "enterprises-by-module" => Kind::Module,
        "activities-by-aspect" => Kind::Aspect,
        "attendance" => Kind::Enterprise,
        "recognitions" => Kind::Title,
        "indicators" => Kind::Metric,
        "needs" => Kind::Category,
        _ => return None,
    })
}

/// A figure of the summary that a target can be set for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// A figure of its own.
    Plain(Plain),
    /// A share of its own.
    Rate(Rate),
    /// Enterprises that gained a title, written `gained-TITLE`.
    Gained(TitleId),
    /// Enterprises that hold a title at the end, written `held-TITLE`.
    Held(TitleId),
    /// Any figure of any table.
    Cell(CellPath),
}

impl FromStr for Figure {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        if let Some(title) = text.strip_prefix("gained-") {
            return title.parse().map(Self::Gained);
        }
        if let Some(title) = text.strip_prefix("held-") {
            return title.parse().map(Self::Held);
        }
        if text.contains('/') {
            return text.parse().map(Self::Cell);
        }
        if let Ok(rate) = text.parse() {
            return Ok(Self::Rate(rate));
        }
        text.parse().map(Self::Plain).map_err(|misread: Misread| {
            let help = misread.help.unwrap_or_else(|| {
                text!(
                    "or `gained-TITLE`, `held-TITLE`, `TABLE/ROW/COLUMN`",
                    "也可写 gained-资质、held-资质、表/行/列"
                )
            });
            Misread { help: Some(help), ..misread }
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(plain) => plain.fmt(f),
            Self::Rate(rate) => rate.fmt(f),
            Self::Cell(path) => path.fmt(f),
            Self::Gained(title) => write!(f, "gained-{title}"),
            Self::Held(title) => write!(f, "held-{title}"),
        }
    }
}

impl MapKey for Figure {
    fn refers(&self) -> Option<(Kind, &str)> {
        match self {
            Self::Plain(_) | Self::Rate(_) => None,
            Self::Cell(path) => path.refers(),
            Self::Gained(title) | Self::Held(title) => Some((Kind::Title, title.as_str())),
        }
    }
}

/// A figure, and of which enterprises it is asked: `members where industry = new-energy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The figure.
    pub figure: Figure,
    /// The conditions enterprises must meet to be counted, as `--where` takes them; none means all.
    pub conditions: Vec<String>,
    text: String,
}

impl FromStr for Asked {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        let (figure, conditions) = match text.split_once(" where ") {
            Some((figure, conditions)) => (figure, conditions.split(" and ").map(str::trim).collect()),
            None => (text, Vec::new()),
        };
        let figure = match figure.trim() {
            "enterprises" => Figure::Plain(Plain::Members),
            figure => figure.parse()?,
        };
        if conditions.iter().any(|it: &&str| it.is_empty()) {
            return Err(Misread::new(
                &rule::UNKNOWN_WORD,
                text!("`{text}` names no condition", "“{text}”没有写明条件"),
            )
            .help(text!(
                "write it like `members where industry = new-energy and holds srdi`",
                "写法如 members where industry = new-energy and holds srdi"
            )));
        }
        let conditions = conditions.into_iter().map(str::to_owned).collect();
        Ok(Self { figure, conditions, text: text.to_owned() })
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Scalar for Asked {
    fn from_value(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Text(text) => text.parse(),
            other => Err(expected("text", &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_cell(text: &str, _: &dyn Words) -> Result<Self, Misread> {
        text.parse()
    }

    fn refers(&self) -> Option<(Kind, &str)> {
        MapKey::refers(&self.figure)
    }
}

impl Figure {
    /// The cell of the summary that has it.
    pub fn cell(&self) -> CellPath {
        let at = |table: &str, row: &str, column: &str| CellPath {
            table: table.to_owned(),
            row: row.to_owned(),
            column: column.to_owned(),
        };
        let overview = |item: &str| at("overview", item, "value");
        match self {
            Self::Plain(plain) => overview(&plain.to_string().replace('-', "_")),
            Self::Rate(Rate::Needs) => at("needs", "total", "rate"),
            Self::Rate(rate) => overview(&rate.to_string().replace('-', "_")),
            Self::Gained(title) => at("recognitions", title.as_str(), "gained"),
            Self::Held(title) => at("recognitions", title.as_str(), "held"),
            Self::Cell(path) => path.clone(),
        }
    }

    /// The label people read; `title` names a title.
    pub fn label(&self, lang: Lang, title: impl Fn(&TitleId) -> String) -> String {
        match self {
            Self::Plain(plain) => plain.label(lang).to_owned(),
            Self::Rate(rate) => rate.label(lang).to_owned(),
            Self::Cell(path) => path.to_string(),
            Self::Gained(id) => lang.pick(format!("gained: {}", title(id)), format!("新增：{}", title(id))),
            Self::Held(id) => lang.pick(format!("held: {}", title(id)), format!("有效：{}", title(id))),
        }
    }
}
