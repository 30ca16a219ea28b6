//! Any text as HEAD, and with the checksum it would need.
#![no_main]

use kunpeng::store::head::Head;
use sha2::{Digest, Sha256};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let sum: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    for text in [text, &format!("{text} {sum}\n")] {
        if let Some(head) = Head::parse(text) {
            assert_eq!(Head::parse(&head.line()), Some(head));
        }
    }
});
