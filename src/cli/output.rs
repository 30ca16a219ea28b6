//! Where results go, in which format and with which columns.

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::outfile::{self, Access, Outfile, unwritten};
use super::session::Session;
use crate::model::nearest::did_you_mean;
use crate::render::csv::Separator;
use crate::render::{self, Format, Page, Screen};
use crate::report::View;
use crate::report::basis::Basis;
use crate::report::document::Document;
use crate::report::table::{Cell, Rows, Table, Visit};
use crate::text;

/// Options of every command that prints tables.
#[expect(clippy::struct_field_names, reason = "the field has the name of its option")]
#[derive(Debug, Clone, Default, Args)]
pub struct Output {
    /// Print in this format: table, csv, tsv, json, md, html, xlsx, docx or zip (csv, a file a
    /// table) ‖ 输出格式：table、csv、tsv、json、md、html、xlsx、docx 或 zip（每表一个 csv）
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write to a file, in the format its ending says; to a folder, which ends in `/`, a csv file a table; `-` is
    /// standard output ‖ 写入文件，格式由扩展名决定；以 `/` 结尾则写入文件夹，每表一个 csv；`-` 为标准输出
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Show these columns, by their ids, in this order ‖ 按此顺序显示这些列（列 id）
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub columns: Vec<String>,
}

impl Output {
    /// The format that is wanted.
    pub fn wanted(&self) -> Result<Format, Failure> {
        match (self.format, self.file()) {
            (Some(format), _) => Ok(format),
            (None, Some(path)) if is_folder(path) => Ok(Format::Csv),
            (None, Some(path)) => Format::from_path(path).map_err(Failure::Usage),
            (None, None) => Ok(Format::Table),
        }
    }

    /// The same for a table that has the wanted columns already.
    pub fn whole(&self) -> Self {
        Self { columns: Vec::new(), ..self.clone() }
    }

    /// The file that is wanted; none for standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }
}

impl Output {
    /// Prints tables where they are wanted.
    pub fn print(&self, session: &Session<'_>, tables: &[Table]) -> Result<(), Failure> {
        self.print_pages(session, &tables.iter().map(Page::of).collect::<Vec<_>>())
    }

    /// Prints tables that may have more rows than memory holds.
    pub fn print_pages(&self, session: &Session<'_>, pages: &[Page<'_>]) -> Result<(), Failure> {
        self.print_document(session, &Document::of(pages, session.environment.today, session.ui.lang()))
    }

    /// Prints tables of figures that rest on the same.
    pub fn print_counted(
        &self,
        session: &Session<'_>,
        view: &View<'_>,
        tables: &[Table],
        basis: Basis,
    ) -> Result<(), Failure> {
        let pages: Vec<Page<'_>> = tables.iter().map(Page::of).collect();
        let document = Document { basis: Some(basis), ..Document::of(&pages, view.today, view.lang) };
        self.print_document(session, &document)
    }

    /// Prints a document.
    pub fn print_document(&self, session: &Session<'_>, document: &Document<'_>) -> Result<(), Failure> {
        if self.columns.is_empty() {
            return self.write_document(session, document);
        }
        let chosen = choose(&document.pages(), &self.columns)?;
        let pages: Vec<Page<'_>> =
            chosen.iter().map(|chosen| Page { table: &chosen.table, rows: chosen }).collect();
        let of_columns = Document::of(&pages, document.day, document.lang);
        let (title, basis) = (document.title.clone(), document.basis.clone());
        self.write_document(session, &Document { title, basis, ..of_columns })
    }

    fn write_document(&self, session: &Session<'_>, document: &Document<'_>) -> Result<(), Failure> {
        let format = self.wanted()?;
        if let Some(folder) = self.file().filter(|path| is_folder(path)) {
            return write_folder(session, document, format, folder);
        }
        let shortened = if let Some(path) = self.file() {
            let mut out = Outfile::create(path, Access::Shared)?;
            let screen = Screen { lang: session.ui.lang(), ..Screen::default() };
            let shortened = render::write(document, format, &screen, &mut out).map_err(unwritten(path))?;
            out.finish().map_err(unwritten(path))?;
            session.ui.say(&text!("wrote {path}", "已写入 {path}", path = path.display()));
            shortened
        } else {
            let screen = session.ui.screen();
            if !format.is_text() {
                refuse_on_screen(session, format.id())?;
            }
            if screen.width.is_some() {
                let mut bytes = Vec::new();
                let shortened = render::write(document, format, &screen, &mut bytes)?;
                if matches!(format, Format::Csv | Format::Tsv) {
                    bytes = render::sanitise::for_terminal(&bytes);
                }
                session.ui.page(&bytes)?;
                shortened
            } else {
                session.ui.results(|out| render::write(document, format, &screen, out))?
            }
        };
        if matches!(format, Format::Csv | Format::Tsv) && document.parts().count() == 1 {
            // One table as csv has no place for what is said of its figures.
            let texts = document.basis.iter().flat_map(Basis::texts);
            texts.for_each(|text| session.ui.say(&text));
        }
        if !shortened.is_empty() {
            let (en, zh) = (shortened.join(", "), shortened.join("、"));
            session.ui.say(&text!(
                "shortened to fit the terminal: {en}; a wider one, `--format csv` or `-o FILE` shows all",
                "以下列因屏幕宽度被截短：{zh}；放宽窗口，或用 --format csv、-o 文件 查看全文"
            ));
        }
        Ok(())
    }

    /// Prints records as they are stored.
    pub fn print_stored(&self, session: &Session<'_>, value: &serde_json::Value) -> Result<(), Failure> {
        let text = render::json::escaped(&format!("{value:#}\n"));
        self.deliver(session, text.as_bytes(), Access::Shared)
    }

    /// Writes finished output to the file that is wanted, else to stdout.
    pub fn deliver(&self, session: &Session<'_>, bytes: &[u8], access: Access) -> Result<(), Failure> {
        match self.file() {
            Some(path) => {
                outfile::write(path, bytes, access)?;
                session.ui.say(&text!("wrote {path}", "已写入 {path}", path = path.display()));
                Ok(())
            }
            None => session.ui.page(bytes),
        }
    }
}

