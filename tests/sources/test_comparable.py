"""What a workbook says of comparing its years becomes breaks in the series, and nothing is told across them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

import oj
from conftest import DOMAIN
from oj.cli import run
from oj.facts.catalog import indicators
from oj.facts.editions import domain_folder, using
from oj.present.output import Table
from oj.sources.asking.form import COLUMNS, FIRST, KNOWN_COLUMNS, SHEET, SINCE
from oj.sources.comparability import breaks_of_domain, earlier_questions
from oj.sources.terms.comparable import said_of
from oj.sources.workbook.intake import open_book
from oj.sources.workbook.read import BookRead, read_any
from sources.sheet_books import Rows, book

FIRST_ASKED, OTHER = "Rutin för våld i nära relationer", "Stöd till barn som upplevt våld"
NOTE = "* Från och med 2022 är frågan ändrad och inte jämförbar med tidigare år."
PLACES = {"0000": "Riket", "1280": "Malmö", "1281": "Lund", "1285": "Eslöv", "1230": "Staffanstorp", "1231": "Burlöv"}
YEARS = (2021, 2022, 2023)
LONG = "Alla kommuner får enkäten. Svarsfrekvensen var 98 procent 2021. Jämför gärna med liknande kommuner. " * 9
NOTHING: dict[str, tuple[str, ...]] = {}
ONE = {FIRST_ASKED: ("2022",)}
AS_ASKED = {FIRST_ASKED: FIRST_ASKED, OTHER: OTHER}
BOTH = ONE | {OTHER: ("2022",)}


def table(
    titles: Sequence[str] = (FIRST_ASKED, OTHER), years: Sequence[object] = YEARS, notes: Sequence[str] = ()
) -> list[list[Any]]:
    """Return a table with a title and a year over each column, and notes below it."""
    columns = [(title, year) for title in titles for year in years]
    return [
        ["Öppna jämförelser 2021–2023, social barn- och ungdomsvård"],
        [None, None, *(title for title, _ in columns)],
        ["Kod", "Kommun", *(year for _, year in columns)],
        *([code, name, *(answer(code, at) for at in range(len(columns)))] for code, name in PLACES.items()),
        [],
        *([note] for note in notes),
    ]


def answer(code: str, at: int) -> str:
    """Return what a place answers in a column: others than the year before, so that a change would be told."""
    return "50 %" if code == "0000" else ("Ja", "Nej")[(int(code) + at) % 2]


def long(titles: Mapping[str, str], notes: Sequence[str] = (), beside: str = "") -> list[list[Any]]:
    """Return a table with a question on each row; `titles` says how each is written, `beside` what stands beside."""
    rows = [
        [name, code, written, year, answer(code, year), beside if (title, year) == (FIRST_ASKED, 2022) else None]
        for code, name in PLACES.items()
        for title, written in titles.items()
        for year in YEARS
    ]
    heads: list[Any] = ["Kommun", "Kommunkod", "Fråga", "År", "Värde", "Kommentar"]
    return [heads, *rows, [], *([note] for note in notes)]


def read(path: Path, sheets: dict[str, Rows]) -> BookRead:
    """Return a workbook as it is read."""
    found = read_any(open_book(book(path / "bok.xlsx", sheets)), domain_folder(domain=DOMAIN))
    assert not found.account.doubts
    return found


def levels(remark_at: Sequence[int], *, is_between: bool = True) -> list[list[Any]]:
    """Return a table of two questions of three years, each question written once, and a remark over some columns."""
    title, _titles, years, *rows = table()[:-1]
    over = [None, None, *("Ej jämförbart före 2022" if at in remark_at else None for at in range(6))]
    once = [None, None, FIRST_ASKED, None, None, OTHER, None, None]
    return [title, *([once, over] if is_between else [over, once]), years, *rows]


@pytest.mark.parametrize(
    ("remark_at", "is_between", "breaks"),
    [
        ([0], True, ONE), ([3], True, {OTHER: ("2022",)}), ([0, 3], True, BOTH), ([1], True, ONE),
        ([3], False, {OTHER: ("2022",)}), ([0], False, BOTH),  # over the questions and alone: it may be of all
    ],
)  # fmt: skip
def test_a_level_of_remarks_is_of_the_questions_that_it_is_written_under(
    tmp_path: Path, remark_at: Sequence[int], is_between: bool, breaks: dict[str, tuple[str, ...]]
) -> None:
    """Alone on its row it parted the questions from their columns, whose figures were read as another question's."""
    found = read(tmp_path, {"Blad": levels(remark_at, is_between=is_between)})
    assert (broken(found), len(found.figures)) == (breaks, 36)


