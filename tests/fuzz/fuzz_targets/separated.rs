//! Any bytes as a file: they are text, or refused. A workbook is refused here.
#![no_main]

use kunpeng::import::read::{ReadOptions, SheetChoice, sheets};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = sheets(bytes, &ReadOptions::default(), &|_, _| Ok(Vec::new())) {
        kunpeng_fuzz::find_tables(&file.sheets, SheetChoice::Only);
    }
});
