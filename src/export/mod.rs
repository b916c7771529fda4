//! The model as bytes: JSON, JSON lines, and the facts as a table. Sees the model alone.
//!
//! ```text
//! json    {                      jsonl  {"schema_version":1,…}     facts  source,id,number,…
//!           "schema_version": 1,        {"schema_version":1,…}            a.txt,2019-2020/…,808,…
//! ```

mod csv;
mod facts;
mod json;
#[cfg(feature = "schema")]
mod schema;
pub(crate) mod svg;
mod table;

pub use facts::{write_facts, write_facts_header};
pub use json::{write_json, write_json_line};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use table::write_table;
