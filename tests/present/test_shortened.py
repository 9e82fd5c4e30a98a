"""Lists where a beginning is said once, and the grammar of every sentence over made-up results."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import oj
from frames import KNOWN, MUNICIPALITIES, REGIONS, cells_of, figures_of, frames, made
from oj.facts.catalog import in_table
from oj.present.output import Table, Text, as_parts
from oj.words.swedish import BEGINNING, count, listing, shortened

PHRASES = [item.phrase for item in KNOWN.values() if item.is_answer]
BEGINNINGS = ("rutin för ", "överenskommelse med ", "rutin för samordning med ", "uppföljning av ", "svar om ")
WORDS = ("missbruk", "LSS/barn", "familjerätt", "barn- och ungdomsmedicin", "HVB", "skolan")
TABLES = sorted({item.table for item in KNOWN.values()})
ANSWERED = sorted({item.table for item in KNOWN.values() if item.is_answer})
ROWS = re.compile(r"<tr>(.*?)</tr>")
CELLS = re.compile(r"<td[^>]*>(.*?)</td>")

phrases = st.one_of(
    st.sampled_from(PHRASES),
    st.builds("{}{}".format, st.sampled_from(BEGINNINGS), st.sampled_from(WORDS)),
    st.sampled_from(["socialjour", "BBIC-licens", "psykosocial behandling"]),
)


def lengthened(text: str, first: Sequence[str]) -> list[str]:
    """Return the phrases of a list, each with the beginning that was said before it; `first` are all phrases."""
    known = sorted(set(first), key=len, reverse=True)
    found, rest, beginning = [], text, ""
    while rest:
        options = [(phrase, phrase) for phrase in known if rest.startswith(phrase)]
        options += [
            (phrase, phrase.removeprefix(beginning))
            for phrase in known
            if beginning and phrase.startswith(beginning) and rest.startswith(phrase.removeprefix(beginning))
        ]
        options = [(phrase, told) for phrase, told in options if re.match(r"(, | och |$)", rest[len(told) :])]
        assert len({phrase for phrase, _ in options}) == 1, (rest, options)
        phrase, told = options[0]
        found.append(phrase)
        start = BEGINNING.match(phrase)
        beginning, rest = start[0] if start else "", re.sub(r"^(, | och )", "", rest[len(told) :])
    return found


@given(st.lists(phrases, min_size=1, max_size=8, unique=True))
@settings(max_examples=300)
def test_every_phrase_is_found_again(told: list[str]) -> None:
    assert lengthened(shortened(told), told) == told


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=12, unique=True))
@settings(max_examples=100)
def test_no_phrase_of_the_catalogue_is_lost(told: list[str]) -> None:
    ordered = sorted(told, key=PHRASES.index)
    assert lengthened(shortened(ordered), PHRASES) == ordered


@given(phrases)
def test_a_single_phrase_is_unchanged(phrase: str) -> None:
    assert shortened([phrase]) == phrase


@given(st.lists(phrases, min_size=1, max_size=8, unique=True))
def test_a_beginning_is_said_once_in_a_row_and_never_where_it_is_not(told: list[str]) -> None:
    """The list is never longer than all phrases in full, and full where no neighbours begin alike."""
    starts = [found[0] if (found := BEGINNING.match(phrase)) else "" for phrase in told]
    alike = [one for one, two in pairwise(starts) if one and one == two]
    assert len(listing(told)) - len(shortened(told)) == sum(map(len, alike))
    assert alike or shortened(told) == listing(told)


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6, unique=True), st.sampled_from(BEGINNINGS))
def test_a_common_beginning_stands_first_only(words: list[str], beginning: str) -> None:
    assert shortened([beginning + word for word in words]) == beginning + listing(words)


def test_a_beginning_is_said_again_after_another() -> None:
    told = ["rutin för missbruk", "socialjour", "rutin för LSS/barn"]
    assert shortened(told) == "rutin för missbruk, socialjour och rutin för LSS/barn"


def faults(sentence: str) -> list[str]:
    """Return what is wrong with the form of a sentence."""
    plain = sentence.replace("\u00a0", " ").replace("SKL:s", "SKLs")
    found = [
        ("dubbelt mellanslag", r"  |^ | $"), ("tomt värde", r"\b(None|nan|NaN|NaT|inf|<NA>)\b"),
        ("en kommuner", r"\b(1|en|ett|noll) (?:kommuner|indikatorer)\b|\bnoll\b"),
        ("siffra i stället för ord", r"\b(?:[0-9]|1[0-2]) (kommuner|kommunerna|bakgrundsmått)\b"),
        ("tecken i rad", r"[,;:.] ?[,;:.]|\( | \)| [,;:.]|\(\)"), ("decimalpunkt", r"\d\.\d"),
        ("och i rad", r"\boch och\b|, och (?!av |alla )"), ("vanligt minus", r"(?<!\w)-\d"),
    ]  # fmt: skip
    told = [fault for fault, form in found if re.search(form, plain)]
    told += [] if plain.endswith(".") else ["slutar inte med punkt"]
    told += [] if plain[:1] == plain[:1].upper() and plain[:1].isalpha() else ["liten första bokstav"]
    depth = 0
    for sign in plain:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        told += ["parenteser"] if depth not in (0, 1) else []
    return told + (["parenteser"] if depth else [])


def lines_of(texts: Iterable[Text]) -> list[str]:
    """Return every sentence of some texts."""
    return [line.removeprefix("- ") for text in texts for line in text.markdown.splitlines() if line]


def of_all(results: pd.DataFrame, table: str) -> list[str]:
    """Return the sentences about a table, its area and what stands out, made from some results of the table."""
    figures = figures_of(results)
    area = next(one.area for one in KNOWN.values() if one.table == table)
    chosen = [figures.of(table), figures.of(area), figures.at("riket"), *([figures] if table in ANSWERED else [])]
    return lines_of(as_parts(*(oj.findings(one) for one in chosen)))


def of_each(results: pd.DataFrame) -> list[str]:
    """Return the sentences about targets, on each municipality's sheet and in the guides, also in their cells."""
    figures = figures_of(results)
    own = figures.municipalities()
    guide = list(oj.guide(figures, "Kommunerna"))
    told = [oj.findings(oj.targets(figures)), *(oj.findings(figures, place) for place in own)]
    lines = lines_of([*told, *(part for part in guide if isinstance(part, Text) and part.rows)])
    for part in guide:
        if isinstance(part, Table) and "förbättringsområden" in part.caption:
            for reasons, _, over_time in (CELLS.findall(row) for row in ROWS.findall(part.html)[1:]):
                lines += [line for cell in (reasons, over_time) for line in cell.split("<br>") if line]
    return lines


