"""The words in other people's tables: the file that has them is read whole, and says nothing twice."""

import re

import pytest

from oj.sources.terms.legend import PATTERNS, legend_of, meaning_of
from oj.sources.terms.words import LISTS, WORDS, heading, is_one_of, pattern, squeezed
from oj.words.vocabulary import STATUSES

SECTIONS = {
    "comparable",
    "comparable_spelled",
    "headings",
    "roles",
    "units",
    "behind",
    "lists",
    "places",
    "signs",
    "legend",
    "groups",
    "patterns",
}


def test_the_file_has_what_is_asked_of_it() -> None:
    assert set(WORDS) == SECTIONS
    assert set(WORDS["signs"].values()) <= set(STATUSES)
    assert {meaning for meaning, *_words in WORDS["legend"]["meanings"]} - {"", "zero", "yes", "partly", "no"} <= set(
        STATUSES
    )
    assert set(WORDS["units"]) == {"percent", "share", "number"}


@pytest.mark.parametrize("section", ["headings", "roles", "units"])
def test_a_word_means_one_thing(section: str) -> None:
    words = [squeezed(word) or word for each in WORDS[section].values() for word in set(each)]
    owners = {word: [kind for kind, each in WORDS[section].items() if word in map(squeezed, each)] for word in words}
    assert {word: kinds for word, kinds in owners.items() if len(kinds) > 1} == {}


def test_every_entry_is_a_text() -> None:
    groups = [*WORDS["headings"].values(), *WORDS["roles"].values(), *WORDS["units"].values(), *WORDS["lists"].values()]
    groups += [*WORDS["patterns"].values(), *WORDS["legend"]["meanings"], [*WORDS["signs"]], WORDS["places"]["endings"]]
    assert [one for group in groups for one in group if not isinstance(one, str)] == []


@pytest.mark.parametrize("name", WORDS["patterns"])
def test_every_pattern_can_be_read_and_does_not_match_nothing(name: str) -> None:
    assert all(re.compile(one, re.IGNORECASE) for one in WORDS["patterns"][name])
    assert not pattern(name).fullmatch("")


@pytest.mark.parametrize(
    ("name", "word"),
    [("all", "Båda könen"), ("dimensions", "Ålder"), ("years", "Mätår"), ("areas", "DeSO"), ("says_nothing", "Källa")],
)
def test_a_word_is_in_one_list(name: str, word: str) -> None:
    assert [one for one in LISTS if is_one_of(one, word)] == [name]


def test_the_kinds_of_headings() -> None:
    assert [heading(one) for one in ("Kommunkod", "KOMMUN", "Län", "Andel", 12.0, None)] == [
        "code",
        "name",
        "county",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("words", "meaning"), [("Uppgift saknas", "missing"), ("noll", "zero"), ("Sekretess", "suppressed")]
)
def test_what_a_legend_says(words: str, meaning: str) -> None:
    assert meaning_of(words) == meaning


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_of_a_legend_finds_a_sign_and_what_it_means(name: str) -> None:
    assert {"sign", "told"} <= set(PATTERNS[name].groupindex)
    assert "<<" not in PATTERNS[name].pattern
    assert PATTERNS[name].search("") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("– = noll", {"-": "noll"}),
        ("Kryssa x för ja", {"x": "ja"}),
        ("0 mindre än hälften", {"0": "mindre än hälften"}),
        ("Bortfall markeras med ett x", {"x": "Bortfall"}),
        ("uppgift saknas (..)", {}),
        ("uppgift saknas anges med ..", {"..": "uppgift saknas"}),
        ("1 = ja, 0 = nej", {"1": "ja", "0": "nej"}),
        ("- uppgift saknas", {"-": "uppgift saknas"}),
    ],
)
def test_how_texts_tell_of_signs(text: str, told: dict[str, str]) -> None:
    found = legend_of({"Blad1": {1: {0: text}}}, is_text=False)
    assert {sign: one.words for sign, one in found.items()} == told
