//! The long form of an explanation: several lines, for people.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::shown::{Shown, cut, joined, paragraph};
use super::{Explanation, finding, hint, note};
use crate::message::RequestKind;

/// The longest long form of an explanation, in bytes: what is beyond is cut, and `…` says so.
pub const MAX_EXPLANATION_LEN: usize = 4096;

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match (self.denial(), self.kind()) {
            (Some(denial), RequestKind::Preflight) => format!("preflight denied: {denial}"),
            (Some(denial), _) => format!("denied: {denial}"),
            (None, RequestKind::NotCors) => "not a CORS request".into(),
            (None, RequestKind::Preflight) => "preflight allowed".into(),
            (None, RequestKind::Actual) => "allowed".into(),
        };
        paragraph(&mut text, "asked", &asked(self));
        paragraph(&mut text, "why", &finding::finding(self));
        if let Some(nearest) = self.nearest() {
            paragraph(&mut text, "nearest", &nearest.to_string());
        }
        if let Some(hint) = hint::policy(self) {
            paragraph(&mut text, "policy", &hint);
        }
        if let Some(hint) = hint::page(self) {
            paragraph(&mut text, "page", &hint);
        }
        for note in note::notes(self) {
            paragraph(&mut text, "note", &note);
        }
        if let Some(sentence) = self.console() {
            paragraph(&mut text, "console", &sentence);
        }
        let standard = self.step().map(|step| step.to_string());
        let standard = standard.unwrap_or_else(|| self.section().into());
        paragraph(&mut text, "standard", &standard);
        cut(&mut text, MAX_EXPLANATION_LEN);
        f.write_str(&text)
    }
}

/// Writes the request: its kind, method and header names.
fn asked(of: &Explanation<'_>) -> String {
    let method = Shown(of.request.method());
    let origin = finding::origin(of);
    if of.kind() != RequestKind::Preflight {
        return format!("{method}, {origin}");
    }
    let asked_method = finding::asked_method(of);
    let lines = of.request.request_headers().kept();
    let names = match lines.map(joined).as_deref() {
        None => " with many request headers".into(),
        Some([]) => String::new(),
        Some(names) => format!(" with {}", Shown(names)),
    };
    format!("for {asked_method}{names}, {origin}")
}
