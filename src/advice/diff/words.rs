//! Changes in words, one per line.

use core::fmt;

use super::PolicyDiff;
use super::change::{AffectedOrigins, ChangeKind, ChangeSign, PolicyChange};

impl fmt::Display for PolicyDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, change) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            change.fmt(f)?;
        }
        if self.left_out() > 0 {
            write!(f, "\nand {} more changes", self.left_out())?;
        }
        match self.is_complete() {
            true => Ok(()),
            false => f.write_str("\nincomplete: not all origins were compared"),
        }
    }
}

/// `+ method PUT: https://app.example.com`
impl fmt::Display for PolicyChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = if self.on_yes { ", on a yes" } else { "" };
        write!(f, "{} {}{when}: {}", self.sign, self.kind, self.origins)
    }
}

impl fmt::Display for ChangeSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_char().fmt(f)
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed => f.write_str("allowed"),
            Self::Asked => f.write_str("asked about"),
            Self::Credentials => f.write_str("credentials"),
            Self::Method(name) => write!(f, "method {name}"),
            Self::AnyMethod => f.write_str("any other method"),
            Self::RequestHeader(name) => write!(f, "request header {name}"),
            Self::AnyRequestHeader => f.write_str("any other request header"),
            Self::ExposedHeader(name) => write!(f, "exposed header {name}"),
            Self::AnyExposedHeader => f.write_str("any other exposed header"),
            Self::MaxAge(seconds) => write!(f, "max-age {seconds}"),
            Self::Timing => f.write_str("timing"),
            Self::Static => f.write_str("the same answer to all"),
            Self::PreflightStatus(status) => write!(f, "preflight status {status}"),
            Self::Wording(name) => write!(f, "{name} in other words"),
        }
    }
}

impl fmt::Display for AffectedOrigins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(pattern) => pattern.fmt(f),
            Self::Others => f.write_str("any other origin"),
            Self::InsecureOthers => f.write_str("any other insecure origin"),
            Self::Malformed => f.write_str("a malformed origin"),
            Self::NoOrigin => f.write_str("requests without an origin"),
            Self::Everyone => f.write_str("every request"),
        }
    }
}
