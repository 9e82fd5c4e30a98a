"""What is hidden about few persons, and that nobody who reads the rest can work it out.

The attackers are in `counties.py`; they know only the published table and how it adds up.
"""

from collections.abc import Iterable
from itertools import combinations
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EDITION, append, few, refused, replace, small_copy
from counties import (
    ABROAD,
    BASE,
    COLUMNS,
    HIDDEN,
    INLAND,
    PERSONS,
    WHOLE,
    World,
    added,
    counted,
    random_counties,
    random_world,
    recovered,
)  # fmt: skip
from frames import STOCKHOLM
from knowing import narrowed, small_county
from oj.disclosure.margins import Key, Relation, keys_of
from oj.disclosure.protection import protect
from oj.disclosure.table import Limits
from oj.facts.catalog import indicators
from oj.facts.places import is_district, units
from written import results

COUNTIES = 1000
FIGURES = ["value", "numerator", "denominator"]
GOTLAND, ITS_COUNTY = "0980", "09"  # the county with one municipality
BLEKINGE = ["1060", "1080", "1081", "1082", "1083"]  # the county 10 has these and no more
Counts = dict[Key, tuple[float, float]]


def cells(counts: dict[str, tuple[float, float]], name: str = WHOLE, edition: str = "2015") -> Counts:
    """Return counts of places in one indicator."""
    return {(edition, name, place): pair for place, pair in counts.items()}


def blekinge(*pairs: tuple[float, float]) -> Counts:
    """Return the counts of Blekinge's five municipalities and of the county."""
    counts = cells(dict(zip(BLEKINGE, pairs, strict=True)))
    added(counts, Relation(("2015", WHOLE, "10"), tuple(counts)))
    return counts


def causes(frame: pd.DataFrame) -> dict[str, str]:
    """Return the status of every place that is hidden."""
    return {row.place: row.status for row in frame.itertuples() if row.status in HIDDEN}


def worked_out(published: pd.DataFrame, relations: list[Relation], truth: Counts) -> list[Key]:
    """Return the cells of which an attacker can tell a count."""
    return list(dict.fromkeys(key for key, _kind in recovered([published], World(truth, relations, [counted(truth)]))))


def seeded(seed: int) -> tuple[pd.DataFrame, list[Relation]]:
    """Return made-up counties."""
    return random_counties(np.random.default_rng(seed))


seeds = st.integers(min_value=0, max_value=10**6)


# Cases to follow by hand


def test_the_next_smallest_is_hidden_so_that_the_county_does_not_give_the_first_away() -> None:
    """Two of 30 are secret; of the others 25 persons are the fewest that can be hidden beside them."""
    found = protect(counted(blekinge((2, 30), (12, 25), (20, 40), (30, 50), (35, 60))))
    assert causes(found) == {"1060": "secret", "1080": "secondary"}


@pytest.mark.parametrize(
    ("numerator", "denominator", "status"),
    [(1, 40, "secret"), (3, 40, "secret"), (37, 40, "secret"), (39, 40, "secret"), (2, 10, "secret"),
     (9, 19, "small_base"), (0, 19, "small_base"), (0, 0, "small_base"), (4, 40, None), (36, 40, None),
     (0, 40, None), (40, 40, None), (10, 20, None), (3.5, 40, "secret"), (4, 40.5, None), (30, 33.9, "secret"),
     (10, 19.9, "small_base"), (0.3, 40, "secret")],
)  # fmt: skip
def test_the_rule(numerator: float, denominator: float, status: str | None) -> None:
    """One to three persons, counted or not; fewer than twenty. A base reduced by a share may be no whole number."""
    found = protect(counted(cells({"0114": (numerator, denominator)})))
    assert causes(found) == ({"0114": status} if status else {})


def test_two_small_bases_protect_each_other() -> None:
    found = protect(counted(blekinge((6, 12), (7, 15), (20, 40), (30, 50), (35, 60))))
    assert causes(found) == {"1060": "small_base", "1080": "small_base"}


