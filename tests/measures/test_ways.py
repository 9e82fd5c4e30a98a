"""The ways to a hidden figure that have been found, each with neighbours: read in as files, and seen at the data door.

The attacker of `counties.py` knows which municipalities Blekinge has, whatever the files leave out.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from conftest import DOMAIN, RESULTS, refused, small_copy
from counties import HIDDEN, World, counted, recovered
from oj.cli import run
from oj.disclosure.door import SEEN, read_protected
from oj.disclosure.ledger import forget, read_shown, remember
from oj.disclosure.margins import Relation
from oj.doors.fingerprints import data_version, fact_hashes
from oj.facts.editions import using
from oj.facts.files import hashes
from oj.facts.places import all_places
from oj.sources.imported import remove_imported
from oj.sources.published import unlike_counts
from oj.sources.workbook.intake import Reading, Wanted, import_file, read_file
from oj.words.errors import DataError
from written import results

FILES = Path(__file__).parents[1] / "leaks"
FOSTER = "andel-familjehemsvard"
SCHOOL = ["behoriga-alla", "behoriga-fodda-i-sverige", "behoriga-fodda-i-annat-land"]
BLEKINGE = {"1060": "Olofström", "1080": "Karlskrona", "1081": "Ronneby", "1082": "Karlshamn", "1083": "Sölvesborg"}
PLACES = BLEKINGE | {"10": "Blekinge län", "0980": "Gotland", "09": "Gotlands län"}
TRUE = {"1060": (2, 30), "1080": (40, 80), "1081": (30, 60), "1082": (20, 40), "1083": (25, 50)}
NO_FILE = pd.DataFrame(columns=["edition", "indicator", "place", "numerator", "denominator"])
Pairs = dict[str, tuple[float, float]]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with the two areas of persons, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"bakgrund", "utbildning"})


def read_in(path: Path, folder: Path, name: str = "egen") -> list[str]:
    """Read a file in, and return what was left out."""
    reading = read_file(path, Wanted(name=name, edition="2015"), folder, folder)
    import_file(reading, accept_valid=True, folder=folder)
    return [str(fault) for fault in reading.faults]


def table(path: Path, rows: Sequence[str]) -> Path:
    """Write rows of indicator, place, value, numerator and denominator as a file to read in."""
    lines = [f"{all_places()[place].name};{name};{rest}" for name, place, rest in (row.split(";", 2) for row in rows)]
    path.write_text("\n".join(["kommun;indikator;värde;täljare;nämnare", *lines, ""]), encoding="utf-8")
    return path


def of_county(true: Pairs, changed: dict[str, str], total: str = "10") -> list[str]:
    """Return the rows of Blekinge's municipalities and the county, some of them otherwise, or left out where empty."""
    every = true | {total: tuple(sum(pair[side] for pair in true.values()) for side in (0, 1))}
    rows = {place: f"{100 * n / d:.0f} %;{n:.0f};{d:.0f}" for place, (n, d) in every.items()} | changed
    return [f"{FOSTER};{place};{row}" for place, row in rows.items() if row]


def seen(folder: Path, names: Sequence[str] = (FOSTER,)) -> pd.DataFrame:
    """Return what is shown of Blekinge and Gotland."""
    rows = read_protected(folder)
    return rows[rows["indicator"].isin(list(names)) & rows["place"].isin(list(PLACES))].reset_index(drop=True)


def world(true: Pairs, total: str = "10") -> World:
    """Return the true counts of Blekinge with the county, or of other places that make a total."""
    counts = {("2015", FOSTER, place): pair for place, pair in true.items()}
    tied = Relation(("2015", FOSTER, total), tuple(counts))
    counts[tied.total] = tuple(sum(pair[side] for pair in true.values()) for side in (0, 1))  # type: ignore[assignment]
    return World(counts, [tied], [NO_FILE])


@pytest.mark.parametrize("file", ["L1-accept-valid", "L1b-x-with-count", "L1c-not-in-file", "L1d-bortfall"])
def test_a_row_that_is_not_there_is_not_known_by_the_countys_total(file: str, data_copy: Path) -> None:
    read_in(FILES / f"{file}.csv", data_copy)
    found = seen(data_copy)
    assert recovered([found], world(TRUE)) == []
    assert (found["status"] == "secondary").sum() == 1


