"""Women and men alone: stored beside all, mixed with none of them, and no way to what is hidden.

The attacker of `counties.py` knows that women and men are all, for each part of a whole too.
"""

import shutil
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

import oj
from conftest import DOMAIN, refused
from counties import ABROAD, INLAND, WHOLE, Pair, World, added, counted, recovered
from oj.cli import run
from oj.disclosure.door import read_protected
from oj.disclosure.ledger import APART, read_shown, remember
from oj.disclosure.margins import Key, Relation
from oj.disclosure.protection import protect
from oj.facts.editions import using
from oj.present.output import Parts
from oj.publish.build.downloads import table_of, write_csv
from oj.publish.chapters.needs import has
from oj.words.groups import id_of
from sources.sheet_books import read_once

GROUPS = ("total", "women", "men")
TITLE = "Andel barn som har en aktuell genomförandeplan"


def apart(**pairs: Pair) -> dict[Key, Pair]:
    """Return counts of a place, by group."""
    return {("2015", id_of(WHOLE, group), "0114"): pair for group, pair in pairs.items()}


def hidden(counts: dict[Key, Pair]) -> dict[str, str]:
    """Return the status of every row that is not shown."""
    found = protect(counted(counts))
    return {row.indicator: row.status for row in found.itertuples() if row.status != "observed"}


def made(random: np.random.Generator, *, parts: bool) -> World:
    """Return a small county by women and men, and by where they were born or not."""
    towns = [f"30{at:02}" for at in range(1, int(random.integers(2, 5)))]
    names = (INLAND, ABROAD) if parts else (WHOLE,)
    counts: dict[Key, Pair] = {}
    for name, group, town in product(names, GROUPS[1:], towns):
        base = int(random.geometric(1 / random.choice([10, 40, 150])))
        counts["2015", id_of(name, group), town] = (int(random.binomial(base, random.choice([0.05, 0.4, 0.8]))), base)
    relations = []
    for name, place in product(names, towns):
        both = tuple(("2015", id_of(name, group), place) for group in GROUPS[1:])
        relations.append(added(counts, Relation(("2015", name, place), both)))
    if parts:
        for group, place in product(GROUPS, towns):
            both = tuple(("2015", id_of(name, group), place) for name in names)
            relations.append(added(counts, Relation(("2015", id_of(WHOLE, group), place), both)))
    every = sorted({key[1] for key in counts})
    for name in every:
        relations.append(added(counts, Relation(("2015", name, "30"), tuple(("2015", name, town) for town in towns))))
    own = [one for name in ((*names, WHOLE) if parts else names) for one in [
        Relation(("2015", name, "30"), tuple(("2015", id_of(name, group), "30") for group in GROUPS[1:]))]]  # fmt: skip
    whole = [Relation(("2015", id_of(WHOLE, group), "30"), tuple(("2015", id_of(name, group), "30") for name in names))
             for group in GROUPS if parts]  # fmt: skip
    rest = [Relation(("2015", WHOLE, town), tuple(("2015", id_of(WHOLE, group), town) for group in GROUPS[1:]))
            for town in towns if parts]  # fmt: skip
    return World(counts, [*relations, *own, *whole, *rest], [counted(counts)])


def test_few_women_are_not_left_between_all_and_the_men() -> None:
    found = hidden(apart(total=(32, 90), women=(2, 30), men=(30, 60)))
    assert found == {id_of(WHOLE, "women"): "secret", id_of(WHOLE, "men"): "secondary"}  # all are shown as before
    assert hidden(apart(total=(50, 90), women=(20, 30), men=(30, 60))) == {}


def test_few_who_are_neither_are_not_told_by_women_and_men() -> None:
    """One of 91 is neither; all three figures together would say which answer."""
    assert "secondary" in hidden(apart(total=(51, 91), women=(20, 30), men=(30, 60))).values()
    assert hidden(apart(total=(80, 150), women=(20, 30), men=(30, 60))) == {}  # sixty are many


def test_women_without_men_tell_of_the_men() -> None:
    assert "secondary" in hidden(apart(total=(32, 90), women=(30, 60))).values()


def of_city(*pairs: Pair, city: Pair | None = None) -> dict[Key, Pair]:
    """Return counts of districts that were read in and of their city, without more the sum of them."""
    counts: dict[Key, Pair] = {("2015", WHOLE, f"1480-del-{at}"): pair for at, pair in enumerate(pairs)}
    total = added(counts, Relation(("2015", WHOLE, "1480"), tuple(counts))).total
    return counts | ({total: city} if city else {})


