//! The servers that scenarios are played on: pages under any name, and an API that answers as each
//! scenario says.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cross_origin::browser;
use serde_json::{Value, json};

use crate::driver::Browser;
use crate::fault::Fault;
use crate::playground::server::http::{self, Request, Response};

/// How long a batch of scenarios may take.
const PATIENCE: Duration = Duration::from_secs(60);

type Answer = Box<dyn Fn(&browser::Request) -> browser::Response + Send>;

/// One fetch of a page, or of a frame within it, after a pause.
#[derive(Clone, Debug)]
pub struct Step {
    pub url: String,
    pub method: String,
    pub headers: Vec<(String, String)>,
    pub credentials: &'static str,
    pub frame: Option<&'static str>,
    pub after: Duration,
}

/// What the page saw of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub shared: bool,
    pub headers: Vec<String>,
    pub timed: bool,
}

/// The running servers, which play one batch of scenarios after the other.
pub struct Stage {
    shared: Arc<Shared>,
    played: Receiver<(u64, Value)>,
    pub page: u16,
    pub other: u16,
    api: u16,
}

struct Shared {
    state: Mutex<State>,
    played: Mutex<Sender<(u64, Value)>>,
}

#[derive(Default)]
struct State {
    fault: Option<Fault>,
    answers: Vec<Answer>,
    asked: HashMap<usize, Vec<browser::Request>>,
    batches: Vec<Value>,
}

impl Stage {
    /// Servers on ports that the system chooses.
    pub fn new() -> Self {
        let (sender, played) = mpsc::channel();
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            played: Mutex::new(sender),
        });
        let serve = |answer: fn(&Shared, &Request) -> Response| {
            let listener = http::listener().unwrap();
            let port = listener.local_addr().unwrap().port();
            let shared = Arc::clone(&shared);
            http::serve(listener, move |request| answer(&shared, request));
            port
        };
        let (page, other) = (serve(Shared::site), serve(Shared::site));
        let api = serve(Shared::api);
        Self {
            shared,
            played,
            page,
            other,
            api,
        }
    }

    /// From now on the API makes this mistake with every answer.
    pub fn plant(&self, fault: Fault) {
        self.shared.state.lock().unwrap().fault = Some(fault);
    }

    /// A new URL of this host, and how it answers.
    pub fn url<A>(&self, host: &str, answer: A) -> String
    where
        A: Fn(&browser::Request) -> browser::Response + Send + 'static,
    {
        let mut state = self.shared.state.lock().unwrap();
        let id = state.answers.len();
        state.answers.push(Box::new(answer));
        format!("http://{host}:{}/things/{id}", self.api)
    }

    /// What this URL was asked, in order.
    pub fn asked(&self, url: &str) -> Vec<browser::Request> {
        let state = self.shared.state.lock().unwrap();
        id(url)
            .and_then(|id| state.asked.get(&id).cloned())
            .unwrap_or_default()
    }

    /// Has the page of this address play runs of steps, side by side after the first, and gives what
    /// it saw.
    pub fn play(&self, browser: &dyn Browser, page: &str, runs: &[Vec<Step>]) -> Vec<Vec<Seen>> {
        let batch = {
            let mut state = self.shared.state.lock().unwrap();
            state.batches.push(
                runs.iter()
                    .map(|run| run.iter().map(Step::to_json).collect::<Value>())
                    .collect(),
            );
            state.batches.len() - 1
        };
        browser.open(&format!("{page}/play?{batch}")).unwrap();
        let (played, seen) = self
            .played
            .recv_timeout(PATIENCE)
            .expect("the page tells what it saw");
        assert_eq!(played, batch as u64);
        let runs = seen.as_array().unwrap_or_else(|| panic!("{seen}")).iter();
        runs.map(|run| run.as_array().unwrap().iter().map(Seen::of).collect())
            .collect()
    }
}

impl Shared {
    fn api(&self, request: &Request) -> Response {
        let Some(id) = id(&request.target) else {
            return Response::empty(404);
        };
        let mut state = self.state.lock().unwrap();
        let asked = browser::Request::new(&request.method).headers(&request.headers);
        let answer = state.answers[id](&asked);
        state.asked.entry(id).or_default().push(asked);
        let mut response = Response::empty(answer.status());
        response.headers.extend_from_slice(answer.header_list());
        if let Some(fault) = state.fault {
            fault.spoil(answer.status(), &mut response.headers);
        }
        response
    }

    fn site(&self, request: &Request) -> Response {
        let (path, argument) = request.target.rsplit_once('/').unwrap_or_default();
        let state = self.state.lock().unwrap();
        match (path, argument.parse::<usize>()) {
            ("/batch", Ok(batch)) => Response::new(200)
                .header("content-type", "application/json")
                .body(state.batches[batch].to_string()),
            ("/seen", Ok(batch)) => {
                let seen = serde_json::from_slice(&request.body).unwrap();
                self.played
                    .lock()
                    .unwrap()
                    .send((batch as u64, seen))
                    .unwrap();
                Response::empty(204)
            }
            _ => Response::new(200)
                .header("content-type", "text/html")
                .body(include_str!("play.html")),
        }
    }
}

fn id(url: &str) -> Option<usize> {
    let (_, id) = url.split_once("/things/")?;
    id.parse().ok()
}

impl Step {
    fn to_json(&self) -> Value {
        json!({
            "url": self.url,
            "method": self.method,
            "headers": self.headers,
            "credentials": self.credentials,
            "frame": self.frame,
            "after": self.after.as_millis() as u64,
        })
    }
}

impl Seen {
    fn of(value: &Value) -> Self {
        let headers = value["headers"].as_array().unwrap().iter();
        Self {
            shared: value["shared"].as_bool().unwrap(),
            headers: headers
                .map(|name| name.as_str().unwrap().to_owned())
                .collect(),
            timed: value["timed"].as_bool().unwrap(),
        }
    }
}
