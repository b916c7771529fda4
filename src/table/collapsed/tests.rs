//! Torn tables, each with the reading that its rows, header and totals agree on.

use crate::layout::lines::text_to_layout;
use crate::limits::Limits;

/// The grids of a text: a row a line, cells parted by bars.
fn grids_of(text: &str) -> String {
    let layout = text_to_layout(text.to_owned());
    let grids = {
        let lines = 0..layout.lines.len();
        super::find(&layout, lines.clone(), super::margin(&layout, lines), &Limits::default())
    };
    let rows = grids.iter().flat_map(|grid| &grid.rows);
    let lines: Vec<String> =
        rows.map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ")).collect();
    lines.join("\n")
}

macro_rules! tables {
    ($($name:ident: $text:expr => $expected:expr;)*) => {
        $(
            #[test]
            fn $name() {
                assert_eq!(grids_of($text), $expected);
            }
        )*
    };
}

mod headers;
mod labels;

tables! {
    a_sign_of_money_behind_its_number: r#"Project Dossiers Budget Besteed
Fietspaden 100 7.887.000 € 4.868.000 €
Rotondes 14 913.000 € 295.000 €
Bruggen 8 2.441.000 € 1.844.000 €"# => r#"Project | Dossiers | Budget | Besteed
Fietspaden | 100 | 7.887.000 € | 4.868.000 €
Rotondes | 14 | 913.000 € | 295.000 €
Bruggen | 8 | 2.441.000 € | 1.844.000 €"#;
    a_minus_before_the_sign_of_money: r#"Jaar Begroot Besteed Verschil
2019 € 500.000 € 512.000 -€ 12.000
2020 € 480.000 € 430.000 € 50.000
2021 € 300.000 € 300.100 -€ 100"# => r#"Jaar | Begroot | Besteed | Verschil
2019 | € 500.000 | € 512.000 | -€ 12.000
2020 | € 480.000 | € 430.000 | € 50.000
2021 | € 300.000 | € 300.100 | -€ 100"#;
    a_share_in_brackets_is_its_numbers: r#"Vervoer 2018 2019
Fiets 140 (35%) 180 (40%)
Auto 220 (55%) 225 (50%)
Bus 40 (10%) 45 (10%)"# => r#"Vervoer | 2018 | 2019
Fiets | 140 (35%) | 180 (40%)
Auto | 220 (55%) | 225 (50%)
Bus | 40 (10%) | 45 (10%)"#;
    names_under_spanners_over_several_lines: r#"Opleiding
2021 2022
Gestart in het
voorjaar
Geslaagd Gestart in het
voorjaar
Geslaagd
Lassen 310 122 298 131
Metselen 145 60 160 71"# => r#"Opleiding | 2021 | 2021 | 2022 | 2022
Opleiding | Gestart in het voorjaar | Geslaagd | Gestart in het voorjaar | Geslaagd
Lassen | 310 | 122 | 298 | 131
Metselen | 145 | 60 | 160 | 71"#;
    a_total_finds_the_label_that_ends_in_a_number: r#"Zender 2016 2017
Radio Oost 118 000 127 000
Kanaal 3 104 000 116 000
Delta FM 82 000 67 000
Totaal 304 000 310 000"# => r#"Zender | 2016 | 2017
Radio Oost | 118 000 | 127 000
Kanaal 3 | 104 000 | 116 000
Delta FM | 82 000 | 67 000
Totaal | 304 000 | 310 000"#;
    codes_stand_before_labels: r#"Artikel Omschrijving Krediet Benut
QF0-1QDG2HA-WT Huursubsidie € 28.212.997,25 € 19.185.172,99
QF0-1QDG2HB-WT Huurpremie € 81.632.256,25 € 50.786.311,50
QF0-5QDE5HV-IS Fonds Woonbeleid € 84.672.608,25 € 56.470.771,50"# => r#"Artikel | Omschrijving | Krediet | Benut
QF0-1QDG2HA-WT | Huursubsidie | € 28.212.997,25 | € 19.185.172,99
QF0-1QDG2HB-WT | Huurpremie | € 81.632.256,25 | € 50.786.311,50
QF0-5QDE5HV-IS | Fonds Woonbeleid | € 84.672.608,25 | € 56.470.771,50"#;
    a_day_over_two_lines_is_the_headers: r#"Provincie Bureaus op 1
januari 2013 Gesloten
Antwerpen 94 2
Limburg 51 1
Vlaams-Brabant 66 2"# => r#"Provincie | Bureaus op 1 januari 2013 | Gesloten
Antwerpen | 94 | 2
Limburg | 51 | 1
Vlaams-Brabant | 66 | 2"#;
    a_merged_label_stands_in_each_of_its_rows: r#"Provincie District Meldingen 2019 Meldingen 2020
Antwerpen Schelle 388 412
Geel 201 240
Puurs 166 151
Limburg Genk 177 190
Tongeren 140 133
Bree 98 101"# => r#"Provincie | District | Meldingen 2019 | Meldingen 2020
Antwerpen | Schelle | 388 | 412
Antwerpen | Geel | 201 | 240
Antwerpen | Puurs | 166 | 151
Limburg | Genk | 177 | 190
Limburg | Tongeren | 140 | 133
Limburg | Bree | 98 | 101"#;
    names_in_two_columns: r#"Jeugdhuis Gemeente Subsidie 2022
De Klinker Aarschot € 78.400
Het Spoor Harelbeke € 91.250
Kavka Zappa Antwerpen € 143.000
Comma Brugge € 67.900
Totaal € 380.550"# => r#"Jeugdhuis | Gemeente | Subsidie 2022
De Klinker | Aarschot | € 78.400
Het Spoor | Harelbeke | € 91.250
Kavka Zappa | Antwerpen | € 143.000
Comma | Brugge | € 67.900
Totaal |  | € 380.550"#;
    the_first_line_of_a_label_is_no_header: r#"Centrum Cursisten Geslaagd
Centrum voor volwassenenonderwijs De
Verdieping
1.891 1.619
Centrum voor basiseducatie Kop van
Limburg
4.450 1.902
Miras Deerlijk-Kortrijk 476 225"# => r#"Centrum | Cursisten | Geslaagd
Centrum voor volwassenenonderwijs De Verdieping | 1.891 | 1.619
Centrum voor basiseducatie Kop van Limburg | 4.450 | 1.902
Miras Deerlijk-Kortrijk | 476 | 225"#;
    a_lone_row_needs_no_label: r#"Doel
2022
Resultaat
2021
Resultaat
2022
97% 97,8% 98,3%"# => r#"Doel 2022 | Resultaat 2021 | Resultaat 2022
97% | 97,8% | 98,3%"#;
    years_in_blocks_name_columns: r#"Categorie 2020 (N) 2020 (%) 2021 (N) 2021 (%)
Man 1.310 50,4 1.250 52,1
Vrouw 1.290 49,6 1.150 47,9"# => r#"Categorie | 2020 (N) | 2020 (%) | 2021 (N) | 2021 (%)
Man | 1.310 | 50,4 | 1.250 | 52,1
Vrouw | 1.290 | 49,6 | 1.150 | 47,9"#;
    a_list_in_prose_is_no_table: r#"De klachten gingen over:
1) het te laat afleveren van de attesten (17)
2) technische storingen aan het loket in 2019 (12)
3) het ontbreken van een antwoord (10)"# => r#""#;
    school_years_name_columns: r#"Hieronder vindt u de gevraagde cijfers per schooljaar.
