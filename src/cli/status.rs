//! How an input came out: the ten words of the manifest, and the reason behind them.

use super::archive::Unreadable;
use super::fault::Fault;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;
use vraagbaak::{Code, Error, Severity, WrittenQuestion};

/// How an input came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// Documents came out of it.
    #[default]
    Ok,
    /// Documents came out of it, but something in it was not read.
    Partial,
    /// It holds no written question: it is empty, something else, or broken beyond reading.
    NotAQuestion,
    /// It asks for a password.
    Encrypted,
    /// It has pages but no text.
    Scanned,
    /// It passes a limit.
    Limit,
    /// It took too long.
    Timeout,
    /// It took too much memory.
    OutOfMemory,
    /// The worker that read it came to its end.
    Crash,
    /// It could not be opened, or its output not be written.
    Io,
}

impl Status {
    /// Whether documents came out.
    pub(super) fn is_converted(self) -> bool {
        matches!(self, Self::Ok | Self::Partial)
    }

    /// Whether another try may come out otherwise, with the same input, version and options.
    pub(super) fn may_change(self) -> bool {
        self == Self::Io
    }

    /// Of documents that came out.
    pub(super) fn of(questions: &[WrittenQuestion]) -> Self {
        let mut told = questions.iter().flat_map(|question| &question.diagnostics);
        let unread = |code| matches!(code, Code::TableUnread | Code::PageOdd | Code::EncodingReplaced);
        match told.any(|told| told.severity == Severity::Error || unread(told.code)) {
            true => Self::Partial,
            false => Self::Ok,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "converted",
            Self::Partial => "converted in part",
            Self::NotAQuestion => "not a written question",
            Self::Encrypted => "encrypted",
            Self::Scanned => "scanned",
            Self::Limit => "over a limit",
            Self::Timeout => "out of time",
            Self::OutOfMemory => "out of memory",
            Self::Crash => "crashed",
            Self::Io => "not read or written",
        })
    }
}

/// Why no documents came out of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    /// Its kind.
    pub(super) status: Status,
    /// In a sentence, without the input's name.
    pub(super) reason: String,
}

impl Failure {
    pub(super) fn new(status: Status, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::Encrypted => Status::Encrypted,
            Error::Scanned => Status::Scanned,
            Error::OverLimit { .. } => Status::Limit,
            _ => Status::NotAQuestion,
        };
        Self::new(status, error.to_string())
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Document { error, .. } => error.into(),
            Fault::Io { error, .. } => error.into(),
            Fault::Refused { reason, .. } | Fault::Usage(reason) => Self::new(Status::Io, reason),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let of_zip = error.get_ref().and_then(|inner| inner.downcast_ref());
        let status = match (of_zip, error.kind()) {
            (Some(Unreadable::Locked), _) => Status::Encrypted,
            (Some(Unreadable::TooLarge(_)), _) => Status::Limit,
            (Some(Unreadable::Broken(_) | Unreadable::Damaged(_)), _) => Status::NotAQuestion,
            (None, io::ErrorKind::OutOfMemory) => Status::OutOfMemory,
            (None, _) => Status::Io,
        };
        Self::new(status, super::fault::io_reason(&error))
    }
}
