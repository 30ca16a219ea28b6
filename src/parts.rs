//! Long work in parts: made in threads beside, taken in order.

use std::sync::mpsc;
use std::thread;

/// How many parts of a thread may wait to be taken.
const WAITING: usize = 4;

/// Makes so many parts and takes each in its turn, until the first error. Where there are several they are made in
/// `threads` threads, each with a maker of its own, while others are taken here.
pub fn in_order<T: Send, E, M: FnMut(usize) -> T>(
    parts: usize,
    threads: usize,
    maker: impl Fn() -> M + Sync,
    take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    if parts <= 1 {
        return (0..parts).map(maker()).try_for_each(take);
    }
    thread::scope(|scope| {
        let start = |first: usize| {
            let (sender, made) = mpsc::sync_channel(WAITING);
            let maker = &maker;
            scope.spawn(move || {
                let mut numbers = (first..parts).step_by(threads);
                let mut work = maker();
                numbers.all(|number| sender.send(work(number)).is_ok())
            });
            made
        };
        let made: Vec<mpsc::Receiver<T>> = (0..threads).map(start).collect();
        // A thread that ends early has panicked, and so will the scope.
        let mut in_turn = (0..parts).zip(made.iter().cycle()).map_while(|(_, made)| made.recv().ok());
        in_turn.try_for_each(take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_in_order_until_the_first_error() {
        for (parts, threads) in [(0, 2), (1, 2), (2, 1), (100, 1), (101, 2), (100, 3)] {
            let mut taken = Vec::new();
            let whole = in_order(
                parts,
                threads,
                || |number| number * 2,
                |part| {
                    taken.push(part);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!((whole, taken), (Ok(()), (0..parts).map(|number| number * 2).collect()));
        }
        let mut taken = 0;
        let ended = in_order(
            100,
            2,
            || |number| number,
            |part| {
                taken += 1;
                if part == 7 { Err(part) } else { Ok(()) }
            },
        );
        assert_eq!((ended, taken), (Err(7), 8));
    }
}
