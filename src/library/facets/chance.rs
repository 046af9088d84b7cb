//! How clearly a count is more, or fewer, than chance would have it.

/// The log-likelihood ratio G² (Dunning 1993) of a table of two by two: `both` of `here` articles and of `anywhere`, out
/// of `all`.
pub(super) fn likelihood(both: u64, here: u64, anywhere: u64, all: u64) -> f64 {
    let (both, here, anywhere, all) = (both as f64, here as f64, anywhere as f64, all as f64);
    let cells = [
        (both, here * anywhere),
        (here - both, here * (all - anywhere)),
        (anywhere - both, (all - here) * anywhere),
        (all - here - anywhere + both, (all - here) * (all - anywhere)),
    ];
    let part = |(seen, expected): (f64, f64)| {
        if seen > 0.0 && expected > 0.0 { seen * (seen * all / expected).ln() } else { 0.0 }
    };
    2.0 * cells.into_iter().map(part).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_is_dunnings() {
        // What is as often here as anywhere is no news; what is only here is.
        assert!(likelihood(5, 10, 50, 100).abs() < 1e-9);
        assert!(likelihood(10, 10, 10, 100) > likelihood(5, 10, 10, 100));
        // "bigram the swiss", Dunning 1993, table 2: 110, 2442, 111, 29114 → 270.72.
        assert!((likelihood(110, 2552, 221, 31777) - 270.72).abs() < 0.05);
    }
}
