//! JSON → annotations.

use crate::article::{
    Annotations, Confidence, Credit, Dateline, Entity, EntityIndex, Form, Grounds, Kind, Mention, Quote,
    QuoteKind,
};
use crate::text::{Clean, Span, sanitise_line};
use crate::words::{self, Country, Language};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// The annotations of a record that carries `annotator`; none of any other. Offsets count code points of `body`, the
/// body as it was decoded; the spans lie in its sanitised form `clean`. What does not fit the body is left out.
pub fn read(record: &Map<String, Value>, body: &str, clean: &Clean) -> Option<Annotations> {
    record.get("annotator")?.as_str()?;
    let language = record.get("lang").and_then(Value::as_str).and_then(words::language);
    let mut annotations = Annotations::empty(language.or_else(|| Language::parse("und"))?);
    let places = Places::of(record, body, clean);
    let ids = entities(record, &places, &mut annotations.entities);
    let entity = |value: &Value, key: &str| -> Option<EntityIndex> { ids.get(text(value, key)?).copied() };
    annotations.dateline = record.get("dateline").and_then(|value| {
        let span = places.span(value)?;
        Some(Dateline { span, place: entity(value, "place"), outlet: entity(value, "outlet") })
    });
    annotations.credit = record
        .get("credit")
        .and_then(|value| Some(Credit { span: places.span(value)?, source: entity(value, "source") }));
    for value in list(record.get("quotes")) {
        let mut parts: Vec<Span> = list(value.get("parts")).filter_map(|part| places.span(part)).collect();
        if parts.is_empty() {
            parts.extend(places.span(value));
        }
        parts.sort_unstable();
        if !parts.is_empty() {
            annotations.quotes.push(Quote {
                parts,
                kind: if text(value, "kind") == Some("fragment") {
                    QuoteKind::Fragment
                } else {
                    QuoteKind::Direct
                },
                speaker: entity(value, "speaker"),
                cue: value.get("cue").and_then(|cue| places.span(cue)),
                relay: entity(value, "relay"),
                confidence: confidence(value),
                grounds: Grounds::GIVEN,
            });
        }
    }
    annotations.quotes.sort_by_key(|quote| (quote.span().start, std::cmp::Reverse(quote.span().end)));
    Some(annotations)
}

/// Reads the entities that the body mentions or a quotation, the dateline or the credit line names; where each id
/// went.
fn entities<'v>(
    record: &'v Map<String, Value>,
    places: &Places,
    entities: &mut Vec<Entity>,
) -> HashMap<&'v str, EntityIndex> {
    let mut named: HashSet<&str> = HashSet::new();
    let framed = ["dateline", "credit"].iter().filter_map(|key| record.get(*key));
    for value in list(record.get("quotes")).chain(framed) {
        named.extend(
            ["speaker", "relay", "place", "outlet", "source"].iter().filter_map(|key| text(value, key)),
        );
    }
    let mut ids = HashMap::new();
    for value in list(record.get("entities")) {
        let (Some(id), Some(name)) = (text(value, "id"), text(value, "name")) else { continue };
        let Some(kind) = Kind::ALL.into_iter().find(|kind| text(value, "kind") == Some(kind.as_str())) else {
            continue;
        };
        let name = sanitise_line(name);
        let mut mentions: Vec<Mention> =
            list(value.get("mentions")).filter_map(|value| mention(value, places)).collect();
        if name.is_empty() || ids.contains_key(id) || (mentions.is_empty() && !named.contains(id)) {
            continue;
        }
        mentions.sort_by_key(|mention| mention.span);
        let code = match kind {
            Kind::Country => text(value, "country").or_else(|| id.strip_prefix("country:")),
            _ => text(value, "country"),
        };
        ids.insert(id, entities.len());
        entities.push(Entity {
            id: sanitise_line(id),
            kind,
            name,
            country: code.and_then(Country::parse),
            role: text(value, "role").map(sanitise_line).filter(|role| !role.is_empty()),
            mentions,
            title_mentions: Vec::new(),
        });
    }
    ids
}

fn mention(value: &Value, places: &Places) -> Option<Mention> {
    let forms = [Form::Title, Form::Pronoun, Form::Nested, Form::Adjective];
    let form =
        text(value, "form").and_then(|name| forms.into_iter().find(|form| form.as_str() == Some(name)));
    Some(Mention {
        span: places.span(value)?,
        form: form.unwrap_or(Form::Name),
        confidence: confidence(value),
        grounds: Grounds::GIVEN,
    })
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn confidence(value: &Value) -> Confidence {
    let share = value.get("confidence").and_then(Value::as_f64).unwrap_or(1.0);
    Confidence::percent((share.clamp(0.0, 1.0) * 100.0).round() as u8)
}

/// Where in the sanitised body the ranges of a record lie.
struct Places(HashMap<(usize, usize), Span>);

impl Places {
    /// Turns all ranges into spans in one pass over the body.
    fn of(record: &Map<String, Value>, body: &str, clean: &Clean) -> Places {
        let length = body.chars().count();
        let mut ranges: HashSet<(usize, usize)> = HashSet::new();
        let mut add =
            |value: &Value| ranges.extend(range(value).filter(|&(start, end)| start < end && end <= length));
        ["dateline", "credit"].iter().filter_map(|key| record.get(*key)).for_each(&mut add);
        for entity in list(record.get("entities")) {
            list(entity.get("mentions")).for_each(&mut add);
        }
        for quote in list(record.get("quotes")) {
            add(quote);
            quote.get("cue").into_iter().chain(list(quote.get("parts"))).for_each(&mut add);
        }
        let ranges: Vec<(usize, usize)> = ranges.into_iter().collect();
        let spans = clean.origin.spans(&clean.text, &ranges);
        Places(ranges.into_iter().zip(spans).filter(|(_, span)| !span.is_empty()).collect())
    }

    fn span(&self, value: &Value) -> Option<Span> {
        self.0.get(&range(value)?).copied()
    }
}

fn range(value: &Value) -> Option<(usize, usize)> {
    let offset =
        |key: &str| value.get(key).and_then(Value::as_u64).and_then(|offset| usize::try_from(offset).ok());
    Some((offset("start")?, offset("end")?))
}
