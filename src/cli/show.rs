//! `show`: a document for reading in a terminal: its head, then each question with its answer and tables.

use super::Outcome;
use super::convert;
use super::draw::{Drawing, DrawnCell};
use super::fault::Fault;
use super::input::Input;
use super::reading::Reading;
use super::style::Style;
use super::wrap::wrap;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use vraagbaak::{
    Answer, Block, Check, ColumnKind, ListItem, Person, Question, Row, RowKind, Severity, Table, WrittenQuestion,
};

/// The width for pipes and files, and the widest that prose is set to: longer lines are hard to follow.
const READABLE: usize = 100;

/// The narrowest that anything is set to.
const NARROWEST: usize = 24;

/// What `show` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The document, or `-` for stdin
    file: PathBuf,
    /// Columns to set it to [default: the terminal's, else COLUMNS, else 100]
    #[arg(short, long, value_name = "COLUMNS")]
    width: Option<usize>,
    /// Whether to use colours: auto leaves them out in a pipe, with NO_COLOR and in a dumb terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: Color,
    #[command(flatten)]
    reading: Reading,
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    /// Where they are wanted
    Auto,
    /// Also in a pipe
    Always,
    /// Nowhere
    Never,
}

impl Arguments {
    fn columns(&self) -> usize {
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let told = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        self.width.or_else(terminal).or_else(told).unwrap_or(READABLE).max(NARROWEST)
    }
}

/// Shows the documents of a file.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let questions = convert::read(&Input::named(&arguments.file), &arguments.reading)?;
    let width = arguments.columns();
    match arguments.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let mut out = anstream::stdout().lock();
    for question in &questions {
        let page = Page::of(question, width);
        out.write_all(page.text.as_bytes()).map_err(|error| Fault::io("stdout", error))?;
    }
    out.flush().map_err(|error| Fault::io("stdout", error))?;
    Ok(Outcome::Done)
}

/// A document set in lines.
struct Page<'a> {
    document: &'a WrittenQuestion,
    width: usize,
    text: String,
}

impl<'a> Page<'a> {
    fn of(document: &'a WrittenQuestion, width: usize) -> Self {
        let mut page = Self { document, width, text: String::new() };
        page.head();
        page.body();
        page.tail();
        page
    }

    fn head(&mut self) {
        let document = self.document;
        self.prose(0, Style::Bold, document.title.as_deref().unwrap_or("(no title)"));
        let number = document.number.map_or("no number".to_owned(), |number| format!("nr. {number}"));
        let date = document.question_date.map_or("no date".to_owned(), |date| date.to_string());
        self.prose(0, Style::Plain, &format!("{number}, {date}, id {}", document.id.as_deref().unwrap_or("unknown")));
        self.person("asked by", document.author.as_ref());
        self.person("asked to", document.addressee.as_ref());
        self.person("answered by", document.respondent.as_ref());
        for paragraph in &document.introduction {
            self.blank();
            self.prose(2, Style::Plain, &paragraph.text);
        }
    }

    fn person(&mut self, role: &str, person: Option<&Person>) {
        let Some(person) = person else { return };
        let title = person.title.as_deref().map_or(String::new(), |title| format!(", {title}"));
        self.prose(0, Style::Plain, &format!("{role} {}{title}", person.name));
    }

    /// Each answer under the questions that it answers; questions without an answer last.
    fn body(&mut self) {
        let document = self.document;
        let mut shown = vec![false; document.questions.len()];
        for answer in &document.answers {
            for (question, shown) in document.questions.iter().zip(&mut shown) {
                let answered = question.label.as_ref().is_none_or(|label| answer.labels.contains(label));
                if answered && !std::mem::replace(shown, true) {
                    self.question(question);
                }
            }
            self.answer(answer);
        }
        for (question, _) in document.questions.iter().zip(shown).filter(|(_, shown)| !shown) {
            self.question(question);
            self.blank();
            self.prose(4, Style::Doubt, "(no answer)");
        }
    }

    fn question(&mut self, question: &Question) {
        self.blank();
        let label = question.label.as_deref().map_or(String::new(), |label| format!("{label}. "));
        for (index, paragraph) in question.text.lines().enumerate() {
            let label = if index == 0 { label.as_str() } else { "" };
            self.prose(0, Style::Bold, &format!("{label}{paragraph}"));
        }
    }

    fn answer(&mut self, answer: &Answer) {
        self.blank();
        let heading = if answer.labels.is_empty() { "Answer".to_owned() } else { answer.labels.join(", ") };
        self.prose(2, Style::Dim, &format!("─── {heading} ───"));
        for block in &answer.blocks {
            match block {
                Block::Paragraph { text, .. } => self.prose(4, Style::Plain, text),
                Block::List { items, .. } => self.list(items),
                Block::Table { table } => self.table_named(table),
                _ => {}
            }
        }
    }

    /// The items of a list and those under them; a stack, as no input shall decide how deep calls go.
    fn list(&mut self, items: &[ListItem]) {
        let mut pending: Vec<(usize, &ListItem)> = items.iter().rev().map(|item| (4, item)).collect();
        while let Some((indent, item)) = pending.pop() {
            self.prose(indent.min(self.width / 2), Style::Plain, &format!("• {}", item.text));
            pending.extend(item.items.iter().rev().map(|item| (indent + 2, item)));
        }
    }

    fn table_named(&mut self, id: &str) {
        if let Some(table) = self.document.tables.iter().find(|table| table.id == id) {
            self.table(table);
        }
    }

