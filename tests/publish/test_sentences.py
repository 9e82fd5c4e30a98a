"""Every generated sentence of the finished report, made once more from resultat.csv, and the tables that hold some."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pytest

import oj
import written
from frames import figures_of
from oj.facts.catalog import indicators
from oj.present.output import Table, Text, as_parts
from oj.publish.build.downloads import table_of, write_texts
from oj.words.swedish import genitive
from oj.words.vocabulary import ANSWER_WORDS, STATUSES
from publish.building import Built
from publish.grids import one_line
from publish.read_html import Element, read_page
from publish.read_word import read_word, text_of
from rederive import TABLES, Facts, Row, read_rows
from rederive_report import (
    CHAPTERS,
    KINDS,
    LEADS,
    Told,
    everything,
    expected_tables,
    guides_of,
    is_true,
    kind_of,
    report_of,
)
from rederive_sheets import peers, targets, whose_lines

NOTE = "Mål saknas också inom "
Cells = list[list[str]]


@dataclass
class Shown:
    """What a report shows: each page's lists of sentences, its tables by caption, the notes under the guides."""

    facts: Facts
    told: dict[str, Told]
    tables: dict[str, Cells]
    notes: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [one for lists in self.told.values() for told in lists for one in told]


def sentences_in(page: Element) -> Told:
    """Return the generated sentences of a page, list by list; a paragraph is told whole."""
    parts = page.of_class("findings")
    for part in parts:
        assert {child.tag for child in part.children if isinstance(child, Element)} in ({"ul"}, {"p"})
    return [[item.text for item in part.all("li")] or [item.text for item in part.all("p")] for part in parts]


def lines_of(cell: Element) -> str:
    """Return a cell's text, the lines that <br> parts each on its own, and what a list has in it."""
    if items := list(cell.all("li")):
        return "\n".join(one_line(item.text) for item in items)
    parts = ["\n" if isinstance(child, Element) and child.tag == "br" else
             child if isinstance(child, str) else lines_of(child) for child in cell.children]  # fmt: skip
    lines = "".join(part if part == "\n" else part.replace("\n", " ") for part in parts).split("\n")
    return "\n".join(one_line(line) for line in lines)


def cells_of(table: Element) -> Cells:
    """Return every cell of a table, the header first."""
    return [[lines_of(cell) for cell in row.all("th", "td")] for row in table.all("tr")]


def captioned(pages: Iterable[Element]) -> Iterator[tuple[str, Element]]:
    """Yield every table with a caption."""
    for page in pages:
        for table in page.all("table"):
            for caption in table.all("caption"):
                yield caption.text, table


def read(built: Built) -> Shown:
    """Read a finished report and its resultat.csv."""
    pages = {path.stem: read_page(path) for path in built.path.glob("*.html") if path.stem != "summary-en"}
    found = dict(captioned(pages.values()))
    titles = [(caption.partition(": "), caption) for caption in found]
    refs = {
        table: number for table, row in TABLES.items() for (number, _, title), _ in titles
        if title.startswith(f"{row['title']}, ")
    }  # fmt: skip
    facts = Facts(read_rows(built.path / "resultat.csv"), built.parameters.group_name, refs)
    tables = {caption.partition(": ")[2]: cells_of(table) for caption, table in found.items()}
    told = {_code(facts, name, page): sentences_in(page) for name, page in pages.items()}
    notes = [note.text for note in pages["analysguide"].all("p", "div") if note.text.startswith(NOTE)]
    return Shown(facts, {page: lists for page, lists in told.items() if lists}, tables, list(dict.fromkeys(notes)))


def _code(facts: Facts, name: str, page: Element) -> str:
    """Return a page's name, a municipality's code for the page about it."""
    if not name.startswith("kommun-"):
        return name
    (code,) = (
        place for place in facts.own
        if any(f"{genitive(facts.names[place])} bakgrundsmått, " in caption for caption, _ in captioned([page]))
    )  # fmt: skip
    return code


def from_library(folder: Path, results: pd.DataFrame) -> Shown:
    """Return what the library shows of some results, without building a report."""
    figures = figures_of(results)
    write_texts(table_of(figures), folder / "resultat.csv")
    facts = Facts(read_rows(folder / "resultat.csv"))
    guides = as_parts(oj.guide(figures))
    told = {
        area: [*as_parts(*([oj.findings(figures.of(area))] if area in LEADS else []), *(
            oj.findings(figures.of(table)) for table, row in TABLES.items() if row["area"] == area
        ))]
        for area in CHAPTERS
    }  # fmt: skip
    shown_first = as_parts(oj.summary(figures))
    told["index"] = [part for part in shown_first if isinstance(part, Text)]
    told["inledning"] = [*as_parts(oj.opening(figures), oj.findings(figures), oj.findings(figures.at("riket")))]
    told["oversikt"] = [*as_parts(oj.findings(oj.targets(figures)))]
    told["analysguide"] = [part for part in guides if isinstance(part, Text)]
    told |= {place: [*as_parts(oj.findings(figures, place))] for place in facts.own}
    shown_tables = as_parts(
        shown_first, guides, oj.table(oj.targets(figures)), *(oj.sheet(figures, place) for place in facts.own)
    )
    tables = [one for one in shown_tables if isinstance(one, Table)]
    pages = {
        page: [_lines(text) for text in texts if isinstance(text, Text) and text.rows and text.markdown]
        for page, texts in told.items()
    }
    notes = [note for table in tables for note in table.notes if note.startswith(NOTE)]
    shown = {one_line(table.caption): _cells(table, folder / "tabell.html") for table in tables}
    return Shown(facts, {page: lists for page, lists in pages.items() if lists}, shown, notes)


