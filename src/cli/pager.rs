//! The pager: what is longer than the screen is read in it.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// Where `PAGER` names none.
pub const DEFAULT: &str = "less -FRX";

/// Shows bytes in a pager and waits until it is left. Who leaves it early has read enough: that is no error.
pub fn show(pager: &str, bytes: &[u8]) -> io::Result<()> {
    let mut words = pager.split_whitespace();
    let program = words.next().ok_or(io::ErrorKind::NotFound)?;
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESSCHARSET").is_none() {
        // Without it, less shows Chinese as bytes where the locale says nothing.
        command.env("LESSCHARSET", "utf-8");
    }
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        match input.write_all(bytes) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
            _ => {}
        }
    }
    child.wait().map(drop)
}
