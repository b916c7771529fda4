//! A folder of comma-separated files: one a relation, one a table.
//!
//! ```text
//! documents.csv  questions.csv  answers.csv  tables.csv  facts.csv
//! datapackage.json                       what every column is (a Frictionless Data Package)
//! tables/2019-2020/808-c053da0bd1a00141-t1.csv       `tables.csv` says which file is whose
//! ```

use super::facts::{write_header, write_rows};
use super::frictionless::DataPackage;
use super::record::{ANSWERS, DOCUMENTS, FACTS, QUESTIONS, Relation, TABLES, table_file};
use super::table::write_table_data;
use crate::model::{Table, WrittenQuestion};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// The relations, each a file.
const RELATIONS: [Relation; 5] = [DOCUMENTS, QUESTIONS, ANSWERS, TABLES, FACTS];

/// A folder of comma-separated files, written as documents come.
#[derive(Debug)]
pub struct CsvFolder {
    root: PathBuf,
    relations: Vec<(Relation, BufWriter<File>)>,
}

impl CsvFolder {
    /// The names that it has in its folder, the folder of tables among them.
    pub const NAMES: [&'static str; 7] =
        ["documents.csv", "questions.csv", "answers.csv", "tables.csv", "facts.csv", "datapackage.json", "tables"];

    /// Begins the files in a folder, which is made when it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let open = |relation: Relation| {
            let mut file = BufWriter::new(File::create(root.join(format!("{}.csv", relation.name)))?);
            write_header(&mut file, &relation)?;
            Ok((relation, file))
        };
        let relations = RELATIONS.into_iter().map(open).collect::<io::Result<_>>()?;
        Ok(Self { root: root.to_owned(), relations })
    }

    /// Adds a written question.
    ///
    /// # Errors
    /// What the file system says.
    pub fn put(&mut self, question: &WrittenQuestion) -> io::Result<()> {
        for (relation, file) in &mut self.relations {
            write_rows(file, relation, question)?;
        }
        question.tables.iter().try_for_each(|table| self.put_table(question, table))
    }

    fn put_table(&self, question: &WrittenQuestion, table: &Table) -> io::Result<()> {
        let place = self.root.join(table_file(question, table));
        place.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut bytes = Vec::new();
        write_table_data(&mut bytes, table)?;
        fs::write(place, bytes)
    }

    /// Ends the files, and waits until they are on the disk.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(self) -> io::Result<()> {
        for (_, file) in self.relations {
            file.into_inner().map_err(io::IntoInnerError::into_error)?;
        }
        let package = serde_json::to_vec_pretty(&DataPackage::of(&RELATIONS))?;
        fs::write(self.root.join("datapackage.json"), package)?;
        sync(&self.root)
    }
}

/// Waits until everything below a folder is on the disk. Done at the end and not file by file: much of it is there by then.
fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}
