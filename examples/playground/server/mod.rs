//! The servers of the playground: one for the page, on two ports, and one for the API that it asks.

mod api;
pub mod http;
mod report;
mod site;
mod trial;

use std::io;
use std::sync::Arc;

use api::Api;
use site::Site;

/// The ports that are listened on, of 127.0.0.1.
#[derive(Clone, Copy)]
pub struct Ports {
    page: u16,
    other: u16,
    api: u16,
}

/// The running servers. They run until the program ends.
pub struct Playground(Ports);

impl Playground {
    /// Starts the servers on ports that the system chooses.
    pub fn start() -> io::Result<Self> {
        let api = Arc::new(Api::default());
        let (page, other) = (http::listener()?, http::listener()?);
        let asked = http::listener()?;
        let ports = Ports {
            page: page.local_addr()?.port(),
            other: other.local_addr()?.port(),
            api: asked.local_addr()?.port(),
        };
        let site = Arc::new(Site::new(ports, Arc::clone(&api)));
        http::serve(asked, move |request| api.answer(request));
        for listener in [page, other] {
            let site = Arc::clone(&site);
            http::serve(listener, move |request| site.answer(request));
        }
        Ok(Self(ports))
    }

    /// Where the page is.
    pub fn page(&self) -> String {
        format!("http://localhost:{}", self.0.page)
    }

    /// Where the API is.
    pub fn api(&self) -> String {
        self.0.api_origin()
    }
}

impl Ports {
    fn api_origin(self) -> String {
        format!("http://localhost:{}", self.api)
    }

    /// The origins to ask from, and what to say about each.
    fn callers(self) -> [(String, &'static str); 5] {
        [
            (format!("http://localhost:{}", self.page), "this page"),
            (format!("http://localhost:{}", self.other), "another port"),
            (format!("http://127.0.0.1:{}", self.page), "another host"),
            (format!("http://app.localhost:{}", self.page), "a subdomain"),
            ("null".to_owned(), "a sandboxed frame"),
        ]
    }
}
