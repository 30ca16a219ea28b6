//! Parts of long work, made ahead in a thread beside the one that takes them.

use std::sync::mpsc;
use std::thread;

/// How many parts may wait to be taken.
const WAITING: usize = 4;

/// Makes so many parts and takes each in its turn, until the first error. Where there are several, they are made in a
/// thread of their own, by a maker that belongs to it.
pub fn made_ahead<T: Send, E, M: FnMut(usize) -> T>(
    parts: usize,
    maker: impl FnOnce() -> M + Send,
    take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    if parts <= 1 {
        return (0..parts).map(maker()).try_for_each(take);
    }
    thread::scope(|scope| {
        let (sender, made) = mpsc::sync_channel(WAITING);
        scope.spawn(move || {
            let mut work = maker();
            (0..parts).all(|number| sender.send(work(number)).is_ok())
        });
        made.iter().try_for_each(take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_in_order_until_the_first_error() {
        for parts in [0, 1, 2, 100] {
            let mut taken = Vec::new();
            let all = made_ahead(
                parts,
                || |number| number,
                |part| {
                    taken.push(part);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!((all, taken), (Ok(()), (0..parts).collect()));
        }
        let mut taken = 0;
        let stopped = made_ahead(
            100,
            || |number| number,
            |part| {
                taken += 1;
                if part == 7 { Err("stop") } else { Ok(()) }
            },
        );
        assert_eq!((stopped, taken), (Err("stop"), 8));
    }
}
