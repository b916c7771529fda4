//! Every printed total, subtotal, mean and 100 %, computed again.
//!
//! Takes a typed table, gives [`Check`]s; judges and changes nothing. What a total sums is not printed: where several
//! scopes are possible (all rows, or those since the last total) the one counts in which most columns agree, so that a
//! slip of the ministry shows and a guess of ours does not.
//!
//! ```text
//! Subtotaal   935   320      sum of its group        → subtotal
//! TOTAAL    2.198 1.276      sum of the body rows    → column_total
//! Gem/maand    49    73      mean of the body rows   → column_mean, to the printed rounding
//! ```

use super::number;
use super::words;
use crate::model::{Check, CheckKind, ColumnKind, Row, RowKind, Table};

/// Half a unit of the last printed place, and a little for binary fractions.
const HALF: f64 = 0.5 + 1e-6;

/// Checks a table.
pub(crate) fn check(table: &Table) -> Vec<Check> {
    let mut checks = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        match row.kind {
            RowKind::Subtotal => {
                checks.extend(sum_checks(table, index, &[group_before(table, index)], CheckKind::Subtotal))
            }
            RowKind::Total => {
                checks.extend(sum_checks(table, index, &total_scopes(table, index), CheckKind::ColumnTotal))
            }
            RowKind::Mean => checks.extend(mean_checks(table, index)),
            RowKind::Body | RowKind::Group => {}
        }
    }
    for column in 1..table.columns.len() {
        if header_is(table, column, words::is_total) {
            let found = row_checks(table, column, CheckKind::RowTotal);
            let holding = found.iter().filter(|check| check.holds).count();
            // `Totaal boetes` may be the total of something that has no other column.
            if header_is(table, column, words::is_plain_total) || holding * 2 > found.len() {
                checks.extend(found);
            }
        } else if header_is(table, column, words::is_mean) {
            let found = row_checks(table, column, CheckKind::RowMean);
            let holding = found.iter().filter(|check| check.holds).count();
            // `Gemiddelde wachttijd` is the mean of what the table does not hold.
            if header_is(table, column, words::is_plain_mean) || holding * 2 > found.len() {
                checks.extend(found);
            }
        }
    }
    checks.extend(unnamed_total_column(table).into_iter().flatten());
    checks.extend(percent_checks(table));
    checks
}

fn header_is(table: &Table, column: usize, says: fn(&str) -> bool) -> bool {
    table.columns.get(column).and_then(|c| c.header.last()).is_some_and(|header| says(header))
}

fn value(table: &Table, row: usize, column: usize) -> Option<f64> {
    table.rows.get(row)?.cells.get(column)?.value
}

/// The printed rounding of a cell: half a unit of its last place.
fn tolerance(table: &Table, row: usize, column: usize) -> f64 {
    let text = table.rows.get(row).and_then(|r| r.cells.get(column)).map_or("", |c| c.text.as_str());
    HALF * 0.1_f64.powi(i32::from(number::type_cell(text).decimals))
}

/// Whether a column's numbers can be added up: amounts, no shares, no means, no rates.
fn adds_up(table: &Table, column: usize) -> bool {
    let Some(found) = table.columns.get(column) else { return false };
    let rate = |header: &String| {
        let small = header.to_lowercase();
        small.starts_with("gem") && words::is_mean(&small) || small.contains(" per ") || small.starts_with("ratio")
    };
    matches!(found.kind, ColumnKind::Number | ColumnKind::Currency) && !found.header.last().is_some_and(rate)
}

/// The body rows of the group that a subtotal closes.
fn group_before(table: &Table, row: usize) -> Vec<usize> {
    let mut members: Vec<usize> = Vec::new();
    for index in (0..row).rev() {
        match table.rows[index].kind {
            RowKind::Body => members.push(index),
            RowKind::Mean => {}
            RowKind::Group if members.is_empty() => {}
            RowKind::Group | RowKind::Subtotal | RowKind::Total => break,
        }
    }
    members
}

/// What a total can sum: all body rows above it, those since the last total, the totals and subtotals themselves, or,
/// where it stands first, the rows below.
fn total_scopes(table: &Table, row: usize) -> Vec<Vec<usize>> {
    let of_kind = |range: std::ops::Range<usize>, kinds: &[RowKind]| -> Vec<usize> {
        range.filter(|i| kinds.contains(&table.rows[*i].kind)).collect()
    };
    let last_total = (0..row).rev().find(|i| table.rows[*i].kind == RowKind::Total);
    let mut scopes = vec![of_kind(0..row, &[RowKind::Body])];
    if let Some(last) = last_total {
        scopes.push(of_kind(last + 1..row, &[RowKind::Body]));
        scopes.push(of_kind(0..row, &[RowKind::Total]));
    }
    scopes.push(of_kind(0..row, &[RowKind::Subtotal]));
    scopes.push(of_kind(row + 1..table.rows.len(), &[RowKind::Body]));
    scopes.retain(|scope| scope.len() > 1);
    scopes
}

