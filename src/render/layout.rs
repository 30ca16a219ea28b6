//! Which columns of a text table are shown, how wide each is, and where none of that helps.

/// What a column needs, and what it can do without.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The widest cell.
    pub body: usize,
    /// The label on one line.
    pub head: usize,
    /// The label on as many lines as it can take.
    pub narrow_head: usize,
    /// The narrowest its cells may become: those that must not be cut decide.
    pub narrow_body: usize,
    /// When its cells give way.
    pub turn: Turn,
    /// Its place in the order in which columns are left out.
    pub leaves: usize,
}

/// When the cells of a column give way to those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Before any other.
    First,
    /// After the first.
    Second,
    /// Not at all.
    Never,
}

/// No name is cut to fewer columns: six Chinese characters.
pub const NARROWEST_NAME: usize = 12;

/// A name of so many columns can be told from its neighbours: columns are left out before it is cut further.
pub const READABLE_NAME: usize = 20;

/// No other text is cut to fewer columns.
pub const NARROWEST_TEXT: usize = 8;

/// The columns between two columns.
pub const GAP: usize = 2;

/// A table of fewer columns says too little: names give way for them, else its rows are shown as blocks.
const FEWEST: usize = 4;

/// How a table fits a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// The columns that find room, by their places, with their widths; the others are left out.
    Columns(Vec<(usize, usize)>),
    /// One block of lines a row.
    Blocks,
}

impl Need {
    /// The same for a name that is not cut further than it can be read.
    fn readable(&self) -> Self {
        let narrow_body = match self.turn {
            Turn::First => self.narrow_body.max(READABLE_NAME),
            _ => self.narrow_body,
        };
        Self { narrow_body, ..*self }
    }

    /// How narrow it may become when all up to `turn` give way; before that only labels do.
    fn floor(&self, turn: Option<Turn>) -> usize {
        let gives_way = turn.is_some_and(|turn| self.turn <= turn);
        let body = if gives_way { self.body.min(self.narrow_body) } else { self.body };
        body.max(self.narrow_head)
    }
}

/// The layout of columns that share `available`: labels give way first, then cells by their turn, always the widest
/// column of those that can; then columns are left out in their order; where too few would be left, rows become
/// blocks.
pub fn layout(needs: &[Need], available: Option<usize>) -> Layout {
    let Some(available) = available else {
        let widths = needs.iter().map(|need| need.body.max(need.head));
        return Layout::Columns(widths.enumerate().collect());
    };
    let readable: Vec<Need> = needs.iter().map(Need::readable).collect();
    for needs in [&readable[..], needs] {
        let shown = fitting(needs, available);
        if shown.len() >= needs.len().min(FEWEST) {
            let shown_needs: Vec<Need> = shown.iter().map(|at| needs[*at]).collect();
            return Layout::Columns(shown.into_iter().zip(widths(&shown_needs, available)).collect());
        }
    }
    Layout::Blocks
}

/// Whether all columns find room, and names can be read.
pub fn has_room(needs: &[Need], available: Option<usize>) -> bool {
    let readable: Vec<Need> = needs.iter().map(Need::readable).collect();
    available.is_none_or(|available| fitting(&readable, available).len() == needs.len())
}

/// The columns that fit, as narrow as they may become: of those that leave last, each for which there is room.
fn fitting(needs: &[Need], available: usize) -> Vec<usize> {
    let mut last_first: Vec<usize> = (0..needs.len()).collect();
    last_first.sort_by_key(|at| std::cmp::Reverse(needs[*at].leaves));
    let (mut shown, mut taken) = (Vec::new(), 0);
    for at in last_first {
        let gap = if shown.is_empty() { 0 } else { GAP };
        let more = needs[at].floor(Some(Turn::Second)) + gap;
        if taken + more <= available {
            taken += more;
            shown.push(at);
        }
    }
    shown.sort_unstable();
    shown
}

fn gaps(count: usize) -> usize {
    GAP * count.saturating_sub(1)
}

fn widths(needs: &[Need], available: usize) -> Vec<usize> {
    let available = available - gaps(needs.len());
    let mut widths: Vec<usize> = needs.iter().map(|need| need.body.max(need.head)).collect();
    for turn in [None, Some(Turn::First), Some(Turn::Second)] {
        let floors: Vec<usize> = needs.iter().map(|need| need.floor(turn)).collect();
        narrow(&mut widths, &floors, available);
    }
    widths
}

fn narrow(widths: &mut [usize], floors: &[usize], available: usize) {
    let mut excess = widths.iter().sum::<usize>().saturating_sub(available);
    while excess > 0 {
        let can_give = widths.iter_mut().zip(floors).filter(|(width, floor)| **width > **floor);
        let Some((widest, _)) = can_give.max_by_key(|(width, _)| **width) else { return };
        *widest -= 1;
        excess -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns that are left out from the right.
    fn needs<const N: usize>(columns: [(usize, usize, usize, Turn); N]) -> Vec<Need> {
        columns.into_iter().enumerate().map(|(at, it)| Need { leaves: N - at, ..need(it) }).collect()
    }

    /// The columns that are shown one by one from the left, with such widths.
    fn first(widths: &[usize]) -> Layout {
        Layout::Columns(widths.iter().copied().enumerate().collect())
    }

    fn need((body, head, narrow_head, turn): (usize, usize, usize, Turn)) -> Need {
        let narrow_body = match turn {
            Turn::First => NARROWEST_NAME,
            Turn::Second => NARROWEST_TEXT,
            Turn::Never => body,
        };
        Need { body, head, narrow_head, narrow_body, turn, leaves: 0 }
    }

    #[test]
    fn labels_give_way_before_names_names_before_other_text_and_then_columns_are_left_out() {
        let needs = needs([
            (18, 4, 4, Turn::Never),
            (30, 8, 4, Turn::First),
            (20, 8, 4, Turn::Second),
            (3, 20, 6, Turn::Never),
        ]);
        let columns = |width| layout(&needs, width);
        assert_eq!(columns(None), first(&[18, 30, 20, 20]));
        assert_eq!(columns(Some(86)), first(&[18, 30, 20, 12]));
        assert_eq!(columns(Some(76)), first(&[18, 26, 20, 6]));
        assert_eq!(columns(Some(56)), first(&[18, 12, 14, 6]));
        assert_eq!(columns(Some(50)), first(&[18, 12, 8, 6]));
        assert_eq!(columns(Some(49)), Layout::Blocks);
    }

    #[test]
    fn a_name_stays_readable_as_long_as_enough_columns_are_left() {
        let mut needs = needs([
            (18, 4, 4, Turn::Never),
            (30, 8, 4, Turn::First),
            (10, 4, 4, Turn::Never),
            (10, 4, 4, Turn::Never),
            (10, 4, 4, Turn::Never),
        ]);
        assert_eq!(layout(&needs, Some(76)), first(&[18, 20, 10, 10, 10]));
        assert_eq!(layout(&needs, Some(75)), first(&[18, 30, 10, 10]));
        needs.truncate(4);
        assert_eq!(layout(&needs, Some(60)), first(&[18, 16, 10, 10]));
    }

    #[test]
    fn the_widest_of_two_names_gives_way_first() {
        let needs = needs([(30, 4, 4, Turn::First), (14, 4, 4, Turn::First)]);
        assert_eq!(layout(&needs, Some(30)), first(&[14, 14]));
        assert_eq!(layout(&needs, Some(26)), first(&[12, 12]));
        assert_eq!(layout(&needs, Some(25)), Layout::Blocks);
    }
}
