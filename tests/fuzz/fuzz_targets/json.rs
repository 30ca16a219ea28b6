//! Any text as JSON and as JSON lines.
#![no_main]

use kunpeng::import::read::{json, limits::Limits};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let limits = Limits::default();
    let _ = json::list(text, &limits);
    let _ = json::lines(text, &limits);
});
