//! `--why TABLE/ROW/COLUMN`: the records behind one figure, with the file and line of each.

use super::failure::Failure;
use super::load::Loaded;
use super::output::Output;
use super::session::Session;
use crate::model::figure::CellPath;
use crate::model::finding::{Located, Part, Place};
use crate::model::text::Text;
use crate::report;
use crate::report::basis::Basis;
use crate::report::counted::{Counted, NoSuch};
use crate::report::evidence::Source;
use crate::report::reasons::Reasons;
use crate::report::table::Table;
use crate::report::view::View;
use crate::report::why::why;
use crate::text;

/// Reads the argument of `--why`.
pub fn cell(text: &str) -> Result<CellPath, Text> {
    text.parse::<CellPath>().map_err(|misread| match misread.help {
        Some(help) => text!("{message}; {help}", "{message}；{help}", message = misread.message, help = help),
        None => misread.message,
    })
}

/// Prints what a cell is made of.
pub fn print(
    session: &Session<'_>,
    loaded: &Loaded,
    view: &View,
    (counted, at): (&Counted, &CellPath),
    basis: Basis,
    output: &Output,
) -> Result<(), Failure> {
    let tables = why(view, counted, at, &|sources| places(loaded, sources)).map_err(|it| no_such(&it))?;
    output.print_counted(session, view, &tables, basis)
}

/// The reasons of every figure of tables, for a page that is to lead to them.
pub fn reasons<'r>(loaded: &Loaded, view: &View<'r>, counted: &[Counted<'r>], tables: &[Table]) -> Reasons {
    report::reasons::reasons(view, counted, tables, &|sources| places(loaded, sources))
}

/// The file and the line of each place; without the line where the records are those of an earlier change.
fn places(loaded: &Loaded, sources: &[Source]) -> Vec<Option<String>> {
    if loaded.is_outdated() {
        return sources
            .iter()
            .map(|source| Some(loaded.snapshot.file_of(&source.reference()).path))
            .collect();
    }
    let place =
        |source: &Source| Place::Field { record: source.reference(), path: source.path(), part: Part::Value };
    let wanted: Vec<Place> = sources.iter().map(place).collect();
    let shown = |located: Located| match located.position {
        Some((line, _)) => format!("{}:{line}", located.file),
        None => located.file,
    };
    loaded.store.locate(&loaded.snapshot, &wanted).into_iter().map(|located| located.map(shown)).collect()
}

/// Says that there is no such cell, with the nearest there is.
pub fn no_such(no_such: &NoSuch) -> Failure {
    Failure::undone(no_such.text(), no_such.help())
}
