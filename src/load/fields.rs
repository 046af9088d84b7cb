//! Which field of a record is the title, the body, the date: the names that exporters, crawlers and interfaces give.
//!
//! Names are compared without case, `_`, `-`, `.`, `:` and spaces, so that `datePublished`, `date_published` and
//! `Date published` are one. A dot goes into an object (or into each object of a list). For each field the first
//! name whose value is usable wins. The names are those of trafilatura, news-please, newspaper4k, fundus, Common
//! Crawl News and the data sets made of it, wallabag, Omnivore, Readwise, Google Reader and its heirs, Miniflux,
//! NewsBlur, JSON Feed, schema.org, Readability, Diffbot, ActivityStreams, GDELT, Media Cloud, Event Registry, NewsAPI,
//! Webz, the Guardian, the New York Times, CSL and Zotero, and those an Indonesian would choose.

use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// A title only beside a body: other things have names too.
    Name,
    Body,
    /// A body of which the value is HTML, whatever it looks like.
    Html,
    Summary,
    Date,
    Author,
    Outlet,
    Language,
    Address,
    Key,
    Tags,
}

/// Lists of articles inside an object, the surest first.
pub(super) const CONTAINERS: [&str; 20] = [
    "articles.results",
    "response.results",
    "response.docs",
    "response.articles",
    "hits.hits",
    "articles",
    "items",
    "entries",
    "stories",
    "results",
    "data",
    "docs",
    "posts",
    "news",
    "objects",
    "bookmarks",
    "orderedItems",
    "rows",
    "@graph",
    "response",
];

/// Objects that hold the article when the record itself does not.
pub(super) const WRAPPERS: [&str; 12] = [
    "_source",
    "response.content",
    "object",
    "data",
    "article",
    "story",
    "post",
    "item",
    "entry",
    "document",
    "record",
    "row",
];

const ALIASES: [(Field, &[&str]); 12] = [
    (
        Field::Title,
        &[
            "title",
            "headline",
            "headline.main",
            "fields.headline",
            "webTitle",
            "story_title",
            "hl1",
            "title_page",
            "title_rss",
            "page_title",
            "thread.title",
            "judul",
        ],
    ),
    (Field::Name, &["name", "subject"]),
    (
        Field::Body,
        &[
            "text",
            "maintext",
            "body",
            "articleBody",
            "plaintext",
            "plain_text",
            "textContent",
            "content_text",
            "bodyText",
            "fields.bodyText",
            "content.content",
            "content",
            "article",
            "document",
            "full_text",
            "story_content",
            "raw_text",
            "isi",
            "konten",
            "isi_berita",
            "lead_paragraph",
        ],
    ),
    (Field::Html, &["content_html", "html_content", "fields.body", "contentMap", "html"]),
    (
        Field::Summary,
        &[
            "description",
            "excerpt",
            "summary",
            "summary.content",
            "abstract",
            "abstractNote",
            "dek",
            "standfirst",
            "fields.standfirst",
            "trailText",
            "fields.trailText",
            "snippet",
            "short_description",
            "highlights",
            "lead",
            "meta_description",
            "ringkasan",
        ],
    ),
    (
        Field::Date,
        &[
            "datePublished",
            "date_publish",
            "published_date",
            "publish_date",
            "publishing_date",
            "published_at",
            "published",
            "pubDate",
            "publishedTime",
            "webPublicationDate",
            "dateTimePub",
            "date",
            "dateTime",
            "issued.date-parts",
            "issued",
            "tanggal",
            "timestamp",
            "seendate",
            "story_date",
            "story_timestamp",
            "create_timestamp",
            "created_at",
            "created",
            "time_added",
            "saved_at",
            "crawl_date",
            "warc_date",
            "date_download",
        ],
    ),
    (
        Field::Author,
        &[
            "author",
            "authors",
            "byline",
            "byline.original",
            "fields.byline",
            "creator",
            "creators",
            "published_by",
            "story_authors",
            "attributedTo",
            "penulis",
        ],
    ),
    (
        Field::Outlet,
        &[
            "outlet",
            "publisher",
            "source.title",
            "source.name",
            "site_name",
            "source-hostname",
            "meta_site_name",
            "media_name",
            "publication",
            "fields.publication",
            "source_domain",
            "domain",
            "domain_name",
            "hostname",
            "origin.title",
            "feed.title",
            "story_feed_title",
            "thread.site",
            "container-title",
            "publicationTitle",
            "source",
            "sumber",
            "source_id",
            "clean_url",
        ],
    ),
    (
        Field::Language,
        &["language", "lang", "inLanguage", "meta_lang", "humanLanguage", "fields.lang", "srclc", "bahasa"],
    ),
    (
        Field::Address,
        &[
            "url",
            "link",
            "webUrl",
            "canonical_link",
            "canonical.href",
            "alternate.href",
            "requested_url",
            "html.requested_url",
            "responded_url",
            "source_url",
            "given_url",
            "story_permalink",
            "pageUrl",
            "external_url",
            "mainEntityOfPage",
            "data.url",
            "tautan",
            "source",
            "id",
            "@id",
        ],
    ),
    (
        Field::Key,
        &[
            "id",
            "_id",
            "uuid",
            "guid",
            "uri",
            "hash",
            "story_hash",
            "fingerprint",
            "article_id",
            "stories_id",
            "NewsID",
            "GKGRECORDID",
            "@id",
            "key",
        ],
    ),
    (
        Field::Tags,
        &[
            "tags",
            "keywords",
            "categories",
            "category",
            "topics",
            "labels",
            "story_tags",
            "section",
            "sectionName",
            "section_name",
            "articleSection",
            "kategori",
        ],
    ),
];

