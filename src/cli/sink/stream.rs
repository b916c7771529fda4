//! All documents in one stream, to stdout or to a file.
//!
//! ```text
//! json    [ {…}, {…} ]                        one object where there is one document
//! jsonl   {…}⏎{…}⏎
//! facts   source,source_index,…⏎a.txt,0,…⏎           with `uit.schema.json` beside `uit.csv`
//! ```

use super::super::fault::Fault;
use super::super::input::Input;
use super::super::output::Pending;
use super::super::own::refuse_strange;
use super::super::status::Failure;
use super::{Format, Shared};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use vraagbaak::WrittenQuestion;

/// What stands behind the name of facts in the name of their description.
const SCHEMA_EXTENSION: &str = "schema.json";

/// One stream for all documents.
pub(super) struct Stream<W: Out> {
    out: W,
    name: PathBuf,
    format: Format,
    /// Whether JSON is an array, whatever the number of documents that come.
    array: bool,
    /// Whether JSON lines tell of inputs that failed.
    tells_failures: bool,
    written: usize,
    /// Where the description of the columns goes.
    schema: Option<PathBuf>,
}

/// The line of an input that gave no documents.
#[derive(serde::Serialize)]
struct Failed<'a> {
    source: FailedSource<'a>,
    error: &'a Failure,
}

#[derive(serde::Serialize)]
struct FailedSource<'a> {
    path: &'a str,
}

/// What a stream is written to.
pub(super) trait Out: Write {
    /// Makes what was written to it stay.
    fn settle(self) -> Result<(), Fault>;

    /// Whether somebody reads it while it is written.
    fn is_read_along(&self) -> bool;
}

impl Out for BufWriter<io::Stdout> {
    fn settle(self) -> Result<(), Fault> {
        Ok(())
    }

    fn is_read_along(&self) -> bool {
        true
    }
}

impl Out for Pending {
    fn settle(self) -> Result<(), Fault> {
        self.commit()
    }

    fn is_read_along(&self) -> bool {
        false
    }
}

impl<W: Out> Stream<W> {
    pub(super) fn new(out: W, name: &Path, format: Format, array: bool) -> Result<Self, Fault> {
        let mut stream =
            Self { out, name: name.to_owned(), format, array, tells_failures: false, written: 0, schema: None };
        if format == Format::Facts {
            vraagbaak::write_facts_header(&mut stream.out).map_err(|error| stream.fault(error))?;
        }
        Ok(stream)
    }

    /// Puts a description of the columns beside the file, where the format has columns.
    pub(super) fn describe(&mut self) -> Result<(), Fault> {
        self.schema = (self.format == Format::Facts).then(|| schema_beside(&self.name));
        self.schema.as_deref().map_or(Ok(()), refuse_strange)
    }

    /// Gives inputs that fail a line of their own, so that a reader has an answer to each.
    pub(super) fn tell_failures(&mut self) {
        self.tells_failures = self.format == Format::Jsonl;
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
            // Folders and databases are never a stream.
            _ => Ok(()),
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

    fn put_failure(&mut self, path: &str, failure: &Failure) -> Result<(), Fault> {
        if !self.tells_failures {
            return Ok(());
        }
        let failed = Failed { source: FailedSource { path }, error: failure };
        let line = serde_json::to_writer(&mut self.out, &failed).map_err(io::Error::from);
        line.and_then(|()| self.out.write_all(b"\n")).map_err(|error| self.fault(error))
    }

    fn flush(&mut self) -> Result<(), Fault> {
        if self.out.is_read_along() { self.out.flush().map_err(|error| self.fault(error)) } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Result<(), Fault> {
        let schema = self.schema.clone();
        self.close()?.settle()?;
        schema.map_or(Ok(()), |place| write_schema(&place))
    }
}

/// Where the description of the columns of a file stands.
pub(in super::super) fn schema_beside(facts: &Path) -> PathBuf {
    facts.with_extension(SCHEMA_EXTENSION)
}

/// Writes what the columns of facts are, for programs.
pub(super) fn write_schema(place: &Path) -> Result<(), Fault> {
    let mut file = Pending::create(place)?;
    let written = writeln!(file, "{:#}", vraagbaak::facts_schema());
    written.map_err(|error| Fault::io_at(place, error))?;
    file.commit()
}
