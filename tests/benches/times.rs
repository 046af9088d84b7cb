//! Times of keys.

use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;

/// Time in milliseconds: on the clock or, on a machine that is busy with other things, what the cores spent on it,
/// divided by two.
pub(crate) fn now() -> f64 {
    let by_clock = std::env::var_os("PETIK_BENCH_CPU").is_none();
    let clock = if by_clock { ClockId::Monotonic } else { ClockId::ProcessCPUTime };
    let time = clock_gettime(clock);
    let milliseconds = time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6;
    if by_clock { milliseconds } else { milliseconds / 2.0 }
}

/// The times of keys in milliseconds.
#[derive(Default)]
pub(crate) struct Times(pub(crate) Vec<f64>);

impl Times {
    pub(crate) fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = now();
        let result = black_box(work());
        self.0.push(now() - start);
        result
    }

    pub(crate) fn percentile(&self, hundredths: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[(sorted.len() - 1) * hundredths / 100]
    }

    pub(crate) fn row(&self, what: &str) {
        let [p50, p99, max] = [50, 99, 100].map(|hundredths| self.percentile(hundredths));
        println!("{what:<44} p50 {p50:7.2}  p99 {p99:7.2}  max {max:7.2} ms");
    }
}
