//! A line of JSON, read by its members, so that repeats and what is in each are told apart, and its
//! `id` is there even where another member can't be read.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object, as they stand there.
pub struct Line(Vec<(String, Box<RawValue>)>);

impl Line {
    /// The names of the members but `id`, sorted, each once.
    ///
    /// # Errors
    ///
    /// A key is repeated.
    pub fn names(&self) -> Result<Vec<&str>, String> {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(format!("`{}` stands there twice", pair[0].escape_debug())),
            None => {
                names.retain(|name| *name != "id");
                Ok(names)
            }
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    /// The text of a member.
    pub fn raw(&self, name: &str) -> Option<&str> {
        let member = self.0.iter().find(|(there, _)| there == name);
        member.map(|(_, value)| value.get())
    }

    /// A member's value.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        let raw = self.raw(name).unwrap_or("null");
        serde_json::from_str(raw).map_err(|error| format!("`{name}`: {error}"))
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Line, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Line(members))
    }
}
