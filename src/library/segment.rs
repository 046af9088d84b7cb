//! A run of articles that were loaded together, with what is known about them and their part of the search index.
//!
//! Segments never change: new articles make a new one, new annotations replace one. Whoever holds a snapshot keeps
//! reading what it held.

use super::Ordinal;
use super::register::Register;
use super::store::Known;
use crate::article::{Annotations, Article, Entity, Form, Kind};
use crate::load::Loaded;
use crate::search::{Arena, Doc, Name};
use crate::words::Country;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

pub(super) struct Segment {
    /// Ordinal of its first article.
    pub(super) first: u32,
    pub(super) articles: Arc<[Arc<Article>]>,
    pub(super) annotations: Box<[Option<Arc<Annotations>>]>,
    /// The names of each article, as the index knows them; empty until it is annotated.
    names: Box<[Vec<Name>]>,
    pub(super) arena: Arena,
    /// What the facets count, once that is asked for.
    register: OnceLock<Arc<Register>>,
}

impl Segment {
    pub(super) fn new(first: u32, loaded: Vec<Loaded>) -> Segment {
        let (articles, annotations): (Vec<_>, Vec<_>) =
            loaded.into_iter().map(|item| (Arc::new(item.article), item.annotations.map(Arc::new))).unzip();
        Segment::index(first, articles.into(), annotations.into())
    }

    /// The same articles with all their annotations, in order.
    pub(super) fn annotated(&self, annotations: Vec<Arc<Annotations>>) -> Segment {
        let annotations = annotations.into_iter().map(Some).collect();
        Segment::index(self.first, Arc::clone(&self.articles), annotations)
    }

    fn index(
        first: u32,
        articles: Arc<[Arc<Article>]>,
        annotations: Box<[Option<Arc<Annotations>>]>,
    ) -> Segment {
        let mut names: Box<[Vec<Name>]> = articles
            .iter()
            .zip(&annotations)
            .map(|(article, found)| found.as_deref().map(|found| names(article, found)).unwrap_or_default())
            .collect();
        share(&mut names);
        let arena = Arena::build(
            articles
                .iter()
                .zip(&annotations)
                .zip(&names)
                .map(|((article, found), names)| doc(article, found.as_deref(), names)),
        );
        Segment { first, articles, annotations, names, arena, register: OnceLock::new() }
    }

    pub(super) fn is_annotated(&self) -> bool {
        self.annotations.iter().all(Option::is_some)
    }

    /// What the facets count.
    pub(super) fn register(&self) -> Arc<Register> {
        let count = || {
            let found = self.annotations.iter().map(Option::as_deref);
            Arc::new(Register::of(self.articles.iter().map(AsRef::as_ref).zip(found)))
        };
        Arc::clone(self.register.get_or_init(count))
    }

    /// Where in the rows of `known` and in its collection each of its articles stands that is known.
    pub(super) fn places_of<'a>(&'a self, known: &'a Known) -> impl Iterator<Item = (usize, Ordinal)> + 'a {
        (self.first..)
            .zip(self.articles.iter())
            .filter_map(|(ordinal, article)| Some((known.place(article.id)?, ordinal)))
    }

    /// One article as the index sees it.
    pub(super) fn doc(&self, at: usize) -> Option<Doc<'_>> {
        let found = self.annotations.get(at)?.as_deref();
        Some(doc(self.articles.get(at)?, found, self.names.get(at)?))
    }
}

pub(super) fn doc<'a>(article: &'a Article, found: Option<&Annotations>, names: &'a [Name]) -> Doc<'a> {
    Doc {
        title: &article.title,
        outlet: article.outlet.as_deref(),
        language: article.language.or(found.map(|found| found.language)),
        published: article.published,
        names,
        quotes: found.map_or(0, |found| u32::try_from(found.quotes.len()).unwrap_or(u32::MAX)),
    }
}

/// The names the index finds an article by: each entity's fullest name and its other spellings in the article.
pub(super) fn names(article: &Article, found: &Annotations) -> Vec<Name> {
    let mut spoken = vec![0u32; found.entities.len()];
    for speaker in found.quotes.iter().filter_map(|quote| quote.speaker) {
        if let Some(count) = spoken.get_mut(speaker) {
            *count += 1;
        }
    }
    found
        .entities
        .iter()
        .zip(spoken)
        .map(|(entity, quotes)| Name {
            kind: entity.kind,
            name: entity.name.clone(),
            aliases: spellings(article, entity),
            country: entity.country,
            quotes,
        })
        .collect()
}

/// A name takes over this many spellings of other articles at most.
const SHARED: usize = 8;

/// Gives each name the spellings that other articles have for the same one, so that it is found by any of them.
/// Countries are found by their codes.
fn share(names: &mut [Vec<Name>]) {
    let mut known: HashMap<(Kind, Option<Country>), HashMap<String, usize>> = HashMap::new();
    let mut places: HashMap<(Kind, String), usize> = HashMap::new();
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut of: Vec<usize> = Vec::new();
    for name in names.iter().flatten().filter(|name| name.kind != Kind::Country) {
        let known = known.entry((name.kind, name.country)).or_default();
        if let Some(group) = known.get(&name.name) {
            of.push(*group);
            continue;
        }
        let key = (name.kind, name.kind.identity(&name.name, name.country));
        let group = *places.entry(key).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        if let Some(spellings) = groups.get_mut(group)
            && spellings.len() <= SHARED
            && !spellings.contains(&name.name)
        {
            spellings.push(name.name.clone());
        }
        known.insert(name.name.clone(), group);
        of.push(group);
    }
    let named = names.iter_mut().flatten().filter(|name| name.kind != Kind::Country);
    for (name, group) in named.zip(of) {
        for spelling in groups.get(group).into_iter().flatten() {
            if *spelling != name.name && !name.aliases.contains(spelling) {
                name.aliases.push(spelling.clone());
            }
        }
    }
}

/// The distinct spellings of an entity in title and body, but for its fullest name.
fn spellings(article: &Article, entity: &Entity) -> Vec<String> {
    let body = entity.mentions.iter().map(|mention| (mention, article.body.as_str()));
    let title = entity.title_mentions.iter().map(|mention| (mention, article.title.as_str()));
    let mut seen = HashSet::from([entity.name.as_str()]);
    body.chain(title)
        .filter(|(mention, _)| matches!(mention.form, Form::Name | Form::Nested | Form::Adjective))
        .map(|(mention, text)| mention.span.of(text))
        .filter(|spelling| !spelling.is_empty() && seen.insert(spelling))
        .map(str::to_owned)
        .collect()
}
