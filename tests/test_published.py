"""Published results keep the rules of the field, and agree with what the source itself implies."""

import shutil
from decimal import ROUND_HALF_UP, Decimal
from math import nan
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, EDITION, RESULTS, append, refused_for, replace, small_copy
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table, resources
from oj.sources.published import broken_counts, broken_rules, read_published
from oj.words.errors import DataError, Fault
from oj.words.vocabulary import ANSWERS, LEVELS, STATUSES
from written import results

FILE = f"data/{RESULTS}"
NO_SOURCE = f"okänd källa; lägg till den i data/{EDITION}/sources.csv"
KNOWN = indicators(DATA)
PUBLISHED = read_published(DATA)
SOURCE = PUBLISHED[PUBLISHED["source"] == "fou-nordvast-2015"]
FIRST = "2015,foraldrar-oppenvard,0114,,yes,observed,,,fou-nordvast-2015"
MUNICIPALITIES_ANSWERING = {"01": 38, "06": 12}
HALF = 0.005 + 1e-9

BOTH = ("status", "en uppgift kan inte vara både svar och tal")
SAYS_LACKING = ("status", "status säger att uppgift saknas")
SAYS_PRESENT = ("status", "status säger att uppgift finns")
NO_NUMBER = ("value", "är ett tal, men kommunens svar ska vara Ja eller Nej")
NO_ANSWER = ("answer", "är ett svar, men här ska stå ett tal")
NO_PARTLY = ("answer", "delvis är inget svar på den här indikatorn")
SHARE = ("value", "är ingen andel: den ska ligga mellan 0 och 1")
NEGATIVE = ("value", "kan inte vara negativt")
WEEK = ("value", "är mer än en veckas 168 timmar")

YES_NO, PARTLY, EDUCATION, HOURS, RATIO = (
    "bbic-licens", "socialjour", "behoriga-alla", "arbetsledning", "barn-per-handlaggare",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "level", "value", "answer", "status", "broken"),
    [
        (YES_NO, "municipality", nan, "yes", "observed", []),
        (YES_NO, "municipality", nan, "no", "observed", []),
        (PARTLY, "municipality", nan, "partly", "observed", []),
        (YES_NO, "county", 0.5, "", "observed", []),
        (YES_NO, "nation", 0.0, "", "observed", []),
        (PARTLY, "nation", 1.0, "", "observed", []),
        (EDUCATION, "municipality", 0.59, "", "observed", []),
        (EDUCATION, "municipality", nan, "", "suppressed", []),
        (HOURS, "municipality", 0.0, "", "observed", []),
        (HOURS, "municipality", 168.0, "", "observed", []),
        (RATIO, "municipality", 1442.0, "", "observed", []),
        (YES_NO, "municipality", nan, "", "missing", []),
        (EDUCATION, "municipality", 0.5, "yes", "observed", [BOTH, NO_ANSWER]),
        (EDUCATION, "municipality", 0.5, "", "suppressed", [SAYS_LACKING]),
        (YES_NO, "municipality", nan, "yes", "missing", [SAYS_LACKING]),
        (EDUCATION, "municipality", nan, "", "observed", [SAYS_PRESENT]),
        (YES_NO, "municipality", 1.0, "", "observed", [NO_NUMBER]),
        (EDUCATION, "municipality", nan, "yes", "observed", [NO_ANSWER]),
        (YES_NO, "county", nan, "yes", "observed", [NO_ANSWER]),
        (YES_NO, "nation", nan, "no", "observed", [NO_ANSWER]),
        (YES_NO, "municipality", nan, "partly", "observed", [NO_PARTLY]),
        (EDUCATION, "municipality", 1.01, "", "observed", [SHARE]),
        (EDUCATION, "municipality", 59.0, "", "observed", [SHARE]),
        (YES_NO, "county", 45.0, "", "observed", [SHARE]),
        (EDUCATION, "nation", -0.01, "", "observed", [SHARE, NEGATIVE]),
        (HOURS, "municipality", -0.1, "", "observed", [NEGATIVE]),
        (RATIO, "county", -1.0, "", "observed", [NEGATIVE]),
        (HOURS, "municipality", 168.1, "", "observed", [WEEK]),
    ],
)
def test_each_rule(
    name: str, level: str, value: float, answer: str, status: str, broken: list[tuple[str, str]]
) -> None:
    assert broken_rules(KNOWN[name], level, value, answer, status) == broken


