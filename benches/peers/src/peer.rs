//! Something that takes a policy and then answers requests.

use crate::server::Server;

pub struct Peer {
    pub name: &'static str,
    /// With the policy for these origins.
    pub build: fn(&[String]) -> Box<dyn Server>,
    /// The same without any policy: what has to be paid for the framework, and is subtracted.
    pub bare: fn() -> Box<dyn Server>,
    /// Whether it takes one origin only.
    pub is_of_one: bool,
    /// Whether a response shows that its origin is denied. One to a static policy does not: it names
    /// the origin that is allowed, to everybody.
    pub shows_denial: bool,
}
