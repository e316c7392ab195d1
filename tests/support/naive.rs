//! Rules read naively, and what a browser makes of the answers of the policy that was built of them.

use std::time::Duration;

use cross_origin::browser::{Credentials, Fetch, Request, Response};
use cross_origin::{OriginPattern, OriginRef, Policy, PolicyBuilder, Rule};

/// What a rule says, for a naive reading of it.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Patterns, `*` or `null` alone, or `ask` alone.
    pub origins: Vec<&'static str>,
    pub credentials: bool,
    pub methods: Vec<&'static str>,
    pub headers: Vec<&'static str>,
    pub exposed: Vec<&'static str>,
    pub max_age: Option<u64>,
    /// The matched origin, or `*`.
    pub timing: Option<&'static str>,
}

impl Spec {
    pub fn rule(&self) -> Rule {
        let rule = match self.origins.as_slice() {
            ["ask"] => Rule::ask(),
            origins => Rule::allow_origins(origins.iter().copied()),
        };
        let rule = rule
            .allow_methods(self.methods.iter().copied())
            .allow_headers(self.headers.iter().copied())
            .expose_headers(self.exposed.iter().copied());
        let rule = if self.credentials {
            rule.allow_credentials()
        } else {
            rule
        };
        let rule = match self.timing {
            Some("*") => rule.timing_allow_any_origin(),
            Some(_) => rule.timing_allow_origin(),
            None => rule,
        };
        match self.max_age {
            Some(seconds) => rule.max_age(Duration::from_secs(seconds)),
            None => rule,
        }
    }
}

/// The builder of a policy of these rules.
pub fn builder(specs: &[Spec]) -> PolicyBuilder {
    PolicyBuilder::new(specs.iter().map(Spec::rule))
        .dangerously_allow_any_host()
        .dangerously_allow_networks()
        .dangerously_allow_insecure_origins()
        .dangerously_allow_null_with_credentials()
        .dangerously_allow_networks()
}

// --- What the rules say, read naively -------------------------------------------------------------------

pub const OWN: [&str; 3] = ["etag", "x-a", "x-secret"];

#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub shared: bool,
    pub exposed: Vec<&'static str>,
    pub timing: bool,
}

/// The first rule that matches this origin.
pub fn deciding<'s>(specs: &'s [Spec], origin: OriginRef<'_>, verdict: bool) -> Option<&'s Spec> {
    specs.iter().find(|spec| {
        spec.origins.iter().any(|text| match *text {
            "*" => true,
            "ask" => verdict && origin.scheme().is_some(),
            pattern => pattern.parse::<OriginPattern>().unwrap().matches(origin),
        })
    })
}

fn lists(list: &[&str], name: &str) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(name))
}

/// Whether the rule lets a request have this method and these headers, credentials aside.
pub fn permits(spec: &Spec, fetch: &Fetch) -> bool {
    let method = fetch.method();
    // Browsers and rules upper-case six methods; only `delete` is written so here.
    let listed = |name: &str| {
        spec.methods.contains(&name) || (name == "DELETE" && spec.methods.contains(&"delete"))
    };
    let any = |list: &[&str]| list.contains(&"*");
    (["GET", "HEAD", "POST"].contains(&method) || listed(method) || any(&spec.methods))
        && fetch.unsafe_header_names().all(|name| {
            lists(&spec.headers, name) || (any(&spec.headers) && name != "authorization")
        })
}

pub fn expected(specs: &[Spec], fetch: &Fetch, verdict: bool) -> Seen {
    let rule = deciding(specs, fetch.origin(), verdict);
    let include = fetch.credentials_mode() == Credentials::Include;
    let shared = rule.filter(|spec| permits(spec, fetch) && (spec.credentials || !include));
    let exposed = |name: &&str| {
        shared.is_some_and(|spec| {
            lists(&spec.exposed, name) || (spec.exposed.contains(&"*") && !include)
        })
    };
    Seen {
        shared: shared.is_some(),
        exposed: OWN.into_iter().filter(exposed).collect(),
        timing: rule.is_some_and(|spec| spec.timing.is_some())
            || specs.iter().any(|spec| spec.timing == Some("*")),
    }
}

// --- What a browser sees ----------------------------------------------------------------------------------

pub fn answer(policy: &Policy, request: &Request, status: u16, verdict: bool) -> Response {
    let view = request.request_headers();
    let verdict = policy.lookup(&view).map(|lookup| lookup.verdict(verdict));
    let decision = policy.evaluate_with(&view, verdict);
    let response = Response::new(decision.status().unwrap_or(status));
    let own = OWN.iter().map(|name| (*name, "1"));
    own.fold(response, |response, (name, value)| {
        response.header(name, value)
    })
    .headers(decision.headers())
}

pub fn judged(fetch: &Fetch, response: &Response, preflight_passed: bool) -> Seen {
    let shared = preflight_passed && fetch.cors_check(response).is_ok();
    let visible = fetch.filtered(response);
    let exposed =
        |name: &&str| shared && visible.header_list().iter().any(|(there, _)| there == name);
    Seen {
        shared,
        exposed: OWN.into_iter().filter(exposed).collect(),
        timing: fetch.tao_check(response),
    }
}

pub fn preflight_passes(policy: &Policy, fetch: &Fetch, verdict: bool) -> bool {
    let answer = answer(policy, &fetch.preflight(), 200, verdict);
    !fetch.needs_preflight() || fetch.preflight_check(&answer).is_ok()
}

pub fn seen(policy: &Policy, fetch: &Fetch, verdict: bool) -> Seen {
    let response = answer(policy, &fetch.request(), 200, verdict);
    judged(fetch, &response, preflight_passes(policy, fetch, verdict))
}
