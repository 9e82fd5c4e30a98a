"""Reached targets, counted twice: how many, where a municipality stands alone, and who is like it."""

import dataclasses
from collections import defaultdict
from csv import DictReader
from random import Random
from statistics import median

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, EDITION, few
from frames import JONKOPING, KNOWN, MUNICIPALITIES, REGIONS, SOLNA, STOCKHOLM, Cells, figures_of, frames, full, made
from oj.compare.exact import implied
from oj.compare.reached import against, alone, answers, comparable, differs_most, missed, reached
from oj.tidy.as_it_is import COLUMNS
from rederive import regional

OWN = list(dict.fromkeys(STOCKHOLM.loc[STOCKHOLM["level"] == "municipality", "place"]))
BYS = ("area", "table", "")
SUMS = ["reached", "of", "other", "difference"]
ANSWER_TABLES = list(dict.fromkeys(item.table for item in KNOWN.values() if item.is_answer))


def recounted(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return what every place has reached of every answer indicator with a figure, read row by row."""
    found = {}
    for row in frame.itertuples():
        if KNOWN[row.indicator].is_answer and row.status == "observed":
            own = row.level == "municipality"
            found[row.indicator, row.place] = float(row.answer == "yes") if own else regional(row)
    return found


def group_of(indicator: str, by: str) -> str:
    """Return the area or table that an indicator is counted in, or the whole."""
    return {"area": KNOWN[indicator].area, "table": KNOWN[indicator].table, "": ""}[by]


def check_reached(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Compare the sums with a recount, and return them."""
    found = reached(figures_of(frame), by)
    found = found if by else found.assign(whole="").set_index("whole", append=True)
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in frame.itertuples():
        if KNOWN[row.indicator].is_answer:
            sums[row.place, group_of(row.indicator, by)] += []
    for (name, place), value in recounted(frame).items():
        sums[place, group_of(name, by)].append(value)
    assert set(found.index) == set(sums)
    for key, values in sums.items():
        assert found.loc[key, ["reached", "of"]].tolist() == [pytest.approx(sum(values), abs=1e-6), len(values)]
    return found


def check_against(frame: pd.DataFrame, place: str, other: str, by: str) -> pd.DataFrame:
    """Compare the differences with a recount of the targets that both have figures for, and return them."""
    found = against(figures_of(frame), place, other, by)
    known = recounted(frame)
    both = [name for name in KNOWN if (name, place) in known and (name, other) in known]
    groups = list(dict.fromkeys(group_of(name, by) for name in both))
    assert sorted(found.index) == sorted(groups)
    for group in groups:
        names = [name for name in both if group_of(name, by) == group]
        mine, theirs = (sum(known[name, one] for name in names) for one in (place, other))
        row = found.loc[group, SUMS].tolist()
        assert row == [pytest.approx(number, abs=2e-6) for number in (mine, len(names), theirs, mine - theirs)]
    return found


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("frame", [STOCKHOLM, JONKOPING, SOLNA], ids=["stockholm", "jonkoping", "solna"])
def test_every_places_targets(frame: pd.DataFrame, by: str) -> None:
    check_reached(frame, by)


def test_solna_reaches_23_of_39_targets() -> None:
    """As one counts the cells of the source's tables by hand."""
    own = STOCKHOLM[(STOCKHOLM["place"] == "0184") & STOCKHOLM["answer"].notna()]
    assert (len(own), (own["display"] == "Ja").sum()) == (39, 23)
    assert reached(figures_of(STOCKHOLM)).loc["0184"].tolist() == [23, 39, 0]


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("place", OWN)
def test_every_municipality_against_the_nation_and_the_county(place: str, by: str) -> None:
    for other in ("00", "01", OWN[place == OWN[0]]):
        check_against(STOCKHOLM, place, other, by)


def test_a_countys_average_is_exact_and_the_nations_a_sum_of_rounded_shares() -> None:
    """792 of 38, and 292 of 12; what is known to within half a percent is so 39 times."""
    sums = reached(figures_of(STOCKHOLM))
    assert sums.loc["01", ["reached", "width"]].tolist() == [pytest.approx(792 / 38, abs=1e-6), 0]
    assert sums.loc["00", ["reached", "width"]].tolist() == [pytest.approx(19.07), pytest.approx(39 * 0.005)]
    assert reached(figures_of(JONKOPING)).loc["06", "reached"] == pytest.approx(292 / 12, abs=1e-6)


@pytest.mark.parametrize(
    ("share", "answering", "told"),
    [(0.32, 38, 12 / 38), (0.42, 12, 5 / 12), (0.5, 38, 0.5), (0.33, 38, None), (0.321, 38, None), (0.32, 0, None),
     (0.32, 290, None), (0.0, 12, 0.0), (1.0, 38, 1.0)],
)  # fmt: skip
def test_a_share_is_a_fraction_where_only_one_can_be(share: float, answering: int, told: float | None) -> None:
    found = implied(share, answering)
    assert pd.isna(found) if told is None else found == told


def test_a_share_with_counts_is_that_of_its_counts() -> None:
    frame = STOCKHOLM.assign(
        numerator=STOCKHOLM["numerator"].mask(STOCKHOLM["place"] == "00", 96.0),
        denominator=STOCKHOLM["denominator"].mask(STOCKHOLM["place"] == "00", 290.0),
    )
    assert set(answers(figures_of(frame)).query("place == '00'")["reached"]) == {96 / 290}
    assert reached(figures_of(frame)).loc["00", "width"] == 0


def test_another_sources_share_is_not_taken_for_the_fraction() -> None:
    frame = STOCKHOLM.assign(source="egen-fil")
    assert reached(figures_of(frame)).loc["01", "width"] == pytest.approx(39 * 0.005)


def test_nothing_is_against_a_place_that_is_not_there() -> None:
    assert against(figures_of(JONKOPING), "0184", "00", "area").empty
    assert against(figures_of(STOCKHOLM), "0184", "12", "area").empty


def test_partly_is_not_reached_and_what_lacks_is_not_counted() -> None:
    row = ["yes", "partly", "no", "missing", "not_applicable", "suppressed"]
    cells: Cells = {("plan-familjehem", place): cell for place, cell in zip(MUNICIPALITIES, row, strict=False)}
    frame = made(cells | {("plan-familjehem", "00"): 0.25, ("plan-familjehem", "01"): "withheld"})
    sums = check_reached(frame, "").droplevel(1)
    assert [tuple(sums.loc[place, ["reached", "of"]]) for place in [*MUNICIPALITIES[:6], "00", "01"]] == [
        (1, 1), (0, 1), (0, 1), (0, 0), (0, 0), (0, 0), (0.25, 1), (0, 0),
    ]  # fmt: skip
    assert [len(missed(figures_of(frame), place)) for place in MUNICIPALITIES[:6]] == [0, 1, 1, 0, 0, 0]
    assert against(figures_of(frame), MUNICIPALITIES[0], "01").empty


def test_rows_of_answers_keep_their_place() -> None:
    rows = answers(figures_of(STOCKHOLM))
    pd.testing.assert_frame_equal(rows[COLUMNS], figures_of(STOCKHOLM).frame.loc[rows.index])
    assert set(rows["measure"]) == {name for name, item in KNOWN.items() if item.is_answer}
    assert rows["table"].tolist() == [KNOWN[name].table for name in rows["measure"]]


@few(7)
@given(st.data())
def test_any_answers(data: st.DataObject) -> None:
    frame = data.draw(frames(data.draw(st.sampled_from(ANSWER_TABLES)), fewest=0, most=5))
    for by in BYS:
        check_reached(frame, by)
    for place, other in (("01", "00"), *((place, "00") for place in OWN[:2])):
        check_against(frame, place, other, "table")


@few(7)
@given(frames("intern-samordning", most=5), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(frame: pd.DataFrame, random: Random) -> None:
    ordered = figures_of(frame)
    order = list(ordered.frame.index)
    random.shuffle(order)
    mixed = dataclasses.replace(ordered, frame=ordered.frame.loc[order])
    one, other = MUNICIPALITIES[:2]
    for found, again in (
        (reached(ordered, "table"), reached(mixed, "table")),
        (against(ordered, one, other, "table"), against(mixed, one, other, "table")),
        (alone(ordered, one).to_frame("only"), alone(mixed, one).to_frame("only")),
        (missed(ordered, one), missed(mixed, one)),
    ):
        pd.testing.assert_frame_equal(found.sort_index(), again.sort_index())


@few(7)
@given(frames("manualbaserade-insatser", most=5))
def test_what_holds_for_any_sums(frame: pd.DataFrame) -> None:
    sums = reached(figures_of(frame), "area")
    assert ((sums["reached"] >= 0) & (sums["reached"] <= sums["of"] + 1e-9)).all()
    for one, other in (("00", "01"), tuple(MUNICIPALITIES[:2]), (MUNICIPALITIES[0], "00")):
        there, back = against(figures_of(frame), one, other, "area"), against(figures_of(frame), other, one, "area")
        assert (there["difference"] == -back["difference"]).all()
        assert (there["of"] == back["of"]).all()


@pytest.mark.parametrize("by", ["area", "table"])
def test_the_parts_sum_to_the_whole(by: str) -> None:
    parts, whole = reached(figures_of(STOCKHOLM), by), reached(figures_of(STOCKHOLM))
    together = parts.groupby("place").sum()
    pd.testing.assert_frame_equal(together.sort_index(), whole.sort_index(), atol=1e-6)


def check_alone(frame: pd.DataFrame, place: str) -> dict[str, str]:
    """Compare where a place stands alone with a recount, and return it."""
    known = recounted(frame)
    own = frame.loc[frame["level"] == "municipality", "place"].unique().tolist()
    expected = {}
    for name in frame["indicator"].unique():
        row = {one: known[name, one] for one in own if (name, one) in known}
        others = [value for one, value in row.items() if one != place]
        if len(own) > 2 and len(row) == len(own) and place in row and set(others) == {1 - row[place]}:
            expected[name] = "yes" if row[place] else "no"
    assert alone(figures_of(frame), place).to_dict() == expected
    return expected


def test_where_each_municipality_stands_alone() -> None:
    found = {place: check_alone(STOCKHOLM, place) for place in OWN}
    assert found["0123"]["overenskommelse-kriminalvard"] == "yes"
    assert sum(map(len, found.values())) > 5


@few(7)
@given(frames("bedomning", most=4))
def test_nobody_stands_alone_among_two_or_where_somebody_has_not_answered(frame: pd.DataFrame) -> None:
    own = frame.loc[frame["level"] == "municipality", "place"].unique()
    found = {place: check_alone(frame, place) for place in own}
    lacking = set(frame.loc[(frame["level"] == "municipality") & (frame["status"] != "observed"), "indicator"])
    for names in found.values():
        assert len(own) > 2 or not names
        assert not lacking & set(names)


def test_nobody_stands_alone_who_is_not_there() -> None:
    assert alone(figures_of(STOCKHOLM), "0180").empty
    assert alone(figures_of(JONKOPING), "0184").empty


@pytest.mark.parametrize("place", OWN)
def test_missed_targets_are_those_answered_with_no(place: str) -> None:
    own = STOCKHOLM[(STOCKHOLM["place"] == place) & STOCKHOLM["answer"].isin(["no", "partly"])]
    assert missed(figures_of(STOCKHOLM), place).index.tolist() == own.index.tolist()


@pytest.mark.parametrize("place", OWN)
def test_comparable_municipalities_share_a_group(place: str) -> None:
    groups = defaultdict(set)
    with (DATA / EDITION / "groups.csv").open(encoding="utf-8") as file:
        for row in DictReader(file):
            groups[row["place"]].add((row["classification"], row["class"]))
    assert comparable(figures_of(STOCKHOLM), place) == [
        one for one in OWN if one != place and groups[one] & groups[place]
    ]
    assert comparable(figures_of(SOLNA), place) == [
        one for one in ["0184"] if one != place and groups[one] & groups[place]
    ]


def test_a_municipality_without_groups_is_comparable_with_none() -> None:
    assert comparable(figures_of(STOCKHOLM), "1480") == []


@pytest.mark.parametrize("area", dict.fromkeys(item.area for item in KNOWN.values()))
def test_where_the_municipalities_differ_most(area: str) -> None:
    """Nearest half of answers, else the widest of the numbers that most municipalities have."""
    known = recounted(STOCKHOLM)
    shown = [item for item in KNOWN.values() if item.area == area]
    yes = {item.id: sum(known[item.id, place] for place in OWN) for item in shown if item.is_answer}
    own = STOCKHOLM[STOCKHOLM["place"].isin(OWN) & (STOCKHOLM["area"] == area)]
    numbers = {name: rows["value"].dropna().tolist() for name, rows in own.groupby("indicator", sort=False)}
    if yes:
        expected = min(yes, key=lambda name: abs(yes[name] - len(OWN) / 2))
    else:
        most = max(len(values) for values in numbers.values())
        spread = {name: (max(v) - min(v)) / median(v) for name, v in numbers.items() if len(v) == most}
        expected = max(spread, key=lambda name: spread[name])
    assert differs_most(figures_of(STOCKHOLM).of(area)) == expected


def test_nobody_differs_without_figures() -> None:
    assert differs_most(figures_of(JONKOPING).of("saker")) is None
    hidden = {key: cell if key[1] in REGIONS else "missing" for key, cell in full("bedomning", 3).items()}
    assert differs_most(figures_of(made(hidden)).of("kunskapsbaserad")) is None
