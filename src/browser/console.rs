//! Console messages of browsers.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;

use super::failure::{CheckFailure, Failure, PreflightFailure};

impl CheckFailure {
    /// Returns the message of Chromium's console, after "… has been blocked by CORS policy: ".
    #[must_use]
    pub fn console(&self) -> String {
        match self {
            Self::AllowOriginMissing => {
                "No 'Access-Control-Allow-Origin' header is present on the requested resource."
                    .to_owned()
            }
            Self::AllowOriginWildcard => {
                "The value of the 'Access-Control-Allow-Origin' header in the response must not \
                 be the wildcard '*' when the request's credentials mode is 'include'."
                    .to_owned()
            }
            Self::AllowOriginMismatch { found } => allow_origin_sentence(found),
            Self::CredentialsNotAllowed { found } => format!(
                "The value of the 'Access-Control-Allow-Credentials' header in the response is \
                 '{}' which must be 'true' when the request's credentials mode is 'include'.",
                ConsoleText(found.as_deref().unwrap_or_default())
            ),
        }
    }
}

impl PreflightFailure {
    /// Returns the message of Chromium's console, after "… has been blocked by CORS policy: ".
    ///
    /// Chromium lets `*` cover `Authorization` and so has no message for that failure; the one for other
    /// headers is used.
    #[must_use]
    pub fn console(&self) -> String {
        match self {
            Self::Check(failure) => preflight_sentence(&failure.console()),
            Self::Status(_) => preflight_sentence("It does not have HTTP ok status."),
            Self::AllowMethodsMalformed { .. } => {
                "Cannot parse Access-Control-Allow-Methods response header field in preflight \
                 response."
                    .to_owned()
            }
            Self::AllowHeadersMalformed { .. } => {
                "Cannot parse Access-Control-Allow-Headers response header field in preflight \
                 response."
                    .to_owned()
            }
            Self::MethodNotAllowed { method } => format!(
                "Method {method} is not allowed by Access-Control-Allow-Methods in preflight \
                 response."
            ),
            Self::AuthorizationNotAllowed => header_sentence("authorization"),
            Self::HeaderNotAllowed { name } => header_sentence(name),
        }
    }
}

impl Failure {
    /// Returns the message of Chromium's console, after "… has been blocked by CORS policy: ".
    #[must_use]
    pub fn console(&self) -> String {
        match self {
            Self::Preflight(failure) => failure.console(),
            Self::Response(failure) => failure.console(),
        }
    }
}

fn allow_origin_sentence(found: &str) -> String {
    let shown = ConsoleText(found);
    if found.contains([',', ' ']) {
        format!(
            "The 'Access-Control-Allow-Origin' header contains multiple values '{shown}', but \
             only one is allowed."
        )
    } else if found == "null" || found.contains("://") {
        format!(
            "The 'Access-Control-Allow-Origin' header has a value '{shown}' that is not equal to \
             the supplied origin."
        )
    } else {
        format!("The 'Access-Control-Allow-Origin' header contains the invalid value '{shown}'.")
    }
}

fn preflight_sentence(reason: &str) -> String {
    format!("Response to preflight request doesn't pass access control check: {reason}")
}

fn header_sentence(name: &str) -> String {
    format!(
        "Request header field {name} is not allowed by Access-Control-Allow-Headers in preflight \
         response."
    )
}

/// A text within a sentence, with its control characters escaped.
struct ConsoleText<'a>(&'a str);

impl fmt::Display for ConsoleText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| {
            if c.is_control() {
                write!(f, "{}", c.escape_debug())
            } else {
                write!(f, "{c}")
            }
        })
    }
}
