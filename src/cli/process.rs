//! The process of a worker: this program started anew, or a copy of the command as it stands.
//!
//! ```text
//! anew     exec: loading, linking and the first touch of every page, more than a small PDF takes to be read
//! a copy   fork: the pages are there already; only while the command has one thread
//! ```
//!
//! Both have the three pipes, a process group of their own, and what they must not pass they set themselves.

use super::worker;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

/// A worker's process. Whoever has it ends it.
pub(super) enum Process {
    /// Started anew.
    Anew(Child),
    /// A copy of the command; how it ended, once that is known.
    #[cfg(unix)]
    Copy(rustix::process::Pid, Option<ExitStatus>),
}

/// The command's ends of the pipes to a worker.
pub(super) struct Pipes {
    pub(super) stdin: Box<dyn Write + Send>,
    pub(super) stdout: Box<dyn Read + Send>,
    pub(super) stderr: Box<dyn Read + Send>,
}

impl Process {
    /// Starts this program as a worker.
    pub(super) fn anew(terms: &worker::Arguments) -> io::Result<(Self, Pipes)> {
        let mut command = Command::new(own_program()?);
        command.arg("worker").args(terms.words());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C at the terminal is for the command, which lets its workers finish.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let pipes = Pipes {
            stdin: Box::new(child.stdin.take().ok_or_else(gone)?),
            stdout: Box::new(child.stdout.take().ok_or_else(gone)?),
            stderr: Box::new(child.stderr.take().ok_or_else(gone)?),
        };
        Ok((Self::Anew(child), pipes))
    }

    /// Copies the command, and has the copy work as a worker. The command must not have started a thread: a copy has
    /// one, and what others had locked stays so.
    #[cfg(unix)]
    pub(super) fn copy(terms: &worker::Arguments) -> io::Result<(Self, Pipes)> {
        let (requests, stdin) = io::pipe()?;
        let (stdout, replies) = io::pipe()?;
        let (stderr, words) = io::pipe()?;
        match fork::fork()? {
            fork::Fork::Parent(number) => {
                let gone = || io::Error::from(io::ErrorKind::NotFound);
                let number = rustix::process::Pid::from_raw(number).ok_or_else(gone)?;
                let pipes = Pipes { stdin: Box::new(stdin), stdout: Box::new(stdout), stderr: Box::new(stderr) };
                Ok((Self::Copy(number, None), pipes))
            }
            fork::Fork::Child => {
                drop((stdin, stdout, stderr));
                let taken = rustix::stdio::dup2_stdin(&requests)
                    .and_then(|()| rustix::stdio::dup2_stdout(&replies))
                    .and_then(|()| rustix::stdio::dup2_stderr(&words))
                    .and_then(|()| rustix::process::setpgid(None, None));
                drop((requests, replies, words));
                let outcome = taken.map_err(io::Error::from).map(|()| worker::run(terms));
                std::process::exit(i32::from(outcome.is_err()));
            }
        }
    }

    /// How it ended, once it has.
    pub(super) fn try_wait(&mut self) -> Option<ExitStatus> {
        match self {
            Self::Anew(child) => child.try_wait().ok().flatten(),
            #[cfg(unix)]
            Self::Copy(number, ended) => {
                use rustix::process::{WaitOptions, waitpid};
                *ended = ended.or_else(|| waitpid(Some(*number), WaitOptions::NOHANG).ok().flatten().map(status_of));
                *ended
            }
        }
    }

    /// Ends it. What has ended already cannot be ended, which is as well.
    pub(super) fn kill(&mut self) {
        match self {
            Self::Anew(child) => {
                let _ = child.kill();
                let _ = child.wait();
            }
            #[cfg(unix)]
            Self::Copy(number, ended @ None) => {
                use rustix::process::{Signal, WaitOptions, kill_process, waitpid};
                let _ = kill_process(*number, Signal::KILL);
                *ended = waitpid(Some(*number), WaitOptions::empty()).ok().flatten().map(status_of);
            }
            #[cfg(unix)]
            Self::Copy(..) => {}
        }
    }
}

#[cfg(unix)]
fn status_of((_, status): (rustix::process::Pid, rustix::process::WaitStatus)) -> ExitStatus {
    std::os::unix::process::ExitStatusExt::from_raw(status.as_raw())
}

/// This program. On Linux by a name that holds when its file was replaced since.
fn own_program() -> io::Result<std::path::PathBuf> {
    let own = std::path::PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() { Ok(own) } else { std::env::current_exe() }
}
