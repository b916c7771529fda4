//! Reads written questions of the Flemish Parliament (*schriftelijke vragen*) with the ministers' answers, from PDF or from
//! extracted text: typed, checked, traceable.
//!
//! # In two minutes
//!
//! ```toml
//! [dependencies]
//! vraagbaak = { version = "0.1", default-features = false, features = ["pdf"] }
//! ```
//!
//! A PDF in, its figures out:
//!
//! ```
//! # #[cfg(feature = "pdf")] {
//! let bytes = std::fs::read("fixtures/0421-energiescans-pdf/input.pdf")?;
//! let question = vraagbaak::parse_pdf(&bytes)?;
//!
//! println!("{:?} asks {:?}", question.author, question.respondent);
//! for fact in question.facts() {
//!     println!("{} / {} = {}", fact.stub, fact.header, fact.value);
//! }
//! # assert!(question.facts().count() > 5);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A figure says where it was read, and a table how sure it is and whether its printed totals hold:
//!
//! ```
//! let text = std::fs::read_to_string("seeds/000_5170ae0f649b1a58.txt")?;
//! let question = vraagbaak::parse_text(&text)?;
//!
//! let fact = question.facts().find(|fact| fact.value == 19_612.0).expect("March 2019");
//! assert_eq!((fact.stub, fact.header.as_str()), ("Maart", "Gebruikers 2019"));
//! assert_eq!(fact.cell.note.as_deref(), Some("lancering interactief platform + campagne"));
//! let [start, end] = fact.cell.span.bytes.expect("a place in the text");
//! assert!(text[start..end].contains("(lancering interactief"));
//!
//! let table = &question.tables[0];
//! assert!(table.confidence > 0.9 && table.checks.iter().all(|check| check.holds));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What there is
//!
//! - [`parse_text`], [`parse_pdf`] and [`parse_bytes`] give one [`WrittenQuestion`]; their `parse_all_` forms give those of a
//!   file that holds several; [`Extractor`] has the options ([`Limits`], a path to note, without checks), and views of any
//!   document: its [tables](Extractor::tables), its [text](Extractor::prose), its [pages](Extractor::pictures).
//! - [`WrittenQuestion`] is the JSON: its questions, its [`Answer`]s, its [`Table`]s. It goes through `serde` both ways.
//!   `docs/fields.md` in the repository has every field with an example.
//! - [`WrittenQuestion::facts`] are the numbers of all tables, one by one. [`Check`]s are printed totals computed again.
//! - An [`Error`] says why no document came out; a [`Diagnostic`] what is doubtful in one. Nothing panics, whatever the bytes.
//! - [`write_json_line`], [`write_facts`], [`CsvFolder`], [`Database`], [`ParquetFolder`] write many.
//! - [`fixture`] compares documents with what is expected of them, in the tests of any parser.
//!
//! The programs in `examples/` are whole: `facts` (a dependency), `archive` (a batch), `regression` (regression tests).
//!
//! # Features
//!
//! All are on by default, for the command; a library switches them off and takes what it needs.
//!
//! | feature | gives |
//! | --- | --- |
//! | `pdf` | [`parse_pdf`] and PDFs in [`parse_bytes`] |
//! | `schema` | [`json_schema`] |
//! | `fixtures` | [`fixture`] |
//! | `sqlite` | [`Database`]; SQLite is built with it, by a C compiler |
//! | `parquet` | [`ParquetFolder`] |
//! | `cli` | the command; turns on `schema` and `fixtures` |
//! | `second-opinion` | a second PDF engine, used where the first finds no text, and to compare words |
//!
//! # How
//!
//! ```text
//! bytes ─ source ─→ text or glyphs ─ layout ─→ words, lines, pages
//!                     structure ─→ header, questions, answers        ┐
//!                     table ─────→ grid → heading → numbers → checks ┴─→ WrittenQuestion ─ export ─→ JSON, facts, …
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

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
pub use parse::{Extractor, Original, OriginalPage, Stages, parse_all_bytes, parse_all_text, parse_bytes, parse_text};
#[cfg(feature = "pdf")]
pub use parse::{parse_all_pdf, parse_pdf};
pub use source::PdfEngine;
