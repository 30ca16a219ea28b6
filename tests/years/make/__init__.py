"""The years of workbooks that `tests/it/years.rs` replays."""
