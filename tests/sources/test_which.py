"""Which result counts, for every pair of a shipped and an imported one; and where they differ."""

from math import nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA
from oj.facts.places import all_places
from oj.sources.which import KEY, Choice, clashing, counties_of, counting, disagreements, is_about, reported
from oj.words.vocabulary import HIDDEN, STATUSES

IMPORTED = {"egen", "annan"}


def row(source: str, status: str, figure: float = nan, place: str = "0184") -> dict[str, object]:
    """Return one result; a figure only where the status says so."""
    value = figure if status == "observed" else nan
    return {"edition": "2015", "indicator": "behoriga-alla", "place": place, "value": value, "answer": None,
            "status": status, "numerator": nan, "denominator": nan, "source": source}  # fmt: skip


@pytest.mark.parametrize(
    ("shipped", "own", "counts"),
    [
        ("observed", "observed", "egen"),
        ("observed", "missing", "fou"),
        ("observed", "not_applicable", "fou"),
        ("observed", "suppressed", "egen"),
        ("suppressed", "observed", "fou"),
        ("suppressed", "missing", "fou"),
        ("missing", "observed", "egen"),
        ("missing", "missing", "fou"),
        ("missing", "not_applicable", "fou"),
        ("withheld", "observed", "egen"),
        ("secret", "suppressed", "fou"),
        (None, "missing", "egen"),
        (None, "observed", "egen"),
        ("missing", None, "fou"),
    ],
)
def test_the_rule(shipped: str | None, own: str | None, counts: str) -> None:
    rows = [row("fou", shipped, 0.5)] if shipped else []
    rows += [row("egen", own, 0.6)] if own else []
    for order in (rows, rows[::-1]):
        (found,) = counting(pd.DataFrame(order), IMPORTED).to_dict("records")
        assert found["source"] == counts
        assert found["status"] == {"fou": shipped, "egen": own}[counts]


CELLS = st.fixed_dictionaries(
    {}, optional={source: st.sampled_from(list(STATUSES)) for source in ("fou", "egen")}
)  # fmt: skip


@given(st.lists(CELLS, min_size=1, max_size=6).filter(any))
def test_nothing_is_lost_doubled_or_laid_open(cells: list[dict[str, str]]) -> None:
    """Every cell that has a row has one; what is hidden in any source has no figure, also not as a disagreement."""
    rows = pd.DataFrame(
        [
            row(source, status, {"fou": 0.25, "egen": 0.75}[source], f"{at:04}")
            for at, cell in enumerate(cells)
            for source, status in cell.items()
        ]
    )
    found = counting(rows, IMPORTED)
    assert sorted(found["place"]) == sorted(set(rows["place"]))
    assert list(found) == list(rows)
    hidden = set(rows.loc[rows["status"].isin(HIDDEN), "place"])
    assert found.loc[found["place"].isin(hidden), "value"].isna().all()
    assert found.loc[found["place"].isin(hidden), "status"].isin(HIDDEN).all()
    observed = set(rows.loc[rows["status"] == "observed", "place"]) - hidden
    assert set(found.loc[found["status"] == "observed", "place"]) == observed  # no figure is lost
    differing = disagreements(rows, IMPORTED)
    both = {f"{at:04}" for at, cell in enumerate(cells) if list(cell.values()) == ["observed", "observed"]}
    assert set(differing["place"]) == both
    assert differing[["value", "value_shipped"]].drop_duplicates().to_numpy().tolist() in ([], [[0.75, 0.25]])


def test_the_order_is_that_of_the_first_source() -> None:
    rows = pd.DataFrame([row("fou", "observed", 0.1, "0184"), row("fou", "observed", 0.2, "0114"),
                         row("egen", "observed", 0.3, "0115"), row("egen", "observed", 0.4, "0184")])  # fmt: skip
    assert counting(rows, IMPORTED)["place"].tolist() == ["0184", "0114", "0115"]
    assert counting(rows, IMPORTED)["value"].tolist() == [0.4, 0.2, 0.3]
    assert not counting(rows, IMPORTED).duplicated(KEY).any()


def test_equal_figures_do_not_disagree() -> None:
    assert disagreements(
        pd.DataFrame([row("fou", "observed", 0.3), row("egen", "observed", 0.1 + 0.2)]), IMPORTED
    ).empty
    assert disagreements(pd.DataFrame([row("fou", "observed", 0.3)]), IMPORTED).empty


def test_what_a_third_source_hides_is_no_disagreement() -> None:
    rows = [row("fou", "observed", 0.3), row("egen", "observed", 0.4), row("annan", "secret")]
    assert disagreements(pd.DataFrame(rows), IMPORTED).empty


PLACES = all_places(DATA)


@pytest.mark.parametrize(
    ("told", "codes", "counties"),
    [
        ("", ["1280", "00", "01"], {"12"}),
        ("", ["1280", "0114"], {"12", "01"}),
        ("", ["12", "01", "00"], {"12", "01"}),
        ("", ["00"], set()),
        ("12", ["00"], {"12"}),
        ("12", ["00", "01"], {"12"}),
        ("", ["018001", "00", "12"], {"01"}),
    ],
)
def test_which_counties_an_import_is_about(told: str, codes: list[str], counties: set[str]) -> None:
    rows = pd.DataFrame([row("egen", "observed", 0.5, code) for code in codes])
    assert counties_of(rows, {"egen": told}, PLACES) == {"egen": counties}


