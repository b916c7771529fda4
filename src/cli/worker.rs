//! `worker`: the process in which documents are read, so that what goes wrong with one stays there.
//!
//! Takes requests from stdin and answers each on stdout, in the same order. It bounds its own address space, leaves no core
//! dump, and ends when the command does, whatever it is at.

use super::Outcome;
use super::archive::Shelf;
use super::fault::Fault;
use super::message::{PIPE_BYTES, Reply, Request, Want};
use super::reading::Reading;
use super::rehearsal;
use super::status::{Failure, Status};
use std::any::Any;
use std::borrow::Cow;
use std::io::{self, BufWriter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use vraagbaak::Limits;

/// What a worker is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The most bytes of address space
    #[arg(long)]
    max_memory: u64,
    #[command(flatten)]
    reading: Reading,
}

/// Reads what it is asked to until there is no more.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    fence(arguments.max_memory).map_err(|error| Fault::io("worker", error))?;
    // A panic is told by the reply; looking for its backtrace takes seconds, and memory that is bounded here.
    std::panic::set_hook(Box::new(|_| {}));
    let (limits, mut shelf) = (Limits::default(), Shelf::default());
    let mut out = BufWriter::with_capacity(PIPE_BYTES, io::stdout());
    for request in requests() {
        let reply = reply(&request, arguments.reading, &limits, &mut shelf);
        reply.write(&mut out).map_err(|error| Fault::io("stdout", error))?;
    }
    Ok(Outcome::Done)
}

/// Requests as they come. When the command is gone, nobody waits for what is being read: a file that hangs the reader
/// does not outlive it.
fn requests() -> Receiver<Request> {
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        while let Ok(Some(request)) = Request::read(&mut stdin) {
            if sender.send(request).is_err() {
                break;
            }
        }
        std::process::exit(0);
    });
    receiver
}

/// What comes of a request that is the only one.
pub(super) fn answer(request: &Request, reading: Reading) -> Reply {
    reply(request, reading, &Limits::default(), &mut Shelf::default())
}

fn reply(request: &Request, reading: Reading, limits: &Limits, shelf: &mut Shelf) -> Reply {
    let read = catch_unwind(AssertUnwindSafe(|| {
        rehearsal::perform(&request.input.label());
        read(request, reading, limits, shelf)
    }));
    read.unwrap_or_else(|panic| Err(panicked(panic.as_ref()))).unwrap_or_else(Reply::Failure)
}

fn read(request: &Request, reading: Reading, limits: &Limits, shelf: &mut Shelf) -> Result<Reply, Failure> {
    let Request { input, body, want } = request;
    let bytes = if input.is_stdin() { Cow::Borrowed(body) } else { Cow::Owned(input.bytes(limits, shelf)?) };
    let mut extractor = reading.extractor();
    if let Some(path) = input.source_path() {
        extractor = extractor.path(path);
    }
    Ok(match want {
        Want::Questions => Reply::Questions(extractor.bytes(&bytes)?),
        Want::Original => Reply::Original(extractor.original(&bytes)?),
    })
}

/// A panic, in the words that it came with.
fn panicked(panic: &(dyn Any + Send)) -> Failure {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Failure::new(Status::Crash, format!("the reader panicked: {}", said.unwrap_or("without a word")))
}

/// What passes these bounds ends this process, and the command goes on with another.
#[cfg(unix)]
pub(super) fn fence(max_memory: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let at_most = |most: u64, hard: Option<u64>| Some(hard.map_or(most, |hard| hard.min(most)));
    for (resource, most) in [(Resource::As, max_memory), (Resource::Core, 0)] {
        let bound = at_most(most, getrlimit(resource).maximum);
        setrlimit(resource, Rlimit { current: bound, maximum: bound })?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn fence(_: u64) -> io::Result<()> {
    Ok(())
}
