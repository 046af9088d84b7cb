//! Disjoint sets of numbers (Tarjan 1975): of each number one above it in its set; itself where it stands for the set.

/// The number that stands for the set of `at`; halves the way there.
pub(super) fn find(up: &mut [u32], at: u32) -> u32 {
    let mut at = at;
    while let Some(&above) = up.get(at as usize)
        && above != at
    {
        let higher = up.get(above as usize).copied().unwrap_or(above);
        if let Some(slot) = up.get_mut(at as usize) {
            *slot = higher;
        }
        at = higher;
    }
    at
}

/// Makes one set of those of two numbers, for which the smaller of the two that stood for them stands.
pub(super) fn unite(up: &mut [u32], one: u32, other: u32) {
    let (one, other) = (find(up, one), find(up, other));
    if let Some(slot) = up.get_mut(one.max(other) as usize) {
        *slot = one.min(other);
    }
}
