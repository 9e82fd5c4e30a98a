"""The catalogue holds every indicator of the edition with a complete fact sheet, and broken YAML is refused."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from conftest import DATA, EDITION, refused, refused_for, replace, small_copy
from oj.facts.catalog import Indicator, in_area, in_subarea, in_table, indicators
from oj.facts.datapackage import read_table
from oj.words.errors import DataError, Fault
from oj.words.swedish import day
from oj.words.vocabulary import KIND_WORDS

ALL = indicators(DATA)
BACKGROUND = [indicator for indicator in ALL.values() if indicator.area == "bakgrund"]
INDICATORS = [indicator for indicator in ALL.values() if indicator.area != "bakgrund"]
ANSWERS = [indicator for indicator in ALL.values() if indicator.is_answer]
SAKER = "barn-och-unga/2015/indicators/saker.yml"
FILE = "data/barn-och-unga/2015/indicators/saker.yml"
WORDS = {"target": 10, "purpose": 20, "question": 10, "rule": 15, "errors": 18}
NAMES = ("title", "short", "name")
FOREIGN = "Children are people too"
ENGLISH = re.compile(
    r"\b(the|and|of|with|from|which|that|this|is|are|not|has|have|when|where|by|if|or|should|answer|municipality|share|"
    r"yes|no|partly|county|for|to|on|at|be|as|people|child|children|care|data|missing|value|rate)\b",
    re.IGNORECASE,
)
ISO = r"\d{4}(-\d{2}(-\d{2})?)?"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with two of the catalogue's files, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"saker", "tillganglig"})


def fact(name: str) -> int:
    """Return a number that the source tells of itself."""
    return int(read_table("facts", DATA).set_index("fact").loc[name, "value"])


def test_there_are_48_indicators_and_four_background_measures() -> None:
    assert len(INDICATORS) == fact("antal-indikatorer") == 48
    assert len(BACKGROUND) == 4
    assert all(("bakgrund" in indicator.kind) == (indicator in BACKGROUND) for indicator in ALL.values())


def test_ten_indicators_are_new() -> None:
    new = Counter(indicator.area for indicator in ALL.values() if indicator.new)
    assert new.total() == fact("nya-indikatorer") == 10
    assert new["utbildning"] == fact("nya-resultatindikatorer") == 6
    assert new["samordning"] == fact("nya-overenskommelser") == 2
    assert new["kunskapsbaserad"] == fact("nya-kompetens") == 2


def test_scales() -> None:
    assert len(ANSWERS) == 39
    assert all(indicator in INDICATORS for indicator in ANSWERS)
    rest = Counter(indicator.scale for indicator in INDICATORS if not indicator.is_answer)
    assert rest == {"share": 8, "hours-per-week": 1}
    assert Counter(indicator.scale for indicator in BACKGROUND) == {"share": 3, "ratio": 1}


def test_indicators_per_area() -> None:
    assert Counter(indicator.area for indicator in ALL.values()) == {
        "individanpassad": 3,
        "samordning": 19,
        "utbildning": 6,
        "saker": 2,
        "kunskapsbaserad": 17,
        "tillganglig": 1,
        "bakgrund": 4,
    }


@pytest.mark.parametrize("field", WORDS)
def test_every_text_is_whole_sentences(field: str) -> None:
    """A question may end as a question."""
    ends = (".", "?") if field == "question" else (".",)
    for indicator in ALL.values():
        text = getattr(indicator, field)
        assert len(text.split()) >= WORDS[field], f"{indicator.id}: {field} is too short"
        assert text.endswith(ends), f"{indicator.id}: {field} has no end"
        assert text[0].isupper() or text[0] == "”", f"{indicator.id}: {field} has no beginning"
        assert not re.search(r"\s[.,;:?]|\.\.|,,|\s\s", text), f"{indicator.id}: {field} has a slip of the pen"


@pytest.mark.parametrize("field", NAMES)
def test_names_are_no_sentences(field: str) -> None:
    for indicator in ALL.values():
        name = getattr(indicator, field)
        assert name == name.strip() != "", indicator.id
        assert not name.endswith((".", "?")), indicator.id


@pytest.mark.parametrize("field", [*WORDS, *NAMES])
def test_no_text_is_english(field: str) -> None:
    for indicator in ALL.values():
        assert ENGLISH.findall(getattr(indicator, field).replace(FOREIGN, "")) == [], indicator.id


def test_titles_are_unique() -> None:
    assert len({indicator.title for indicator in ALL.values()}) == len(ALL)


def test_short_names_are_unique_within_their_subarea_and_short() -> None:
    named = Counter((indicator.subarea, indicator.short) for indicator in ALL.values())
    assert [name for name, times in named.items() if times > 1] == []
    assert all(len(indicator.short) <= 32 for indicator in ALL.values())


def test_letters_are_unique_within_their_family() -> None:
    lettered = Counter((indicator.family, indicator.letter) for indicator in ALL.values() if indicator.letter)
    assert [letter for letter, times in lettered.items() if times > 1] == []


@pytest.mark.parametrize("indicator", ALL.values(), ids=ALL)
def test_every_measuring_day_is_a_day(indicator: Indicator) -> None:
    assert indicator.measured_on
    assert len(set(indicator.measured_on)) == len(indicator.measured_on)
    for iso in indicator.measured_on:
        assert re.fullmatch(rf"{ISO}(/{ISO})?", iso)
        first, *last = [date.fromisoformat(part + "-01-01"[len(part) - 4 :]) for part in iso.split("/")]
        assert all(first < moment for moment in last)
        assert day(iso)


def test_every_indicator_says_what_it_is_and_for_whom() -> None:
    for indicator in ALL.values():
        assert indicator.kind, indicator.id
        assert set(indicator.kind) <= set(KIND_WORDS), indicator.id
        assert {"municipality", "county", "nation"} <= set(indicator.levels), indicator.id
        assert (indicator.polarity == "none") == (indicator in BACKGROUND), indicator.id


def test_indicators_stand_in_the_order_of_their_subareas() -> None:
    orders = read_table("subareas", DATA).set_index("subarea")["order"]
    places = [orders[indicator.subarea] for indicator in ALL.values()]
    assert places == sorted(places)
    assert list(ALL) == [indicator.id for indicator in ALL.values()]


def test_every_subarea_table_and_area_has_indicators() -> None:
    subareas = read_table("subareas", DATA)
    for row in subareas.itertuples():
        assert all((found.table, found.area) == (row.table, row.area) for found in in_subarea(str(row.subarea), DATA))
    assert sum(len(in_table(table, DATA)) for table in read_table("tables", DATA)["table"]) == 52
    assert sum(len(in_area(area, DATA)) for area in read_table("areas", DATA)["area"]) == 52


@pytest.mark.parametrize(("column", "table"), [("area", "areas"), ("table", "tables")])
def test_subareas_stand_in_the_order_of_their_areas_and_tables(column: str, table: str) -> None:
    order = read_table(table, DATA).set_index(column)["order"]
    places = read_table("subareas", DATA).sort_values("order")[column].map(order).tolist()
    assert places == sorted(places)


def test_an_unknown_subarea_table_or_area_gets_a_guess() -> None:
    with refused("Okänt värde ”handlagning”", "Menade du ”handlaggning”?", "Tillåtna: "):
        in_subarea("handlagning", DATA)
    with refused("Menade du ”extern-halsa”?"):
        in_table("extern-hälsa", DATA)
    with refused("Menade du ”samordning”?"):
        in_area("samordnig", DATA)


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        pytest.param("  name: Ordinarie", '  name: "Ordinarie', 8, id="open-quote"),
        pytest.param("  name: Ordinarie", "\tname: Ordinarie", 3, id="tab"),
        pytest.param("- family: bbic-licens", "family: bbic-licens", 2, id="no-list"),
    ],
)
def test_broken_yaml_is_told_with_its_row(data_copy: Path, old: str, new: str, row: int) -> None:
    replace(data_copy / SAKER, old, new)
    with refused(f"{FILE} rad {row}: är inte giltig YAML. Kontrollera indrag, kolon och citattecken."):
        indicators(data_copy)


def test_what_is_referred_to_and_is_not_there_is_told_with_its_row(data_copy: Path) -> None:
    replace(data_copy / SAKER, "purpose: >-", "purpose: *okand")
    with refused(f"{FILE} rad 11 hänvisar till sig själv, eller till något som inte finns ovanför."):
        indicators(data_copy)


def test_a_key_that_stands_twice_is_told_with_its_row(data_copy: Path) -> None:
    """In a family as in an indicator; YAML's last one would win without a word."""
    replace(data_copy / SAKER, "  subarea: handlaggning\n", "  subarea: handlaggning\n  scale: share\n")
    row = line_of(data_copy / SAKER, "  scale: yes-no")
    with refused(f"{FILE} rad {row}: nyckeln ”scale” står två gånger."):
        indicators(data_copy)
    replace(data_copy / SAKER, "  scale: share\n", "")
    replace(data_copy / SAKER, "      short: BBIC-licens\n", "      short: BBIC-licens\n      short: BBIC\n")
    row = line_of(data_copy / SAKER, "      short: BBIC")
    with refused(f"{FILE} rad {row}: nyckeln ”short” står två gånger."):
        indicators(data_copy)


