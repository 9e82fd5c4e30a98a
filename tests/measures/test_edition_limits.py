"""What is not shown belongs to an edition: a base under 20 in 2015, under 21 from 2024, and nobody works it out."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import counties
import knowing
import oj
from conftest import DOMAIN, refused, replace, small_copy
from counties import WHOLE, World, added, counted, random_world, recovered
from importing import result, write
from knowing import narrowed, small_county
from oj.disclosure.door import read_protected
from oj.disclosure.margins import Key, Relation
from oj.disclosure.protection import own_status, protect
from oj.doors.shown import read_reported
from oj.present.method.quality import signs
from oj.present.output import Table
from oj.sources.limits import limits_of

BLEKINGE = ["1060", "1080", "1081", "1082", "1083"]
NEW = "2024"
Counts = dict[Key, tuple[float, float]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data/ with an edition of 2024 that asks what that of 2015 asks of education, without any results."""
    home = small_copy(tmp_path / "data", {"utbildning"})
    shutil.copytree(home / DOMAIN / "2015", home / DOMAIN / NEW, ignore=shutil.ignore_patterns("survey", "results"))
    replace(home / DOMAIN / NEW / "edition.yml", "jämförelser 2015", f"jämförelser {NEW}")
    return home


def in_edition(frame: pd.DataFrame, relations: list[Relation], year: str) -> tuple[pd.DataFrame, list[Relation]]:
    """Return made-up results and how they add up as if they were of another edition."""

    def moved(key: Key) -> Key:
        return (year, key[1], key[2])

    return frame.assign(edition=year), [Relation(moved(one.total), tuple(map(moved, one.parts))) for one in relations]


def blekinge(year: str, *pairs: tuple[float, float]) -> Counts:
    """Return the counts of Blekinge's five municipalities and of the county."""
    counts: Counts = {(year, WHOLE, place): pair for place, pair in zip(BLEKINGE, pairs, strict=True)}
    added(counts, Relation((year, WHOLE, "10"), tuple(counts)))
    return counts


@pytest.mark.parametrize(
    ("base", "old", "new"),
    [(19, "small_base", "small_base"), (20, "observed", "small_base"), (21, "observed", "observed")],
)
def test_the_base_that_is_too_small_is_the_editions(base: int, old: str, new: str) -> None:
    both = counted({("2015", WHOLE, "0114"): (9, base), (NEW, WHOLE, "0114"): (9, base)})
    assert protect(both)["status"].tolist() == [old, new]
    assert [one or "observed" for one in own_status(both)] == [old, new]
    assert protect(both.iloc[::-1])["status"].tolist() == [new, old]


@pytest.mark.parametrize("base", [19, 20])
def test_the_county_does_not_give_a_base_of_twenty_away(base: int) -> None:
    """The smallest of the others is hidden beside it; in 2015 nothing is hidden of twenty."""
    pairs = [(9, base), (12, 25), (20, 40), (30, 50), (35, 60)]
    found = {year: protect(counted(blekinge(year, *pairs))).set_index("place")["status"] for year in ("2015", NEW)}
    assert found[NEW].loc[["1060", "1080"]].tolist() == ["small_base", "secondary"]
    assert (found[NEW].drop(["1060", "1080"]) == "observed").all()
    assert found["2015"].eq("observed").all() == (base == 20)


@pytest.mark.parametrize("seed", range(6))
def test_an_attacker_who_knows_the_rule_of_2024_works_nothing_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counties, "BASE", 21)
    made = random_world(np.random.default_rng(seed))
    files = [in_edition(one, made.relations, NEW) for one in made.files]
    truth = {(NEW, *key[1:]): pair for key, pair in made.counts.items()}
    seen: list[pd.DataFrame] = []
    for frame, relations in files:
        before = pd.concat(seen) if seen else None
        seen.append(protect(frame, relations, shown_before=before))
        assert not (seen[-1]["denominator"] < 21).any()
    assert recovered(seen, World(truth, files[-1][1], [frame for frame, _ in files])) == []


@pytest.mark.parametrize("seed", range(3))
def test_one_who_also_knows_the_program_works_nothing_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (counties, knowing):
        monkeypatch.setattr(module, "BASE", 21)
    counts, relation = small_county(np.random.default_rng(seed))
    of_edition = {(NEW, *key[1:]): pair for key, pair in counts.items()}
    (moved,) = in_edition(counted(counts), [relation], NEW)[1]
    assert narrowed(protect, of_edition, moved, np.random.default_rng(seed)) == []


def test_two_editions_are_protected_as_each_alone() -> None:
    frames = [counted(blekinge(year, (9, 20), (2, 25), (20, 40), (30, 50), (35, 60))) for year in ("2015", NEW)]
    together = protect(pd.concat(frames, ignore_index=True))
    pd.testing.assert_frame_equal(together, pd.concat([protect(one) for one in frames], ignore_index=True))