OF_A_ROW = ["", "bortfall;2;30", "x;2;30", "x (1–3);;", "7 %;2;", "7 %;;30", "7 %;;", "6,67 %;;",
            "ej aktuellt;2;30", "redovisas ej;;"]  # fmt: skip
OF_EACH_KIND = ["", "x;2;30", "7 %;2;", "7 %;;"]  # nothing, counts, half of them, a share; all in the long tests


@pytest.mark.parametrize(
    ("pair", "changed"),
    [
        *(((2, 30), row) for row in OF_A_ROW),
        *(
            pytest.param(pair, row, marks=[] if row in OF_EACH_KIND else [pytest.mark.long])
            for pair in ((28, 30), (8, 12))
            for row in OF_A_ROW
        ),
    ],
)
def test_whatever_is_left_of_a_row_its_counts_stay_unknown(
    changed: str, pair: tuple[float, float], data_copy: Path, tmp_path: Path
) -> None:
    """One of few inside, of few outside, and of a small base; given as it is, half, or not at all."""
    true = TRUE | {"1060": pair}
    n, d = pair
    row = changed.replace("6,67", f"{100 * n / d:.2f}".replace(".", ",")).replace("7 %", f"{100 * n / d:.0f} %")
    read_in(
        table(tmp_path / "t.csv", of_county(true, {"1060": row.replace(";2", f";{n}").replace("30", f"{d}")})),
        data_copy,
    )
    found = seen(data_copy)
    assert recovered([found], world(true)) == []
    pairs = found[["numerator", "denominator"]].notna()
    assert (pairs["numerator"] == pairs["denominator"]).all()


def test_a_row_left_out_of_many_persons_hides_nothing(data_copy: Path, tmp_path: Path) -> None:
    read_in(table(tmp_path / "t.csv", of_county(TRUE | {"1060": (40, 90)}, {"1060": ""})), data_copy)
    assert set(seen(data_copy)["status"]) == {"observed"}


@pytest.mark.parametrize("lacking", range(3))
def test_a_part_is_not_known_by_the_whole_and_the_other_part(lacking: int, data_copy: Path, tmp_path: Path) -> None:
    counts = [(30, 40), (28, 36), (2, 4)]
    rows = [f"{name};1082;{100 * n / d:.0f} %;{n};{d}" for name, (n, d) in zip(SCHOOL, counts, strict=True)]
    rows[lacking] = ";".join(rows[lacking].split(";")[:3]) + ";;"
    read_in(table(tmp_path / "t.csv", rows), data_copy)
    keys = [("2015", name, "1082") for name in SCHOOL]
    made = World(dict(zip(keys, counts, strict=True)), [Relation(keys[0], (keys[1], keys[2]))], [NO_FILE])
    found = seen(data_copy, SCHOOL)
    assert recovered([found], made) == []
    assert found.set_index("indicator")["status"][SCHOOL[2]] == "secret"


HALVES = {"5 %;2;": "secret", "25 %;;12": "secret", "50 %;;12": "small_base", "95 %;38;": "secret",
          "98 %;;100": "secret", "50 %;30;": "observed", "50 %;;80": "observed", "90 %;9;": "secret",
          "50 %;6;": "small_base", "98 %;160;": "suppressed", "3 %;;120": "suppressed",
          "53 %;10;": "small_base"}  # fmt: skip


def test_half_a_pair_is_not_shown(data_copy: Path, tmp_path: Path) -> None:
    """Each in a county of its own, so that no sum ties it to another."""
    read_in(table(tmp_path / "t.csv", [f"{FOSTER};{apart(at)};{row}" for at, row in enumerate(HALVES)]), data_copy)
    found = of_own(data_copy)
    assert found["status"].to_dict() == {apart(at): status for at, status in enumerate(HALVES.values())}
    assert found[["numerator", "denominator"]].isna().all(axis=None)


def apart(number: int) -> str:
    """Return the code of a municipality in a county where no other test has one, another for each number."""
    found = {place.county: code for code, place in all_places().items() if place.level == "municipality"}
    return [code for county, code in sorted(found.items()) if county != "01"][number]