def test_two_small_bases_with_nobody_counted_need_a_third() -> None:
    """That both are none is what the county tells, unless someone who was counted is hidden with them."""
    found = protect(counted(blekinge((0, 12), (0, 15), (20, 40), (30, 50), (35, 60))))
    assert causes(found) == {"1060": "small_base", "1080": "small_base", "1081": "secondary"}


def test_that_a_small_base_is_not_secret_is_a_clue_too() -> None:
    """The two hidden have two persons together; a small base that is not secret has none or four, so it has none."""
    counts = cells({"2001": (2, 22), "2002": (6, 20), "2003": (5, 40), "2004": (0, 17)})
    county = added(counts, Relation(("2015", WHOLE, "20"), tuple(counts)))
    assert causes(protect(counted(counts), [county])) == {"2001": "secret", "2002": "secondary", "2004": "small_base"}


def test_a_county_with_one_municipality_is_hidden_with_it_and_another_in_the_nation() -> None:
    counts = cells({ITS_COUNTY: (2, 25), "10": (60, 140), "12": (300, 700)}) | cells({GOTLAND: (2, 25)})
    nation = added(counts, Relation(("2015", WHOLE, "00"), tuple(("2015", WHOLE, one) for one in ("09", "10", "12"))))
    found = protect(counted(counts), [nation])
    assert causes(found) == {GOTLAND: "secret", ITS_COUNTY: "secret", "10": "secondary"}


def test_a_nation_of_one_county_is_hidden_too() -> None:
    counts = cells(dict.fromkeys((GOTLAND, ITS_COUNTY, "00"), (2, 25)))
    nation = Relation(("2015", WHOLE, "00"), (("2015", WHOLE, ITS_COUNTY),))
    assert set(causes(protect(counted(counts), [nation]))) == {GOTLAND, ITS_COUNTY, "00"}


def test_unknown_places_are_enough_to_hide_among() -> None:
    """Two of the county's 26 municipalities are in the table: the county gives neither of them away."""
    counts = cells({"0114": (2, 30), "0123": (12, 40), "01": (500, 900)})
    assert causes(protect(counted(counts))) == {"0114": "secret"}


def test_a_county_without_any_counted_tells_that_each_of_its_municipalities_has_none() -> None:
    counts = cells({"0114": (0, 12), "01": (0, 60)})
    assert causes(protect(counted(counts))) == {"0114": "small_base", "01": "secondary"}


@pytest.mark.parametrize("with_city", [False, True])
def test_a_citys_districts_add_up_with_the_countys_municipalities(*, with_city: bool) -> None:
    """A district's two persons could be told from the county, the municipalities and the other districts."""
    asked = [place.code for place in units("12")]
    counts = cells({code: (40 + at, 100 + at) for at, code in enumerate(asked)} | {"128003": (2, 30)})
    districts = tuple(("2015", WHOLE, code) for code in asked if is_district(code))
    others = tuple(("2015", WHOLE, code) for code in asked if not is_district(code))
    relations = [added(counts, Relation(("2015", WHOLE, "1280"), districts))] if with_city else []
    city = (("2015", WHOLE, "1280"),) if with_city else districts
    relations.append(added(counts, Relation(("2015", WHOLE, "12"), (*others, *city))))
    found = protect(counted(counts))
    hidden = causes(found)
    assert hidden.pop("128003") == "secret"
    assert (
        [(is_district(code), cause) for code, cause in hidden.items()] == [(True, "secondary")]
        if with_city
        else [(False, "secondary")]
    )
    assert worked_out(found, relations, counts) == []


def test_a_hidden_part_is_not_left_between_its_whole_and_the_other_part() -> None:
    """With three born abroad, the share of all and of those born in Sweden would tell; the smaller is hidden."""
    counts = cells({"0114": (3, 30)}, ABROAD) | cells({"0114": (60, 100)}, INLAND) | cells({"0114": (63, 130)})
    found = protect(counted(counts))
    assert dict(zip(found["indicator"], found["status"], strict=True)) == {
        ABROAD: "secret",
        INLAND: "secondary",
        WHOLE: "observed",
    }


