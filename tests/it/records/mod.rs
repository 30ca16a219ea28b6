//! Records one by one: made, listed, shown, changed, edited, removed.

mod activity;
mod edit;
mod edition;
mod enterprise;
mod entry;
mod membership;
mod one_record;
mod store;
mod undo;
