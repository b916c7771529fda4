//! The index of an archive: a line a document to search, filter and sort, and the files that gave none.

use super::super::status::Failure;
use super::html::{esc, push};
use vraagbaak::{Severity, WrittenQuestion};

/// A line of the index.
pub(super) struct Entry {
    /// The id of the document's section.
    id: String,
    number: Option<u32>,
    date: Option<String>,
    session_year: String,
    title: String,
    author: String,
    minister: String,
    tables: usize,
    hold: usize,
    fail: usize,
    doubts: usize,
}

impl Entry {
    pub(super) fn of(id: &str, document: &WrittenQuestion) -> Self {
        let checks = || document.tables.iter().flat_map(|table| &table.checks);
        let minister = document.respondent.as_ref().or(document.addressee.as_ref());
        let is_doubt = |severity| severity != Severity::Info;
        Self {
            id: id.to_owned(),
            number: document.number,
            date: document.question_date.map(|date| date.to_string()),
            session_year: document.session_year.clone().unwrap_or_default(),
            title: document.title.clone().unwrap_or_else(|| "(no title)".to_owned()),
            author: document.author.as_ref().map_or(String::new(), |person| person.name.clone()),
            minister: minister.map_or(String::new(), |person| person.name.clone()),
            tables: document.tables.len(),
            hold: checks().filter(|check| check.holds).count(),
            fail: checks().filter(|check| !check.holds).count(),
            doubts: document.diagnostics.iter().filter(|doubt| is_doubt(doubt.severity)).count(),
        }
    }

    fn row(&self, out: &mut String) {
        let (id, fail, doubts) = (&self.id, self.fail, self.doubts);
        let (year, minister) = (esc(&self.session_year), esc(&self.minister));
        push!(
            out,
            "<tr data-year=\"{year}\" data-minister=\"{minister}\" data-fail=\"{fail}\" data-doubts=\"{doubts}\">"
        );
        push!(out, "<td class=\"n\">{}</td>", self.number.map_or(String::new(), |number| number.to_string()));
        push!(out, "<td class=\"date\">{}</td>", self.date.as_deref().unwrap_or(""));
        push!(out, "<th scope=\"row\" lang=\"nl\"><a href=\"#{id}\">{}</a></th>", esc(&self.title));
        push!(out, "<td>{}</td><td>{minister}</td><td class=\"n\">{}</td>", esc(&self.author), self.tables);
        push!(out, "<td class=\"n\">");
        if self.hold > 0 {
            push!(out, "<span class=\"good\">✓ {}<span class=\"heard\"> hold</span></span> ", self.hold);
        }
        if fail > 0 {
            push!(out, "<span class=\"bad\">✗ {fail}<span class=\"heard\"> do not hold</span></span>");
        }
        push!(out, "</td><td class=\"n\">{}</td></tr>\n", if doubts > 0 { doubts.to_string() } else { String::new() });
    }
}

/// The columns with whether they are numbers.
const COLUMNS: [(&str, bool); 8] = [
    ("Number", true),
    ("Date", false),
    ("Title", false),
    ("Asked by", false),
    ("Minister", false),
    ("Tables", true),
    ("Totals", true),
    ("Doubts", true),
];

/// The index as a section. The form works by the script, and is hidden where that does not run.
pub(super) fn set(entries: &[Entry], failures: &[(String, Failure)]) -> String {
    let mut out = String::from("<section id=\"index\" tabindex=\"-1\" aria-labelledby=\"indexh\">\n");
    push!(out, "<h2 id=\"indexh\">Documents</h2>\n");
    if !entries.is_empty() {
        form(entries, &mut out);
        table(entries, &mut out);
    }
    if !failures.is_empty() {
        push!(out, "<h2>Not read</h2>\n<ul class=\"failures\">\n");
        for (path, failure) in failures {
            push!(out, "<li><b>{}</b>: {} <code>{}</code></li>\n", esc(path), esc(&failure.reason), failure.status);
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    out
}

fn form(entries: &[Entry], out: &mut String) {
    out.push_str("<form id=\"filters\" role=\"search\" hidden>\n");
    out.push_str(
        "<label>Search in titles, names and text <input type=\"search\" id=\"words\" autocomplete=\"off\"></label>\n",
    );
    select("year", "Session year", entries.iter().map(|entry| entry.session_year.as_str()), out);
    select("minister", "Minister", entries.iter().map(|entry| entry.minister.as_str()), out);
    out.push_str("<label class=\"tick\"><input type=\"checkbox\" id=\"fail\"> a total does not hold</label>\n");
    out.push_str("<label class=\"tick\"><input type=\"checkbox\" id=\"doubts\"> something is doubtful</label>\n");
    push!(out, "<p role=\"status\" id=\"count\">{} documents</p>\n</form>\n", entries.len());
}

fn select<'t>(id: &str, label: &str, values: impl Iterator<Item = &'t str>, out: &mut String) {
    let mut values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    values.sort_unstable();
    values.dedup();
    push!(out, "<label>{label} <select id=\"{id}\"><option value=\"\">all</option>");
    values.iter().for_each(|value| push!(out, "<option>{}</option>", esc(value)));
    out.push_str("</select></label>\n");
}

fn table(entries: &[Entry], out: &mut String) {
    out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of documents\"><table class=\"index\">\n<thead><tr>");
    for (name, is_number) in COLUMNS {
        let class = if is_number { " class=\"n\"" } else { "" };
        push!(out, "<th scope=\"col\"{class}>{name}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    entries.iter().for_each(|entry| entry.row(out));
    out.push_str("</tbody></table></div>\n");
}