def test_last_years_table_does_not_give_away_those_who_are_new() -> None:
    """This year's population is last year's and one more cohort: two published years would tell its two persons."""
    old, new, cohort = (edition_of(name) for name in ("2015", "2016", "2016 års kull"))
    counts = {old: (60.0, 100.0), cohort: (2.0, 25.0)}
    relation = added(counts, Relation(new, (old, cohort)))
    assert dict(zip(counts, protect(counted(counts), [relation])["status"], strict=True)) == {
        old: "secondary",
        cohort: "secret",
        new: "observed",
    }
    assert worked_out(protect(counted(counts)), [relation], counts) == [cohort]


def edition_of(name: str) -> Key:
    """Return the key of one indicator and place in an edition."""
    return name, WHOLE, "0114"


def test_what_the_source_hides_is_protected_too() -> None:
    truth = blekinge((8, 30), (12, 25), (20, 40), (30, 50), (35, 60))
    frame = counted(truth)
    frame.loc[0, [*FIGURES, "status"]] = [nan, nan, nan, "suppressed"]
    found = protect(frame)
    assert causes(found) == {"1060": "suppressed", "1080": "secondary"}
    tied = [Relation(("2015", WHOLE, "10"), tuple(("2015", WHOLE, one) for one in BLEKINGE))]
    assert worked_out(found, tied, truth) == []


def test_one_that_did_not_answer_hides_nobody_where_the_others_make_the_total() -> None:
    frame = counted(blekinge((2, 30), (0, 0), (20, 40), (30, 50), (35, 60)))
    frame.loc[1, [*FIGURES, "status"]] = [nan, nan, nan, "missing"]
    assert causes(protect(frame)) == {"1060": "secret", "1081": "secondary"}


# What never changes


def test_the_reports_own_results_have_no_counts_and_stay_as_they_are() -> None:
    pd.testing.assert_frame_equal(protect(STOCKHOLM), STOCKHOLM)


def test_what_is_not_about_persons_in_registers_stays_as_it_is() -> None:
    frame = counted(cells({"0114": (2, 8)}, "andel-barn") | cells({"0114": (1, 3)}, "socionomer-tre-ar"))
    pd.testing.assert_frame_equal(protect(frame), frame)


def test_the_education_indicators_and_two_background_measures_are_protected() -> None:
    protected = {item.id for item in indicators().values() if item.protected}
    assert {item.id for item in indicators().values() if item.area == "utbildning"} < protected
    assert {name for name in protected if indicators()[name].area != "utbildning"} == {
        "andel-familjehemsvard",
        "langvarigt-bistand",
    }
    assert {name: item.parts for name, item in indicators().items() if item.parts} == {
        "behoriga-alla": ["behoriga-fodda-i-sverige", "behoriga-fodda-i-annat-land"],
        "gymnasium-alla": ["gymnasium-fodda-i-sverige", "gymnasium-fodda-i-annat-land"],
    }


@few(8)
@given(seeds)
def test_few_persons_are_never_seen_and_the_rest_is_left_alone(seed: int) -> None:
    frame, tied = seeded(seed)
    before = frame.copy()
    found = protect(frame, tied)
    pd.testing.assert_frame_equal(frame, before)
    hidden = found["status"] != "observed"
    assert found.loc[hidden, FIGURES].isna().all(axis=None)
    assert found.loc[hidden, "answer"].isna().all()
    pd.testing.assert_frame_equal(found[~hidden], frame[~hidden])
    for row, status in zip(frame.itertuples(), found["status"], strict=True):
        others = row.denominator - row.numerator
        few = 1 <= row.numerator <= PERSONS or 1 <= others <= PERSONS
        expected = ["secret"] if few else ["small_base"] if row.denominator < BASE else ["observed", "secondary"]
        assert status in expected


