//! Tables brought in, in stages that each use only those before them:
//!
//! 1. [`read`]: bytes → sheets, as they stand in the file.
//! 2. [`layout`]: sheet → table: title, unit line, header, rows, totals, notes.
//! 3. [`columns`]: headers → fields, by ids, synonyms and the user's own mapping.
//! 4. [`rows`]: cells → values, and what they refer to.
//! 5. [`plan`]: rows → a change of the records, or everything that is wrong with the file.
//!
//! It knows the records but not where they are stored. [`export`] is the way back: records as rows under the same
//! columns.

pub mod columns;
pub mod export;
pub mod layout;
pub mod plan;
pub mod read;
pub mod rows;
