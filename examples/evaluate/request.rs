//! Requests and responses as JSON has them.

use cross_origin::RequestHeaders;
use serde_json::Value;

/// A request that was read.
pub struct Request {
    pub method: String,
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Request {
    /// The requests of a value: one, a list of some, or those of a HAR file.
    pub fn all_of(value: &Value) -> Vec<Result<Self, String>> {
        if let Some(list) = value.as_array() {
            return list.iter().map(Self::of).collect();
        }
        match value.pointer("/log/entries").and_then(Value::as_array) {
            Some(entries) => entries.iter().map(Self::of_har).collect(),
            None => vec![Self::of(value)],
        }
    }

    /// An entry of a HAR file, which has more than is needed.
    fn of_har(entry: &Value) -> Result<Self, String> {
        let request = entry
            .get("request")
            .ok_or("an entry of a HAR file has a `request`")?;
        let method = request.get("method").and_then(Value::as_str);
        Ok(Self {
            method: method
                .ok_or("a request of a HAR file has a `method`")?
                .to_owned(),
            headers: header_pairs(request.get("headers").unwrap_or(&Value::Null))?,
        })
    }

    pub fn of(value: &Value) -> Result<Self, String> {
        let map = value.as_object().ok_or("a request is an object")?;
        if let Some(key) = map
            .keys()
            .find(|key| !["method", "headers"].contains(&key.as_str()))
        {
            return Err(format!("a request has no `{}`", key.escape_debug()));
        }
        let method = map
            .get("method")
            .and_then(Value::as_str)
            .ok_or("a request has a `method`, which is a text")?;
        let headers = match map.get("headers") {
            None => Vec::new(),
            Some(headers) => header_pairs(headers)?,
        };
        Ok(Self {
            method: method.to_owned(),
            headers,
        })
    }

    pub fn view(&self) -> RequestHeaders<'_> {
        RequestHeaders::new(&self.method).headers(&self.headers)
    }
}

/// Headers, as a list of pairs, a list of objects with `name` and `value`, or an object. Values are
/// Latin-1: each code point is a byte.
pub fn header_pairs(value: &Value) -> Result<Vec<(String, Vec<u8>)>, String> {
    if let Some(map) = value.as_object() {
        return map
            .iter()
            .map(|(name, value)| header(name, value))
            .collect();
    }
    let lines = value
        .as_array()
        .ok_or("`headers` is a list of pairs, or an object")?;
    lines.iter().map(header_pair).collect()
}

fn header_pair(line: &Value) -> Result<(String, Vec<u8>), String> {
    if let Some([Value::String(name), value]) = line.as_array().map(Vec::as_slice) {
        return header(name, value);
    }
    let name = line.get("name").and_then(Value::as_str);
    let pair = name.zip(line.get("value"));
    let (name, value) = pair.ok_or("each header is a pair of texts")?;
    header(name, value)
}

fn header(name: &str, value: &Value) -> Result<(String, Vec<u8>), String> {
    let value = value.as_str().ok_or("each header is a pair of texts")?;
    let bytes = value.chars().map(u8::try_from).collect::<Result<_, _>>();
    let bytes = bytes.map_err(|_| "a header value has no character above U+00FF")?;
    Ok((name.to_owned(), bytes))
}

/// Bytes as text again, each byte a code point.
pub fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
