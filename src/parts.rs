//! Two cores for one table: what a row says is read ahead while the rows before it are laid upon the store.

use std::sync::mpsc;
use std::thread;

/// So many rows are read at a time.
const CHUNK: usize = 512;

/// How many chunks may wait.
const WAITING: usize = 4;

/// Takes items in order, each with what is read from it by itself. Few are read here, many in a thread beside.
pub fn each<'i, I: Sync, T: Send>(
    items: &'i [I],
    read: impl Fn(&'i I) -> T + Send,
    mut take: impl FnMut(&'i I, T),
) {
    if items.len() <= CHUNK {
        for item in items {
            take(item, read(item));
        }
        return;
    }
    thread::scope(|scope| {
        let (sender, chunks) = mpsc::sync_channel::<Vec<T>>(WAITING);
        scope.spawn(move || {
            let mut chunks = items.chunks(CHUNK).map(|chunk| chunk.iter().map(&read).collect());
            chunks.all(|chunk| sender.send(chunk).is_ok())
        });
        for (item, read) in items.iter().zip(chunks.into_iter().flatten()) {
            take(item, read);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_order_with_what_was_read_from_them() {
        for count in [0, 1, CHUNK, CHUNK + 1, 10 * CHUNK + 7] {
            let items: Vec<usize> = (0..count).collect();
            let mut taken = Vec::new();
            each(&items, |item| item * 2, |item, read| taken.push((*item, read)));
            assert_eq!(taken, items.iter().map(|item| (*item, item * 2)).collect::<Vec<_>>());
        }
    }
}
