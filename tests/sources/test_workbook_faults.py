"""What is wrong in a table is told with sheet, cell, value and what is allowed; a table of broken inputs."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA
from oj.facts.kept import changed
from oj.sources.files.cells import Book, Unreadable
from oj.sources.tables.layout import layout_text
from oj.sources.workbook.intake import Wanted, import_file, read_book, result_table
from oj.words.errors import DataError, UserError
from workbooks import ASKED, PLACES, said_by, table

HEAD = ["Kommunkod", "Kommun"]
JOUR, BARN, TIMMAR = "Social jourverksamhet", "Andel 0-20 år i befolkningen (31 dec 2013)", "arbetsledning"
BBIC = "Ordinarie licens Barns behov i centrum (BBIC)"
SOLNA, EKERO, LAN = ["0184", "Solna"], ["0125", "Ekerö"], ["01", "Stockholms län"]
TIDY = ["kommun", "indikator", "värde"]


def wide(column: str, *rows: Sequence[Any]) -> Book:
    """Return a sheet with one indicator's column."""
    return table([*HEAD, column], *rows)


def tidy(*rows: Sequence[Any], head: Sequence[str] = TIDY) -> Book:
    """Return a CSV file with a row for each result."""
    return table(head, *rows, file="fil.csv")


GOTLAND = ["0980", "Gotland"]
JKPG = [code for code, place in PLACES.items() if place.county == "06"]
# what is broken: (the file, what was asked for, where it is, what is said of it); each is the only fault of its file
BROKEN: dict[str, tuple[Book, Wanted, str, list[str]]] = {
    # ---- places
    "an unknown code": (wide(JOUR, ["0999", "Solna", "Ja"], [*EKERO, "Ja"]), ASKED, "Blad1 A2",
                        ["”0999” är ingen kod för en kommun", "Koden för Solna är 0184"]),
    "an unknown code alone": (table(["Kod", JOUR], ["9999", "Ja"], ["0184", "Ja"]), ASKED, "Blad1 A2",
                              ["”9999” är ingen kod för en kommun, ett län eller riket"]),
    "an unknown name": (table(["Kommun", JOUR], ["Sollna", "Ja"], ["Ekerö", "Ja"]), ASKED, "Blad1 A2",
                        ["”Sollna” är ingen kommun", "Menade du ”Solna”?", "skip_rows"]),
    "a name that is nothing": (table(["Kommun", JOUR], ["Ekerö", "Ja"], ["Storstäder", "Ja"]), ASKED, "Blad1 A3",
                               ["”Storstäder” är ingen kommun, inget län och inte riket", "skip_rows"]),
    "code and name disagree": (wide(JOUR, ["0184", "Ekerö", "Ja"], [*EKERO, "Ja"]), ASKED, "Blad1 A2",
                               ["”0184” och namnet säger olika", "koden är Solna", "Ekerö har koden 0125"]),
    "a code whose name is misspelt": (wide(JOUR, ["0184", "Solnna", "Ja"]), ASKED, "Blad1 A2",
                                      ["är koden för Solna, men namnet är ”Solnna”"]),
    "a county's code on a municipality": (wide(JOUR, ["01", "Solna", "Ja"], [*EKERO, "Ja"]), ASKED, "Blad1 A2",
                                          ["koden är Stockholms län, men Solna har koden 0184"]),
    "values without a place": (wide(JOUR, [*SOLNA, "Ja"], [None, None, "Nej"]), ASKED, "Blad1 rad 3",
                               ["har värden men varken kod eller namn"]),
    "under the wrong county": (
        table(["Län", *HEAD, JOUR], ["Skåne län", *SOLNA, "Ja"], ["Stockholms län", *EKERO, "Ja"]), ASKED,
        "Blad1 B2", ["”Solna” ligger i Stockholms län, men raden säger Skåne län"]),
    "under another county that is written once": (
        table(["Län", *HEAD, JOUR], ["Skåne län", "1280", "Malmö", "Ja"], [None, *SOLNA, "Ja"]), ASKED, "Blad1 B3",
        ["”Solna” ligger i Stockholms län, men raden säger Skåne län"]),
    "under another county's heading": (
        table([*HEAD, JOUR], [None, "Skåne län"], ["1280", "Malmö", "Ja"], [*SOLNA, "Ja"]), ASKED, "Blad1 rad 4",
        ["”Solna” ligger i Stockholms län, men står under Skåne län"]),
    "under the municipalities of another county": (
        table(["Kommun", JOUR], ["Kommuner i Skåne län"], ["Malmö", "Ja"], ["Ekerö", "Ja"]), ASKED, "Blad1 rad 4",
        ["”Ekerö” ligger i Stockholms län, men står under Skåne län"]),
    "under a county's short name": (
        table([*HEAD, JOUR], ["Skåne"], ["1280", "Malmö", "Ja"], ["Halland"], [*SOLNA, "Ja"]), ASKED, "Blad1 rad 5",
        ["”Solna” ligger i Stockholms län, men står under Hallands län"]),
    "under what is no county": (
        table(["Län", *HEAD, JOUR], ["Solna län", *SOLNA, "Ja"], ["01", *EKERO, "Ja"]), ASKED, "Blad1 B2",
        ["”Solna län” är inget län"]),
    "our template with a municipality of another county": (
        table(["ÖJ 2015 mall 12"], [*HEAD, JOUR], [*SOLNA, "Ja"], ["1280", "Malmö", "Ja"]), ASKED, "Blad1 A3",
        ["ligger i Stockholms län, men filen gäller Skåne län"]),
    # ---- columns
    "an unknown column": (table([*HEAD, JOUR, "Antal katter"], [*SOLNA, "Ja", 3.0]), ASKED, "Blad1 D1",
                          ["”Antal katter” är ingen entydig indikator", "ignore", "layouten"]),
    "a column that is nearly right": (wide("Social jourverksamheten", [*SOLNA, "Ja"]), ASKED, "Blad1 C1",
                                      ["ingen entydig indikator. Närmast: ”Social jourverksamhet” (socialjour)"]),
    "a short name that several have": (wide("Missbruk", [*SOLNA, "Ja"]), ASKED, "Blad1 C1",
                                       ["”Missbruk” är ingen entydig", "rutin-missbruk", "bedomning-missbruk"]),
    "a letter without its group": (table([*HEAD, "b", JOUR], [*SOLNA, "Ja", "Ja"]), ASKED, "Blad1 C1",
                                   ["”b” är ingen entydig indikator"]),
    "values without a heading": (table([*HEAD, JOUR, None], [*SOLNA, "Ja", "Nej"]), ASKED, "Blad1 D1",
                                 ["”(ingen rubrik)” är ingen entydig indikator"]),
    "a decimal comma in a file parted by commas": (
        table(["Kommun", JOUR, None], ["Solna", "Ja", "5"], file="fil.csv"), ASKED, "fil.csv rad 2, fält 3",
        ["”5” är siffror utan rubrik", "Inget ur den läses"]),
    # ---- answers
    "no answer": (wide(JOUR, [*SOLNA, "Kanske"], [*EKERO, "Ja"]), ASKED, "Blad1 C2",
                  ["cellens text ska vara Ja, Delvis, Nej eller ett av tecknen x", "Social jourverksamhet, Solna"]),
    "a misspelt answer": (wide(JOUR, [*SOLNA, "Delvist"], [*EKERO, "Ja"]), ASKED, "Blad1 C2",
                          ["”Delvist”", "Menade du ”Delvis”?"]),
    "a misspelt sign": (wide(JOUR, [*SOLNA, "bortfal"], [*EKERO, "Ja"]), ASKED, "Blad1 C2",
                        ["Menade du ”bortfall”?"]),
    "partly where there is none": (wide(BBIC, [*SOLNA, "Delvis"], [*EKERO, "Ja"]), ASKED, "Blad1 C2",
                                   ["”Delvis” passar inte; ska vara Ja, Nej eller"]),
    "a number for an answer": (wide(JOUR, [*SOLNA, "1"], [*EKERO, "Ja"], [*LAN, "59 %"]), ASKED, "Blad1 C2",
                               ["är ett tal, men ska vara Ja, Delvis, Nej"]),
    "a percentage for an answer": (wide(JOUR, [*SOLNA, "59 %"], [*EKERO, "Ja"]), ASKED, "Blad1 C2",
                                   ["”59 %” är ett tal, men ska vara Ja"]),
    "true for an answer": (wide(JOUR, [*SOLNA, True], [*EKERO, "Ja"]), ASKED, "Blad1 C2", ["”Sant” ska vara Ja"]),
    "an answer for a county": (wide(JOUR, [*SOLNA, "Ja"], [*LAN, "Ja"]), ASKED, "Blad1 C3",
                               ["”Ja” är ett svar, men ska vara en andel"]),
    "an answer for a share": (wide(BARN, [*SOLNA, "Nej"], [*EKERO, "24 %"]), ASKED, "Blad1 C2",
                              ["är ett svar, men ska vara en andel"]),
    "a text for a share": (wide(BARN, [*SOLNA, "hälften"], [*EKERO, "24 %"]), ASKED, "Blad1 C2",
                           ["cellens text ska vara en andel eller ett av tecknen"]),
    "a text for hours": (wide(TIMMAR, [*SOLNA, "två"], [*EKERO, 2.0]), ASKED, "Blad1 C2",
                         ["cellens text ska vara timmar i veckan eller ett av tecknen"]),
    "a range for a number": (wide(TIMMAR, [*SOLNA, "2-3"], [*EKERO, 2.0]), ASKED, "Blad1 C2", ["”2-3” ska vara"]),
    "a date for a number": (wide(TIMMAR, [*SOLNA, "2015-03-01"], [*EKERO, 2.0]), ASKED, "Blad1 C2",
                            ["”2015-03-01” ska vara timmar"]),
    "a number with a note": (wide(BARN, [*SOLNA, "24 % 1)"], [*EKERO, "24 %"]), ASKED, "Blad1 C2",
                             ["”24 % 1)” ska vara en andel"]),
    "a formula without its value": (wide(JOUR, [*SOLNA, Unreadable("=A1", "är en formel utan sparat värde")]),
                                    ASKED, "Blad1 C2", ["”=A1” är en formel utan sparat värde"]),
    "an error of Excel's": (wide(BARN, [*SOLNA, Unreadable("#DIV/0!", "är ett felvärde från Excel")], [*EKERO, "9 %"]),
                            ASKED, "Blad1 C2", ["”#DIV/0!” är ett felvärde från Excel"]),
    "what looks like a formula in a text file": (tidy(["Solna", "socialjour", "=1+1"]), ASKED, "fil.csv rad 2",
                                                 ["”=1+1” ska vara Ja"]),
    # ---- sizes and units
    "more than all": (wide(BARN, [*SOLNA, "101 %"], [*EKERO, "24 %"]), ASKED, "Blad1 C2",
                      ["”101 %” är ingen andel: den ska ligga mellan 0 och 100 procent"]),
    "less than none": (wide(BARN, [*SOLNA, "-5 %"], [*EKERO, "24 %"]), ASKED, "Blad1 C2", ["är ingen andel: den"]),
    "a percentage that is already one": (wide(BARN, [*SOLNA, "5900 %"], [*EKERO, "24 %"]), ASKED, "Blad1 C2",
                                         ["”5900 %” är ingen andel: den ska ligga mellan"]),
    "a longer week than there is": (wide(TIMMAR, [*SOLNA, 169.0], [*EKERO, 2.0]), ASKED, "Blad1 C2",
                                    ["”169” är mer än en veckas 168 timmar"]),
    "negative hours": (wide(TIMMAR, [*SOLNA, -1.0], [*EKERO, 2.0]), ASKED, "Blad1 C2", ["kan inte vara negativt"]),
    "percent of hours": (wide(TIMMAR, [*SOLNA, "40 %"], [*EKERO, 2.0]), ASKED, "Blad1 C2",
                         ["ska vara ett tal utan procenttecken"]),
    "shares and percent in one column": (wide(BARN, [*SOLNA, 0.24], [*EKERO, 24.0]), ASKED, "Blad1 C1",
                                         ["blandar tal från 0 till 1 med större tal", "unit", "layouten"]),
    "shares among percent signs": (wide(BARN, [*SOLNA, 0.24], [*EKERO, "24 %"]), ASKED, "Blad1 C1",
                                   ["blandar tal från 0 till 1 med större tal eller procenttecken"]),
    "only ones": (wide(BARN, [*SOLNA, 1.0], [*EKERO, 0.0]), ASKED, "Blad1 C1", ["har bara talen 0 och 1"]),
    "a one among larger": (wide(BARN, [*SOLNA, 1.0], [*EKERO, 24.0]), ASKED, "Blad1 C1",
                           ["har talet 1 bland större tal"]),
    "percent in the heading, shares below": (wide(f"{BARN}, procent", [*SOLNA, 0.24], [*EKERO, 0.25]), ASKED,
                                             "Blad1 C1", ["har procent i rubrik eller titel men inget tal över 1"]),
    "an unsure unit in a text file": (tidy(["Solna", "andel-barn", "0,24"], ["Ekerö", "andel-barn", "24"]), ASKED,
                                      "fil.csv rad 2", ["blandar tal", "kolumnen enhet"]),
    # ---- what stands beside each other
    "the same twice": (wide(JOUR, [*SOLNA, "Ja"], [*SOLNA, "Ja"]), ASKED, "Blad1 C3", ["finns redan på Blad1 C2"]),
    "twice and not the same": (wide(JOUR, [*SOLNA, "Ja"], [*EKERO, "Ja"], [*SOLNA, "Nej"]), ASKED, "Blad1 C4",
                               ["”Nej” säger emot Blad1 C2", "båda utelämnas"]),
    "two columns for one indicator": (table([*HEAD, JOUR, "socialjour"], [*SOLNA, "Ja", "Nej"]), ASKED, "Blad1 D2",
                                      ["säger emot", "Blad1 C2"]),
    "five years more often than three": (
        table([*HEAD, "socionomer-tre-ar", "socionomer-fem-ar"], [*SOLNA, "50 %", "60 %"]), ASKED, "Blad1 D2",
        ["”60 %” är större än andelen socionomer med minst tre års erfarenhet"]),
    "a whole outside its parts": (
        table([*HEAD, "behoriga-alla", "behoriga-fodda-i-sverige", "behoriga-fodda-i-annat-land"],
              [*SOLNA, "60 %", "40 %", "50 %"]), ASKED, "Blad1 C2", ["”60 %” ligger utanför delgruppernas andelar"]),
    "a county that its municipalities contradict": (
        wide(JOUR, [*GOTLAND, "Ja"], ["09", "Gotlands län", "50 %"]), ASKED, "Blad1 C3",
        ["”50 %” går inte ihop med kommunernas svar: 1 av 1 har svarat Ja"]),
    "a county larger than all its municipalities": (
        wide(TIMMAR, *[[code, PLACES[code].name, 2.0] for code in JKPG], ["06", "Jönköpings län", 3.0]), ASKED,
        "Blad1 C15", ["”3” ligger utanför det minsta och det största värdet"]),
    "merged values": (table([*HEAD, JOUR], [*SOLNA, "Ja"], [*EKERO, None], ["0123", "Järfälla", "Ja"],
                            merged=[(2, 3, 3, 3)]), ASKED, "Blad1 C2",
                      ["är sammanfogad med andra celler; dela den"]),
    "a share for districts": (wide("behoriga-alla", ["018001", "Bromma", "40 %"], [*SOLNA, "40 %"]), ASKED,
                              "Blad1 C2", ["ska vara tom: indikatorn redovisas inte för stadsdelar"]),
    # ---- a row for each result
    "an unknown indicator in a row": (tidy(["Solna", "socialjor", "Ja"]), ASKED, "fil.csv rad 2, fält 2",
                                      ["”socialjor” är ingen entydig indikator", "Menade du ”socialjour”?"]),
    "an indicator that may be several": (tidy(["Solna", "Samlad plan", "Ja"]), ASKED, "fil.csv rad 2, fält 2",
                                         ["ingen entydig indikator"]),
    "an unknown place in a row": (tidy(["Ekeröö", "socialjour", "Ja"]), ASKED, "fil.csv rad 2, fält 1",
                                  ["Menade du ”Ekerö”?"]),
    "another edition in a row": (
        tidy(["2014", "Solna", "socialjour", "Ja"], head=["utgåva", *TIDY]), ASKED, "fil.csv rad 2, fält 1",
        ["”2014” är en annan utgåva än den som läses in, 2015"]),
    "a value and an answer": (tidy(["Solna", "socialjour", "Ja", "Nej"], head=[*TIDY, "svar"]), ASKED,
                              "fil.csv rad 2", ["säger två saker"]),
    "an answer beside a status": (tidy(["Solna", "socialjour", "Ja", "missing"], head=[*TIDY, "status"]), ASKED,
                                  "fil.csv rad 2", ["säger två saker"]),
    "an unknown status": (tidy(["Solna", "socialjour", "", "mising"], head=[*TIDY, "status"]), ASKED,
                          "fil.csv rad 2", ["”mising” är ingen status. Menade du ”missing”?"]),
    "observed without a value": (tidy(["Solna", "socialjour", "", "observed"], head=[*TIDY, "status"]), ASKED,
                                 "fil.csv rad 2", ["säger att uppgift finns"]),
    "a part that is larger than the whole": (
        tidy(["Solna", "andel-barn", "24 %", "25", "24"], head=[*TIDY, "täljare", "nämnare"]), ASKED,
        "fil.csv rad 2, fält 4", ["”25” är större än nämnaren"]),
    "counts beside what is hidden": (
        tidy(["Solna", "andel-familjehemsvard", "x", "2", "15"], head=[*TIDY, "täljare", "nämnare"]), ASKED,
        "fil.csv rad 2, fält 4", ["en dold uppgift får inte ha täljare"]),
    "a count that is none": (tidy(["Solna", "andel-barn", "24 %", "många"], head=[*TIDY, "täljare"]), ASKED,
                             "fil.csv rad 2", ["cellens text ska vara ett antal, 0 eller större"]),
    "a share above one under value": (
        table(["place", "indicator", "value"], ["0184", "andel-barn", "24"], file="fil.csv"), ASKED,
        "fil.csv rad 2, fält 3", ["är ingen andel: den ska ligga mellan 0 och 100 procent (som decimaltal: 0 till 1)"]),
    "the same twice in a text file": (tidy(["Solna", "socialjour", "Ja"], ["Solna", "socialjour", "Ja"]), ASKED,
                                      "fil.csv rad 3", ["finns redan på rad 2"]),
}  # fmt: skip