def line_of(path: Path, line: str) -> int:
    """Return the row number of a line."""
    return path.read_text(encoding="utf-8").splitlines().index(line) + 1


@pytest.mark.parametrize("text", ["", "a: b\n", "text\n", "- a\n", "- family: a\n", "- indicators: [a]\n"])
def test_yaml_that_is_no_catalogue_is_told(data_copy: Path, text: str) -> None:
    (data_copy / SAKER).write_text(text, encoding="utf-8")
    with refused(f"{FILE} ska vara en lista av familjer, var och en med en lista indicators."):
        indicators(data_copy)


def test_yaml_that_is_not_utf8_is_told(data_copy: Path) -> None:
    path = data_copy / SAKER
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    with refused(f"{FILE} är inte sparad som UTF-8."):
        indicators(data_copy)


def test_a_catalogue_without_a_file_is_told(data_copy: Path) -> None:
    for path in (data_copy / EDITION / "indicators").glob("*.yml"):
        path.unlink()
    with refused("data/barn-och-unga/2015/indicators/ har inga indikatorer."):
        indicators(data_copy)


@pytest.mark.parametrize(
    ("old", "new", "field", "value", "rule"),
    [
        ("      short: BBIC-licens\n", "      short: BBIC-licens\n      shrot: X\n", "shrot", "X",
         f"okänd nyckel. Menade du ”short”? Tillåtna: {', '.join(Indicator.model_fields)}"),
        ("scale: yes-no", "scale: ja-nej", "scale", "ja-nej",
         "ska vara en av: 'yes-no', 'yes-partly-no', 'share', 'hours-per-week', 'ratio'"),
        ("kind: [struktur, process]", "kind: [struktur, prosess]", "kind", "prosess",
         "ska vara en av: 'struktur', 'process', 'resultat', 'bakgrund'"),
        ("kind: [struktur, process]", "kind: struktur", "kind", "struktur",
         "ska vara en lista, en rad med streck för varje"),
        ("short: BBIC-licens", "short: 2015", "short", "2015", "ska vara text; skriv inom citattecken"),
        ('"2010-03-31"', "2010-03-31", "measured_on", "2010-03-31", "ska vara text; skriv inom citattecken"),
        ("      short: BBIC-licens", "      short: BBIC-licens\n      decimals: x", "decimals", "x",
         "ska vara ett heltal"),
    ],
)  # fmt: skip
def test_an_unknown_key_or_value_is_told(
    data_copy: Path, old: str, new: str, field: str, value: str, rule: str
) -> None:
    replace(data_copy / SAKER, old, new)
    with refused_for(Fault(FILE, None, f"bbic-licens: {field}", value, rule)):
        indicators(data_copy)


