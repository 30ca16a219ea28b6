//! Any bytes as a workbook, up to where a process of its own reads it: what it is, and how much is in it.
#![no_main]

use kunpeng::import::form::Form;
use kunpeng::import::limits::Limits;
use kunpeng::import::workbook::archive;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 10_000_000, ..Limits::default() };
    if let Ok(Form::Xlsx | Form::Ods) = Form::of(bytes)
        && archive::look(bytes, &limits).is_ok()
    {
        for part in archive::parts(bytes) {
            archive::layout(bytes, &part, &mut |_| true);
        }
    }
});
