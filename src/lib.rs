//! petik reads the news by who said what.
//!
//! ```text
//! text/       strings: sanitise, fold, width, wrap, spans                         leaf
//! words/      lexicons and gazetteers of data/, ready to ask                      the only reader of data/
//! article/    Article, its annotations, its frame (dateline and credit line)
//! load/       bytes, files, folders → Article                                     one file a format
//! annotate/   Article → Annotations                                               pure
//! search/     query language, arena, matcher                                      pure
//! export/     Article and Annotations → forms for other people and tools               pure
//! library/    collections: articles, names, quotes, state
//! app/        the pure state machine: Model, Message, Action, update → Effects
//! view/       &Model → cells                                                      pure
//! runtime/    the only impure part: tokio loop, terminal, effects
//! cli/        one file a subcommand
//! ```
//!
//! The flow, one way:
//!
//! ```text
//! bytes ─load→ Article ─→ a row on the screen at once
//!                      └─annotate (in batches, visible rows first)→ Annotations ─library→ names, quotes, arena
//! key ─keymap(context)→ Action → Message ─update(&mut Model)→ Effects ─perform→ Message
//! &Model ─view→ Buffer ─ratatui diff→ terminal
//! ```
//!
//! Imports point down: `text ← words ← article ← load, annotate, search, export ← library ← app ← view ← runtime ← cli ← main`;
//! `load`, `annotate`, `search` and `export` do not know each other. `tests/architecture.rs` holds this.

pub mod annotate;
pub mod app;
pub mod article;
pub mod cli;
pub mod export;
pub mod library;
pub mod load;
pub mod runtime;
pub mod search;
pub mod text;
pub mod view;
pub mod words;