def _lines(text: Text) -> list[str]:
    return [one_line(line.removeprefix("- ")) for line in text.markdown.split("\n")]


def _cells(table: Table, path: Path) -> Cells:
    path.write_text(table.html, encoding="utf-8")
    return cells_of(read_page(path))


@pytest.fixture(scope="module")
def reports(report: Built, county_report: Built, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shown]:
    """Return what a report shows, by name: two that are built and some that the library makes."""
    made = {"stockholm": read(report), "jonkoping": read(county_report)}
    for name, (municipalities, others) in SMALL.items():
        results = written.results("Stockholm", municipalities=municipalities, compare_with=others)
        made[name] = from_library(tmp_path_factory.mktemp(name), results)
    made["gaps"] = from_library(tmp_path_factory.mktemp("gaps"), with_gaps(written.results("Stockholm")))
    return made.__getitem__


def with_gaps(results: pd.DataFrame) -> pd.DataFrame:
    """Return results where Solna is as the nation in every table, and other municipalities lack some figures."""
    known, changed = indicators(), results.copy()
    for table in TABLES:
        names = [item.id for item in known.values() if item.table == table and item.is_answer]
        of_table = changed["indicator"].isin(names)
        share = changed.loc[of_table & (changed["place"] == "00"), "value"].sum()
        mine = changed.index[of_table & (changed["place"] == "0184")]
        changed.loc[mine, "answer"] = ["yes" if at < round(share) else "no" for at in range(len(mine))]
    for place, name, status in GAPS:
        cell = (changed["place"] == place) & (changed["indicator"] == name)
        sign = STATUSES[status].sign
        changed.loc[cell, ["value", "answer", "status", "display"]] = [float("nan"), None, status, sign]
    shown = changed["answer"].map(ANSWER_WORDS)
    return changed.assign(display=shown.where(shown.notna(), changed["display"]))


GAPS = (
    ("0123", "rutin-missbruk", "missing"), ("0123", "bbic-licens", "missing"), ("0123", "socialjour", "not_applicable"),
    ("0125", "overenskommelse-polis", "suppressed"), ("0125", "arbetsledning", "missing"),
    ("0163", "arbetsledning", "suppressed"), ("0163", "bedomning-missbruk", "missing"),
    *(("0191", f"rutin-{name}", "missing") for name in ("ekonomiskt-bistand", "missbruk", "familjeratt")),
)  # fmt: skip
SMALL: dict[str, tuple[list[str], list[str]]] = {
    "few": (["Upplands Väsby", "Ekerö"], []),
    "many": (["Sollentuna", "Sundbyberg"], ["Jönköping"]),
    "three": (["Solna", "Sigtuna", "Järfälla"], []),
    "one": (["Solna"], ["Jönköping"]),
}
REPORTS = ("stockholm", "jonkoping", *SMALL, "gaps")
Reports = Callable[[str], Shown]


@pytest.mark.parametrize("name", REPORTS)
def test_every_sentence_is_of_one_kind_and_true(reports: Reports, name: str) -> None:
    shown = reports(name)
    assert shown.sentences
    assert [one for one in shown.sentences if not is_true(one, shown.facts)] == []


@pytest.mark.parametrize("name", REPORTS)
def test_what_should_be_said_is_said_in_order(reports: Reports, name: str) -> None:
    shown = reports(name)
    assert shown.told == report_of(shown.facts)


def test_every_kind_is_met(reports: Reports) -> None:
    met = {kind_of(one) for name in REPORTS for one in reports(name).sentences}
    assert met == {name for name, _, _ in KINDS}


