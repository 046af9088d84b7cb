//! petik as a process on a terminal.

mod copy;
mod export;
mod grammar;
mod hostile;
mod idle;
mod journey;
mod kept;
mod open;
mod panes;
mod panics;
mod pty;
mod sizes;
mod unfit;
mod ways_out;