Schooljaar 2017-2018 2018-2019 2019-2020
Kleuteronderwijs 12 345 12 567 13 001
Lager onderwijs 45 678 46 001 46 234
Secundair onderwijs 8 901 9 012 987
Totaal 66 924 67 580 60 222"# => r#"Schooljaar | 2017-2018 | 2018-2019 | 2019-2020
Kleuteronderwijs | 12 345 | 12 567 | 13 001
Lager onderwijs | 45 678 | 46 001 | 46 234
Secundair onderwijs | 8 901 | 9 012 | 987
Totaal | 66 924 | 67 580 | 60 222"#;
    age_bands_are_labels: r#"Leeftijd Man Vrouw Totaal
< 25 jaar 12 34 46
25 - 49 jaar 345 1 234 1 579
50-64 jaar 67 89 156
65+ 5 6 11
Totaal 429 1 363 1 792"# => r#"Leeftijd | Man | Vrouw | Totaal
< 25 jaar | 12 | 34 | 46
25 - 49 jaar | 345 | 1 234 | 1 579
50-64 jaar | 67 | 89 | 156
65+ | 5 | 6 | 11
Totaal | 429 | 1 363 | 1 792"#;
    a_year_behind_a_word_is_the_labels: r#"Kwartaal Aantal dossiers Bedrag
