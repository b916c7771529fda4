//! JSON: one indented object to read, or one object a line to stream.

use crate::model::WrittenQuestion;
use std::io::{self, Write};

/// Writes the JSON with two spaces of indent, without a line end after it.
///
/// # Errors
/// What the writer says.
pub fn write_json(mut out: impl Write, question: &WrittenQuestion) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, question).map_err(io::Error::from)
}

/// Writes the JSON on one line, its line end included.
///
/// # Errors
/// What the writer says.
pub fn write_json_line(mut out: impl Write, question: &WrittenQuestion) -> io::Result<()> {
    serde_json::to_writer(&mut out, question).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
