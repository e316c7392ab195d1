//! A [tower](https://docs.rs/tower-layer) layer for CORS, for axum, tonic, hyper and every other server on
//! tower services.
//!
//! [`CorsLayer`] evaluates every request, answers preflights itself, and applies the CORS headers to every
//! final response of the inner service, whatever its status:
//!
//! ```
//! use cross_origin::tower::CorsLayer;
//! use cross_origin::{Policy, Rule};
//! use http::{Request, Response};
//! use tower::{Layer, ServiceExt, service_fn};
//!
//! let policy = Policy::new([Rule::allow_origins(["https://app.example.com"]).allow_credentials()])?;
//! let service = CorsLayer::new(policy).layer(service_fn(async |_: Request<String>| {
//!     Ok::<_, std::convert::Infallible>(Response::new(String::from("hello")))
//! }));
//!
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! let request = Request::get("/").header("origin", "https://app.example.com").body(String::new())?;
//! let call = service.oneshot(request); // `.await` it
//! # let std::task::Poll::Ready(response) = std::pin::pin!(call).poll(&mut context) else { panic!() };
//! # let response = response?;
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Position
//!
//! Put it outside everything that creates responses, because a response that is created outside of it
//! has no CORS headers, and a browser shows it to no page:
//!
//! - **axum**: `Router::layer` on the whole router, as the last call; with `ServiceBuilder` as its first
//!   layer, above `TraceLayer`, compression and timeouts. Not `Router::route_layer`: preflights would get
//!   the 405 of a route without `OPTIONS`. A router that is nested without a fallback of its own leaves
//!   its 404 to the outer router, and so outside of its layer.
//! - **One layer for a response.** If two layers apply, the outer policy wins.
//! - **Panics**: a panic unwinds through this layer. Put `CatchPanicLayer` of tower-http below, so that
//!   the 500 has its CORS headers.
//! - **Errors** of the inner service pass through, because they are not responses. Where a server makes a
//!   response of them, it has no CORS headers: turn errors into responses below this layer, as
//!   `HandleErrorLayer` of axum does.
//! - **hyper**: wrap the layered service in `TowerToHyperService` of hyper-util.
//!
//! Interim responses (1xx) and 101 (Switching Protocols) are left as they are. A preflight does not reach
//! the inner service; a plain `OPTIONS` does.

mod body;
mod event;
mod future;
mod layer;
mod reload;
mod service;

pub use body::ResponseBody;
pub use event::{AskResult, DecisionEvent};
pub use future::{AskingFuture, ResponseFuture};
pub use layer::{Asking, CorsLayer, NotAsking, PolicySource};
pub use reload::ReloadHandle;
pub use service::Cors;
