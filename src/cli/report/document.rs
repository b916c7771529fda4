//! A document as a section of the report: its head, each question beside its answer, the rest, and its source.

use super::doubts::Doubts;
use super::html::{esc, is_web, push};
use super::source::Places;
use super::table::TableView;
use std::collections::HashSet;
use vraagbaak::{Answer, Block, Format, ListItem, Original, Person, Question, WrittenQuestion};

/// What a document is set from.
pub(super) struct DocumentView<'a> {
    pub(super) document: &'a WrittenQuestion,
    /// What its ids begin with: `d0`.
    pub(super) prefix: &'a str,
    /// Its source, where that is at hand.
    pub(super) original: Option<&'a Original>,
    /// Why there is none.
    pub(super) absent: &'a str,
    /// Whether its file holds nothing else.
    pub(super) alone: bool,
}

impl DocumentView<'_> {
    /// Sets the document.
    pub(super) fn set(&self) -> String {
        let mut setting = Setting {
            view: self,
            document: self.document,
            places: Places::new(self.prefix, self.original, self.alone),
            doubts: Doubts::of(self.document),
            tables: HashSet::new(),
            out: String::new(),
        };
        let prefix = self.prefix;
        push!(
            setting.out,
            "<article class=\"document\" id=\"{prefix}\" tabindex=\"-1\" aria-labelledby=\"{prefix}h\">\n"
        );
        setting.head();
        setting.pairs();
        setting.tail();
        setting.places.panel(&mut setting.out, self.absent);
        setting.out.push_str("</article>\n");
        setting.out
    }
}

/// A document while it is set.
struct Setting<'a> {
    view: &'a DocumentView<'a>,
    document: &'a WrittenQuestion,
    places: Places<'a>,
    doubts: Doubts<'a>,
    /// The tables that were set, by their index.
    tables: HashSet<usize>,
    out: String,
}

