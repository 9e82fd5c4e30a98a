"""Observations in segments, and steps that are never counted across a break, from words or between sources at odds."""

from itertools import pairwise
from math import isnan, nan
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, DOMAIN, EDITION, append, refused, replace
from oj.compare.steps import across_break, derived, steps
from oj.facts.editions import domain_folder
from oj.facts.params import OVER_TIME
from oj.sources.comparability import break_editions, edition_of, segments
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.written import YEARS as COLUMNS
from oj.tidy.years import of_places
from written import observations, series_of

YEARS = [str(year) for year in range(2010, 2021)]
NATION = series_of([], DATA)
editions = st.lists(st.sampled_from(YEARS), min_size=1, unique=True).map(sorted)
some = st.sets(st.sampled_from(YEARS))


def frame(*rows: tuple[str, float, str, int]) -> pd.DataFrame:
    """Return observations of one series: edition, value, the source's words and segment."""
    columns = ["period", "value", "words", "segment"]
    return pd.DataFrame(rows, columns=columns).assign(measure="a", place="00", status="observed", source="x")


def figured(rows: pd.DataFrame, *breaks: str) -> Figures:
    """Return observations of one series as figures."""
    measure = Measure("a", "A", "A", "a", "a", "a", "a", "share", in_points=True, breaks=breaks)
    return Figures(rows, {"a": measure}, OVER_TIME, DATA, ("Riket",))


@st.composite
def histories(draw: st.DrawFn) -> pd.DataFrame:
    """Return observations of one series with words among the numbers, disputes and breaks."""
    chosen = draw(editions)
    numbers = dict(zip(chosen, segments(chosen, draw(some)), strict=True))
    rows = []
    for edition in chosen:
        for value in draw(st.lists(st.integers(0, 100), min_size=1, max_size=2)):
            words = draw(st.sampled_from(["", "", "", "cirka hälften"]))
            rows.append((edition, nan if words else value / 100, words, numbers[edition]))
    return frame(*rows)


@given(editions, some, some)
def test_segments_part_what_a_break_parts_and_nothing_else(chosen: list[str], breaks: set[str], more: set[str]) -> None:
    found = segments(chosen, breaks)
    assert found == sorted(found)
    for first, last in zip(range(len(chosen)), range(1, len(chosen)), strict=False):
        between = any(chosen[first] < start <= chosen[last] for start in breaks)
        assert (found[first] != found[last]) == between
    assert len(set(segments(chosen, breaks | more))) >= len(set(found))


@given(editions, some)
def test_an_edition_that_was_not_measured_stands_alone(chosen: list[str], measured: set[str]) -> None:
    found = dict(zip(chosen, segments(chosen, [], measured), strict=True))
    for edition in chosen:
        if measured and edition <= max(measured) and edition not in measured:
            assert [other for other in chosen if found[other] == found[edition]] == [edition]


@given(histories())
def test_no_change_is_computed_across_a_break_or_between_sources_at_odds(rows: pd.DataFrame) -> None:
    segment = rows.groupby("period")["segment"].first()
    exact = rows[rows["words"] == ""]
    values = exact.groupby("period")["value"].unique()
    for step in steps(figured(rows)).itertuples():
        first, last = values[step.first], values[step.last]
        if segment[step.first] != segment[step.last]:
            assert (step.why, isnan(step.change)) == ("break", True)
        elif len(first) > 1 or len(last) > 1:
            assert (step.why, isnan(step.change)) == ("disputed", True)
        else:
            assert step.why == ""
            assert step.change == pytest.approx(last[0] - first[0])


@given(histories())
def test_every_edition_with_a_number_is_a_step_from_the_one_before(rows: pd.DataFrame) -> None:
    exact = sorted(set(rows.loc[rows["words"] == "", "period"]))
    found = steps(figured(rows))
    assert list(zip(found["first"], found["last"], strict=True)) == list(pairwise(exact))


@given(histories(), st.sampled_from(["över 90 procent", "drygt hälften", "nästan 40 procent"]))
def test_words_change_nothing(rows: pd.DataFrame, words: str) -> None:
    """Not even where somebody put a number beside them."""
    said = frame(*((edition, 0.4, words, 0) for edition in YEARS))
    more = pd.concat([rows, said], ignore_index=True)
    pd.testing.assert_frame_equal(steps(figured(more)), steps(figured(rows)))


def told(figures: Figures) -> dict[tuple[str, str, str], tuple[float | None, str]]:
    """Return every step's change in whole units and why there is none."""
    return {
        (row.measure, row.first, row.last): (
            None if isnan(row.change) else round(row.change * (100 if figures.measures[row.measure].is_share else 1)),
            row.why,
        )
        for row in steps(figures).itertuples()
    }  # fmt: skip


def test_the_nations_steps() -> None:
    assert told(of_places([], DATA)) == {
        ("bbic-licens", "2014", "2015"): (11, ""),
        ("overenskommelse-forskola", "2014", "2015"): (-3, ""),
        ("plan-handlaggare", "2014", "2015"): (12, ""),
        ("socionomer-tre-ar", "2014", "2015"): (0, ""),
        ("socionomer-tre-ar", "2015", "2018"): (None, "break"),
        ("socionomer-fem-ar", "2014", "2015"): (None, "disputed"),
        ("socionomer-fem-ar", "2015", "2019"): (None, "break"),
        ("uppfoljning-oppenvard", "2014", "2015"): (1, ""),
        ("uppfoljning-oppenvard", "2015", "2018"): (None, "break"),
        ("uppfoljning-oppenvard", "2018", "2019"): (0, ""),
        ("uppfoljning-dygnsvard", "2014", "2015"): (4, ""),
        ("uppfoljning-dygnsvard", "2015", "2019"): (None, "break"),
        ("information-placerade-barn", "2014", "2015"): (None, "break"),
        ("information-placerade-barn", "2015", "2018"): (None, "break"),
        ("information-placerade-barn", "2018", "2019"): (0, ""),
        ("delaktighet-verksamhetssystem", "2018", "2019"): (None, "break"),
        ("grundskola-17-ar", "2021", "2022"): (2, ""),
        ("gymnasium-20-ar-pojkar", "2021", "2022"): (13, ""),
        ("information-placerade-barn", "2019", "2022"): (None, "break"),
        ("information-placerade-barn", "2022", "2023"): (-3, ""),
        ("plan-familjehem", "2015", "2022"): (None, "break"),
        ("plan-familjehem", "2022", "2023"): (5, ""),
        ("utbildade-fem-ar", "2022", "2023"): (-1, ""),
    }


