//! Tables of texts laid out as on the page.

mod merged;
mod names;
mod narrow;
mod wrapped;

use super::*;
use crate::layout::lines::text_to_layout;

/// The rows of each table in a text, cells parted by `|`.
fn tables(text: &str) -> Vec<Vec<String>> {
    let layout = text_to_layout(text.to_owned());
    let rows = |grid: Grid| grid.rows.iter().map(|row| joined(row)).collect();
    find(&layout, 0..layout.lines.len()).into_iter().map(rows).collect()
}

fn joined(row: &[GridCell]) -> String {
    row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
}

#[test]
fn empty_cells_group_headings_and_wrapped_labels_keep_their_rows() {
    let text = "
Gemeente                      2019     2020
Limburg
Genk                            12    1 024
Dienst voor het welzijn van      7
senioren
Oost-Vlaanderen
Aalst                                    9
";
    let rows = [
        "Gemeente|2019|2020",
        "Limburg||",
        "Genk|12|1 024",
        "Dienst voor het welzijn van senioren|7|",
        "Oost-Vlaanderen||",
        "Aalst||9",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn spanners_stand_over_each_of_their_columns() {
    let text = "
                     2019                  2020
Jaar        Aantal     Bedrag      Aantal     Bedrag
Genk            12      € 100          14      € 120
Aalst            9       € 80           8       € 75
";
    let rows = [
        "Jaar|2019|2019|2020|2020",
        "Jaar|Aantal|Bedrag|Aantal|Bedrag",
        "Genk|12|€ 100|14|€ 120",
        "Aalst|9|€ 80|8|€ 75",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn figures_at_the_head_in_the_middle_and_at_the_foot_of_a_label() {
    let rows = [["Klachten over een beslissing van de dienst|12", "Vragen om informatie over premies|636"]];
    let head = "Klachten over een beslissing       12\nvan de dienst\nVragen om informatie over         636\npremies\n";
    let middle = "Klachten over een beslissing\n                                   12\nvan de dienst\n\
                      Vragen om informatie over\n                                  636\npremies\n";
    let foot = "Klachten over een beslissing\nvan de dienst                      12\n\
                    Vragen om informatie over\npremies                           636\n";
    for text in [head, middle, foot] {
        assert_eq!(tables(text), rows, "{text}");
    }
}

#[test]
fn two_tables_with_space_between_them_stay_two() {
    let text = "A      12      3\nB       4      5\n\n\nJaar     Aantal\n2019         45\n2020         47\n";
    assert_eq!(tables(text).iter().map(Vec::len).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_long_line_across_the_columns_parts_two_tables() {
    let text = "
                          K1             K2          K3            K4        Totaal
2020                   1 204            988       1 311         1 702         5 205
2021                   1 866          2 015       1 940         2 488         8 309

       De tweede tabel heeft betrekking op de premies die in 2021 en 2022 (tot 30 september) zijn
       uitbetaald.
Type                            Aantal premies            Totaalbedrag    Gemiddelde premie
Lucht-lucht                               4 120             € 1 236 000                € 300
Lucht-water                               6 644            € 14 949 000              € 2 250
";
    assert_eq!(tables(text).iter().map(Vec::len).collect::<Vec<_>>(), [3, 3]);
}

#[test]
fn lists_letters_and_spread_prose_are_no_tables() {
    let list = "1.   Hoeveel meldingen waren er?\n2.   Hoeveel in 2019?\n3.   Waarom?\n";
    let letter = "Brussel, 12 mei 2020            Ons kenmerk\nUw kenmerk                      Bijlagen\n";
    let prose = "De  minister kondigde  aan om de doorstroming te verbeteren in 2019\n\
                     en   daarvoor middelen te  voorzien, al was dat niet voldoende  voor\n\
                     wie  lang op  een antwoord wacht en de cijfers van 2018  niet kent.\n";
    for text in [list, letter, prose] {
        assert_eq!(tables(text), [] as [Vec<String>; 0], "{text}");
    }
}

#[test]
fn years_name_columns_with_what_they_are_of() {
    let text = "
Maand                  2020 (in       2021 (in
                          MWh)           MWh)
januari                  3.434,3        4.418,7
februari                 2.846,5        2.150,6
";
    let rows = ["Maand|2020 (in MWh)|2021 (in MWh)", "januari|3.434,3|4.418,7", "februari|2.846,5|2.150,6"];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn units_and_numbers_in_brackets_are_of_the_header() {
    for (head, names) in [
        ("Gemeente          2019      2020\n                (1,000)   (1,000)\n", "Gemeente|2019 (1,000)|2020 (1,000)"),
        (
            "Schooljaar   2018-2019 2019-2020\n                   (1)       (2)\n",
            "Schooljaar|2018-2019 (1)|2019-2020 (2)",
        ),
        ("Gemeente       (1.000)    (in %)\n", "Gemeente|(1.000)|(in %)"),
        ("Gemeente          2019      2020\n                   (x 1 000 euro)\n", "Gemeente|2019 (x 1 000 euro)|2020"),
    ] {
        let text = format!("\n{head}Gent                12        14\nAalst                9         8\n");
        let layout = text_to_layout(text.clone());
        assert_eq!(find(&layout, 0..layout.lines.len())[0].header_rows, Some(1), "{text}");
        assert_eq!(tables(&text), [[names, "Gent|12|14", "Aalst|9|8"]]);
    }
    // Amounts below zero are none.
    let text =
        "\nWinst              (12)      (14)\nVerlies              9         8\nSaldo                1         2\n";
    let layout = text_to_layout(text.to_owned());
    assert_eq!(find(&layout, 0..layout.lines.len())[0].rows.len(), 3);
    assert_ne!(find(&layout, 0..layout.lines.len())[0].header_rows, Some(1));
}

#[test]
fn words_below_years_are_a_row() {
    let text = "
Museum                              2017       2018
Koninklijk Museum voor            gesloten   gesloten
Schone Kunsten
Industriemuseum Gent               224 292    149 478
M Leuven                            27 312     72 088
";
    let layout = text_to_layout(text.to_owned());
    assert_eq!(find(&layout, 0..layout.lines.len())[0].header_rows, Some(1));
}

#[test]
fn spanners_stand_over_spanners_and_not_over_a_column_with_a_name_of_its_own() {
    let text = "
                          2019                              2020
Haven          Lading           Lossing          Lading           Lossing         Totaal
            Bulk   Stukgoed   Bulk   Stukgoed   Bulk   Stukgoed   Bulk   Stukgoed
Gent          18         20     13         16     10         15     13          9      114
Zeebrugge      4         37     14         20      2         30      8          5      120
";
    let rows = [
        "Haven|2019|2019|2019|2019|2020|2020|2020|2020|",
        "Haven|Lading|Lading|Lossing|Lossing|Lading|Lading|Lossing|Lossing|Totaal",
        "Haven|Bulk|Stukgoed|Bulk|Stukgoed|Bulk|Stukgoed|Bulk|Stukgoed|Totaal",
    ];
    assert_eq!(tables(text)[0][..3], rows);
}

#[test]
fn figures_that_end_each_row_are_counted_from_the_right() {
    let text = "
Provincie             Gemeente             2017         2018   2019
Antwerpen             Balen                   0           7      1
                      Duffel                  6           2      0
Subtotaal Antwerpen                            6          9      1
Limburg               Alken                   8           6      3
                      Pelt                    0           6      5
Subtotaal Limburg                              8         12      8
";
    let rows = &tables(text)[0];
    assert_eq!(rows[1], "Antwerpen|Balen|0|7|1");
    assert_eq!(rows[3], "Subtotaal Antwerpen||6|9|1");
}

#[test]
fn a_table_in_other_columns_begins_behind_a_space() {
    let text = "
Dienst                     Controles     Boetes
Antwerpen                      1.240         88
Limburg                        1.011         64
Totaal                         2.251        152

Lucht             41%
Water             59%

Opleiding      Vrouwen     Mannen     X
Kok                 12          3     0
Lasser               2         31     1
";
    assert_eq!(tables(text).iter().map(Vec::len).collect::<Vec<_>>(), [4, 2, 3]);
}

#[test]
fn a_page_end_parts_neither_a_wrapped_row_nor_the_total_from_its_table() {
    let text = "
Project       Omschrijving                        Datum        Bedrag
                                                  toekenning
Overleie      Herbestemming van een pand tot      2012             60
              kunstencentrum
Kanaalkom     Realisatie van 140 woningen, een    2013             41
\u{c}Project       Omschrijving                        Datum        Bedrag
                                                  toekenning
              ondergrondse parking
Vaartkom      Aanleg van een brug                 2014            101
\u{c}Totaal                                                            202
";
    let rows = &tables(text)[0];
    assert_eq!(rows[2], "Kanaalkom|Realisatie van 140 woningen, een ondergrondse parking|2013|41");
    assert_eq!(rows.last().map(String::as_str), Some("Totaal|||202"));
}

#[test]
fn names_far_from_their_figures_are_counted() {
    let text = "
                 2018                     2019                     2020
Gent                               45                       83                   12,5%
Aalst                             260                        7                    1,3%
";
    assert_eq!(tables(text)[0][0], "|2018|2019|2020");
    let text = "
                     Aantal      Bezetting     Uitbetaald
Gemeente   Geweigerd                                         Bedrag
                     aanvragen   (%)           bedrag
Gent              66        12       14.214             1         189
Ronse            828         9          940             1          30
";
    assert_eq!(tables(text)[0][0], "Gemeente|Geweigerd|Aantal aanvragen|Bezetting (%)|Uitbetaald bedrag|Bedrag");
}

#[test]
fn names_tell_how_many_columns_there_are_where_cells_are_empty() {
    let text = "
Lijn      jan      feb      maa      apr      mei
Lijn 1      0       59                16      144
Lijn 2               2        9      207      132
Lijn 3      7                10      171
Lijn 4      4        1        3        8        2
";
    assert_eq!(tables(text)[0][3], "Lijn 3|7||10|171|");
}

#[test]
fn what_opens_a_page_goes_on_with_the_row_before() {
    let text = "
Soort                            2019      2020
Aanvragen van particulieren die   121       150
voor het eerst een premie
\u{c}kregen
Vormingen                          12        39
Klachten                            7         9
";
    let label = "Aanvragen van particulieren die voor het eerst een premie kregen|121|150";
    assert_eq!(tables(text)[0][1..], [label, "Vormingen|12|39", "Klachten|7|9"]);
}

#[test]
fn words_below_a_label_are_its_rest_where_columns_are_many() {
    let text = "
Lijn       jan   feb   maa   apr   mei   jun
Lijn 4       1     2     3     4     5     6
Halle
Lijn 12      1     2     3     4     5     6
";
    assert_eq!(tables(text)[0][1], "Lijn 4 Halle|1|2|3|4|5|6");
}

#[test]
fn cells_in_the_middle_have_as_many_lines_above_their_figures_as_below() {
    let text = "
Gemeente       Project                         Bedrag     Stand van zaken
               Leerlingen in het
Turnhout       buitengewoon basisonderwijs      9.630     Opgestart
               type 3
               Geconventioneerde
                                                          Stopgezet op vraag
Lier           zorgverleners buiten de          8.927
                                                          van de aanvrager
               ziekenhuizen
                                                          Wacht op advies van
Kortrijk       Vormingen                       55.900
                                                          de gemeente
";
    let rows = [
        "Gemeente|Project|Bedrag|Stand van zaken",
        "Turnhout|Leerlingen in het buitengewoon basisonderwijs type 3|9.630|Opgestart",
        "Lier|Geconventioneerde zorgverleners buiten de ziekenhuizen|8.927|Stopgezet op vraag van de aanvrager",
        "Kortrijk|Vormingen|55.900|Wacht op advies van de gemeente",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn cells_at_the_foot_go_on_beside_their_figures() {
    let text = "
Gemeente       Project                         Bedrag     Stand van zaken
               Klachten over                              Stopgezet op vraag
Brugge         geluidshinder                    2.668     van de aanvrager
                                                          Stopgezet op vraag
Kortrijk       Sociale huur                         1     van de aanvrager
";
    let rows = [
        "Gemeente|Project|Bedrag|Stand van zaken",
        "Brugge|Klachten over geluidshinder|2.668|Stopgezet op vraag van de aanvrager",
        "Kortrijk|Sociale huur|1|Stopgezet op vraag van de aanvrager",
    ];
    assert_eq!(tables(text), [rows]);
}
