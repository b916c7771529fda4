//! A folder with files for each input, at the input's place below its own folder.

use super::super::fault::Fault;
use super::super::input::Input;
use super::super::output::{Pending, folder_of, with_suffix};
use super::Format;
use super::stream::{self, Stream};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use vraagbaak::WrittenQuestion;

/// A folder with files for each input.
pub(in super::super) struct Folder {
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

    /// Writes what the columns are, where the format has columns: once for all files.
    pub(super) fn finish(&self) -> Result<(), Fault> {
        match self.format {
            Format::Facts => stream::write_schema(&self.root.join("facts.schema.json")),
            _ => Ok(()),
        }
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
        stream.write(questions)?;
        stream.close()?.commit()
    }
}
