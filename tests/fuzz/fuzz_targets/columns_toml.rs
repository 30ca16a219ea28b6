//! Any text as the user's own list of columns, and with a map saved in it.
#![no_main]

use kunpeng::import::columns::kind::ImportKind;
use kunpeng::import::columns::names::{ColumnNames, GivenColumns};
use kunpeng::import::columns::saved_map;
use kunpeng_fuzz::RECORDS;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let names = |text: &str, kind: ImportKind| {
        let headers = ColumnNames::of(kind, &RECORDS, Some(text), GivenColumns::default())?;
        Ok::<_, String>(
            headers.names().map(|(name, id)| (name.to_owned(), id.to_owned())).collect::<Vec<_>>(),
        )
    };
    let map = vec![("营业收入（万元）".to_owned(), "revenue".to_owned()), ("a.b".to_owned(), "-".to_owned())];
    let saved = saved_map::put(text, (saved_map::HEADER_MAPS, "towns"), &map);
    if let Ok(saved) = &saved {
        assert_eq!(saved_map::find(saved, saved_map::HEADER_MAPS, "towns"), Ok(Some(map)), "saved as:\n{saved}");
        for other in ["a", "b", "maps", ""] {
            let of = |text: &str| saved_map::find(text, saved_map::HEADER_MAPS, other);
            assert_eq!(of(saved), of(text), "saved as:\n{saved}");
        }
    }
    let kind = ImportKind::ALL[kunpeng_fuzz::number_of(text) % ImportKind::ALL.len()];
    let found = names(text, kind);
    if let Ok(saved) = &saved {
        assert_eq!(names(saved, kind), found, "saved as:\n{saved}");
    }
});