def of_own(folder: Path) -> pd.DataFrame:
    """Return what is shown of what was read in, by place."""
    rows = read_protected(folder)
    return rows[rows["source"] == "egen"].set_index("place")


def test_a_share_without_counts_is_stored_and_shown_as_rounded(data_copy: Path, tmp_path: Path) -> None:
    shares = {"42,13 %": 0.42, "15,384615384615385 %": 0.15, "12,5 %": 0.13}
    read_in(table(tmp_path / "t.csv", [f"{FOSTER};{apart(at)};{row};;" for at, row in enumerate(shares)]), data_copy)
    wanted = {apart(at): shown for at, shown in enumerate(shares.values())}
    assert of_own(data_copy)["value"].to_dict() == wanted
    stored = (data_copy / "results/egen.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[2]: row.split(",")[3] for row in stored} == {at: str(one) for at, one in wanted.items()}


@pytest.mark.parametrize(
    "share", ["42,13 %", "42 %", *(pytest.param(one, marks=pytest.mark.long) for one in ("42,1 %", "42,125984 %"))]
)
def test_a_countys_share_beside_its_municipalities_counts_tells_nothing(
    share: str, data_copy: Path, tmp_path: Path
) -> None:
    true = TRUE | {"1082": (2, 40), "1060": (10, 24)}
    read_in(table(tmp_path / "t.csv", of_county(true, {"10": f"{share};;"})), data_copy)
    assert recovered([seen(data_copy)], world(true)) == []


@pytest.mark.parametrize("file", ["L3-share-without-counts", "L4-others", "L7-minimality"])
def test_the_files_give_nothing_away(file: str, data_copy: Path) -> None:
    read_in(FILES / f"{file}.csv", data_copy)
    rows = pd.read_csv(FILES / f"{file}.csv", sep=";").dropna()
    code = {name: place for place, name in BLEKINGE.items()}
    true = {code[row.kommun]: (row.täljare, row.nämnare) for row in rows.itertuples() if row.kommun in code}
    found = seen(data_copy)
    assert found["status"].isin(HIDDEN).any()
    assert recovered([found], world(true)) == []


def test_what_the_only_municipality_hides_its_county_hides(data_copy: Path) -> None:
    read_in(FILES / "L6-gotland.csv", data_copy)
    assert seen(data_copy).set_index("place")["status"].to_dict() == {"0980": "secret", "09": "secret"}
    rows = results("Blekinge", compare_with=["Gotland"], folder=data_copy) if _with_blekinge(data_copy) else None
    assert rows is not None
    assert rows.set_index(["indicator", "place"])["display"][FOSTER, "09"] == "x (1–3)"


def _with_blekinge(folder: Path) -> bool:
    path = table(folder / "blekinge.csv", [f"{FOSTER};1082;50 %;20;40"])
    return read_in(path, folder, "blekinge") == []


@pytest.mark.parametrize("rows", [["0980;x;;", "09;5 %;;"], ["0980;5 %;2;40", "09;5 %;2;40"], ["0980;5 %;;", "09;x;;"],
                                  ["0980;5 %;;", "09;5 %;2;40"]])  # fmt: skip
def test_a_county_of_one_municipality_shares_its_fate(rows: list[str], data_copy: Path, tmp_path: Path) -> None:
    read_in(table(tmp_path / "t.csv", [f"{FOSTER};{row}" for row in rows]), data_copy)
    found = seen(data_copy)
    assert found["status"].isin(HIDDEN).all()
    assert found["value"].isna().all()


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "agrees"),
    [(0.9, 20, 200, False), (0.42, 10, 24, True), (0.41, 10, 24, False), (0.417, 10, 24, True), (0.418, 10, 24, False),
     (0.5, 19, 40, False), (0.13, 1, 8, True), (0.12, 1, 8, True), (1 / 3, 10, 30, True), (0.0, 0, 30, True)],
)  # fmt: skip
def test_a_value_agrees_with_its_counts(value: float, numerator: float, denominator: float, *, agrees: bool) -> None:
    """As rounded as it is written, at least in whole per cent; the half may go either way."""
    found = unlike_counts(value, numerator, denominator)
    assert [column for column, _rule in found] == ([] if agrees else ["value"])


