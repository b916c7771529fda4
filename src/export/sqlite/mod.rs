//! One SQLite file for an archive: documents, questions, answers, tables, cells, facts, checks and diagnostics, with keys,
//! views and full-text search.
//!
//! ```text
//! files >─ documents ─< questions          views   question_and_answer
//!                    ─< answers ─< labels          facts_in_context
//!                    ─< tables ─< cells ─ facts    failing_checks
//! ```
//!
//! **Adding to a database that is there.** A document is known by its content: the file's SHA-256 and its place in the file.
//! A file that is read again changes nothing, or, when a newer program reads more of it, its rows. A copy under another
//! path is one more path of the same document, so that nothing is counted twice. A path whose content changed gives up its
//! former document, unless another path has it still.
//!
//! **Transactions.** Some hundred files are one transaction: whoever stops the program finds whole documents only. A
//! database that is built anew is nobody's until it is finished, and needs no journal; that is the caller's to move into place.

mod rows;
mod schema;

use crate::model::WrittenQuestion;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use schema::Strange;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many files share a transaction. More save little time; fewer wait for the disk more often.
const BATCH: usize = 250;

/// How long to wait for another program that writes to the database.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements kept prepared: somewhat more than there are.
const STATEMENTS: usize = 64;

/// Pages kept in memory, in KiB: small beside what a run may take, and enough to keep the tops of all trees.
const CACHE_KIB: i32 = 16 << 10;

/// A SQLite database of written questions.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    path: PathBuf,
    /// Whether it was made by this run.
    new: bool,
    /// Files since the transaction began; 0 where none is open.
    pending: usize,
}

impl Database {
    /// Makes a database in a file that is not there yet.
    ///
    /// # Errors
    /// What the file system says; that the file exists.
    pub fn create(path: &Path) -> io::Result<Self> {
        File::create_new(path)?;
        let database = Self::connect(path, true).map_err(fault)?;
        schema::build(&database.connection).map_err(fault)?;
        Ok(database)
    }

    /// Opens a database that an earlier run made, to add to it.
    ///
    /// # Errors
    /// That the file is no such database, or of another version; that another program writes to it; what the file system
    /// says.
    pub fn open(path: &Path) -> io::Result<Self> {
        let database = Self::connect(path, false).map_err(fault)?;
        match schema::recognise(&database.connection).map_err(fault)? {
            None => Ok(database),
            Some(Strange::Foreign) => Err(io::Error::new(ErrorKind::InvalidData, "is no database of this program")),
            Some(Strange::Version) => {
                Err(io::Error::new(ErrorKind::InvalidData, "was made by another version: name a new file"))
            }
        }
    }

    fn connect(path: &Path, new: bool) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        if new {
            // Nobody else sees the file, and it is thrown away when something fails.
            connection.pragma_update(None, "journal_mode", "OFF")?;
            connection.pragma_update(None, "synchronous", "OFF")?;
        }
        Ok(Self { connection, path: path.to_owned(), new, pending: 0 })
    }

    /// Adds or updates the written questions of one file.
    ///
    /// # Errors
    /// What the database says.
    pub fn put(&mut self, questions: &[WrittenQuestion]) -> io::Result<()> {
        self.put_file(questions).map_err(fault)
    }

    fn put_file(&mut self, questions: &[WrittenQuestion]) -> rusqlite::Result<()> {
        let Some(first) = questions.first() else { return Ok(()) };
        if self.pending == 0 {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        for question in questions {
            self.put_document(question)?;
        }
        let sha256 = &first.source.sha256;
        let fewer = "DELETE FROM documents WHERE sha256 = ? AND source_index >= ?";
        self.connection.prepare_cached(fewer)?.execute(params![sha256, questions.len() as i64])?;
        if let Some(path) = &first.source.path {
            self.put_path(path, sha256)?;
        }
        self.pending += 1;
        if self.pending >= BATCH { self.commit() } else { Ok(()) }
    }

    /// A document that is as it was is left alone, rows and keys.
    fn put_document(&self, question: &WrittenQuestion) -> rusqlite::Result<()> {
        let digest = digest(question);
        let known = "SELECT document_key, digest FROM documents WHERE sha256 = ? AND source_index = ?";
        let place = params![question.source.sha256, question.source.index as i64];
        let mut known = self.connection.prepare_cached(known)?;
        let known = known.query_row(place, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).optional()?;
        match known {
            Some((_, former)) if former == digest => Ok(()),
            known => rows::put(&self.connection, known.map(|(key, _)| key), question, &digest),
        }
    }

    /// Notes what a path holds, and drops what it held and no other path does.
    fn put_path(&self, path: &str, sha256: &str) -> rusqlite::Result<()> {
        let mut former = self.connection.prepare_cached("SELECT sha256 FROM files WHERE path = ?")?;
        let former: Option<String> = former.query_row([path], |row| row.get(0)).optional()?;
        if former.as_deref() == Some(sha256) {
            return Ok(());
        }
        let note =
            "INSERT INTO files (path, sha256) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256";
        self.connection.prepare_cached(note)?.execute([path, sha256])?;
        if let Some(former) = former {
            let drop = "DELETE FROM documents WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = ?1)";
            self.connection.prepare_cached(drop)?.execute([&former])?;
            self.name(&former)?;
        }
        self.name(sha256)
    }

    /// Of several paths with one content, a document names the first in their order.
    fn name(&self, sha256: &str) -> rusqlite::Result<()> {
        let name = "UPDATE documents SET source = (SELECT min(path) FROM files WHERE sha256 = ?1) WHERE sha256 = ?1";
        self.connection.prepare_cached(name)?.execute([sha256]).map(drop)
    }

    fn commit(&mut self) -> rusqlite::Result<()> {
        if self.pending > 0 {
            self.connection.execute_batch("COMMIT")?;
            self.pending = 0;
        }
        Ok(())
    }

    /// Ends the last transaction, and waits until the file is on the disk.
    ///
    /// # Errors
    /// What the database or the file system says.
    pub fn finish(mut self) -> io::Result<()> {
        self.close().map_err(fault)?;
        drop(self.connection);
        File::open(&self.path)?.sync_all()
    }

    fn close(&mut self) -> rusqlite::Result<()> {
        self.commit()?;
        if self.new {
            schema::optimise_search(&self.connection)?;
        }
        // What the planner of later queries goes by.
        self.connection.execute_batch("ANALYZE")
    }
}

/// SHA-256 of the document's JSON without its path: the same content under another path is the same.
fn digest(question: &WrittenQuestion) -> String {
    let mut question = question.clone();
    question.source.path = None;
    let json = serde_json::to_vec(&question).unwrap_or_default();
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An error in the words of the file system where it has such.
fn fault(error: rusqlite::Error) -> io::Error {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => ErrorKind::StorageFull,
        Some(ErrorCode::PermissionDenied) => ErrorKind::PermissionDenied,
        Some(ErrorCode::ReadOnly) => ErrorKind::ReadOnlyFilesystem,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            return io::Error::new(ErrorKind::WouldBlock, "another program is writing to the database");
        }
        Some(ErrorCode::NotADatabase) => return io::Error::new(ErrorKind::InvalidData, "is no SQLite database"),
        _ => ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
