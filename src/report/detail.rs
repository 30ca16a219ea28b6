//! Columns that detail what others say: where there is no room for all, they are left out first.

/// Of the tables that have some, in the order in which they are left out. An enterprise whose name stands beside is
/// found by that.
#[rustfmt::skip]
const DETAILS: &[(&str, &[&str])] = &[
    ("activities", &["host", "hours", "person_times", "excused", "edition", "place", "aspect", "absent"]),
    ("attendance", &["enterprise", "person_times"]),
    ("candidates", &["enterprise"]),
    ("editions", &["seats", "planned_start", "planned_end"]),
    ("engagement", &["days_since"]),
    ("enterprises", &["id", "class", "founded"]),
    ("indicators", &["unit", "members", "median_of", "median_growth", "reported_start", "reported_end", "start", "end"]),
    ("members", &["enterprise"]),
    ("missing", &["enterprise"]),
    ("platforms-list", &["document"]),
    ("projects-list", &["level", "submitted"]),
    ("recognitions-list", &["let_go", "action", "document"]),
    ("roster", &["enterprise", "class", "no", "founded"]),
];

/// The place of a column among those a table leaves out first.
pub fn detail(table: &str, column: &str) -> Option<usize> {
    let (_, details) = DETAILS.iter().find(|(id, _)| *id == table)?;
    details.iter().position(|id| *id == column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, every_table};

    #[test]
    fn details_are_columns_of_their_table() {
        let store = Store::rich();
        let tables = every_table(&store.view());
        for (id, details) in DETAILS {
            let mut of_id = tables.iter().filter(|table| table.id == *id).peekable();
            assert!(of_id.peek().is_some(), "no table `{id}`");
            let columns: Vec<&str> =
                of_id.flat_map(|table| table.columns.iter().map(|column| column.id.as_str())).collect();
            for column in *details {
                assert!(columns.contains(column), "`{column}` of `{id}`");
                assert!(detail(id, column).is_some());
            }
        }
    }
}
