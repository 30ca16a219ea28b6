//! Two texts side by side, line by line, in the format `patch` and people know.

/// How many lines around a change are shown.
const AROUND: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step<'t> {
    Same(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The lines that differ, with some around them, under the name of the file. Empty if nothing differs.
pub fn diff(name: &str, old: Option<&str>, new: Option<&str>) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.unwrap_or_default().lines().collect(), new.unwrap_or_default().lines().collect());
    let steps = steps(&before, &after);
    let shown = shown(&steps);
    if !shown.contains(&true) {
        return String::new();
    }
    let side = |text: Option<&str>, letter: &str| {
        text.map_or_else(|| "/dev/null".to_owned(), |_| format!("{letter}/{name}"))
    };
    let mut text = format!("--- {}\n+++ {}\n", side(old, "a"), side(new, "b"));
    let (mut at, mut line) = (0, [1, 1]);
    while at < steps.len() {
        let end = (at..steps.len()).find(|it| shown[*it] != shown[at]).unwrap_or(steps.len());
        let run = &steps[at..end];
        let counts = [
            run.iter().filter(|it| !matches!(it, Step::New(_))).count(),
            run.iter().filter(|it| !matches!(it, Step::Gone(_))).count(),
        ];
        if shown[at] {
            text.push_str(&hunk(run, line, counts));
        }
        (line[0], line[1]) = (line[0] + counts[0], line[1] + counts[1]);
        at = end;
    }
    text
}

fn hunk(run: &[Step<'_>], line: [usize; 2], counts: [usize; 2]) -> String {
    let start = |side: usize| if counts[side] == 0 { line[side] - 1 } else { line[side] };
    let mut text = format!("@@ -{},{} +{},{} @@\n", start(0), counts[0], start(1), counts[1]);
    for step in run {
        let (mark, line) = match step {
            Step::Same(line) => (' ', line),
            Step::Gone(line) => ('-', line),
            Step::New(line) => ('+', line),
        };
        text.push(mark);
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Which steps are near a change.
fn shown(steps: &[Step<'_>]) -> Vec<bool> {
    let changes: Vec<usize> = (0..steps.len()).filter(|at| !matches!(steps[*at], Step::Same(_))).collect();
    let mut shown = vec![false; steps.len()];
    for at in changes {
        let end = (at + AROUND + 1).min(steps.len());
        shown[at.saturating_sub(AROUND)..end].fill(true);
    }
    shown
}

/// A shortest way from one list of lines to the other.
fn steps<'t>(before: &[&'t str], after: &[&'t str]) -> Vec<Step<'t>> {
    let (rows, columns) = (before.len(), after.len());
    let mut longest = vec![vec![0_u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row][column] = if before[row] == after[column] {
                longest[row + 1][column + 1] + 1
            } else {
                longest[row + 1][column].max(longest[row][column + 1])
            };
        }
    }
    let (mut row, mut column, mut steps) = (0, 0, Vec::new());
    while row < rows || column < columns {
        if row < rows && column < columns && before[row] == after[column] {
            steps.push(Step::Same(before[row]));
            (row, column) = (row + 1, column + 1);
        } else if column == columns || (row < rows && longest[row + 1][column] >= longest[row][column + 1]) {
            steps.push(Step::Gone(before[row]));
            row += 1;
        } else {
            steps.push(Step::New(after[column]));
            column += 1;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_differs_and_a_little_around_it() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n";
        let expected = "--- a/f\n+++ b/f\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+10\n";
        assert_eq!(diff("f", Some(old), Some(new)), expected);
        assert_eq!(diff("f", None, Some("a\n")), "--- /dev/null\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n");
        assert_eq!(diff("f", Some(old), Some(old)), "");
    }
}