Q1 2020 12 € 1.234.567,89
Q2 2020 34 € 234.567,10
Q3 2020 5 € 67,50
Q4 2020 18 € 1.000.000,00"# => r#"Kwartaal | Aantal dossiers | Bedrag
Q1 2020 | 12 | € 1.234.567,89
Q2 2020 | 34 | € 234.567,10
Q3 2020 | 5 | € 67,50
Q4 2020 | 18 | € 1.000.000,00"#;
    a_year_ends_a_label_without_header: r#"januari 2020 12
februari 2020 34
maart 2020 5
april 2020 18"# => r#"januari 2020 | 12
februari 2020 | 34
maart 2020 | 5
april 2020 | 18"#;
    rows_may_end_in_words: r#"Gemeente Aantal Opmerking
Aalst 12 in uitvoering
Gent 34 afgerond
Brugge 5 nog op te starten"# => r#"Gemeente | Aantal | Opmerking
Aalst | 12 | in uitvoering
Gent | 34 | afgerond
Brugge | 5 | nog op te starten"#;
    shares_beside_years: r#"Provincie Aandeel 2019 Aandeel 2020
Antwerpen 12,5% 13,4%
Limburg 8,5 % 9,0 %
Vlaams-Brabant 79% 77,6%
Totaal 100% 100%"# => r#"Provincie | Aandeel 2019 | Aandeel 2020
Antwerpen | 12,5% | 13,4%
Limburg | 8,5 % | 9,0 %
Vlaams-Brabant | 79% | 77,6%
Totaal | 100% | 100%"#;
    ranks_begin_labels: r#"1. Antwerpen 345
2. Gent 234
3. Brugge 123"# => r#"1. Antwerpen | 345
2. Gent | 234
3. Brugge | 123"#;
    a_list_is_no_table: r#"In 2018 waren er 45 dossiers:
- 2018: 45
- 2019: 56
- 2020: 67"# => r#""#;
    labels_wrap_in_their_cell: r#"Agentschap VTE Kost
Agentschap Wegen en
Verkeer
12,5 1.234.567
Departement
Mobiliteit en
Openbare Werken
3,0 234.000
De Vlaamse
Waterweg nv
45,2 9.876.543"# => r#"Agentschap | VTE | Kost
Agentschap Wegen en Verkeer | 12,5 | 1.234.567
Departement Mobiliteit en Openbare Werken | 3,0 | 234.000
De Vlaamse Waterweg nv | 45,2 | 9.876.543"#;
    spanners_stand_over_equal_runs: r#"2019 2020
Mannen Vrouwen Mannen Vrouwen
Antwerpen 12 34 56 78
Limburg 5 6 7 8
Totaal 17 40 63 86"# => r#" | 2019 | 2019 | 2020 | 2020
 | Mannen | Vrouwen | Mannen | Vrouwen
Antwerpen | 12 | 34 | 56 | 78
Limburg | 5 | 6 | 7 | 8
Totaal | 17 | 40 | 63 | 86"#;
    years_are_labels_under_a_header: r#"Jaar Toegekend Geweigerd
2018 1 234 56
2019 2 345 67
2020 987 45
Totaal 4 566 168"# => r#"Jaar | Toegekend | Geweigerd
2018 | 1 234 | 56
2019 | 2 345 | 67
2020 | 987 | 45
Totaal | 4 566 | 168"#;
    prose_is_no_table: r#"De VDAB organiseerde in 2019
12 opleidingen. In 2020 waren dat er
15."# => r#""#;
    a_preposition_begins_no_column: r#"Regio Aantal plaatsen per 1.000 inwoners
Antwerpen 1 234 2,3
Gent 987 1,9
Brussel 12 0,1"# => r#"Regio | Aantal plaatsen | per 1.000 inwoners
Antwerpen | 1 234 | 2,3
Gent | 987 | 1,9
Brussel | 12 | 0,1"#;
    days_are_labels: r#"Datum Aantal
