//! petik as a process on a terminal.

mod grammar;
mod pty;
mod sizes;
mod unfit;
mod ways_out;
