//! Why NO document came out. What is doubtful *in* a document is a [`Diagnostic`](crate::Diagnostic).

use crate::limits::Limit;

/// Why a file gave no written question. Each message says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input has no bytes, or only white space.
    #[error("the file is empty: nothing to read")]
    Empty,
    /// The bytes are not text in a known encoding (UTF-8, UTF-16 with a byte order mark, Windows-1252).
    #[error("not a text: {reason}; expected UTF-8, UTF-16 with a byte order mark, or Windows-1252")]
    NotText {
        /// What was found instead.
        reason: String,
    },
    /// The text reads, but holds no written question.
    #[error("not a written question: {reason}")]
    NotAQuestion {
        /// What was looked for and not found.
        reason: String,
    },
    /// The file holds several written questions where one was asked for.
    #[error("{count} written questions in one file: read them with the functions named parse_all")]
    Several {
        /// How many there are.
        count: usize,
    },
    /// The bytes do not begin as a PDF does, or its structure cannot be read.
    #[error("not a readable PDF: {reason}")]
    NotPdf {
        /// What is wrong with it.
        reason: String,
    },
    /// The PDF asks for a password, and the empty one does not open it.
    #[error("the PDF is encrypted with a password: decrypt it first (for example with `qpdf --decrypt`)")]
    Encrypted,
    /// The PDF has pages but no text: scanned images, or type of which nothing says what letters it shows.
    #[error(
        "the PDF has no text layer (scanned, or fonts that do not say what their letters are): run optical character \
         recognition first (for example `ocrmypdf`)"
    )]
    Scanned,
    /// A cap of [`Limits`](crate::Limits) was passed.
    #[error("over the limit on {limit}: {found} where {allowed} are allowed; raise the limit if the file is trusted")]
    OverLimit {
        /// Which cap.
        limit: Limit,
        /// What the file has.
        found: u64,
        /// What the cap allows.
        allowed: u64,
    },
}