    fn table(&mut self, table: &Table) {
        self.blank();
        let caption = table.caption.iter().map(|caption| format!(": {caption}")).collect::<String>();
        self.prose(4, Style::Bold, &format!("{}{caption}", table.id));
        for line in drawing(table).lines(self.width.saturating_sub(4)) {
            let _ = writeln!(self.text, "    {line}");
        }
        for note in &table.notes {
            self.prose(4, Style::Dim, &format!("{} {}", note.marker.as_deref().unwrap_or(""), note.text));
        }
        for check in table.checks.iter().filter(|check| !check.holds) {
            self.prose(4, Style::Bad, &failure(table, check));
        }
        if let Some(placement) = &table.placement {
            let labels = placement.suggested_answer.join(", ");
            self.prose(4, Style::Doubt, &format!("belongs to answer {labels}: {}", placement.reason));
        }
        self.blank();
    }

    /// What stands nowhere in the answers, and what is doubtful.
    fn tail(&mut self) {
        let document = self.document;
        let blocks = document.answers.iter().flat_map(|answer| &answer.blocks);
        let named = blocks.filter_map(|block| if let Block::Table { table } = block { Some(table) } else { None });
        let placed: HashSet<&String> = named.collect();
        document.tables.iter().filter(|table| !placed.contains(&table.id)).for_each(|table| self.table(table));
        let footnotes = document.footnotes.iter().map(|note| format!("{} {}", note.marker, note.text));
        let attachments = document.attachments.iter().map(|line| line.text.clone());
        self.listed("Footnotes", footnotes);
        self.listed("Attachments", attachments);
        self.listed("Links", document.links.iter().map(|link| link.url.clone()));
        let doubts = document.diagnostics.iter().filter(|told| told.severity != Severity::Info);
        self.listed("Doubts", doubts.map(|told| format!("{} [{}]", told.message, told.code)));
    }

    fn listed(&mut self, heading: &str, lines: impl Iterator<Item = String>) {
        for (index, line) in lines.enumerate() {
            if index == 0 {
                self.blank();
                self.prose(0, Style::Bold, heading);
            }
            self.prose(2, Style::Plain, &line);
        }
    }

    fn prose(&mut self, indent: usize, style: Style, text: &str) {
        for line in wrap(text, self.width.min(READABLE).saturating_sub(indent)) {
            let _ = writeln!(self.text, "{}{}", " ".repeat(indent), style.paint(&line));
        }
    }

    /// One blank line, however often it is asked for.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

fn drawing(table: &Table) -> Drawing {
    let levels = table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    let header = (0..levels).map(|level| header_row(table, level)).collect();
    let verdicts = verdicts(table);
    let rows = table.rows.iter().enumerate().map(|(index, row)| body_row(table, index, row, &verdicts)).collect();
    Drawing { header, rows }
}

/// A row of headers; equal neighbours under equal spanners are one cell, except in the lowest row.
fn header_row(table: &Table, level: usize) -> Vec<DrawnCell> {
    let mut cells: Vec<DrawnCell> = Vec::new();
    let mut before: Option<&[String]> = None;
    for column in &table.columns {
        let path = column.header.get(..=level).unwrap_or(&column.header);
        let lowest = level + 1 >= column.header.len();
        match cells.last_mut() {
            Some(cell) if !lowest && before == Some(path) => cell.columns += 1,
            _ => {
                let text = column.header.get(level).cloned().unwrap_or_default();
                cells.push(DrawnCell { text, right: is_right(column.kind) && lowest, style: Style::Bold, columns: 1 });
            }
        }
        before = Some(path);
    }
    cells
}

fn body_row(table: &Table, index: usize, row: &Row, verdicts: &Verdicts) -> Vec<DrawnCell> {
    if row.kind == RowKind::Group && row.cells.iter().skip(1).all(|cell| cell.text.is_empty()) {
        let text = row.cells.first().map_or(String::new(), |cell| cell.text.clone());
        return vec![DrawnCell { text, right: false, style: Style::Bold, columns: row.cells.len() }];
    }
    let style = if row.kind == RowKind::Body { Style::Plain } else { Style::Bold };
    let cells = row.cells.iter().zip(&table.columns).enumerate();
    cells
        .map(|(column, (cell, described))| {
            let judged = verdicts.get(&(index, column));
            let mark = judged.map_or("", |&holds| if holds { " ✓" } else { " ✗" });
            let style = judged.map_or(style, |&holds| if holds { Style::Good } else { Style::Bad });
            let right = is_right(described.kind);
            DrawnCell { text: format!("{}{mark}", cell.text), right, style, columns: 1 }
        })
        .collect()
}

/// Of each checked cell, by row and column, whether all its checks hold.
type Verdicts = HashMap<(usize, usize), bool>;

fn verdicts(table: &Table) -> Verdicts {
    let mut verdicts = Verdicts::new();
    for check in &table.checks {
        *verdicts.entry((check.row, check.column)).or_insert(true) &= check.holds;
    }
    verdicts
}

fn is_right(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Number | ColumnKind::Percent | ColumnKind::Currency)
}

fn failure(table: &Table, check: &Check) -> String {
    let label = table.rows.get(check.row).and_then(|row| row.cells.first()).map_or("", |cell| cell.text.as_str());
    let header = table.columns.get(check.column).map_or(String::new(), |column| column.header.join(" / "));
    format!("✗ {label} / {header}: printed {}, computed {} [{}]", check.printed, check.computed, check.kind)
}