def test_every_series_breaks_in_2016() -> None:
    assert all("2016" in starts for starts in break_editions(DATA).values())


def test_a_new_break_takes_a_change_away(data_copy: Path) -> None:
    append(data_copy / DOMAIN / "breaks.csv", "2015,bbic-licens,break,source,Ny fråga.,skl-2016,x")
    assert told(of_places([], domain_folder(data_copy)))["bbic-licens", "2014", "2015"] == (None, "break")


def test_a_caution_breaks_nothing(data_copy: Path) -> None:
    append(data_copy / DOMAIN / "breaks.csv", "2015,bbic-licens,caution,source,Se upp.,skl-2016,x")
    assert told(of_places([], domain_folder(data_copy)))["bbic-licens", "2014", "2015"] == (11, "")


def test_a_measuring_date_that_is_not_the_indicators_breaks(data_copy: Path) -> None:
    replace(
        data_copy / EDITION / "indicators/saker.yml",
        '"2012-11-01", "2013-11-01", "2014-11-01"',
        '"2012-11-01", "2014-11-01"',
    )
    assert told(of_places([], domain_folder(data_copy)))["bbic-licens", "2014", "2015"] == (None, "break")


def test_comparable_since_breaks(data_copy: Path) -> None:
    assert break_editions(data_copy)["foraldrastod-bistand"] == {"2015", "2016"}
    replace(
        data_copy / EDITION / "indicators/saker.yml",
        "    - id: bbic-licens\n",
        '    - id: bbic-licens\n      comparable_since: "2013-11-01"\n',
    )
    assert break_editions(data_copy)["bbic-licens"] == {"2014", "2016"}


@pytest.mark.parametrize(
    ("moment", "edition"),
    [("2010-03-31", "2010"), ("2011-11-01", "2012"), ("2013-11-01/2014-11-01", "2015"), ("2013-12-31", "2014"),
     ("2014", "2015"), ("2014-06-30", "2014"), ("2014-07-01", "2015")],
)  # fmt: skip
def test_the_edition_of_a_measuring_date(moment: str, edition: str) -> None:
    assert edition_of(moment) == edition


CHANGES = pd.DataFrame(
    [("a", "00", "2013", "2014", 0.06, "x"), ("a", "00", "2014", "2019", nan, "x")],
    columns=["series", "place", "edition_from", "edition_to", "change", "source"],
)


def test_a_change_that_a_source_tells_across_a_break_is_known() -> None:
    rows = frame(("2014", 0.25, "", 0), ("2016", nan, "allt fler", 1), ("2019", 0.4, "", 1))
    assert across_break(figured(rows, "2016"), CHANGES).tolist() == [False, True, True]
    assert across_break(figured(rows), CHANGES).tolist() == [False, False, False]
    assert across_break(figured(rows.assign(source="y"), "2016"), CHANGES).tolist() == [False, True, False]


def test_a_value_is_derived_only_from_an_exact_one_in_the_same_segment() -> None:
    rows = frame(("2014", 0.25, "", 0))
    assert derived(figured(rows), CHANGES).to_numpy().tolist() == [["00", "a", "2013", 0.19]]
    assert derived(figured(rows, "2014"), CHANGES).empty
    assert derived(figured(frame(("2014", nan, "drygt 20 procent", 0))), CHANGES).empty
    assert derived(figured(frame(("2014", 0.25, "", 0), ("2014", 0.26, "", 0))), CHANGES).empty
    assert derived(figured(frame(("2013", 0.2, "", 0), ("2014", 0.25, "", 0))), CHANGES).empty


def test_what_the_sources_imply_is_derived_and_not_among_the_observations() -> None:
    from oj.facts.datapackage import read_table

    found = derived(of_places([], DATA), read_table("changes", DATA))
    assert found[["measure", "period", "value"]].to_numpy().tolist() == [
        ["bbic-licens", "2010", 0.28],
        ["plan-handlaggare", "2013", 0.19],  # two sources imply the same
    ]
    assert set(NATION["edition"]) == {*map(str, range(2014, 2024))}


def test_the_door_gives_the_nation_and_the_countys_own() -> None:
    assert list(observations("Kalmar")) == COLUMNS
    assert observations("riket")["place"].unique().tolist() == ["00"]
    assert observations("Stockholm")["place"].unique().tolist() == ["00"]
    for text in ("Kalmar", "kalmar län", "08"):
        assert observations(text)["place_name"].unique().tolist() == ["Riket", "Kalmar"]
    assert observations("Kalmar", "Kalmar").equals(observations("Kalmar"))
    assert observations("Kalmar", ["Västervik"])["place"].unique().tolist() == ["00"]
    with refused("Det finns inget län som heter ”Kalmr”. Menade du ”Kalmar”?"):
        observations("Kalmr")
    with refused("Kommunen Solna ligger i Stockholms län"):
        observations("Kalmar", ["Solna"])
