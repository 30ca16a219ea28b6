//! Records one by one: made, listed, shown, changed, edited, removed.

mod activity;
mod edit;
mod edition;
mod enterprise;
mod entry;
mod membership;
mod store;
mod undo;
