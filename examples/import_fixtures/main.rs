//! Writes the fixtures of the import tests: `cargo run --example import_fixtures`. Everything in them is made up;
//! the codes have an organisation part that is never issued.

mod archive;
mod book;
mod text;

use std::path::Path;

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime};

/// The code of the enterprise that most tables are about.
pub const CODE: &str = "91440114DEM0000127";

fn main() -> anyhow::Result<()> {
    let folder = Path::new("tests/fixtures/import");
    std::fs::create_dir_all(folder)?;
    for (name, bytes) in text::files() {
        std::fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"))?;
    }
    for (name, bytes) in archive::files()? {
        std::fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"))?;
    }
    for (name, write) in book::FILES {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        // The same bytes every time.
        workbook.set_properties(
            &DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?),
        );
        write(&mut workbook)?;
        workbook.save(folder.join(name)).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}
