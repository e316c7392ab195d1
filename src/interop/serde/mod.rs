//! Serialization of origins, patterns and policies with `serde`.

mod read;
mod value;
mod write;

use alloc::string::String;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::origin::{Origin, OriginRef};
use crate::pattern::OriginPattern;
use crate::policy::{Policy, PolicyBuilder};

/// The [JSON Schema](https://json-schema.org/draft-07/schema) of a policy in text, for editors.
///
/// It describes the keys and the types of their values. The meaning of the values is checked
/// when the policy is built, and nowhere else.
///
/// ```
/// assert!(cross_origin::POLICY_SCHEMA.contains(r#""title": "CORS policy""#));
/// ```
pub const POLICY_SCHEMA: &str = include_str!("policy.schema.json");

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for OriginRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Reads what a person writes, like [`FromStr`](core::str::FromStr).
impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl Serialize for OriginPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for OriginPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Writes the policy in canonical form: [`Policy::to_builder`].
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_builder().serialize(serializer)
    }
}

/// Reads and builds at once. The error has the text of every problem; read a [`PolicyBuilder`] and
/// build it to have the problems themselves.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let builder = PolicyBuilder::deserialize(deserializer)?;
        builder.build().map_err(D::Error::custom)
    }
}
