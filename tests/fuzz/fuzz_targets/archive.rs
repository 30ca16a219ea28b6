//! Any bytes as a workbook, up to where a process of its own reads it: what it is, and how much is in it.
#![no_main]

use kunpeng::import::read::format::FileFormat;
use kunpeng::import::read::limits::Limits;
use kunpeng::import::read::workbook::archive;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 10_000_000, ..Limits::default() };
    if let Ok(FileFormat::Xlsx | FileFormat::Ods) = FileFormat::of(bytes)
        && archive::look(bytes, &limits).is_ok()
    {
        for part in archive::parts(bytes) {
            archive::layout(bytes, &part, &mut |_| true);
        }
    }
});
