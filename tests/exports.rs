//! Every output read back by the reader that people have for it: the same facts in each, safe to open, whole or absent.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use common::Scratch;
use common::outputs::{OTHER_TEXT, TEXT, convert, converted, documents, refused};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rusqlite::Connection;
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use vraagbaak::{CsvFolder, WrittenQuestion, parse_text, write_facts};

/// A fact as every form has it: absent is empty, a list is joined by `, `.
type Row = Vec<String>;

/// What is compared; `question` and `belongs_to` are lists where a form has such.
const COLUMNS: [&str; 16] = [
    "source",
    "source_index",
    "id",
    "date",
    "question",
    "belongs_to",
    "table_id",
    "row_index",
    "row_kind",
    "stub",
    "column_index",
    "column_header",
    "unit",
    "note",
    "page",
    "printed",
];

fn from_model(questions: &[WrittenQuestion]) -> Vec<(Row, f64)> {
    let mut rows = Vec::new();
    for question in questions {
        for fact in question.facts() {
            let table = fact.table;
            let belongs = table.placement.as_ref().map_or(&table.answer, |placement| &placement.suggested_answer);
            let marked = table.notes.iter().filter(|note| note.marker.is_some() && note.marker == fact.cell.marker);
            let notes: Vec<&str> =
                fact.cell.note.as_deref().into_iter().chain(marked.map(|note| note.text.as_str())).collect();
            let row = [
                question.source.path.clone().unwrap_or_default(),
                question.source.index.to_string(),
                question.id.clone().unwrap_or_default(),
                question.question_date.map(|date| date.to_string()).unwrap_or_default(),
                table.answer.join(", "),
                belongs.join(", "),
                table.id.clone(),
                fact.row.to_string(),
                fact.row_kind.to_string(),
                fact.stub.to_owned(),
                fact.column.to_string(),
                fact.header.clone(),
                fact.unit.unwrap_or_default().to_owned(),
                notes.join("; "),
                fact.cell.span.page.map(|page| page.to_string()).unwrap_or_default(),
                fact.cell.text.clone(),
            ];
            rows.push((row.to_vec(), fact.value));
        }
    }
    rows
}

fn from_json_lines(path: &Path) -> Vec<(Row, f64)> {
    let text = fs::read_to_string(path).unwrap();
    let questions: Vec<WrittenQuestion> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    from_model(&questions)
}

/// What a reader of comma-separated values gets, the guard before formulas taken off again.
fn from_csv(path: &Path) -> Vec<(Row, f64)> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header: HashMap<String, usize> =
        reader.headers().unwrap().iter().enumerate().map(|(index, name)| (name.to_owned(), index)).collect();
    let record = |record: csv::StringRecord| {
        let at = |name: &str| record[header[name]].to_owned();
        let row = COLUMNS.map(|name| at(name).trim_start_matches('\'').to_owned());
        (row.to_vec(), at("value").parse().unwrap())
    };
    reader.records().map(|read| record(read.unwrap())).collect()
}

fn from_sqlite(path: &Path) -> Vec<(Row, f64)> {
    let connection = Connection::open(path).unwrap();
    let sql = format!("SELECT {}, value FROM facts_in_context ORDER BY fact_key", COLUMNS.join(", "));
    let mut statement = connection.prepare(&sql).unwrap();
    let text = |value: rusqlite::types::ValueRef<'_>| match value {
        rusqlite::types::ValueRef::Null => String::new(),
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        other => other.as_str().unwrap().to_owned(),
    };
    let rows = statement.query_map([], |row| {
        let cells = (0..COLUMNS.len()).map(|index| Ok(text(row.get_ref(index)?)));
        Ok((cells.collect::<rusqlite::Result<Row>>()?, row.get(COLUMNS.len())?))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn from_parquet(path: &Path) -> Vec<(Row, f64)> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let text = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::ListInternal(list) => {
            let texts = list.elements().iter().map(|item| match item {
                Field::Str(text) => text.as_str(),
                other => panic!("{other} in a list of texts"),
            });
            texts.collect::<Vec<_>>().join(", ")
        }
        // Days since 1970 as the reader writes them: `2020-09-22`.
        other => other.to_string().trim_end_matches(" +00:00").to_owned(),
    };
    let row = |row: parquet::record::Row| {
        let fields: HashMap<&String, &Field> = row.get_column_iter().collect();
        let at = |name: &str| *fields.get(&name.to_owned()).unwrap();
        let Field::Double(value) = at("value") else { panic!("a value is a double") };
        (COLUMNS.map(|name| text(at(name))).to_vec(), *value)
    };
    reader.get_row_iter(None).unwrap().map(|read| row(read.unwrap())).collect()
}

