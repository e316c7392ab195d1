//! Evaluation of preflights by the rule that matches the origin.

use super::decision::{Decision, Requested};
use super::denial::Denial;
use super::{BuiltRule, NameList};
use crate::message::lines::Lines;
use crate::message::list::{self, elements};
use crate::message::request::SingleHeader;
use crate::message::token::is_token;
use crate::message::{MAX_METHOD_LEN, MAX_REQUEST_HEADERS, RequestHeaders, header_name, method};

impl BuiltRule {
    /// Decides a preflight whose origin is allowed: the method first, then the header names.
    pub(super) fn decide_preflight<'a>(
        &self,
        request: &RequestHeaders<'a>,
        decision: &mut Decision<'a>,
    ) {
        let lines = request.request_headers();
        let method = self.decide_method(request.request_method());
        let headers = self.decide_headers(lines);
        decision.refusal = method.err().or(headers.err().map(|denied| denied.denial));
        let is_header_denied = decision.refusal == Some(Denial::HeaderNotAllowed);
        if is_header_denied {
            decision.denied_header = headers.err().and_then(|denied| denied.name);
        } else if !self.repeats() {
            return;
        }
        decision.requested = Requested {
            method: method
                .ok()
                .filter(|_| self.repeats() && self.methods.any)
                .and_then(|name| core::str::from_utf8(name).ok()),
            headers: (is_header_denied || (self.headers.any && headers.is_ok())).then_some(*lines),
        };
    }

    /// Whether the response to a preflight may repeat the method or the names that it asks for.
    pub(super) fn repeats(&self) -> bool {
        self.credentials && (self.methods.any || self.headers.any)
    }

    fn decide_method<'a>(&self, header: SingleHeader<'a>) -> Result<&'a [u8], Denial> {
        let name = match header {
            SingleHeader::Once(value) if value.len() <= MAX_METHOD_LEN => value,
            _ => return Err(Denial::MethodMalformed),
        };
        let listed = method::is_cors_safelisted(name)
            || self.methods.lists(|listed| listed.as_bytes() == name);
        if !listed && !is_token(name) {
            return Err(Denial::MethodMalformed);
        }
        let covered = self.methods.any && name != b"*" && !method::is_forbidden(name);
        if listed || covered {
            Ok(name)
        } else {
            Err(Denial::MethodNotAllowed)
        }
    }

    /// Checks the requested names. Exceeding a limit takes precedence, because the rest is not read; then
    /// any malformed name.
    fn decide_headers<'a>(&self, lines: &Lines<'a>) -> Result<(), DeniedHeaders<'a>> {
        let lines = lines
            .kept()
            .filter(|lines| list::is_within_len(lines.clone()))
            .ok_or(Denial::HeadersTooLong)?;
        let mut names = lines.flat_map(elements);
        let mut malformed = false;
        let mut denied = None;
        for name in names.by_ref().take(MAX_REQUEST_HEADERS) {
            if self.lists_header(name) {
                continue;
            }
            malformed |= !is_token(name);
            if denied.is_none() && !self.any_header_covers(name) {
                denied = Some(name);
            }
        }
        match denied {
            _ if names.next().is_some() => Err(Denial::HeadersTooLong.into()),
            _ if malformed => Err(Denial::HeadersMalformed.into()),
            None => Ok(()),
            Some(name) => Err(DeniedHeaders {
                denial: Denial::HeaderNotAllowed,
                name: core::str::from_utf8(name).ok(),
            }),
        }
    }

    /// Whether the rule allows a requested header.
    pub(super) fn allows_header(&self, name: &[u8]) -> bool {
        self.lists_header(name) || self.any_header_covers(name)
    }

    /// Browsers send names in lower case, as they are listed, so that is compared first.
    fn lists_header(&self, name: &[u8]) -> bool {
        self.headers.lists(|listed| listed.as_bytes() == name)
            || (name.iter().any(u8::is_ascii_uppercase)
                && self
                    .headers
                    .lists(|listed| listed.as_bytes().eq_ignore_ascii_case(name)))
    }

    fn any_header_covers(&self, name: &[u8]) -> bool {
        self.headers.any
            && name != b"*"
            && !header_name::is_cors_non_wildcard(name)
            && !header_name::is_forbidden_request_header(name)
    }
}

impl NameList {
    fn lists(&self, eq: impl Fn(&str) -> bool) -> bool {
        self.listed.iter().any(|listed| eq(listed))
    }
}

#[derive(Clone, Copy)]
struct DeniedHeaders<'a> {
    denial: Denial,
    name: Option<&'a str>,
}

impl From<Denial> for DeniedHeaders<'_> {
    fn from(denial: Denial) -> Self {
        Self { denial, name: None }
    }
}
