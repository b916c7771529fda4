//! What tells whose a column is, and what a total speaks for.

use super::{tables, torn};

#[test]
fn an_amount_named_total_that_sums_no_row() {
    let text = torn(&[
        &["Pomp", "Lucht", "Water", "Totaal"],
        &["Aantal premies", "4 120", "6 644", "10 764"],
        &["Totaalbedrag", "€ 1 236 000", "€ 14 949 000", "€ 16 185 000"],
        &["Gemiddelde", "€ 300", "€ 2 250", "€ 1 504"],
    ]);
    let rows = [
        "Pomp|Aantal premies|Totaalbedrag|Gemiddelde",
        "Lucht|4 120|€ 1 236 000|€ 300",
        "Water|6 644|€ 14 949 000|€ 2 250",
        "Totaal|10 764|€ 16 185 000|€ 1 504",
    ];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn columns_that_no_total_closes_stand_within_one_that_has_it() {
    let text = torn(&[
        &["Dossier", "4.01/88", "4.01/142", "4.01/19", "4.01/7", "Totaal"],
        &["Monument", "Toren", "Kerk", "Abdij", "Park"],
        &["Gemeente", "Mechelen", "Brugge", "Gent", "Leuven"],
        &["Fase", "2", "4", "1", "5"],
        &["Premie", "2 311", "3 977", "1 488", "4 102", "11 878"],
    ]);
    let rows = [
        "Dossier|Monument|Gemeente|Fase|Premie",
        "4.01/88|Toren|Mechelen|2|2 311",
        "4.01/142|Kerk|Brugge|4|3 977",
        "4.01/19|Abdij|Gent|1|1 488",
        "4.01/7|Park|Leuven|5|4 102",
        "Totaal||||11 878",
    ];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn a_header_that_comes_again_goes_on_before_labels_that_have_none() {
    let text = torn(&[
        &["Provincie", "Gent", "Mol", "Totaal"],
        &["Dossiers", "4", "5", "9"],
        &["2021", "Personen", "3", "4", "7"],
        &["Dossiers", "6", "8", "14"],
        &["2022", "Personen", "5", "7", "12"],
        &["Attest", "Kiné", "BEL"],
        &["2020", "74,2%", "9,8%"],
        &["2021", "73,6%", "9,5%"],
    ]);
    let head = ["Provincie|2021|2021|2022|2022", "Provincie|Dossiers|Personen|Dossiers|Personen"];
    let rows = ["Gent|4|3|6|5", "Mol|5|4|8|7", "Totaal|9|7|14|12"];
    let found = tables(&text);
    assert_eq!(found[0], [head.as_slice(), &rows].concat());
    assert_eq!(found[1], ["Attest|2020|2021", "Kiné|74,2%|73,6%", "BEL|9,8%|9,5%"]);
}

#[test]
fn groups_alone_beside_labels_that_come_again() {
    let text = torn(&[
        &["Provincie"],
        &["Vorm"],
        &["Gent"],
        &["Vzw", "Stad", "Bv", "Vzw", "Stad", "Bv"],
        &["Mol"],
        &["Min.", "1", "2", "3", "4", "5", "6"],
        &["Max.", "7", "8", "9", "7", "8", "9"],
    ]);
    let rows = [
        "Provincie|Vorm|Min.|Max.",
        "Gent|Vzw|1|7",
        "Gent|Stad|2|8",
        "Gent|Bv|3|9",
        "Mol|Vzw|4|7",
        "Mol|Stad|5|8",
        "Mol|Bv|6|9",
    ];
    assert_eq!(tables(&text), [rows]);
}

#[test]
fn a_year_behind_the_words_of_a_header() {
    let text = torn(&[
        &["Land", "België", "Polen", "Totaal"],
        &["Nachten", "2019", "241", "86", "327"],
        &["Aandeel", "(%)", "73,7", "26,3", "100,0"],
    ]);
    assert_eq!(tables(&text)[0][0], "Land|Nachten 2019|Aandeel (%)");
}

#[test]
fn the_caption_of_an_annex_is_no_label() {
    let text = torn(&[
        &["Bijlage 1: Vaststellingen per maand", "Gebied", "Blankaart", "Hageven", "Totaal"],
        &["mrt", "16", "12", "28"],
        &["apr", "22", "43", "65"],
    ]);
    assert_eq!(tables(&text), [["Gebied|mrt|apr", "Blankaart|16|22", "Hageven|12|43", "Totaal|28|65"]]);
}

#[test]
fn one_column_of_figures_behind_a_column_of_words() {
    let text = torn(&[
        &["Club", "Judo Kust", "De Gazelle", "Totaal"],
        &["Project", "Lessen in de wijk", "voor nieuwkomers", "Opleiding van begeleiders", "in het rolstoelbasketbal"],
        &["Bedrag", "24.500 euro", "8.750 euro", "33.250 euro"],
    ]);
    let found = tables(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][3], "Totaal|33.250 euro");
}
