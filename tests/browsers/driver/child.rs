//! Processes that end when the test does.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Failed;

/// A process, those that it starts, and its directory: all of them go with it.
pub struct Child {
    process: process::Child,
    directory: PathBuf,
}

/// The directory that all of this run's directories are in.
pub fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("browsers")
}

/// A new empty directory of this run.
pub fn directory(name: &str) -> io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let directory = scratch().join(format!("{name}-{}-{count}", process::id()));
    fs::create_dir_all(&directory)?;
    Ok(directory)
}

impl Child {
    pub fn start(mut command: Command, directory: PathBuf) -> Result<Self, Failed> {
        let log = fs::File::create(directory.join("log"))?;
        let started = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .env("HOME", &directory)
            .env("TMPDIR", &directory)
            .process_group(0)
            .spawn();
        match started {
            Ok(process) => Ok(Self { process, directory }),
            Err(error) => {
                let _ = fs::remove_dir_all(&directory);
                let name = command.get_program().to_string_lossy().into_owned();
                Err(format!("{name}: {error}").into())
            }
        }
    }

    /// What the process wrote so far.
    pub fn log(&self) -> String {
        let bytes = fs::read(self.directory.join("log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Looks again and again until there is something, as long as the process runs, for a while.
    pub fn wait_for<T>(
        &mut self,
        what: &str,
        look: impl Fn(&Self) -> Option<T>,
    ) -> Result<T, Failed> {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(found) = look(self) {
                return Ok(found);
            }
            let ended = self.process.try_wait()?.is_some();
            if ended || Instant::now() > end {
                return Err(format!("no {what}; it says {:?}", self.log()).into());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        kill_group(self.process.id());
        let _ = self.process.wait();
        // What a killed process wrote last may still come to be.
        for _ in 0..50 {
            match fs::remove_dir_all(&self.directory) {
                Err(error) if error.kind() != ErrorKind::NotFound => {}
                _ => return,
            }
            thread::sleep(Duration::from_millis(20));
        }
        eprintln!("{} is left behind", self.directory.display());
    }
}

/// Ends the processes of a group at once.
pub fn kill_group(leader: u32) {
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{leader}")])
        .stderr(Stdio::null())
        .status();
}
