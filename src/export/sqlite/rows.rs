//! The rows of one written question.

use super::super::record::{FactRecord, paragraphs, tables_in};
use crate::geometry::Span;
use crate::model::{Answer, Bound, Cell, Fact, Row, Table, WrittenQuestion};
use rusqlite::{Connection, Params, params};
use std::collections::HashMap;

/// Writes a document: over the row that has `key`, or in a new one.
pub(super) fn put(
    connection: &Connection,
    key: Option<i64>,
    question: &WrittenQuestion,
    digest: &str,
) -> rusqlite::Result<()> {
    let writer = Writer { connection, document: put_head(connection, key, question, digest)? };
    if key.is_some() {
        writer.clear()?;
    }
    writer.questions(question)?;
    let answers = writer.answers(question)?;
    for table in &question.tables {
        writer.table(table, answers.get(table.id.as_str()).copied())?;
    }
    writer.surroundings(question)
}

/// The document's own row, and its key.
fn put_head(
    connection: &Connection,
    key: Option<i64>,
    question: &WrittenQuestion,
    digest: &str,
) -> rusqlite::Result<i64> {
    let (addressee, respondent) = (question.addressee.as_ref(), question.respondent.as_ref());
    let source = &question.source;
    let sql = "INSERT INTO documents (document_key, id, number, session_year, date, title, kind, author, addressee,
            addressee_title, respondent, respondent_title, introduction, closing, source, source_index, format, pages,
            sha256, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (document_key) DO UPDATE SET id = excluded.id, number = excluded.number,
            session_year = excluded.session_year, date = excluded.date, title = excluded.title, kind = excluded.kind,
            author = excluded.author, addressee = excluded.addressee, addressee_title = excluded.addressee_title,
            respondent = excluded.respondent, respondent_title = excluded.respondent_title,
            introduction = excluded.introduction, closing = excluded.closing, format = excluded.format,
            pages = excluded.pages, digest = excluded.digest
        RETURNING document_key";
    let values = params![
        key,
        question.id,
        question.number,
        question.session_year,
        question.question_date.map(|date| date.to_string()),
        question.title,
        question.kind.to_string(),
        question.author.as_ref().map(|person| &person.name),
        addressee.map(|person| &person.name),
        addressee.and_then(|person| person.title.as_ref()),
        respondent.map(|person| &person.name),
        respondent.and_then(|person| person.title.as_ref()),
        paragraphs(&question.introduction),
        paragraphs(&question.question_closing),
        source.path,
        source.index as i64,
        source.format.to_string(),
        source.pages,
        source.sha256,
        digest,
    ];
    connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))
}

/// Relations with rows of a document, those first that nothing else there points at. What hangs on these goes with them.
const OF_A_DOCUMENT: [&str; 9] = [
    "tables",
    "answers",
    "questions",
    "diagnostics",
    "links",
    "question_references",
    "asked_to",
    "footnotes",
    "attachments",
];

/// Writes what belongs to a document.
struct Writer<'c> {
    connection: &'c Connection,
    document: i64,
}

