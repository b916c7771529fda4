//! Running heads, page numbers, footnotes and appended addresses in texts of our own.

use super::numbers::page_number;
use super::*;
use crate::layout::lines::text_to_layout;

fn marked(text: &str) -> Layout {
    let mut layout = text_to_layout(text.to_owned());
    mark(&mut layout);
    layout
}

fn with_role(layout: &Layout, role: Role) -> Vec<&str> {
    (0..layout.lines.len()).filter(|line| layout.lines[*line].role == role).map(|line| layout.line_text(line)).collect()
}

#[test]
fn running_heads_and_page_numbers_are_no_text() {
    let layout = marked(
        "Parlement – Brussel\nEen.\n- 1 -\n\x0cParlement – Brussel\nTwee.\n- 2 -\n\x0cParlement – Brussel\nDrie.\n",
    );
    assert_eq!(with_role(&layout, Role::Body), ["Een.", "Twee.", "Drie."]);
}

#[test]
fn page_numbers_of_a_text_without_form_feeds_count_up() {
    let layout = marked("Een.\n\n1\n\n\nTwee.\n\n2\n\n\nDrie.\n\n3\n");
    assert_eq!(with_role(&layout, Role::Running), ["1", "2", "3"]);
}

#[test]
fn rows_of_a_table_at_page_ends_stay() {
    for text in [
        "Een.\n\n12-17 jaar 22% 31%\n18-25 jaar 14% 19%\n",
        "Een.\nTwee.\nDrie.\nAalst 12 (22%)\n\x0cVier.\nVijf.\nZes.\nAalst 31 (40%)\n",
    ] {
        assert!(with_role(&marked(text), Role::Running).is_empty(), "{text}");
    }
    let head = "Parlement 2020-2021 nr. 48 - 2\nEen.\n\x0cParlement 2020-2021 nr. 48 - 3\nTwee.\n";
    assert_eq!(with_role(&marked(head), Role::Body), ["Een.", "Twee."]);
}

#[test]
fn the_number_of_an_only_page_is_known_by_its_place() {
    let centred = format!("Een.\n\n\n\n\n{:>40}\n\x0c", 1);
    assert_eq!(with_role(&marked(&centred), Role::Running), ["1"]);
    assert_eq!(with_role(&marked("Een.\n\n1\n"), Role::Running), ["1"]);
    for text in ["12\n\nEen.\n\n1\n", "Een\n\n1\n", &format!("Een.\n\n\n\n\n{:>40}\n", 7)] {
        assert!(with_role(&marked(text), Role::Running).is_empty(), "{text}");
    }
}

#[test]
fn a_page_number_that_names_the_last_page_may_stand_anywhere() {
    let layout = marked("Een.\n\nPagina 3 van 3\nOmschrijving 2017 2018\nAalst 1 2\nBree 3 4\n");
    assert_eq!(with_role(&layout, Role::Running), ["Pagina 3 van 3"]);
    assert!(with_role(&marked("Zie verder op\nblz. 3\nen daarna.\nMeer.\nNog.\n"), Role::Running).is_empty());
}

#[test]
fn a_page_number_between_dashes_may_stand_among_columns() {
    let layout = marked("De cijfers staan hieronder.\n-1-\n\n12\n13\n\u{c}Dat was het.\n-2-\n\n14\n15\n");
    assert_eq!(with_role(&layout, Role::Running), ["-1-", "-2-"]);
}

#[test]
fn a_page_number_under_a_running_head_is_no_table() {
    let layout = marked("Parlement\n\npagina 1\n\nEen.\n\n\nParlement\n\npagina 2\n\nTwee.\n");
    assert_eq!(with_role(&layout, Role::Body), ["Een.", "Twee."]);
}

#[test]
fn every_form_of_a_page_number_is_known() {
    for text in ["3", "- 3 -", "3/12", "3 van 12", "Pagina 3 van 4", "blz. 3", "p. 3", "| 3 |"] {
        assert_eq!(page_number(text).map(|page| page.number), Some(3), "{text}");
    }
    for text in ["3 %", "maart 3", "3 van de 12", "Pagina", "12.500", "3-4-5"] {
        assert!(page_number(text).is_none(), "{text}");
    }
}

#[test]
fn cells_and_repeated_header_rows_stay() {
    let text = "Gemeente 2019 2020\nAalst 1 2\nBree 3 4\n\x0cGemeente 2019 2020\nGeel 5 6\n1\n\x0cGemeente 2019 2020\nHalle 7 8\n7\n";
    let layout = marked(text);
    assert_eq!(with_role(&layout, Role::Running), Vec::<&str>::new());
}

#[test]
fn appended_addresses_are_apart_from_those_of_the_text() {
    let layout =
        marked("Zie\n\nhttps://www.a.be/x\n\nvoor meer.\n\n\nhttps://www.a.be/x\nhttps://www.b.be/y\n\n\nVerder.\n");
    assert_eq!(with_role(&layout, Role::LinkTail), ["https://www.a.be/x", "https://www.b.be/y"]);
}

#[test]
fn footnotes_need_their_mark() {
    for (text, mark) in [
        ("Naar die cijfers.1 Meer.\n\n1 Bron: telling.\n", "1"),
        ("Naar die cijfers[1].\n\n[1] Bron: telling.\n", "[1]"),
        ("Naar die cijfers¹.\n\n¹ Bron: telling.\n", "¹"),
        ("Naar die cijfers. 1\n\n1 Bron: telling.\n", "1"),
    ] {
        let layout = marked(text);
        assert_eq!(with_role(&layout, Role::Footnote).len(), 1, "{text}");
        assert_eq!(layout.marks.iter().map(|m| layout.slice(m.clone())).collect::<Vec<_>>(), [mark], "{text}");
    }
    assert!(with_role(&marked("Naar die cijfers.\n\n1 Hoeveel?\n\n2 Waarom?\n"), Role::Footnote).is_empty());
    let ranks =
        "Naar die cijfers.1 Meer.\n\nNr.   Gemeente   Aantal\n1     Aalst          31\n2     Ronse          12\n";
    assert!(with_role(&marked(ranks), Role::Footnote).is_empty());
}

#[test]
fn a_header_that_pages_repeat_is_no_running_head() {
    let page = |row: &str| format!("Dossier      Stad      Project      Datum\n{row}\nProject van de stad.\n");
    let text =
        ["SV-24        Aalst     Hospitaal    2003", "SV-17        Genk      Hoorn        2004"].map(page).join("\x0c");
    assert!(with_role(&marked(&text), Role::Running).is_empty());
}

#[test]
fn the_parliaments_letterhead_is_no_text_be_it_in_capitals() {
    for line in [
        "Vlaams Parlement – 1011 Brussel – 02/552.11.11 – www.vlaamsparlement.be",
        "VLAAMS PARLEMENT – 1011 BRUSSEL – 02/552.11.11 – www.vlaamsparlement.be",
    ] {
        let layout = marked(&format!("1. Er waren er twaalf.\n\n{line}\n"));
        assert_eq!(with_role(&layout, Role::Running), [line]);
    }
    let prose = "Vlaams Parlement en regering: zie www.vlaamsparlement.be voor het verslag.";
    assert_eq!(with_role(&marked(&format!("1. Er waren er twaalf.\n\n{prose}\n")), Role::Running), [""; 0]);
}
