//! What needs bytes on a connection: 101, ambiguous lengths, clients that leave, and reloads under load.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use axum::Router;
use axum::routing::get;
use cross_origin::tower::{CorsLayer, ReloadHandle};
use cross_origin::{Policy, Rule};
use cross_origin_servers::embed::hyper as cors_hyper;

use crate::servers;
use crate::table::{A, B};

const PATIENCE: Duration = Duration::from_secs(20);

/// Listens on a port of the system's choice, and serves there.
fn start(serve: impl FnOnce(TcpListener) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || serve(listener));
    address
}

fn policy(rules: impl IntoIterator<Item = Rule>) -> Policy {
    Policy::new(rules).unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// The status and the headers of a response, in lower case and in order.
fn head(stream: &mut impl BufRead) -> (u16, Vec<String>) {
    let mut lines = stream
        .lines()
        .map(|line| line.unwrap().to_ascii_lowercase())
        .take_while(|line| !line.is_empty());
    let status = lines.next().unwrap();
    let status = status.split(' ').nth(1).unwrap().parse().unwrap();
    let mut lines: Vec<_> = lines.collect();
    lines.sort_unstable();
    (status, lines)
}

fn ask(address: SocketAddr, request: &str) -> (u16, Vec<String>) {
    let mut stream = connect(address);
    let (first, rest) = request.split_once("\r\n").unwrap();
    write!(
        stream,
        "{first} HTTP/1.1\r\nhost: a\r\norigin: {A}\r\n{rest}"
    )
    .unwrap();
    head(&mut BufReader::new(stream))
}

// ---------------------------------------------------------------- 101

#[test]
fn switching_protocols_is_left_alone() {
    type Serve = fn(TcpListener, Arc<ArcSwap<Policy>>);
    let all: [(&str, Serve); 5] = [
        ("axum", servers::axum::serve),
        ("hyper", servers::hyper::serve),
        ("actix-web", servers::actix_web::serve),
        ("poem", servers::poem::serve),
        ("std and httparse", servers::std_httparse::serve),
    ];
    for (name, serve) in all {
        let policy = policy([Rule::allow_origins([A])]);
        let address =
            start(move |listener| serve(listener, Arc::new(ArcSwap::from_pointee(policy))));
        let upgrade = "GET /switch\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
        let (status, lines) = ask(address, upgrade);
        assert_eq!(status, 101, "{name}");
        let is_added =
            |line: &String| line.starts_with("access-control") || line.contains("origin");
        assert!(!lines.iter().any(is_added), "{name}: {lines:?}");
        // The same server applies the policy to other responses.
        let (_, lines) = ask(address, "GET /moved\r\n\r\n");
        assert!(lines.iter().any(is_added), "{name}: {lines:?}");
    }
}

// ---------------------------------------------------------------- ambiguous lengths

#[test]
fn std_httparse_refuses_ambiguous_lengths() {
    let policy = Arc::new(ArcSwap::from_pointee(policy([Rule::allow_origins([A])])));
    let address = start(move |listener| servers::std_httparse::serve(listener, policy));
    let status = |headers: &str| {
        let (status, lines) = ask(address, &format!("GET /\r\n{headers}\r\n"));
        let allow_origin = format!("access-control-allow-origin: {A}");
        assert!(lines.contains(&allow_origin), "{headers:?}: {lines:?}");
        status
    };
    for headers in [
        "",
        "content-length: 0\r\n",
        "content-length: 0\r\nContent-Length: 0\r\n",
    ] {
        assert_eq!(status(headers), 200, "{headers:?}");
    }
    for headers in [
        "content-length: 0\r\ntransfer-encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\ncontent-length: 0\r\n",
        "transfer-encoding: chunked\r\n",
        "content-length: 0\r\ncontent-length: 1\r\n",
        "content-length: 0, 0\r\n",
        "content-length: +0\r\n",
        "content-length: -0\r\n",
        "content-length: 0x0\r\n",
        "content-length:\r\n",
        "content-length: 99999999999999999999999\r\n",
    ] {
        assert_eq!(status(headers), 400, "{headers:?}");
    }
    // Not even a head.
    assert_eq!(status("no header\r\n"), 400);
}

// ---------------------------------------------------------------- clients that leave

static STARTED: AtomicBool = AtomicBool::new(false);
static CANCELLED: AtomicBool = AtomicBool::new(false);

#[test]
fn hyper_cancels_the_handler_when_the_client_leaves() {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            CANCELLED.store(true, Ordering::SeqCst);
        }
    }
    let policy = Arc::new(ArcSwap::from_pointee(Policy::deny_all()));
    let address = start(move |listener| {
        let never = |_| async {
            let _guard = Guard;
            STARTED.store(true, Ordering::SeqCst);
            std::future::pending::<http::Response<String>>().await
        };
        servers::hyper::runtime()
            .block_on(cors_hyper::serve(listener, policy, never))
            .unwrap();
    });
    let mut stream = connect(address);
    write!(stream, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    await_true(&STARTED);
    assert!(!CANCELLED.load(Ordering::SeqCst));
    drop(stream);
    await_true(&CANCELLED);
}

