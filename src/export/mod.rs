//! The model as bytes: JSON, JSON lines, tables of comma-separated values, SQLite and Parquet. Sees the model alone.
//!
//! ```text
//! json    {                      jsonl  {"schema_version":1,…}     facts  source,source_index,…
//!           "schema_version": 1,        {"schema_version":1,…}            a.txt,0,2019-2020/…
//!
//! csv     uit/questions.csv      parquet  uit/questions.parquet    sqlite  uit.sqlite
//!         uit/answers.csv                 uit/answers.parquet              documents ─< questions ─< …
//! ```
//!
//! [`record`] has the rows and columns that all tabular outputs share; a database has relations of its own.

mod csv;
mod csv_folder;
mod facts;
mod frictionless;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod record;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "sqlite")]
mod sqlite;
pub(crate) mod svg;
mod table;

#[cfg(feature = "parquet")]
pub use self::parquet::ParquetFolder;
pub use csv_folder::CsvFolder;
pub use facts::{write_facts, write_facts_header};
pub use frictionless::facts_schema;
pub use json::{write_json, write_json_line};
#[cfg(feature = "schema")]
pub use schema::json_schema;
#[cfg(feature = "sqlite")]
pub use sqlite::Database;
pub use table::write_table;
