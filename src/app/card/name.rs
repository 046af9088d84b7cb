//! The dossier of a person, a country, a place or an organisation.

use super::{Lead, Named, Sheet};
use crate::app::line::{carried_by, condition, said_by};
use crate::app::strip::{Look, Strip, aligned, bar, sparkline, wrapped};
use crate::app::views::View;
use crate::app::{grouped, plural};
use crate::article::{Grain, Kind};
use crate::library::{Dossier, Saying};
use crate::text::{clip, width};
use crate::words::{Language, countries};

/// Quotations shown of each sort.
const SAYINGS: usize = 8;
/// Others named with it.
const OTHERS: usize = 12;
/// Outlets.
const OUTLETS: usize = 8;
/// Articles.
const ARTICLES: usize = 30;
/// Lines of a quotation.
const LINES: usize = 4;

/// Lays out all that is known; `anywhere` when no article of the filter names it.
pub(super) fn lay_out(sheet: &mut Sheet<'_>, dossier: &Dossier, anywhere: bool) {
    // One begins at the name itself: what is done there is done with it.
    let named = &dossier.named;
    let own = condition(named.kind, &named.name, named.country);
    let name = wrapped(&named.name, sheet.width, LINES, Look::Name(named.kind));
    sheet.entry(Lead::View(View::Articles, own.clone()), name);
    if anywhere {
        sheet.text("Not in what the filter leaves. In all articles:", Look::Title);
    }
    head(sheet, dossier);
    timeline(sheet, dossier);
    if named.kind != Kind::Country || !dossier.by.is_empty() {
        let more = Lead::View(View::Quotes, said_by(&named.name));
        let all = match dossier.looked.said {
            (looked, of) if looked < of => number(named.quotes),
            _ => dossier.by.len(),
        };
        // Above are all that are carried; here each is once.
        let carried = Some(number(named.quotes)).filter(|&carried| carried > all);
        let many = carried.map_or_else(String::new, |carried| format!(" · {} with copies", grouped(carried)));
        sayings(sheet, "Said", &dossier.by, (all, format!("{}{many}", grouped(all))), more, false);
    }
    let about = if named.kind == Kind::Person { "Others about them" } else { "Others about it" };
    let (all, (looked, of)) = (dossier.about.len(), dossier.looked.about);
    let many = if looked < of {
        format!("{} in the newest {} of {}", grouped(all), grouped(looked), plural(of, "article"))
    } else {
        grouped(all)
    };
    sayings(sheet, about, &dossier.about, (all, many), Lead::View(View::Quotes, own), true);
    beside(sheet, dossier);
    outlets(sheet, dossier);
    sheet.heading("Articles", grouped(dossier.articles.len()));
    for &row in dossier.articles.iter().take(ARTICLES) {
        sheet.article(row, None);
    }
    let more = dossier.articles.len().saturating_sub(ARTICLES);
    if more > 0 {
        let own = condition(named.kind, &named.name, named.country);
        let line = Strip::of(format!("{} more", grouped(more)), Look::Quiet);
        sheet.entry(Lead::View(View::Articles, own), [line]);
    }
}