@pytest.mark.parametrize("key", ["scale", "purpose", "levels", "measured_on"])
def test_a_key_that_lacks_is_told(data_copy: Path, key: str) -> None:
    replace(data_copy / SAKER, f"  {key}:", f"  x{key}:")
    with pytest.raises(DataError) as caught:
        indicators(data_copy)
    lacking, unknown = caught.value.faults
    assert lacking == Fault(FILE, None, f"bbic-licens: {key}", "", "nyckeln saknas")
    assert unknown.column == f"bbic-licens: x{key}"
    assert unknown.rule.startswith(f"okänd nyckel. Menade du ”{key}”? Tillåtna: id, ")


@pytest.mark.parametrize(
    ("new", "value", "guess"),
    [
        ("subarea: handlagning", "handlagning", " Menade du ”handlaggning”?"),
        ("subarea: saker", "saker", ""),
        ("subarea:", "None", ""),
        ("subarea: [a]", "['a']", ""),
    ],
)
def test_an_unknown_subarea_in_a_file_is_told(data_copy: Path, new: str, value: str, guess: str) -> None:
    replace(data_copy / SAKER, "subarea: handlaggning", new)
    with refused_for(Fault(FILE, None, "subarea", value, f"okänt delområde.{guess}")):
        indicators(data_copy)