01/01/2020 1 234
01/01/2021 2 345
01/01/2022 3 456"# => r#"Datum | Aantal
01/01/2020 | 1 234
01/01/2021 | 2 345
01/01/2022 | 3 456"#;
    numbers_stand_inside_labels: r#"Type woning Aantal 2020 Aantal 2021
Appartement 1 kamer 123 134
Appartement 2 kamers 234 245
Eengezinswoning 1 012 1 034
Totaal 1 369 1 413"# => r#"Type woning | Aantal 2020 | Aantal 2021
Appartement 1 kamer | 123 | 134
Appartement 2 kamers | 234 | 245
Eengezinswoning | 1 012 | 1 034
Totaal | 1 369 | 1 413"#;
    thousands_are_told_by_the_totals: r#"Vraag 2018 2019 2020 Totaal
Subsidie A 100 000 120 000 130 000 350 000
Subsidie B 5 000 0 7 500 12 500
Subsidie C - 10 000 - 10 000
Totaal 105 000 130 000 137 500 372 500"# => r#"Vraag | 2018 | 2019 | 2020 | Totaal
Subsidie A | 100 000 | 120 000 | 130 000 | 350 000
Subsidie B | 5 000 | 0 | 7 500 | 12 500
Subsidie C | - | 10 000 | - | 10 000
Totaal | 105 000 | 130 000 | 137 500 | 372 500"#;
    labels_may_be_small: r#"Maand Aantal Bedrag
januari 201 210
februari 310 298
maart 12 13"# => r#"Maand | Aantal | Bedrag
januari | 201 | 210
februari | 310 | 298
maart | 12 | 13"#;
    small_labels_under_school_years: r#"Onderwijsvorm 2018-2019 2019-2020
aso 91 54
bso 51 57"# => r#"Onderwijsvorm | 2018-2019 | 2019-2020
aso | 91 | 54
bso | 51 | 57"#;
    a_link_word_needs_its_number: r#"Leeftijd Man Vrouw X
jonger dan 30 102 254 0
30 tot 39 288 611 1
40 tot 49 230 500 0
60 en ouder 144 166 0"# => r#"Leeftijd | Man | Vrouw | X
jonger dan 30 | 102 | 254 | 0
30 tot 39 | 288 | 611 | 1
40 tot 49 | 230 | 500 | 0
60 en ouder | 144 | 166 | 0"#;
    headers_wrap_over_lines: r#"Jaar Aantal
toegekende

premies

Toegekend
bedrag (in euro)

Gemiddeld bedrag per
dossier (in euro)

2016 312 21 450 300 68 751
2017 402 30 450 100 75 746
Totaal 714 51 900 400 72 690"# => r#"Jaar | Aantal toegekende premies | Toegekend bedrag (in euro) | Gemiddeld bedrag per dossier (in euro)
2016 | 312 | 21 450 300 | 68 751
2017 | 402 | 30 450 100 | 75 746
Totaal | 714 | 51 900 400 | 72 690"#;
    totals_may_leave_a_column_empty: r#"Jaar Aantal Bedrag Saldo
2016 312 21 450 300 70
2017 1 004 69 992 470 21
Totaal 1 316 91 442 770"# => r#"Jaar | Aantal | Bedrag | Saldo
2016 | 312 | 21 450 300 | 70
2017 | 1 004 | 69 992 470 | 21
Totaal | 1 316 | 91 442 770 | "#;
    headers_count_up: r#"Provincie Groep 1 Groep 2 Groep 3 Totaal
Antwerpen 12 34 56 102
Limburg 1 2 3 6
Totaal 13 36 59 108"# => r#"Provincie | Groep 1 | Groep 2 | Groep 3 | Totaal
Antwerpen | 12 | 34 | 56 | 102
Limburg | 1 | 2 | 3 | 6
Totaal | 13 | 36 | 59 | 108"#;
    codes_stand_before_names_under_headings: r#"NIS-code Gemeente 2018 2019
