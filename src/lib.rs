#![doc = "Reads written questions of the Flemish Parliament with the ministers' answers: typed, checked, traceable."]

/// The README's example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod diagnostic;
mod error;
mod export;
#[cfg(feature = "fixtures")]
pub mod fixture;
mod geometry;
mod layout;
mod limits;
mod model;
mod parse;
mod source;
mod structure;
mod table;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::Error;
#[cfg(feature = "sqlite")]
pub use export::Database;
#[cfg(feature = "parquet")]
pub use export::ParquetFolder;
#[cfg(feature = "schema")]
pub use export::json_schema;
pub use export::{CsvFolder, facts_schema, write_facts, write_facts_header, write_json, write_json_line, write_table};
pub use geometry::{Interval, Rect, Span};
pub use limits::{Limit, Limits};
pub use model::*;
#[cfg(fuzzing)]
#[doc(hidden)]
pub use parse::fuzz;
pub use parse::{Extractor, Original, OriginalPage, parse_all_bytes, parse_all_text, parse_bytes, parse_text};
#[cfg(feature = "pdf")]
pub use parse::{parse_all_pdf, parse_pdf};
