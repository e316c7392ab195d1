//! Mistakes that servers make with the answers of a policy: browsers must find each.

use crate::playground::server::http::Fields;

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
    pub fn spoil(self, status: u16, fields: &mut Fields) {
        const ORIGIN: &str = "access-control-allow-origin";
        const CREDENTIALS: &str = "access-control-allow-credentials";
        match self {
            Self::UpperCaseTrue => change(fields, |name, value| {
                (name == CREDENTIALS && value == b"true").then_some("True")
            }),
            Self::AnyOriginWithCredentials => {
                let line = (CREDENTIALS.to_owned(), b"true".to_vec());
                if fields.contains(&line) {
                    change(fields, |name, _| (name == ORIGIN).then_some("*"));
                }
            }
            Self::NoVary => fields.retain(|(name, _)| name != "vary"),
            Self::NothingTakenBack if status == 304 => fields.retain(|(name, value)| {
                !name.starts_with("access-control-") || !(value.is_empty() || value == b"false")
            }),
            Self::NothingTakenBack => {}
        }
    }
}

fn change(fields: &mut Fields, of: impl Fn(&str, &[u8]) -> Option<&'static str>) {
    for (name, value) in fields {
        if let Some(changed) = of(name, value) {
            *value = changed.into();
        }
    }
}