fn sum_checks(table: &Table, row: usize, scopes: &[Vec<usize>], kind: CheckKind) -> Vec<Check> {
    let judged = scopes.iter().filter(|scope| !scope.is_empty()).map(|scope| {
        let columns = (1..table.columns.len()).filter(|column| adds_up(table, *column));
        columns.filter_map(|column| sum_check(table, row, column, scope, kind)).collect::<Vec<_>>()
    });
    best_of(judged)
}

/// The scope in which the largest share of the checks holds; the first of equals.
fn best_of(judged: impl Iterator<Item = Vec<Check>>) -> Vec<Check> {
    let mut best: Vec<Check> = Vec::new();
    for checks in judged {
        let holding = |checks: &[Check]| checks.iter().filter(|c| c.holds).count();
        if best.is_empty() || holding(&checks) > holding(&best) {
            best = checks;
        }
    }
    best
}

/// Body rows above one that is their sum though its label does not say so, at least.
const FEWEST_SUMMED: usize = 3;

/// A sum in one column that chance does not give, at least.
const NO_CHANCE: f64 = 100.0;

/// The row that is the sum of all others in every column that adds up, in a table that names no total: the last but for
/// means, or the first. `Vlaanderen` below its provinces is one, or above them.
pub(crate) fn unnamed_total(table: &Table) -> Option<usize> {
    if table.rows.iter().any(|row| matches!(row.kind, RowKind::Total | RowKind::Subtotal)) {
        return None;
    }
    let is_body = |row: &usize| table.rows.get(*row).is_some_and(|row| row.kind == RowKind::Body);
    let last = table.rows.iter().rposition(|row| row.kind != RowKind::Mean)?;
    [last, 0].into_iter().filter(is_body).find(|&row| {
        let members: Vec<usize> = (0..=last).filter(|i| *i != row).filter(is_body).collect();
        let columns = (1..table.columns.len()).filter(|column| adds_up(table, *column));
        let sums: Vec<Check> =
            columns.filter_map(|column| sum_check(table, row, column, &members, CheckKind::ColumnTotal)).collect();
        let amounts = sums.iter().filter(|sum| sum.printed > 0.0).count();
        let no_chance = amounts > 1 || sums.iter().any(|sum| sum.printed >= NO_CHANCE);
        let certain = no_chance && (members.len() >= FEWEST_SUMMED || members.len() > 1 && amounts >= FEWEST_SUMMED);
        certain && sums.iter().all(|sum| sum.holds)
    })
}

/// The last column, or the first behind the stub, where it is the sum of all others in every row: a total whatever its
/// name, as `Alle graden` is.
fn unnamed_total_column(table: &Table) -> Option<Vec<Check>> {
    let columns: Vec<usize> = (1..table.columns.len()).filter(|column| adds_up(table, *column)).collect();
    let named = (1..table.columns.len()).any(|column| header_is(table, column, words::is_total));
    if named || columns.len() < FEWEST_SUMMED {
        return None;
    }
    [columns.last(), columns.first()].into_iter().flatten().find_map(|&column| {
        let scope: Vec<usize> = columns.iter().copied().filter(|other| *other != column).collect();
        let rows = (0..table.rows.len()).filter(|row| !matches!(table.rows[*row].kind, RowKind::Group));
        let sums: Vec<Check> =
            rows.filter_map(|row| row_check(table, row, column, &scope, CheckKind::RowTotal)).collect();
        let certain = sums.iter().filter(|sum| sum.printed >= NO_CHANCE).count() >= FEWEST_SUMMED;
        (certain && sums.iter().all(|sum| sum.holds)).then_some(sums)
    })
}

fn sum_check(table: &Table, row: usize, column: usize, members: &[usize], kind: CheckKind) -> Option<Check> {
    let printed = value(table, row, column)?;
    let values: Vec<f64> = members.iter().filter_map(|m| value(table, *m, column)).collect();
    if values.is_empty() {
        return None;
    }
    let computed = tidy(values.iter().sum());
    let holds = (printed - computed).abs() <= tolerance(table, row, column);
    Some(Check { kind, row, column, printed, computed, holds })
}