@few(5)
@given(seeds, st.integers(0, 4), st.integers(0, 15))
def test_a_higher_threshold_never_shows_what_is_hidden_for_its_own_sake(seed: int, persons: int, base: int) -> None:
    """What was hidden for another's sake may be shown, when that other has better cover."""
    frame, tied = seeded(seed)
    low = protect(frame, tied)
    high = protect(frame, tied, limits=Limits(PERSONS + persons, BASE + base, 2))
    own = low["status"].isin(["secret", "small_base"])
    assert high.loc[own, FIGURES].isna().all(axis=None)
    shown = high[high["status"] == "observed"]
    others = shown["denominator"] - shown["numerator"]
    assert not (shown["denominator"] < BASE + base).any()
    for count in (shown["numerator"], others):
        assert not count.between(1, PERSONS + persons).any()


@few(5)
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_relations_does_not_matter(seed: int, random: st.DataObject) -> None:
    frame, tied = seeded(seed)
    order = random.sample(range(len(frame)), len(frame))
    turned = protect(frame.iloc[order], random.sample(tied, len(tied)))
    pd.testing.assert_frame_equal(turned.sort_index(), protect(frame, tied))


# What an attacker can work out


def attacked(own: Iterable[int]) -> dict[int, list[Any]]:
    """Return the made-up counties where an attacker works something out from all that has been published."""
    found = {}
    for seed in own:
        world = random_world(np.random.default_rng(seed))
        published: list[pd.DataFrame] = []
        for file in world.files:
            before = pd.concat(published) if published else None
            published.append(protect(file, world.relations, shown_before=before))
        found[seed] = recovered(published, world)
    return {seed: lost for seed, lost in found.items() if lost}


def test_nobody_works_out_what_is_hidden_in_a_few_counties() -> None:
    """Without the second hiding the last three are told of, and where nothing is tried against a reader the last."""
    assert attacked((0, 1, 2, 3, 10, 11)) == {}  # the long test has these and the rest


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, COUNTIES, 100))
def test_nobody_works_out_what_is_hidden(first: int) -> None:
    assert attacked(range(first, first + 100)) == {}


def test_without_the_second_hiding_the_attacker_finds_figures() -> None:
    """So the attack can find, and hiding few persons only is not enough."""
    found, seed = 0, 0
    while found < 10:
        frame, tied = seeded(seed)
        status = protect(frame, tied)["status"]
        own = status.isin(["secret", "small_base"])
        published = frame.assign(status=status.where(own, "observed"))
        published.loc[own, FIGURES] = nan
        found, seed = found + len(worked_out(published, tied, truth_of(frame))), seed + 1
        assert seed <= 30


def known_from_the_program(own: Iterable[int]) -> dict[int, list[Key]]:
    """Return the small counties where a reader who tries all counts through the rules learns one."""
    found = {}
    for seed in own:
        random = np.random.default_rng(seed)
        counts, relation = small_county(random)
        found[seed] = narrowed(protect, counts, relation, random)
    return {seed: keys for seed, keys in found.items() if keys}


def test_the_program_tells_nothing_of_what_it_hides_in_a_few_counties() -> None:
    """A choice by how many persons there are tells a reader of the last one."""
    assert known_from_the_program((0, 1, 2, 48)) == {}


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 300, 50))
def test_the_program_tells_nothing_of_what_it_hides(first: int) -> None:
    """Choices that followed from hidden counts would tell of them; see `knowing.py`."""
    assert known_from_the_program(range(first, first + 50)) == {}


def truth_of(frame: pd.DataFrame) -> Counts:
    """Return the counts of a table."""
    return dict(zip(keys_of(frame), zip(frame["numerator"], frame["denominator"], strict=True), strict=True))