def test_a_value_unlike_its_counts_is_told_with_both(data_copy: Path) -> None:
    (told,) = read_in(FILES / "F1-value-unlike-counts.csv", data_copy)
    for word in ("90", "20 av 200", "10,0"):
        assert word in told
    reading = read_file(FILES / "F1-value-unlike-counts.csv", Wanted(name="b", edition="2015"), data_copy, data_copy)
    with pytest.raises(DataError):
        import_file(reading, accept_valid=False, folder=data_copy)


# Before and after


def report(folder: Path, target: Path) -> pd.DataFrame:
    """Show Blekinge as a report does, and remember it; return what it shows."""
    shown = results("Blekinge", folder=folder)
    target.mkdir(exist_ok=True)
    shown.to_csv(target / "resultat.csv", index=False)
    remember(target, folder)
    return shown[(shown["indicator"] == FOSTER) & (shown["place"] != "00") & (shown["status"] != "missing")]


AFTER = {"1060": (10, 24), "1080": (40, 80), "1081": (30, 60), "1082": (2, 40), "1083": (25, 50)}


def test_a_total_read_in_later_does_not_tell_what_was_hidden(data_copy: Path, tmp_path: Path) -> None:
    read_in(FILES / "L5-before.csv", data_copy, "a")
    before = report(data_copy, tmp_path / "blekinge-2015")
    read_in(FILES / "L5-after.csv", data_copy, "b")
    after = report(data_copy, tmp_path / "blekinge-2015")
    assert recovered([before, after], world(AFTER)) == []
    shown = before.loc[before["status"] == "observed", "place"]
    assert (after.set_index("place")["status"][shown] == "observed").all()  # what is out is not hidden in vain
    assert after.set_index("place")["status"]["10"] == "secondary"


