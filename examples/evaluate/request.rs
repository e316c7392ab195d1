//! Requests and responses as JSON has them.

use cross_origin::RequestHeaders;
use serde_json::Value;

/// A request that was read.
pub struct Request {
    pub method: String,
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Request {
    /// A request in a line of JSON.
    pub fn of_json(line: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        Self::of(&value)
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

/// Headers, as a list of pairs. Values are Latin-1: each code point is a byte.
pub fn header_pairs(value: &Value) -> Result<Vec<(String, Vec<u8>)>, String> {
    let lines = value.as_array().ok_or("`headers` is a list of pairs")?;
    lines.iter().map(header_pair).collect()
}

fn header_pair(line: &Value) -> Result<(String, Vec<u8>), String> {
    let pair = line.as_array().map(Vec::as_slice);
    let Some([Value::String(name), Value::String(value)]) = pair else {
        return Err("each header is a pair of texts".to_owned());
    };
    let bytes = value.chars().map(u8::try_from).collect::<Result<_, _>>();
    let bytes = bytes.map_err(|_| "a header value has no character above U+00FF")?;
    Ok((name.clone(), bytes))
}

/// Bytes as text again, each byte a code point.
pub fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
