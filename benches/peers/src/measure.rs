//! Medians of many batches, which the peers serve by turns.

use std::time::{Duration, Instant};

use crate::allocator::{self, Used};
use crate::options::Options;
use crate::peer::Peer;
use crate::scenario::Scenario;
use crate::server::Server;

/// A peer with its policy, and what is left of it without.
pub struct Built<'p> {
    pub peer: &'p Peer,
    server: Box<dyn Server>,
    bare: Box<dyn Server>,
}

/// How long a batch takes, about: long beside reading the clock, short beside a time slice.
const BATCH: Duration = Duration::from_micros(100);

/// Builds what takes this many origins.
pub fn build<'p>(peers: &'p [Peer], origins: &[String]) -> Vec<Built<'p>> {
    let fitting = peers
        .iter()
        .filter(|peer| !peer.is_of_one || origins.len() == 1);
    let built = fitting.map(|peer| Built {
        peer,
        server: (peer.build)(origins),
        bare: (peer.bare)(),
    });
    built.collect()
}

/// The time of one answer of each, net of the bare one.
pub fn times(built: &mut [Built<'_>], scenario: &Scenario, options: &Options) -> Vec<Duration> {
    let counts: Vec<usize> = built.iter_mut().map(|peer| peer.batch(scenario)).collect();
    let mut samples = vec![(Vec::new(), Vec::new()); built.len()];
    for _ in 0..options.rounds {
        for ((peer, &count), (whole, bare)) in built.iter_mut().zip(&counts).zip(&mut samples) {
            // Each has the processor warm for it, as the peer before had, and other requests than
            // those that are timed.
            let others = scenario.requests(count);
            let requests = scenario.requests(count);
            let per_request = |time: Duration| time.as_secs_f64() / count as f64;
            peer.bare.serve(&others);
            bare.push(per_request(peer.bare.serve(&requests).time));
            peer.server.serve(&others);
            let served = peer.server.serve(&requests);
            whole.push(per_request(served.time));
            peer.check(scenario, served.allowed, count);
        }
    }
    let net = |(whole, bare): (Vec<f64>, Vec<f64>)| (median(whole) - median(bare)).max(0.0);
    samples
        .into_iter()
        .map(|sample| Duration::from_secs_f64(net(sample)))
        .collect()
}

impl Built<'_> {
    /// How many requests a batch has.
    fn batch(&mut self, scenario: &Scenario) -> usize {
        let requests = scenario.requests(2);
        self.server.serve(&requests);
        let one = self
            .server
            .serve(&requests[..1])
            .time
            .max(Duration::from_nanos(1));
        let fitting = BATCH.as_nanos() / one.as_nanos();
        usize::try_from(fitting)
            .unwrap_or(usize::MAX)
            .clamp(1, scenario.at_most())
    }

    #[track_caller]
    fn check(&self, scenario: &Scenario, allowed: usize, count: usize) {
        let expected = match scenario.is_allowed {
            Some(true) => count,
            Some(false) if self.peer.shows_denial => 0,
            Some(false) | None => return,
        };
        assert_eq!(allowed, expected, "{}: {}", self.peer.name, scenario.name);
    }

    /// How often it allocates for one request, beside the bare one.
    pub fn allocations(&mut self, scenario: &Scenario) -> usize {
        let request = scenario.request();
        let bare = self.bare.allocations(&request);
        self.server.allocations(&request).saturating_sub(bare)
    }
}

/// The time that each takes to build its policy, and what it retains of it.
pub fn builds(
    peers: &[Peer],
    origins: &[String],
    options: &Options,
) -> Vec<Option<(Duration, Used)>> {
    let mut samples = vec![Vec::new(); peers.len()];
    for _ in 0..options.builds {
        for (peer, samples) in peers.iter().zip(&mut samples) {
            if !peer.is_of_one {
                samples.push(timed(|| (peer.build)(origins)));
            }
        }
    }
    let built = peers.iter().zip(samples).map(|(peer, samples)| {
        let (_, used) = allocator::count(|| (peer.build)(origins));
        (!peer.is_of_one).then(|| (Duration::from_secs_f64(median(samples)), used))
    });
    built.collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let done = work();
    let time = start.elapsed();
    drop(done);
    time.as_secs_f64()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_unstable_by(f64::total_cmp);
    samples[samples.len() / 2]
}
