//! Any text as an entry of history, and what stands behind a line of dashes as its personal data; checksums
//! aside.
#![no_main]

use std::collections::HashSet;

use kunpeng::store::history::Entry;

/// The text without its last line.
fn unsealed(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap();
    &text[..text.rfind('\n').map_or(0, |at| at + 1)]
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (text, private) = text.split_once("---\n").unwrap_or((text, ""));
    let Some(mut entry) = Entry::parse(text) else { return };
    let _ = entry.join(private);
    let mut again = Entry::parse(unsealed(&entry.write())).unwrap();
    if let Some(private) = entry.write_private() {
        again.join(unsealed(&private)).unwrap();
    }
    let paths: HashSet<&str> = entry.files.iter().map(|file| file.path.as_str()).collect();
    if paths.len() == entry.files.len() {
        assert_eq!(again, entry);
    }
});
