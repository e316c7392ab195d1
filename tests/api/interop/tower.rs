//! The tower layer around services that answer at once.
#![cfg(feature = "tower")]

use std::convert::Infallible;
use std::future::{Ready, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use cross_origin::tower::{AskResult, CorsLayer, PolicySource, ReloadHandle, ResponseBody};
use cross_origin::{Denial, Origin, Policy, Rule};
use http::request::Parts;
use http::{HeaderValue, Request, Response, header};
use http_body::{Body, Frame, SizeHint};
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::support::{A, B, TENANT, a, policy};

const EVIL: &str = "https://evil.example";

/// A body without a default.
#[derive(Debug, PartialEq)]
struct Text(&'static str);

impl Body for Text {
    type Data = &'static [u8];
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Infallible>>> {
        let text = std::mem::take(&mut self.0);
        Poll::Ready((!text.is_empty()).then(|| Ok(Frame::data(text.as_bytes()))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// Answers each path `/STATUS` with that status.
fn handle(request: Request<()>) -> Ready<Result<Response<Text>, Infallible>> {
    let status: u16 = request.uri().path()[1..].parse().unwrap();
    let response = Response::builder()
        .status(status)
        .header("access-control-allow-origin", "https://upstream.example")
        .header("access-control-expose-headers", "x-own")
        .header("vary", "accept-encoding");
    ready(Ok(response.body(Text("hello")).unwrap()))
}

fn now<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<()> {
    let request = Request::builder().method(method).uri(path);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    request.body(()).unwrap()
}

fn get(origin: &str) -> Request<()> {
    request("GET", "/200", &[("origin", origin)])
}

fn preflight(origin: &str) -> Request<()> {
    let method = ("access-control-request-method", "PUT");
    request("OPTIONS", "/200", &[("origin", origin), method])
}

fn lines<T>(response: &Response<T>) -> Vec<(&str, &str)> {
    let headers = response.headers().iter();
    let mut lines: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    lines.sort_unstable();
    lines
}

fn allow_origin<T>(response: &Response<T>) -> Option<&HeaderValue> {
    response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN)
}

/// A policy of two origins, so that a denied one gets no headers.
fn two() -> Policy {
    policy([Rule::allow_origins([A, B]).allow_methods(["PUT"])])
}

// ---------------------------------------------------------------- responses

#[test]
fn cors_layer_applies_to_every_status() {
    let service = CorsLayer::new(two()).layer(service_fn(handle));
    for path in ["/200", "/204", "/301", "/304", "/404", "/500"] {
        let allowed = now(service
            .clone()
            .oneshot(request("GET", path, &[("origin", A)])));
        let expected = [
            ("access-control-allow-origin", A),
            ("vary", "accept-encoding"),
            ("vary", "origin"),
        ];
        assert_eq!(lines(&allowed.unwrap()), expected, "{path}");
        for headers in [&[("origin", EVIL)][..], &[]] {
            let denied = now(service.clone().oneshot(request("GET", path, headers)));
            assert_eq!(lines(&denied.unwrap()), expected[1..], "{path}");
        }
    }
}

#[test]
fn cors_layer_leaves_101_and_1xx_as_they_are() {
    let service = CorsLayer::new(two())
        .vary_by([header::HOST])
        .layer(service_fn(handle));
    for path in ["/100", "/101", "/103"] {
        let response = now(service
            .clone()
            .oneshot(request("GET", path, &[("origin", A)])));
        let expected = [
            ("access-control-allow-origin", "https://upstream.example"),
            ("access-control-expose-headers", "x-own"),
            ("vary", "accept-encoding"),
        ];
        assert_eq!(lines(&response.unwrap()), expected, "{path}");
    }
}

#[test]
fn cors_layer_answers_preflight_without_the_inner_service() {
    let service = CorsLayer::new(two()).layer(service_fn(|_: Request<()>| {
        panic!("it reaches the inner service");
        #[expect(unreachable_code, reason = "the type of the response")]
        ready(Ok::<Response<Text>, Infallible>(Response::new(Text(""))))
    }));
    let allowed = now(service.clone().oneshot(preflight(A))).unwrap();
    assert_eq!(allowed.status(), 204);
    let expected = [
        ("access-control-allow-methods", "PUT"),
        ("access-control-allow-origin", A),
        ("vary", "origin,access-control-request-method"),
    ];
    assert_eq!(lines(&allowed), expected);
    let denied = now(service.oneshot(preflight(EVIL))).unwrap();
    assert_eq!(denied.status(), 403);
    assert_eq!(lines(&denied), expected[2..]);

    let mut body = denied.into_body();
    assert!(body.is_end_stream());
    assert_eq!(body.size_hint().exact(), Some(0));
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(
        Pin::new(&mut body).poll_frame(&mut context),
        Poll::Ready(None)
    ));
    assert_eq!(body.into_inner(), None);
}

#[test]
fn cors_layer_passes_plain_options_on() {
    let service = CorsLayer::new(two()).layer(service_fn(handle));
    let response = now(service.oneshot(request("OPTIONS", "/405", &[("origin", A)]))).unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(allow_origin(&response).unwrap(), A);
}

#[test]
fn response_body_is_that_of_the_inner_service() {
    let service = CorsLayer::new(two()).layer(service_fn(handle));
    let mut body = now(service.oneshot(get(A))).unwrap().into_body();
    assert_eq!(body.size_hint().exact(), Some(5));
    assert!(!body.is_end_stream());
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut body).poll_frame(&mut context) else {
        panic!("no frame");
    };
    assert_eq!(frame.into_data().ok(), Some(&b"hello"[..]));
    assert!(body.is_end_stream());
    assert_eq!(ResponseBody::<Text>::default().into_inner(), None);
    assert_eq!(ResponseBody::new(Text("x")).into_inner(), Some(Text("x")));
}

#[test]
fn errors_of_the_inner_service_pass_through() {
    let failing = service_fn(|_: Request<()>| ready(Err::<Response<Text>, _>("it failed")));
    let service = CorsLayer::new(two()).layer(failing);
    assert_eq!(
        now(service.clone().oneshot(get(A))).unwrap_err(),
        "it failed"
    );
    assert!(now(service.oneshot(preflight(A))).is_ok());
}

#[test]
fn exposed_headers_of_the_application_are_merged() {
    let policy = policy([a().expose_headers(["etag"])]);
    let replaced = CorsLayer::new(policy.clone()).layer(service_fn(handle));
    let merged = CorsLayer::new(policy)
        .merge_exposed()
        .layer(service_fn(handle));
    let exposed = |response: Response<_>| {
        let headers: &http::HeaderMap = response.headers();
        headers["access-control-expose-headers"].clone()
    };
    assert_eq!(exposed(now(replaced.oneshot(get(A))).unwrap()), "etag");
    assert_eq!(exposed(now(merged.oneshot(get(A))).unwrap()), "etag,x-own");
}

#[test]
fn futures_and_layers_are_send() {
    fn send<T: Send + 'static>(value: T) -> T {
        value
    }
    let layer = send(CorsLayer::new(two()));
    drop(send(
        send(layer.clone().layer(service_fn(handle))).call(get(A)),
    ));
    let asking = layer.asking(|_: Origin, _: &Parts| ready(Ok::<_, Infallible>(true)));
    drop(send(send(asking.layer(service_fn(handle))).call(get(A))));
}

// ---------------------------------------------------------------- reloading

#[test]
fn reload_handle_replaces_the_policy_of_later_requests() {
    let reload = ReloadHandle::new(policy([a(), Rule::allow_origins(["null"])]));
    let mut service = CorsLayer::new(&reload).layer(service_fn(handle));
    let before = service.call(get(A));
    let old = reload.replace(Arc::new(two()));
    assert_eq!((old.is_static(), reload.policy().as_ref()), (false, &two()));
    assert_eq!(
        allow_origin(&now(service.call(get(B))).unwrap()).unwrap(),
        B
    );
    reload.clone().replace(Policy::deny_all());
    assert_eq!(allow_origin(&now(service.call(get(A))).unwrap()), None);
    // A request keeps the policy with which it arrived.
    assert_eq!(allow_origin(&now(before).unwrap()).unwrap(), A);
}

#[test]
fn policy_source_is_called_once_for_each_request() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let policies = [two(), Policy::deny_all()].map(Arc::new);
    let source =
        PolicySource::from_fn(move || Arc::clone(&policies[count.fetch_add(1, Ordering::Relaxed)]));
    let mut service = CorsLayer::new(source).layer(service_fn(handle));
    assert_eq!(
        allow_origin(&now(service.call(get(A))).unwrap()).unwrap(),
        A
    );
    assert_eq!(allow_origin(&now(service.call(get(A))).unwrap()), None);
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

// ---------------------------------------------------------------- asking

fn asks() -> Policy {
    policy([a(), Rule::ask().allow_credentials().allow_methods(["PUT"])])
}

#[test]
fn asking_decides_by_a_future() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let layer = CorsLayer::new(asks()).asking(move |origin: Origin, parts: &Parts| {
        count.fetch_add(1, Ordering::Relaxed);
        let key = parts.headers.get("x-key").cloned();
        let mut waited = false;
        poll_fn(move |context| {
            if !std::mem::replace(&mut waited, true) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            assert_eq!(origin.as_str(), TENANT);
            Poll::Ready(match key.as_ref().map(HeaderValue::as_bytes) {
                None => Ok(true),
                Some(b"wrong") => Ok(false),
                Some(_) => Err("the database is away"),
            })
        })
    });
    let layer = layer.vary_by([header::HOST, header::HeaderName::from_static("x-key")]);
    let service = layer.layer(service_fn(handle));
    let answer = |request| {
        let mut future = pin!(service.clone().oneshot(request));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..5 {
            if let Poll::Ready(response) = future.as_mut().poll(&mut context) {
                return response.unwrap();
            }
        }
        panic!("the future waits");
    };
    let allowed = answer(get(TENANT));
    let expected = [
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-origin", TENANT),
        ("vary", "accept-encoding"),
        ("vary", "host,x-key"),
        ("vary", "origin"),
    ];
    assert_eq!(lines(&allowed), expected);
    assert_eq!(answer(preflight(TENANT)).status(), 204);
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    for key in ["wrong", "any"] {
        let denied = answer(request(
            "GET",
            "/200",
            &[("origin", TENANT), ("x-key", key)],
        ));
        assert_eq!(lines(&denied), expected[2..], "{key}");
    }
    // Rules above it decide without a question, and some origins are never asked about.
    let asked_before = asked.load(Ordering::Relaxed);
    assert_eq!(allow_origin(&answer(get(A))).unwrap(), A);
    for origin in ["null", "http://tenant.example", "x"] {
        assert_eq!(allow_origin(&answer(get(origin))), None, "{origin}");
    }
    assert_eq!(lines(&answer(request("GET", "/200", &[]))), expected[2..]);
    assert_eq!(asked.load(Ordering::Relaxed), asked_before);
}

/// A clone need not be ready (`tower_service::Service`), so the service that was ready is called.
#[test]
fn asking_calls_the_service_that_was_ready() {
    struct OnceReady {
        is_ready: bool,
    }
    impl Clone for OnceReady {
        fn clone(&self) -> Self {
            Self { is_ready: false }
        }
    }
    impl Service<Request<()>> for OnceReady {
        type Response = Response<Text>;
        type Error = Infallible;
        type Future = Ready<Result<Response<Text>, Infallible>>;
        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            self.is_ready = true;
            Poll::Ready(Ok(()))
        }
        fn call(&mut self, request: Request<()>) -> Self::Future {
            assert!(std::mem::take(&mut self.is_ready), "it is not ready");
            handle(request)
        }
    }
    let layer = CorsLayer::new(asks()).asking(|_: Origin, _: &Parts| ready(Ok::<_, ()>(true)));
    let mut service = layer.layer(OnceReady { is_ready: false });
    for _ in 0..2 {
        now(poll_fn(|context| service.poll_ready(context))).unwrap();
        let response = now(service.call(get(TENANT))).unwrap();
        assert_eq!(allow_origin(&response).unwrap(), TENANT);
    }
}

