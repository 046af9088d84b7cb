//! An idle petik writes no byte and wakes no core.

use super::pty::{Session, Start};
use std::time::{Duration, Instant};

/// How often its threads have gone to sleep so far: each time but the first, something had woken one.
#[cfg(target_os = "linux")]
fn sleeps(session: &Session) -> (usize, u64) {
    let tasks = format!("/proc/{}/task", session.pid().as_raw_nonzero());
    let counts: Vec<u64> = std::fs::read_dir(tasks)
        .unwrap()
        // A thread may end while it is looked at.
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok())
        .map(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
            line.trim().parse::<u64>().unwrap()
        })
        .collect();
    (counts.len(), counts.iter().sum())
}

#[cfg(not(target_os = "linux"))]
fn sleeps(_: &Session) -> (usize, u64) {
    (0, 0)
}

/// Waits until nothing happens any more for a while, and looks whether it stays so.
pub(crate) fn assert_idle(session: &mut Session, stretch: Duration) {
    let begin = Instant::now();
    loop {
        let before = sleeps(session);
        if !session.read(Duration::from_millis(250)) && sleeps(session) == before {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "it does not come to rest");
    }
    let (before, written) = (sleeps(session), session.raw.len());
    let wrote = session.read(stretch);
    let after = sleeps(session);
    assert!(!wrote, "idle, it wrote {}", session.raw[written..].escape_ascii());
    assert_eq!(after, before, "idle, a thread woke");
}

#[test]
fn an_idle_petik_writes_nothing_and_sleeps() {
    let mut session = Start::petik::<&str>([]).start();
    session.sees("50 articles").loses(" %");
    assert_idle(&mut session, Duration::from_secs(2));
    // Nor in an article, in the filter with its cursor, or on a page.
    session.keys("l").sees("back");
    assert_idle(&mut session, Duration::from_millis(500));
    session.keys("/kor").sees(" of 50");
    assert_idle(&mut session, Duration::from_millis(500));
    session.keys("\r?").sees("In the list");
    assert_idle(&mut session, Duration::from_millis(500));
    session.keys("\x03");
    assert_eq!(session.ends().code, 130);
}

/// Longer than any thread of a pool is kept waiting for work: an idle one that ends has woken.
#[test]
#[ignore = "takes half a minute"]
fn an_idle_petik_sleeps_for_long() {
    let mut session = Start::petik::<&str>([]).start();
    session.sees("50 articles").loses(" %").keys("/kor").sees(" of 50");
    assert_idle(&mut session, Duration::from_secs(25));
}