@pytest.mark.parametrize(
    ("counties", "county", "about"),
    [
        ({"12"}, "12", True),
        ({"12"}, "01", False),
        ({"12", "01"}, "01", True),
        ({"12"}, "00", False),
        (set(), "01", True),
        (set(), "00", True),
        ({code for code, place in PLACES.items() if place.level == "county"}, "00", True),
    ],
)
def test_whether_an_import_is_about_a_county(counties: set[str], county: str, about: bool) -> None:
    assert is_about(counties, county, PLACES) is about


@given(st.lists(CELLS, min_size=1, max_size=6).filter(any))
def test_another_countys_import_changes_nothing_that_is_published(cells: list[dict[str, str]]) -> None:
    """Every published figure stands unless the import hides it; what only the import has is there."""
    figures = {"fou": 0.25, "egen": 0.75}
    rows = pd.DataFrame(
        [
            row(source, status, figures[source], f"{at:04}")
            for at, cell in enumerate(cells)
            for source, status in cell.items()
        ]
    )
    counted = counting(rows, IMPORTED)
    found = reported(counted, rows, Choice("01", "", {"egen": {"12"}}, {"egen"})).set_index("place")
    assert list(found.index) == list(counted["place"])
    for at, cell in enumerate(cells):
        if not cell:
            continue
        row_found = found.loc[f"{at:04}"]
        if set(cell.values()) & set(HIDDEN):
            assert (row_found["status"] in HIDDEN, pd.isna(row_found["value"])) == (True, True)
        elif cell.get("fou") == "observed":
            assert (row_found["source"], row_found["value"]) == ("fou", 0.25)
        elif cell.get("egen") == "observed":
            assert (row_found["source"], row_found["value"]) == ("egen", 0.75)
    assert reported(counted, rows, Choice("01", "", {"egen": {"01"}}, ())).equals(counted)


ABOUT = {"egen": {"01"}, "annan": {"12"}, "rike": set[str]()}


@pytest.mark.parametrize(
    ("place", "sources", "asked", "shown"),
    [
        ("00", ["fou", "egen"], "", "fou"),  # the published where there is any
        ("00", ["fou", "egen"], "egen", "egen"),
        ("00", ["fou", "annan"], "annan", "annan"),
        ("00", ["egen", "annan"], "", "egen"),  # else that which has the county's own rows
        ("00", ["annan", "rike"], "", "rike"),  # or the nation's alone
        ("00", ["annan"], "", None),  # never another county's, unasked
        ("00", ["annan"], "annan", "annan"),
        ("12", ["egen", "annan"], "", "egen"),
        ("12", ["annan"], "", "annan"),  # a county's own row of itself
        ("01", ["annan"], "", None),
        ("06", ["annan"], "", None),
    ],
)
def test_which_source_of_the_nation_and_the_counties_a_report_shows(
    place: str, sources: list[str], asked: str, shown: str | None
) -> None:
    for order in (sources, sources[::-1]):
        rows = pd.DataFrame([row(source, "observed", at / 10, place) for at, source in enumerate(order)])
        found = reported(counting(rows, ABOUT), rows, Choice("01", asked, ABOUT, {"annan"}))
        assert found["source"].tolist() == ([shown] if shown else [])
        assert found["value"].tolist() == ([order.index(shown) / 10] if shown else [])


@pytest.mark.parametrize("asked", ["", "annan"])
def test_what_any_source_hides_of_the_nation_no_report_shows(asked: str) -> None:
    rows = pd.DataFrame([row("egen", "observed", 0.5, "00"), row("annan", "secret", place="00")])
    (found,) = reported(counting(rows, ABOUT), rows, Choice("01", asked, ABOUT, {"annan"})).to_dict("records")
    assert found["status"] == "secret"
    assert pd.isna(found["value"])


@pytest.mark.parametrize(
    ("place", "sources", "figures", "persons", "clashes"),
    [
        ("0184", ("egen", "annan"), (0.5, 0.5), False, True),  # a municipality's is in one file
        ("00", ("egen", "annan"), (0.5, 0.6), False, False),
        ("00", ("egen", "annan"), (0.5, 0.6), True, True),  # of persons two that differ cannot be protected
        ("00", ("egen", "annan"), (0.5, 0.5), True, False),
        ("00", ("egen", "egen2"), (0.5, 0.6), False, True),  # of the same county
        ("00", ("egen", "egen2"), (0.5, 0.5), False, False),
        ("00", ("rike", "rike2"), (0.5, 0.6), False, True),
        ("00", ("egen", "rike"), (0.5, 0.6), False, False),
    ],
)
def test_what_two_imports_may_both_have(
    place: str, sources: tuple[str, str], figures: tuple[float, float], *, persons: bool, clashes: bool
) -> None:
    about = ABOUT | {"egen2": {"01"}, "rike2": set[str]()}
    cells = zip(sources, figures, strict=True)
    rows = pd.DataFrame([row(source, "observed", figure, place) for source, figure in cells])
    found = clashing(rows, about, {("2015", "behoriga-alla")} if persons else ())
    assert found.to_dict() == ({1: sources[0]} if clashes else {})
