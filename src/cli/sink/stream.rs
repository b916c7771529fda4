//! All documents in one stream, to stdout or to a file.
//!
//! ```text
//! json    [ {…}, {…} ]                        one object where there is one document
//! jsonl   {…}⏎{…}⏎
//! facts   source,id,…⏎a.txt,2019-2020/…⏎
//! ```

use super::super::fault::Fault;
use super::super::input::Input;
use super::super::output::Pending;
use super::{Format, Shared};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use vraagbaak::WrittenQuestion;

/// One stream for all documents.
pub(super) struct Stream<W: Out> {
    out: W,
    name: PathBuf,
    format: Format,
    /// Whether JSON is an array, whatever the number of documents that come.
    array: bool,
    written: usize,
}

/// What a stream is written to.
pub(super) trait Out: Write {
    /// Makes what was written to it stay.
    fn settle(self) -> Result<(), Fault>;
}

impl Out for BufWriter<io::Stdout> {
    fn settle(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl Out for Pending {
    fn settle(self) -> Result<(), Fault> {
        self.commit()
    }
}

impl<W: Out> Stream<W> {
    pub(super) fn new(out: W, name: &Path, format: Format, array: bool) -> Result<Self, Fault> {
        let mut stream = Self { out, name: name.to_owned(), format, array, written: 0 };
        if format == Format::Facts {
            vraagbaak::write_facts_header(&mut stream.out).map_err(|error| stream.fault(error))?;
        }
        Ok(stream)
    }

    /// Writes the documents of one input.
    pub(super) fn write(&mut self, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        self.array |= questions.len() > 1;
        for question in questions {
            self.write_one(question).map_err(|error| self.fault(error))?;
            self.written += 1;
        }
        Ok(())
    }

    fn write_one(&mut self, question: &WrittenQuestion) -> io::Result<()> {
        match self.format {
            Format::Json => {
                let before = if self.written > 0 { ",\n" } else { "[\n" };
                self.out.write_all(if self.array { before.as_bytes() } else { b"" })?;
                vraagbaak::write_json(&mut self.out, question)
            }
            Format::Jsonl => vraagbaak::write_json_line(&mut self.out, question),
            Format::Facts => vraagbaak::write_facts(&mut self.out, question),
        }
    }

    /// Writes what closes the stream, and gives back what it was written to.
    pub(super) fn close(mut self) -> Result<W, Fault> {
        let end: &[u8] = match (self.format, self.array, self.written) {
            (Format::Json, true, 0) => b"[]\n",
            (Format::Json, true, _) => b"\n]\n",
            (Format::Json, false, 1..) => b"\n",
            _ => b"",
        };
        self.out.write_all(end).and_then(|()| self.out.flush()).map_err(|error| self.fault(error))?;
        Ok(self.out)
    }

    fn fault(&self, error: io::Error) -> Fault {
        Fault::io_at(&self.name, error)
    }
}

impl<W: Out> Shared for Stream<W> {
    fn put(&mut self, _: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        self.write(questions)
    }

    fn finish(self: Box<Self>) -> Result<(), Fault> {
        self.close()?.settle()
    }
}
