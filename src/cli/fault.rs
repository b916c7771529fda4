//! Why a file, or the whole command, came to nothing: what is concerned and the reason, in words to act on.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// What went wrong, with what.
#[derive(Debug)]
pub(super) enum Fault {
    /// The command line cannot be meant.
    Usage(String),
    /// A file or stream did not do what was asked.
    Io {
        /// Its path, or `stdin` and the like.
        subject: String,
        /// What the system said.
        error: io::Error,
    },
    /// No document came out of an input.
    Document {
        /// The input's path.
        subject: String,
        /// The library's reason.
        error: vraagbaak::Error,
    },
    /// Two inputs, or an input and an output, are after the same file; a folder without documents; and the like.
    Refused {
        /// The path.
        subject: String,
        /// Why.
        reason: String,
    },
}

impl Fault {
    pub(super) fn io(subject: impl Into<String>, error: io::Error) -> Self {
        Self::Io { subject: subject.into(), error }
    }

    pub(super) fn io_at(path: &Path, error: io::Error) -> Self {
        Self::io(path.display().to_string(), error)
    }

    pub(super) fn refused(path: &Path, reason: impl Into<String>) -> Self {
        Self::Refused { subject: path.display().to_string(), reason: reason.into() }
    }

    /// Whether the reader of our output went away, which is no fault of anyone's.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io { error, .. } if error.kind() == ErrorKind::BrokenPipe)
    }

    /// Says it on stderr.
    pub(super) fn tell(&self) {
        say(&self.message());
    }

    /// What is concerned.
    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Usage(_) => "the command line",
            Self::Io { subject, .. } | Self::Document { subject, .. } | Self::Refused { subject, .. } => subject,
        }
    }

    /// What it says, without the program's name.
    pub(super) fn message(&self) -> String {
        match self {
            Self::Usage(reason) => reason.clone(),
            Self::Io { subject, error } => format!("{subject}: {}", io_reason(error)),
            Self::Document { subject, error } => format!("{subject}: {error}"),
            Self::Refused { subject, reason } => format!("{subject}: {reason}"),
        }
    }
}

/// Says a line on stderr. A stderr that is gone stops nothing, and what a file is named does not steer the terminal.
pub(super) fn say(text: &str) {
    let text = text.replace(char::is_control, "\u{fffd}");
    let _ = writeln!(io::stderr(), "vraagbaak: {text}");
}

pub(super) fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::StorageFull => "no space left on the disk: nothing was written there".to_owned(),
        ErrorKind::IsADirectory => "is a folder, not a file".to_owned(),
        // What a folder to be made says when a file stands there.
        ErrorKind::AlreadyExists => "is a file, not a folder".to_owned(),
        ErrorKind::InvalidFilename => {
            "a name that the system does not take: too long, or with characters it lacks".to_owned()
        }
        ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        _ => error.to_string(),
    }
}
