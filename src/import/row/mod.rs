//! What a row of each kind of table becomes.

pub mod attendance;
pub mod entry;
pub mod indicator;
pub mod record;
