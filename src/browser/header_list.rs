//! The header list of a request or a response.

use alloc::string::String;
use alloc::vec::Vec;

use super::values;
use crate::message::Header;
use crate::message::token::is_token;

/// A [header list](https://fetch.spec.whatwg.org/#concept-header-list). Names are lower-case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HeaderList(Vec<(String, Vec<u8>)>);

/// An element of a list does not fit the header's grammar.
pub(super) struct Malformed;

impl HeaderList {
    /// Appends a header with its value normalized. Invalid headers are left out.
    pub(super) fn append(&mut self, name: &[u8], value: &[u8]) {
        let value = values::normalize(value);
        if is_token(name) && values::is_header_value(value) {
            let name = values::decode(name).to_ascii_lowercase();
            self.0.push((name, value.into()));
        }
    }

    pub(super) fn extend<'a, I>(&mut self, lines: I)
    where
        I: IntoIterator,
        I::Item: Header<'a>,
    {
        for line in lines {
            self.append(line.name(), line.value());
        }
    }

    pub(super) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    pub(super) fn lines(&self) -> &[(String, Vec<u8>)] {
        &self.0
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let lines = self.0.iter().filter(move |(known, _)| known == name);
        lines.map(|(_, value)| value.as_slice())
    }

    /// [Get](https://fetch.spec.whatwg.org/#concept-header-list-get): the lines as one value.
    pub(super) fn get(&self, name: &str) -> Option<Vec<u8>> {
        let values: Vec<&[u8]> = self.values(name).collect();
        (!values.is_empty()).then(|| values.join(b", ".as_slice()))
    }

    /// [Extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) of a
    /// header that is a list of tokens; `None` where the list has no such header.
    pub(super) fn extract_tokens(&self, name: &str) -> Result<Option<Vec<&str>>, Malformed> {
        if !self.contains(name) {
            return Ok(None);
        }
        let mut tokens = Vec::new();
        for line in self.values(name) {
            tokens.extend(values::tokens(line).ok_or(Malformed)?);
        }
        Ok(Some(tokens))
    }

    /// [Extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) of a
    /// header that is one number of seconds; `None` for failure too, because its only caller treats both
    /// alike.
    pub(super) fn extract_seconds(&self, name: &str) -> Option<u64> {
        let mut lines = self.values(name);
        let only = lines.next()?;
        match lines.next() {
            None => values::delta_seconds(only),
            Some(_) => None,
        }
    }
}
