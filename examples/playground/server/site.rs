//! The server of the page: its files, and what it asks for.

use std::sync::Arc;

use cross_origin::{Policy, PolicyBuilder};
use serde_json::{Value, json};

use super::Ports;
use super::api::Api;
use super::http::{Request, Response};
use super::report;
use super::trial::{self, Trial};

/// The files of the page: path, type and text.
const FILES: [(&str, &str, &str); 7] = [
    (
        "/",
        "text/html; charset=utf-8",
        include_str!("../page.html"),
    ),
    (
        "/page.css",
        "text/css; charset=utf-8",
        include_str!("../page.css"),
    ),
    (
        "/page.js",
        "text/javascript; charset=utf-8",
        include_str!("../page.js"),
    ),
    (
        "/places.js",
        "text/javascript; charset=utf-8",
        include_str!("../places.js"),
    ),
    (
        "/results.js",
        "text/javascript; charset=utf-8",
        include_str!("../results.js"),
    ),
    (
        "/caller",
        "text/html; charset=utf-8",
        include_str!("../caller.html"),
    ),
    ("/icon.svg", "image/svg+xml", include_str!("../icon.svg")),
];

pub struct Site {
    ports: Ports,
    api: Arc<Api>,
}

impl Site {
    pub fn new(ports: Ports, api: Arc<Api>) -> Self {
        Self { ports, api }
    }

    pub fn answer(&self, request: &Request) -> Response {
        let path = request.target.split('?').next().unwrap_or_default();
        if let Some(id) = path.strip_prefix("/tries/") {
            let exchanges = id.parse().ok().and_then(|id| self.api.exchanges(id));
            return exchanges.map_or_else(not_found, |exchanges| json(&exchanges));
        }
        match (request.method.as_str(), path) {
            ("GET", "/setup") => json(&self.setup()),
            ("POST", "/check") => json(&json!({ "problems": check(&request.body) })),
            ("POST", "/try") => json(&self.attempt(&request.body)),
            ("GET", path) => file(path),
            _ => not_found(),
        }
    }

    fn setup(&self) -> Value {
        json!({ "api": self.ports.api_origin(), "callers": self.ports.callers() })
    }

    /// Takes `{"policy": text, "fetch": {…}}` and says what will happen at which URL, or what is wrong.
    fn attempt(&self, body: &[u8]) -> Value {
        let asked: Value = match serde_json::from_slice(body) {
            Ok(asked) => asked,
            Err(error) => return json!({ "wrong": { "member": "", "message": error.to_string() } }),
        };
        let text = asked
            .get("policy")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let policy = match build(text.as_bytes()) {
            Ok(policy) => policy,
            Err(problems) => return json!({ "problems": problems }),
        };
        let fetch = match trial::fetch(asked.get("fetch").unwrap_or(&Value::Null)) {
            Ok(fetch) => fetch,
            Err((member, message)) => {
                return json!({ "wrong": { "member": member, "message": message } });
            }
        };
        let trial = Arc::new(Trial { policy, fetch });
        let predicted = report::prediction(&trial, &trial.predict());
        let id = self.api.keep(trial);
        let url = format!("{}/things/{id}", self.ports.api_origin());
        json!({ "id": id, "url": url, "predicted": predicted })
    }
}

fn check(text: &[u8]) -> Value {
    build(text).err().unwrap_or_else(|| json!([]))
}

/// The policy, or the list of its problems.
fn build(text: &[u8]) -> Result<Policy, Value> {
    let builder = serde_json::from_slice::<PolicyBuilder>(text);
    let builder = builder.map_err(|error| report::unreadable(&error))?;
    builder
        .build()
        .map_err(|problems| report::problems(&problems))
}

fn file(path: &str) -> Response {
    let found = FILES.iter().find(|(there, ..)| *there == path);
    found.map_or_else(not_found, |(_, kind, text)| typed(kind, text))
}

fn json(value: &Value) -> Response {
    typed("application/json", &value.to_string())
}

fn typed(kind: &str, text: &str) -> Response {
    Response::new(200)
        .header("content-type", kind)
        .header("cache-control", "no-store")
        .header("x-content-type-options", "nosniff")
        .body(text)
}

fn not_found() -> Response {
    Response::new(404)
        .header("content-type", "text/plain")
        .body("not found")
}