def of_2024(*cells: tuple[str, float, float]) -> list[dict[str, object]]:
    """Return results of 2024 of children's eligibility, with counts."""
    pairs = [(place, {"numerator": above, "denominator": below}, above / below) for place, above, below in cells]
    return [result(WHOLE, place, share) | pair | {"edition": NEW} for place, pair, share in pairs]


def test_the_report_says_the_base_of_its_edition(data: Path) -> None:
    write(data, of_2024(("1060", 9, 20), ("1080", 12, 25), ("1081", 20, 40), ("1082", 30, 50), ("1083", 35, 60)),
          edition=NEW, year=2024)  # fmt: skip
    figures = oj.figures("Blekinge", NEW, folder=data)
    shown = figures.of(WHOLE).frame.set_index("place")["display"]
    assert shown["1060"] == "x (<21)"
    told = signs(figures)
    assert isinstance(told, Table)
    assert "underlaget är mindre än 21" in repr(told).casefold()
    assert "mindre än 20" not in repr(told)
    assert "x (<21): dold, underlaget är mindre än 21." in oj.table(figures.of(figures.measures[WHOLE].table)).notes[0]
    assert "underlaget är mindre än 20" in repr(signs(oj.figures("Stockholm", folder=data)))


def test_what_the_source_hides_may_be_nobody_from_2024(data: Path) -> None:
    """It hides fewer than four in the numerator there; earlier one to three."""
    told = {year: limits_of(data, year).statuses for year in ("2015", NEW)}
    assert [one["suppressed"].sentence.split("(")[1][:12] for one in told.values()] == ["1–3 personer", "0–3 personer"]
    assert {one["secret"].sign for one in told.values()} == {"x (1–3)"}  # what is hidden here is somebody


def test_an_edition_may_have_limits_of_its_own(data: Path) -> None:
    path = data / DOMAIN / NEW / "edition.yml"
    path.write_text(path.read_text(encoding="utf-8") + "limits: {persons: 5, base: 30, lacking: 0.3}\n", "utf-8")
    write(data, of_2024(("1060", 9, 29), ("1080", 5, 80), ("1081", 20, 40)), edition=NEW, year=2024)
    found = read_protected(data).query("edition == @NEW").set_index("place")["status"]
    assert found.loc[["1060", "1080"]].tolist() == ["small_base", "secret"]
    assert limits_of(data, NEW).lacking == 0.3
    assert limits_of(data, NEW).statuses["secret"].sign == "x (1–5)"
    assert "mer än 30 procent" in limits_of(data, NEW).statuses["withheld"].sentence


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('from: "2024"', "from: 2024", ("limits: 2: from", "skriv inom citattecken")),
        ("base: 21", "base: 0", ("base", "ska vara ett heltal, minst 1")),
        ("base: 21", "bas: 21", ("bas", "Menade du ”base”?")),
        ("lacking: 0.2}", "lacking: 20}", ("lacking", "ska vara en andel mellan 0 och 1")),
    ],
)
def test_limits_that_are_wrong_are_told(old: str, new: str, told: tuple[str, ...], data: Path) -> None:
    replace(data / DOMAIN / "domain.yml", old, new)
    with refused(f"data/{DOMAIN}/domain.yml", *told):
        limits_of(data, NEW)


def test_what_the_new_limits_hide_no_way_in_shows(data: Path) -> None:
    """A base of twenty: corrected, read in beside another county's file, and asked from it."""
    home = of_2024(("1060", 9, 20), ("1080", 12, 25), ("1081", 20, 40), ("1082", 30, 50), ("1083", 35, 60))
    write(data, [*home, *of_2024(("10", 106, 195))], edition=NEW, year=2024)
    write(data, of_2024(("1280", 30, 90)), "skane", edition=NEW, year=2024)
    with refused("finns redan i inläsningen ”egen-fil”; töm raden för Blekinge län"):
        write(data, of_2024(("1280", 30, 90), ("10", 107, 195)), "skane", edition=NEW, year=2024)
    write(data, of_2024(("1280", 30, 90), ("10", 106, 195)), "skane", edition=NEW, year=2024)
    relation = Relation((NEW, WHOLE, "10"), tuple((NEW, WHOLE, place) for place in BLEKINGE))
    truth = {(NEW, WHOLE, str(one["place"])): (one["numerator"], one["denominator"]) for one in home}
    world = World(truth | {relation.total: (106, 195)}, [relation], [read_protected(data)])
    for county, asked in (("10", ""), ("10", "skane"), ("12", ""), ("12", "egen-fil")):
        rows = read_reported(county, data, asked).query("edition == @NEW")
        assert rows.set_index("place")["status"].get("1060", "small_base") == "small_base"
        assert recovered([rows], world) == []
