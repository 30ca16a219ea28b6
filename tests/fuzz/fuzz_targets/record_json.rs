//! Any text as a record in JSON.
#![no_main]

use kunpeng::model::programme::Form;

libfuzzer_sys::fuzz_target!(|text: &str| kunpeng_fuzz::record(Form::Json, text));