Provincie Antwerpen
13003 Balen 14 22
13036 Retie 3 9
Subtotaal Antwerpen 17 31
Provincie Limburg
72003 Bocholt 41 58
71020 Halen 6 4
Subtotaal Limburg 47 62
Totaal 64 93"# => r#"NIS-code | Gemeente | 2018 | 2019
Provincie Antwerpen |  |  | 
13003 | Balen | 14 | 22
13036 | Retie | 3 | 9
Subtotaal Antwerpen |  | 17 | 31
Provincie Limburg |  |  | 
72003 | Bocholt | 41 | 58
71020 | Halen | 6 | 4
Subtotaal Limburg |  | 47 | 62
Totaal |  | 64 | 93"#;
    names_merged_over_years: r#"Haven Jaar Schepen Klachten
Oostende 2016 188 61
2017 240 74
Zeebrugge 2016 317 88
2017 295 90"# => r#"Haven | Jaar | Schepen | Klachten
Oostende | 2016 | 188 | 61
Oostende | 2017 | 240 | 74
Zeebrugge | 2016 | 317 | 88
Zeebrugge | 2017 | 295 | 90"#;
    totals_of_many_cells: r#"Jan Feb Mrt Apr Mei Juni Juli Aug Sep Okt Nov Dec Jaar
2015 31 28 40 37 52 61 70 66 49 38 30 29 531
2016 27 30 36 41 48 58 64 69 51 40 28 25 517"# => r#" | Jan | Feb | Mrt | Apr | Mei | Juni | Juli | Aug | Sep | Okt | Nov | Dec | Jaar
2015 | 31 | 28 | 40 | 37 | 52 | 61 | 70 | 66 | 49 | 38 | 30 | 29 | 531
2016 | 27 | 30 | 36 | 41 | 48 | 58 | 64 | 69 | 51 | 40 | 28 | 25 | 517"#;
    sums_stand_under_words: r#"Project Gemeente Bedrag Status
Toneeltoren Gent €1.250.000 afgerond
Brandveiligheid Antwerpen €340.500 lopend
Dakwerken Fase 2 Brussel €78.900 in aanbesteding
Totaal €1.684.400"# => r#"Project | Gemeente | Bedrag | Status
Toneeltoren | Gent | €1.250.000 | afgerond
Brandveiligheid | Antwerpen | €340.500 | lopend
Dakwerken Fase 2 | Brussel | €78.900 | in aanbesteding
Totaal |  | €1.684.400 | "#;
    a_total_may_be_small: r#"Jaar Aantal controles Aantal inbreuken totaal boetes (€)
2018 100 57 24 500
2019 120 60 30 000"# => r#"Jaar | Aantal controles | Aantal inbreuken | totaal boetes (€)
2018 | 100 | 57 | 24 500
2019 | 120 | 60 | 30 000"#;
    an_address_is_no_table: r#"De dienst is te bereiken op volgend adres
Koning Albert II-laan 20 bus 7
1000 Brussel
Tel. 02 553 01 01 tijdens de kantooruren"# => r#""#;
    headings_stand_under_the_header: r#"Onderwijsvorm en graad 2014-2015 2015-2016 2016-2017 2017-2018
Aso
1ste graad 82 990 659 1.714
2de graad 80 900 559 1.514
Bso
1ste graad 12 190 259 314
2de graad 10 100 159 114"# => r#"Onderwijsvorm en graad | 2014-2015 | 2015-2016 | 2016-2017 | 2017-2018
Aso |  |  |  | 
1ste graad | 82 | 990 | 659 | 1.714
2de graad | 80 | 900 | 559 | 1.514
Bso |  |  |  | 
1ste graad | 12 | 190 | 259 | 314
2de graad | 10 | 100 | 159 | 114"#;
    figures_keep_to_the_headers_columns: r#"Entiteit Aantal personeelsleden Aantal thuiswerkers Aandeel (%) Laptops
Departement EWI 201 188 93,5 201
Agentschap Innoveren 345 300 87,0 345
VLAIO 45 40 88,9 45"# => r#"Entiteit | Aantal personeelsleden | Aantal thuiswerkers | Aandeel (%) | Laptops
Departement EWI | 201 | 188 | 93,5 | 201
Agentschap Innoveren | 345 | 300 | 87,0 | 345
VLAIO | 45 | 40 | 88,9 | 45"#;
}
