//! Writes the seeds of every target out of the vectors of the tests, into `corpus/`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn main() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = Seeds {
        corpus: fuzz.join("corpus"),
        count: 0,
    };
    let mut files: Vec<_> = fs::read_dir(fuzz.join("../tests/vectors"))
        .expect("the vectors are there")
        .map(|file| file.expect("a file").path())
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    for file in files {
        let text = fs::read(&file).expect("a file");
        let vector: Value = serde_json::from_slice(&text).expect("JSON");
        for case in vector["cases"].as_array().into_iter().flatten() {
            seeds.of_case(case);
        }
    }
    for n in 0..64_u8 {
        let bytes: Vec<u8> = (0..=u8::MAX)
            .map(|i| i.wrapping_mul(n | 1).wrapping_add(n))
            .collect();
        seeds.write("evaluate_vs_browser", &bytes);
    }
    println!("{} seeds", seeds.count);
}

struct Seeds {
    corpus: PathBuf,
    count: usize,
}

impl Seeds {
    fn of_case(&mut self, case: &Value) {
        let policy = &case["policy"];
        if !policy.is_null() {
            self.write("policy_json", policy.to_string().as_bytes());
        }
        let rules = policy["rules"]
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![policy.clone()]);
        let listed = rules
            .iter()
            .filter_map(|rule| rule["allow_origins"].as_array());
        let patterns: Vec<&str> = listed.flatten().filter_map(Value::as_str).collect();
        let patterns = [patterns, case["pattern"].as_str().into_iter().collect()].concat();
        for pattern in &patterns {
            self.write("pattern", pattern.as_bytes());
            self.write("config_origin_vs_url", pattern.as_bytes());
        }
        for key in ["wire", "origin"] {
            if let Some(text) = case[key].as_str() {
                self.write("wire_origin", &latin1(text));
                self.write("config_origin_vs_url", text.as_bytes());
                self.write(
                    "set_vs_naive",
                    format!("{text}\n{}", patterns.join("\n")).as_bytes(),
                );
            }
        }
        self.of_request(&case["request"]);
        for line in case["request"]["headers"].as_array().into_iter().flatten() {
            let (Some(name), Some(value)) = (line[0].as_str(), line[1].as_str()) else {
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "origin" => {
                    self.write("wire_origin", &latin1(value));
                    self.write(
                        "set_vs_naive",
                        format!("{value}\n{}", patterns.join("\n")).as_bytes(),
                    );
                }
                "access-control-request-headers" => self.write("request_list", &latin1(value)),
                _ => {}
            }
        }
    }

    /// The method, then one header per line, with a letter for its name.
    fn of_request(&mut self, request: &Value) {
        let Some(method) = request["method"].as_str() else {
            return;
        };
        let mut seed = latin1(method);
        for line in request["headers"].as_array().into_iter().flatten() {
            let name = line[0].as_str().unwrap_or_default().to_ascii_lowercase();
            let letter = match name.as_str() {
                "origin" => "\no",
                "access-control-request-method" => "\nm",
                "access-control-request-headers" => "\nh",
                _ => continue,
            };
            seed.extend(letter.bytes());
            seed.extend(latin1(line[1].as_str().unwrap_or_default()));
        }
        self.write("explain", &seed);
    }

    fn write(&mut self, target: &str, seed: &[u8]) {
        let folder = self.corpus.join(target);
        fs::create_dir_all(&folder).expect("a folder for seeds");
        fs::write(folder.join(format!("seed-{:04}", self.count)), seed).expect("a seed");
        self.count += 1;
    }
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| u8::try_from(c).ok()).collect()
}
