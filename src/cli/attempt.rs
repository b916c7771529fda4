//! A single file to stdout: read by a copy of this process, before a worker is asked.
//!
//! ```text
//! fork ┬ the copy     reads ─ says so ─ writes to stdout ─ ends      its status is the command's
//!      │                ┆ is killed, or late
//!      └ the command  waits ─┴→ goes on as if there had been no copy: a worker reads, and what it dies of is told
//! ```
//!
//! To start a worker takes longer than to read a small PDF, and to send a document through a pipe a third of that. A copy
//! shares what is loaded, and what goes wrong with it stays with it. It says that it has read before it writes the first
//! byte: from then on it has the time that whoever takes the output needs.

use super::Outcome;
#[cfg(unix)]
use super::worker;
#[cfg(unix)]
use std::io;
use std::time::Duration;

/// How long the copy may read: far more than usual files take, far less than a user waits for the word that one hangs.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(1);

/// What this process is after an attempt.
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no copies"))]
pub(super) enum Attempt {
    /// The copy, which reads and writes.
    Copy(Word),
    /// The command; the copy has done all there was to do.
    Done(Outcome),
    /// The command; the copy has come to nothing, and has written nothing.
    Failed,
}

/// The copy's word that it has come through the reading. It is given when this is dropped: a process that is killed drops
/// nothing.
pub(super) struct Word(#[cfg(unix)] io::PipeWriter);

impl Drop for Word {
    fn drop(&mut self) {
        #[cfg(unix)]
        {
            // A command that does not listen is gone, and the copy with it.
            let _ = io::Write::write_all(&mut self.0, b"!");
        }
    }
}

/// Copies this process. It must not have started a thread: a copy has one, and what others had locked stays so.
#[cfg(unix)]
pub(super) fn begin(max_memory: u64, timeout: Duration) -> Attempt {
    use fork::{Fork, fork};
    let Ok((listener, word)) = io::pipe() else { return Attempt::Failed };
    match fork() {
        Ok(Fork::Child) if worker::fence(max_memory).is_ok() => {
            #[cfg(target_os = "linux")]
            let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
            // A panic is told by the failure; looking for its backtrace takes seconds.
            std::panic::set_hook(Box::new(|_| {}));
            Attempt::Copy(Word(word))
        }
        Ok(Fork::Child) => std::process::abort(),
        Ok(Fork::Parent(number)) => {
            drop(word);
            let copy = rustix::process::Pid::from_raw(number);
            copy.map_or(Attempt::Failed, |copy| await_copy(copy, listener, timeout.min(PATIENCE)))
        }
        Err(_) => Attempt::Failed,
    }
}

#[cfg(not(unix))]
pub(super) fn begin(_: u64, _: Duration) -> Attempt {
    Attempt::Failed
}

#[cfg(unix)]
fn await_copy(copy: rustix::process::Pid, mut listener: io::PipeReader, patience: Duration) -> Attempt {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Signal, WaitOptions, kill_process, waitpid};
    let patience = Timespec::try_from(patience).ok();
    let heard = poll(&mut [PollFd::new(&listener, PollFlags::IN)], patience.as_ref()).is_ok_and(|count| count > 0);
    let has_read = heard && matches!(io::Read::read(&mut listener, &mut [0]), Ok(1));
    if !has_read {
        // One that has ended already cannot be killed, which is as well.
        let _ = kill_process(copy, Signal::KILL);
    }
    let ended = waitpid(Some(copy), WaitOptions::empty()).ok().flatten();
    match ended {
        Some((_, status)) if has_read => Attempt::Done(match (status.exit_status(), status.terminating_signal()) {
            (Some(0), _) => Outcome::Done,
            (Some(status), _) => Outcome::As(u8::try_from(status).unwrap_or(1)),
            // As shells have it.
            (None, signal) => Outcome::As(128 + signal.and_then(|signal| u8::try_from(signal).ok()).unwrap_or(0)),
        }),
        _ => Attempt::Failed,
    }
}
