//! Mistakes that servers make with the answers of a policy: browsers must find each.

use crate::playground::server::http::HeaderPairs;

#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// `Access-Control-Allow-Credentials: True`.
    UpperCaseTrue,
    /// `Access-Control-Allow-Origin: *` beside credentials.
    AnyOriginWithCredentials,
    /// No `Vary`.
    NoVary,
    /// A 304 does not take back what its rule does not grant.
    NothingTakenBack,
}

impl Fault {
    pub fn spoil(self, status: u16, headers: &mut HeaderPairs) {
        const ORIGIN: &str = "access-control-allow-origin";
        const CREDENTIALS: &str = "access-control-allow-credentials";
        match self {
            Self::UpperCaseTrue => change(headers, |name, value| {
                (name == CREDENTIALS && value == b"true").then_some("True")
            }),
            Self::AnyOriginWithCredentials => {
                let line = (CREDENTIALS.to_owned(), b"true".to_vec());
                if headers.contains(&line) {
                    change(headers, |name, _| (name == ORIGIN).then_some("*"));
                }
            }
            Self::NoVary => headers.retain(|(name, _)| name != "vary"),
            Self::NothingTakenBack if status == 304 => headers.retain(|(name, value)| {
                !name.starts_with("access-control-") || !(value.is_empty() || value == b"false")
            }),
            Self::NothingTakenBack => {}
        }
    }
}

fn change(headers: &mut HeaderPairs, of: impl Fn(&str, &[u8]) -> Option<&'static str>) {
    for (name, value) in headers {
        if let Some(changed) = of(name, value) {
            *value = changed.into();
        }
    }
}
