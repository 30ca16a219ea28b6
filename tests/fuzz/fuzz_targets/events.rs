//! Any bytes as what the process that reads workbooks reports: sheets within the limits, or refused.
#![no_main]

use kunpeng::import::read::limits::Limits;
use kunpeng::import::read::SheetChoice;
use kunpeng::import::read::workbook::assemble::Assembly;
use kunpeng::import::read::workbook::event::Event;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { cells: 10_000, columns: 64, characters: 256, ..Limits::default() };
    let mut assembly = Assembly::new(limits);
    let mut from = bytes;
    loop {
        let Ok(event) = Event::read(&mut from) else { return };
        let mut written = Vec::new();
        event.write(&mut written).unwrap();
        let again = Event::read(&mut &written[..]).unwrap();
        assert_eq!(again, event);
        if event == Event::End {
            break;
        }
        if assembly.take(event).is_err() {
            return;
        }
    }
    let Ok(sheets) = assembly.finish() else { return };
    kunpeng_fuzz::find_tables(&sheets, SheetChoice::Only);
});