def test_a_districts_few_are_not_left_between_its_city_and_the_other_districts() -> None:
    """The city has those that the file has, whatever districts it had in another edition."""

    def causes(counts: dict[Key, Pair]) -> dict[str, str]:
        found = protect(counted(counts))
        return {row.place: row.status for row in found.itertuples() if row.status != "observed"}

    assert sorted(causes(of_city((2, 30), (40, 80), (30, 90))).values()) == ["secondary", "secret"]
    assert causes(of_city((20, 50), (40, 80))) == {}
    assert causes(of_city((20, 50), (40, 80), city=(61, 132))) != {}  # one of two without a district
    known = of_city((2, 30), (40, 80)) | {("2015", WHOLE, "148001"): (25, 60), ("2015", WHOLE, "1480"): (67, 170)}
    assert len(causes(known)) == 2  # its name is one that is known: it is of the same division


@pytest.mark.parametrize(
    ("parts", "seeds"),
    [
        (False, range(3)),
        (True, range(1)),
        pytest.param(False, range(3, 15), marks=pytest.mark.long),
        pytest.param(True, range(1, 5), marks=pytest.mark.long),
    ],
)
def test_nobody_works_out_what_is_hidden_of_women_and_men(parts: bool, seeds: range) -> None:
    found = []
    for seed in seeds:
        one = made(np.random.default_rng(seed), parts=parts)
        relations = [one for one in one.relations if one.total[2] == "30" and one.parts[0][2] != "30"]
        published = protect(counted(one.counts), relations)
        found += [(seed, *lost) for lost in recovered([published], one)]
        few = [key for key, (n, d) in one.counts.items() if 0 < n <= 3 or 0 < d - n <= 3 or d < 20]
        shown = published[published["status"] == "observed"]
        assert not {*few} & {*zip(shown["edition"], shown["indicator"], shown["place"], strict=True)}
    assert found == []


def book(path: Path, rows: dict[str, list[list[float | None]]]) -> Path:
    """Write shares with counts of all, of women and of men, in Skåne."""
    sheet = (made := Workbook()).worksheets[0]
    sheet.append(["Öppna jämförelser 2023, barn- och ungdomsvård"])
    sheet.append(["Kod", "Kommun", "Kön", f"{TITLE}, procent", "Täljare", "Nämnare"])
    for code, name in (("1280", "Malmö"), ("1281", "Lund"), ("1214", "Svalöv")):
        for group, (above, below) in zip(("Totalt", "Kvinnor", "Män"), rows[code], strict=True):
            share = None if above is None or below is None else round(100 * above / below, 1)
            sheet.append([code, name, group, share, above, below])
    made.save(path)
    return path


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return facts with a workbook of all, women and men read in; in Lund only two women of thirty."""
    home = tmp_path_factory.mktemp("once")
    rows = {"1280": [[80, 200], [50, 100], [30, 100]], "1281": [[32, 90], [2, 30], [30, 60]],
            "1214": [[50, 100], [25, 50], [25, 50]]}  # fmt: skip
    return read_once(home, book(home / "oj.xlsx", rows)) / "data"


@pytest.fixture
def data(once: Path, tmp_path: Path) -> Path:
    """Return a copy of them, which may be changed."""
    return Path(shutil.copytree(once, tmp_path / "data"))


def test_the_door_gives_women_and_men_apart_and_all_as_before(data: Path) -> None:
    figures = oj.figures("Skåne", "2023", folder=data)
    assert set(figures.frame["group"]) == {"total"}
    assert len(figures.frame) == 3
    women = figures.by("women")
    shown = dict(zip(women.frame["place"], women.frame["display"].str.replace("\u00a0", " "), strict=True))
    assert (shown["1280"], shown["1281"][:1]) == ("50 %", "x")
    assert set(women.at("Malmö").frame["place"]) == {"1280"}
    assert set(figures.at("Lund").by("men").frame["place"]) == {"1281"}
    assert not set(women.frame.index) & set(figures.frame.index)
    assert "50" in oj.table(women).html
    lund = read_protected(data / DOMAIN, apart=True).query("place == '1281'")
    assert sorted(lund["status"])[1:] == ["secondary", "secret"]  # one more than the few themselves


def test_what_is_of_women_alone_says_so_and_the_rest_is_refused(data: Path) -> None:
    """Their figures of now stood beside all's of then, and sentences told of them as of all."""
    women = oj.figures("Skåne", "2023", folder=data).by("women")
    (name,) = set(women.frame["measure"])
    for shown in (oj.table(women.of(name)), oj.chart(women.of(name)), *oj.map(women.of(name))):
        assert ", utgåvan 2023, flickor eller kvinnor." in shown.caption
    for call in (oj.findings, oj.summary, oj.opening, oj.guide, oj.since, oj.across, oj.targets):
        with refused("Det som är valt gäller flickor eller kvinnor. Det går att visa med oj.table"):
            call(women)
    with refused("Det som är valt gäller flickor eller kvinnor."):
        oj.sheet(women, "Malmö")