def faulty(lines: Sequence[str]) -> list[tuple[list[str], str]]:
    """Return the sentences that are not well formed, with what is wrong."""
    return [(told, line) for line in lines if (told := faults(line))]


QUICK = {"phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
@settings(max_examples=3, **QUICK)
def test_every_sentence_is_well_formed(table: str, data: st.DataObject) -> None:
    results = data.draw(frames(table, fewest=0, most=13))
    assert faulty(of_all(results, table)) == []


@pytest.mark.parametrize("table", [table for table in ANSWERED if len(in_table(table)) > 1])
@given(data=st.data())
@settings(max_examples=2, **QUICK)
def test_every_sentence_about_one_municipality_is_well_formed(table: str, data: st.DataObject) -> None:
    results = data.draw(frames(table, fewest=0, most=4))
    assert faulty(of_each(results)) == []


@given(data=st.data())
@settings(max_examples=3, **QUICK)
def test_every_sentence_over_several_tables_is_well_formed(data: st.DataObject) -> None:
    shown = [item for table in ("bedomning", "trygghet", "intern-samordning", "kompetens") for item in in_table(table)]
    places = [*MUNICIPALITIES[: data.draw(st.integers(0, 4))], *REGIONS]
    results = made({(item.id, place): data.draw(cells_of(item, place)) for item in shown for place in places}, places)
    assert faulty([*of_all(results, "bedomning"), *of_each(results)]) == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Alla  två kommuner.", "dubbelt mellanslag"), ("Ekerö når None av 3 mål.", "tomt värde"),
        ("Av 1 kommuner når alla.", "en kommuner"), ("Alla 8 kommuner når målet.", "siffra i stället för ord"),
        ("Solna har 4,2 (mot 3,1.", "parenteser"), ("solna når 3 av 4 mål.", "liten första bokstav"),
        ("Solna når 3 av 4 mål", "slutar inte med punkt"), ("Solna når 4.2 timmar.", "decimalpunkt"),
        ("Solna: , och 4.", "tecken i rad"),
    ],
)  # fmt: skip
def test_a_fault_is_found(sentence: str, fault: str) -> None:
    assert fault in faults(sentence)


def test_counts_are_in_words_up_to_twelve() -> None:
    assert [count(size) for size in (2, 12, 13)] == ["två", "tolv", "13"]