/// Writes a file a table into a folder.
fn write_folder(
    session: &Session<'_>,
    document: &Document<'_>,
    format: Format,
    folder: &Path,
) -> Result<(), Failure> {
    let separator = match format {
        Format::Csv => Separator::Comma,
        Format::Tsv => Separator::Tab,
        other => {
            return Err(Failure::Usage(text!(
                "{other} is one file and not a folder; name one with `-o`",
                "{other} 是单个文件而不是文件夹；请用 -o 指定文件",
                other = other.id()
            )));
        }
    };
    let files = render::files::files(document, separator)?;
    outfile::write_into(folder, &files, Access::Shared)?;
    session.ui.say(&text!(
        "wrote {count} files to {folder}",
        "已写入 {count} 个文件到 {folder}",
        count = files.len(),
        folder = folder.display()
    ));
    Ok(())
}

/// Refuses to show on a terminal what is no text.
pub fn refuse_on_screen(session: &Session<'_>, format: &str) -> Result<(), Failure> {
    if session.ui.screen().width.is_none() {
        return Ok(());
    }
    let message = text!("{format} is not text that a terminal can show", "终端无法显示 {format} 格式");
    Err(Failure::undone(message, text!("write it to a file with `-o FILE`", "请用 -o 写入文件")))
}

/// Whether a path means a folder.
fn is_folder(path: &Path) -> bool {
    let is_named_for_a_file = Format::from_path(path).is_ok();
    path.as_os_str().as_encoded_bytes().ends_with(b"/") || (path.is_dir() && !is_named_for_a_file)
}

/// A table with some of its columns.
struct Chosen<'p> {
    table: Table,
    rows: &'p dyn Rows,
    places: Vec<usize>,
}

impl Rows for Chosen<'_> {
    fn each(&self, visit: &mut Visit<'_>) -> std::io::Result<()> {
        self.rows.each(&mut |row| visit(&picked(row, &self.places)))
    }
}

fn picked(row: &[Cell], places: &[usize]) -> Vec<Cell> {
    places.iter().map(|at| row.get(*at).cloned().unwrap_or(Cell::Missing)).collect()
}

/// The chosen columns of each table; a table that has none of them is left out.
fn choose<'p>(pages: &[Page<'p>], ids: &[String]) -> Result<Vec<Chosen<'p>>, Failure> {
    let known: Vec<&str> =
        pages.iter().flat_map(|page| page.table.columns.iter().map(|column| column.id.as_str())).collect();
    if let Some(unknown) = ids.iter().find(|id| !known.contains(&id.as_str())) {
        let mut listed = known.clone();
        listed.dedup();
        let (en, zh) = (listed.join(", "), listed.join("、"));
        let help = did_you_mean(unknown, known.iter().copied())
            .map_or_else(|| text!("the columns are {en}", "可选的列：{zh}"), Into::into);
        let message = text!("there is no column `{unknown}`", "没有“{unknown}”这一列");
        return Err(Failure::undone(message, help));
    }
    let of = |page: &Page<'p>| {
        let place = |id: &String| page.table.columns.iter().position(|column| column.id == *id);
        let places: Vec<usize> = ids.iter().filter_map(place).collect();
        let columns = places.iter().map(|at| page.table.columns[*at].clone()).collect();
        let total = page.table.total.as_ref().map(|total| picked(total, &places));
        let table = Table { columns, total, rows: Vec::new(), ..page.table.clone() };
        (!places.is_empty()).then_some(Chosen { table, rows: page.rows, places })
    };
    Ok(pages.iter().filter_map(of).collect())
}
