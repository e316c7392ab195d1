//! CORS for hyper alone. Copy this file.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;

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
        // A task of its own, so that a panic ends that and no more.
        None => match tokio::spawn(handle(request)).await {
            Ok(response) => response,
            Err(_) => internal_server_error(),
        },
    };
    answer.apply(response.headers_mut());
    response
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
