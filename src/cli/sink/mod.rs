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
use super::status::Failure;
use super::walk::is_walked;
use clap::ValueEnum;
#[cfg(feature = "sqlite")]
use database::DatabaseFile;
pub(super) use folder::{Files, Folder};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
pub(super) use stream::schema_beside;
use stream::{Out, Stream};
use tables::TableFolder;
#[cfg(feature = "parquet")]
use vraagbaak::ParquetFolder;
use vraagbaak::{CsvFolder, WrittenQuestion};

/// Bytes that go to stdout at once: the JSON of most documents.
const STDOUT_BYTES: usize = 64 << 10;

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

    /// Whether the output is a folder whose files are the tables of all documents.
    pub(super) fn is_folder_of_tables(self) -> bool {
        match self {
            Self::Csv => true,
            #[cfg(feature = "parquet")]
            Self::Parquet => true,
            _ => false,
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

    /// Takes note that an input, by its path, gave no documents. Most outputs have no place for that.
    fn put_failure(&mut self, _: &str, _: &Failure) -> Result<(), Fault> {
        Ok(())
    }

    /// Hands on to a reader what was put so far. Only streams have one.
    fn flush(&mut self) -> Result<(), Fault> {
        Ok(())
    }

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

/// What the command line says of the output.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// A file or a folder; stdout where there is none.
    pub(super) output: Option<&'a Path>,
    pub(super) format: Option<Format>,
    /// Whether there is more than one input.
    pub(super) several: bool,
    /// The paths to read, which are not to be written over.
    pub(super) named: &'a [PathBuf],
    /// The place of the manifest, which is not either.
    pub(super) manifest: Option<&'a PathBuf>,
    /// Whether inputs that fail are told of in the output.
    pub(super) tells_failures: bool,
}

impl Target<'_> {
    /// The form of the output.
    pub(super) fn format(&self) -> Format {
        let by_name = self.output.filter(|output| !is_folder(output)).and_then(Format::of_file);
        let to_stdout = if self.output.is_none() && self.several { Format::Jsonl } else { Format::Json };
        self.format.or(by_name).unwrap_or(to_stdout)
    }

    /// Its name on the command line.
    pub(super) fn format_name(&self) -> String {
        self.format().to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Refuses a file whose ending names no form, where none is named: `uit.xlsx` full of JSON is of no use to anyone.
    fn refuse_unknown_ending(&self, output: &Path) -> Result<(), Fault> {
        let unknown = output.extension().is_some() && Format::of_file(output).is_none();
        if self.format.is_none() && unknown && !is_folder(output) {
            let reason = "its ending names no form: add --format, or a / behind it where it shall be a folder";
            return Err(Fault::Usage(format!("{}: {reason}", output.display())));
        }
        Ok(())
    }

    fn stream<W: Out + 'static>(&self, out: W, name: &Path) -> Result<Sink, Fault> {
        let mut stream = Stream::new(out, name, self.format(), self.several)?;
        if self.tells_failures {
            stream.tell_failures();
        }
        if self.output.is_some() {
            stream.describe()?;
        }
        Ok(Sink::Shared(Box::new(stream)))
    }
}

impl Sink {
    /// The sink that the command line asks for.
    pub(super) fn open(target: &Target<'_>) -> Result<Self, Fault> {
        if let Some(output) = target.output {
            refuse_input(output, target.named)?;
            target.refuse_unknown_ending(output)?;
        }
        if let Some(shared) = Self::open_tables(target.output, target.format())? {
            return Ok(Self::Shared(shared));
        }
        let Some(output) = target.output else {
            return target.stream(BufWriter::with_capacity(STDOUT_BYTES, io::stdout()), Path::new("stdout"));
        };
        if is_folder(output) {
            return Ok(Self::Folder(Folder::create(output, target.format(), target)?));
        }
        target.stream(Pending::named(output)?, output)
    }

    /// A folder of tables or a database, if that is what is asked for.
    fn open_tables(output: Option<&Path>, format: Format) -> Result<Option<Box<dyn Shared>>, Fault> {
        Ok(Some(match format {
            Format::Csv => Box::new(TableFolder::<CsvFolder>::create(named(output, "a folder")?)?),
            #[cfg(feature = "parquet")]
            Format::Parquet => Box::new(TableFolder::<ParquetFolder>::create(named(output, "a folder")?)?),
            #[cfg(feature = "sqlite")]
            Format::Sqlite => Box::new(DatabaseFile::open(named(output, "a file")?)?),
            _ => return Ok(None),
        }))
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
pub(super) fn is_folder(output: &Path) -> bool {
    let parted = output.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
    parted || output.is_dir() || (!output.exists() && output.extension().is_none())
}

/// Refuses to write over what is read.
pub(super) fn refuse_input(output: &Path, named: &[PathBuf]) -> Result<(), Fault> {
    let Ok(real) = output.canonicalize() else { return Ok(()) };
    let gives = |path: &PathBuf| path.canonicalize().is_ok_and(|path| path == real || holds(&path, &real));
    if named.iter().any(gives) {
        return Err(Fault::refused(output, "is an input: it is not written over"));
    }
    Ok(())
}

/// Whether a folder that is walked has the file among its documents.
fn holds(folder: &Path, file: &Path) -> bool {
    folder.is_dir() && file.starts_with(folder) && is_walked(file)
}
