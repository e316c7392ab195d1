//! The embeddings of `src/embed`, over real sockets: every request of one table, under every
//! policy, is answered with just what the policy says.

mod application;
mod client;
mod expected;
mod raw;
mod servers;
mod table;

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use arc_swap::ArcSwap;
use cross_origin::{Denial, HeaderChange, Outcome, Policy, RequestHeaders, RequestKind};

use client::{Client, Version};

/// Has a server run on a port of the system's choice, and asks it everything. The policy is another
/// every time, in the same running server.
fn drive(server: &str, versions: &[Version], serve: fn(TcpListener, Arc<ArcSwap<Policy>>)) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let policy = Arc::new(ArcSwap::from_pointee(Policy::deny_all()));
    let shared = Arc::clone(&policy);
    std::thread::spawn(move || serve(listener, shared));
    for version in versions {
        let mut client = Client::new(address, *version);
        let server = format!("{server} ({version:?})");
        for (name, now) in table::policies() {
            policy.store(Arc::new(now.clone()));
            for asked in table::requests() {
                expected::check(&server, (name, &now), &asked, &client.ask(&asked));
            }
        }
    }
}

const BOTH: &[Version] = &[Version::Http1, Version::Http2];

#[test]
fn axum() {
    drive("axum", BOTH, servers::axum::serve);
}

#[test]
fn hyper() {
    drive("hyper", BOTH, servers::hyper::serve);
}

#[test]
fn actix_web() {
    drive("actix-web", BOTH, servers::actix_web::serve);
}

#[test]
fn poem() {
    drive("poem", BOTH, servers::poem::serve);
}

#[test]
fn std_httparse() {
    let versions = &[Version::Http1];
    drive("std and httparse", versions, servers::std_httparse::serve);
}

// ---------------------------------------------------------------- the table itself

#[test]
fn the_table_has_every_outcome() {
    let (policies, requests) = (table::policies(), table::requests());
    let (mut kinds, mut denials, mut changes) = (Vec::new(), BTreeSet::new(), [false; 4]);
    for (_, policy) in &policies {
        for asked in &requests {
            let headers = RequestHeaders::new(asked.method).headers(&asked.headers);
            let decision = policy.evaluate(&headers);
            kinds.push((decision.kind(), decision.outcome()));
            denials.extend(decision.denial());
            for change in decision.changes() {
                changes[kind_of(change)] = true;
            }
        }
    }
    assert_eq!(Vec::from_iter(denials), Denial::ALL);
    assert_eq!(changes, [true; 4]);
    for kind in [RequestKind::Actual, RequestKind::Preflight] {
        assert!(
            kinds.contains(&(kind, Outcome::Allowed))
                && kinds
                    .iter()
                    .any(|(of, outcome)| *of == kind && outcome.denial().is_some())
        );
    }
    assert!(kinds.contains(&(RequestKind::NotCors, Outcome::NotCors)));
    assert!(policies.iter().any(|(_, policy)| policy.is_static()));
}

fn kind_of(change: HeaderChange<'_>) -> usize {
    match change {
        HeaderChange::Set { .. } => 0,
        HeaderChange::Add { .. } => 1,
        HeaderChange::Append { .. } => 2,
        HeaderChange::Remove { .. } => 3,
    }
}
