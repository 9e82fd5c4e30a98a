"""The fact sheets: every indicator once, with all that is known of it, in a chapter that each area leads to."""

import re
from collections import Counter
from pathlib import Path

import pytest

import oj
from conftest import DATA, EDITION, refused, replace
from frames import KNOWN
from oj.facts.catalog import Indicator, in_area
from oj.facts.datapackage import read_table
from oj.present.method.sheets import open_sheets
from oj.words.swedish import MONTHS

AREAS = read_table("areas", DATA).set_index("area")["name"]
FIELDS = {
    "target": "Mål",
    "purpose": "Varför det mäts",
    "question": "Fråga eller uppgift",
    "rule": "Så räknas det",
    "errors": "Att tänka på",
}
KINDS = {"struktur": "struktur", "process": "process", "resultat": "resultat", "bakgrund": "bakgrundsmått"}
LEVELS = {"district": "stadsdel", "municipality": "kommun", "county": "län", "nation": "riket"}
OF_TWO = """\
    - id: forsta
      letter: a
      title: Första titeln
      short: Första
      phrase: första
      new: true
      measured_on: ["2013-05-02"]
"""
FAMILIES = list(dict.fromkeys(item.family for item in KNOWN.values()))
FIGURES = oj.figures("Stockholm")


def plain(text: str) -> str:
    """Return text with ordinary spaces only and no escapes, as it was written in the catalogue."""
    return re.sub(r"\\(?=[^\w\s])", "", text.replace("\u00a0", " "))


def sheets_of(area: str) -> dict[str, str]:
    """Return each open sheet of an area by its family; fail where a heading or a div is not whole."""
    first, *sheets = re.split(r"^(?=### )", plain(open_sheets(FIGURES.of(area)).markdown), flags=re.MULTILINE)
    assert first == f"## {AREAS[area]} {{.unnumbered}}\n\n"
    found = {}
    for sheet in sheets:
        heading, opened, body = sheet.split("\n\n", 2)
        family = re.fullmatch(r"### .+ \{#sec-faktablad-([a-z0-9-]+) \.unnumbered\}", heading)
        assert family, heading
        assert re.fullmatch(r"::: \{\.fact-sheet .+\}", opened)
        assert body.rstrip().endswith("\n:::")
        found[family[1]] = body.rstrip().removesuffix(":::").strip()
    assert len(found) == len(sheets), "a family has two sheets"
    return found


SHEETS = {family: sheet for area in AREAS.index for family, sheet in sheets_of(area).items()}


def paragraphs(family: str, heading: str) -> dict[str, str]:
    """Return the paragraphs of a sheet under a heading by whom they are about, empty for all."""
    found = re.findall(rf"^\*\*{heading}(?:, (.+))?\.\*\* (.+)$", SHEETS[family], re.MULTILINE)
    assert len({whom for whom, _ in found}) == len(found)
    return dict(found)


def said_of(item: Indicator, heading: str) -> str:
    """Return what a sheet says of one of its indicators under a heading; fail where it says two things."""
    found = [text for whom, text in paragraphs(item.family, heading).items() if not whom or item in named(item, whom)]
    assert len(found) == 1, f"{item.id}, {heading}: {found}"
    return found[0]


def named(item: Indicator, whom: str) -> list[Indicator]:
    """Return whom of an indicator's siblings a heading names, in their order; fail where it names another."""
    found = []
    for sibling in KNOWN.values():
        name = f"{sibling.letter}) {sibling.short}" if sibling.letter else sibling.short
        match = re.match(rf"{re.escape(name)}(?:, | och |$)", whom)
        if sibling.family == item.family and match:
            found.append(sibling)
            whom = whom[match.end() :]
    assert whom == "", f"{whom!r} is no sibling of {item.id}"
    return found


def test_every_title_appears_in_the_appendix_exactly_once() -> None:
    whole = plain("\n".join(open_sheets(FIGURES.of(area)).markdown for area in AREAS.index))
    listed = re.findall(r"^(?:- (?:\w\) )?|\*\*Indikator i tabellen:\*\* )(.+)$", whole, re.MULTILINE)
    assert Counter(listed) == Counter(item.title for item in KNOWN.values())
    assert len(listed) == 48 + 4