/// A name as it is compared.
pub(super) fn normalise(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.' | ':' | ' ')).flat_map(char::to_lowercase).collect()
}

struct Alias {
    field: Field,
    rank: usize,
    /// The names to follow inside the value.
    inside: Vec<String>,
}

/// Aliases by their first name; dotted ones also by their whole, for records that were flattened.
static INDEX: LazyLock<HashMap<String, Vec<Alias>>> = LazyLock::new(|| {
    let mut index: HashMap<String, Vec<Alias>> = HashMap::new();
    for (field, names) in ALIASES {
        for (rank, name) in names.iter().enumerate() {
            let mut path = name.split('.').map(normalise);
            let first = path.next().unwrap_or_default();
            let inside: Vec<String> = path.collect();
            if !inside.is_empty() {
                let flat = Alias { field, rank, inside: Vec::new() };
                index.entry(normalise(name)).or_default().push(flat);
            }
            index.entry(first).or_default().push(Alias { field, rank, inside });
        }
    }
    index
});

/// Whether a field of this name holds a body.
pub(super) fn is_body(normalised: &str) -> bool {
    INDEX.get(normalised).is_some_and(|aliases| {
        aliases
            .iter()
            .any(|alias| matches!(alias.field, Field::Body | Field::Html) && alias.inside.is_empty())
    })
}

/// The fields of a record that are known, by what they hold and how surely.
pub(super) struct Known<'v> {
    found: Vec<(Field, usize, &'v Value)>,
}

impl<'v> Known<'v> {
    /// Looks at each field of `map` once.
    pub(super) fn of(map: &'v Map<String, Value>) -> Known<'v> {
        let mut found = Vec::with_capacity(map.len());
        for (name, value) in map {
            if matches!(value, Value::Null) {
                continue;
            }
            for alias in INDEX.get(&normalise(name)).map(Vec::as_slice).unwrap_or_default() {
                follow(value, &alias.inside, &mut |inner| found.push((alias.field, alias.rank, inner)));
            }
        }
        found.sort_by_key(|&(_, rank, _)| rank);
        Known { found }
    }

    /// The values for `field`, the surest first.
    pub(super) fn values(&self, field: Field) -> impl Iterator<Item = &'v Value> {
        self.found.iter().filter(move |found| found.0 == field).map(|found| found.2)
    }
}

fn follow<'v>(value: &'v Value, path: &[String], found: &mut impl FnMut(&'v Value)) {
    let Some((name, rest)) = path.split_first() else {
        found(value);
        return;
    };
    match value {
        Value::Object(map) => {
            for (_, inner) in map.iter().filter(|(key, _)| normalise(key) == *name) {
                follow(inner, rest, found);
            }
        }
        Value::Array(list) => {
            if let Some(first) = list.iter().find(|value| value.is_object()) {
                follow(first, path, found);
            }
        }
        _ => {}
    }
}

/// Takes the value at a dotted `path` out of `map`, if `fits`.
pub(super) fn take(map: &mut Map<String, Value>, path: &str, fits: impl Fn(&Value) -> bool) -> Option<Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let first = normalise(first);
    let key = map.keys().find(|key| normalise(key) == first)?.clone();
    match rest {
        Some(rest) => take(map.get_mut(&key)?.as_object_mut()?, rest, fits),
        None => map.get_mut(&key).filter(|value| fits(value)).map(Value::take),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_found_in_any_spelling() {
        let record =
            json!({"Date Published": 1, "headline": {"main": "h"}, "fields.bodyText": "b", "TITLE": ""});
        let map = record.as_object().unwrap();
        let known = Known::of(map);
        assert_eq!(known.values(Field::Date).next(), Some(&json!(1)));
        assert_eq!(known.values(Field::Title).next(), Some(&json!("")));
        assert!(known.values(Field::Title).any(|value| value == &json!("h")));
        assert_eq!(known.values(Field::Body).next(), Some(&json!("b")));
    }

    #[test]
    fn a_dotted_path_is_taken() {
        let mut record = json!({"Articles": {"results": [{}]}});
        let list = take(record.as_object_mut().unwrap(), "articles.results", Value::is_array);
        assert_eq!(list, Some(json!([{}])));
    }
}
