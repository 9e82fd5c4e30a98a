"""The summary in English says what the Swedish one says: the same figures in the same order, and nothing in Swedish."""

import re

import pytest

import oj
from frames import JONKOPING, KNOWN, REPORTS, STOCKHOLM, figures_of
from oj.facts.places import all_places
from oj.facts.texts import texts_of
from oj.present.front.english import LEFT_OUT
from oj.present.output import Table, Text
from oj.words.swedish import WORDS

PLACES = {name for one in all_places().values() for name in (one.name, one.short)}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def told(part: object) -> list[str]:
    """Return what an output says, cell by cell and line by line."""
    if isinstance(part, Table):
        assert part.grid
        cells = [cell for row in part.grid.rows for cell in row]
        return [part.caption, *part.notes, *(cell.text for cell in cells), *(cell.how for cell in cells)]
    assert isinstance(part, Text)
    return part.markdown.split("\n")


def figures_in(text: str) -> list[str]:
    """Return the figures of a text in either language, small counts as figures."""
    plain = re.sub(r"(?<=\d)[\u00a0 ,](?=\d{3}\b)", "", text.replace("Ja- och Nej", ""))
    for words in (WORDS, COUNTS):
        for at, word in enumerate(words[2:], 2):
            plain = re.sub(rf"\b{word}\b(?= (?:kommun|municip))", str(at), plain)
    return NUMBER.findall(plain.replace(",", "."))


@pytest.mark.parametrize("report", REPORTS)
def test_the_figures_are_those_of_the_swedish_summary(report: str) -> None:
    figures = figures_of(REPORTS[report])
    swedish, english = list(oj.summary(figures, "Gruppen")), list(oj.summary(figures, "Gruppen", language="en"))
    assert len(swedish) == len(english) > 0
    for one, other in zip(swedish, english, strict=True):
        assert [sorted(figures_in(line)) for line in told(one)] == [sorted(figures_in(line)) for line in told(other)]
        assert LEFT_OUT not in "\n".join(told(other))


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_is_left_in_swedish(report: str) -> None:
    for part in oj.summary(figures_of(REPORTS[report]), language="en"):
        for line in told(part):
            left = line
            for name in sorted(PLACES, key=len, reverse=True):
                left = left.replace(name, "")
            assert not re.search(r"[åäöÅÄÖ]|\b(?:och|mot|av|inom|riket|cirka|målet|timmar)\b", left), line


def test_every_measure_and_part_has_a_name_in_english() -> None:
    words = texts_of().english
    assert set(KNOWN) | {one.table for one in KNOWN.values()} == set(words)
    assert len(set(words.values())) == len(words)


def test_what_has_no_english_form_is_told_to_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oj.present.front.english.FORMS", {})
    text = next(part for part in oj.summary(figures_of(STOCKHOLM), language="en") if isinstance(part, Text))
    assert text.markdown == f"- {LEFT_OUT}"


def test_a_sentence_reads_as_english() -> None:
    text = next(part for part in oj.summary(figures_of(JONKOPING), language="en") if isinstance(part, Text))
    assert text.markdown.splitlines()[0] == (
        "- On average 24.3 of 39 targets are reached in Jönköping County, and about 19.1 in Sweden."
    )
