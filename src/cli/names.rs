//! `petik names`: who and what is named, counted.

use super::asked::Asked;
use super::output::Form;
use crate::article::Kind;
use crate::library::Counted;
use clap::{Args, ValueEnum};
use serde_json::json;
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

/// Left out where the terminal is too narrow for all, the first of them first.
const SPARE: [&str; 5] = ["last", "first", "country", "mentions", "kind"];

fn kind(name: &str) -> Result<Kind, String> {
    let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == name.to_ascii_lowercase());
    known.ok_or_else(|| format!("expected {}", Kind::ALL.map(Kind::as_str).join(", ")))
}

impl Names {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Some(found) = self.asked.find() else { return Ok(2) };
        let kinds = self.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
        let names = found.snapshot.names_of(&found.rows, &kinds, &AtomicBool::new(false)).unwrap_or_default();
        let by = |of: fn(Counted) -> u64| names.greatest(self.form.most(), |_, counted| Some(of(counted))).0;
        let order = match self.sort {
            Order::Articles => by(Counted::by_articles),
            Order::Quotes => by(Counted::by_quotes),
            Order::Newest => by(Counted::by_last),
            Order::Name => {
                let mut order: Vec<(String, u32)> =
                    (0..).zip(names.iter()).map(|(at, named)| (named.name, at)).collect();
                order.sort();
                order.into_iter().map(|(_, at)| at).collect()
            }
        };
        let rows = order.iter().filter_map(|&at| names.get(at as usize));
        let rows = rows.map(|named| {
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
        self.form.write(&NAMES, &[], &SPARE, rows)?;
        Ok(found.answered(names.len()))
    }
}
