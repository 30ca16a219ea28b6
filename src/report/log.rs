//! History as tables: the changes, and where the values of one record come from.

use super::change::{field, values};
use super::label;
use super::table::{Cell, Kind, Table};
use super::view::View;
use crate::model::change::{Difference, Edit};

/// One change.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number.
    pub change: u64,
    /// When.
    pub time: String,
    /// Who.
    pub actor: String,
    /// The command line, or what stands for it.
    pub what: What,
    /// Why.
    pub reason: Option<String>,
    /// How many records.
    pub records: usize,
}

/// What made a change.
#[derive(Debug, Clone)]
pub enum What {
    /// A command.
    Command(String),
    /// An editor.
    ByHand,
    /// Nothing: it was there before.
    Start,
}

/// One value of a record as a change left it.
#[derive(Debug, Clone)]
pub struct Step {
    /// The change.
    pub line: Line,
    /// The record.
    pub edit: Edit,
    /// The value.
    pub difference: Difference,
    /// The rows of imported files that say so.
    pub source: Option<String>,
}

/// The changes, one a row.
pub fn log(view: &View, lines: &[Line]) -> Table {
    let columns = [
        ("change", Kind::Count),
        ("time", Kind::Date),
        ("actor", Kind::Text),
        ("records", Kind::Count),
        ("command", Kind::Text),
        ("reason", Kind::Text),
    ];
    let mut table = view.table("log", &columns);
    for line in lines {
        let [change, time, actor, reason] = head(line);
        table.row(vec![change, time, actor, Cell::count(line.records), what(view, line), reason]);
    }
    table
}

/// Where the values of a record come from, the oldest first.
pub fn origin(view: &View, steps: &[Step]) -> Table {
    let columns = [
        ("change", Kind::Count),
        ("time", Kind::Date),
        ("actor", Kind::Text),
        ("field", Kind::Id),
        ("old", Kind::Text),
        ("new", Kind::Text),
        ("source", Kind::Text),
        ("command", Kind::Text),
        ("reason", Kind::Text),
    ];
    let mut table = view.table("log-of", &columns);
    for step in steps {
        let [change, time, actor, reason] = head(&step.line);
        let [old, new] = values(view, &step.edit.record, &step.difference);
        let field = field(view, &step.difference.path);
        let source = Cell::text(step.source.as_ref());
        table.row(vec![change, time, actor, field, old, new, source, what(view, &step.line), reason]);
    }
    table
}

fn head(line: &Line) -> [Cell; 4] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let change = usize::try_from(line.change).map_or(Cell::Missing, Cell::count);
    [change, Cell::Time(line.time.clone()), text(&line.actor), Cell::text(line.reason.as_ref())]
}

fn what(view: &View, line: &Line) -> Cell {
    Cell::Text(match &line.what {
        What::Command(command) => command.clone(),
        What::ByHand => label::item("by_hand", view.lang).to_owned(),
        What::Start => label::item("start", view.lang).to_owned(),
    })
}
