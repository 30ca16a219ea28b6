//! How the cells of a workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, XlsxError};

use crate::model::lang::Lang;

const RULE: Color = Color::RGB(0x00BF_BFBF);
const HEAD: Color = Color::RGB(0x00DC_E6F1);
const LINK: Color = Color::RGB(0x001F_4E99);
const NOTE: Color = Color::RGB(0x0059_5959);

/// Whether a cell belongs to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Plain,
    Total,
}

/// How days are shown.
pub const DAY: &str = "yyyy-mm-dd";

/// The looks of one workbook, all in one font.
#[derive(Debug, Clone)]
pub struct Style {
    base: Format,
    column_pixels: u32,
}

impl Style {
    /// A font that the spreadsheet programs of the language bring along.
    pub fn of(lang: Lang) -> Self {
        let base = Format::new().set_font_size(11).set_align(FormatAlign::VerticalCenter);
        match lang {
            Lang::En => Self { base: base.set_font_name("Calibri").set_font_family(2), column_pixels: 64 },
            Lang::Zh => Self { base: base.set_font_name("宋体").set_font_charset(134), column_pixels: 72 },
        }
    }

    /// Makes the font that of empty cells too: their width is counted in it.
    pub fn install(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        book.set_default_format(&self.base, 20, self.column_pixels)?;
        Ok(())
    }

    pub fn title(&self) -> Format {
        self.base.clone().set_bold().set_font_size(16)
    }

    pub fn head(&self) -> Format {
        let boxed = self.base.clone().set_border(FormatBorder::Thin).set_border_color(RULE);
        boxed.set_bold().set_background_color(HEAD).set_align(FormatAlign::Center).set_text_wrap()
    }

    pub fn text(&self, weight: Weight) -> Format {
        self.cell(weight).set_align(FormatAlign::Left).set_indent(1).set_text_wrap()
    }

    pub fn number(&self, number_format: &str, weight: Weight) -> Format {
        self.cell(weight).set_align(FormatAlign::Right).set_num_format(number_format)
    }

    pub fn date(&self, weight: Weight) -> Format {
        self.cell(weight).set_align(FormatAlign::Left).set_num_format(DAY)
    }

    pub fn link(&self) -> Format {
        let text = self.text(Weight::Plain);
        text.set_font_color(LINK).set_underline(FormatUnderline::Single)
    }

    /// The way back to the contents.
    pub fn way_back(&self) -> Format {
        self.base.clone().set_font_color(LINK).set_underline(FormatUnderline::Single)
    }

    pub fn note(&self) -> Format {
        let small = self.base.clone().set_font_size(10).set_font_color(NOTE);
        small.set_align(FormatAlign::Left).set_align(FormatAlign::Top).set_text_wrap()
    }

    fn cell(&self, weight: Weight) -> Format {
        let cell = self.base.clone().set_border(FormatBorder::Thin).set_border_color(RULE);
        match weight {
            Weight::Plain => cell,
            Weight::Total => cell.set_bold().set_border_top(FormatBorder::Medium),
        }
    }
}
