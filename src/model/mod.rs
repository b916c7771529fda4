//! The types of the JSON: what a document says, and nothing of how it was read.
//!
//! Every type derives `serde` both ways and round-trips; field order is key order.

/// The words of the JSON as `Display`.
macro_rules! display_as_serialized {
    ($($name:ty),*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                serde::Serialize::serialize(self, f)
            }
        }
    )*};
}

mod date;
mod fact;
mod number;
mod question;
mod table;

pub use date::Date;
pub use fact::Fact;
pub use question::{
    Answer, AskedTo, Attachment, Block, Footnote, Format, Kind, Link, ListItem, Paragraph, Part, Person, Question,
    Reference, SCHEMA_VERSION, Source, WrittenQuestion,
};
pub use table::{Bound, Cell, Check, CheckKind, Column, ColumnKind, Method, Note, Placement, Row, RowKind, Table};
