//! Any bytes as a workbook of this form. Here the reader runs in the process that is fuzzed; the tool runs it in one
//! of its own, because what is found here is mostly in the crate that reads workbooks.
#![no_main]

use kunpeng::import::form::Form;
use kunpeng::import::limits::Limits;
use kunpeng::import::workbook;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 10_000_000, cells: 100_000, ..Limits::default() };
    let _ = workbook::grids(bytes, Form::Ods, &limits);
});
