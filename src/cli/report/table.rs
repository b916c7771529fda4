//! A table as a table: headers over their columns, every figure linked to its place, every printed total beside the one
//! that was computed.
//!
//! ```text
//! Totaal jan-sep   440 ✓   658 ✓        holds: a tick, green
//! Totaal           441 ✗ 440            does not: a cross and the computed figure, red
//! ```

use super::chart;
use super::doubts::Doubts;
use super::html::{esc, figure, push};
use super::series::series;
use super::source::Places;
use vraagbaak::{Cell, Check, CheckKind, Column, ColumnKind, Row, RowKind, Table};

/// The table numbered `number` of the document whose ids begin with `prefix`.
pub(super) struct TableView<'a> {
    pub(super) table: &'a Table,
    pub(super) prefix: &'a str,
    pub(super) number: usize,
}

impl TableView<'_> {
    /// What ids of the table begin with: `d0t1`.
    fn id(&self) -> String {
        format!("{}t{}", self.prefix, self.number)
    }

    /// Sets the table with its notes, checks, doubts and chart.
    pub(super) fn set(&self, places: &mut Places<'_>, doubts: &mut Doubts<'_>, out: &mut String) {
        let (table, id) = (self.table, self.id());
        push!(out, "<div class=\"table\" id=\"{id}\">\n");
        push!(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}c\"><table>\n");
        push!(
            out,
            "<caption id=\"{id}c\"><span lang=\"nl\">{}</span>",
            esc(table.caption.as_deref().unwrap_or("Table"))
        );
        let (method, sure) = (method(table), figure(table.confidence.clamp(0.0, 1.0)));
        push!(out, " <small>{}, read by its {method}, confidence {sure}</small></caption>\n", esc(&table.id));
        self.header(out);
        out.push_str("<tbody lang=\"nl\">\n");
        table.rows.iter().enumerate().for_each(|(index, row)| self.row(index, row, places, out));
        out.push_str("</tbody></table></div>\n");
        for note in &table.notes {
            let mark = note.marker.as_deref().unwrap_or("");
            push!(out, "<p class=\"note\" lang=\"nl\">{} {}</p>\n", esc(mark), esc(&note.text));
        }
        if let Some(placement) = &table.placement {
            let labels = placement.suggested_answer.join(", ");
            push!(out, "<p class=\"doubt warning\"><b>Belongs to answer {}:</b> ", esc(&labels));
            push!(out, "{}</p>\n", esc(&placement.reason));
        }
        doubts.about_table(table, places, out);
        self.checks(places, out);
        if let Some(series) = series(table) {
            chart::draw(&series, out);
        }
        out.push_str("</div>\n");
    }

    fn header(&self, out: &mut String) {
        let levels = self.table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
        if levels == 0 {
            return;
        }
        out.push_str("<thead lang=\"nl\">\n");
        for level in 0..levels {
            out.push_str("<tr>");
            for (text, columns, column) in heads(&self.table.columns, level) {
                let span = if columns > 1 { format!(" colspan=\"{columns}\" class=\"over\"") } else { String::new() };
                let class = if columns == 1 && is_right(column.kind) { " class=\"n\"" } else { "" };
                let scope = if columns > 1 { "colgroup" } else { "col" };
                match text {
                    "" => push!(out, "<td{span}></td>"),
                    text => push!(out, "<th scope=\"{scope}\"{span}{class}>{}</th>", esc(text)),
                }
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</thead>\n");
    }

    fn row(&self, index: usize, row: &Row, places: &mut Places<'_>, out: &mut String) {
        push!(out, "<tr class=\"{}\">", row.kind);
        let is_alone = row.cells.iter().skip(1).all(|cell| cell.text.is_empty());
        if let (RowKind::Group, true, Some(first)) = (row.kind, is_alone, row.cells.first()) {
            let columns = row.cells.len();
            push!(out, "<th scope=\"rowgroup\" colspan=\"{columns}\">{}</th></tr>\n", esc(&first.text));
            return;
        }
        for (column, (cell, described)) in row.cells.iter().zip(&self.table.columns).enumerate() {
            if described.kind == ColumnKind::Stub {
                push!(out, "<th scope=\"row\">{}</th>", esc(&cell.text));
            } else {
                self.cell((index, column), cell, described, places, out);
            }
        }
        out.push_str("</tr>\n");
    }

    fn cell(&self, at: (usize, usize), cell: &Cell, column: &Column, places: &mut Places<'_>, out: &mut String) {
        let id = format!("{}r{}c{}", self.id(), at.0, at.1);
        let class = if is_right(column.kind) { " class=\"n\"" } else { "" };
        push!(out, "<td{class} id=\"{id}\">");
        let is_figure = cell.value.is_some() || cell.bound.is_some();
        match is_figure.then(|| places.link(&cell.span, Some(&id))).flatten() {
            Some(href) => push!(out, "<a href=\"{href}\">{}</a>", esc(&cell.text)),
            None => push!(out, "{}", esc(&cell.text)),
        }
        let mut checks: Vec<&Check> =
            self.table.checks.iter().filter(|check| (check.row, check.column) == at).collect();
        // A figure that is a row's sum and a column's needs one tick; one that fails is told of each failure.
        match checks.iter().all(|check| check.holds) {
            true => checks.truncate(1),
            false => checks.retain(|check| !check.holds),
        }
        checks.into_iter().for_each(|check| verdict(check, out));
        out.push_str("</td>");
    }

    /// All checks of the table, in words; open where one fails.
    fn checks(&self, places: &mut Places<'_>, out: &mut String) {
        let checks = &self.table.checks;
        if checks.is_empty() {
            return;
        }
        let fail = checks.iter().filter(|check| !check.holds).count();
        let (open, mark) = if fail > 0 { (" open", "✗") } else { ("", "✓") };
        push!(out, "<details class=\"checks\"{open}><summary>{mark} {} computed again: ", checks.len());
        push!(out, "{} hold, {fail} do not</summary><ul>\n", checks.len() - fail);
        for check in checks {
            let row = self.table.rows.get(check.row);
            let cell = row.and_then(|row| row.cells.get(check.column));
            let stub = row.and_then(|row| row.cells.first()).map_or("", |cell| cell.text.as_str());
            let header = self.table.columns.get(check.column).map_or(String::new(), Column::joined_header);
            let (class, mark) = if check.holds { ("good", "✓ holds") } else { ("bad", "✗ does not hold") };
            push!(out, "<li class=\"{class}\"><b>{mark}:</b> {} of ", what(check.kind));
            push!(out, "<span lang=\"nl\">{} / {}</span>: printed ", esc(stub), esc(&header));
            match cell.and_then(|cell| places.link(&cell.span, None)) {
                Some(href) => push!(out, "<a href=\"{href}\">{}</a>", figure(check.printed)),
                None => push!(out, "{}", figure(check.printed)),
            }
            push!(out, ", computed {}</li>\n", figure(check.computed));
        }
        out.push_str("</ul></details>\n");
    }
}

/// What stands behind a figure that was computed again.
fn verdict(check: &Check, out: &mut String) {
    let computed = figure(check.computed);
    if check.holds {
        push!(out, " <span class=\"good\" title=\"computed {computed}\"><span aria-hidden=\"true\">✓</span>");
        push!(out, "<span class=\"heard\"> holds, computed {computed}</span></span>");
    } else {
        push!(out, " <span class=\"bad\"><span aria-hidden=\"true\">✗ {computed}</span>");
        push!(out, "<span class=\"heard\"> does not hold, computed {computed}</span></span>");
    }
}

/// The headers of a level with the number of columns that each stands over; equal neighbours under equal spanners are one,
/// except in a column's lowest level.
fn heads(columns: &[Column], level: usize) -> Vec<(&str, usize, &Column)> {
    let mut heads: Vec<(&str, usize, &Column)> = Vec::new();
    let mut before: Option<&[String]> = None;
    for column in columns {
        let path = column.header.get(..=level).unwrap_or(&column.header);
        let is_lowest = level + 1 >= column.header.len();
        match heads.last_mut() {
            Some(head) if !is_lowest && before == Some(path) => head.1 += 1,
            _ => heads.push((column.header.get(level).map_or("", String::as_str), 1, column)),
        }
        before = Some(path);
    }
    heads
}

fn is_right(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Number | ColumnKind::Percent | ColumnKind::Currency)
}

fn method(table: &Table) -> &'static str {
    match table.method {
        vraagbaak::Method::Ruled => "rules",
        vraagbaak::Method::Aligned => "alignment",
        vraagbaak::Method::Collapsed => "figures",
    }
}

fn what(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::ColumnTotal => "the sum of the column",
        CheckKind::RowTotal => "the sum of the row",
        CheckKind::Subtotal => "the sum of the group",
        CheckKind::ColumnMean => "the mean of the column",
        CheckKind::RowMean => "the mean of the row",
        CheckKind::PercentSum => "the sum of the shares",
    }
}
