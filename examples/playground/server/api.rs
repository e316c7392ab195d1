//! The API that is asked: for each try its own policy, at a URL of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use cross_origin::RequestHeaders;
use serde_json::{Value, json};

use super::http::{Request, Response};
use super::report;
use super::trial::Trial;

/// How many tries are kept; the oldest go first.
const KEPT: usize = 64;

/// The tries so far.
#[derive(Default)]
pub struct Api(Mutex<Tries>);

#[derive(Default)]
struct Tries {
    last: u64,
    kept: BTreeMap<u64, Kept>,
}

struct Kept {
    trial: Arc<Trial>,
    /// What was asked and answered, in order.
    exchanges: Vec<Value>,
}

impl Api {
    /// Keeps a try, and gives its number.
    pub fn keep(&self, trial: Arc<Trial>) -> u64 {
        let mut tries = self.tries();
        tries.last += 1;
        let id = tries.last;
        let exchanges = Vec::new();
        tries.kept.insert(id, Kept { trial, exchanges });
        if tries.kept.len() > KEPT {
            tries.kept.pop_first();
        }
        id
    }

    /// What was asked and answered in a try.
    pub fn exchanges(&self, id: u64) -> Option<Value> {
        let tries = self.tries();
        tries.kept.get(&id).map(|kept| json!(kept.exchanges))
    }

    /// Answers a request of a try as its policy says.
    pub fn answer(&self, request: &Request) -> Response {
        let id = request.target.strip_prefix("/things/");
        let Some(id) = id.and_then(|id| id.parse().ok()) else {
            return Response::empty(404);
        };
        let mut tries = self.tries();
        let Some(kept) = tries.kept.get_mut(&id) else {
            return Response::empty(404);
        };
        let view = RequestHeaders::new(&request.method).headers(&request.headers);
        let response = kept.trial.respond(&view);
        let decision = kept.trial.policy.evaluate(&view);
        let exchange = report::exchange(
            &request.method,
            &request.headers,
            &decision,
            &view,
            &response,
        );
        kept.exchanges.push(exchange);
        response
    }

    fn tries(&self) -> MutexGuard<'_, Tries> {
        self.0
            .lock()
            .expect("no thread panics while it holds the tries")
    }
}