/// Binary fractions make 0.30000000000000004 of 0.1 + 0.2: sums of printed numbers have few decimals.
fn tidy(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

/// A mean of the body rows; whether missing cells count as 0 is the ministry's choice, so either may hold.
fn mean_checks(table: &Table, row: usize) -> Vec<Check> {
    let members: Vec<usize> = (0..row).filter(|i| table.rows[*i].kind == RowKind::Body).collect();
    let columns = (1..table.columns.len()).filter(|c| is_amount(table, *c));
    columns
        .filter_map(|column| {
            let printed = value(table, row, column)?;
            let values: Vec<f64> = members.iter().filter_map(|m| value(table, *m, column)).collect();
            mean_check(
                CheckKind::ColumnMean,
                (row, column),
                printed,
                &values,
                members.len(),
                tolerance(table, row, column),
            )
        })
        .collect()
}

fn mean_check(
    kind: CheckKind,
    (row, column): (usize, usize),
    printed: f64,
    values: &[f64],
    cells: usize,
    tolerance: f64,
) -> Option<Check> {
    if values.len() < 2 {
        return None;
    }
    let sum: f64 = values.iter().sum();
    let (present, all) = (sum / values.len() as f64, sum / cells.max(1) as f64);
    let near = |mean: f64| (mean - printed).abs() <= tolerance || mean.trunc() == printed;
    let computed = if !near(present) && near(all) { all } else { present };
    Some(Check { kind, row, column, printed, computed, holds: near(computed) })
}

fn is_amount(table: &Table, column: usize) -> bool {
    table
        .columns
        .get(column)
        .is_some_and(|c| matches!(c.kind, ColumnKind::Number | ColumnKind::Currency | ColumnKind::Percent))
}

/// A column that sums or averages its row. It takes the columns since the last such column, all others, or those
/// behind it; the scope in which most rows agree counts.
fn row_checks(table: &Table, column: usize, kind: CheckKind) -> Vec<Check> {
    let totals: Vec<usize> = (1..table.columns.len())
        .filter(|c| header_is(table, *c, words::is_total) || header_is(table, *c, words::is_mean))
        .collect();
    let shares = table.columns.get(column).is_some_and(|c| c.kind == ColumnKind::Percent);
    let alike = |c: usize| match shares {
        true => table.columns.get(c).is_some_and(|c| c.kind == ColumnKind::Percent),
        false => adds_up(table, c),
    };
    let plain = |c: &usize| alike(*c) && !totals.contains(c);
    let after_last = totals.iter().rev().find(|t| **t < column).map_or(1, |t| t + 1);
    let until_next = totals.iter().find(|t| **t > column).copied().unwrap_or(table.columns.len());
    // `Totaal bedrag` may be a column like others.
    let named = |c: &usize| header_is(table, *c, words::is_total) && !header_is(table, *c, words::is_plain_total);
    let scopes: [Vec<usize>; 5] = [
        (1..table.columns.len()).filter(|c| *c < column).filter(plain).collect(),
        (after_last..column).filter(plain).collect(),
        (column + 1..until_next).filter(plain).collect(),
        totals.iter().copied().filter(|t| *t < column && header_is(table, *t, words::is_total)).collect(),
        (1..column).filter(|c| alike(*c) && (named(c) || !totals.contains(c))).collect(),
    ];
    let judged = scopes.iter().filter(|scope| scope.len() > 1).map(|scope| {
        let rows = (0..table.rows.len()).filter(|r| !matches!(table.rows[*r].kind, RowKind::Group));
        rows.filter_map(|row| row_check(table, row, column, scope, kind)).collect::<Vec<_>>()
    });
    best_of(judged)
}

fn row_check(table: &Table, row: usize, column: usize, scope: &[usize], kind: CheckKind) -> Option<Check> {
    let printed = value(table, row, column)?;
    let values: Vec<f64> = scope.iter().filter_map(|c| value(table, row, *c)).collect();
    let tolerance = tolerance(table, row, column);
    if kind == CheckKind::RowMean {
        return mean_check(kind, (row, column), printed, &values, scope.len(), tolerance);
    }
    // A row of means has a mean for its total, rounded by itself.
    // So are the shares of a whole.
    let apart = table.rows[row].kind == RowKind::Mean || table.columns[column].kind == ColumnKind::Percent;
    let slack = if apart { tolerance * (values.len() + 1) as f64 } else { tolerance };
    let computed = tidy(values.iter().sum());
    (!values.is_empty()).then(|| Check {
        kind,
        row,
        column,
        printed,
        computed,
        holds: (printed - computed).abs() <= slack,
    })
}

/// Shares of a whole: a column of percentages whose total is printed as 100 %. It is a total and a whole, so it is
/// checked as both. Each share is rounded by itself, so the sum may be off by half a unit for each.
fn percent_checks(table: &Table) -> Vec<Check> {
    let mut checks = Vec::new();
    for (row, found) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Total) {
        for (column, _) in table.columns.iter().enumerate().filter(|(_, c)| c.kind == ColumnKind::Percent) {
            let printed = found.cells.get(column).and_then(|c| c.value).filter(|v| (*v - 100.0).abs() < 1.0);
            let check = printed.and_then(|printed| percent_check(table, row, column, printed));
            checks.extend(check.iter().map(|check| Check { kind: CheckKind::ColumnTotal, ..check.clone() }));
            checks.extend(check);
        }
    }
    checks
}

