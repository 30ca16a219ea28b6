//! How wide each column of a text table is.

/// What a column needs, and what it can do without.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The widest cell.
    pub body: usize,
    /// The label on one line.
    pub head: usize,
    /// The label on as many lines as it can take.
    pub narrow_head: usize,
    /// The widest cell that must not be cut.
    pub solid: usize,
    /// When its cells give way.
    pub turn: Turn,
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

/// No cell is cut to fewer columns than this.
pub const LEAST: usize = 8;

impl Need {
    /// How narrow it may become when all up to `turn` give way; before that only labels do.
    fn floor(&self, turn: Option<Turn>) -> usize {
        let gives_way = turn.is_some_and(|turn| self.turn <= turn);
        let body = if gives_way { self.body.min(self.solid.max(LEAST)) } else { self.body };
        body.max(self.narrow_head)
    }
}

/// The widths of columns that share `available`: labels give way first, then cells by their turn, always the
/// widest column of those that can. Wider in sum than `available` only where nothing more can give way.
pub fn widths(needs: &[Need], available: Option<usize>) -> Vec<usize> {
    let mut widths: Vec<usize> = needs.iter().map(|need| need.body.max(need.head)).collect();
    if let Some(available) = available {
        for turn in [None, Some(Turn::First), Some(Turn::Second)] {
            let floors: Vec<usize> = needs.iter().map(|need| need.floor(turn)).collect();
            narrow(&mut widths, &floors, available);
        }
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

    fn need(body: usize, head: usize, narrow_head: usize, turn: Turn) -> Need {
        let solid = if turn == Turn::Never { body } else { 0 };
        Need { body, head, narrow_head, solid, turn }
    }

    #[test]
    fn labels_give_way_before_names_and_names_before_other_text() {
        let needs = [
            need(18, 4, 4, Turn::Never),
            need(30, 8, 4, Turn::First),
            need(20, 8, 4, Turn::Second),
            need(3, 20, 6, Turn::Never),
        ];
        assert_eq!(widths(&needs, None), [18, 30, 20, 20]);
        assert_eq!(widths(&needs, Some(80)), [18, 30, 20, 12]);
        assert_eq!(widths(&needs, Some(70)), [18, 26, 20, 6]);
        assert_eq!(widths(&needs, Some(50)), [18, 8, 18, 6]);
        assert_eq!(widths(&needs, Some(20)), [18, 8, 8, 6]);
    }

    #[test]
    fn the_widest_of_two_names_gives_way_first() {
        let needs = [need(30, 4, 4, Turn::First), need(12, 4, 4, Turn::First)];
        assert_eq!(widths(&needs, Some(26)), [14, 12]);
        assert_eq!(widths(&needs, Some(20)), [10, 10]);
    }
}
