//! The terminal while another program uses it: what is typed to interrupt that is not for petik.
//!
//! The terminal sends Ctrl-C to both, and petik may hear of it only when the other program has ended by it and the
//! terminal is petik's again. So interrupts are counted from both ends, in whatever order they come.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// One process has one terminal.
static TERMINAL: Lent = Lent::new();

struct Lent {
    now: AtomicBool,
    /// Interrupts that ended the other program, less those that petik has heard of meanwhile.
    owed: AtomicI32,
}

impl Lent {
    const fn new() -> Lent {
        Lent { now: AtomicBool::new(false), owed: AtomicI32::new(0) }
    }

    fn lend(&self) {
        self.owed.store(0, Ordering::SeqCst);
        self.now.store(true, Ordering::SeqCst);
    }

    fn ended_by_interrupt(&self) {
        self.owed.fetch_add(1, Ordering::SeqCst);
    }

    fn is_for_another(&self) -> bool {
        let heard = |owed: i32| (self.now.load(Ordering::SeqCst) || owed > 0).then_some(owed - 1);
        self.owed.fetch_update(Ordering::SeqCst, Ordering::SeqCst, heard).is_ok()
    }
}

/// From now on another program uses the terminal.
pub(super) fn lend() {
    TERMINAL.lend();
}

/// The terminal is petik's again.
pub(super) fn take_back() {
    TERMINAL.now.store(false, Ordering::SeqCst);
}

/// The other program was ended by an interrupt, of which petik hears too. Said before the terminal is taken back.
pub(super) fn ended_by_interrupt() {
    TERMINAL.ended_by_interrupt();
}

/// Whether an interrupt that petik hears of was meant for the other program.
pub(super) fn is_for_another() -> bool {
    TERMINAL.is_for_another()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupt_that_is_heard_late_is_not_for_petik() {
        let terminal = Lent::new();
        assert!(!terminal.is_for_another());
        // Heard before the other program has ended, and after the terminal was taken back.
        for late in [false, true] {
            terminal.lend();
            if !late {
                assert!(terminal.is_for_another());
            }
            terminal.ended_by_interrupt();
            terminal.now.store(false, Ordering::SeqCst);
            if late {
                assert!(terminal.is_for_another());
            }
            assert!(!terminal.is_for_another(), "the next one ends petik");
        }
    }
}
