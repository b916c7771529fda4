//! Every output read back by the reader that people have for it: the same facts in each, safe to open, whole or absent.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rusqlite::Connection;
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use vraagbaak::{CsvFolder, Database, WrittenQuestion, parse_text, write_facts};

const SEED: &str = include_str!("../seeds/001_c053da0bd1a00141.txt");
const OTHER_SEED: &str = include_str!("../seeds/000_5170ae0f649b1a58.txt");

/// An empty folder of the test's own, removed when it ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vraagbaak-exports-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Names of what is in the folder, hidden ones too.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn convert(inputs: &[&Path], format: &str, output: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vraagbaak"));
    command.arg("convert").args(inputs).args(["--format", format, "--quiet", "--output"]).arg(output).output().unwrap()
}

fn converted(inputs: &[&Path], format: &str, output: &Path) {
    let run = convert(inputs, format, output);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Says of an output that it was refused, and why.
fn refused(inputs: &[&Path], format: &str, output: &Path, why: &str) {
    let run = convert(inputs, format, output);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains(why), "{said}");
}

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

/// The seeds and the documents of the fixtures.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str| fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let inputs = names("fixtures").flat_map(|folder| [folder.join("input.txt"), folder.join("input.pdf")]);
    let mut documents: Vec<PathBuf> = names("seeds").chain(inputs).collect();
    documents.retain(|path| path.is_file() && path.extension().is_some_and(|name| name == "txt" || name == "pdf"));
    documents.sort();
    documents
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
    let input = scratch.file("a.txt", SEED);
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
        let mut question = parse_text(SEED).unwrap();
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

fn count(database: &Path, sql: &str) -> i64 {
    Connection::open(database).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_second_run_changes_nothing_and_a_changed_file_replaces_its_document() {
    let scratch = Scratch::new("upsert");
    let (input, copy, uit) = (scratch.file("a.txt", SEED), scratch.path("b.txt"), scratch.path("uit.sqlite"));
    converted(&[&input], "sqlite", &uit);
    let (before, facts) = (fs::read(&uit).unwrap(), count(&uit, "SELECT count(*) FROM facts"));
    converted(&[&input], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM facts"), facts);
    assert_eq!(fs::read(&uit).unwrap().len(), before.len());
    assert_eq!(count(&uit, "SELECT count(*) FROM documents"), 1);

    fs::write(&copy, SEED).unwrap();
    converted(&[&input, &copy], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM files"), 2);
    assert_eq!(count(&uit, "SELECT count(*) FROM facts"), facts, "a copy counts nothing twice");

    fs::write(&copy, OTHER_SEED).unwrap();
    converted(&[&input, &copy], "sqlite", &uit);
    assert_eq!(count(&uit, "SELECT count(*) FROM documents"), 2);
    fs::write(&input, OTHER_SEED).unwrap();
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
    let (uit, mut question) = (scratch.path("uit.sqlite"), parse_text(SEED).unwrap());
    let put = |question: &WrittenQuestion| {
        let mut database = if uit.exists() { Database::open(&uit) } else { Database::create(&uit) }.unwrap();
        database.put(std::slice::from_ref(question)).unwrap();
        database.finish().unwrap();
    };
    put(&parse_text(OTHER_SEED).unwrap());
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
    let input = scratch.file("a.txt", &SEED.replace("Totaal jan-sep 440", "Totaal jan-sep 441"));
    let uit = scratch.path("uit.sqlite");
    converted(&[&input], "sqlite", &uit);
    let connection = Connection::open(&uit).unwrap();
    let sql = "SELECT kind, stub, column_header, printed, computed, difference FROM failing_checks";
    let failing: (String, String, String, f64, f64, f64) = connection
        .query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))
        .unwrap();
    assert_eq!(failing, ("column_total".into(), "Totaal jan-sep".into(), "2019".into(), 441.0, 440.0, 1.0));
    let question = parse_text(SEED).unwrap();
    let beside = "SELECT count(*) FROM question_and_answer WHERE answer IS NOT NULL";
    assert_eq!(count(&uit, beside), question.questions.len() as i64);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let scratch = Scratch::new("strangers");
    let input = scratch.file("a.txt", SEED);
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
    let (input, other, uit) = (scratch.file("a.txt", SEED), scratch.file("b.txt", OTHER_SEED), scratch.path("uit"));
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
