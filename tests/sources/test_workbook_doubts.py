"""A sheet in doubt gives no value, whatever is accepted or said in its layout: another table, part, year or survey."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import refused
from oj.sources.files.cells import Book
from oj.sources.tables.layout import IGNORE, Layout, layout_text
from oj.sources.workbook.intake import Reading, Wanted, read_book, write_layout
from oj.words.errors import UserError
from workbooks import ASKED, said_by, table

TITLE = ["Öppna jämförelser 2015, social barn- och ungdomsvård"]
HEAD = ["Kommunkod", "Kommun"]
BARN, PER = "Andel 0-20 år i befolkningen (31 dec 2013)", "barn-per-handlaggare"
HEM, JOUR = "Andel familjehemsvård (1 nov 2013)", "Social jourverksamhet"
SOLNA, SUNDBY, SOLLEN, TABY = ["0184", "Solna"], ["0183", "Sundbyberg"], ["0163", "Sollentuna"], ["0160", "Täby"]


@pytest.fixture(autouse=True)
def params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")


def two(*head: Any, below: Sequence[Sequence[Any]] = (), title: Sequence[str] = TITLE, **about: Any) -> Book:
    """Return a table of Solna and Sundbyberg with a column of shares, and what else stands below it."""
    return table(title, [*HEAD, *head], [*SOLNA, "20,5 %"], [*SUNDBY, "24 %"], *below, **about)


# where nothing may be read: (the file, what is said of it)
TABLES: dict[str, tuple[Book, str]] = {
    "side by side in another order": (
        table(TITLE, [*HEAD, BARN, None, *HEAD, PER], [*SOLNA, "20 %", None, *SOLLEN, 111.0],
              [*SOLLEN, "28 %", None, *SOLNA, 133.0]), "två tabeller bredvid varandra"),
    "side by side with names only": (
        table(TITLE, ["Kommun", BARN, None, "Kommun", PER], ["Solna", "20 %", None, "Sollentuna", 111.0],
              ["Sollentuna", "28 %", None, "Solna", 133.0]), "två tabeller bredvid varandra"),
    "side by side without a second heading": (
        table(TITLE, [*HEAD, BARN, None, None, PER], [*SOLNA, "20 %", None, "Täby", 111.0],
              [*SOLLEN, "28 %", None, "Solna", 133.0]), "två tabeller bredvid varandra"),
    "side by side with codes only": (
        table(TITLE, ["Kommunkod", BARN, "Kod", PER], ["0184", "20 %", "0163", 111.0], ["0163", "28 %", "0184", 133.0]),
        "två tabeller bredvid varandra"),
    "a municipality and its district in two columns": (
        table(TITLE, ["Kommun", "Stadsdel", BARN], ["Stockholm", "Bromma", "20 %"], ["Stockholm", "Farsta", "28 %"]),
        "två tabeller bredvid varandra"),
    "stacked with another heading": (
        two(BARN, below=[[], [*HEAD, HEM], [*SOLLEN, "60 %"], [*TABY, "70 %"]]), "är en andra rubrik"),
    "stacked with the columns in another order": (
        two(BARN, PER, below=[[], [*HEAD, PER, BARN], [*SOLLEN, "60 %", 2.0]]), "är en andra rubrik"),
    "stacked with only a title between": (
        two(BARN, below=[[], [HEM], [*SOLLEN, "60 %"], [*TABY, "70 %"]]), "står mellan raderna"),
    "stacked with a numbered title": (two(BARN, below=[[], ["Tabell 2"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "stacked with half a title between": (two(BARN, below=[["Familjehem"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "stacked with a share that is not ours": (
        two(BARN, below=[["Andel familjehemsvård"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "stacked with costs": (two(BARN, below=[["Kostnad per barn"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "stacked with a title over the figures": (
        two(BARN, below=[[None, None, "Andel i familjehem"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "stacked by sex": (two(BARN, below=[["Flickor"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "stacked by year": (two(BARN, below=[["2014"], [*SOLLEN, "60 %"]]), "står mellan raderna"),
    "the same places again": (two(BARN, below=[[*SOLNA, "60 %"], [*SUNDBY, "70 %"]]), "står igen"),
    "codes and names sorted apart": (
        table(TITLE, [*HEAD, BARN], ["0184", "Sollentuna", "1 %"], ["0163", "Solna", "2 %"], [*TABY, "3 %"]),
        "sorterade var för sig"),
}  # fmt: skip
PARTS: dict[str, tuple[Book, str]] = {
    "a second heading of girls": (
        table(TITLE, ["Kommunkod", "Kommunnamn", BARN], ["Län", "Länsnamn", "Flickor"], [*SOLNA, "20 %"]), "”flickor”"),
    "girls above the title": (table(TITLE, [None, None, "Flickor", "Flickor"], [*HEAD, BARN, PER], [*SOLNA, "9 %", 9.0],
                                    merged=[(2, 2, 3, 4)]), "”flickor”"),
    "a count beneath the title": (table(TITLE, [*HEAD, BARN], [None, None, "Antal"], [*SOLNA, "20 %"]), "”antal”"),
    "an age beneath the title": (table(TITLE, [*HEAD, BARN], [None, None, "13–17 år"], [*SOLNA, "20 %"]), "”13–17 år”"),
    "a year beneath the title": (table(TITLE, [*HEAD, BARN], [None, None, "2012"], [*SOLNA, "20 %"]), "”2012”"),
    "another year in the heading": (two("Andel 0-20 år i befolkningen (31 dec 2012)"), "”2012”"),
    "a column of sex": (table(TITLE, [*HEAD, "Kön", BARN], [*SOLNA, "Flickor", "20 %"]), "behåll bara raderna"),
    "a column of sex in one letter": (table(TITLE, [*HEAD, "Kön", BARN], [*SOLNA, "K", "20 %"]), "står under ”Kön”"),
    "a column of ages": (table(TITLE, [*HEAD, "Ålder", BARN], [*SOLNA, "13–17", "20 %"]), "står under ”Ålder”"),
    "a column of years": (table(TITLE, [*HEAD, "Mätår", BARN], [*SOLNA, 2019.0, "20 %"]), "står under ”Mätår”"),
    "a column of schools": (table(TITLE, [*HEAD, "Skola", JOUR], [*SOLNA, "Granskolan", "Ja"]), "står under ”Skola”"),
    "schools' names and a Nej": (
        table(TITLE, [*HEAD, "Skola"], [*SOLNA, "Ekskolan"], [*SUNDBY, "Nej"]), "står under ”Skola”"),
    "one school's name among answers": (
        table(TITLE, [*HEAD, "Skola"], [*SOLNA, "Ja"], [*SUNDBY, "Nej"], [*TABY, "Granskolan"]), "står under ”Skola”"),
    "schools of a kind and a sign": (
        table(TITLE, [*HEAD, "Skola"], [*SOLNA, "Friskola"], [*SUNDBY, "x"], [*TABY, "Ja"]), "står under ”Skola”"),
    "a column of units": (table(TITLE, [*HEAD, "Verksamhet", JOUR], [*SOLNA, "Granen", "Ja"]), "under ”Verksamhet”"),
    "a column without a name that says girls": (
        table(TITLE, [*HEAD, "Anm", BARN], [*SOLNA, "Bara flickor", "20 %"]), "bara gäller en del"),
    "a title of boys": (two(BARN, title=["ÖJ 2015, barn. Pojkar"]), "bara gäller pojkar"),
    "a sheet of women": (two(BARN, sheet="Kvinnor"), "bara gäller kvinnor"),
    "a title of the newly arrived": (two(BARN, title=["ÖJ 2015. Nyanlända barn"]), "bara gäller nyanlända"),
    "a title of a change": (two(BARN, title=["ÖJ 2015. Förändring sedan 2014"]), "bara gäller förändring"),
}  # fmt: skip
OTHERS: dict[str, tuple[Book, str]] = {
    **{f"the survey of {name}": (
        table([title], [*HEAD, "Polis", "Skola"], [*SOLNA, "Ja", "Nej"]), "en annan undersökning")
       for name, title in {
           "addiction": "Öppna jämförelser 2015, missbruks- och beroendevården", "homelessness": "ÖJ 2015 Hemlöshet",
           "income support": "Öppna jämförelser 2015: ekonomiskt bistånd", "disability": "ÖJ 2015 – LSS",
           "violence": "Öppna jämförelser 2015 Våld i nära relationer", "the old": "Öppna jämförelser 2015 Äldreomsorg",
           "a crisis": "Öppna jämförelser 2015, krisberedskap",
           "function": "Öppna jämförelser 2015. Stöd till personer med funktionsnedsättning"}.items()},
    "another survey by its sheet": (
        table(["ÖJ 2015"], [*HEAD, JOUR], [*SOLNA, "Ja"], sheet="Hemlöshet"), "en annan undersökning"),
    "another survey by its file": (
        table(["ÖJ 2015"], [*HEAD, JOUR], [*SOLNA, "Ja"], file="oj-2015-missbruk.xlsx"), "en annan undersökning"),
    "only names that others have": (table([*HEAD, "Polis", "Skola"], [*SOLNA, "Ja", "Ja"]), "flera undersökningar"),
    "one name that others have": (table(["ÖJ 2015"], [*HEAD, "Primärvård"], [*SOLNA, "Ja"]), "flera undersökningar"),
    "parishes": (table(TITLE, ["LKF", *HEAD, BARN], ["018401", *SOLNA, "20 %"]), "andra områden än kommuner"),
    "small areas": (table(TITLE, [*HEAD, "DeSO", BARN], [*SOLNA, "0184A0010", "20 %"]), "andra områden"),
    "districts of the church": (table(TITLE, [*HEAD, "Församling", BARN], [*SOLNA, "Solna", "9 %"]), "andra områden"),
    "girls by a note below": (two(BARN, below=[["Uppgifterna avser endast flickor."]]), "något annat (flickor)"),
    "boys of an age by a note below": (two(BARN, below=[["Avser pojkar 13–17 år"]]), "något annat (pojkar)"),
    "girls by a word below": (two(BARN, below=[[], ["* Flickor"]]), "något annat (flickor)"),
    "a year by a note below": (two(BARN, below=[["Siffrorna avser mätår 2019"]]), "något annat (2019)"),
    "a part by its title": (two(BARN, title=[*TITLE, "Enskild regi"]), "gäller enskild regi"),
    "made figures": (two(BARN, title=[*TITLE, "TESTDATA – ej riktiga siffror"]), "gäller testdata"),
    "thousands": (two(PER, title=[*TITLE, "Tusental"]), "en annan enhet (tusental)"),
    "an index": (two(PER, title=[*TITLE, "Index, riket = 100"]), "en annan enhet (index)"),
    "per mille beneath the title": (table(TITLE, [*HEAD, BARN], [None, None, "‰"], [*SOLNA, "20"]), "‰"),
    "minutes": (table(TITLE, [*HEAD, BARN], [None, None, "minuter"], [*SOLNA, "20"]), "minut"),
    "half of the codes": (table(TITLE, ["Kommunkod", BARN], ["14", "20 %"], ["80", "21 %"]), "bara två siffror"),
    "half of the codes as numbers": (table(TITLE, ["Knr", BARN], [14.0, "20 %"], [4.0, "21 %"]), "bara två siffror"),
    "a decimal comma in a comma file": (
        table([*HEAD, BARN, None], [*SOLNA, "20", "5"], [*SUNDBY, "24", "1"], file="fil.csv"), "decimaler som skilts"),
    "two decimal commas in a comma file": (
        table([*HEAD, BARN, HEM, None, None], [*SOLNA, "20", "5", "30", "1"], file="fil.csv"), "decimaler som skilts"),
    "decimals in a column of their own": (
        table(TITLE, [*HEAD, BARN, None], [*SOLNA, 20.0, 5.0], [*SUNDBY, 24.0, 1.0]), "decimaler som skilts"),
    "one year's sheet beside the edition's": (
        Book("bok.xlsx", "0" * 64, {
            "2014": two(BARN, title=["Barn och unga"]).sheets["Blad1"],
            "2015": table([*HEAD, JOUR], [*TABY, "Ja"]).sheets["Blad1"]}), "är det år som bladet säger"),
}  # fmt: skip
ALL = TABLES | PARTS | OTHERS


def answers(reading: Reading) -> dict[tuple[str, str], Any]:
    """Return what was read of shares and hours: the file with two years has an answer of its own year as well."""
    return {key: one for key, one in said_by(reading).items() if key[0] != "socialjour" or key[1] != "0160"}


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_read_of_a_sheet_in_doubt(name: str) -> None:
    book, words = ALL[name]
    reading = read_book(book, ASKED)
    assert answers(reading) == {}
    assert words in " ".join(str(fault) for fault in reading.faults)
    assert "skip_rows" not in " ".join(str(fault) for fault in reading.faults)


def ignoring(layout: Layout, rows: list[int]) -> Layout:
    """Return a layout where all that is unknown is ignored, and rows are skipped, as one in a hurry would write."""
    sheets = [
        one.model_copy(update={
            "skip_rows": rows,
            "columns": [column.model_copy(update={"indicator": column.indicator.replace("?", IGNORE)})
                        for column in one.columns]})
        for one in layout.sheets
    ]  # fmt: skip
    return layout.model_copy(update={"sheets": sheets})


@pytest.mark.parametrize("name", ALL)
def test_no_layout_makes_a_sheet_in_doubt_readable(name: str, tmp_path: Path) -> None:
    book, _words = ALL[name]
    first = read_book(book, ASKED)
    assert first.layout is not None
    path = tmp_path / "egen.yml"
    for rows in ([], [4], [5], [6], [5, 6], list(range(5, 20))):
        path.write_text(layout_text(ignoring(first.layout, rows)), encoding="utf-8")
        try:
            reading = read_book(book, Wanted(layout=str(path), edition="2015"))
        except UserError:
            continue
        assert set(answers(reading).items()) == set()


# what looks like doubt and is none: (the file, how many results)
CLEAR: dict[str, tuple[Book, int]] = {
    "a heading that is repeated": (two(BARN, below=[[*HEAD, BARN], [*SOLLEN, "28 %"]]), 3),
    "the same places beside each other": (
        table(TITLE, [*HEAD, BARN, None, *HEAD, PER], [*SOLNA, "20 %", None, *SOLNA, 111.0],
              [*SOLLEN, "28 %", None, *SOLLEN, 133.0]), 4),
    "a column of both sexes": (table(TITLE, [*HEAD, "Kön", BARN], [*SOLNA, "Totalt", "20 %"]), 1),
    "a column of the edition's year": (table(TITLE, [*HEAD, "År", BARN], [*SOLNA, 2015.0, "20 %"]), 1),
    "girls and boys together": (two(BARN, title=["ÖJ 2015. Flickor och pojkar"]), 2),
    "the ages that the indicator has": (two(BARN, title=["ÖJ 2015. Barn 0–20 år"]), 2),
    "a group of municipalities between": (two(BARN, below=[["Förortskommuner"], [*SOLLEN, "28 %"]]), 3),
    "a footnote below": (two(BARN, below=[["Flickor och pojkar 2014, se tabell 2."]]), 2),
    "a footnote on girls below": (two(BARN, below=[["Flickor visas i tabell 2."]]), 2),
    "second headings of counties": (
        table(["Kommun", "Kommunnamn", BARN], ["Län", "Länsnamn", " "], [None, "Riket  ", "23 %"],
              ["01", "Stockholm ", "24,1 %"], ["0184", "Solna ", "20,5 %"]), 3),
    "codes under Kommun": (table(TITLE, ["Kommun", BARN], ["0114", "25 %"], ["0184", "20 %"]), 2),
    "codes as numbers under Kommun": (table(TITLE, ["Kommun", BARN], [114.0, "25 %"], [184.0, "20 %"]), 2),
    "codes and names under Kommun": (table(TITLE, ["Kommun", BARN], ["0114 Upplands Väsby", "25 %"]), 1),
    "codes under Region": (table(TITLE, ["Region", BARN], ["0114", "25 %"], ["0184", "20 %"]), 2),
    "halves of codes beside a county that is written once": (
        table(TITLE, ["Länskod", "Kommunkod", "Kommun", BARN], ["01", "84", "Solna", "20 %"],
              [None, "83", "Sundbyberg", "24 %"], ["12", "80", "Malmö", "25 %"]), 3),
    "counties that are written once": (
        table(TITLE, ["Län", "Kommun", BARN], ["Stockholms län", "Solna", "20 %"], [None, "Täby", "24 %"],
              ["Skåne län", "Malmö", "25 %"], [None, "Lund", "25 %"], [None, "Riket", "23 %"]), 5),
    "halves of codes": (
        table(TITLE, ["Länskod", "Kommunkod", BARN], [1.0, 14.0, "20 %"], [12.0, 80.0, "24 %"], [1.0, 84.0, "9%"]), 3),
    "our survey by its title": (table(["ÖJ 2015 barn och unga"], [*HEAD, "Polis", "Skola"], [*SOLNA, "Ja", "Nej"]), 2),
    "our survey by its file": (table([*HEAD, "Polis"], [*SOLNA, "Ja"], file="barn-och-unga.xlsx"), 1),
    "our survey by another column": (table([*HEAD, "Polis", JOUR], [*SOLNA, "Ja", "Nej"]), 2),
    "our survey by what stands above": (
        table(["Extern samverkan i enskilda ärenden"], [*HEAD, "Polis"], [*SOLNA, "Ja"]), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAR)
def test_what_is_clear_is_read(name: str) -> None:
    book, count = CLEAR[name]
    reading = read_book(book, ASKED)
    assert [str(fault) for fault in reading.faults if "ingen entydig indikator" not in str(fault)] == []
    assert len(reading.results) == count


# ---- which edition

YEARS: dict[str, tuple[Book, list[str]]] = {
    "a title": (two(BARN, title=["Barn- och ungdomsvård 2019. Länets sammanställning"]), ["2019", "ovanför tabellen"]),
    "a sheet": (two(BARN, title=[], sheet="2017"), ["2017", "ovanför tabellen"]),
    "a sheet's name with more": (two(BARN, title=[], sheet="Läget 2017"), ["2017", "ovanför tabellen"]),
    "a file": (two(BARN, title=[], file="barn-2017.xlsx"), ["2017", "ovanför tabellen"]),
    "an edition in the file's name": (two(BARN, title=[], file="oppna-jamforelser-2018.xlsx"), ["2018"]),
    "an edition in the file's name, spelt out": (two(BARN, title=[], file="Öppna jämförelser 2018.xlsx"), ["2018"]),
    "a short edition in the file's name": (two(BARN, title=[], file="ÖJ_2018 barn.xlsx"), ["2018"]),
    "a short edition": (two(BARN, title=["ÖJ 2018"]), ["säger sig gälla", "2018"]),
    "an edition with a dash": (two(BARN, title=["Öppna jämförelser – 2019"]), ["säger sig gälla", "2019"]),
    "a survey's year": (two(BARN, title=["Enkät 2017"]), ["säger sig gälla", "2017"]),
    "the year first": (two(BARN, title=["2018 års öppna jämförelser"]), ["säger sig gälla", "2018"]),
    "two figures": (two(BARN, title=["ÖJ18 barn och unga"]), ["säger sig gälla", "2018"]),
    "an edition in a sheet's name": (two(BARN, title=[], sheet="ÖJ 2016"), ["säger sig gälla", "2016"]),
    "an edition in a note below": (
        two(BARN, title=[], below=[[], ["Källa: Öppna jämförelser 2018"]]), ["säger sig gälla", "2018"]),
    "a date that is another year's": (two(BARN, title=["31 dec 2019"]), ["2019", "ovanför tabellen"]),
    "when it was published": (two(BARN, title=["Publicerad 2021-06-15"]), ["2021", "ovanför tabellen"]),
    "a term": (two(BARN, title=["Barn och unga vt-20"]), ["2020", "ovanför tabellen"]),
    "several years": (two(BARN, title=["Barn och unga 2016–2023"]), ["2016", "ovanför tabellen"]),
    "an edition with an apostrophe": (two(BARN, title=["ÖJ ’19"]), ["säger sig gälla", "2019"]),
    "several editions": (two(BARN, title=["Öppna jämförelser 2014–2015"]), ["flera utgåvor: 2014, 2015"]),
}  # fmt: skip


@pytest.mark.parametrize("name", YEARS)
def test_another_year_is_asked_about_or_refused(name: str) -> None:
    book, words = YEARS[name]
    with pytest.raises(UserError) as caught:
        read_book(book, ASKED if "ovanför tabellen" in words else Wanted())
    assert [word for word in words if word not in str(caught.value)] == [], str(caught.value)


@pytest.mark.parametrize(
    "name", [name for name in YEARS if "edition" in name or YEARS[name][1][0] != YEARS[name][1][-1]]
)
def test_another_edition_is_not_made_the_one_that_is_asked_for(name: str) -> None:
    book, words = YEARS[name]
    if words[0].startswith("säger sig") or "ovanför tabellen" in words:
        with pytest.raises(UserError):
            read_book(book, Wanted(edition="2015"))


@pytest.mark.parametrize(
    "book",
    [
        two(BARN, title=["Öppna jämförelser 2015, uppgifter från 2014"]),
        two(BARN, title=["Befolkning 31 dec 2013"]),
        two(BARN, title=["Uttag 2019-03-01"]),
        two(BARN, title=["Hämtad den 3 januari 2026"]),
        two(BARN, title=["Utskriven 2026-01-03"]),
        two(BARN, title=[], file="skane-oj-2015.xlsx"),
        two(BARN, title=[], file="tabell 2019-03-01.xlsx"),
        two(BARN, title=[], sheet="2015"),
    ],
)
def test_a_date_or_the_edition_itself_is_no_doubt(book: Book) -> None:
    assert len(read_book(book, ASKED).results) == 2


@pytest.mark.parametrize("about", [{}, {"title": ["Befolkning 31 dec 2013"]}, {"file": "tabell 2019-03-01.xlsx"}])
def test_a_file_that_says_no_year_is_asked_about_and_no_year_is_suggested(about: dict[str, Any]) -> None:
    with pytest.raises(UserError) as caught:
        read_book(two(BARN, **({"title": []} | about)), Wanted())
    told = str(caught.value).replace(about.get("file", ""), "")
    assert "säger inte vilket år siffrorna gäller" in told
    assert "bladens namn (Blad1)" in told
    assert "--edition ÅÅÅÅ (EDITION=ÅÅÅÅ)" in told
    assert not re.search(r"\d{4}", told)


def test_an_earlier_layout_does_not_answer_for_another_edition() -> None:
    found = write_layout(read_book(two(BARN), Wanted()))
    assert found is not None
    with pytest.raises(UserError, match="säger sig gälla Öppna jämförelser 2018"):
        read_book(replace(two(BARN, title=["Öppna jämförelser 2018, social barn- och ungdomsvård"])), Wanted())


# ---- a row for each result

ROW = ["kommun", "indikator", "värde"]
LONG: dict[str, tuple[Sequence[str], Sequence[Any], str]] = {
    "sex": (["kön"], ["Flickor"], "står under ”kön”"),
    "sex in English": (["Sex"], ["boys"], "står under ”Sex”"),
    "one letter for sex": (["Kön"], ["P"], "står under ”Kön”"),
    "an age": (["Åldersgrupp"], ["13–17 år"], "står under ”Åldersgrupp”"),
    "a year of measuring": (["mätår"], ["2019"], "är ett annat år än utgåvan 2015"),
    "a year": (["År"], ["2014"], "är ett annat år än utgåvan 2015"),
    "a period": (["period"], ["2018-2019"], "är ett annat år än utgåvan 2015"),
    "a group": (["grupp"], ["Utrikes födda"], "står under ”grupp”"),
    "a kind of figure": (["mått"], ["Antal"], "står under ”mått”"),
    "a comment on girls": (["kommentar"], ["bara flickor"], "gäller därför något annat"),
    "a column that nobody knows": (["segment"], ["B"], "är en kolumn som inte kan läsas"),
    "a parish": (["församling"], ["Solna"], "andra områden än kommuner"),
    "decimals without a heading": ([""], ["5"], "har värden utan rubrik"),
}


@pytest.mark.parametrize("name", LONG)
def test_no_column_of_a_long_table_is_passed_over(name: str) -> None:
    heading, value, words = LONG[name]
    rows = [["Solna", "andel-barn", "20,5 %", *value], ["Sundbyberg", "andel-barn", "24 %", *value]]
    reading = read_book(table([*ROW, *heading], *rows, file="fil.csv"), ASKED)
    assert reading.results == ()
    assert words in str(reading.faults[0])


@pytest.mark.parametrize(
    ("heading", "value"),
    [("kön", "Totalt"), ("Kön", "Båda könen"), ("mätår", "2013"), ("år", "2015"), ("källa", "Socialstyrelsen"),
     ("kommentar", "se not"), ("ålder", "0–20 år")],
)  # fmt: skip
def test_a_column_that_says_that_a_row_is_of_all_is_read(heading: str, value: str) -> None:
    reading = read_book(table([*ROW, heading], ["Solna", "andel-barn", "20,5 %", value], file="fil.csv"), ASKED)
    assert said_by(reading) == {("andel-barn", "0184"): 0.205}


# ---- what somebody wrote is not told

WRITTEN = ("Ring Anna Exempel 070-000 00 00", "Nej, Bo Exempel är sjukskriven", "Anna", "070-123 45 67",
           "19800101-1234", "Jan", "se ärende 12345", "bo.exempel@solna.se", "flytt. till Ekerö")  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("is_long", [False, True])
def test_what_somebody_wrote_in_an_answer_is_told_nowhere(text: str, is_long: bool, data_copy: Path) -> None:
    from oj.cli.import_told import told
    from oj.sources.workbook.intake import import_file

    book = (
        table(ROW, ["Solna", "socialjour", text], ["Ekerö", "socialjour", "Ja"], file="fil.csv")
        if is_long
        else table(TITLE, [*HEAD, JOUR], [*SOLNA, text], ["0125", "Ekerö", "Ja"])
    )
    reading = read_book(book, replace(ASKED, name="egen"), data_copy)
    files = import_file(reading, accept_valid=True, folder=data_copy)
    written = " ".join(
        [*(path.read_text(encoding="utf-8") for path in files), told(reading), *map(str, reading.faults)]
    )
    assert len(reading.faults) == 1
    assert text not in written
    assert ("rad 2" if is_long else "C3") in str(reading.faults[0])


def test_the_unit_of_an_earlier_run_is_not_kept() -> None:
    before, after = ([[*SOLNA, one], [*SUNDBY, other]] for one, other in ((20.5, 24.0), (0.205, 0.24)))
    write_layout(read_book(table(TITLE, [*HEAD, BARN], *before), Wanted()))
    with refused("hade 20,5–24 när layouten skrevs och har nu 0,205–0,24: är enheten densamma?"):
        read_book(table(TITLE, [*HEAD, BARN], *after), Wanted())


def kept(values: Sequence[Any], change: tuple[str, str], heading: str = BARN) -> None:
    """Write the layout of a file with values, changed by hand."""
    book = table(TITLE, [*HEAD, heading], *([*place, one] for place, one in zip((SOLNA, SUNDBY), values, strict=True)))
    path = write_layout(read_book(book, Wanted()))
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")


@pytest.mark.parametrize("text", ["Nejj", "Ja/Nej", "Ja, men bara en del", "1,5"])
def test_an_answer_that_cannot_be_read_refuses_no_more_than_its_cell(text: str) -> None:
    reading = read_book(table(TITLE, [*HEAD, "Skola"], [*SOLNA, text], [*SUNDBY, "Nej"]), Wanted())
    assert (said_by(reading), len(reading.faults)) == ({("overenskommelse-skola", "0183"): "no"}, 1)


@pytest.mark.parametrize(
    ("text", "status"), [("x (1–4)", "secret"), ("x (<30)", "small_base"), ("x (<21)", "small_base")]
)
def test_a_sign_of_another_editions_limit_hides_as_its_own(text: str, status: str) -> None:
    reading = read_book(table(TITLE, [*HEAD, JOUR], [*SOLNA, text]), Wanted())
    assert [one.status for one in reading.results] == [status]


@pytest.mark.parametrize(
    ("text", "hint"),
    [("Nejj", "Menade du ”Nej”?"), ("Delvsi", "Menade du ”Delvis”?"), ("bortfal", "Menade du ”bortfall”?"),
     ("Ja/Nej", ""), ("Ja och nej", ""), ("Nja", ""), ("Nej, delvis", ""), ("Ej", ""), ("Inte ja", ""),
     ("x (4)", ""), ("x (>30)", "")],
)  # fmt: skip
def test_a_guess_is_made_of_a_slip_and_of_nothing_else(text: str, hint: str) -> None:
    reading = read_book(table(TITLE, [*HEAD, JOUR], [*SOLNA, text]), Wanted())
    (fault,) = reading.faults
    assert hint in str(fault)
    assert hint or "Menade du" not in str(fault)


UNITS = {one: ("indicator: andel-barn", f"indicator: andel-barn, unit: {one}") for one in ("percent", "share")}
HOURS = "Varje handläggares genomsnittliga tillgång till arbetsledning (timmar/vecka)"
AS_WAS = ("sheet: Blad1", "sheet: Blad1")
STALE: dict[str, tuple[Sequence[Any], tuple[str, str], Sequence[Any], str, str]] = {
    "percent that became shares": ((20.5, 28.0), UNITS["percent"], (0.205, 0.28), BARN,
                                   "hade 20,5–28 när layouten skrevs och har nu 0,205–0,28"),
    "shares that became percent": ((0.205, 0.28), UNITS["share"], (20.5, 28.0), BARN, "hade 0,205–0,28 när layouten"),
    "small percent that became shares": ((0.8, 2.4), UNITS["percent"], (0.008, 0.024), BARN, "har nu 0,008–0,024"),
    "percent signs that went away": (("20,5 %", "28 %"), UNITS["percent"], (0.205, 0.28), BARN, "hade 20,5–28"),
    "hours that became minutes": ((2.0, 1.5), AS_WAS, (120.0, 90.0), HOURS, "hade 1,5–2 när layouten skrevs"),
    "a unit without a range": ((0.205, 0.28), ("lowest: 0.205, highest: 0.28", "unit: percent"), (0.205, 0.28), BARN,
                               "bara tal till och med 1 (0,205–0,28) men inte lowest och highest"),
}  # fmt: skip


@pytest.mark.parametrize("name", STALE)
def test_a_kept_layout_is_not_used_for_numbers_of_another_size(name: str) -> None:
    before, change, after, heading, words = STALE[name]
    kept(before, change, heading)
    with refused("bok.yml, bladet Blad1, kolumn C", words, "och highest: "):
        read_book(table(TITLE, [*HEAD, heading], [*SOLNA, after[0]], [*SUNDBY, after[1]]), Wanted())


@pytest.mark.parametrize("values", [(19.0, 31.0), ("0,2 %", "0,3 %"), (2.1, 100.0)])
def test_a_kept_layout_is_used_for_numbers_of_the_same_size(values: tuple[Any, Any]) -> None:
    kept((20.5, 28.0), UNITS["percent"])
    reading = read_book(table(TITLE, [*HEAD, BARN], [*SOLNA, values[0]], [*SUNDBY, values[1]]), Wanted())
    assert (len(said_by(reading)), reading.faults) == (2, ())


def test_a_layout_is_used_for_the_file_that_it_was_written_for_whatever_is_in_it() -> None:
    book = table(TITLE, [*HEAD, BARN], [*SOLNA, 20.5], [*SUNDBY, "24 %"], [9999.0, "Någonstans", 4000.0])
    first = read_book(book, Wanted())
    write_layout(first)
    again = read_book(book, Wanted())
    assert (said_by(again), again.faults) == (said_by(first), first.faults)


def test_the_numbers_that_are_told_answer_the_question() -> None:
    kept((20.5, 28.0), ("lowest: 20.5, highest: 28.0", "unit: share, lowest: 0.205, highest: 0.28"))
    reading = read_book(table(TITLE, [*HEAD, BARN], [*SOLNA, 0.205], [*SUNDBY, 0.28]), Wanted())
    assert said_by(reading) == {("andel-barn", "0184"): 0.205, ("andel-barn", "0183"): 0.28}
