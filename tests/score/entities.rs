//! Names: span, kind, country code.

use super::{Annotated, Error, Mention, Range, Record, Tally, Why};
use petik::article::{Form, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// A name is known by where and what it is.
type Name = (Range, Kind);

/// A name that was found: how, with which code, how sure.
struct Found<'a> {
    form: Form,
    code: Option<&'a str>,
    confidence: Option<f64>,
    why: &'a Why,
}

/// What the gold says about names.
struct Wanted<'a> {
    /// The names, each with the code of its entity.
    names: BTreeMap<Name, Option<&'a str>>,
    /// Other spans that are as good, and what for.
    alternatives: BTreeMap<Name, Name>,
    /// What may be marked.
    optional: BTreeSet<Range>,
    /// The kinds that were looked for.
    kinds: Option<BTreeSet<Kind>>,
}

impl Tally {
    /// Counts the names of one article.
    pub(super) fn entities(&mut self, gold: &Record, found: &Annotated) {
        let wanted = self.wanted(gold);
        let mut names: BTreeMap<Name, Found<'_>> = BTreeMap::new();
        for entity in &found.entities {
            for mention in &entity.mentions {
                let name = (mention.range, self.kind(entity.kind));
                if mention.form == Form::Name || wanted.names.contains_key(&name) {
                    let code = entity.country.as_deref();
                    let Mention { form, confidence, ref why, .. } = *mention;
                    names.insert(name, Found { form, code, confidence, why });
                }
            }
        }
        let bare: BTreeSet<Range> = wanted.names.keys().map(|(range, _)| *range).collect();
        let named: BTreeSet<Range> = names
            .iter()
            .filter(|(_, found)| found.form == Form::Name)
            .map(|((range, _), _)| *range)
            .collect();
        let inside = |range: Range| named.iter().any(|&outer| outer != range && outer.contains(range));
        let mut hit: BTreeSet<Name> = BTreeSet::new();
        let mut extra: Vec<Name> = Vec::new();
        for (name, Found { code, confidence, why, .. }) in &names {
            let target = Some(name).filter(|name| wanted.names.contains_key(name));
            if let Some(target) = target.or_else(|| wanted.alternatives.get(name)) {
                if hit.contains(target) {
                    continue;
                }
                if let Some(gold_code) = wanted.names.get(target) {
                    hit.insert(*target);
                    let counts = self.names.entry(target.1).or_default();
                    counts.right += 1;
                    counts.found += 1;
                    self.sure.add(name.1.as_str(), &gold.lang, why, *confidence, true);
                    self.code(gold, target.0, *gold_code, *code);
                    continue;
                }
            }
            let (range, kind) = *name;
            let looked_for = wanted.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
            let wrong = !wanted.optional.contains(&range) && (!inside(range) || bare.contains(&range));
            if looked_for && wrong {
                self.names.entry(kind).or_default().found += 1;
                self.sure.add(kind.as_str(), &gold.lang, why, *confidence, false);
                extra.push(*name);
            }
        }
        for (_, kind) in wanted.names.keys() {
            self.names.entry(*kind).or_default().gold += 1;
        }
        let missed: Vec<Name> = wanted.names.into_keys().filter(|name| !hit.contains(name)).collect();
        self.wrong_names(gold, &missed, extra);
        for &forbidden in &gold.must_not {
            if names.keys().any(|(range, _)| forbidden.contains(*range)) {
                self.forbidden += 1;
                self.errors.push(Error::new("must not be a name".to_owned(), gold, forbidden, String::new()));
            }
        }
    }

    fn wanted<'a>(&self, gold: &'a Record) -> Wanted<'a> {
        let kinds = gold.kinds.as_ref().map(|kinds| {
            let known = Kind::ALL.into_iter().filter(|kind| kinds.iter().any(|name| name == kind.as_str()));
            known.map(|kind| self.kind(kind)).collect::<BTreeSet<Kind>>()
        });
        let mut wanted = Wanted {
            names: BTreeMap::new(),
            alternatives: BTreeMap::new(),
            optional: gold.optional.iter().copied().collect(),
            kinds,
        };
        for entity in &gold.entities {
            let kind = self.kind(entity.kind);
            let code = entity.country.as_deref().filter(|_| entity.kind == Kind::Country);
            for mention in &entity.mentions {
                if mention.form != Form::Name || mention.optional || entity.optional {
                    wanted.optional.insert(mention.range);
                    continue;
                }
                if wanted.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind)) {
                    wanted.names.insert((mention.range, kind), code);
                }
                for &(start, end) in &mention.alt {
                    wanted.alternatives.insert((Range { start, end }, kind), (mention.range, kind));
                }
            }
        }
        wanted
    }

    fn code(&mut self, gold: &Record, range: Range, gold_code: Option<&str>, code: Option<&str>) {
        let Some(gold_code) = gold_code else { return };
        self.codes.found += 1;
        self.codes.gold += 1;
        if code == Some(gold_code) {
            self.codes.right += 1;
        } else {
            let detail = format!("{gold_code} is {}", code.unwrap_or("none"));
            self.errors.push(Error::new("country code".to_owned(), gold, range, detail));
        }
    }

    /// Tells what went wrong with names that were `missed`, and with the `extra` ones: a name that was found at the
    /// same place is of the wrong kind, one that overlaps has the wrong bounds.
    fn wrong_names(&mut self, gold: &Record, missed: &[Name], mut extra: Vec<Name>) {
        for &(range, kind) in missed {
            let same = extra.iter().position(|(other, _)| *other == range);
            let near = same.or_else(|| extra.iter().position(|(other, _)| other.common(range) > 0));
            let kind = kind.as_str();
            let error = match near.map(|at| extra.remove(at)) {
                None => Error::new(format!("{kind} missed"), gold, range, String::new()),
                Some((_, found)) if same.is_some() => {
                    Error::new(format!("{kind} as {}", found.as_str()), gold, range, String::new())
                }
                Some((other, found)) => {
                    let detail = format!("found {} {:?}", found.as_str(), gold.text(other));
                    Error::new(format!("{kind} bounds"), gold, range, detail)
                }
            };
            self.errors.push(error);
        }
        for (range, kind) in extra {
            self.errors.push(Error::new(format!("{} extra", kind.as_str()), gold, range, String::new()));
        }
    }
}
