//! Tables and columns of PDFs made here, byte by byte.

#![cfg(all(feature = "pdf", feature = "cli"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::paper::{at, bold, grid_of, line, pdf, rows, text_of};
use vraagbaak::{Extractor, Method};

#[test]
fn rules_make_cells_and_a_missing_rule_merges_them() {
    let mut page = rows(700.0, &[75.0, 175.0, 275.0], &[&["Regio", "2019", ""], &["", "Aantal", "Bedrag"]]);
    page += &rows(660.0, &[75.0, 175.0, 275.0], &[&["Antwerpen", "12", "3 500"], &["Limburg", "9", "800"]]);
    for y in [712.0, 672.0, 652.0, 632.0] {
        page += &line(70.0, y, 370.0, y);
    }
    page += &line(170.0, 692.0, 370.0, 692.0);
    for x in [70.0, 170.0, 370.0] {
        page += &line(x, 712.0, x, 632.0);
    }
    page += &line(270.0, 692.0, 270.0, 632.0);
    let (method, rows) = grid_of(&pdf(&[&page]));
    assert_eq!(method, Method::Ruled);
    assert_eq!(rows[0], ["Regio", "2019", "2019"]);
    assert_eq!(rows[1], ["Regio", "Aantal", "Bedrag"]);
    assert_eq!(rows[3], ["Limburg", "9", "800"]);
}

#[test]
fn borders_drawn_as_thin_boxes_are_rules() {
    let mut page = rows(700.0, &[75.0, 175.0], &[&["Jaar", "Aantal"], &["2019", "12"], &["2020", "15"]]);
    for y in [712.0, 692.0, 672.0, 652.0] {
        page += &format!("70 {y} 100 0.5 re f* 170 {y} 100 0.5 re f*\n");
    }
    for x in [70.0, 170.0, 270.0] {
        page += &format!("{x} 652 0.5 20 re f* {x} 672.5 0.5 19.5 re f* {x} 692.5 0.5 20 re f*\n");
    }
    let (method, rows) = grid_of(&pdf(&[&page]));
    assert_eq!((method, rows.len()), (Method::Ruled, 3));
}

#[test]
fn a_table_without_rules_goes_on_over_a_page_with_its_header_once() {
    let columns = [75.0, 200.0, 300.0];
    let head: &[&str] = &["Gemeente", "2019", "2020"];
    let first = rows(700.0, &columns, &[head, &["Aalst", "12", "14"], &["Gent", "110", "98"]]);
    let second = rows(780.0, &columns, &[head, &["Leuven", "45", "7"], &["Ninove", "3", "21"]]);
    let (method, rows) = grid_of(&pdf(&[&first, &second]));
    assert_eq!(method, Method::Aligned);
    let labels: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(labels, ["Gemeente", "Aalst", "Gent", "Leuven", "Ninove"]);
}

#[test]
fn figures_in_the_middle_of_a_wrapped_label_are_of_its_row() {
    let mut page = String::new();
    for (y, label, more, figure) in
        [(700.0, "Vragen over de", "premie", "636"), (660.0, "Klachten over een", "beslissing", "12")]
    {
        page += &at(75.0, y, label);
        page += &at(250.0, y - 6.0, figure);
        page += &at(75.0, y - 12.0, more);
    }
    let (_, rows) = grid_of(&pdf(&[&page]));
    assert_eq!(rows, [["Vragen over de premie", "636"], ["Klachten over een beslissing", "12"]]);
}

#[test]
fn a_box_around_text_and_a_list_are_no_tables() {
    let mut page = at(80.0, 700.0, "Opgelet: dit is een kader met een zin erin.");
    for (x0, y0, x1, y1) in [
        (70.0, 715.0, 400.0, 715.0),
        (70.0, 690.0, 400.0, 690.0),
        (70.0, 690.0, 70.0, 715.0),
        (400.0, 690.0, 400.0, 715.0),
    ] {
        page += &line(x0, y0, x1, y1);
    }
    page +=
        &rows(600.0, &[75.0, 95.0], &[&["1.", "Hoeveel meldingen?"], &["2.", "Hoeveel in 2019?"], &["3.", "Waarom?"]]);
    assert_eq!(Extractor::new().tables(&pdf(&[&page])).unwrap(), []);
}

