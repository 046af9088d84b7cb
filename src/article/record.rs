//! An annotated article as one line of JSON.
//!
//! Offsets are Unicode code points of the body as it was decoded, half-open: what Python's `str` counts. Fields that
//! are not annotations pass through with the very bytes they came in; only control, bidi and zero-width characters,
//! which are legal in JSON but not safe to print, are written as `\uXXXX`. What says nothing new is left out: the form
//! of a name, the parts of a quotation in one part.
//!
//! `links` are the article's own, not annotations: `[{"start":40,"end":54,"url":"https://…"}]`, in the order of the text,
//! none in another, of http, https and mailto. They are read with any body that is no HTML, and pass through `annotate`.

mod links;
mod read;
mod write;

pub use links::links;
pub use read::read;
pub use write::{error, explain, explained, line, printable, write};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The fields that annotating writes, and drops when they come in.
const WRITTEN: [&str; 5] = ["annotator", "dateline", "credit", "entities", "quotes"];

/// The fields of a record in their order, each value as the JSON it came as. Of several with one name the last counts,
/// and all pass through.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, Box<RawValue>)>);

impl Fields {
    /// Reads one line.
    ///
    /// # Errors
    /// When `line` is not one JSON object.
    pub fn parse(line: &str) -> Result<Fields, serde_json::Error> {
        serde_json::from_str(line)
    }

    /// The JSON of the field `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.get())
    }

    /// The field `name`, if it is a string.
    pub fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?).ok()
    }

    fn push(&mut self, name: &str, value: &impl serde::Serialize) {
        if let Ok(value) = serde_json::value::to_raw_value(value) {
            self.0.push((name.to_owned(), value));
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(entry) = map.next_entry()? {
                    fields.0.push(entry);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests;