@pytest.mark.parametrize("names", ["ab", "aa"], ids=["beside", "again"])
def test_what_was_seen_without_a_report_is_remembered(
    names: str, data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a researcher looks at the results between two imports; the same import again is one that is corrected."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path)
    with using(data_copy):
        assert run(["import", str(FILES / "L5-before.csv"), "--edition", "2015", "--name", names[0]]) == 0
        before = seen(data_copy)
        assert run(["import", str(FILES / "L5-after.csv"), "--edition", "2015", "--name", names[1]]) == 0
    found = read_protected(data_copy)
    after = found[(found["indicator"] == FOSTER) & found["place"].isin([*AFTER, "10"])]
    if names == "ab":
        assert recovered([before, after], world(AFTER)) == []
        assert list(read_shown(data_copy)) == [SEEN]
    else:
        assert read_shown(data_copy) == {}


def test_what_is_read_in_while_another_file_is_read_is_remembered(
    data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts come in, and are looked at, just before the total of another file is written."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path)
    parts, total = (["import", str(FILES / f"L5-{one}.csv"), "--edition", "2015"] for one in ("before", "after"))

    def meanwhile(reading: Reading, **how: Any) -> list[Path]:
        monkeypatch.setattr("oj.sources.workbook.intake.import_file", import_file)
        assert run([*parts, "--name", "a"]) == 0
        return import_file(reading, **how)

    monkeypatch.setattr("oj.sources.workbook.intake.import_file", meanwhile)
    with using(data_copy):
        assert run([*total, "--name", "b"]) == 0
    assert list(read_shown(data_copy)) == [SEEN]


def test_an_import_that_is_refused_leaves_no_memory(
    data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path)
    with using(data_copy):
        assert run(["import", str(FILES / "L5-before.csv"), "--edition", "2015", "--name", "a"]) == 0
        before = hashes(data_copy)
        broken = table(tmp_path / "b.csv", [f"{FOSTER};10;142 %;107;254"])
        assert run(["import", str(broken), "--edition", "2015", "--name", "b"]) == 2
        assert run(["import", str(FILES / "L5-after.csv"), "--edition", "2015", "--name", "b", "--dry-run"]) == 0
    assert hashes(data_copy) == before


def test_figures_taken_away_are_remembered(data_copy: Path, tmp_path: Path) -> None:
    """The municipalities of one file, then only the county of another."""
    read_in(FILES / "L5-before.csv", data_copy, "a")
    before = report(data_copy, tmp_path / "blekinge-2015")
    remove_imported("a", data_copy)
    read_in(FILES / "L5-after.csv", data_copy, "b")
    after = report(data_copy, tmp_path / "annan")
    assert recovered([before, after], world(AFTER)) == []
    assert (
        list(read_shown(data_copy)) == ["annan", "blekinge-2015"] if len(after[after["status"] == "observed"]) else True
    )


def test_the_memory_holds_nothing_hidden_and_changes_nothing_by_itself(data_copy: Path, tmp_path: Path) -> None:
    read_in(FILES / "L4-others.csv", data_copy)
    first = report(data_copy, tmp_path / "blekinge-2015")
    file = data_copy / DOMAIN / "published/blekinge-2015.csv"
    version, kept = data_version(data_copy), file.read_text(encoding="utf-8")
    assert "38" not in kept.replace("1083", "")
    assert "barn-och-unga/published/blekinge-2015.csv" not in fact_hashes(data_copy)  # no fact: what it hides is
    pd.testing.assert_frame_equal(report(data_copy, tmp_path / "blekinge-2015"), first)
    assert (
        data_version(data_copy),
        (data_copy / DOMAIN / "published/blekinge-2015.csv").read_text(encoding="utf-8"),
    ) == (
        version,
        kept,
    )
    forget("blekinge-2015", data_copy)
    assert read_shown(data_copy) == {}
    with refused("blekinge-2015"):
        forget("blekinge-2015", data_copy)


def test_shares_that_are_shipped_without_counts_need_no_memory(data_copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "stockholm-2015"
    target.mkdir()
    results("Stockholm", folder=data_copy).to_csv(target / "resultat.csv", index=False)
    remember(target, data_copy)
    assert not (data_copy / DOMAIN / "published").exists()


NEAR = {"1060": (6, 36), "1080": (7, 23), "1081": (16, 23), "1082": (1, 14), "1083": (5, 20)}
LEFT = {"1060": (0, 19), "1080": (11, 30), "1081": (15, 38), "1082": (13, 33), "1083": (23, 28)}
COUNTIES = dict(zip(
    [f"{at:02}" for at in (*range(1, 11), *range(12, 26)) if at not in (2, 11, 15, 16)],
    [(7, 29), (8, 34), (17, 34), (16, 27), (26, 37), (6, 34), (15, 22), (0, 16), (7, 22), (8, 29), (11, 29), (13, 21),
     (6, 35), (16, 38), (14, 34), (26, 32), (10, 28), (18, 31), (13, 21), (5, 29), (21, 28)],
    strict=True,
))  # fmt: skip


@pytest.mark.parametrize(
    ("true", "total", "place", "row", "share"),
    [(NEAR, "10", "1082", "7 %;1;14", 0.07), (LEFT, "10", "10", "x;;", 0.42), (COUNTIES, "00", "00", "x;;", 0.43),
     pytest.param(NEAR, "10", "1082", "x;;", 0.07, marks=pytest.mark.long),
     pytest.param(LEFT, "10", "10", "42 %;62;", 0.42, marks=pytest.mark.long),
     pytest.param(LEFT, "10", "10", "bortfall;;", 0.42, marks=pytest.mark.long)],
    ids=["municipality", "county", "nation", "municipality-x", "county-half", "county-missing"],
)  # fmt: skip
def test_a_share_that_is_shipped_is_out_whatever_is_read_in_beside_it(
    true: Pairs, total: str, place: str, row: str, share: float, data_copy: Path, tmp_path: Path
) -> None:
    """An earlier report has shown the share without counts; with what is read in it would tell of others."""
    ship(data_copy, place, share)
    rows = read_protected(data_copy)
    before = rows[(rows["indicator"] == FOSTER) & (rows["place"] == place)]
    read_in(table(tmp_path / "t.csv", of_county(true, {place: row}, total)), data_copy)
    found = read_protected(data_copy)
    after = found[(found["indicator"] == FOSTER) & found["place"].isin([*true, total])]
    sure = world({one: pair for one, pair in true.items() if one != place}, total).counts  # what the program has
    made = world(true, total)
    assert recovered([before, after], World(made.counts, made.relations, [counted(sure)])) == []
    assert before["value"].tolist() == [share]


@pytest.mark.parametrize("shipped", [pytest.param(0.42, marks=pytest.mark.long), 0.5])
def test_a_share_that_is_read_in_takes_part_whatever_is_shipped(
    shipped: float, data_copy: Path, tmp_path: Path
) -> None:
    """Where the two differ they are two figures, and the one that is shown goes with the counts."""
    ship(data_copy, "10", shipped)
    read_in(table(tmp_path / "t.csv", of_county(LEFT, {"10": "42 %;;"})), data_copy)
    made = world(LEFT)
    sure = counted({key: pair for key, pair in made.counts.items() if key[2] != "10"})
    assert recovered([seen(data_copy)], World(made.counts, made.relations, [sure])) == []


def ship(folder: Path, place: str, share: float) -> None:
    """Put a share without counts among what is shipped, in the place of what is there."""
    path = folder / RESULTS
    lines = [one for one in path.read_text(encoding="utf-8").splitlines() if f",{FOSTER},{place}," not in one]
    row = f"2015,{FOSTER},{place},{share},,observed,,,fou-nordvast-2015"
    path.write_text("\n".join([*lines, row, ""]), encoding="utf-8")


def test_another_municipality_in_the_next_report_tells_nothing(data_copy: Path, tmp_path: Path) -> None:
    """What is hidden is the same, whichever municipalities a report has."""
    read_in(table(tmp_path / "t.csv", of_county(AFTER, {})), data_copy)
    every = []
    for names in (["Karlshamn", "Ronneby"], ["Olofström", "Karlskrona", "Sölvesborg"]):
        rows = results("Blekinge", municipalities=names, folder=data_copy)
        every.append(rows[(rows["indicator"] == FOSTER) & rows["place"].isin([*BLEKINGE, "10"])])
    assert recovered(every, world(AFTER)) == []


@pytest.mark.parametrize(
    ("pair", "place"),
    [
        ((3, 28), "1060"),
        ((1, 25), "1083"),
        *(pytest.param(*one, marks=pytest.mark.long) for one in (((25, 28), "1060"), ((2, 12), "1081"))),
    ],
)
def test_a_countys_part_is_known_from_its_whole_and_the_other_part(
    pair: tuple[float, float], place: str, data_copy: Path, tmp_path: Path
) -> None:
    """Nobody gives the county's born in Sweden, and a municipality has no row: the county's are known all the same.

    They are all without those born abroad, and those of the municipality are the county's without the others'.
    """
    true = {"1060": (18, 41), "1080": (44, 50), "1081": (6, 21), "1082": (46, 52), "1083": (10, 29)} | {place: pair}
    abroad = {"1060": (23, 54), "1080": (23, 30), "1081": (13, 30), "1082": (24, 45), "1083": (4, 23)}
    made = of_parts(true, abroad)
    lacking = {(SCHOOL[1], "10"), (SCHOOL[0], place), (SCHOOL[1], place)}
    read_in(table(tmp_path / "t.csv", given(made, lacking)), data_copy)
    assert recovered([seen(data_copy, SCHOOL)], made) == []


@pytest.mark.parametrize(
    ("pair", "share"),
    [
        ((1, 21), "5 %"),
        ((20, 21), "95 %"),
        *(pytest.param(*one, marks=pytest.mark.long) for one in (((1, 23), "4,3 %"), ((1, 20), "5 %"))),
    ],
)
def test_a_share_of_somebody_beside_sums_says_how_many(
    pair: tuple[float, float], share: str, data_copy: Path, tmp_path: Path
) -> None:
    """The counties' parts have no row, nor has another municipality: what is known of their sum limits the share's."""
    true = {"1060": pair, "1080": (22, 50), "1081": (6, 35), "1082": (26, 45), "1083": (21, 29)}
    abroad = {"1060": (21, 27), "1080": (8, 20), "1081": (8, 51), "1082": (11, 26), "1083": (28, 48)}
    made = of_parts(true, abroad)
    lacking = {(SCHOOL[0], "1060"), *((name, "1081") for name in SCHOOL[:2]), *((name, "10") for name in SCHOOL[1:])}
    rows = given(made, lacking | {(SCHOOL[1], "1060")})
    read_in(table(tmp_path / "t.csv", [*rows, f"{SCHOOL[1]};1060;{share};;"]), data_copy)
    sure = counted({key: pair for key, pair in made.counts.items() if key[1:] not in lacking | {(SCHOOL[1], "1060")}})
    assert recovered([seen(data_copy, SCHOOL)], World(made.counts, made.relations, [sure])) == []


def of_parts(inland: Pairs, abroad: Pairs) -> World:
    """Return the counts of Blekinge's municipalities and county, of all and of both parts, and how they add up."""
    counts: dict[tuple[str, str, str], tuple[float, float]] = {}
    for name, pairs in ((SCHOOL[1], inland), (SCHOOL[2], abroad)):
        counts |= {("2015", name, one): pairs[one] for one in pairs}
    tied = [Relation(("2015", name, "10"), tuple(("2015", name, one) for one in inland)) for name in SCHOOL[1:]]
    tied += [Relation(("2015", SCHOOL[0], p), tuple(("2015", n, p) for n in SCHOOL[1:])) for p in [*inland, "10"]]
    for relation in tied:
        counts[relation.total] = tuple(sum(counts[part][side] for part in relation.parts) for side in (0, 1))  # type: ignore[assignment]
    return World(counts, tied, [NO_FILE])


def given(made: World, lacking: Collection[tuple[str, str]]) -> list[str]:
    """Return the rows of all counts but the lacking ones."""
    return [
        f"{name};{one};{100 * n / d:.0f} %;{n};{d}"
        for (_, name, one), (n, d) in made.counts.items()
        if (name, one) not in lacking
    ]


@pytest.mark.parametrize(
    "file",
    ["implied-10", "implied-43", *(pytest.param(f"implied-{at}", marks=pytest.mark.long) for at in (32, 40))],
)
def test_a_total_that_nobody_gives_and_a_wholes_loose_share_tell_nothing(
    file: str, data_copy: Path, tmp_path: Path
) -> None:
    """Counties with all, born in Sweden and abroad, where rows are left out, half given or without counts.

    The county's born in Sweden or all are known by the others (10, 32); a share of all without counts is beside a
    part of known counts (40), or says that nobody is in a hidden part (32, 43).
    """
    rows = pd.read_csv(FILES / f"{file}.csv", sep=";", dtype=str, keep_default_na=False)
    told = tmp_path / "t.csv"
    rows[rows["värde"] != ""].iloc[:, :5].to_csv(told, sep=";", index=False)
    read_in(told, data_copy)
    made = school(rows)
    found = read_protected(data_copy)
    own = found["indicator"].isin(SCHOOL) & found["place"].isin({place for _, _, place in made.counts})
    found = found[own & (found["edition"] == "2015")].reset_index(drop=True)
    assert found["status"].isin(HIDDEN).any()
    assert recovered([found], made) == []


def school(rows: pd.DataFrame) -> World:
    """Return the true counts of all, born in Sweden and abroad in a county, the last of its places, and their sums."""
    code = {place.name: place.code for place in all_places().values() if place.level in ("municipality", "county")}
    *inside, county = dict.fromkeys(code[name] for name in rows["kommun"])
    keys = zip(rows["indikator"], rows["kommun"].map(code), strict=True)
    pairs = zip(rows["sann täljare"].astype(float), rows["sann nämnare"].astype(float), strict=True)
    counts = {("2015", name, place): pair for (name, place), pair in zip(keys, pairs, strict=True)}
    tied = [Relation(("2015", name, county), tuple(("2015", name, place) for place in inside)) for name in SCHOOL]
    tied += [
        Relation(("2015", SCHOOL[0], place), tuple(("2015", name, place) for name in SCHOOL[1:]))
        for place in [*inside, county]
    ]
    return World(counts, tied, [NO_FILE])