# what cannot be read at all: (the file, what was asked for, what is said)
UNREADABLE: dict[str, tuple[Book, Wanted, list[str]]] = {
    "no table": (table(["Hej"], ["på dig"]), Wanted(), ["bok.xlsx har ingen tabell som kan läsas", "Kommunkod"]),
    "a heading without municipalities": (table(HEAD, ["a", "b"]), Wanted(), ["har ingen tabell som kan läsas"]),
    "nothing filled in": (wide(JOUR, [*SOLNA, None], [*EKERO, None]), ASKED, ["har inga ifyllda värden"]),
    "an edition that is not described": (wide(JOUR, [*SOLNA, "Ja"]), Wanted(edition="2019"),
                                         ["Utgåvan ”2019” kan inte läsas in", "känner inte dess frågor"]),
    "a file of another edition": (table(["Öppna jämförelser 2016"], [*HEAD, JOUR], [*SOLNA, "Ja"]), Wanted(),
                                  ["säger sig gälla Öppna jämförelser 2016", "siffror ur en annan utgåva blir fel"]),
    "a file of two editions": (
        table(["Öppna jämförelser 2015"], ["Jämfört med Öppna jämförelser 2014"], [*HEAD, JOUR], [*SOLNA, "Ja"]),
        Wanted(), ["nämner flera utgåvor: 2014, 2015", "--edition"]),
    "an unknown county": (wide(JOUR, [*SOLNA, "Ja"]), Wanted(edition="2015", county="Skone"),
                          ["heter ”Skone”", "Menade du ”Skåne”?"]),
    "a template of another edition": (table(["ÖJ 2016 mall 12"], [*HEAD, JOUR], [*SOLNA, "Ja"]),
                                      Wanted(edition="2015"), ["är mallen för utgåvan 2016, inte 2015"]),
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_where_it_is_and_nothing_is_changed(name: str, facts: Path) -> None:
    book, wanted, where, words = BROKEN[name]
    before = changed(facts)
    reading = read_book(book, wanted)
    told = [str(fault) for fault in reading.faults]
    assert len(told) == 1, told
    assert where in told[0]
    assert [word for word in words if word not in told[0]] == [], told[0]
    with pytest.raises(DataError) as caught:
        import_file(reading, accept_valid=False, folder=facts)
    assert told[0] in str(caught.value)
    assert changed(facts) == before


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told(name: str) -> None:
    book, wanted, words = UNREADABLE[name]
    with pytest.raises(UserError) as caught:
        read_book(book, wanted)
    assert [word for word in words if word not in str(caught.value)] == [], caught.value


def test_there_are_at_least_sixty_broken_inputs() -> None:
    assert len(BROKEN) + len(UNREADABLE) >= 60


def test_all_faults_are_told_at_once_however_many() -> None:
    rows = [[code, place.name, "Kanske"] for code, place in PLACES.items() if place.level == "municipality"][:290]
    reading = read_book(wide(JOUR, *rows), ASKED)
    assert len(reading.faults) == 290
    with pytest.raises(DataError) as caught:
        import_file(reading, accept_valid=False)
    head, told = str(caught.value).splitlines()
    assert head == "290 fel i underlaget:"
    assert told.endswith(": C2–C291")
    assert told.startswith("  bok.xlsx, Blad1 kolumn C, 290 fel: cellens text ska vara Ja, Delvis, Nej")


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of data/ that no test may change."""
    import shutil

    return Path(shutil.copytree(DATA, tmp_path_factory.mktemp("fakta") / "data"))


def test_the_rest_is_imported_where_that_is_accepted(data_copy: Path) -> None:
    from oj.sources.imported import imported

    book = table([*HEAD, JOUR, "andel-familjehemsvard"], [*SOLNA, "Kanske", "40 %"], [*EKERO, "Ja", "2 av 5"])
    reading = read_book(book, Wanted(edition="2015", name="egen"))
    import_file(reading, accept_valid=True, folder=data_copy)
    assert said_by(reading) == {("socialjour", "0125"): "yes", ("andel-familjehemsvard", "0184"): 0.4}
    first, second = imported(data_copy)["egen"].left_out
    assert (first.where, first.about, first.value) == ("Blad1!C2", "Social jourverksamhet, Solna", "")
    assert (second.where, second.value) == ("Blad1!D3", "")  # a protected indicator's value is not told
    assert "2 av 5" not in second.rule


def test_what_contradicts_itself_is_left_out_on_both_sides() -> None:
    reading = read_book(wide(JOUR, [*SOLNA, "Ja"], [*EKERO, "Ja"], [*SOLNA, "Nej"]), ASKED)
    assert said_by(reading) == {("socialjour", "0125"): "yes"}
    twice = read_book(wide(JOUR, [*SOLNA, "Ja"], [*EKERO, "Ja"], [*SOLNA, "Ja"]), ASKED)
    assert said_by(twice) == {("socialjour", "0125"): "yes", ("socialjour", "0184"): "yes"}


def test_an_empty_cell_is_missing_and_an_empty_row_or_column_is_not_read() -> None:
    book = table([*HEAD, JOUR, BBIC, TIMMAR], [*SOLNA, "Ja", None, None], [*EKERO, None, "Nej", None],
                 ["0123", "Järfälla", None, None, None])  # fmt: skip
    reading = read_book(book, ASKED)
    assert said_by(reading) == {
        ("socialjour", "0184"): "yes", ("bbic-licens", "0184"): "missing",
        ("socialjour", "0125"): "missing", ("bbic-licens", "0125"): "no",
    }  # fmt: skip
    (read,) = reading.tables
    assert (read.empty["C"], read.empty["D"], read.filled["E"]) == (1, 1, 0)
    assert read.unread == [(4, "utan värden: 0123 Järfälla")]


SIGNS = {
    "x": "suppressed", " X ": "suppressed", "..": "suppressed", "-": "missing", "–": "missing", "bortfall": "missing",
    ".": "not_applicable", "Ej aktuellt": "not_applicable", "ej\xa0aktuellt": "not_applicable", "x (1-3)": "secret",
    "x(1–3)": "secret", "X (<20)": "small_base", "Redovisas ej": "withheld",
}  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_the_status_that_it_stands_for(sign: str) -> None:
    reading = read_book(wide(JOUR, [*SOLNA, sign], [*EKERO, "Ja"]), ASKED)
    assert said_by(reading)["socialjour", "0184"] == SIGNS[sign]


NUMBERS = {
    "59%": 0.59, "59 %": 0.59, "59,0\xa0%": 0.59, "58,75 procent": 0.5875, "0%": 0.0, "100 %": 1.0, "1,7 %": 0.017,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_a_percentage_is_a_share_whatever_it_looks_like(text: str) -> None:
    assert said_by(read_book(wide(BARN, [*SOLNA, text]), ASKED))["andel-barn", "0184"] == NUMBERS[text]


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("0184", "Solna", "0184"), ("184", "Solna", "0184"), (184.0, "Solna stad", "0184"), ("184.0", None, "0184"),
        (None, "Solna kommun", "0184"), ("0184 Solna", None, "0184"), ("01", "Stockholms län", "01"),
        (1.0, "Stockholm", "01"), ("180", "Stockholm", "0180"), (None, "Stockholm", "0180"), ("00", "Riket", "00"),
        ("00", None, "00"), (0.0, "Riket", "00"), (None, "Hela\xa0riket", "00"),
        ("018001", "Bromma", "018001"), (18001.0, "Bromma", "018001"),
        ("018077", "Bromma", "018001"), (180100.0, "Bromma", "018001"), (None, "Stockholm, Bromma", "018001"),
        (None, "Upplands-Väsby", "0114"),
        (None, "STOCKHOLMS  LÄN", "01"), (None, "Malmö stad", "1280"),
    ],
)  # fmt: skip
def test_a_place_is_known_by_its_code_or_name(code: Any, name: str | None, place: str) -> None:
    value = "50 %" if len(place) == 2 else "Ja"
    reading = read_book(wide(JOUR, [code, name, value], [*EKERO, "Ja"]), ASKED)
    assert [str(fault) for fault in reading.faults] == []
    assert set(said_by(reading)) == {("socialjour", place), ("socialjour", "0125")}


ODD = [
    None, "", "Kommunkod", "Kommun", "Län", "Kod", "0184", "184", 184.0, 0.0, "Solna", "Malmö", "Riket", "01",
    "Skåne län", "indikator", "värde", "status", "täljare", "utgåva", "2015", "socialjour", JOUR, "Alla", "b",
    "Öppna jämförelser 2015", "Ja", "x", "..", "59 %", 0.59, 59.0, 1.0, True, "-5", "x" * 300, "1e9", "\u0663", "\xb2",
    "0184 Solna", "\xa0", "=1", Unreadable("=A1", "är en formel"), "ÖJ 2015 mall 12", "ÖJ 2015 mall 99",
]  # fmt: skip
ROWS = st.lists(st.lists(st.sampled_from(ODD), min_size=1, max_size=6), min_size=1, max_size=9)


@settings(max_examples=100)
@given(ROWS, st.sampled_from(["bok.xlsx", "fil.csv"]), st.lists(st.tuples(*[st.integers(1, 6)] * 4), max_size=2))
def test_whatever_stands_in_a_file_is_read_or_told(rows: list[list[Any]], file: str, merged: list[Any]) -> None:
    areas = [(min(a, b), max(a, b), min(c, d), max(c, d)) for a, b, c, d in merged]
    with suppress(UserError):
        reading = read_book(table(*rows, file=file, merged=areas), ASKED)
        assert all(str(fault).startswith(file) for fault in reading.faults)
        assert len({(one.indicator, one.place) for one in reading.results}) == len(reading.results)
        result_table(reading)
        if reading.layout:
            assert layout_text(reading.layout)


def test_a_countys_share_may_be_of_its_municipalities_or_of_those_that_answer() -> None:
    own = [code for code, place in PLACES.items() if place.county == "12"]
    rows = [[code, PLACES[code].name, "Nej" if len(code) > 4 else "Ja"] for code in own]
    for share, faults in (("100 %", 0), ("86 %", 0), ("50 %", 1)):  # 33 of 33, 32 of 37, and neither
        assert len(read_book(wide(JOUR, *rows, ["12", "Skåne län", share]), ASKED).faults) == faults
