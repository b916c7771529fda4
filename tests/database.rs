//! The database: what a second run does to it, what it answers, and that others' programs open it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::outputs::{OTHER_TEXT, TEXT, converted};
use common::{Scratch, run, stderr, vraagbaak};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use vraagbaak::{Database, WrittenQuestion, parse_text};

fn count(database: &Path, sql: &str) -> i64 {
    Connection::open(database).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_second_run_changes_nothing_and_a_changed_file_replaces_its_document() {
    let scratch = Scratch::new("upsert");
    let (input, copy, uit) = (scratch.file("a.txt", TEXT), scratch.path("b.txt"), scratch.path("uit.sqlite"));
    converted(&[&input], "sqlite", &uit);
    let (before, facts) = (fs::read(&uit).unwrap(), count(&uit, "SELECT count(*) FROM facts"));
    converted(&[&input], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM facts"), facts);
    assert_eq!(fs::read(&uit).unwrap().len(), before.len());
    assert_eq!(count(&uit, "SELECT count(*) FROM documents"), 1);

    fs::write(&copy, TEXT).unwrap();
    converted(&[&input, &copy], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM files"), 2);
    assert_eq!(count(&uit, "SELECT count(*) FROM facts"), facts, "a copy counts nothing twice");

    fs::write(&copy, OTHER_TEXT).unwrap();
    converted(&[&input, &copy], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM documents"), 2);
    fs::write(&input, OTHER_TEXT).unwrap();
    converted(&[&input, &copy], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM documents"), 1, "what no path holds is gone");
    assert_eq!(count(&uit, "SELECT count(*) FROM files"), 2);
    assert_eq!(
        count(&uit, "SELECT count(*) FROM facts WHERE document_key NOT IN (SELECT document_key FROM documents)"),
        0
    );
    assert_eq!(count(&uit, "SELECT count(*) FROM facts_fts WHERE facts_fts MATCH 'maart'"), 3, "one row, three years");
    assert_eq!(scratch.names(), ["a.txt", "b.txt", "uit.sqlite", "uit.sqlite.manifest.jsonl"]);
}

#[test]
fn a_newer_reading_of_a_document_replaces_the_former_under_the_same_key() {
    let scratch = Scratch::new("newer");
    let (uit, mut question) = (scratch.path("uit.sqlite"), parse_text(TEXT).unwrap());
    let put = |question: &WrittenQuestion| {
        let mut database = if uit.exists() { Database::open(&uit) } else { Database::create(&uit) }.unwrap();
        database.put(std::slice::from_ref(question)).unwrap();
        database.finish().unwrap();
    };
    put(&parse_text(OTHER_TEXT).unwrap());
    put(&question);
    question.title = Some("Coördinatie van de financiën".to_owned());
    question.tables.truncate(1);
    question.answers[0].text = "Een coëfficiënt.".to_owned();
    put(&question);
    let uit = &uit;
    assert_eq!(count(uit, "SELECT document_key FROM documents WHERE number = 808"), 2);
    assert_eq!(count(uit, "SELECT count(*) FROM tables WHERE document_key = 2"), 1);
    for (search, found) in [("'FINANCIEN'", 1), ("'financiën'", 1), ("'coordinatie'", 1), ("'chat'", 0)] {
        let sql = format!("SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'title:' || {search}");
        assert_eq!(count(uit, &sql), found, "{search}");
    }
    assert_eq!(count(uit, "SELECT count(*) FROM answers_fts WHERE answers_fts MATCH 'coefficient'"), 1);
    let connection = Connection::open(uit).unwrap();
    for relation in ["documents", "questions", "answers", "tables", "facts"] {
        let check = format!("INSERT INTO {relation}_fts ({relation}_fts, rank) VALUES ('integrity-check', 1)");
        connection.execute_batch(&check).unwrap();
    }
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    assert!(!connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
}

#[test]
fn views_put_question_beside_answer_and_find_what_does_not_add_up() {
    let scratch = Scratch::new("views");
    let input = scratch.file("a.txt", TEXT.replace("Totaal jan-sep 440", "Totaal jan-sep 441"));
    let uit = scratch.path("uit.sqlite");
    converted(&[&input], "sqlite", &uit);
    let connection = Connection::open(&uit).unwrap();
    let sql = "SELECT kind, stub, column_header, printed, computed, difference FROM failing_checks";
    let failing: (String, String, String, f64, f64, f64) = connection
        .query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))
        .unwrap();
    assert_eq!(failing, ("column_total".into(), "Totaal jan-sep".into(), "2019".into(), 441.0, 440.0, 1.0));
    let question = parse_text(TEXT).unwrap();
    let beside = "SELECT count(*) FROM question_and_answer WHERE answer IS NOT NULL";
    assert_eq!(count(&uit, beside), question.questions.len() as i64);
}

#[test]
fn a_database_opens_in_datasette_without_settings() {
    let scratch = Scratch::new("datasette");
    let uit = scratch.path("uit.sqlite");
    Database::create(&uit).unwrap().finish().unwrap();
    // Datasette fails on a foreign key that leaves out the column it points at, and finds search tables by these quotes.
    let keys = "SELECT count(*) FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'";
    assert!(count(&uit, keys) > 15);
    assert_eq!(count(&uit, &format!("{keys} AND k.\"to\" IS NULL")), 0);
    for relation in ["documents", "questions", "answers", "tables", "facts"] {
        let found = format!(
            "SELECT count(*) FROM sqlite_master WHERE rootpage = 0 AND name = '{relation}_fts'
                AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"{relation}\"%'"
        );
        assert_eq!(count(&uit, &found), 1, "{relation}");
    }
}

/// What comes before and after a query of the documentation, and before and after the answer that it gives there.
const QUERY: &str = "```sql\n";
const ANSWER: &str = "```\n\n```text\n";
const END: &str = "```\n";

/// The page with each answer as the database gives it now.
fn answered(page: &str, connection: &Connection) -> String {
    let mut parts = page.split(QUERY);
    let mut answered = parts.next().unwrap().to_owned();
    for part in parts {
        let (query, rest) = part.split_once(ANSWER).unwrap();
        let (_, rest) = rest.split_once(END).unwrap();
        answered += &[QUERY, query, ANSWER, &shown(connection, query), END, rest].concat();
    }
    answered
}

/// Rows as `sqlite3 -header` shows them.
fn shown(connection: &Connection, query: &str) -> String {
    let mut statement = connection.prepare(query).unwrap();
    let header = statement.column_names().collect::<Vec<_>>().join("|");
    let width = statement.column_count();
    let cell = |value: rusqlite::types::ValueRef<'_>| match value {
        rusqlite::types::ValueRef::Null => String::new(),
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        rusqlite::types::ValueRef::Real(number) => format!("{number:?}"),
        other => other.as_str().unwrap().to_owned(),
    };
    let mut lines = vec![header];
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        lines.push((0..width).map(|index| cell(row.get_ref(index).unwrap())).collect::<Vec<_>>().join("|"));
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_queries_of_the_documentation_give_what_it_says() {
    let scratch = Scratch::new("queries");
    let (root, uit) = (Path::new(env!("CARGO_MANIFEST_DIR")), scratch.path("vragen.sqlite"));
    let mut folders: Vec<String> = fs::read_dir(root.join("fixtures"))
        .unwrap()
        .map(|entry| format!("fixtures/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    folders.sort();
    let inputs = |end: &'static str, name: &'static str| {
        folders.iter().filter(move |folder| folder.ends_with(end)).map(move |folder| format!("{folder}/{name}"))
    };
    let mut command = vraagbaak();
    command
        .current_dir(root)
        .args(["convert", "seeds"])
        .args(inputs("-pdf", "input.pdf"))
        .args(inputs("-layout", "input.txt"));
    let output = run(command.arg("--output").arg(&uit));
    assert!(output.status.success(), "{}", stderr(&output));
    let connection = Connection::open(&uit).unwrap();
    for (place, least) in [("docs/queries.md", 9), ("README.md", 2)] {
        let page = fs::read_to_string(root.join(place)).unwrap();
        assert!(page.matches(QUERY).count() >= least);
        let answered = answered(&page, &connection);
        if std::env::var_os("BLESS").is_some() {
            fs::write(root.join(place), &answered).unwrap();
        }
        let differs = answered.lines().zip(page.lines()).find(|(now, said)| now != said);
        assert!(answered == page, "now and in {place}: {differs:?}");
    }
}
