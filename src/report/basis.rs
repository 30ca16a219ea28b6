//! What all figures of a document rest on: the day and the change they are as of, and whether they were sealed then.

use super::view::View;
use crate::model::lang::Lang;
use crate::model::text::Text;
use crate::text;

/// What figures rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The last day that counts.
    pub day: String,
    /// The last change that counts; 0 is before any.
    pub change: u64,
    /// Whether the figures are those that were sealed when an edition closed on that day.
    pub is_sealed: bool,
    /// What else holds for all of them, such as whose figures they are.
    pub said: Vec<Text>,
}

impl Basis {
    /// The records as a view sees them.
    pub fn live(view: &View, change: u64) -> Self {
        Self { day: view.today.to_string(), change, is_sealed: false, said: Vec::new() }
    }

    /// The same, with what else is to be said.
    #[must_use]
    pub fn saying(self, said: Vec<Text>) -> Self {
        Self { said, ..self }
    }

    /// What is said of all figures, as of when they are last.
    pub fn texts(&self) -> impl Iterator<Item = Text> {
        self.said.iter().cloned().chain([self.as_of()])
    }

    /// The same in a language.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        self.texts().map(|text| text.of(lang).to_owned()).collect()
    }

    /// As of when the figures are.
    fn as_of(&self) -> Text {
        let Self { day, change, .. } = self;
        match (self.is_sealed, change) {
            (false, 0) => text!("counted live, as of {day}", "按现有记录统计，截至{day}"),
            (false, _) => {
                text!(
                    "counted live, as of {day} and change {change}",
                    "按现有记录统计，截至{day}、变更{change}"
                )
            }
            (true, 0) => text!(
                "sealed when the edition closed on {day}, before any change: what was mended later is not in it",
                "期次于{day}结束时封存（其时尚无变更记录），不含其后的更正"
            ),
            (true, _) => text!(
                "sealed when the edition closed on {day}, at change {change}: what was mended later is not in it",
                "期次于{day}结束时封存（变更{change}），不含其后的更正"
            ),
        }
    }
}
