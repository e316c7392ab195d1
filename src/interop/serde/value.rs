//! Values of a self-describing format: keys in order, repeats included.
//!
//! A policy is read from it rather than by types, so that a wrong type is a problem with a place, as
//! every other problem is, and not the end of reading.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::policy::MAX_RULES;
use crate::policy::evidence::ValueType;

pub(super) enum Value {
    Null,
    Bool(bool),
    /// A whole number that is not negative.
    Whole(u64),
    /// Any other number, as text.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    pub(super) fn value_type(&self) -> ValueType {
        match self {
            Self::Null => ValueType::Null,
            Self::Bool(_) => ValueType::Bool,
            Self::Whole(_) | Self::Number(_) => ValueType::Number,
            Self::Text(_) => ValueType::Text,
            Self::List(_) => ValueType::List,
            Self::Map(_) => ValueType::Map,
        }
    }

    /// As text, if it is a single value.
    pub(super) fn scalar(&self) -> Option<String> {
        match self {
            Self::Null => Some("null".to_owned()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Whole(value) => Some(value.to_string()),
            Self::Number(text) | Self::Text(text) => Some(text.clone()),
            Self::List(_) | Self::Map(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Place::Policy.deserialize(deserializer)
    }
}

/// Where a value is. What it contains is kept where a policy has such a value, and elsewhere only its
/// type is: what a text can make us keep is bounded.
#[derive(Clone, Copy)]
enum Place {
    /// It is a map, whose entries are wanted.
    Policy,
    /// A value of that map: wanted is a list.
    Entry,
    /// An element of that list: wanted is a map.
    Rule,
    /// A value of that map: wanted is a list.
    RuleEntry,
    /// Not wanted is any list or map.
    Text,
}

impl Place {
    fn of_element(self) -> Option<Self> {
        match self {
            Self::Entry => Some(Self::Rule),
            Self::RuleEntry => Some(Self::Text),
            Self::Policy | Self::Rule | Self::Text => None,
        }
    }

    fn of_entry(self) -> Option<Self> {
        match self {
            Self::Policy => Some(Self::Entry),
            Self::Rule => Some(Self::RuleEntry),
            Self::Entry | Self::RuleEntry | Self::Text => None,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(u64::try_from(value).map_or_else(|_| Value::Number(value.to_string()), Value::Whole))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(u64::try_from(value).map_or_else(|_| Value::Number(value.to_string()), Value::Whole))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(u64::try_from(value).map_or_else(|_| Value::Number(value.to_string()), Value::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // `600.0` is as whole as `600`; some formats write all numbers so.
        let whole = value.to_string().parse::<u64>();
        Ok(whole.map_or_else(|_| Value::Number(value.to_string()), Value::Whole))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(place) = self.of_element() {
            // More rules than a policy can have are only counted.
            let place = match values.len() < MAX_RULES {
                true => place,
                false => Self::Text,
            };
            match list.next_element_seed(place)? {
                Some(value) => values.push(value),
                None => return Ok(Value::List(values)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(place) = self.of_entry() {
            let Some(key) = map.next_key()? else {
                return Ok(Value::Map(entries));
            };
            entries.push((key, map.next_value_seed(place)?));
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Map(entries))
    }
}
