mod proofs;

use super::*;
use crate::layout::lines::text_to_layout;

/// The body rows of each table in the text, cells by `|`, the header first.
fn tables(text: &str) -> Vec<Vec<String>> {
    let layout = text_to_layout(text.to_owned());
    let (grids, _) = find(&layout, 0..layout.lines.len(), &[], &Limits::default());
    let row = |cells: &Vec<GridCell>| cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|");
    grids.iter().map(|grid| grid.rows.iter().map(row).collect()).collect()
}

/// A text with a line for each item, a blank line between blocks.
fn torn(blocks: &[&[&str]]) -> String {
    blocks.iter().map(|block| block.join("\n")).collect::<Vec<_>>().join("\n\n")
}

/// A text in which each item is a block.
fn singles(items: &str) -> String {
    items.split(" / ").collect::<Vec<_>>().join("\n\n")
}

#[test]
fn rows_a_cell_a_block() {
    let found = tables(&singles("Sector / 2019 / 2020 / Bouw / 385 / 1.184 / Horeca / 407 / nb / Zorg / 8 / 5"));
    assert_eq!(found, [["Sector|2019|2020", "Bouw|385|1.184", "Horeca|407|nb", "Zorg|8|5"]]);
}

#[test]
fn a_last_label_may_stand_behind_its_figures() {
    let found = tables(&singles("2019 / 2020 / Bouw / 3 / 4 / Zorg / 8 / 5 / 11 / 9 / Totaal"));
    assert_eq!(found, [["|2019|2020", "Bouw|3|4", "Zorg|8|5", "Totaal|11|9"]]);
}

#[test]
fn columns_a_block_each() {
    let found = tables(&torn(&[
        &["Rang", "1e", "2e", "3e"],
        &["Plaats", "Mol", "Geel", "Lier"],
        &["Aantal", "2 500", "31", "6"],
    ]));
    assert_eq!(found, [["Rang|Plaats|Aantal", "1e|Mol|2 500", "2e|Geel|31", "3e|Lier|6"]]);
}

