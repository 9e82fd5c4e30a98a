"""What could be worked on, worked out again row by row: parts with missed targets, their order and the peers."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import docx
import pandas as pd
import pytest
from hypothesis import given

from conftest import few
from frames import JONKOPING, KNOWN, MUNICIPALITIES, REGIONS, SOLNA, STOCKHOLM, Cells, figures_of, frames, full, made
from oj.compare.improvement import Part, improvements
from oj.compare.reached import comparable
from oj.facts.datapackage import read_table
from oj.present.findings.guide import guide
from oj.publish.word.finish import TEMPLATE
from oj.publish.word.plan import write_plan
from oj.words.swedish import as_shown
from rederive import regional

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
OWN = list(dict.fromkeys(STOCKHOLM.loc[STOCKHOLM["level"] == "municipality", "place"]))
Known = dict[tuple[str, str], float]


def figures(frame: pd.DataFrame) -> Known:
    """Return 1, 0 or a share per answer indicator and place, where there is one."""
    return {
        (row.indicator, row.place): float(row.answer == "yes") if row.level == "municipality" else regional(row)
        for row in frame.itertuples()
        if KNOWN[row.indicator].is_answer and row.status == "observed"
    }


def check(
    frame: pd.DataFrame, found: list[Part], own: dict[str, float], is_missed: Callable[[str], bool], county: str
) -> None:
    """Compare parts with what each indicator says: `own` is what is reached, `is_missed` whether it lacks."""
    known = figures(frame)
    tables = dict.fromkeys(KNOWN[name].table for name in dict.fromkeys(frame["indicator"]) if KNOWN[name].is_answer)
    names = {table: [name for name in own if KNOWN[name].table == table] for table in tables}
    wanted = {table for table in tables if any(is_missed(name) for name in names[table])}
    assert sorted(part.table for part in found) == sorted(wanted)
    for part in found:
        counted = names[part.table]
        assert part.of == len(counted)
        assert part.reached == pytest.approx(sum(own[name] for name in counted), abs=1e-6)
        for region, told in (("00", part.nation), (county, part.county)):
            values = [known.get((name, region)) for name in counted]
            if None in values:
                assert pd.isna(told)
            else:
                assert told == pytest.approx(sum(values), abs=1e-6)
        lacking = [name for name in counted if is_missed(name)]
        assert part.lacking == tuple(lacking)
        assert part.common == tuple(name for name in lacking if known.get((name, "00"), 0) >= 0.5)
        assert set(part.common) <= set(part.lacking)


def sorted_rightly(found: list[Part]) -> bool:
    """Return whether first stand the furthest below the nation, then most common ones, then most missed."""
    apart = [0.0 if pd.isna(part.nation) else round(part.reached - as_shown(part.nation), 6) for part in found]
    keys = [(far, -len(part.common), -len(part.lacking)) for far, part in zip(apart, found, strict=True)]
    return all(upper <= lower for upper, lower in pairwise(keys))


@pytest.mark.parametrize("place", OWN)
def test_each_municipality(place: str) -> None:
    known = figures(STOCKHOLM)
    own = {name: known[name, place] for name in KNOWN if (name, place) in known}
    found = improvements(figures_of(STOCKHOLM), place)
    check(STOCKHOLM, found, own, lambda name: own[name] == 0, "01")
    assert sorted_rightly(found)
    assert sum(len(part.lacking) for part in found) == sum(value == 0 for value in own.values())


@pytest.mark.parametrize("place", OWN)
def test_peers_are_comparable_and_reach_at_least_half(place: str) -> None:
    known = figures(STOCKHOLM)
    for part in improvements(figures_of(STOCKHOLM), place):
        reaching = [
            other
            for other in comparable(figures_of(STOCKHOLM), place)
            if 2 * sum(known[name, other] for name in part.lacking) >= len(part.lacking)
        ]
        assert list(part.peers) == reaching


def test_the_group() -> None:
    known = figures(STOCKHOLM)
    answered = list(dict.fromkeys(name for name, _ in known))
    own = {name: sum(known[name, place] for place in OWN) / len(OWN) for name in answered}
    found = improvements(figures_of(STOCKHOLM))
    check(STOCKHOLM, found, own, lambda name: 2 * sum(known[name, place] for place in OWN) < len(OWN), "01")
    assert sorted_rightly(found)
    assert not any(part.peers for part in found)


def test_the_county() -> None:
    """Of a county without municipalities, what lies ten percentage points below the nation."""
    known = figures(JONKOPING)
    own = {name: known[name, "06"] for name in dict.fromkeys(name for name, _ in known)}
    found = improvements(figures_of(JONKOPING))
    check(JONKOPING, found, own, lambda name: round(100 * known[name, "00"]) - round(100 * own[name]) >= 10, "06")
    assert sorted_rightly(found)
    assert found
    assert not any(part.peers for part in found)


def test_some_of_what_is_missed_is_common() -> None:
    found = [part for place in OWN for part in improvements(figures_of(STOCKHOLM), place)]
    assert any(len(part.common) < len(part.lacking) for part in found)
    short = set(read_table("tables").set_index("table").index)
    assert {part.table for part in found} <= short


@few(8)
@given(frames("uppfoljning", most=5))
def test_any_answers(frame: pd.DataFrame) -> None:
    known = figures(frame)
    own = frame.loc[frame["level"] == "municipality", "place"].unique()
    for place in own:
        mine = {name: known[name, place] for name in KNOWN if (name, place) in known}
        check(frame, improvements(figures_of(frame), place), mine, lambda name, mine=mine: mine[name] == 0, "01")
    answered = dict.fromkeys(name for name, place in known if place in own)
    shares = {name: [known[name, place] for place in own if (name, place) in known] for name in answered}
    group = {name: sum(values) / len(values) for name, values in shares.items()}
    check(frame, improvements(figures_of(frame)), group, lambda name: group[name] < 0.5, "01")


def test_what_everybody_reaches_needs_no_work() -> None:
    frame = made(full("bedomning", 4))
    assert improvements(figures_of(frame)) == ()
    assert improvements(figures_of(frame), MUNICIPALITIES[0]) == ()


def test_one_with_nothing_to_improve_has_a_form_to_fill_in_all_the_same(tmp_path: Path) -> None:
    figures = figures_of(made(full("bedomning", 4)))
    (told,) = guide(figures, place=MUNICIPALITIES[0])
    assert "Inget delområde sticker ut" in str(told)
    write_plan(figures, MUNICIPALITIES[0], NOTEBOOKS / TEMPLATE, tmp_path / "atgarder.docx")
    (form,) = docx.Document(str(tmp_path / "atgarder.docx")).tables
    assert [cell.text for cell in form.rows[0].cells] == ["Steg 4", "Delområde 1", "Delområde 2", "Delområde 3"]


def test_partly_is_missed_and_unanswered_is_not() -> None:
    cells: Cells = {("plan-familjehem", place): 0.6 for place in REGIONS}
    cells |= dict(zip([("plan-familjehem", place) for place in MUNICIPALITIES], ["partly", "missing"], strict=False))
    (part,) = improvements(figures_of(made(cells)), MUNICIPALITIES[0])
    assert (part.reached, part.of, part.lacking, part.common) == (0, 1, ("plan-familjehem",), ("plan-familjehem",))
    assert improvements(figures_of(made(cells)), MUNICIPALITIES[1]) == ()


@pytest.mark.parametrize(("nation", "common"), [(0.49, 0), (0.5, 3), ("withheld", 0)])
def test_common_is_what_at_least_half_of_the_nation_reaches(nation: float | str, common: int) -> None:
    cells = full("bedomning", 3, "no")
    cells = {key: nation if key[1] == "00" else cell for key, cell in cells.items()}
    (part,) = improvements(figures_of(made(cells)))
    assert (len(part.common), len(part.lacking)) == (common, 3)
    assert pd.isna(part.nation) == (nation == "withheld")


@pytest.mark.parametrize(("county", "parts"), [(0.41, 0), (0.4, 1), (0.39, 1), ("withheld", 0)])
def test_a_county_misses_what_lies_ten_percentage_points_below(county: float | str, parts: int) -> None:
    assert len(improvements(figures_of(made({("socialjour", "00"): 0.5, ("socialjour", "01"): county})))) == parts


def test_one_municipality_is_a_group_of_its_own() -> None:
    group, own = improvements(figures_of(SOLNA)), improvements(figures_of(SOLNA), "0184")
    assert [part.lacking for part in group] == [part.lacking for part in own]


def of_peers(first: str, second: str, third: str) -> Part:
    """Return the part of a municipality that misses three targets, where its peer has answered as said."""
    names = [item.id for item in KNOWN.values() if item.table == "bedomning"]
    cells: Cells = {(name, place): 0.5 for name in names for place in REGIONS}
    cells |= dict.fromkeys([(name, "0184") for name in names], "no")
    cells |= {(name, "0123"): cell for name, cell in zip(names, (first, second, third), strict=True)}
    (part,) = improvements(figures_of(made(cells, ["0184", "0123", *REGIONS])), "0184")
    return part


@pytest.mark.parametrize("row", [("yes", "yes", "yes"), ("yes", "no", "yes"), ("missing", "yes", "yes")], ids=str)
def test_a_peer_that_reaches_half_is_named(row: tuple[str, str, str]) -> None:
    assert of_peers(*row).peers == ("0123",)


@pytest.mark.parametrize("row", [("no", "no", "no"), ("yes", "no", "no"), ("missing", "missing", "missing")], ids=str)
def test_a_peer_that_reaches_less_is_not_named(row: tuple[str, str, str]) -> None:
    assert of_peers(*row).peers == ()


def test_a_peer_that_has_answered_one_of_three_does_not_reach_half_of_them() -> None:
    assert of_peers("yes", "missing", "missing").peers == ()
