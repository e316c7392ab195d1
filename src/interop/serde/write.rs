//! Serialization of policies, without default values.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::policy::PolicyBuilder;
use crate::policy::builder::NO_CONTENT;
use crate::policy::error::key;
use crate::policy::rule::{Rule, RuleOrigins, Timing};

/// A builder of one rule is written flat. Problems that were found while reading it are not written.
impl Serialize for PolicyBuilder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.rules.as_slice() {
            [only] => write_rule(only, &mut map)?,
            rules => map.serialize_entry(key::RULES, rules)?,
        }
        if self.preflight_status != NO_CONTENT {
            map.serialize_entry(key::PREFLIGHT_STATUS, &self.preflight_status)?;
        }
        let dangers = self.dangers.names();
        if !dangers.is_empty() {
            map.serialize_entry(key::DANGEROUSLY_ALLOW, &dangers)?;
        }
        map.end()
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_rule(self, &mut map)?;
        map.end()
    }
}

fn write_rule<M: SerializeMap>(rule: &Rule, map: &mut M) -> Result<(), M::Error> {
    match &rule.origins {
        RuleOrigins::Ask => map.serialize_entry(key::ALLOW_ORIGINS, "ask")?,
        RuleOrigins::Listed(patterns) => map.serialize_entry(key::ALLOW_ORIGINS, patterns)?,
    }
    if rule.credentials {
        map.serialize_entry(key::ALLOW_CREDENTIALS, &true)?;
    }
    let lists = [
        (key::ALLOW_METHODS, &rule.methods),
        (key::ALLOW_HEADERS, &rule.headers),
        (key::EXPOSE_HEADERS, &rule.exposed),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            map.serialize_entry(name, list)?;
        }
    }
    match rule.max_age {
        None => {}
        Some(max_age) if max_age.subsec_nanos() == 0 => {
            map.serialize_entry(key::MAX_AGE, &max_age.as_secs())?;
        }
        Some(max_age) => map.serialize_entry(key::MAX_AGE, &max_age.as_secs_f64())?,
    }
    match rule.timing {
        None => {}
        Some(Timing::Matched) => map.serialize_entry(key::TIMING_ALLOW_ORIGIN, &true)?,
        Some(Timing::Any) => map.serialize_entry(key::TIMING_ALLOW_ORIGIN, "*")?,
    }
    Ok(())
}
