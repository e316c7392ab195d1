//! Fetches in the tests of a server: asynchronous, in the types of the crate `http`, with an assertion.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cross_origin::browser::{Fetch, InvalidFetch, Response, assert_shared};
use cross_origin::{MalformedOrigin, Origin, OriginRef};

use crate::support::{A, B, a, policy};

fn now<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}

#[test]
fn origin_of_a_page_as_text() {
    let fetch = Fetch::new(A, "GET").unwrap();
    let origin: Origin = A.parse().unwrap();
    assert_eq!(fetch, Fetch::new(&origin, "GET").unwrap());
    assert_eq!(
        fetch,
        Fetch::new(OriginRef::try_from(A).unwrap(), "GET").unwrap()
    );
    let malformed = Fetch::new("https://a.example/", "GET").unwrap_err();
    let reason: MalformedOrigin = OriginRef::try_from("https://a.example/").unwrap_err();
    assert_eq!(malformed, InvalidFetch::Origin(reason));
}

#[test]
fn async_server() {
    let policy = policy([a().allow_methods(["PUT"])]);
    let sent = |origin, method| {
        let mut requests = Vec::new();
        let result = now(Fetch::new(origin, method)
            .unwrap()
            .send_to_async(async |request| {
                requests.push(request.method().to_owned());
                let decision = policy.evaluate(&request.request_headers());
                let response = Response::new(decision.status().unwrap_or(200));
                response.headers(decision.headers())
            }));
        (result, requests)
    };
    let (shared, requests) = sent(A, "PUT");
    assert_shared(shared);
    assert_eq!(requests, ["OPTIONS", "PUT"]);
    let (blocked, requests) = sent(A, "DELETE");
    assert!(blocked.is_err());
    assert_eq!(requests, ["OPTIONS"]);
    assert!(sent(B, "GET").0.is_err());
}

#[test]
#[should_panic = "blocked by CORS policy: Response to preflight request doesn't pass access control check"]
fn assertion_shows_the_message_of_the_console() {
    assert_shared(
        Fetch::new(A, "PUT")
            .unwrap()
            .send_to(|_| Response::new(404)),
    );
}

#[cfg(feature = "tower")]
#[test]
fn http_service() {
    use cross_origin::browser::{Credentials, Request};
    use cross_origin::tower::CorsLayer;
    use tower::{Layer, ServiceExt, service_fn};

    let policy = policy([a()
        .allow_credentials()
        .allow_methods(["PUT"])
        .allow_headers(["x-a"])]);
    let app = CorsLayer::new(policy).layer(service_fn(async |request: http::Request<()>| {
        assert_eq!(
            (request.uri().path(), &request.headers()["x-a"]),
            ("/items/1", &http::HeaderValue::from_static("1"))
        );
        assert_eq!(Request::from(&request).header_list().len(), 2);
        Ok::<_, std::convert::Infallible>(http::Response::new(()))
    }));
    let fetch = Fetch::new(A, "PUT").unwrap().header("X-A", "1").unwrap();
    let fetch = fetch.credentials(Credentials::Include);
    let result = fetch.send_to_async(async |request| {
        let request = request.to_http("/items/1", ()).unwrap();
        app.clone().oneshot(request).await.unwrap().into()
    });
    assert_eq!(assert_shared(now(result)).status(), 200);
    assert!(Request::new("GET").to_http("no target", ()).is_err());
}