// ---------------------------------------------------------------- the hook

type Seen = Arc<Mutex<Vec<(&'static str, Option<AskResult>, bool)>>>;

/// The layer, and what its hook sees.
fn hooked(policy: Policy) -> (CorsLayer, Seen) {
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let layer = CorsLayer::new(policy).on_decision(move |event| {
        let decision = event.decision();
        let seen = (
            decision.outcome().as_str(),
            event.asked(),
            event.is_same_origin(),
        );
        kept.lock().unwrap().push(seen);
    });
    (layer, seen)
}

#[test]
fn hook_sees_every_decision() {
    let (layer, seen) = hooked(asks());
    let mut service = layer.layer(service_fn(handle));
    let mut send = |request| drop(now(service.call(request)));
    send(get(A));
    send(preflight(A));
    send(request("GET", "/500", &[]));
    send(request(
        "POST",
        "/200",
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
    ));
    // A rule asks, and there is nobody to ask.
    send(get(TENANT));
    let expected = [
        ("allowed", None, false),
        ("method-not-allowed", None, false),
        ("not-cors", None, false),
        ("origin-null", None, true),
        ("origin-not-allowed", Some(AskResult::NotAsked), false),
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn hook_sees_the_verdict() {
    let (layer, seen) = hooked(asks());
    let answers = Arc::new(Mutex::new(vec![Err("away"), Ok(false), Ok(true)]));
    let layer =
        layer.asking(move |_: Origin, _: &Parts| ready(answers.lock().unwrap().pop().unwrap()));
    let mut service = layer.layer(service_fn(handle));
    for _ in 0..3 {
        now(service.call(get(TENANT))).unwrap();
    }
    let expected = [
        ("allowed", Some(AskResult::Allowed), false),
        ("origin-not-allowed", Some(AskResult::Denied), false),
        ("origin-not-allowed", Some(AskResult::Failed), false),
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn hook_sees_the_request() {
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    let layer = CorsLayer::new(two()).on_decision(move |event| {
        count.fetch_add(1, Ordering::Relaxed);
        assert_eq!(
            (event.method().as_str(), event.uri().path()),
            ("GET", "/200")
        );
        assert_eq!(event.headers()["origin"], EVIL);
        assert_eq!(event.extensions().get(), Some(&7_u8));
        assert_eq!(event.decision().denial(), Some(Denial::OriginNotAllowed));
        #[cfg(feature = "advice")]
        assert!(event.explain().to_string().contains(EVIL));
    });
    let mut request = get(EVIL);
    request.extensions_mut().insert(7_u8);
    now(layer.layer(service_fn(handle)).oneshot(request)).unwrap();
    assert_eq!(seen.load(Ordering::Relaxed), 1);
}
