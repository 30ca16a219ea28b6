//! The one door through which a text that the user names is read whole: up to a size, and refused beyond it before memory
//! is taken for it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::failure::Failure;
use crate::model::text::Text;
use crate::text;

/// Reads a text of at most so many bytes; `-` is standard input. `help` says what to do with a longer one.
pub fn text(path: &Path, most: u64, help: Text) -> Result<String, Failure> {
    let unread = |error| {
        let message = text!("cannot read `{path}`", "无法读取“{path}”", path = path.display());
        Failure::because(message, error)
    };
    let too_large = || {
        let message = text!(
            "`{path}` has more than {megabytes} MB; it was not read",
            "“{path}”超过 {megabytes} MB，没有读取",
            path = path.display(),
            megabytes = most >> 20
        );
        Failure::undone(message, help)
    };
    let bytes =
        if path.as_os_str() == "-" { up_to(io::stdin().lock(), most) } else { up_to_of_file(path, most) };
    let bytes = bytes.map_err(unread)?.ok_or_else(too_large)?;
    String::from_utf8(bytes).map_err(|_| {
        unread(io::Error::new(io::ErrorKind::InvalidData, text!("it is not UTF-8 text", "不是 UTF-8 文本")))
    })
}

/// All bytes of a file, if there are no more than that.
pub fn up_to_of_file(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let is_too_large = file.metadata().is_ok_and(|known| known.is_file() && known.len() > most);
    if is_too_large { Ok(None) } else { up_to(file, most) }
}

/// All bytes, if there are no more than that.
fn up_to(from: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let is_too_large = u64::try_from(bytes.len()).is_ok_and(|length| length > most);
    Ok((!is_too_large).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_than_asked_for_is_not_read() {
        assert_eq!(up_to(&b"abc"[..], 3).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(up_to(&b"abcd"[..], 3).unwrap(), None);
        assert_eq!(up_to(io::repeat(b'x'), 1 << 20).unwrap(), None);
    }
}
