//! Any text as a record in JSON.
#![no_main]

use kunpeng::model::programme::RecordFormat;

libfuzzer_sys::fuzz_target!(|text: &str| kunpeng_fuzz::record(RecordFormat::Json, text));
