//! What is measured: something that is asked, and says how long it took.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use crate::allocator;
use crate::support::requests::HeaderPairs;

/// A request, before it is of the type that a server takes.
#[derive(Clone)]
pub struct Asked<'a> {
    pub method: &'static str,
    pub headers: HeaderPairs<'a>,
}

/// What a few answers took.
#[derive(Clone, Copy)]
pub struct Served {
    pub time: Duration,
    /// How many of the answers allow their origin.
    pub allowed: usize,
}

pub trait Server {
    /// Answers these. Making the requests and dropping the responses counts for nothing.
    fn serve(&mut self, requests: &[Asked<'_>]) -> Served;

    /// How often it allocates for this request. One request before it takes what is allocated once.
    fn allocations(&mut self, request: &Asked<'_>) -> usize;
}

/// A server of requests of one type.
pub struct Of<M, A, J> {
    /// Makes a request.
    pub make: M,
    /// Answers it.
    pub answer: A,
    /// Whether the answer allows the origin.
    pub is_allowed: J,
}

impl<Q, S, M, A, J> Server for Of<M, A, J>
where
    M: FnMut(&Asked<'_>) -> Q,
    A: FnMut(Q) -> S,
    J: FnMut(&S) -> bool,
{
    fn serve(&mut self, requests: &[Asked<'_>]) -> Served {
        let requests: Vec<Q> = requests.iter().map(&mut self.make).collect();
        let mut responses = Vec::with_capacity(requests.len());
        let start = Instant::now();
        for request in requests {
            responses.push(black_box((self.answer)(black_box(request))));
        }
        let time = start.elapsed();
        let allowed = responses
            .iter()
            .filter(|response| (self.is_allowed)(response));
        Served {
            time,
            allowed: allowed.count(),
        }
    }

    fn allocations(&mut self, request: &Asked<'_>) -> usize {
        drop((self.answer)((self.make)(request)));
        let request = (self.make)(request);
        let (response, used) = allocator::count(|| (self.answer)(request));
        drop(response);
        used.allocations
    }
}

/// A server that borrows the request and gives a verdict.
pub struct Borrowing<A>(pub A);

impl<A: FnMut(&Asked<'_>) -> bool> Server for Borrowing<A> {
    fn serve(&mut self, requests: &[Asked<'_>]) -> Served {
        let mut allowed = 0;
        let start = Instant::now();
        for request in requests {
            allowed += usize::from(black_box((self.0)(black_box(request))));
        }
        Served {
            time: start.elapsed(),
            allowed,
        }
    }

    fn allocations(&mut self, request: &Asked<'_>) -> usize {
        let (_, used) = allocator::count(|| black_box((self.0)(request)));
        used.allocations
    }
}

/// The output of a future that never has to wait.
pub fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a future that waits for something"),
    }
}