@given(
    st.sampled_from([YES_NO, PARTLY, EDUCATION, HOURS, RATIO]),
    st.sampled_from(LEVELS),
    st.one_of(st.just(nan), st.floats(min_value=-2, max_value=200)),
    st.sampled_from(["", *ANSWERS]),
    st.sampled_from(list(STATUSES)),
)
def test_what_breaks_no_rule_can_be_shown(name: str, level: str, value: float, answer: str, status: str) -> None:
    """A result that passes is either one figure or one reason for having none, and the figure fits its scale."""
    if broken_rules(KNOWN[name], level, value, answer, status):
        return
    has_value = not pd.isna(value)
    assert has_value + bool(answer) == (status == "observed")
    if has_value:
        assert 0 <= value <= {EDUCATION: 1, YES_NO: 1, PARTLY: 1, HOURS: 168}.get(name, 200)
    if answer:
        assert KNOWN[name].is_answer
        assert level == "municipality"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with three areas, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"individanpassad", "utbildning", "saker"})


BROKEN_ROWS = [
    ("2015,foraldrar-openvard,0115,,yes,observed,,", "indicator", "foraldrar-openvard",
     "okänd indikator. Menade du ”foraldrar-oppenvard”?"),
    ("2015,foraldrar-oppenvard,0199,,yes,observed,,", "place", "0199", "okänd kod; se data/places.csv"),
    ("2021,foraldrar-oppenvard,0115,,yes,observed,,", "edition", "2021", "ska vara 2015, som mappen heter"),
    ("2015,foraldrar-oppenvard,0115,,partly,observed,,", "answer", "partly", NO_PARTLY[1]),
    ("2015,foraldrar-oppenvard,0117,1,,observed,,", "value", "1.0", NO_NUMBER[1]),
    ("2015,foraldrar-oppenvard,0120,,yes,missing,,", "status", "missing", SAYS_LACKING[1]),
    ("2015,behoriga-alla,0115,59,,observed,,", "value", "59.0", SHARE[1]),
    ("2015,behoriga-alla,0117,,,suppressed,2,", "numerator", "2.0", "en dold uppgift får inte ha täljare"),
    ("2015,behoriga-alla,0120,,,small_base,,15", "denominator", "15.0", "en dold uppgift får inte ha nämnare"),
    ("2015,behoriga-alla,0126,0.9,,observed,9,8", "numerator", "9.0", "är större än nämnaren"),
]  # fmt: skip


@pytest.fixture(scope="module")
def broken(original: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, tuple[Fault, ...]]:
    """Return where the broken rows begin in their file, and what is told of them."""
    folder = shutil.copytree(original, tmp_path_factory.mktemp("broken") / "data")
    first = append(folder / RESULTS, *(f"{row},fou-nordvast-2015" for row, *_ in BROKEN_ROWS))
    with pytest.raises(DataError, match=f"{len(BROKEN_ROWS)} fel i underlaget:") as caught:
        read_published(folder)
    return first, caught.value.faults


@pytest.mark.parametrize("position", range(len(BROKEN_ROWS)), ids=[row for row, *_ in BROKEN_ROWS])
def test_a_broken_row_is_told_with_its_number(broken: tuple[int, tuple[Fault, ...]], position: int) -> None:
    first, faults = broken
    _, column, value, rule = BROKEN_ROWS[position]
    assert faults[position] == Fault(FILE, first + position, column, value, rule)


def test_an_unknown_source_is_told_with_its_row(data_copy: Path) -> None:
    replace(data_copy / RESULTS, FIRST, FIRST.replace("fou-nordvast-2015", "annan-kalla"))
    with refused_for(Fault(FILE, 2, "source", "annan-kalla", NO_SOURCE)):
        read_published(data_copy)


@pytest.mark.parametrize("text", ["inf", "-inf", "1e999", "0,59", "59 %"])
def test_a_value_that_is_no_number_is_told(data_copy: Path, text: str) -> None:
    row = append(data_copy / RESULTS, f'2015,behoriga-alla,0115,"{text}",,observed,,,fou-nordvast-2015')
    with refused_for(Fault(FILE, row, "value", text, "ska vara ett tal, med decimalpunkt")):
        read_published(data_copy)


HIDDEN = sorted(set(STATUSES) - {"observed", "missing", "not_applicable"})


@pytest.mark.parametrize("status", HIDDEN)
def test_no_count_stands_beside_a_hidden_figure(status: str) -> None:
    """The counts would give the figure away."""
    numerator, denominator = (
        ("numerator", "en dold uppgift får inte ha täljare"), ("denominator", "en dold uppgift får inte ha nämnare"),
    )  # fmt: skip
    assert broken_counts(2, nan, status) == [numerator]
    assert broken_counts(nan, 15, status) == [denominator]
    assert broken_counts(0, 0, status) == [numerator, denominator]
    assert broken_counts(nan, nan, status) == []