def test_a_table_has_women_beside_men_and_nothing_of_what_is_hidden(data: Path) -> None:
    with using(data):
        figures = oj.figures("Skåne", "2023", domain=DOMAIN)
        (area,) = {one.area for one in figures.measures.values()}
        (made,) = oj.table(figures.of(area), "pairs")
        (spot,) = {one["passage"] for one in made.origins["rows"].values() if one["place"] == "1280"} - {""}
        assert has("apart", figures.folder, "Skåne")
        assert not has("apart", figures.folder, "Kalmar")
        assert not has("apart", figures.folder.parent / "2015", "Stockholm")
    shown = {first.text: [cell.text.replace("\u00a0", " ") for cell in cells] for first, *cells in made.grid.rows}
    assert shown == {"Svalöv": ["50 %", "50 %", "0"], "Malmö": ["50 %", "30 %", "+20"],
                     "Lund": ["x (1–3)", "x (skydd)", "–"]}  # fmt: skip
    assert not [cell for row in made.grid.rows for cell in row if cell.text == "–" and cell.rows]
    assert spot.startswith("Bladet ”Sheet”")
    hidden = [one for one in made.origins["rows"].values() if one["place"] == "1281"]
    assert not [one for one in hidden if {"value", "numerator", "denominator", "counts"} & {*one}]
    assert oj.table(oj.figures("Stockholm").of("saker"), "pairs") == Parts()


def test_a_report_has_them_in_a_file_of_their_own_and_remembers_them(data: Path, tmp_path: Path) -> None:
    figures = oj.figures("Skåne", "2023", folder=data)
    write_csv(figures, table_of(figures), tmp_path / "resultat.csv")
    rows = pd.read_csv(tmp_path / APART, dtype=str)
    assert set(pd.read_csv(tmp_path / "resultat.csv", dtype=str)["indicator"]) >= set(rows["indicator"])
    assert sorted(rows["group"]) == ["men"] * 3 + ["women"] * 3
    assert rows.loc[(rows["place"] == "1281") & (rows["group"] == "women"), "numerator"].isna().all()
    remember(tmp_path, data / DOMAIN)
    shown = read_shown(data / DOMAIN)[tmp_path.name]
    assert {name.partition("@")[2] for name in shown["indicator"]} == {"", "women", "men"}


def by_sex(path: Path, groups: Sequence[str]) -> Path:
    """Write two shares of Malmö, one row for each group; the second has no figure of all."""
    sheet = (made := Workbook()).worksheets[0]
    sheet.append(["Öppna jämförelser 2023, barn- och ungdomsvård"])
    sheet.append(["Kod", "Kommun", "Kön", "Andel med plan, procent", "Andel i skola, procent"])
    for at, group in enumerate(groups):
        sheet.append(["1280", "Malmö", group, 41 + at, None if group == "Totalt" else 60 + at])
    made.save(path)
    return path


def test_what_is_read_in_is_told_and_women_and_men_without_all_are_refused(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with using(data_copy):
        assert run(["import", str(by_sex(tmp_path / "bara.xlsx", ["Kvinnor", "Män"])), "--domain", DOMAIN]) == 2
        assert "har bara uppgifter om kvinnor och män var för sig" in capsys.readouterr().err
        file = by_sex(tmp_path / "oj.xlsx", ["Kvinnor", "Män", "Totalt"])
        assert run(["import", str(file), "--domain", DOMAIN]) == 0
    told = capsys.readouterr().out
    assert "4 uppgifter gäller kvinnor eller män för sig; rapporten visar dem i tabeller för sig." in told
    figures = oj.figures("Skåne", "2023", folder=data_copy)
    assert sorted(figures.by("men").frame["value"]) == [0.42, 0.61]
    assert figures.frame["display"].tolist().count("bortfall") == 1