/// Role, country, counts, spellings.
fn head(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let named = &dossier.named;
    if let Some(role) = &dossier.role {
        sheet.text(role, Look::Plain);
    }
    let mut counts =
        vec![plural(dossier.articles.len(), "article"), plural(number(named.mentions), "mention")];
    if named.quotes > 0 {
        counts.push(plural(number(named.quotes), "quote"));
    }
    sheet.text(&counts.join(" · "), Look::Quiet);
    if let Some(country) = named.country.filter(|_| named.kind != Kind::Country) {
        let language = Language::ENGLISH;
        let name = countries().name(country, language).map_or_else(|| country.to_string(), str::to_owned);
        let identity = crate::library::Identity { kind: Kind::Country, key: country.to_string().into() };
        let line = Strip::of("of ", Look::Quiet).and(name.clone(), Look::Name(Kind::Country));
        sheet.entry(Lead::Name(Named { identity, name, country: Some(country) }), [line]);
    }
    let also = |list: &[(String, u64)], but: &str| {
        let others = list.iter().filter(|(text, _)| text != but).take(8);
        others
            .map(|(text, many)| format!("{text} {}", grouped(number(*many))))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let roles = also(&dossier.roles, dossier.role.as_deref().unwrap_or_default());
    if !roles.is_empty() {
        sheet.text(&format!("also {roles}"), Look::Quiet);
    }
    let spellings = also(&dossier.spellings, &named.name);
    if !spellings.is_empty() {
        sheet.text(&format!("written {spellings}"), Look::Quiet);
    }
}

fn timeline(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    let Some((first, last)) = dossier.days.bounds() else { return };
    let own = condition(dossier.named.kind, &dossier.named.name, dossier.named.country);
    if first == last {
        let line = Strip::of(format!("seen on {}", first.written()), Look::Quiet);
        return sheet.entry(Lead::View(View::Timeline, own), [line]);
    }
    let room = sheet.width.min(60);
    let grain = Grain::fitting(first, last, room);
    let steps = dossier.days.steps(grain, (first, last), room);
    let counts: Vec<u64> = steps.iter().map(|&(_, many)| many).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    sheet.gap();
    let days = format!("seen {}", first.written_to(last));
    let steps = format!("by {}, up to {}", grain.noun(), grouped(number(most)));
    let mut lines = vec![Strip::of(sparkline(&counts), Look::Bar)];
    lines.extend(wrapped(&format!("{days} · {steps}"), sheet.width, 2, Look::Quiet));
    sheet.entry(Lead::View(View::Timeline, own), lines);
}

/// The newest of `all` quotations, as many as are told in words.
fn sayings(
    sheet: &mut Sheet<'_>,
    title: &str,
    sayings: &[Saying],
    (all, many): (usize, String),
    more: Lead,
    named: bool,
) {
    if sayings.is_empty() {
        return;
    }
    sheet.heading(title, many);
    for saying in sayings.iter().take(SAYINGS) {
        let mut below = Strip::of("  ", Look::Quiet);
        if named {
            let speaker = saying.name.clone().unwrap_or_else(|| "nobody named".to_owned());
            below = below.and(speaker, Look::Speaker).and(" · ", Look::Quiet);
        }
        below = below.and(sheet.source(saying.place.0), Look::Quiet);
        if !saying.others.is_empty() {
            below = below.end(format!("+{}", plural(saying.others.len(), "article")), Look::Quiet);
        }
        sheet.saying(saying, below, LINES, &[]);
    }
    let rest = all.saturating_sub(SAYINGS);
    if rest > 0 {
        sheet.entry(more, [Strip::of(format!("  {} more", grouped(rest)), Look::Quiet)]);
    }
}

fn beside(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    if dossier.beside.is_empty() {
        return;
    }
    let title = if dossier.named.kind == Kind::Person { "Named with them" } else { "Named with it" };
    sheet.heading(title, "together · × chance".to_owned());
    for other in dossier.beside.iter().take(OTHERS) {
        let lift = format!("×{:.1}", other.lift.min(9999.0));
        let line = Strip::of(other.name.clone(), Look::Name(other.identity.kind))
            .end(
                format!("{} of {}", grouped(number(other.together)), grouped(dossier.articles.len())),
                Look::Plain,
            )
            .end(aligned(&lift, 8), Look::Quiet);
        let country = if other.identity.kind == Kind::Country {
            crate::words::Country::parse(&other.identity.key)
        } else {
            None
        };
        let named = Named { identity: other.identity.clone(), name: other.name.clone(), country };
        sheet.entry(Lead::Name(named), [line]);
    }
    sheet.text("ordered by log-likelihood (G²): most clearly more than chance first", Look::Quiet);
}

fn outlets(sheet: &mut Sheet<'_>, dossier: &Dossier) {
    if dossier.outlets.is_empty() {
        return;
    }
    sheet.heading("Outlets", grouped(dossier.outlets.len()));
    let most = dossier.outlets.first().map_or(0, |(_, many)| *many);
    let name = (sheet.width / 3).clamp(8, 24);
    for (outlet, many) in dossier.outlets.iter().take(OUTLETS) {
        let shown = clip(outlet, name);
        let pad = " ".repeat(name.saturating_sub(width(&shown)) + 1);
        let columns = sheet.width.saturating_sub(name + 8);
        let line = Strip::of(format!("{shown}{pad}"), Look::Plain)
            .and(bar(*many, most, columns), Look::Bar)
            .end(grouped(number(*many)), Look::Plain);
        sheet.entry(Lead::Condition(carried_by(outlet)), [line]);
    }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
