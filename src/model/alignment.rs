//! Which entries of two states of a list are the same one.

use super::value::Value;

/// Which entry of the old list each entry of the new list continues: what both lists begin and end with, and
/// between that one by one, or, where entries came or went, what is alike.
pub fn alignment(old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    let shorter = old.len().min(new.len());
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(shorter - head).take_while(|(a, b)| a == b).count();
    let mut next = head;
    (0..new.len())
        .map(|index| {
            if index < head {
                return Some(index);
            }
            if index >= new.len() - tail {
                return Some(index + old.len() - new.len());
            }
            if old.len() == new.len() {
                return Some(index);
            }
            let found = (next..old.len() - tail).find(|candidate| are_alike(&old[*candidate], &new[index]));
            next = found.map_or(next, |found| found + 1);
            found
        })
        .collect()
}

/// The same where entries are told apart by a key: first those of the same key; of what is left, what stands in the
/// same place and has anything in common, then what has most in common.
pub fn keyed_alignment<K: PartialEq>(
    old: &[Value],
    new: &[Value],
    key: impl Fn(&Value) -> K,
) -> Vec<Option<usize>> {
    let mut free: Vec<usize> = (0..old.len()).collect();
    let mut found = vec![None; new.len()];
    let mut take = |is_it: &dyn Fn(usize, usize) -> bool| {
        for (at, found) in found.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
            let same = free.iter().position(|index| is_it(*index, at));
            *found = same.map(|same| free.remove(same));
        }
    };
    take(&|index, at| key(&old[index]) == key(&new[at]));
    if old.len() == new.len() {
        take(&|index, at| index == at && shared(&old[index], &new[at]).0 > 0);
    }
    take(&|index, at| is_mostly(&old[index], &new[at]));
    found
}

/// Whether two entries share most of their values.
pub fn is_mostly(old: &Value, new: &Value) -> bool {
    let (shared, old, new) = shared(old, new);
    shared * 2 > old.max(new)
}

/// How many values two entries share, and how many each has.
fn shared(old: &Value, new: &Value) -> (usize, usize, usize) {
    let (Value::Table(old), Value::Table(new)) = (old, new) else { return (usize::from(old == new), 1, 1) };
    let shared = old.iter().filter(|(key, value)| new.get(key) == Some(value)).count();
    (shared, old.entries().len(), new.entries().len())
}

/// Whether two entries share at least half of their values.
fn are_alike(old: &Value, new: &Value) -> bool {
    let (shared, old, new) = shared(old, new);
    shared > 0 && shared * 2 >= old.min(new)
}