def test_a_level_with_one_remark_is_a_break_also_over_a_single_column(tmp_path: Path) -> None:
    title, _titles, _years, *rows = table(years=[2023])[:-1]
    heads = [[None, None, FIRST_ASKED, OTHER], [None, None, "Ej jämförbart före 2022"], ["Kod", "Kommun", 2023, 2023]]
    found = read(tmp_path, {"Blad": [title, *heads, *rows]})
    assert (broken(found), len(found.figures)) == (ONE, 12)


def broken(found: BookRead) -> dict[str, tuple[str, ...]]:
    """Return the first years after the breaks, by the questions' titles."""
    titles = {one.indicator.id: one.indicator.title for one in found.measures}
    return {titles[name]: tuple(own) for name, own in found.breaks.items()}


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (NOTE, (2022,)),
        ("Resultaten för 2022 är inte jämförbara med 2021.", (2022,)),
        ("2022 kan inte jämföras med 2021 och tidigare", (2022,)),
        ("Ej jämförbar med tidigare år", ()),
        ("(ej jämförbar före 2020)", (2020,)),
        ("Tidsseriebrott mellan 2020 och 2021", (2021,)),
        ("Brott i tidsserien 2021.", (2021,)),
        ("Uppgifterna för 2016–2019 kan inte jämföras med 2020–2023.", (2020,)),
        ("2020–2023 är inte jämförbara med 2016–2019", (2020,)),
        ("Kan inte jämföras med åren 2016-19.", (2020,)),
        ("Frågan omformulerades 2022. Den är därför inte jämförbar med tidigare år.", (2022,)),
        ("Jämförbar från och med 2019", (2019,)),
        ("Jämförbara år: 2019–2023", (2019, 2024)),
        ("Går endast att jämföra med 2022 och framåt.", (2022,)),
        ("Till och med 2020 ställdes frågan på annat sätt och går inte att jämföra.", (2021,)),
        ("2020 är inte jämförbart med övriga år (pandemin).", (2020, 2021)),
        ("Jämför inte med tidigare år: ny fråga 2023.", (2023,)),
        ("Jämförelser bakåt i tiden kan inte göras före 2021.", (2021,)),
        ("OBS! Data fr.o.m 2022 ej jämförbar med äldre data.", (2022,)),
        ("2019 och 2020 är inte jämförbara med tidigare år", (2019, 2020)),
        ("Serien bröts 2018.", (2018,)),
        ("Sedan 2022 räknas familjehem in, varför utvecklingen inte går att följa bakåt.", (2022,)),
        ("fom 2022 ej jmfbar m tidigare år", (2022,)),
        ("Ejjämnförbart före 2022", (2022,)),
        ("Ej jämförb. m. tid. år fr. 2022", (2022,)),
        ("Från -22 ej jämförbar med tidigare", (2022,)),
        ("T.o.m. 2021 annan definition, ej jämförbar", (2022,)),
        ("Not comparable with previous years (2020-2021)", (2022,)),
        ("Bruten serie 2022", (2022,)),
        ("Tidsseriebrott 2021 och 2023.", (2021, 2023)),
        ("Brott i serien mellan 2020 och 2021 samt mellan 2022 och 2023.", (2021, 2023)),
        ("2021 och 2022 är inte jämförbara med varandra.", (2022,)),
        ("Trend kan inte utläsas mellan 2021 och 2022.", (2022,)),
        ("Jämförelser bakåt bryts i och med 2022 års enkät", (2022,)),
        ("2022 ska inte jämföras med dem från 2021.", (2022,)),
        ("Resultatet för 2023 kan endast jämföras med 2022.", (2022,)),
        ("Kan jämföras med 2022 men inte med tidigare år.", (2022,)),
        ("Kan jämföras med 2022 och 2023 men inte med 2021 och 2020.", (2022,)),
        ("Jämförbara uppgifter finns från och med 2022.", (2022,)),
        ("Jämförbar till och med 2021", (2022,)),
        ("Enkäten har gjorts sedan 2010. Resultaten är inte jämförbara med tidigare år.", ()),
        ("Svarsfrekvensen var 96 procent 2023. Frågan är inte jämförbar med tidigare år.", ()),
        ("Några kommuner svarade inte. Frågan är inte jämförbar före 2022.", (2022,)),
        ("Till följd av den nya lagen (2025:400) kan resultaten inte jämföras med tidigare år.", ()),
        (f"{LONG}Enkäten gjordes om 2022. Resultaten är därför inte jämförbara med tidigare år. {LONG}", (2022,)),
    ],
)
def test_a_text_says_from_which_years_nothing_is_compared(text: str, starts: tuple[int, ...]) -> None:
    said = said_of(text)
    assert said is not None
    assert (said.is_break, said.starts) == (True, starts)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Resultaten kan inte jämföras mellan kommuner.", False),
        ("Öppna jämförelser 2023 – social barn- och ungdomsvård", False),
        ("Jämförelse med riket", False),
        ("Undersökningen gjordes inte 2021.", False),
        ("Frågan har inte ändrats och är jämförbar med 2021.", True),
        ("Enkäten genomfördes inte 2021, och en jämförelse med 2020 är möjlig.", True),
        ("Kommuner som inte har svarat ingår inte i jämförelsen 2022.", False),
        ("Ny definition 2022", True),
        ("Bör jämföras med försiktighet med tidigare år", True),
        ("* Kommunerna är inte jämförbara eftersom de är olika stora.", False),
        ("Jämfört med 2021 har andelen ökat.", False),
        ("Jämförelsevärde: riket 2022", False),
        ("Inga tidsseriebrott 2020–2023.", False),
        ("Ändringen påverkar inte jämförbarheten.", False),
        ("Ej jämförbar med SCB:s statistik för 2022.", True),
        ("Uppgifter för privata utförare är inte jämförbara med kommunal regi.", True),
        ("Svarsfrekvensen är inte jämförbar mellan åren.", True),
        ("För vissa kommuner är 2022 inte jämförbart med tidigare år.", True),
    ],
)
def test_what_is_no_break_is_none(text: str, is_told: bool) -> None:
    said = said_of(text)
    assert (said is not None) is is_told
    assert said is None or not said.is_break


