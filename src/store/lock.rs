//! The lock on a data folder: one writer, or any number of readers. The system gives it back when its holder
//! ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{StoreError, failed};
use crate::model::text::Text;
use crate::text;

/// Its file.
pub const LOCK: &str = ".kunpeng/lock";

/// How often somebody who waits looks again.
const PAUSE: Duration = Duration::from_millis(5);

/// How long to wait for somebody else, and how to say so.
pub struct LockOptions<'p> {
    /// How long.
    pub wait: Duration,
    /// Who asks, for whoever waits for them in turn.
    pub holder: String,
    /// Told once, as soon as there is something to wait for.
    pub tell: &'p dyn Fn(&Text),
}

impl LockOptions<'_> {
    /// Does not wait, and says nothing.
    pub fn none() -> Self {
        Self { wait: Duration::ZERO, holder: String::new(), tell: &|_| {} }
    }
}

/// Takes the lock to write.
pub fn exclusive(root: &Path, options: &LockOptions<'_>) -> Result<File, StoreError> {
    let path = root.join(LOCK);
    let open =
        || OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o666).open(&path);
    let mut file = acquire(&path, options, &open, &File::try_lock)?;
    // Only for whoever waits: a failure changes nothing.
    let _ = sign(&mut file, &options.holder);
    Ok(file)
}

/// Takes the lock to read.
pub fn shared(root: &Path, options: &LockOptions<'_>) -> Result<File, StoreError> {
    let path = root.join(LOCK);
    acquire(&path, options, &|| File::open(&path), &File::try_lock_shared)
}

fn acquire(
    path: &Path,
    options: &LockOptions<'_>,
    open: &dyn Fn() -> io::Result<File>,
    lock: &dyn Fn(&File) -> Result<(), TryLockError>,
) -> Result<File, StoreError> {
    if path.symlink_metadata().is_ok_and(|it| !it.is_file()) {
        return Err(StoreError::NotOrdinary(path.to_owned()));
    }
    let started = Instant::now();
    let mut is_waiting = false;
    loop {
        let file = open().map_err(failed("lock", path))?;
        match lock(&file) {
            // Whoever took the file away in the meantime left a lock that nobody else sees.
            Ok(()) if is_same_file(&file, path) => return Ok(file),
            Ok(()) => continue,
            Err(TryLockError::Error(error)) => return Err(failed("lock", path)(error)),
            Err(TryLockError::WouldBlock) => {}
        }
        let holder = holder(file).unwrap_or_else(|| "another command".to_owned());
        if started.elapsed() >= options.wait {
            return Err(StoreError::Busy { path: path.to_owned(), holder, waited: options.wait });
        }
        if !is_waiting {
            (options.tell)(&text!("waiting for {holder}", "正在等待 {holder}"));
            is_waiting = true;
        }
        sleep(PAUSE.min(options.wait.saturating_sub(started.elapsed())));
    }
}

/// Whether a lock that was taken is still the one that others ask for.
pub fn is_held(lock: &File, root: &Path) -> bool {
    is_same_file(lock, &root.join(LOCK))
}

fn is_same_file(file: &File, path: &Path) -> bool {
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

fn sign(file: &mut File, holder: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{holder} (process {})", std::process::id())
}

fn holder(file: File) -> Option<String> {
    let mut text = String::new();
    file.take(400).read_to_string(&mut text).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_waits_says_for_whom_and_gives_up_in_time() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".kunpeng")).unwrap();
        let messages = std::cell::RefCell::new(Vec::new());
        let tell = |text: &Text| messages.borrow_mut().push(text.to_string());
        let options = |holder: &str| LockOptions {
            wait: Duration::from_millis(50),
            holder: holder.to_owned(),
            tell: &tell,
        };
        let first = exclusive(folder.path(), &options("the night job")).unwrap();
        let refused = exclusive(folder.path(), &options("a person"));
        assert!(matches!(refused, Err(StoreError::Busy { .. })));
        assert!(matches!(shared(folder.path(), &options("a reader")), Err(StoreError::Busy { .. })));
        assert!(messages.borrow()[0].starts_with("waiting for the night job (process "), "{messages:?}");
        drop(first);
        exclusive(folder.path(), &options("a person")).unwrap();
    }
}
