//! A folder of Parquet files: a relation each, typed, for DuckDB, Polars, pandas, R and Spark.
//!
//! ```text
//! documents.parquet  questions.parquet  answers.parquet  facts.parquet
//!                    number: int64   date: date32   value: double   questions: list of strings   …
//! ```
//!
//! The columns are those of the comma-separated files. Rows are gathered and written a row group at a time, so memory does
//! not grow with the archive.

mod columns;

use super::record::{ANSWERS, DOCUMENTS, FACTS, QUESTIONS, Relation};
use crate::model::WrittenQuestion;
use columns::ColumnBuffer;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use std::sync::Arc;

/// The relations, each a file.
const RELATIONS: [Relation; 4] = [DOCUMENTS, QUESTIONS, ANSWERS, FACTS];

/// What the values of a row group take up before it is written. Four relations gather at a time, and each is copied once
/// when it is written: all of it stays well below the memory that a run may take.
const GROUP_BYTES: usize = 8 << 20;

/// A folder of Parquet files, written as documents come.
#[derive(Debug)]
pub struct ParquetFolder {
    files: Vec<RelationFile>,
}

impl ParquetFolder {
    /// The names that it has in its folder.
    pub const NAMES: [&'static str; 4] = ["documents.parquet", "questions.parquet", "answers.parquet", "facts.parquet"];

    /// Begins the files in a folder, which is made when it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let files = RELATIONS.into_iter().map(|relation| RelationFile::create(root, relation));
        Ok(Self { files: files.collect::<io::Result<_>>()? })
    }

    /// Adds a written question.
    ///
    /// # Errors
    /// What the file system says.
    pub fn put(&mut self, question: &WrittenQuestion) -> io::Result<()> {
        self.files.iter_mut().try_for_each(|file| file.put(question))
    }

    /// Ends the files, and waits until they are on the disk.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(self) -> io::Result<()> {
        self.files.into_iter().try_for_each(RelationFile::finish)
    }
}

/// The file of one relation, and the rows that wait for their group to be full.
struct RelationFile {
    relation: Relation,
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<ColumnBuffer>,
    rows: usize,
}

impl RelationFile {
    fn create(root: &Path, relation: Relation) -> io::Result<Self> {
        let file = BufWriter::new(File::create(root.join(format!("{}.parquet", relation.name)))?);
        let schema = Arc::new(schema(&relation).map_err(fault)?);
        let writer = SerializedFileWriter::new(file, schema, Arc::new(properties())).map_err(fault)?;
        let columns = relation.columns.iter().map(|column| ColumnBuffer::new(column.kind)).collect();
        Ok(Self { relation, writer, columns, rows: 0 })
    }

    fn put(&mut self, question: &WrittenQuestion) -> io::Result<()> {
        for row in (self.relation.rows)(question) {
            for (column, value) in self.columns.iter_mut().zip(&row) {
                column.push(value);
            }
            self.rows += 1;
        }
        if self.columns.iter().map(ColumnBuffer::bytes).sum::<usize>() < GROUP_BYTES {
            return Ok(());
        }
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(fault)?;
        for column in &mut self.columns {
            let Some(mut writer) = group.next_column().map_err(fault)? else { break };
            column.write(&mut writer).map_err(fault)?;
            writer.close().map_err(fault)?;
        }
        group.close().map_err(fault)?;
        self.rows = 0;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        let file = self.writer.into_inner().map_err(fault)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

impl fmt::Debug for RelationFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RelationFile").field("name", &self.relation.name).field("rows", &self.rows).finish()
    }
}

fn schema(relation: &Relation) -> Result<Type, ParquetError> {
    let fields = relation.columns.iter().map(columns::field).collect::<Result<_, _>>()?;
    Type::group_type_builder(relation.name).with_fields(fields).build()
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_created_by(format!("vraagbaak {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .build()
}

/// An error of the file system as it is; anything else as one of its kind.
fn fault(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(source) => io::Error::other(source),
        },
        error => io::Error::other(error),
    }
}