#[test]
fn prose_in_two_columns_is_read_one_after_the_other() {
    let words = "de minister van de Vlaamse regering en";
    let row = |index: usize| {
        let y = 700.0 - 12.0 * index as f32;
        at(60.0, y, &format!("L{index} {words}")) + &at(320.0, y, &format!("R{index} {words}"))
    };
    let text = text_of(&pdf(&[&(0..9).map(row).collect::<String>()]));
    let order: Vec<usize> = ["L0", "L8", "R0", "R8"].iter().map(|mark| text.find(mark).unwrap()).collect();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn paragraphs_in_columns_are_whole() {
    let row = |index: usize, words: &str| {
        let y = 700.0 - 12.0 * index as f32;
        at(60.0, y, &format!("l{index} {words}")) + &at(320.0, y, &format!("r{index} {words}"))
    };
    let page: String = (0..9).map(|index| row(index, "de minister van de Vlaamse regering en")).collect();
    let text = text_of(&pdf(&[&(page + &row(9, "is klaar."))]));
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn shades_beside_one_another_are_cells_however_near_their_words() {
    let shade = |x: f32| format!("0.8 g {x} 692 60 18 re f 0 g\n");
    let page = [100.0, 160.0, 220.0].map(shade).concat()
        + &at(104.0, 698.0, "Soort kost")
        + &at(162.0, 698.0, "Jaarbedrag")
        + &at(222.0, 698.0, "Per dossier")
        + &rows(680.0, &[104.0, 180.0, 240.0], &[&["Huur", "310", "12"], &["Onderhoud", "140", "7"]]);
    let (_, rows) = grid_of(&pdf(&[&page]));
    assert_eq!(rows[0], ["Soort kost", "Jaarbedrag", "Per dossier"]);
}

#[test]
fn signs_of_money_apart_from_their_figures_are_no_columns() {
    let head: &[&str] = &["", "", "2021", "", "2020"];
    let page = rows(700.0, &[75.0, 200.0, 250.0, 320.0, 370.0], &[head, &["Net sales", "$", "1,234", "$", "980"]])
        + &rows(660.0, &[75.0, 250.0, 370.0], &[&["Cost of sales", "(702)", "(690)"], &["Gross profit", "532", "290"]]);
    let (_, rows) = grid_of(&pdf(&[&page]));
    assert_eq!(
        rows[..3],
        [["", "2021", "2020"], ["Net sales", "$ 1,234", "$ 980"], ["Cost of sales", "(702)", "(690)"]]
    );
}

#[test]
fn rows_of_words_above_rows_of_figures_are_no_header() {
    let body: &[&[&str]] = &[
        &["Feature", "Basic", "Plus"],
        &["Export", "Yes", "No"],
        &["Checks", "No", "Yes"],
        &["Price", "12", "49"],
        &["Users", "1", "20"],
    ];
    let (_, rows) = grid_of(&pdf(&[&rows(700.0, &[75.0, 200.0, 300.0], body)]));
    assert_eq!(rows, body);
}

#[test]
fn headings_of_groups_are_no_part_of_labels_whose_figures_stand_at_their_foot() {
    let mut page = rows(700.0, &[75.0, 300.0, 380.0], &[&["", "2021", "2020"]]);
    for (index, (label, cells)) in [
        ("Assets", None),
        ("Cash and cash equivalents", Some(["34,940", "38,016"])),
        ("Deferred taxes, net of allowance of 12 and", None),
        ("15 in 2021 and 2020, respectively", Some(["1,200", "900"])),
        ("Total assets", Some(["36,140", "38,916"])),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 686.0 - 12.0 * index as f32;
        page += &at(75.0, y, label);
        for (x, cell) in [300.0, 380.0].into_iter().zip(cells.into_iter().flatten()) {
            page += &at(x, y, cell);
        }
    }
    let labels: Vec<String> = grid_of(&pdf(&[&page])).1.into_iter().map(|row| row[0].clone()).collect();
    let wrapped = "Deferred taxes, net of allowance of 12 and 15 in 2021 and 2020, respectively";
    assert_eq!(labels, ["", "Assets", "Cash and cash equivalents", wrapped, "Total assets"]);
}

#[test]
fn raised_digits_behind_a_figure_are_a_mark_of_a_note() {
    let cell = "BT /F1 10 Tf 175 680 Td (6.589) Tj /F1 6 Tf 4 Ts (1) Tj ET\n";
    let page = rows(700.0, &[75.0, 175.0], &[&["Gewest", "2019"], &["Vlaanderen"], &["Brussel", "1.208"]]) + cell;
    let table = Extractor::new().tables(&pdf(&[&page])).unwrap().remove(0);
    let cell = &table.rows[0].cells[1];
    assert_eq!((cell.text.as_str(), cell.value, cell.marker.as_deref()), ("6.589¹", Some(6589.0), Some("¹")));
}

#[test]
fn sentences_below_names_are_no_names() {
    let mut page = String::new();
    for (y, cells) in [
        (700.0, ["Actie", "Resultaat", "Jaar"]),
        (680.0, ["Vorming", "Er werden leraren gevormd, van wie enkele in buitengewoon onderwijs", "2019"]),
        (660.0, ["Website", "Veel bezoekers", "2020"]),
    ] {
        page += &at(75.0, y, cells[0]);
        page += &at(140.0, y, cells[1]);
        page += &at(480.0, y, cells[2]);
    }
    for y in [712.0, 692.0, 672.0, 652.0] {
        page += &line(70.0, y, 520.0, y);
    }
    for x in [70.0, 135.0, 475.0, 520.0] {
        page += &line(x, 652.0, x, 712.0);
    }
    let (_, rows) = grid_of(&pdf(&[&page]));
    assert_eq!((rows.len(), rows[0][0].as_str(), rows[1][2].as_str()), (3, "Actie", "2019"));
}

#[test]
fn rules_under_spanners_tell_their_columns() {
    let columns = [75.0, 200.0, 260.0, 320.0, 380.0, 440.0];
    let head = at(75.0, 720.0, "") + &at(222.0, 720.0, "Men") + &at(345.0, 720.0, "Women");
    let page = |rules: &str| {
        let body: &[&[&str]] = &[
            &["Age", "2010", "2020", "2010", "2020", "Change"],
            &["15-24", "12.4", "10.1", "14.0", "11.2", "2.8"],
            &["25-54", "80.2", "81.5", "70.3", "73.9", "3.6"],
        ];
        grid_of(&pdf(&[&(head.clone() + rules + &rows(700.0, &columns, body))])).1
    };
    let expected = ["Age", "Men", "Men", "Women", "Women", ""];
    assert_eq!(page(&(line(200.0, 715.0, 290.0, 715.0) + &line(320.0, 715.0, 410.0, 715.0)))[0], expected);
    // Without rules the spanner's middle tells.
    assert_eq!(page("")[0], expected);
}

#[test]
fn bold_rows_on_top_are_the_header() {
    let page = bold(75.0, 700.0, "Project")
        + &bold(200.0, 700.0, "Bedrag")
        + &rows(680.0, &[75.0, 200.0], &[&["Warm Nest", "12"], &["De Brug", "15"]]);
    let table = Extractor::new().tables(&pdf(&[&page])).unwrap().remove(0);
    assert_eq!(table.columns[1].header, ["Bedrag"]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn a_ruled_row_of_units_is_of_the_header() {
    let columns = [75.0, 175.0, 275.0];
    let mut page = rows(700.0, &columns, &[&["Gemeente", "2019", "2020"], &["", "(1.000)", "(1.000)"]]);
    page += &rows(660.0, &columns, &[&["Gent", "12", "14"], &["Aalst", "9", "8"]]);
    for y in [712.0, 692.0, 672.0, 652.0, 632.0] {
        page += &line(70.0, y, 370.0, y);
    }
    for x in [70.0, 170.0, 270.0, 370.0] {
        page += &line(x, 712.0, x, 632.0);
    }
    let table = Extractor::new().tables(&pdf(&[&page])).unwrap().remove(0);
    assert_eq!(table.columns[1].header, ["2019", "(1.000)"]);
    assert_eq!(table.rows.len(), 2);
}

/// The captions and rows of all tables.
fn tables_of(page: &str) -> Vec<(Option<String>, Vec<String>)> {
    let tables = Extractor::new().tables(&pdf(&[page])).unwrap();
    let row = |cells: &[vraagbaak::Cell]| cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ");
    tables
        .iter()
        .map(|table| (table.caption.clone(), table.rows.iter().map(|found| row(&found.cells)).collect()))
        .collect()
}

const LEFT: [&[&str]; 4] = [&["Gemeente", "Aantal"], &["Gent", "12"], &["Aalst", "9"], &["Ronse", "4"]];
const RIGHT: [&[&str]; 4] = [&["Provincie", "2019"], &["Antwerpen", "310"], &["Limburg", "120"], &["Totaal", "430"]];

#[test]
fn tables_side_by_side_with_a_title_each_are_several() {
    let tables = rows(680.0, &[60.0, 160.0], &LEFT) + &rows(680.0, &[230.0, 330.0], &RIGHT);
    let tables = tables + &rows(680.0, &[400.0, 500.0], &LEFT);
    let titles = at(60.0, 700.0, "Tabel 1: vragen") + &at(230.0, 700.0, "Tabel 2: klachten");
    let found = tables_of(&(tables + &titles + &at(400.0, 700.0, "Tabel 3: beroepen")));
    let captions: Vec<Option<&str>> = found.iter().map(|(caption, _)| caption.as_deref()).collect();
    assert_eq!(captions, [Some("Tabel 1: vragen"), Some("Tabel 2: klachten"), Some("Tabel 3: beroepen")]);
    assert_eq!(found[1].1, ["Antwerpen | 310", "Limburg | 120", "Totaal | 430"]);
    assert_eq!(found[2].1, ["Gent | 12", "Aalst | 9", "Ronse | 4"]);
}

#[test]
fn tables_side_by_side_are_two_where_names_or_rows_tell() {
    let again = rows(700.0, &[60.0, 160.0], &LEFT) + &rows(700.0, &[320.0, 420.0], &LEFT);
    let lower = rows(700.0, &[60.0, 160.0], &LEFT) + &rows(691.0, &[320.0, 420.0], &RIGHT);
    for page in [again, lower] {
        let found = tables_of(&page);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].1, ["Gent | 12", "Aalst | 9", "Ronse | 4"]);
    }
}

#[test]
fn labels_in_the_midst_of_a_table_do_not_part_it() {
    let wide: [&[&str]; 4] = [
        &["Provincie", "Totaal", "Gemeente", "Aantal"],
        &["Antwerpen", "12", "Mechelen", "5"],
        &["", "", "Turnhout", "7"],
        &["Limburg", "9", "Hasselt", "9"],
    ];
    let found = tables_of(&rows(700.0, &[60.0, 130.0, 320.0, 420.0], &wide));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1[2], "Limburg | 9 | Hasselt | 9");
    let spanned: [&[&str]; 5] = [
        &["", "2019", "", "2020", ""],
        &["Gemeente", "Aantal", "Bedrag", "Aantal", "Bedrag"],
        &["Gent", "12", "300", "14", "310"],
        &["Aalst", "9", "200", "8", "190"],
        &["Ronse", "4", "100", "3", "90"],
    ];
    assert_eq!(tables_of(&rows(700.0, &[60.0, 160.0, 220.0, 380.0, 440.0], &spanned)).len(), 1);
    // A rule under both is one table's, whatever the names.
    let folded = rows(700.0, &[60.0, 160.0], &LEFT) + &rows(700.0, &[320.0, 420.0], &LEFT);
    assert_eq!(tables_of(&(folded + &line(55.0, 695.0, 480.0, 695.0))).len(), 1);
}
