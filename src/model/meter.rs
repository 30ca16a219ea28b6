//! How far long work has come: counted by whoever does it, read by whoever shows it.

use std::sync::atomic::{AtomicU64, Ordering};

/// A count of steps done, of a total that may not be known.
#[derive(Debug, Default)]
pub struct Meter {
    done: AtomicU64,
    total: AtomicU64,
}

impl Meter {
    /// Begins anew, with so many steps ahead.
    pub fn expect(&self, total: usize) {
        self.expect_bytes(u64::try_from(total).unwrap_or(u64::MAX));
    }

    /// The same, where a step is a byte.
    pub fn expect_bytes(&self, total: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// One step is done.
    pub fn step(&self) {
        self.add(1);
    }

    /// So many steps are done.
    pub fn add(&self, steps: u64) {
        self.done.fetch_add(steps, Ordering::Relaxed);
    }

    /// What is done and the total, once that is known.
    pub fn read(&self) -> Option<(u64, u64)> {
        let total = self.total.load(Ordering::Relaxed);
        (total > 0).then(|| (self.done.load(Ordering::Relaxed).min(total), total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_before_the_total_is_known_and_never_more_than_it() {
        let meter = Meter::default();
        meter.step();
        assert_eq!(meter.read(), None);
        meter.expect(2);
        assert_eq!(meter.read(), Some((0, 2)));
        meter.add(3);
        assert_eq!(meter.read(), Some((2, 2)));
    }
}