#[test]
fn every_form_has_the_same_facts() {
    let scratch = Scratch::new("same");
    let documents = documents();
    let inputs: Vec<&Path> = documents.iter().map(PathBuf::as_path).collect();
    converted(&inputs, "jsonl", &scratch.path("uit.jsonl"));
    converted(&inputs, "facts", &scratch.path("uit.csv"));
    converted(&inputs, "csv", &scratch.path("tabellen"));
    converted(&inputs, "sqlite", &scratch.path("uit.sqlite"));
    converted(&inputs, "parquet", &scratch.path("parquet"));
    let mut expected = from_json_lines(&scratch.path("uit.jsonl"));
    assert!(expected.len() > 1000, "{} facts", expected.len());
    assert_eq!(from_csv(&scratch.path("uit.csv")), expected);
    assert_eq!(from_csv(&scratch.path("tabellen/facts.csv")), expected);
    assert_eq!(from_parquet(&scratch.path("parquet/facts.parquet")), expected);
    // The seeds are among the fixtures too: a database has a document once, under the first of its paths.
    let found = from_sqlite(&scratch.path("uit.sqlite"));
    expected.retain(|(row, _)| !row[0].contains("/seeds/"));
    let sorted = |mut rows: Vec<(Row, f64)>| {
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    assert_eq!(sorted(found), sorted(expected));
}

#[test]
fn the_description_beside_facts_names_their_columns() {
    let scratch = Scratch::new("schema");
    let input = scratch.file("a.txt", TEXT);
    converted(&[&input], "facts", &scratch.path("uit.csv"));
    let text = fs::read_to_string(scratch.path("uit.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let named: Vec<&str> = schema["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    let mut reader = csv::Reader::from_path(scratch.path("uit.csv")).unwrap();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), named);
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let hostile = ["=HYPERLINK(\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "a;=1", "a\n=1"];
    let scratch = Scratch::new("formulas");
    let mut folder = CsvFolder::create(&scratch.path("tabellen")).unwrap();
    let mut facts = Vec::new();
    for text in hostile {
        let mut question = parse_text(TEXT).unwrap();
        question.title = Some(text.to_owned());
        question.author.as_mut().unwrap().name = text.to_owned();
        question.questions[0].text = text.to_owned();
        for table in &mut question.tables {
            table.caption = Some(text.to_owned());
            table.columns[0].header = vec![text.to_owned()];
            table.rows[0].cells[0].text = text.to_owned();
            table.rows[1].cells[1].value = Some(-60.0);
        }
        write_facts(&mut facts, &question).unwrap();
        folder.put(&question).unwrap();
    }
    folder.finish().unwrap();
    let mut files = vec![String::from_utf8(facts).unwrap()];
    let mut folders = vec![scratch.path("tabellen")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                Some(extension) if extension == "csv" => files.push(fs::read_to_string(path).unwrap()),
                Some(_) => {}
                None => folders.push(path),
            }
        }
    }
    assert!(files.len() > 6);
    for file in &files {
        for delimiter in *b",;\t" {
            assert_eq!(running(file, delimiter), Vec::<String>::new());
        }
        assert!(!file.contains("'-60"), "numbers stay numbers");
    }
    assert!(files[0].contains(",-60,"));
}

/// The cells that a spreadsheet would compute when it parts a file at `delimiter`.
fn running(file: &str, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(file.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells = records.iter().flat_map(|record| record.iter());
    let runs = |cell: &&str| cell.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r']);
    cells.filter(runs).filter(|cell| cell.parse::<f64>().is_err()).map(str::to_owned).collect()
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let scratch = Scratch::new("strangers");
    let input = scratch.file("a.txt", TEXT);
    let inputs: [&Path; 1] = [&input];
    let notes = scratch.file("notes.sqlite", "not a database at all, but a text that somebody needs");
    refused(&inputs, "sqlite", &notes, "is no SQLite database");
    let foreign = scratch.path("foreign.sqlite");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    refused(&inputs, "sqlite", &foreign, "is no database of this program");
    scratch.file("gone.sqlite-journal", "");
    refused(&inputs, "sqlite", &scratch.path("gone.sqlite"), "remove it first");
    refused(&inputs, "sqlite", &scratch.0, "is a folder");

    fs::create_dir(scratch.path("mine")).unwrap();
    scratch.file("mine/thesis.odt", "years of work");
    for format in ["csv", "parquet"] {
        refused(&inputs, format, &scratch.path("mine"), "thesis.odt");
        refused(&inputs, format, &notes, "is no folder");
        assert_eq!(convert(&inputs, format, Path::new("-")).status.code(), Some(2));
    }
    assert_eq!(scratch.names(), ["a.txt", "foreign.sqlite", "gone.sqlite-journal", "mine", "notes.sqlite"]);
    assert_eq!(fs::read_to_string(scratch.path("mine/thesis.odt")).unwrap(), "years of work");
}

#[test]
fn a_folder_of_tables_is_replaced_as_a_whole() {
    let scratch = Scratch::new("replaced");
    let (input, other, uit) = (scratch.file("a.txt", TEXT), scratch.file("b.txt", OTHER_TEXT), scratch.path("uit"));
    converted(&[&input, &other], "csv", &uit);
    assert!(uit.join("tables/2020-2021").is_dir());
    converted(&[&input], "csv", &uit);
    assert!(!uit.join("tables/2020-2021").exists(), "nothing is left of the former run");
    converted(&[&input], "parquet", &scratch.path("parquet"));
    converted(&[&input], "parquet", &scratch.path("parquet"));
    assert_eq!(scratch.names(), ["a.txt", "b.txt", "parquet", "uit", "uit.manifest.jsonl"]);
    let mut reader = csv::Reader::from_path(uit.join("tables.csv")).unwrap();
    let file = reader.headers().unwrap().iter().position(|name| name == "file").unwrap();
    let tables: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(!tables.is_empty());
    assert!(tables.iter().all(|table| uit.join(&table[file]).is_file()));
}
