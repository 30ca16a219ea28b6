//! The few words that are set off where escape sequences may be used.

/// Sets words off, if it may.
#[derive(Debug, Clone, Copy)]
pub struct Ansi(pub bool);

impl Ansi {
    /// For titles and labels.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// For what matters less: notes, and what is missing.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// For errors.
    pub fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    /// For warnings.
    pub fn yellow(self, text: &str) -> String {
        self.with("1;33", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