@pytest.mark.parametrize("status", ["observed", "missing", "not_applicable"])
def test_counts_that_hide_nothing_may_stand(status: str) -> None:
    assert broken_counts(8, 8, status) == broken_counts(0, 12, status) == broken_counts(nan, 12, status) == []
    assert broken_counts(9, 8, status) == [("numerator", "är större än nämnaren")]


def test_every_status_is_hidden_or_not() -> None:
    assert HIDDEN == ["secondary", "secret", "small_base", "suppressed", "withheld"]


def test_all_broken_rows_are_told_at_once(data_copy: Path) -> None:
    path = data_copy / RESULTS
    replace(path, FIRST, "2015,okand,0114,,yes,observed,,,s")
    last = append(
        path,
        "2015,behoriga-alla,0115,59,,observed,,,fou-nordvast-2015",
        "2015,gymnasium-alla,0115,1.5,yes,observed,3,2,fou-nordvast-2015",
    )
    with refused_for(
        Fault(FILE, 2, "indicator", "okand", "okänd indikator."),
        Fault(FILE, 2, "source", "s", NO_SOURCE),
        Fault(FILE, last, "value", "59.0", SHARE[1]),
        Fault(FILE, last + 1, "status", "observed", BOTH[1]),
        Fault(FILE, last + 1, "answer", "yes", NO_ANSWER[1]),
        Fault(FILE, last + 1, "value", "1.5", SHARE[1]),
        Fault(FILE, last + 1, "numerator", "3.0", "är större än nämnaren"),
    ):
        read_published(data_copy)


def test_a_result_from_two_sources_is_told(data_copy: Path) -> None:
    append(data_copy / RESULTS, "2015,foraldrar-oppenvard,0114,,no,observed,,,socialstyrelsen-2014")
    told = Fault(
        "data/results/socialstyrelsen-2014.csv",
        None,
        "edition+indicator+place",
        "2015, foraldrar-oppenvard, 0114",
        "finns redan från en annan källa",
    )
    with refused_for(told):
        read_published(data_copy)


def test_edited_results_are_seen_at_once(data_copy: Path) -> None:
    """Also when what they were checked against is what changes."""
    assert read_published(data_copy)["answer"].iloc[0] == "yes"
    replace(data_copy / RESULTS, FIRST, FIRST.replace("yes", "no"))
    assert read_published(data_copy)["answer"].iloc[0] == "no"
    assert results("Stockholm", folder=data_copy)["display"].iloc[0] == "Nej"
    replace(data_copy / RESULTS, FIRST.replace("yes", "no"), FIRST.replace("yes", "partly"))
    replace(
        data_copy / EDITION / "indicators/individanpassad.yml",
        "scale: yes-no",
        "scale: yes-partly-no",
    )
    assert results("Stockholm", folder=data_copy)["display"].iloc[0] == "Delvis"


def test_a_status_of_the_vocabulary_is_a_status_of_the_file(data_copy: Path) -> None:
    """Every status can be published, and no other."""
    rows = [f"2015,behoriga-alla,06{code},,,{status},,,fou-nordvast-2015" for code, status in zip(
        ["04", "17", "42", "43", "62", "65", "80"], [name for name in STATUSES if name != "observed"], strict=True
    )]  # fmt: skip
    before = append(data_copy / RESULTS, *rows) - len(["header", "next"])
    assert len(read_published(data_copy)) == before + 7
    row = append(data_copy / RESULTS, "2015,behoriga-alla,0682,,,okand,,,fou-nordvast-2015")
    schema = resources(DATA)["results-fou-nordvast-2015"]["schema"]
    described = next(field["constraints"]["enum"] for field in schema["fields"] if field["name"] == "status")
    assert sorted(described) == sorted(STATUSES)
    with refused_for(Fault(FILE, row, "status", "okand", f"ska vara en av: {', '.join(described)}")):
        read_published(data_copy)


def test_a_read_frame_may_be_changed() -> None:
    table = read_published(DATA)
    table["value"] = 2.0
    assert read_published(DATA).equals(PUBLISHED)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_rows_does_not_matter(original: Path, data_copy: Path, seed: int) -> None:
    """Shuffling the file's rows gives the same results frame."""
    header, *rows = (data_copy / RESULTS).read_text(encoding="utf-8").splitlines()
    Random(seed).shuffle(rows)
    (data_copy / RESULTS).write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert not read_published(data_copy).equals(read_published(original))
    pd.testing.assert_frame_equal(*(results("01", compare_with=["06"], folder=path) for path in (data_copy, original)))