#[track_caller]
fn await_true(flag: &AtomicBool) {
    let start = Instant::now();
    while !flag.load(Ordering::SeqCst) {
        assert!(start.elapsed() < PATIENCE, "it does not happen");
        std::thread::sleep(Duration::from_millis(1));
    }
}

// ---------------------------------------------------------------- reloads

const REQUESTS: usize = 100_000;
const RELOADS: usize = 1_000;
const CONNECTIONS: usize = 4;
/// Requests that are sent before their responses are read.
const PIPELINED: usize = 50;

/// Each response is wholly of one policy or wholly of the other.
#[test]
fn reload_under_load() {
    let policies = [
        policy([Rule::allow_origins([A, B])
            .allow_credentials()
            .expose_headers(["x-one"])]),
        policy([
            Rule::allow_origins([A])
                .expose_headers(["x-two"])
                .timing_allow_origin(),
            Rule::allow_any_origin(),
        ]),
    ];
    let expected = policies.each_ref().map(|policy| {
        let request = http::Request::get("/")
            .header("origin", A)
            .body(())
            .unwrap();
        let decision = policy.evaluate(&request);
        let mut lines: Vec<_> = decision
            .headers()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        lines.sort_unstable();
        lines
    });
    assert_ne!(expected[0], expected[1]);

    let handle = ReloadHandle::new(policies[0].clone());
    let layer = CorsLayer::new(&handle);
    let address = start(move |listener| {
        let app = Router::new().route("/", get(async || "")).layer(layer);
        listener.set_nonblocking(true).unwrap();
        servers::hyper::runtime().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    let reloads = AtomicUsize::new(0);
    let answered = AtomicUsize::new(0);
    let seen = [AtomicUsize::new(0), AtomicUsize::new(0)];
    let is_done = || {
        answered.load(Ordering::Relaxed) >= REQUESTS && reloads.load(Ordering::Relaxed) >= RELOADS
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done() {
                let count = reloads.fetch_add(1, Ordering::Relaxed);
                handle.replace(policies[(count + 1) % 2].clone());
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut stream = connect(address);
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let request = format!("GET / HTTP/1.1\r\nhost: a\r\norigin: {A}\r\n\r\n");
                let requests = request.repeat(PIPELINED);
                while !is_done() {
                    stream.write_all(requests.as_bytes()).unwrap();
                    for _ in 0..PIPELINED {
                        let (status, mut lines) = head(&mut reader);
                        assert_eq!(status, 200);
                        lines.retain(|line| {
                            crate::expected::is_of_cors(line.split(':').next().unwrap())
                        });
                        let policy = expected.iter().position(|expected| *expected == lines);
                        let policy =
                            policy.unwrap_or_else(|| panic!("of neither policy: {lines:?}"));
                        seen[policy].fetch_add(1, Ordering::Relaxed);
                    }
                    answered.fetch_add(PIPELINED, Ordering::Relaxed);
                }
            });
        }
    });
    let seen = seen.map(AtomicUsize::into_inner);
    let (answered, reloads) = (answered.into_inner(), reloads.into_inner());
    println!("{answered} responses, {seen:?} of each policy, {reloads} reloads");
    assert!(answered >= REQUESTS && reloads >= RELOADS);
    assert!(seen.iter().all(|&seen| seen > 0), "{seen:?}");
}
