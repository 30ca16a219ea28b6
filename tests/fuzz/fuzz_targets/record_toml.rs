//! Any text as a record in TOML.
#![no_main]

use kunpeng::model::programme::FileFormat;
use kunpeng::store::document::parse;

libfuzzer_sys::fuzz_target!(|text: &str| {
    kunpeng_fuzz::record(FileFormat::Toml, text);
    // The quick reader leaves a text with a tab in a comment to the other one: both read the same.
    if !text.ends_with('\r') {
        let slowly = parse(FileFormat::Toml, &format!("{text}\n#\t\n"));
        assert_eq!(parse(FileFormat::Toml, text).ok(), slowly.ok());
    }
});