#[test]
fn bands_under_headings() {
    let stub = ["Limburg", "Mol", "Geel", "Antwerpen", "Lier", "Boom"];
    let text = torn(&[&stub, &["2020"], &["2021"], &["1", "2"], &["3", "4"], &["5", "6"], &["7", "8"]]);
    let rows = ["|2020|2021", "Limburg||", "Mol|1|3", "Geel|2|4", "Antwerpen||", "Lier|5|7", "Boom|6|8"];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn two_tables_glued_in_their_blocks() {
    let stub = ["Te klein", "Te laat", "Onbekend", "Maand", "Mei", "Juni", "Totaal"];
    let text = torn(&[&stub, &["Graad 1", "88", "19", "107"], &["20%", "30%", "50%", "Graad 2", "4", "6", "10"]]);
    let months = vec!["Maand|Graad 1|Graad 2", "Mei|88|4", "Juni|19|6", "Totaal|107|10"];
    assert_eq!(tables(&text), [vec!["Te klein|20%", "Te laat|30%", "Onbekend|50%"], months]);
}

#[test]
fn dashes_before_the_items_of_a_list_are_no_cells() {
    assert!(tables(&singles("- / Begeleiding van jongeren / - / Vormingen en drukwerk / - / Het overleg")).is_empty());
}

#[test]
fn rows_among_each_other_are_untangled_by_their_sums() {
    let text = "mei / juni / juli / Totaal / Lier / 7 / 15 / Mol / 44 / 64 / 86 / 1 / 1 / 46 / Geel / 3 / 2 / 5 / 10 / \
                Totaal / 54 / 18 / 70 / 142";
    let rows = ["|mei|juni|juli|Totaal", "Lier|7|15|64|86", "Mol|44|1|1|46", "Geel|3|2|5|10", "Totaal|54|18|70|142"];
    assert_eq!(tables(&singles(text)), [rows]);
}

#[test]
fn records_of_words_and_days() {
    let text = "Project / Partner / Start / Bedrag / Open deur / Actiris / 28/11/2017 / € 68.234 / Het Kompas / Forem / \
                06/08/2017 / € 74.234 / Totaal / € 142.468";
    let rows = [
        "Project|Partner|Start|Bedrag",
        "Open deur|Actiris|28/11/2017|€ 68.234",
        "Het Kompas|Forem|06/08/2017|€ 74.234",
        "Totaal|||€ 142.468",
    ];
    assert_eq!(tables(&singles(text)), [rows]);
}

#[test]
fn spanners_stand_over_headers_that_come_again() {
    let stub = ["Club", "Judo", "Dans", "Turnen"];
    let text = torn(&[
        &stub,
        &["2018", "Jongens", "1", "2", "3"],
        &["Meisjes", "4", "5", "6"],
        &["2019", "Jongens", "7", "8", "9"],
        &["Meisjes"],
        &["10", "11", "12"],
    ]);
    let rows = ["|2018|2018|2019|2019", "Club|Jongens|Meisjes|Jongens|Meisjes", "Judo|1|4|7|10", "Dans|2|5|8|11"];
    let found = tables(&text);
    assert_eq!(found[0][1..4], rows[1..4], "{found:?}");
    assert_eq!(found[0][0], "Club|2018|2018|2019|2019");
}

#[test]
fn a_header_over_two_lines_is_no_spanner() {
    let text = torn(&[
        &["Regio", "Noord", "Zuid"],
        &["Erkende", "plaatsen", "100", "200"],
        &["Bezette", "plaatsen", "80", "90"],
        &["Bezetting", "80 %", "45 %"],
    ]);
    let rows = ["Regio|Erkende plaatsen|Bezette plaatsen|Bezetting", "Noord|100|80|80 %", "Zuid|200|90|45 %"];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn words_between_figures_are_cells() {
    let text =
        torn(&[&["Punt", "Gent", "Leuven", "Brugge"], &["Week", "1", "defect", "2"], &["Zondag", "3", "defect", "4"]]);
    assert_eq!(tables(&text), [["Punt|Week|Zondag", "Gent|1|3", "Leuven|defect|defect", "Brugge|2|4"]]);
}

#[test]
fn columns_belong_to_the_only_labels_of_their_length() {
    let text = torn(&[
        &["2018", "1", "2", "3"],
        &["2019", "4", "5", "6"],
        &["2018", "7", "8", "9", "10", "34"],
        &["2019", "1", "1", "1", "1", "4"],
        &["Tabel 1: naar geslacht", "Geslacht", "Man", "Vrouw", "Totaal"],
        &["Tabel 2: naar leeftijd", "Leeftijd", "jong", "later", "oud", "ouder", "Totaal"],
    ]);
    let found = tables(&text);
    assert!(found.contains(&vec![
        "Leeftijd|2018|2019".to_owned(),
        "jong|7|1".to_owned(),
        "later|8|1".to_owned(),
        "oud|9|1".to_owned(),
        "ouder|10|1".to_owned(),
        "Totaal|34|4".to_owned()
    ]));
}

#[test]
fn a_header_left_on_the_page_before() {
    let text = "Reden\n\nAantal\n\nAandeel\n\n\u{c}Te laat\nTe klein\nOnbekend\n\n4\n5\n1\n\n40%\n50%\n10%";
    assert_eq!(tables(text), [["Reden|Aantal|Aandeel", "Te laat|4|40%", "Te klein|5|50%", "Onbekend|1|10%"]]);
}

#[test]
fn a_header_of_two_rows_a_cell_a_block() {
    let text = "Huis / Spoed / 2020 / Gepland / 2021 / 2020 / 2021 / Lier / 8 / 3 / 9 / 1 / Mol / 7 / 6 / 5 / 4";
    let rows = ["Huis|Spoed|Spoed|Gepland|Gepland", "Huis|2020|2021|2020|2021", "Lier|8|3|9|1", "Mol|7|6|5|4"];
    assert_eq!(tables(&singles(text)), [rows]);
}

#[test]
fn groups_in_a_column_of_their_own() {
    let text = "Provincie / Gemeente / 2019 / 2020 / Antwerpen / Balen / 1 / 2 / Duffel / 3 / 4 / Ravels / 2 / 2 / 6 / 8 / \
                Alken / 5 / 5 / Pelt / 1 / 1 / Genk / 2 / 3 / 8 / 9 / Subtotaal Antwerpen / Limburg / Subtotaal Limburg";
    let rows = [
        "Provincie|Gemeente|2019|2020",
        "Antwerpen|Balen|1|2",
        "Antwerpen|Duffel|3|4",
        "Antwerpen|Ravels|2|2",
        "Subtotaal Antwerpen||6|8",
        "Limburg|Alken|5|5",
        "Limburg|Pelt|1|1",
        "Limburg|Genk|2|3",
        "Subtotaal Limburg||8|9",
    ];
    assert_eq!(tables(&singles(text)), [rows]);
}

#[test]
fn labels_behind_the_first_column_are_wrapped_rather_than_headings() {
    let text = torn(&[
        &["Nummer", "0412", "0538", "0716"],
        &["Naam", "Leefschool De Wingerd", "Stedelijke Basisschool De", "Springplank", "Klim-Op"],
        &["Plaatsen", "398", "211"],
        &["Vrij", "7", "9"],
        &["37"],
        &["2"],
    ]);
    let found = tables(&text);
    assert_eq!(found[0][2], "0538|Stedelijke Basisschool De Springplank|211|9", "{found:?}");
}

#[test]
fn a_year_and_what_is_counted_on_two_lines() {
    let text = torn(&[
        &["Soort", "Hond", "Kat", "Geit"],
        &["2019", "(aantal)", "4", "5", "6"],
        &["2020", "(aantal)", "7", "8", "9"],
    ]);
    assert_eq!(tables(&text), [["Soort|2019 (aantal)|2020 (aantal)", "Hond|4|7", "Kat|5|8", "Geit|6|9"]]);
}

#[test]
fn columns_row_by_row_in_a_block_under_a_spanner() {
    let text = torn(&[
        &["Plaats", "Mol", "Geel", "Lier"],
        &["2019", "jongens", "meisjes", "11", "12", "21", "22", "31", "32"],
        &["2020", "jongens", "meisjes", "13", "14", "23", "24", "33", "34"],
    ]);
    let head = ["Plaats|2019|2019|2020|2020", "Plaats|jongens|meisjes|jongens|meisjes"];
    let rows = ["Mol|11|12|13|14", "Geel|21|22|23|24", "Lier|31|32|33|34"];
    assert_eq!(tables(&text), [[head.as_slice(), &rows].concat()]);
}

#[test]
fn columns_in_a_block_of_their_own_and_in_one_of_two() {
    let text = torn(&[
        &["Bedrijf", "Web", "Dok", "Ark"],
        &["Plan", "7", "8", "9"],
        &["Invulling", "2016", "2017", "1", "4", "2", "5", "3", "6"],
        &["2018", "7", "8", "9"],
        &["Graad", "80", "81", "82"],
    ]);
    let head = ["Bedrijf|Plan|Invulling|Invulling|Invulling|Graad", "Bedrijf|Plan|2016|2017|2018|Graad"];
    let rows = ["Web|7|1|4|7|80", "Dok|8|2|5|8|81", "Ark|9|3|6|9|82"];
    assert_eq!(tables(&text), [[head.as_slice(), &rows].concat()]);
}

#[test]
fn a_wrapped_label_parts_columns_in_two() {
    let text = torn(&[
        &["Maatregel", "Strook", "Aarden dam met", "erosiepoel", "Bekken", "Totaal"],
        &["Gepland", "1", "2"],
        &["Klaar", "3", "4"],
        &["5", "8"],
        &["6", "13"],
    ]);
    let rows = ["Maatregel|Gepland|Klaar", "Strook|1|3", "Aarden dam met erosiepoel|2|4", "Bekken|5|6", "Totaal|8|13"];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn a_year_and_a_unit_in_brackets_below_a_header() {
    let text = torn(&[
        &["Weg", "A12", "E17", "R4"],
        &["Lengte", "(m)", "4", "5", "6"],
        &["Aandeel in het verzuim", "(2022)", "7", "8", "9"],
    ]);
    let rows = ["Weg|Lengte (m)|Aandeel in het verzuim (2022)", "A12|4|7", "E17|5|8", "R4|6|9"];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn a_total_that_lacks_a_cell_stands_apart() {
    let text = torn(&[
        &["Weg", "A12", "E17", "R4"],
        &["Lengte", "1.310", "380", "895"],
        &["Totaal"],
        &["Hoogte", "4", "6", "5"],
        &["2.585"],
        &["Kostprijs", "11", "12", "13", "36"],
    ]);
    let rows = ["Weg|Lengte|Hoogte|Kostprijs", "A12|1.310|4|11", "E17|380|6|12", "R4|895|5|13", "Totaal|2.585||36"];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn a_total_does_not_count_the_share_behind_it() {
    let text = torn(&[
        &["Jaar", "2019", "2020", "2021"],
        &["Ritten", "58", "55", "50"],
        &["Begeleiding", "17", "18", "20"],
        &["Totaal", "75", "73", "70"],
        &["Kostprijs", "2", "3", "4"],
    ]);
    let rows = ["Jaar|Ritten|Begeleiding|Totaal|Kostprijs", "2019|58|17|75|2", "2020|55|18|73|3", "2021|50|20|70|4"];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn two_tables_of_as_many_rows_on_both_sides_of_prose() {
    let first = torn(&[
        &["van Groenveld", "van Pajot", "van elders"],
        &["naar Dijle", "naar Zenne", "naar Hage"],
        &["1", "6", "4"],
    ]);
    let second = torn(&[
        &["Advies", "Maatwerk", "Diensten", "Zorg"],
        &["Limburg"],
        &["2", "3", "8"],
        &["Antwerpen", "5", "7", "9"],
    ]);
    let found = tables(&format!(
        "{first}\n\nOp 28 februari 2019 was dit de stand van zaken in de vier provincies:\n\n{second}"
    ));
    let rows = ["Advies|Limburg|Antwerpen", "Maatwerk|2|5", "Diensten|3|7", "Zorg|8|9"];
    assert_eq!(found.last().unwrap(), &rows);
}

#[test]
fn a_label_merged_over_the_rows_of_its_group() {
    let text = torn(&[
        &["Luchthaven", "Oostende", "Antwerpen", "Kortrijk"],
        &["Jaar", "2016", "2017", "2016", "2017", "2016", "2017"],
        &["Klachten", "188", "240", "317", "295", "12", "17"],
        &["Klagers", "61", "74", "88", "90", "9", "11"],
    ]);
    let rows = [
        "Luchthaven|Jaar|Klachten|Klagers",
        "Oostende|2016|188|61",
        "Oostende|2017|240|74",
        "Antwerpen|2016|317|88",
        "Antwerpen|2017|295|90",
        "Kortrijk|2016|12|9",
        "Kortrijk|2017|17|11",
    ];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn a_row_of_years() {
    let text = torn(&[&["2013", "1 240"], &["2014", "1 388"], &["2015", "987"]]);
    assert_eq!(tables(&text), [["2013|2014|2015", "1 240|1 388|987"]]);
}

#[test]
fn a_row_behind_its_year() {
    let text = torn(&[&["Jaar", "2021"], &["Controles", "18"], &["Conform", "16"], &["Boete", "2"]]);
    assert_eq!(tables(&text), [["Jaar|Controles|Conform|Boete", "2021|18|16|2"]]);
}

#[test]
fn wrapped_labels_before_a_stub_are_a_column() {
    let text = torn(&[
        &["van Groenveld vzw", "van Pajotse Ateliers", "van bedrijven buiten de", "provincie"],
        &["naar Dijlestroom", "naar Zennedal", "naar De Hage"],
        &["10,0", "6,5", "45,0"],
    ]);
    let rows = [
        "van Groenveld vzw|naar Dijlestroom|10,0",
        "van Pajotse Ateliers|naar Zennedal|6,5",
        "van bedrijven buiten de provincie|naar De Hage|45,0",
    ];
    assert_eq!(tables(&text), [rows]);
}
