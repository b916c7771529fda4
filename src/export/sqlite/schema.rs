//! What a database of ours has in it: relations, views, and full-text search kept up to date by triggers.
//!
//! ```text
//! answers ─ insert ─→ answers_fts       SELECT … WHERE answers_fts MATCH 'financien'   finds `financiën`
//!         ─ delete ─→
//! ```
//!
//! A search table is named after its relation with `_fts` behind it and has no text of its own ("external content"). Datasette
//! finds it by the words `content="answers"`, with just these quotes, and offers a search field.

use rusqlite::Connection;

/// Marks the file as ours ("vrgb" in ASCII), for `file` and for us.
const APPLICATION: i32 = 0x7672_6762;

/// The version of the relations; a change of any column raises it.
const VERSION: i32 = 1;

const RELATIONS: &str = include_str!("schema.sql");

/// What can be searched: relation, key, texts.
const SEARCHED: [(&str, &str, &[&str]); 5] = [
    ("documents", "document_key", &["title", "introduction"]),
    ("questions", "question_key", &["text"]),
    ("answers", "answer_key", &["text"]),
    ("tables", "table_key", &["caption"]),
    ("facts", "fact_key", &["stub", "column_header", "note"]),
];

/// Why a database cannot be added to.
pub(super) enum Strange {
    /// It is not ours.
    Foreign,
    /// It is of another version of the program.
    Version,
}

/// Makes everything, in an empty database.
pub(super) fn build(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(RELATIONS)?;
    for (relation, key, texts) in SEARCHED {
        connection.execute_batch(&search(relation, key, texts))?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)
}

/// Whether the database is one that [`build`] made.
pub(super) fn recognise(connection: &Connection) -> rusqlite::Result<Option<Strange>> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(match (number("application_id")?, number("user_version")?) {
        (APPLICATION, VERSION) => None,
        (APPLICATION, _) => Some(Strange::Version),
        _ => Some(Strange::Foreign),
    })
}

/// Puts the pieces of each search table together: searches are faster for it.
pub(super) fn optimise_search(connection: &Connection) -> rusqlite::Result<()> {
    SEARCHED.iter().try_for_each(|(relation, ..)| {
        connection.execute_batch(&format!("INSERT INTO {relation}_fts ({relation}_fts) VALUES ('optimize');"))
    })
}

/// The search table of a relation. `unicode61 remove_diacritics 2` takes é, ë, ï, ö and their like for the bare letter,
/// however they are encoded, and capitals for small letters.
fn search(relation: &str, key: &str, texts: &[&str]) -> String {
    let columns = texts.join(", ");
    let of = |row: &str| texts.iter().map(|text| format!("{row}.{text}")).collect::<Vec<_>>().join(", ");
    let (old, new) = (of("old"), of("new"));
    let add = format!("INSERT INTO {relation}_fts (rowid, {columns}) VALUES (new.{key}, {new});");
    let remove =
        format!("INSERT INTO {relation}_fts ({relation}_fts, rowid, {columns}) VALUES ('delete', old.{key}, {old});");
    format!(
        "CREATE VIRTUAL TABLE {relation}_fts USING fts5 ({columns}, content=\"{relation}\", content_rowid=\"{key}\",
             tokenize='unicode61 remove_diacritics 2');
         CREATE TRIGGER {relation}_insert AFTER INSERT ON {relation} BEGIN {add} END;
         CREATE TRIGGER {relation}_delete AFTER DELETE ON {relation} BEGIN {remove} END;
         CREATE TRIGGER {relation}_update AFTER UPDATE OF {columns} ON {relation} BEGIN {remove} {add} END;"
    )
}