def test_every_family_has_one_sheet_in_the_order_of_the_report() -> None:
    assert list(SHEETS) == FAMILIES


@pytest.mark.parametrize("item", KNOWN.values(), ids=lambda item: item.id)
def test_everything_known_of_an_indicator_is_in_its_sheet(item: Indicator) -> None:
    """Each field whole, under its heading, and said of this indicator."""
    for field, heading in FIELDS.items():
        assert said_of(item, heading) == plain(getattr(item, field))
    title = f"{item.letter}) {item.title}" if item.letter else item.title
    assert SHEETS[item.family].count(f" {title}\n") == 1


@pytest.mark.parametrize("item", KNOWN.values(), ids=lambda item: item.id)
def test_every_measuring_date_is_in_the_sheet(item: Indicator) -> None:
    said = said_of(item, r"Mätdatum[^,.*]*").casefold()
    for iso in item.measured_on:
        for part in iso.split("/"):
            year, *rest = part.split("-")
            month = [MONTHS[int(rest[0]) - 1]] if rest else []
            words = " ".join([*(str(int(date)) for date in rest[1:]), *month, year])
            assert re.search(rf"(?<!\d )\b{words}\b", said), f"{words} is not in {said!r}"
    assert said.count("20") + said.count("19") >= len(item.measured_on)


@pytest.mark.parametrize("item", KNOWN.values(), ids=lambda item: item.id)
def test_kind_level_and_news_are_in_the_sheet(item: Indicator) -> None:
    (said,) = paragraphs(item.family, "Typ och nivå").values()
    kinds, levels, *since = said.split(". ")
    assert re.split(", | och ", kinds.casefold()) == [KINDS[kind] for kind in item.kind]
    assert re.split(", | och ", levels.removeprefix("Redovisas för ").rstrip(".")) == [LEVELS[x] for x in item.levels]
    news = " ".join(since)
    assert (bool(news) and (item.short in news or "Ny i utgåvan 2015." in news)) == item.new


@pytest.mark.parametrize("family", FAMILIES)
def test_siblings_share_what_is_the_same(family: str) -> None:
    """A text is told once for all it holds for, and under their names where it does not hold for all."""
    members = [item for item in KNOWN.values() if item.family == family]
    for field, heading in FIELDS.items():
        texts = {getattr(item, field) for item in members}
        found = paragraphs(family, heading)
        assert len(found) == len(texts)
        assert ("" in found) == (len(texts) == 1)


@pytest.mark.parametrize("area", AREAS.index)
def test_a_chapter_links_to_its_sheets_on_the_web_only(area: str) -> None:
    first, _, links, *_ = oj.about(FIGURES.of(area), linked=True).markdown.splitlines()
    assert first == '::: {.content-visible when-format="html"}'
    assert re.findall(r"#sec-faktablad-([a-z0-9-]+)\)", links) == list(sheets_of(area))
    assert all(f"[{item.name}](" in links for item in in_area(area))


@pytest.mark.parametrize("area", AREAS.index)
def test_the_appendix_is_not_folded_and_for_every_format(area: str) -> None:
    whole = open_sheets(FIGURES.of(area)).markdown
    assert "callout" not in whole
    assert "when-format" not in whole


def test_an_unknown_area_gets_a_guess() -> None:
    with refused("”samordnig” finns inte", "Menade du ”samordning”?"):
        oj.about(FIGURES.of("samordnig"))


def test_siblings_that_differ_are_told_apart(data_copy: Path) -> None:
    """In their dates as in their texts, each under its own name."""
    replace(
        data_copy / EDITION / "indicators/saker.yml",
        "    - id: bbic-licens\n",
        OF_TWO + "    - id: bbic-licens\n",
    )
    text = plain(open_sheets(oj.figures("Stockholm", folder=data_copy).of("saker")).markdown)
    assert "\n- a) Första titeln\n- Ordinarie licens Barns behov i centrum (BBIC)\n" in text
    assert re.search(r"^\*\*Mätdatum[^*]*, a\) Första\.\*\* 2 maj 2013\.$", text, re.MULTILINE)
    assert re.search(r"^\*\*Mätdatum[^*]*, BBIC-licens\.\*\* 31 mars 2010, ", text, re.MULTILINE)
    assert "Nya i utgåvan 2015: Första." in text
