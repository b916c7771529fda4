//! Where documents go: one stream for all of them, or a folder with files for each input.
//!
//! ```text
//! stream   stdout, uit.jsonl          every document in the order of the inputs
//! folder   uit/2020/a.pdf.json        one file a document, at the input's place below its own folder;
//!          uit/2020/b.pdf.1.json      numbered where an input holds several
//! ```

use super::fault::Fault;
use super::input::Input;
use super::output::{Pending, folder_of, with_suffix};
use std::collections::HashMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use vraagbaak::WrittenQuestion;

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Indented JSON: an object, or an array where there are several documents
    Json,
    /// One JSON object a line
    Jsonl,
    /// One number of a table a row, as comma-separated values
    Facts,
}

impl Format {
    /// The ending of file names.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Facts => "csv",
        }
    }

    /// The format that a file name's ending asks for.
    pub(super) fn of_file(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        [Self::Json, Self::Jsonl, Self::Facts].into_iter().find(|format| format.extension() == extension)
    }
}

/// One stream for all documents.
pub(super) struct Stream<W> {
    out: W,
    name: PathBuf,
    format: Format,
    /// Whether JSON is an array, whatever the number of documents that come.
    array: bool,
    written: usize,
}

impl<W: Write> Stream<W> {
    pub(super) fn new(out: W, name: &Path, format: Format, array: bool) -> Result<Self, Fault> {
        let mut stream = Self { out, name: name.to_owned(), format, array, written: 0 };
        if format == Format::Facts {
            vraagbaak::write_facts_header(&mut stream.out).map_err(|error| stream.fault(error))?;
        }
        Ok(stream)
    }

    /// Writes the documents of one input.
    pub(super) fn put(&mut self, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        self.array |= questions.len() > 1;
        for question in questions {
            self.put_one(question).map_err(|error| self.fault(error))?;
            self.written += 1;
        }
        Ok(())
    }

    fn put_one(&mut self, question: &WrittenQuestion) -> io::Result<()> {
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
    pub(super) fn finish(mut self) -> Result<W, Fault> {
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

/// A folder with files for each input.
pub(super) struct Folder {
    root: PathBuf,
    format: Format,
    /// Every file written, with the input it is of; the inputs themselves too, so that none is written over.
    taken: HashMap<PathBuf, PathBuf>,
}

impl Folder {
    pub(super) fn create(root: &Path, format: Format, inputs: &[Input]) -> Result<Self, Fault> {
        fs::create_dir_all(root).map_err(|error| Fault::io_at(root, error))?;
        let root = root.canonicalize().map_err(|error| Fault::io_at(root, error))?;
        let real = |input: &Input| input.path.canonicalize().ok();
        let taken = inputs.iter().filter_map(|input| Some((real(input)?, input.path.clone()))).collect();
        Ok(Self { root, format, taken })
    }

    /// Writes the documents of one input, and says where they are.
    pub(super) fn put(&mut self, input: &Input, questions: &[WrittenQuestion]) -> Result<Vec<PathBuf>, Fault> {
        let files = self.files(input, questions);
        for (place, _) in &files {
            self.claim(place, input)?;
        }
        for (place, questions) in &files {
            self.write(place, questions)?;
        }
        Ok(files.into_iter().map(|(place, _)| place).collect())
    }

    /// JSON holds one document a file, the other formats all of an input.
    fn files<'a>(&self, input: &Input, questions: &'a [WrittenQuestion]) -> Vec<(PathBuf, &'a [WrittenQuestion])> {
        let place = |suffix: &str| self.root.join(with_suffix(&input.name, suffix));
        let extension = self.format.extension();
        if self.format != Format::Json || questions.len() == 1 {
            return vec![(place(extension), questions)];
        }
        let numbered = questions.chunks(1).zip(1..);
        numbered.map(|(one, number)| (place(&format!("{number}.{extension}")), one)).collect()
    }

    fn claim(&mut self, place: &Path, input: &Input) -> Result<(), Fault> {
        match self.taken.insert(place.to_owned(), input.path.clone()) {
            None => Ok(()),
            Some(other) => {
                let reason = format!("not written: {} is already taken by {}", place.display(), other.display());
                self.taken.insert(place.to_owned(), other);
                Err(Fault::refused(&input.path, reason))
            }
        }
    }

    fn write(&self, place: &Path, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        let file = Pending::create(place)?;
        let folder = folder_of(place);
        if !folder.canonicalize().is_ok_and(|folder| folder.starts_with(&self.root)) {
            return Err(Fault::refused(place, "a link leads out of the output folder"));
        }
        let mut stream = Stream::new(file, place, self.format, questions.len() > 1)?;
        stream.put(questions)?;
        stream.finish()?.commit()
    }
}

/// Where the documents of a run go.
pub(super) enum Sink {
    /// To stdout.
    Stdout(Stream<BufWriter<io::Stdout>>),
    /// To one file.
    File(Stream<Pending>),
    /// To a folder.
    Folder(Folder),
}

impl Sink {
    /// The sink that the command line asks for.
    pub(super) fn open(output: Option<&Path>, format: Option<Format>, inputs: &[Input]) -> Result<Self, Fault> {
        let several = inputs.len() > 1;
        let Some(output) = output.filter(|output| *output != Path::new("-")) else {
            let format = format.unwrap_or(if several { Format::Jsonl } else { Format::Json });
            let out = BufWriter::new(io::stdout());
            return Ok(Self::Stdout(Stream::new(out, Path::new("stdout"), format, several)?));
        };
        if is_folder(output) {
            return Ok(Self::Folder(Folder::create(output, format.unwrap_or(Format::Json), inputs)?));
        }
        refuse_input(output, inputs)?;
        let format = format.or(Format::of_file(output)).unwrap_or(Format::Json);
        Ok(Self::File(Stream::new(Pending::create(output)?, output, format, several)?))
    }

    /// Whether a fault of one input's output is the end of all others' too.
    pub(super) fn is_shared(&self) -> bool {
        !matches!(self, Self::Folder(_))
    }

    pub(super) fn put(&mut self, input: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        match self {
            Self::Stdout(stream) => stream.put(questions),
            Self::File(stream) => stream.put(questions),
            Self::Folder(folder) => folder.put(input, questions).map(drop),
        }
    }

    pub(super) fn finish(self) -> Result<(), Fault> {
        match self {
            Self::Stdout(stream) => stream.finish().map(drop),
            Self::File(stream) => stream.finish()?.commit(),
            Self::Folder(_) => Ok(()),
        }
    }
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