impl Writer<'_> {
    /// Removes all that a former reading of the document left.
    fn clear(&self) -> rusqlite::Result<()> {
        OF_A_DOCUMENT.iter().try_for_each(|relation| {
            let sql = format!("DELETE FROM {relation} WHERE document_key = ?");
            self.connection.prepare_cached(&sql)?.execute([self.document]).map(drop)
        })
    }

    fn insert(&self, sql: &str, values: impl Params) -> rusqlite::Result<i64> {
        self.connection.prepare_cached(sql)?.insert(values)
    }

    fn questions(&self, document: &WrittenQuestion) -> rusqlite::Result<()> {
        let sql = "INSERT INTO questions (document_key, position, label, text, page, span) VALUES (?, ?, ?, ?, ?, ?)";
        for (position, question) in document.questions.iter().enumerate() {
            let (label, text, span) = (&question.label, &question.text, &question.span);
            self.insert(sql, params![self.document, position as i64, label, text, span.page, json(span)])?;
        }
        Ok(())
    }

    /// Writes the answers, and says for each table which answer it stands in.
    fn answers<'d>(&self, document: &'d WrittenQuestion) -> rusqlite::Result<HashMap<&'d str, i64>> {
        let mut standing = HashMap::new();
        for (position, answer) in document.answers.iter().enumerate() {
            let key = self.answer(position, answer)?;
            standing.extend(tables_in(answer).map(|table| (table, key)));
        }
        Ok(standing)
    }

    fn answer(&self, position: usize, answer: &Answer) -> rusqlite::Result<i64> {
        let sql = "INSERT INTO answers (document_key, position, labels, text, page, span) VALUES (?, ?, ?, ?, ?, ?)";
        let (labels, span) = (joined(&answer.labels), &answer.span);
        let values = params![self.document, position as i64, labels, answer.text, span.page, json(span)];
        let key = self.insert(sql, values)?;
        let mut label = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO answer_labels (answer_key, label, relation) VALUES (?, ?, ?)")?;
        for (labels, relation) in [(&answer.labels, "answers"), (&answer.see, "see")] {
            for name in labels {
                label.execute(params![key, name, relation])?;
            }
        }
        Ok(key)
    }

    fn table(&self, table: &Table, answer: Option<i64>) -> rusqlite::Result<()> {
        let key = self.table_head(table, answer)?;
        self.columns_and_notes(table, key)?;
        for (index, row) in table.rows.iter().enumerate() {
            self.cells(key, index, row)?;
        }
        for fact in table.facts() {
            self.fact(key, &fact)?;
        }
        self.checks(table, key)
    }

    fn table_head(&self, table: &Table, answer: Option<i64>) -> rusqlite::Result<i64> {
        let sql =
            "INSERT INTO tables (document_key, answer_key, table_id, caption, question, belongs_to, displaced, reason,
            method, confidence, page, span) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let placement = table.placement.as_ref();
        let belongs_to = placement.map_or(&table.answer, |placement| &placement.suggested_answer);
        let values = params![
            self.document,
            answer,
            table.id,
            table.caption,
            joined(&table.answer),
            joined(belongs_to),
            placement.is_some_and(|placement| placement.displaced),
            placement.map(|placement| &placement.reason),
            table.method.to_string(),
            table.confidence,
            table.span.page,
            json(&table.span),
        ];
        self.insert(sql, values)
    }

    fn columns_and_notes(&self, table: &Table, key: i64) -> rusqlite::Result<()> {
        let sql = "INSERT INTO table_columns (table_key, column_index, header, kind, unit) VALUES (?, ?, ?, ?, ?)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for (index, column) in table.columns.iter().enumerate() {
            let (header, kind) = (column.joined_header(), column.kind.to_string());
            insert.execute(params![key, index as i64, header, kind, column.unit])?;
        }
        let sql = "INSERT INTO table_notes (table_key, position, marker, text) VALUES (?, ?, ?, ?)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for (position, note) in table.notes.iter().enumerate() {
            insert.execute(params![key, position as i64, note.marker, note.text])?;
        }
        Ok(())
    }

    fn cells(&self, table: i64, row_index: usize, row: &Row) -> rusqlite::Result<()> {
        let sql =
            "INSERT INTO cells (table_key, row_index, column_index, row_kind, text, value, marker, note, below, above,
            missing, page, span) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let kind = row.kind.to_string();
        let mut insert = self.connection.prepare_cached(sql)?;
        for (column_index, cell) in row.cells.iter().enumerate() {
            let (below, above) = bounds(cell);
            insert.execute(params![
                table,
                row_index as i64,
                column_index as i64,
                kind,
                cell.text,
                cell.value,
                cell.marker,
                cell.note,
                below,
                above,
                cell.missing,
                cell.span.page,
                json(&cell.span),
            ])?;
        }
        Ok(())
    }

    fn fact(&self, table: i64, fact: &Fact<'_>) -> rusqlite::Result<()> {
        let sql = "INSERT INTO facts (document_key, table_key, row_index, column_index, row_kind, question, belongs_to, stub,
            column_header, value, unit, note, page, printed, passage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let record = FactRecord::of(fact);
        let values = params![
            self.document,
            table,
            fact.row as i64,
            fact.column as i64,
            fact.row_kind.to_string(),
            joined(record.question),
            joined(record.belongs_to),
            fact.stub,
            fact.header,
            fact.value,
            fact.unit,
            record.note,
            fact.cell.span.page,
            fact.cell.text,
            record.passage,
        ];
        self.insert(sql, values).map(drop)
    }

    fn checks(&self, table: &Table, key: i64) -> rusqlite::Result<()> {
        let sql =
            "INSERT INTO checks (document_key, table_key, kind, row_index, column_index, printed, computed, holds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        for check in &table.checks {
            let (row, column, kind) = (check.row as i64, check.column as i64, check.kind.to_string());
            let (printed, computed) = (check.printed, check.computed);
            self.insert(sql, params![self.document, key, kind, row, column, printed, computed, check.holds])?;
        }
        Ok(())
    }

    /// What stands around questions and answers.
    fn surroundings(&self, question: &WrittenQuestion) -> rusqlite::Result<()> {
        let key = self.document;
        for one in &question.diagnostics {
            let sql =
                "INSERT INTO diagnostics (document_key, code, severity, message, page, span) VALUES (?, ?, ?, ?, ?, ?)";
            let (code, severity, span) = (one.code.to_string(), one.severity.to_string(), &one.span);
            self.insert(sql, params![key, code, severity, one.message, span.page, json(span)])?;
        }
        for one in &question.links {
            let sql = "INSERT INTO links (document_key, url, page, span) VALUES (?, ?, ?, ?)";
            self.insert(sql, params![key, one.url, one.span.page, json(&one.span)])?;
        }
        for one in &question.references {
            let sql = "INSERT INTO question_references (document_key, number, date, text, page, span) VALUES (?, ?, ?, ?, ?, ?)";
            let date = one.date.map(|date| date.to_string());
            self.insert(sql, params![key, one.number, date, one.text, one.span.page, json(&one.span)])?;
        }
        for one in &question.asked_to {
            let sql = "INSERT INTO asked_to (document_key, name, number) VALUES (?, ?, ?)";
            self.insert(sql, params![key, one.name, one.number])?;
        }
        for one in &question.footnotes {
            let sql = "INSERT INTO footnotes (document_key, marker, text, page, span) VALUES (?, ?, ?, ?, ?)";
            self.insert(sql, params![key, one.marker, one.text, one.span.page, json(&one.span)])?;
        }
        for one in &question.attachments {
            let sql = "INSERT INTO attachments (document_key, text, page, span) VALUES (?, ?, ?, ?)";
            self.insert(sql, params![key, one.text, one.span.page, json(&one.span)])?;
        }
        Ok(())
    }
}

/// Labels as they are read; none where there are none.
fn joined(labels: &[String]) -> Option<String> {
    (!labels.is_empty()).then(|| labels.join(", "))
}

fn bounds(cell: &Cell) -> (Option<f64>, Option<f64>) {
    match cell.bound {
        Some(Bound::Below(number)) => (Some(number), None),
        Some(Bound::Above(number)) => (None, Some(number)),
        None => (None, None),
    }
}

/// A span as it is in the JSON.
fn json(span: &Span) -> String {
    serde_json::to_string(span).unwrap_or_default()
}
