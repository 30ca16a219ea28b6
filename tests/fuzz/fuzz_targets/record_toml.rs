//! Any text as a record in TOML.
#![no_main]

use kunpeng::model::programme::RecordFormat;
use kunpeng::store::document::parse;

libfuzzer_sys::fuzz_target!(|text: &str| {
    kunpeng_fuzz::record(RecordFormat::Toml, text);
    // The quick reader leaves a text with a tab in a comment to the other one: both read the same.
    if !text.ends_with('\r') {
        let slowly = parse(RecordFormat::Toml, &format!("{text}\n#\t\n"));
        assert_eq!(parse(RecordFormat::Toml, text).ok(), slowly.ok());
    }
});
