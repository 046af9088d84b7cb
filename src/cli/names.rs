//! `petik names`: who and what is named, counted.

use super::asked::Asked;
use super::output::Form;
use crate::article::Kind;
use crate::library::Named;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::cmp::Reverse;
use std::io;
use std::sync::atomic::AtomicBool;

#[derive(Args)]
pub(super) struct Names {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    form: Form,
    /// Only names of this kind.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// In what order; without it those in most articles first.
    #[arg(long, value_name = "ORDER", default_value = "articles")]
    sort: Order,
}

/// Orders of names.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Named in most articles first.
    Articles,
    /// Quoted most often first.
    Quotes,
    /// Named last first.
    Newest,
    /// By name.
    Name,
}

const NAMES: [&str; 8] = ["kind", "name", "articles", "quotes", "mentions", "country", "first", "last"];

fn kind(name: &str) -> Result<Kind, String> {
    let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == name.to_ascii_lowercase());
    known.ok_or_else(|| format!("expected {}", Kind::ALL.map(Kind::as_str).join(", ")))
}

impl Names {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Some(found) = self.asked.find() else { return Ok(2) };
        let kinds = self.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
        let names = found.snapshot.names_of(&found.rows, &kinds, &AtomicBool::new(false)).unwrap_or_default();
        let mut names: Vec<Named> = names.iter().collect();
        names.sort_by(|a, b| a.name.cmp(&b.name).then(a.kind.cmp(&b.kind)));
        match self.sort {
            Order::Articles => names.sort_by_key(|named| Reverse((named.articles, named.mentions))),
            Order::Quotes => names.sort_by_key(|named| Reverse((named.quotes, named.articles))),
            Order::Newest => names.sort_by_key(|named| Reverse(named.last)),
            Order::Name => {}
        }
        let rows = names.iter().map(|named| {
            vec![
                json!(named.kind.as_str()),
                json!(named.name),
                json!(named.articles),
                json!(named.quotes),
                json!(named.mentions),
                json!(named.country.map(|code| code.to_string())),
                json!(named.first.map(|day| day.to_string())),
                json!(named.last.map(|day| day.to_string())),
            ]
        });
        self.form.write(&NAMES, &[], rows)?;
        Ok(found.status(names.len()))
    }
}
