//! The command's end of a worker: starts it, asks it, and ends it when it is late.
//!
//! ```text
//! file → request → worker → reply        in time
//!                    ┆  no reply         → timeout, the worker is killed
//!                    ✝                   → out of memory or crash, as it left word on stderr
//! ```
//!
//! A worker is replaced after any of these, and after so many files that what it may have leaked is little.

use super::message::{PIPE_BYTES, Reply, Request};
use super::reading::Reading;
use super::status::{Failure, Status};
use super::worker;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Files after which a worker is renewed.
const FILES: u32 = 1_000;

/// How the time that is waited is counted. The time in which the whole machine, or the command, was asleep is no more
/// than one of these, so that no file is late by it.
const TICK: Duration = Duration::from_millis(50);

/// Bytes of a reply. The JSON of a year's bulletin takes about 60 MB.
const REPLY_BYTES: u64 = 256 << 20;

/// Bytes that are kept of what a worker says on stderr: its last words.
const LAST_WORDS: usize = 4 << 10;

/// How long a worker that has closed its pipes may take to end.
const TO_END: Duration = Duration::from_secs(2);

/// How workers are to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The time for one file.
    pub(super) timeout: Duration,
    /// The most bytes of address space.
    pub(super) max_memory: u64,
    /// How it is read.
    pub(super) reading: Reading,
}

/// Has files read, one after the other, by workers that it starts as they are needed.
pub(super) struct Keeper {
    terms: Terms,
    worker: Option<Worker>,
    /// Whether it reads itself.
    is_worker: bool,
}

impl Keeper {
    pub(super) fn new(terms: Terms) -> Self {
        Self { terms, worker: None, is_worker: false }
    }

    /// Reads itself, in a process of which nothing else depends.
    pub(super) fn in_a_copy(terms: Terms) -> Self {
        Self { is_worker: true, ..Self::new(terms) }
    }

    /// Has a file read. Gives the reply, and as it was written, where it was.
    pub(super) fn ask(&mut self, request: &Request) -> Result<(Reply, Vec<u8>), Failure> {
        if self.is_worker {
            return Ok((worker::answer(request, self.terms.reading), Vec::new()));
        }
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::start(&self.terms)?,
        };
        let written = worker.ask(request, &self.terms)?;
        // A worker that says what is no reply has lost its way: the next would answer the wrong request.
        let reply = serde_json::from_slice(&written)
            .map_err(|_| Failure::new(Status::Crash, "the reader gave no sensible reply"))?;
        if worker.served < FILES {
            self.worker = Some(worker);
        }
        Ok((reply, written))
    }
}

/// A worker process. Dropped, it is ended.
struct Worker {
    child: Child,
    stdin: ChildStdin,
    replies: Receiver<Vec<u8>>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    served: u32,
}

impl Worker {
    fn start(terms: &Terms) -> io::Result<Self> {
        let mut command = Command::new(own_program()?);
        command.arg("worker").arg("--max-memory").arg(terms.max_memory.to_string());
        command.args(terms.reading.arguments());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C at the terminal is for the command, which lets its workers finish.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let stdin = child.stdin.take().ok_or_else(gone)?;
        let replies = listen(child.stdout.take().ok_or_else(gone)?);
        let last_words = Some(overhear(child.stderr.take().ok_or_else(gone)?));
        Ok(Self { child, stdin, replies, last_words, served: 0 })
    }

    fn ask(&mut self, request: &Request, terms: &Terms) -> Result<Vec<u8>, Failure> {
        self.served += 1;
        if request.write(&mut self.stdin).is_err() {
            return Err(self.autopsy(terms));
        }
        match self.wait(terms.timeout) {
            Some(reply) if reply.ends_with(b"\n") => Ok(reply),
            Some(reply) if reply.len() as u64 >= REPLY_BYTES => {
                let reason = format!("over the limit on bytes of output: more than the {REPLY_BYTES} that are allowed");
                Err(Failure::new(Status::Limit, reason))
            }
            Some(_) => Err(self.autopsy(terms)),
            None => Err(Failure::new(
                Status::Timeout,
                format!(
                    "not read within {} s: the reader was stopped; --timeout gives it longer",
                    seconds(terms.timeout)
                ),
            )),
        }
    }

    /// The reply, a part of one where the worker ended or said too much, or nothing when the time is up.
    fn wait(&self, timeout: Duration) -> Option<Vec<u8>> {
        let mut left = timeout;
        while !left.is_zero() {
            let tick = left.min(TICK);
            match self.replies.recv_timeout(tick) {
                Ok(reply) => return Some(reply),
                Err(RecvTimeoutError::Disconnected) => return Some(Vec::new()),
                Err(RecvTimeoutError::Timeout) => left -= tick,
            }
        }
        None
    }

    /// What the worker died of.
    fn autopsy(&mut self, terms: &Terms) -> Failure {
        let status = self.end();
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        let words = String::from_utf8_lossy(&words);
        // What the standard library says when an allocation fails, and when the guard page is hit.
        if words.contains("memory allocation of") {
            let most = terms.max_memory >> 20;
            let reason = format!(
                "more than {most} MiB of memory was needed: the reader was stopped; --max-memory gives it more"
            );
            return Failure::new(Status::OutOfMemory, reason);
        }
        if words.contains("overflowed its stack") {
            return Failure::new(Status::Crash, "the reader's stack overflowed: the file is nested too deep");
        }
        let how = status.map_or_else(|| "without a trace".to_owned(), |status| status.to_string());
        Failure::new(Status::Crash, format!("the reader came to its end: {how}"))
    }

    /// How the worker ended, once it has; when it does not it is killed.
    fn end(&mut self) -> Option<ExitStatus> {
        let mut left = TO_END;
        while !left.is_zero() {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(5));
            left = left.saturating_sub(Duration::from_millis(5));
        }
        self.kill();
        None
    }

    fn kill(&mut self) {
        // What has ended already cannot be killed, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A worker that has not ended has nothing to finish: its file was given up, or there is none.
        self.kill();
    }
}

/// This program. On Linux by a name that holds when its file was replaced since.
fn own_program() -> io::Result<std::path::PathBuf> {
    let own = std::path::PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() { Ok(own) } else { std::env::current_exe() }
}

/// Replies as they come.
fn listen(stdout: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        let mut stdout = BufReader::with_capacity(PIPE_BYTES, stdout);
        loop {
            let mut reply = Vec::new();
            match stdout.by_ref().take(REPLY_BYTES).read_until(b'\n', &mut reply) {
                Ok(1..) if sender.send(reply).is_ok() => {}
                _ => return,
            }
        }
    });
    receiver
}

/// Listens to the end, and gives the last that was said.
fn overhear(stderr: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let (mut stderr, mut part, mut words) = (stderr, [0; 1024], VecDeque::new());
        while let Ok(count @ 1..) = stderr.read(&mut part) {
            words.extend(part.iter().take(count));
            words.drain(..words.len().saturating_sub(LAST_WORDS));
        }
        words.into()
    })
}

fn seconds(time: Duration) -> String {
    format!("{}", time.as_secs_f64())
}
