//! What a merge with git leaves in a file where both sides changed the same lines.

use std::ops::Range;

/// One conflict: where it lies, and the lines of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The bytes of its first marker.
    pub marker: Range<usize>,
    /// What the marker calls our side.
    pub ours: String,
    /// The first and last line of our side; the last is before the first where there are none.
    pub our_lines: (usize, usize),
    /// What the marker calls their side.
    pub theirs: String,
    /// The lines of their side.
    pub their_lines: (usize, usize),
}

/// Every conflict that is marked as git does; lines are counted from 1.
pub fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    // The start of the conflict, the line behind our side, the line before their side.
    let mut open: Option<(usize, Range<usize>, String)> = None;
    let mut ours_end = None;
    let mut theirs_start = None;
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let (number, bytes) = (index + 1, offset..offset + line.trim_end().len());
        offset += line.len();
        if let Some(name) = marker(line, "<<<<<<<") {
            open = Some((number, bytes, name.to_owned()));
            (ours_end, theirs_start) = (None, None);
        } else if open.is_some() && marker(line, "|||||||").is_some() {
            ours_end = Some(number);
        } else if open.is_some() && marker(line, "=======").is_some() {
            ours_end = ours_end.or(Some(number));
            theirs_start = Some(number);
        } else if let Some(theirs) = marker(line, ">>>>>>>")
            && let (Some((start, marker, ours)), Some(end), Some(middle)) =
                (open.take(), ours_end, theirs_start)
        {
            found.push(Conflict {
                marker,
                ours,
                our_lines: (start + 1, end - 1),
                theirs: theirs.to_owned(),
                their_lines: (middle + 1, number - 1),
            });
        }
    }
    found
}

/// What follows a marker on its line.
fn marker<'l>(line: &'l str, marker: &str) -> Option<&'l str> {
    let rest = line.trim_end().strip_prefix(marker)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_both_sides_are_told_apart() {
        let text = "a = 1\n<<<<<<< HEAD\nb = 2\nc = 3\n||||||| base\nb = 0\n=======\nb = 4\n>>>>>>> other\nd = 5\n<<<<<<< HEAD\n=======\ne = 6\n>>>>>>> 1a2b3c (subject)\n";
        let found: Vec<_> =
            conflicts(text).into_iter().map(|it| (it.our_lines, it.their_lines, it.theirs)).collect();
        assert_eq!(
            found,
            [((3, 4), (8, 8), "other".to_owned()), ((12, 11), (13, 13), "1a2b3c (subject)".to_owned())]
        );
        assert_eq!(&text[conflicts(text)[1].marker.clone()], "<<<<<<< HEAD");
    }

    #[test]
    fn a_heading_of_equals_signs_is_no_conflict() {
        assert_eq!(conflicts("=======\nnote\n<<<<<<<< x\n>>>>>>> y\n"), []);
    }
}