fn percent_check(table: &Table, row: usize, column: usize, printed: f64) -> Option<Check> {
    let is_share = |r: &&Row| r.kind == RowKind::Body;
    let members: Vec<usize> = (0..row).filter(|i| is_share(&&table.rows[*i])).collect();
    let values: Vec<f64> = members.iter().filter_map(|m| value(table, *m, column)).collect();
    let slack: f64 = members.iter().map(|m| tolerance(table, *m, column)).sum::<f64>() + tolerance(table, row, column);
    let computed = tidy(values.iter().sum());
    let holds = (printed - computed).abs() <= slack;
    (values.len() > 1).then_some(Check { kind: CheckKind::PercentSum, row, column, printed, computed, holds })
}

#[cfg(test)]
mod tests {
    use crate::layout::lines::text_to_layout;
    use crate::limits::Limits;
    use crate::model::{CheckKind, ColumnKind, RowKind, Table};

    fn table(text: &str) -> Table {
        let layout = text_to_layout(text.to_owned());
        crate::table::find(&layout, 0..layout.lines.len(), &[], &Limits::default()).remove(0).table
    }

    #[test]
    fn a_last_row_that_sums_all_others_is_their_total_whatever_its_name() {
        let rows = |last: u32| {
            format!(
                "Dienst      Erkend\nAntwerpen      310\nLimburg        140\nBrussel        104\nVlaanderen     {last}\n"
            )
        };
        assert_eq!(table(&rows(554)).rows[3].kind, RowKind::Total);
        assert_eq!(table(&rows(555)).rows[3].kind, RowKind::Body);
    }

    #[test]
    fn a_first_row_and_a_last_column_that_sum_all_others_are_totals() {
        let found = table(
            "Gewest          2019     2020\nVlaanderen       554      310\nAntwerpen        310      200\n\
                           Limburg          140       60\nBrussel          104       50\n",
        );
        assert_eq!(found.rows[0].kind, RowKind::Total);
        let found = table(
            "Schooljaar     1e graad    2e graad    Alle graden\n2017-2018          246         200            446\n\
                           2018-2019          608         538          1.146\n2019-2020          242         618            860\n",
        );
        assert_eq!(found.checks.iter().filter(|check| check.kind == CheckKind::RowTotal && check.holds).count(), 3);
    }

    #[test]
    fn totals_name_what_they_are_of() {
        let text = "Maand           2020\njanuari           34\nfebruari          28\nJaartotaal        63\n";
        let found = table(text);
        assert_eq!(found.rows[2].kind, RowKind::Total);
        assert!(found.checks.iter().any(|check| check.kind == CheckKind::ColumnTotal && !check.holds));
    }

    #[test]
    fn shares_of_a_row_add_up_to_its_total() {
        let text = "Wie         Laag      Midden     Hoog     Totaal\nMannen     48,2%       36,7%    15,1%     100,0%\n\
                    Vrouwen    39,9%       38,6%    21,6%     100,0%\n";
        assert!(table(text).checks.iter().all(|check| check.kind == CheckKind::RowTotal && check.holds));
        assert_eq!(table(text).checks.len(), 2);
    }

    #[test]
    fn words_between_two_columns_of_amounts_label_the_rows() {
        let text = "Mannen     Leeftijd     Vrouwen\n  775      16 en 17       1.812\n2.925      18-24          1.812\n\
                    2.700      25-34          1.252\n";
        let kinds: Vec<ColumnKind> = table(text).columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds, [ColumnKind::Number, ColumnKind::Stub, ColumnKind::Number]);
        let ranks = "Rang     Land       Aantal\n1        Syrië       4.120\n2        Irak        3.529\n";
        assert_eq!(table(ranks).columns[0].kind, ColumnKind::Stub);
    }

    #[test]
    fn the_mean_of_something_else_is_no_mean_of_its_row() {
        let text = "Dienst      Dossiers     Klachten     Gemiddelde wachttijd\nGent             310           12                       45\n\
                    Aalst            140            8                       38\n";
        assert!(table(text).checks.is_empty());
    }
}