impl Setting<'_> {
    fn head(&mut self) {
        let document = self.document;
        let prefix = self.view.prefix;
        push!(self.out, "<header>\n<h2 id=\"{prefix}h\" lang=\"nl\">");
        push!(self.out, "{}</h2>\n<dl>\n", esc(document.title.as_deref().unwrap_or("(no title)")));
        let number = document.number.map(|number| number.to_string());
        self.field("Number", number.as_deref());
        self.field("Date", document.question_date.map(|date| date.to_string()).as_deref());
        self.field("Id", document.id.as_deref());
        self.field("Kind", Some(&document.kind.to_string().replace('_', " ")));
        self.person("Asked by", document.author.as_ref());
        self.person("Asked to", document.addressee.as_ref());
        self.person("Answered by", document.respondent.as_ref());
        self.file();
        self.out.push_str("</dl>\n");
        self.doubts.about_the_rest(&mut self.places, &mut self.out);
        self.out.push_str("</header>\n");
        self.paragraphs("introduction", document.introduction.iter().map(|paragraph| paragraph.text.as_str()));
    }

    fn field(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            push!(self.out, "<div><dt>{name}</dt><dd>{}</dd></div>\n", esc(value));
        }
    }

    fn person(&mut self, role: &str, person: Option<&Person>) {
        let Some(person) = person else { return };
        push!(self.out, "<div><dt>{role}</dt><dd>");
        match self.places.link(&person.span, None) {
            Some(href) => push!(self.out, "<a href=\"{href}\">{}</a>", esc(&person.name)),
            None => push!(self.out, "{}", esc(&person.name)),
        }
        if let Some(title) = &person.title {
            push!(self.out, ", <span lang=\"nl\">{}</span>", esc(title));
        }
        self.out.push_str("</dd></div>\n");
    }

    fn file(&mut self) {
        let source = &self.document.source;
        let what = match source.format {
            Format::Text => "text".to_owned(),
            Format::Pdf => source.pages.map_or("PDF".to_owned(), |pages| format!("PDF, pages: {pages}")),
        };
        let path = source.path.as_deref().unwrap_or("stdin");
        let title = format!("SHA-256 {}", source.sha256);
        push!(self.out, "<div><dt>File</dt><dd title=\"{}\">{} ({what})</dd></div>\n", esc(&title), esc(path));
    }

    fn paragraphs<'t>(&mut self, class: &str, texts: impl Iterator<Item = &'t str>) {
        let mut texts = texts.peekable();
        if texts.peek().is_none() {
            return;
        }
        push!(self.out, "<div class=\"{class}\" lang=\"nl\">\n");
        texts.for_each(|text| push!(self.out, "<p>{}</p>\n", esc(text)));
        self.out.push_str("</div>\n");
    }

    /// Each answer beside the questions that it answers; questions without an answer last.
    fn pairs(&mut self) {
        let document = self.document;
        let mut shown = vec![false; document.questions.len()];
        for answer in &document.answers {
            let is_answered = |question: &Question| question.label.as_ref().is_none_or(|l| answer.labels.contains(l));
            self.out.push_str("<section class=\"pair\">\n<div class=\"asked\">\n");
            for (question, shown) in document.questions.iter().zip(&mut shown) {
                if is_answered(question) && !std::mem::replace(shown, true) {
                    self.question(question);
                }
            }
            self.out.push_str("</div>\n");
            self.answer(answer);
            self.out.push_str("</section>\n");
        }
        for (question, _) in document.questions.iter().zip(shown).filter(|(_, shown)| !shown) {
            self.out.push_str("<section class=\"pair\">\n<div class=\"asked\">\n");
            self.question(question);
            self.out.push_str(
                "</div>\n<div class=\"answered\"><p class=\"none\">No answer of its own.</p></div>\n</section>\n",
            );
        }
    }

    fn question(&mut self, question: &Question) {
        let label = question.label.as_deref().map_or("Question".to_owned(), |label| format!("Question {label}"));
        self.heading(&label, &question.span);
        self.out.push_str("<div lang=\"nl\">");
        question.text.lines().for_each(|line| push!(self.out, "<p>{}</p>\n", esc(line)));
        self.out.push_str("</div>\n");
        self.doubts.about_question(question, &mut self.places, &mut self.out);
    }

    fn heading(&mut self, text: &str, span: &vraagbaak::Span) {
        push!(self.out, "<h3>{}", esc(text));
        if let Some(href) = self.places.link(span, None) {
            push!(
                self.out,
                " <a class=\"where\" href=\"{href}\" aria-label=\"{} in the source\">source</a>",
                esc(text)
            );
        }
        self.out.push_str("</h3>\n");
    }

    fn answer(&mut self, answer: &Answer) {
        self.out.push_str("<div class=\"answered\">\n");
        let label =
            if answer.labels.is_empty() { "Answer".to_owned() } else { format!("Answer {}", answer.labels.join(", ")) };
        self.heading(&label, &answer.span);
        if !answer.see.is_empty() {
            push!(self.out, "<p class=\"see\">Refers to answer {}</p>\n", esc(&answer.see.join(", ")));
        }
        for block in &answer.blocks {
            match block {
                Block::Paragraph { text, .. } => push!(self.out, "<p lang=\"nl\">{}</p>\n", esc(text)),
                Block::List { items, .. } => list(items, &mut self.out),
                Block::Table { table } => self.table_named(table),
                _ => {}
            }
        }
        self.doubts.about_answer(answer, &mut self.places, &mut self.out);
        self.out.push_str("</div>\n");
    }

    fn table_named(&mut self, id: &str) {
        if let Some(index) = self.document.tables.iter().position(|table| table.id == id) {
            self.table(index);
        }
    }

    fn table(&mut self, index: usize) {
        let Some(table) = self.document.tables.get(index).filter(|_| self.tables.insert(index)) else { return };
        let view = TableView { table, prefix: self.view.prefix, number: index };
        view.set(&mut self.places, &mut self.doubts, &mut self.out);
    }

    /// What stands in no answer.
    fn tail(&mut self) {
        let document = self.document;
        (0..document.tables.len()).for_each(|index| self.table(index));
        self.paragraphs("closing", document.question_closing.iter().map(|paragraph| paragraph.text.as_str()));
        let footnotes = document.footnotes.iter();
        self.listed("Footnotes", footnotes.map(|note| format!("{} {}", esc(&note.marker), esc(&note.text))));
        self.listed("Attachments", document.attachments.iter().map(|line| esc(&line.text).to_string()));
        self.listed("Other questions it names", document.references.iter().map(|named| esc(&named.text).to_string()));
        self.listed("Links", document.links.iter().map(|link| linked(&link.url)));
    }

    /// A list of items that are markup already.
    fn listed(&mut self, heading: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        if items.peek().is_none() {
            return;
        }
        push!(self.out, "<h3>{heading}</h3>\n<ul lang=\"nl\">\n");
        items.for_each(|item| push!(self.out, "<li>{item}</li>\n"));
        self.out.push_str("</ul>\n");
    }
}

fn linked(url: &str) -> String {
    if is_web(url) {
        format!("<a href=\"{0}\" rel=\"noreferrer noopener\">{0}</a>", esc(url))
    } else {
        esc(url).to_string()
    }
}

/// The items of a list and those under them; a stack, as no input shall decide how deep calls go.
fn list(items: &[ListItem], out: &mut String) {
    out.push_str("<ul lang=\"nl\">\n");
    let mut open = vec![items.iter()];
    while let Some(items) = open.last_mut() {
        match items.next() {
            Some(item) => {
                push!(out, "<li>{}", esc(&item.text));
                if item.items.is_empty() {
                    out.push_str("</li>\n");
                } else {
                    out.push_str("<ul>\n");
                    open.push(item.items.iter());
                }
            }
            None => {
                open.pop();
                out.push_str(if open.is_empty() { "</ul>\n" } else { "</ul></li>\n" });
            }
        }
    }
}