BESIDE = (table([f"{FIRST_ASKED}*"])[1:], table([OTHER])[1:])
SHEETS: dict[str, tuple[dict[str, Rows], dict[str, tuple[str, ...]]]] = {
    "a mark on a heading": ({"Resultat": table([f"{FIRST_ASKED}*", OTHER], notes=[NOTE])}, ONE),
    "a raised mark": ({"Resultat": table([f"{FIRST_ASKED}¹", OTHER], notes=["1) Ej jämförbar före 2022."])}, ONE),
    "two notes in a cell": (
        {"R": table([f"{FIRST_ASKED}1)", f"{OTHER}²"], notes=["1) Ej jämförbar före 2022.\n2) Tidsseriebrott 2023."])},
        ONE | {OTHER: ("2023",)},
    ),
    "a mark on a year": (
        {"Resultat": table(years=(2021, "2022*", 2023), notes=["* Ej jämförbar med tidigare år."])}, BOTH,
    ),
    "a question in the note": (
        {"Resultat": table(notes=[f"Frågan {OTHER} är inte jämförbar före 2022."])}, {OTHER: ("2022",)},
    ),
    "a note of all": ({"Resultat": table(notes=["Resultaten 2022 är inte jämförbara med tidigare år."])}, BOTH),
    "a note above": (
        {"Resultat": [["Resultaten 2022 är inte jämförbara med tidigare år."], *table()]}, BOTH,
    ),
    "a heading": (
        {"Resultat": table([f"{FIRST_ASKED} (ej jämförbar före 2022)", OTHER])},
        {f"{FIRST_ASKED} (ej jämförbar före 2022)": ("2022",)},
    ),
    "yes and no of each": (
        {"Resultat": table(),
         "Information": [["Nr", "Indikator", "Jämförbar med 2021"], ["1", FIRST_ASKED, "Nej"], ["2", OTHER, "Ja"]]},
        ONE,
    ),
    "a year of each": (
        {"Resultat": table(),
         "Information": [["Nr", "Indikator", "Jämförbar från"], ["1", FIRST_ASKED, 2022], ["2", OTHER, None]]},
        ONE,
    ),
    "beside a title": (
        {"Resultat": table(), "Om": [["1", FIRST_ASKED, "Ny lydelse 2022, ej jämförbar med tidigare år"]]}, ONE,
    ),
    "another sheet, of all": ({"Resultat": table(), "Om": [["Tidsseriebrott 2022."]]}, BOTH),
    "a sheet per year": (
        {str(year): table([f"{FIRST_ASKED}*", OTHER], [year], ["* Inte jämförbar med tidigare år"][: year == 2022])
         for year in YEARS},
        ONE,
    ),
    "no year at all": (
        {"Resultat": table([f"{FIRST_ASKED}*", OTHER], notes=["* Inte jämförbar mellan åren."])},
        {FIRST_ASKED: ("2021", "2022", "2023")},
    ),
    "a mark on rows": (
        {"Resultat": long({FIRST_ASKED: f"{FIRST_ASKED}*", OTHER: OTHER}, ["* Tidsseriebrott 2022"])}, ONE,
    ),
    "beside the row": ({"Resultat": long(AS_ASKED, beside="Ej jämförbar med 2021")}, ONE),
    "across": (
        {"Resultat": [*map(list, zip(*table([f"{FIRST_ASKED}*", OTHER])[1:-1], strict=True)), [], [NOTE]]},
        ONE,
    ),
    "of some": ({"Resultat": table(notes=["Vissa frågor är inte jämförbara över tid."])}, NOTHING),
    "of one municipality": (
        {"Resultat": [[*row, "Ej jämförbar med 2021" if row[:1] == ["1280"] else None] for row in table()]}, NOTHING,
    ),
    "nothing": ({"Resultat": table()}, NOTHING),
    "a mark in a cell of its own": (
        {"Resultat": [*table([f"{FIRST_ASKED} [1]", OTHER]), ["[1]", "Ej jämförbar före 2022."]]},
        {f"{FIRST_ASKED} [1]": ("2022",)},
    ),
    "several marks": (
        {"Resultat": table([f"{FIRST_ASKED} 1, 2)", OTHER], notes=["1) Ej jämförbar före 2022.", "2) Avser barn."])},
        {f"{FIRST_ASKED} 1, 2)": ("2022",)},
    ),
    "a note of two rows": (
        {"Resultat": table([f"{FIRST_ASKED}*", OTHER], notes=["* Från 2022 är frågan", "inte jämförbar bakåt."])},
        ONE,
    ),
    "a mark on the years before": (
        {"Resultat": table([FIRST_ASKED], ("2021*", 2022, 2023), ["* Ej jämförbart med övriga år."])},
        {FIRST_ASKED: ("2021", "2022")},
    ),
    "two tables, each with its note": (
        {"R": [*table([f"{FIRST_ASKED}*"], notes=["* Tidsseriebrott 2022."]), [], [],
               *table([f"{OTHER}*"], notes=["* Tidsseriebrott 2023."])]},
        ONE | {OTHER: ("2023",)},
    ),
    "above two tables": (
        {"R": [["2022 är inte jämförbart med tidigare år."], [], *table([FIRST_ASKED]), [], *table([OTHER])]},
        BOTH,
    ),
    "beside each other": (
        {"R": [*([*one, None, *other] for one, other in zip(*BESIDE, strict=True)), [NOTE]]},
        ONE,
    ),
    "numbers in the note": (
        {"Resultat": table([f"1. {FIRST_ASKED}", f"2. {OTHER}"], notes=["Fråga 2 är inte jämförbar före 2022."])},
        {f"2. {OTHER}": ("2022",)},
    ),
    "ids on another sheet": (
        {"Resultat": table([f"U1 {FIRST_ASKED}", f"U2 {OTHER}"]),
         "Om": [["Id", "Jämförbarhet över tid"], ["U1", "Inte jämförbar före 2022"], ["U2", "Alla år"]]},
        {f"U1 {FIRST_ASKED}": ("2022",)},
    ),
    "a question that the file does not have": (
        {"Resultat": table(),
         "Om": [["Fråga", "Kommentar"], [FIRST_ASKED, ""], ["En annan", "Ej jämförbar före 2022"]]},
        NOTHING,
    ),
    "the name of the sheet": ({"Ej jämförbar före 2022": table()}, BOTH),
    "the name of a year's sheet": (
        {"2021": table(years=[2021]), "2022 (ej jämförbart bakåt)": table(years=[2022]), "2023": table(years=[2023])},
        BOTH,
    ),
    "the name of a sheet that lists questions": (
        {"Resultat": table(), "Ej jämförbara före 2022": [["Fråga"], [FIRST_ASKED]]}, ONE,
    ),
    "the name of a sheet that lists others": (
        {"Resultat": table(), "Ej jämförbara före 2022": [["Fråga"], ["En annan"]]}, NOTHING,
    ),
    "a list": (
        {"Resultat": table(), "Om": [["Dessa är inte jämförbara före 2022:"], [FIRST_ASKED], ["Övriga är det."]]}, ONE,
    ),
    "years of each": (
        {"Resultat": table(),
         "Om": [["Fråga", "Ej jämförbar med"], [FIRST_ASKED, "2020, 2021"], [OTHER, None]]},
        ONE,
    ),
    "a title that has the words": (
        {"Resultat": table(["Resultaten jämförs inte med tidigare år", OTHER]),
         "Om": [["1", "Resultaten jämförs inte med tidigare år"]]},
        NOTHING,
    ),
    "a mark on a municipality": (
        {"R": [[f"{cell}*" if cell == "Lund" else cell for cell in row]
               for row in table(notes=["* Ej jämförbar med tidigare år."])]},
        NOTHING,
    ),
    "beside the row of one municipality": (
        {"R": [[*row[:5], "Ej jämförbar bakåt" if row[1:] and row[1] == "1281" else None] for row in long(AS_ASKED)]},
        NOTHING,
    ),
    "beside the rows of a year": (
        {"R": [["Kommun", "År", FIRST_ASKED, "Kommentar"],
               *([name, year, answer(code, year), "Ej jämförbar bakåt" if year == 2022 else None]
                 for code, name in PLACES.items() for year in YEARS)]},
        ONE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("manner", SHEETS)
def test_a_break_is_found_where_it_is_told(manner: str, tmp_path: Path) -> None:
    sheets, wanted = SHEETS[manner]
    assert broken(read(tmp_path, sheets)) == wanted


COMMENTS: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {
    "at a question": ("C2", "Ej jämförbar före 2022", ONE),
    "at a year of one question": ("G3", "Inte jämförbar med tidigare år", {OTHER: ("2022",)}),
    "with its writer's name": ("F2", "Anna Berg:\nEj jämförbar före 2022", {OTHER: ("2022",)}),
    "at the title of the sheet": ("A1", "Tidsseriebrott 2022", BOTH),
    "at a municipality's answer": ("D6", "Ej jämförbar med 2021", NOTHING),
    "at a municipality": ("B6", "Ej jämförbar med 2021", NOTHING),
    "at an empty cell above": ("H1", "Resultaten 2022 är inte jämförbara med tidigare år.", BOTH),
    "of something else": ("C2", "Kontrollerad mot enkäten 2022", NOTHING),
}


@pytest.mark.parametrize("where", COMMENTS)
def test_a_break_is_found_in_a_comment_at_a_cell(where: str, tmp_path: Path) -> None:
    """The years are told apart by what somebody wrote beside a cell, and nothing was said of it."""
    cell, said, wanted = COMMENTS[where]
    path = commented(book(tmp_path / "bok.xlsx", {"Resultat": table()}), cell, said)
    found = read_any(open_book(path), domain_folder(domain=DOMAIN))
    assert broken(found) == wanted
    assert not any("Malmö" in one.text or "Lund" in one.text for one in found.remarks)


def test_a_level_of_headings_about_comparing_is_no_title(tmp_path: Path) -> None:
    """All questions were called ”Ej jämförbart före 2022”."""
    said = [None, None, *["Ej jämförbart före 2022"] * 3, None, None, None]
    found = read(tmp_path, {"Resultat": [*table()[:2], said, *table()[2:]]})
    assert {one.indicator.title for one in found.measures} == {FIRST_ASKED, OTHER}
    assert broken(found)[FIRST_ASKED] == ("2022",)


@pytest.mark.parametrize(("cell", "wanted"), [("C2:D2", ONE), ("XX", NOTHING), ("C0", NOTHING), ("c2", NOTHING)])
def test_a_comment_at_no_cell_is_told_and_not_read(
    cell: str, wanted: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    """A damaged file gave a trace of calls."""
    path = commented(book(tmp_path / "bok.xlsx", {"Resultat": table()}), "C2", "Ej jämförbar före 2022")
    with ZipFile(path) as parts:
        texts = {name: parts.read(name).replace(b'ref="C2"', f'ref="{cell}"'.encode()) for name in parts.namelist()}
    with ZipFile(path, "w") as parts:
        for name, text in texts.items():
            parts.writestr(name, text)
    found = read_any(open_book(path), domain_folder(domain=DOMAIN))
    assert broken(found) == wanted
    assert bool(found.unread) is not bool(wanted)


def commented(path: Path, cell: str, said: str) -> Path:
    """Write a comment at a cell."""
    made = load_workbook(path)
    made.worksheets[0][cell].comment = Comment(said, "Anna Berg")
    made.save(path)
    return path


def test_only_a_comment_that_is_not_read_is_told_as_such(tmp_path: Path) -> None:
    path = book(tmp_path / "bok.xlsx", {"Resultat": table()})
    for cell, said in (("C2", "Ej jämförbar före 2022"), ("F2", "Fråga Anna")):
        commented(path, cell, said)
    found = read_any(open_book(path), domain_folder(domain=DOMAIN))
    assert found.unread == ("Anteckningar och kommentarer vid celler läses inte: Resultat F2.",)


def test_what_stands_beside_a_place_is_not_quoted(tmp_path: Path) -> None:
    words = "Ej jämförbar med 2021: bara 2 barn"
    found = read(tmp_path, {"Resultat": long(AS_ASKED, beside=words)})
    assert [one.text for one in found.remarks] == [""]


def imported(path: Path, data: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """Read a file in, and return what is said of it."""
    with using(data):
        assert run(["import", str(path), "--domain", DOMAIN, *more]) == 0
    return capsys.readouterr().out


def test_no_change_is_told_over_a_break_until_somebody_says_otherwise(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path / "bok.xlsx", {"Resultat": table([f"{FIRST_ASKED}*", OTHER], notes=[NOTE])})
    told = imported(path, data_copy, capsys)
    assert f"”{NOTE}” (Resultat A11): brott i serien 2022 för ”{FIRST_ASKED}”." in told
    home = data_copy / DOMAIN
    assert steps(home) == {
        ("2022", "2021"): (False, True),
        ("2023", "2022"): (True, True),
        ("2023", "2021"): (False, True),
    }
    with using(data_copy):
        name = next(key for key, item in indicators(home / "2022").items() if item.title == FIRST_ASKED)
        assert breaks_of_domain(home)(name) == {"2016", "2022"}
        rows = oj.figures("Skåne", edition="2022", domain=DOMAIN)
        told = oj.method(rows, "brott")
        assert isinstance(told, Table)
        assert "Resultat A11" in told.markdown
        assert NOTE not in told.markdown
    answered(tmp_path / "bok-fragor.xlsx", FIRST_ASKED, "alla år")
    imported(tmp_path / "bok-fragor.xlsx", data_copy, capsys)
    assert steps(home) == dict.fromkeys(steps(home), (True, True))
    imported(path, data_copy, capsys)  # what a person has said stays
    assert steps(home) == dict.fromkeys(steps(home), (True, True))


def test_somebody_may_say_of_any_question_from_when_it_is_compared(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(book(tmp_path / "bok.xlsx", {"Resultat": table()}), data_copy, capsys)
    asked = tmp_path / "bok-fragor.xlsx"
    answered(asked, OTHER, "23 och framåt")
    with using(data_copy):
        assert run(["import", str(asked), "--domain", DOMAIN]) == 2
    assert "ska vara ett år med fyra siffror, ”alla år” eller tom" in capsys.readouterr().err
    answered(asked, OTHER, 2023)
    imported(asked, data_copy, capsys)
    home = data_copy / DOMAIN
    assert steps(home) == {
        ("2022", "2021"): (True, True),
        ("2023", "2022"): (True, False),
        ("2023", "2021"): (True, False),
    }


def steps(home: Path) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Return whether each of the two questions may be compared, by the edition and an earlier one."""
    found = {}
    for year in ("2022", "2023"):
        with using(home.parent):
            known, earlier = indicators(home / year), earlier_questions(home / year)
        names = [next(key for key, item in known.items() if item.title == title) for title in (FIRST_ASKED, OTHER)]
        for before in (one for one in ("2022", "2021") if one < year):
            found[year, before] = (earlier[names[0]][before], earlier[names[1]][before])
    return found


def answered(path: Path, title: str, said: object) -> None:
    """Answer in the sheet of questions from when one is compared."""
    made = load_workbook(path)
    sheet = made[SHEET]
    rows = [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == title]
    sheet.cell(rows[0], COLUMNS.index(SINCE) + 1).value = said
    made.save(path)


def test_the_reading_by_program_has_what_is_said_of_comparing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path / "bok.xlsx", {"Resultat": table([f"{FIRST_ASKED}*", OTHER], notes=[NOTE])})
    assert run(["import", str(path), "--domain", DOMAIN, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["comparability"]
    assert [(one["cell"], [own["from"] for own in one["breaks"]]) for one in told] == [("A11", [["2022"]])]


def test_a_known_question_can_be_answered_too() -> None:
    assert SINCE in KNOWN_COLUMNS


ONE_YEAR = {
    "a heading's end": [["Kod", "Kommun", f"{FIRST_ASKED}, ej jämförbart före 2022", OTHER]],
    "a heading's end after a dash": [["Kod", "Kommun", f"{FIRST_ASKED} – tidsseriebrott 2022", OTHER]],
    "a row over": [["", "", "Ej jämförbart före 2022", ""], ["Kod", "Kommun", FIRST_ASKED, OTHER]],
    "a title": [["Resultaten är inte jämförbara med 2022"], ["Kod", "Kommun", FIRST_ASKED, OTHER]],
}


@pytest.mark.parametrize("manner", ONE_YEAR)
@pytest.mark.parametrize("title", ["Öppna jämförelser 2023, social barn- och ungdomsvård", "Barn- och ungdomsvård"])
def test_a_year_that_is_not_compared_is_not_the_year_of_the_figures(title: str, manner: str, tmp_path: Path) -> None:
    rows = [[code, name, "Ja", "Nej"] for code, name in PLACES.items() if code != "0000"]
    path = book(tmp_path / "bok.xlsx", {"Resultat": [[title], *ONE_YEAR[manner], *rows]})
    found = read_any(open_book(path), domain_folder(domain=DOMAIN))
    assert found.editions == (["2023"] if "2023" in title else [])
    assert found.says_no_year is ("2023" not in title)
