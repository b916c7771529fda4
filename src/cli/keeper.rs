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
use super::process::{Pipes, Process};
use super::reading::Reading;
use super::status::{Failure, Status};
use super::worker;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::ExitStatus;
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

impl Terms {
    fn of_worker(&self) -> worker::Arguments {
        worker::Arguments { max_memory: self.max_memory, reading: self.reading }
    }
}

/// Has files read, one after the other, by workers that it starts as they are needed.
pub(super) struct Keeper {
    terms: Terms,
    worker: Option<Worker>,
}

impl Keeper {
    pub(super) fn new(terms: Terms) -> Self {
        Self { terms, worker: None }
    }

    /// With a first worker that is a copy of this process, which must have one thread only. Where there are no copies,
    /// the first is started as the others are.
    pub(super) fn with_copy(terms: Terms) -> Self {
        #[cfg(unix)]
        let worker = Process::copy(&terms.of_worker()).ok().map(Worker::of);
        #[cfg(not(unix))]
        let worker = None;
        Self { terms, worker }
    }

    /// Has a file read. Gives the reply, and as it was written.
    pub(super) fn ask(&mut self, request: &Request) -> Result<(Reply, Vec<u8>), Failure> {
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::of(Process::anew(&self.terms.of_worker())?),
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
    process: Process,
    stdin: Box<dyn Write + Send>,
    replies: Receiver<Vec<u8>>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    served: u32,
}

impl Worker {
    fn of((process, pipes): (Process, Pipes)) -> Self {
        let (replies, last_words) = (listen(pipes.stdout), Some(overhear(pipes.stderr)));
        Self { process, stdin: pipes.stdin, replies, last_words, served: 0 }
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
            if let Some(status) = self.process.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(5));
            left = left.saturating_sub(Duration::from_millis(5));
        }
        self.process.kill();
        None
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A worker that has not ended has nothing to finish: its file was given up, or there is none.
        self.process.kill();
    }
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
