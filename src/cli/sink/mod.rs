//! Where documents go: a folder with files for each input, or one output that all of them share.
//!
//! ```text
//! folder   uit/2020/a.pdf.json        one file a document, at the input's place below its own folder;
//!          uit/2020/b.pdf.1.json      numbered where an input holds several
//! shared   stdout, uit.jsonl          every document in the order of the inputs
//!          uit/*.parquet, uit/*.csv   tables, a folder of them as one
//!          uit.sqlite                 a database, made anew or added to
//! ```
//!
//! A shared output is whole or absent: what is put into it shows only once it is finished. To add one, implement
//! [`Shared`], name its [`Format`] and open it in [`Sink::open`]; order, workers and resuming are not its concern.

#[cfg(feature = "sqlite")]
mod database;
mod folder;
mod stream;
mod tables;

use super::fault::Fault;
use super::input::Input;
use super::output::Pending;
#[cfg(feature = "sqlite")]
use database::DatabaseFile;
use folder::Folder;
use std::io::{self, BufWriter};
use std::path::Path;
use stream::Stream;
use tables::TableFolder;
#[cfg(feature = "parquet")]
use vraagbaak::ParquetFolder;
use vraagbaak::{CsvFolder, WrittenQuestion};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Indented JSON: an object, or an array where there are several documents
    Json,
    /// One JSON object a line
    Jsonl,
    /// One number of a table a row, as comma-separated values
    Facts,
    /// A folder of comma-separated values: documents, questions, answers, facts, and each table as its own file
    Csv,
    /// A SQLite database, made or added to, with full-text search
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// A folder of Parquet files: documents, questions, answers, facts
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The ending of file names.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Facts | Self::Csv => "csv",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "sqlite",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// The format that a file name's ending asks for.
    pub(super) fn of_file(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_str()? {
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Facts,
            #[cfg(feature = "sqlite")]
            "sqlite" | "sqlite3" | "db" => Self::Sqlite,
            _ => return None,
        })
    }
}

/// One output for the documents of all inputs.
pub(super) trait Shared {
    /// Takes the documents of one input. Inputs come one after the other, in the same order in every run. A fault is the
    /// end of the run.
    fn put(&mut self, input: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault>;

    /// Ends the output and moves it to its place. Dropped without, it leaves nothing behind.
    fn finish(self: Box<Self>) -> Result<(), Fault>;
}

/// Where the documents of a run go.
pub(super) enum Sink {
    /// Files for each input.
    Folder(Folder),
    /// One output for all.
    Shared(Box<dyn Shared>),
}

impl Sink {
    /// The sink that the command line asks for.
    pub(super) fn open(output: Option<&Path>, format: Option<Format>, inputs: &[Input]) -> Result<Self, Fault> {
        output.map_or(Ok(()), |output| refuse_input(output, inputs))?;
        if let Some(shared) = Self::open_tables(output, format)? {
            return Ok(Self::Shared(shared));
        }
        let several = inputs.len() > 1;
        let Some(output) = output.filter(|output| *output != Path::new("-")) else {
            let format = format.unwrap_or(if several { Format::Jsonl } else { Format::Json });
            let out = BufWriter::new(io::stdout());
            return Ok(Self::Shared(Box::new(Stream::new(out, Path::new("stdout"), format, several)?)));
        };
        if is_folder(output) {
            return Ok(Self::Folder(Folder::create(output, format.unwrap_or(Format::Json), inputs)?));
        }
        let format = format.or(Format::of_file(output)).unwrap_or(Format::Json);
        let stream = Stream::new(Pending::create(output)?, output, format, several)?;
        Ok(Self::Shared(Box::new(stream.described())))
    }

    /// A folder of tables or a database, if that is what the command line asks for.
    fn open_tables(output: Option<&Path>, format: Option<Format>) -> Result<Option<Box<dyn Shared>>, Fault> {
        Ok(Some(match format.or_else(|| Format::of_file(output?)) {
            Some(Format::Csv) => Box::new(TableFolder::<CsvFolder>::create(named(output, "a folder")?)?),
            #[cfg(feature = "parquet")]
            Some(Format::Parquet) => Box::new(TableFolder::<ParquetFolder>::create(named(output, "a folder")?)?),
            #[cfg(feature = "sqlite")]
            Some(Format::Sqlite) => Box::new(DatabaseFile::open(named(output, "a file")?)?),
            _ => return Ok(None),
        }))
    }

    /// Whether a fault of one input's output is the end of all others' too.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_))
    }

    pub(super) fn put(&mut self, input: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        match self {
            Self::Folder(folder) => folder.put(input, questions).map(drop),
            Self::Shared(shared) => shared.put(input, questions),
        }
    }

    pub(super) fn finish(self) -> Result<(), Fault> {
        match self {
            Self::Folder(folder) => folder.finish(),
            Self::Shared(shared) => shared.finish(),
        }
    }
}

/// The output, of a form that stdout cannot take.
fn named<'a>(output: Option<&'a Path>, what: &str) -> Result<&'a Path, Fault> {
    let named = output.filter(|output| *output != Path::new("-"));
    named.ok_or_else(|| Fault::Usage(format!("this form needs --output with the name of {what}")))
}

/// A folder is what is one, ends in a separator, or has no ending and does not exist.
fn is_folder(output: &Path) -> bool {
    let parted = output.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
    parted || output.is_dir() || (!output.exists() && output.extension().is_none())
}

fn refuse_input(output: &Path, inputs: &[Input]) -> Result<(), Fault> {
    let Ok(real) = output.canonicalize() else { return Ok(()) };
    if inputs.iter().any(|input| input.path.canonicalize().is_ok_and(|input| input == real)) {
        return Err(Fault::refused(output, "is an input: it is not written over"));
    }
    Ok(())
}
