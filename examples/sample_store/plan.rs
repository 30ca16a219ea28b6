//! Who takes part in which edition, in a store of any size.

use chrono::NaiveDate;
use kunpeng::model::date::Date;
use kunpeng::model::id::{EditionId, EnterpriseId};

use crate::random::day;

/// The enterprises of the default store; the numbers below are of it, and grow with the store.
pub const WHOLE: usize = 262;

/// The members of each edition: 110, 103 and 104, some of them in two or three.
/// Each range is the first place and the one after the last.
const MEMBERS: [&[(usize, usize)]; 3] = [&[(0, 110)], &[(80, 183)], &[(104, 110), (152, 250)]];

/// From this enterprise on, all applied to edition 3 in vain.
const REFUSED: usize = 250;

/// With more enterprises than this, they lie in folders of so many.
const FOLDER: usize = 1000;

/// The days things happen on in an edition.
#[derive(Clone, Copy)]
pub struct Window {
    /// The edition's id.
    pub edition: &'static str,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Whether the edition is over.
    pub is_over: bool,
}

/// The editions.
pub const WINDOWS: [Window; 3] = [
    Window { edition: "1", first: day(2019, 3, 1), last: day(2020, 12, 25), is_over: true },
    Window { edition: "2", first: day(2022, 1, 13), last: day(2023, 11, 15), is_over: true },
    Window { edition: "3", first: day(2023, 11, 16), last: day(2024, 10, 31), is_over: false },
];

/// How large the store is.
#[derive(Clone, Copy)]
pub struct Plan {
    enterprises: usize,
}

/// A membership, as far as attendance asks for it.
pub struct Member {
    /// The enterprise's place.
    pub index: usize,
    /// The enterprise.
    pub id: EnterpriseId,
    /// The edition.
    pub edition: EditionId,
    /// When it joined.
    pub joined: Option<Date>,
    /// When it left.
    pub left: Option<Date>,
}

impl Plan {
    /// A store of so many enterprises.
    pub fn of(enterprises: usize) -> Self {
        Self { enterprises }
    }

    /// How many enterprises there are.
    pub fn enterprises(self) -> usize {
        self.enterprises
    }

    /// The editions an enterprise takes part in, by their places.
    pub fn editions(self, index: usize) -> Vec<usize> {
        let is_in = |(first, end): &(usize, usize)| (self.edge(*first)..self.edge(*end)).contains(&index);
        (0..MEMBERS.len()).filter(|edition| MEMBERS[*edition].iter().any(is_in)).collect()
    }

    /// Whether an enterprise applied in vain.
    pub fn is_refused(self, index: usize) -> bool {
        index >= self.edge(REFUSED)
    }

    /// Activities are held for groups about as large as the default store.
    pub fn groups(self) -> usize {
        (self.enterprises / WHOLE).max(1)
    }

    /// The group of an enterprise.
    pub fn group_of(self, index: usize) -> usize {
        index % self.groups()
    }

    /// The folder below `enterprises/`, with its `/`.
    pub fn folder_of(self, index: usize) -> String {
        if self.enterprises > FOLDER { format!("{:03}/", index / FOLDER) } else { String::new() }
    }

    fn edge(self, of_whole: usize) -> usize {
        of_whole * self.enterprises / WHOLE
    }
}