def test_a_list_where_a_word_belongs_is_told(data_copy: Path) -> None:
    replace(data_copy / SAKER, "scale: yes-no", "scale: [a]")
    rule = "ska vara en av: 'yes-no', 'yes-partly-no', 'share', 'hours-per-week', 'ratio'"
    with refused_for(Fault(FILE, None, "bbic-licens: scale", "['a']", rule)):
        indicators(data_copy)


def test_a_duplicate_id_is_told(data_copy: Path) -> None:
    replace(data_copy / SAKER, "id: information-placerade-barn", "id: bbic-licens")
    with refused_for(Fault(FILE, None, "id", "bbic-licens", "finns redan")):
        indicators(data_copy)


def test_a_duplicate_id_in_another_file_is_told_where_it_stands(data_copy: Path) -> None:
    """Also when its sub-area belongs to the area of a third file."""
    replace(data_copy / EDITION / "indicators/tillganglig.yml", "id: socialjour", "id: bbic-licens")
    replace(
        data_copy / EDITION / "indicators/tillganglig.yml",
        "subarea: utanfor-kontorstid",
        "subarea: bakgrundsmatt",
    )
    with refused_for(
        Fault("data/barn-och-unga/2015/indicators/tillganglig.yml", None, "id", "bbic-licens", "finns redan")
    ):
        indicators(data_copy)


def test_faults_of_all_files_are_told_at_once(data_copy: Path) -> None:
    replace(data_copy / SAKER, "scale: yes-no", "scale: ja-nej")
    replace(
        data_copy / EDITION / "indicators/tillganglig.yml",
        "subarea: utanfor-kontorstid",
        "subarea: okant",
    )
    scales = "'yes-no', 'yes-partly-no', 'share', 'hours-per-week', 'ratio'"
    with refused_for(
        Fault(FILE, None, "bbic-licens: scale", "ja-nej", f"ska vara en av: {scales}"),
        Fault("data/barn-och-unga/2015/indicators/tillganglig.yml", None, "subarea", "okant", "okänt delområde."),
    ):
        indicators(data_copy)


def test_an_edited_file_is_seen_at_once(data_copy: Path) -> None:
    assert indicators(data_copy)["bbic-licens"].short == "BBIC-licens"
    replace(data_copy / SAKER, "short: BBIC-licens", "short: Licens")
    assert indicators(data_copy)["bbic-licens"].short == "Licens"
    replace(
        data_copy / EDITION / "subareas.csv",
        "handlaggning,9,saker,trygghet",
        "handlaggning,9,saker,annan",
    )
    assert indicators(data_copy)["bbic-licens"].table == "annan"


def test_an_indicator_may_say_what_is_its_own(data_copy: Path) -> None:
    """What an indicator says goes before what its family says, and the lines of a text are joined."""
    replace(
        data_copy / SAKER,
        "      short: BBIC-licens\n",
        "      short: BBIC-licens\n      target: |\n        Ett\n        mål.\n",
    )
    found = indicators(data_copy)["bbic-licens"]
    assert found.target == "Ett mål."
    assert found.purpose == ALL["bbic-licens"].purpose


def test_a_part_that_is_not_in_the_catalogue_is_refused(data_copy: Path) -> None:
    replace(data_copy / SAKER, "    - id: bbic-licens\n", "    - id: bbic-licens\n      parts: [bbic-licenser]\n")
    with refused("bbic-licens: parts", "bbic-licenser", "okänd indikator", "Menade du ”bbic-licens”?"):
        indicators(data_copy)


def test_protected_is_true_or_false(data_copy: Path) -> None:
    replace(data_copy / SAKER, "    - id: bbic-licens\n", "    - id: bbic-licens\n      protected: ja\n")
    with refused("bbic-licens: protected", "ska vara true eller false"):
        indicators(data_copy)