def test_the_source_has_every_indicator_for_every_place() -> None:
    assert len(SOURCE) == 572 == len(KNOWN) * SOURCE["place"].nunique()
    assert not SOURCE.duplicated(["indicator", "place"]).any()
    assert set(SOURCE["indicator"]) == set(KNOWN)


def test_no_result_is_both_a_number_and_an_answer() -> None:
    has_value, has_answer = PUBLISHED["value"].notna(), PUBLISHED["answer"].notna()
    assert not (has_value & has_answer).any()
    assert ((has_value | has_answer) == (PUBLISHED["status"] == "observed")).all()


def in_percent(part: int, whole: int) -> int:
    """Return a fraction as whole percent, a half rounded up."""
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def possible(whole: int) -> set[int]:
    """Return the whole percents that so many answering municipalities can make."""
    return {in_percent(part, whole) for part in range(whole + 1)}


def test_twelfths_in_percent() -> None:
    assert possible(12) == {0, 8, 17, 25, 33, 42, 50, 58, 67, 75, 83, 92, 100}
    assert len(possible(38)) == 39


@pytest.mark.parametrize(("county", "whole"), MUNICIPALITIES_ANSWERING.items())
def test_a_countys_share_is_a_fraction_of_its_answering_municipalities(county: str, whole: int) -> None:
    """Twelve answered in Jönköping and thirty-eight, districts included, in Stockholm."""
    answers = [name for name, indicator in KNOWN.items() if indicator.is_answer]
    shares = SOURCE[(SOURCE["place"] == county) & SOURCE["indicator"].isin(answers)].set_index("indicator")["value"]
    assert len(shares) == 39
    impossible = {name: share for name, share in shares.items() if round(share * 100, 6) not in possible(whole)}
    assert impossible == {}


def known_shares() -> pd.DataFrame:
    """Return the shares of the source, a row per place and a column per indicator."""
    return SOURCE.pivot(index="place", columns="indicator", values="value")


@pytest.mark.parametrize("measure", ["behoriga", "gymnasium"])
def test_the_whole_lies_between_its_known_parts(measure: str) -> None:
    """All placed children are those born in Sweden and those born elsewhere, each share rounded on its own."""
    columns = [f"{measure}-{part}" for part in ("alla", "fodda-i-sverige", "fodda-i-annat-land")]
    known = known_shares()[columns].dropna()
    assert {"00", "01"} <= set(known.index)
    for place, (whole, *parts) in zip(known.index, known.to_numpy().tolist(), strict=True):
        assert min(parts) - 2 * HALF <= whole <= max(parts) + 2 * HALF, place


@pytest.mark.parametrize("measure", ["behoriga", "gymnasium"])
def test_the_hidden_part_can_be_a_share(measure: str) -> None:
    """Where those born elsewhere are hidden they are too few to be told, so at most as many as those born in Sweden.

    At their most, their share is as far from the whole as the known part is, on its other side.
    """
    shares = known_shares()
    hidden = shares[shares[f"{measure}-fodda-i-sverige"].notna() & shares[f"{measure}-fodda-i-annat-land"].isna()]
    assert len(hidden) >= 5
    for place, whole, part in zip(
        hidden.index, hidden[f"{measure}-alla"], hidden[f"{measure}-fodda-i-sverige"], strict=True
    ):
        assert -3 * HALF <= 2 * whole - part <= 1 + 3 * HALF, place


@pytest.mark.parametrize("measure", ["behoriga", "gymnasium"])
def test_where_the_whole_is_hidden_its_parts_are(measure: str) -> None:
    shares = known_shares()
    hidden = shares[shares[f"{measure}-alla"].isna()]
    assert len(hidden)
    assert hidden[[f"{measure}-fodda-i-sverige", f"{measure}-fodda-i-annat-land"]].isna().all(axis=None)


def test_more_than_five_years_are_also_three_years() -> None:
    shares = known_shares()
    assert (shares["socionomer-fem-ar"] <= shares["socionomer-tre-ar"]).all()


def test_those_who_finished_school_were_first_eligible() -> None:
    """Not the same birth years, so only for the nation and the counties, where they are many."""
    shares = known_shares().loc[["00", "01", "06"]]
    assert (shares["gymnasium-alla"] < shares["behoriga-alla"]).all()


def test_the_sources_text_and_tables_agree_on_the_nation() -> None:
    told = read_table("statements", DATA).query("edition == '2015' and measure == 'value'")
    told = told[
        told["population"].isin(["riket", "placerade hela årskurs 9", "placerade hela årskurs 9, födda utomlands"])
    ]
    shown = SOURCE[SOURCE["place"] == "00"].set_index("indicator")["value"]
    assert len(told) >= 9
    assert told["value"].tolist() == [shown[name] for name in told["indicator"]]
