//! Labels of several columns: names side by side, and first cells printed once for several rows.

use super::grids_of;

tables! {
    names_begin_as_others_do: r#"Opdracht Uitvoerder Raming Besteed
Doorlichting processen Consortium A 240.000 218.500
Begeleiding archief Bureau B 85.000 84.150
Meting van toegankelijkheid Bureau C 60.000 -
Fusie van departementen Consortium D 410.000 395.775"# => r#"Opdracht | Uitvoerder | Raming | Besteed
Doorlichting processen | Consortium A | 240.000 | 218.500
Begeleiding archief | Bureau B | 85.000 | 84.150
Meting van toegankelijkheid | Bureau C | 60.000 | -
Fusie van departementen | Consortium D | 410.000 | 395.775"#;
    groups_begin_with_the_same: r#"Module Minderjarigen Wachttijd
Antwerpen Verblijf lang 402 311
Begeleiding 188 204
Limburg Verblijf lang 157 268
Begeleiding 64 190
West-Vlaanderen Verblijf lang 298 322
Begeleiding 91 215
Totaal 1 200 251"# => r#" | Module | Minderjarigen | Wachttijd
Antwerpen | Verblijf lang | 402 | 311
Antwerpen | Begeleiding | 188 | 204
Limburg | Verblijf lang | 157 | 268
Limburg | Begeleiding | 64 | 190
West-Vlaanderen | Verblijf lang | 298 | 322
West-Vlaanderen | Begeleiding | 91 | 215
Totaal |  | 1 200 | 251"#;
    headings_are_first_cells: r#"Werelddeel Herkomstland 2010 2011 2012

Afrika

Marokko 86 54 31
Oeganda 7 3 2

Amerika

Colombia 10 8 5
Haïti 1 1 1

Totaal 104 66 39"# => r#"Werelddeel | Herkomstland | 2010 | 2011 | 2012
Afrika | Marokko | 86 | 54 | 31
Afrika | Oeganda | 7 | 3 | 2
Amerika | Colombia | 10 | 8 | 5
Amerika | Haïti | 1 | 1 | 1
Totaal |  | 104 | 66 | 39"#;
    the_first_heading_stands_in_its_row: r#"Kenmerk Categorie 2016 2017
Geslacht Man 2.033 3.120

Vrouw 2.411 3.688

Leeftijd
Jonger dan 30 388 602
50 en ouder 4.056 6.206"# => r#"Kenmerk | Categorie | 2016 | 2017
Geslacht | Man | 2.033 | 3.120
Geslacht | Vrouw | 2.411 | 3.688
Leeftijd | Jonger dan 30 | 388 | 602
Leeftijd | 50 en ouder | 4.056 | 6.206"#;
    periods_stand_behind_counted_labels: r#"Fase Periode Meldingen Besmettingen
Fase 1 01/10/2022 – 14/11/2022 31 6
Fase 2 15/11/2022 – 31/01/2023 58 17
Fase 3 01/02/2023 – 30/04/2023 22 4"# => r#"Fase | Periode | Meldingen | Besmettingen
Fase 1 | 01/10/2022 – 14/11/2022 | 31 | 6
Fase 2 | 15/11/2022 – 31/01/2023 | 58 | 17
Fase 3 | 01/02/2023 – 30/04/2023 | 22 | 4"#;
    a_total_need_not_say_so: r#"Dienst In behandeling
Gemiddelde termijn
(dagen)
Langste termijn
(dagen)
Antwerpen 702 241 518
Limburg 388 219 477
Oost-Vlaanderen 811 263 602
Vlaanderen 1 901 255 602"# => r#"Dienst | In behandeling | Gemiddelde termijn (dagen) | Langste termijn (dagen)
Antwerpen | 702 | 241 | 518
Limburg | 388 | 219 | 477
Oost-Vlaanderen | 811 | 263 | 602
Vlaanderen | 1 901 | 255 | 602"#;
    a_column_of_years_that_says_so: r#"Gebouw kWp Jaar
VAC Gent 184 2021
VDAB-campus Wondelgem 310 2021
Gemeenschapsinstelling 205 2022"# => r#"Gebouw | kWp | Jaar
VAC Gent | 184 | 2021
VDAB-campus Wondelgem | 310 | 2021
Gemeenschapsinstelling | 205 | 2022"#;
    three_columns_of_names: r#"Zwemzone Gemeente Oordeel Stalen Fouten
Blaarmeersen Gent Uitstekend 21 0
Klein Strand Jabbeke Uitstekend 20 1
De Ster Sint-Niklaas Goed 20 2
Lilse Bergen Lille Uitstekend 21 0
Hofstade Zemst Goed 24 3
Totaal 106 6"# => r#"Zwemzone | Gemeente | Oordeel | Stalen | Fouten
Blaarmeersen | Gent | Uitstekend | 21 | 0
Klein Strand | Jabbeke | Uitstekend | 20 | 1
De Ster | Sint-Niklaas | Goed | 20 | 2
Lilse Bergen | Lille | Uitstekend | 21 | 0
Hofstade | Zemst | Goed | 24 | 3
Totaal |  |  | 106 | 6"#;
    projects_stand_behind_names: r#"Organisatie Project Bedrag
Sporthart Vilvoorde vzw Buurtsport in Far-West en Kassei 24.500 euro
Atletiekclub De Gazelle Loopgroep voor mensen met een
beperking
8.750 euro
Stad Genk Sportantennes in Winterslag, Waterschei 27.300 euro
Totaal 60.550 euro"# => r#"Organisatie | Project | Bedrag
Sporthart Vilvoorde vzw | Buurtsport in Far-West en Kassei | 24.500 euro
Atletiekclub De Gazelle | Loopgroep voor mensen met een beperking | 8.750 euro
Stad Genk | Sportantennes in Winterslag, Waterschei | 27.300 euro
Totaal |  | 60.550 euro"#;
    groups_of_names_of_several_words: r#"Provincie Grootte Aantal Steun
Antwerpen Kleine onderneming 811 12,40
Middelgrote onderneming 204 9,85

Limburg Kleine onderneming 402 5,91
Middelgrote onderneming 77 3,08
Totaal 1.494 31,24"# => r#"Provincie | Grootte | Aantal | Steun
Antwerpen | Kleine onderneming | 811 | 12,40
Antwerpen | Middelgrote onderneming | 204 | 9,85
Limburg | Kleine onderneming | 402 | 5,91
Limburg | Middelgrote onderneming | 77 | 3,08
Totaal |  | 1.494 | 31,24"#;
}
