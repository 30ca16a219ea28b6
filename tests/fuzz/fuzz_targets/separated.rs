//! Any bytes as a file: they are text, or refused.
#![no_main]

use kunpeng::import::read::{Reading, grids};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = grids(bytes, &Reading::default(), &|_, _| Ok(Vec::new()));
});