def shown_tables(shown: Shown) -> dict[str, Cells]:
    """Return the body of the same tables as they are shown."""
    kinds = ("förbättringsområden", "bakgrundsmått", "mål, delområde", "Antal mål som nås", "i en bild")
    starts = {caption: caption.partition(": skäl")[0].partition(", utgåvan")[0] for caption in shown.tables}
    first = whose_lines(shown.facts) if shown.facts.own else ""
    return {start: shown.tables[caption][1:] for caption, start in starts.items()
            if start == first or any(kind in start for kind in kinds)}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_of_guides_and_sheets(reports: Reports, name: str) -> None:
    shown = reports(name)
    found, expected = shown_tables(shown), expected_tables(shown.facts)
    assert set(found) == set(expected)
    assert [(start, *pair) for start, cells in expected.items() for pair in zip(found[start], cells, strict=True)
            if pair[0] != pair[1]] == []  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_every_guide_tells_what_it_leaves_out(reports: Reports, name: str) -> None:
    shown = reports(name)
    notes = [note.split(". ")[0].removesuffix(".") + "." for note in shown.notes]  # after it what terms mean
    assert notes == list(dict.fromkeys(note for _, note in guides_of(shown.facts).values() if note))


@pytest.mark.parametrize("name", REPORTS)
def test_the_headings_of_the_tables(reports: Reports, name: str) -> None:
    shown = reports(name)
    heads = {caption: cells[0] for caption, cells in shown.tables.items()}
    (targets_head,) = (head for caption, head in heads.items() if caption.startswith("Antal mål som nås"))
    assert targets_head == targets(shown.facts)[0]
    for caption, head in heads.items():
        if "förbättringsområden: " in caption:
            assert head == ["Delområde", "Steg 1: Därför", "Steg 2: Komplettera med", "Steg 3: Över tid"]
        if "mål, delområde för delområde" in caption:
            (place,) = (one for one, name in shown.facts.names.items() if caption.startswith(f"{genitive(name)} mål"))
            others = ", och jämförbara kommuner som når dem" if peers(shown.facts, place) else ""
            assert head == ["Delområde", "Når", "Riket", "Länet", f"Mål som saknas{others}"]


@pytest.mark.parametrize("name", ["report", "county_report"])
def test_the_same_sentences_stand_in_word(reports: Reports, name: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(name)
    shown = reports({"report": "stockholm", "county_report": "jonkoping"}[name])
    paragraphs = {text_of(paragraph._p) for paragraph in read_word(built.path / "rapport.docx").paragraphs}
    assert [one for one in shown.sentences if one not in paragraphs] == []


def changed(facts: Facts, at: int, **values: str) -> Facts:
    """Return facts with one row changed."""
    rows = list(facts.rows)
    rows[at] = {**rows[at], **values}
    return replace(facts, rows=rows)


def rows_where(facts: Facts, wanted: Callable[[Row], bool]) -> list[int]:
    return [at for at, row in enumerate(facts.rows) if row["subarea"] != "grupper" and wanted(row)]


def test_another_answer_is_another_report(reports: Reports) -> None:
    """Every eleventh answer, turned round, makes some sentence or cell false."""
    shown = reports("stockholm")
    as_shown = (shown.told, shown_tables(shown))
    assert as_shown == everything(shown.facts)
    other = {"yes": "no", "no": "yes", "partly": "yes"}
    for at in rows_where(shown.facts, lambda row: row["answer"] != "")[::11]:
        facts = changed(shown.facts, at, answer=other[shown.facts.rows[at]["answer"]])
        assert everything(facts) != as_shown, facts.rows[at]


def test_another_number_makes_a_sentence_false(reports: Reports) -> None:
    """The county's and the nation's shares, a step of one half away, each make a shown sentence false."""
    shown = reports("stockholm")
    known = {item.id for item in shown.facts.targets}
    for at in rows_where(shown.facts, lambda row: row["indicator"] in known and row["place"] in ("00", "01"))[::9]:
        share = float(shown.facts.rows[at]["value"])
        facts = changed(shown.facts, at, value=f"{share + (0.5 if share < 0.5 else -0.5):.2f}")
        assert not all(is_true(one, facts) for one in shown.sentences), facts.rows[at]


def test_a_hidden_number_makes_a_sentence_false(reports: Reports) -> None:
    shown = reports("stockholm")
    staff = rows_where(shown.facts, lambda row: row["indicator"] == "arbetsledning" and row["level"] == "municipality")
    for at in staff:
        facts = changed(shown.facts, at, value="", status="suppressed")
        assert not all(is_true(one, facts) for one in shown.sentences), facts.rows[at]


def test_an_altered_sentence_is_false(reports: Reports) -> None:
    """A sentence with another figure, or another municipality, is none of those that the rows make true."""
    facts = reports("stockholm").facts
    true = {one for _, _, rule in KINDS for one in rule(facts)}
    for one in reports("stockholm").sentences:
        assert one in true
        if "mot riket: " in one:  # names no municipality: another may lie so
            continue
        altered = [one.replace("Solna", "Sala").replace("Ekerö", "Ekeby")]
        altered += [f"{one[:at]}{(int(sign) + 1) % 10}{one[at + 1 :]}" for at, sign in enumerate(one) if sign.isdigit()]
        assert not true & {other for other in altered if other != one}, one
