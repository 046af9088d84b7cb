//! petik as a process on a terminal.

mod grammar;
mod hostile;
mod idle;
mod panics;
mod pty;
mod sizes;
mod unfit;
mod ways_out;
