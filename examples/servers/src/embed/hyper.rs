//! CORS for hyper alone. Copy this file.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use arc_swap::ArcSwap;
use cross_origin::Policy;
use http::{Request, Response, StatusCode};
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;

/// Answers preflights, has the application handle all else, and completes what comes back.
async fn cors<R, F>(
    policy: &Arc<Policy>,
    request: Request<Incoming>,
    handle: impl FnOnce(Request<Incoming>) -> F,
) -> Response<R>
where
    R: Default + Send + 'static,
    F: Future<Output = Response<R>> + Send + 'static,
{
    let answer = policy.answer(request.method(), request.headers());
    let mut response = match answer.preflight() {
        Some(done) => done,
        None => catch_panic(async { handle(request).await }).await,
    };
    // Not to a 101, which is not the end of the response.
    if !response.status().is_informational() {
        answer.apply(response.headers_mut());
    }
    response
}

/// Turns a panic of the handler into a 500. The handler runs in the task of its connection, so it is
/// cancelled when the client leaves.
async fn catch_panic<R: Default>(handled: impl Future<Output = Response<R>>) -> Response<R> {
    let mut handled = pin!(handled);
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| handled.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(internal_server_error()))
    })
    .await
}

fn internal_server_error<R: Default>() -> Response<R> {
    let mut response = Response::new(R::default());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// Serves HTTP/1 and HTTP/2 on every connection.
pub async fn serve<R, F>(
    listener: TcpListener,
    policy: Arc<ArcSwap<Policy>>,
    handle: impl Fn(Request<Incoming>) -> F + Copy + Send + 'static,
) -> std::io::Result<()>
where
    R: Body<Error: Into<Box<dyn std::error::Error + Send + Sync>>, Data: Send>,
    R: Default + Send + 'static,
    F: Future<Output = Response<R>> + Send + 'static,
{
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let policy = Arc::clone(&policy);
        let service = service_fn(move |request| {
            let policy = policy.load_full();
            async move { Ok::<_, Infallible>(cors(&policy, request, handle).await) }
        });
        tokio::spawn(async move {
            let server = auto::Builder::new(TokioExecutor::new());
            if let Err(error) = server.serve_connection(TokioIo::new(stream), service).await {
                eprintln!("{error}");
            }
        });
    }
}