def fewest(frame: pd.DataFrame, tied: list[Relation], status: list[str]) -> int:
    """Return how many cells must be hidden at least, by trying all."""
    own = [at for at in frame.index if status[at] in ("secret", "small_base")]
    free = [at for at in frame.index if at not in own]
    truth = truth_of(frame)
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            hidden = [*own, *chosen]
            other = frame.assign(status=[status[at] if at in own else "observed" for at in frame.index])
            other.loc[list(chosen), "status"] = "secondary"
            other.loc[hidden, FIGURES] = nan
            if not worked_out(other, tied, truth):
                return len(hidden)
    return len(frame)


def against_fewest(first: int, last: int) -> tuple[int, int]:
    """Return how many cells are hidden in small counties, and how few could be."""
    hidden, least = 0, 0
    for seed in range(first, last):
        random = np.random.default_rng(seed)
        pairs = [(int(random.binomial(base, 0.4)), base) for base in random.integers(5, 60, size=4).tolist()]
        counts = cells({f"30{number:02}": pair for number, pair in enumerate(pairs)})
        tied = [added(counts, Relation(("2015", WHOLE, "30"), tuple(counts)))]
        frame = counted(counts)
        status = protect(frame, tied)["status"]
        hidden += int((status != "observed").sum())
        least += fewest(frame, tied, status.tolist())
    return hidden, least


def test_hardly_more_is_hidden_than_must_be_in_a_few_counties() -> None:
    hidden, least = against_fewest(0, 4)
    assert least <= hidden <= 1.5 * least


@pytest.mark.long
def test_hardly_more_is_hidden_than_must_be() -> None:
    hidden, least = against_fewest(0, 40)
    assert least <= hidden <= 1.25 * least


# What is refused, and the data door


def test_counts_that_do_not_add_up_are_refused() -> None:
    frame = counted(blekinge((8, 30), (12, 25), (20, 40), (30, 50), (35, 60)))
    frame.loc[0, "numerator"] = 9
    with refused("2015, behoriga-alla, 10", "-1 i täljaren", "0 i nämnaren"):
        protect(frame)


def test_a_result_that_is_there_twice_is_refused() -> None:
    frame = counted(cells({"0114": (8, 30)}))
    with refused("2015, behoriga-alla, 0114", "två gånger"):
        protect(pd.concat([frame, frame], ignore_index=True))


def test_a_table_with_columns_of_its_own_keeps_them() -> None:
    frame = counted(blekinge((2, 30), (12, 25), (20, 40), (30, 50), (35, 60))).assign(source="x", note=range(6))
    found = protect(frame)
    assert list(found) == [*COLUMNS, "source", "note"]
    assert found["note"].tolist() == list(range(6))


def test_the_data_door_shows_no_few_persons(tmp_path: Path) -> None:
    """Also when the report is about other municipalities than the one that gives the hidden one away."""
    folder = small_copy(tmp_path / "data", {"utbildning"})
    path = folder / EDITION / "results/fou-nordvast-2015.csv"
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if ",behoriga-alla," not in line]
    path.write_text("".join(f"{line}\n" for line in rows), encoding="utf-8")
    counts = blekinge((2, 30), (12, 25), (20, 40), (30, 50), (35, 60))
    source = "fou-nordvast-2015"
    lines = [f"2015,{key[1]},{key[2]},{n / d:.2f},,observed,{n},{d},{source}" for key, (n, d) in counts.items()]
    append(path, *lines)
    found = results("Blekinge", municipalities=["1080", "1060"], folder=folder)
    shown = found[found["indicator"] == "behoriga-alla"].set_index("place")
    assert shown.loc[["1080", "1060"], "display"].tolist() == ["x (skydd)", "x (1–3)"]
    assert shown.loc[["1080", "1060"], FIGURES].isna().all(axis=None)
    assert not isnan(shown.loc["10", "value"])
    replace(path, ",0.07,,observed,2,30,", ",0.27,,observed,8,30,")
    with refused("går inte ihop"):
        results("Blekinge", folder=folder)
