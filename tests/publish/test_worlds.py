"""Each way that figures are given, in two worlds that differ in what is to be hidden only: nothing shown differs.

In the gate, for a few of them, what every notebook is given, what the method tells and the fingerprints; in
`make test-long` every byte of reports in every format, their executed notebooks, what is remembered of them, and what
the commands tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import oj
from oj.doors.fingerprints import fact_hashes
from oj.facts.editions import using
from oj.facts.params import read_parameters
from oj.present.method.origins import imported_results
from oj.words.vocabulary import HIDDEN
from publish.house import House, house, in_world
from written import results

FOSTER = "andel-familjehemsvard"
BLEKINGE = {
    "Olofström": "42 %;10;24", "Karlskrona": "50 %;40;80", "Ronneby": "50 %;30;60", "Sölvesborg": "50 %;25;50",
    "Karlshamn": "50 %;20;40", "Blekinge län": "49 %;125;254",
}  # fmt: skip
TOTAL = {"Karlskrona": "{50|49} %;{40|39};{80|79}", "Blekinge län": "45 %;117;260"}  # with 2 of 30, or 3 of 31
PARTS = ("behoriga-alla", "behoriga-fodda-i-sverige", "behoriga-fodda-i-annat-land")


@dataclass(frozen=True)
class Way:
    """A file's rows, where `{a|b}` is a in the first world and b in the second, and the county whose report it is in.

    `more` is a file that is read in after it. With `told` the one who reads it in is told what the cells hold.
    """

    rows: tuple[str, ...]
    county: str = "Blekinge"
    compare_with: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    told: bool = False


def blekinge(*, told: bool = False, more: Sequence[str] = (), **changed: str) -> Way:
    """Return the county where some municipalities' rows are others, or left out where empty; as many as it takes."""
    names = {name.replace(" ", "_"): name for name in BLEKINGE}
    own = BLEKINGE | {names[key]: row for key, row in changed.items()}
    rows = [f"{name};{FOSTER};{one}" for name, every in own.items() if every for one in every.split(" och ")]
    return Way(tuple(rows), told=told, more=tuple(more))


def olofstrom(row: str, *, told: bool = False) -> Way:
    """Return the county with 2 of 30, or 3 of 31, in Olofström, which the total tells; given as `row` has it."""
    return blekinge(told=told, Olofström=row, **{name.replace(" ", "_"): one for name, one in TOTAL.items()})


def parts(whole: str, sweden: str, abroad: str) -> Way:
    """Return all, born in Sweden and abroad in Karlshamn."""
    return Way(
        tuple(f"Karlshamn;{name};{row}" for name, row in zip(PARTS, (whole, sweden, abroad), strict=True) if row)
    )


FIRST: dict[str, Way] = {
    "secret": blekinge(Karlshamn="{5|7} %;{2|3};{40|43}", Olofström="{42|43} %;{10|9};{24|21}",
                       Blekinge_län="42 %;107;254"),
    "secret outside": blekinge(Karlshamn="95 %;{38|57};{40|60}", Blekinge_län=""),
    "not in the file": olofstrom(""),
    "dropped for a typing error": olofstrom("sju;{2|3};{30|31}", told=True),
    "dropped for a value unlike its counts": olofstrom("90 %;{2|3};{30|31}", told=True),
    "an x with its counts beside": olofstrom("x;{2|3};{30|31}", told=True),
    "only a numerator": blekinge(Karlshamn="5 %;{2|3};", Blekinge_län=""),
    "only a denominator of many": blekinge(Karlshamn="50 %;;{80|82}", Blekinge_län=""),
    "a municipality's share with decimals": blekinge(Karlshamn="{5,13|4,81} %;;", Blekinge_län=""),
    "a county's share with decimals": blekinge(Karlshamn="{5|7} %;{2|3};{40|41}", Blekinge_län="{42,13|42,353} %;;"),
    "shares alone": Way((f"Karlshamn;{FOSTER};{{42,126|42,3}} %;;",)),
    "a part": parts("75 %;30;40", "{78|77} %;{28|27};{36|35}", "50 %;;"),
    "a district and its city": Way(
        (f"Göteborg;{FOSTER};50 %;500;1000", f"Angered;{FOSTER};5 %;{{2|3}};{{40|60}}",
         f"Lundby;{FOSTER};50 %;30;60", f"Göteborg, Centrum;{FOSTER};50 %;90;180"), "Västra Götaland"),
    "a county of one municipality": Way((f"Gotland;{FOSTER};5 %;{{2|3}};{{40|60}}", f"Gotlands län;{FOSTER};5 %;;"),
                                        "Gotland"),
    "compared with a county of one municipality": Way(
        (f"Gotland;{FOSTER};5 %;{{2|3}};{{40|60}}", f"Gotlands län;{FOSTER};5 %;;",
         f"Karlshamn;{FOSTER};50 %;20;40"), "Blekinge", ("Gotland",)),
    "a total in a later file": blekinge(  # what stood open before it is out; the total is hidden in its place
        Karlshamn="{5|7} %;{2|3};{40|43}", Blekinge_län="",
        more=(f"Blekinge län;{FOSTER};42 %;{{107|108}};{{254|257}}",)),
}  # fmt: skip
FURTHER: dict[str, Way] = {
    "a small base": blekinge(Karlshamn="50 %;{6|7};{12|14}", Blekinge_län=""),
    "not in the file, a small base": blekinge(Olofström="", Karlskrona="50 %;{40|41};{80|82}",
                                              Blekinge_län="51 %;123;242"),
    "dropped for a numerator above its denominator": olofstrom("50 %;{5|6};{4|3}", told=True),
    "dropped for two rows unlike": olofstrom("7 %;{2|3};{30|43} och 8 %;{2|3};{25|37}", told=True),
    "dropped for parts of persons": olofstrom("{8|12} %;{2,5|3,5};30", told=True),
    "an x of few with its counts": olofstrom("x (1–3);{2|3};{30|31}", told=True),
    "bortfall with its counts": olofstrom("bortfall;{2|3};{30|31}"),
    "bortfall with its counts, and no total": blekinge(Olofström="bortfall;{2|3};{30|31}", Blekinge_län=""),
    "bortfall with half a pair": blekinge(Olofström="bortfall;{2|3};", Blekinge_län=""),
    "ej aktuellt with its counts": blekinge(Olofström="ej aktuellt;{2|3};{30|31}", Blekinge_län="", told=True),
    "only its share": olofstrom("{7,1|7,3} %;;"),
    "only a denominator of few": blekinge(Karlshamn="50 %;;{12|14}", Blekinge_län=""),
    "only a numerator that may be few": blekinge(Karlshamn="98 %;{160|161};", Blekinge_län=""),
    "only a numerator of many": blekinge(Karlshamn="50 %;{30|31};", Blekinge_län=""),
    "half a pair beside the total": blekinge(Karlshamn="{5|7} %;{2|3};", Olofström="{42|43} %;{10|9};{24|21}",
                                             Blekinge_län="42 %;107;254"),
    "a share of many decimals": Way(
        (f"Karlshamn;{FOSTER};{{15,384615384615385|14,99}} %;;", f"Karlskrona;{FOSTER};50 %;20;40")),
    "a county's share with one decimal": blekinge(Karlshamn="{5|7} %;{2|3};{40|41}", Blekinge_län="{42,1|42,4} %;;"),
    "a county's share with three decimals": blekinge(Karlshamn="{5|7} %;{2|3};{40|41}",
                                                     Blekinge_län="{42,126|42,353} %;;"),
    "the whole is not given": parts("", "78 %;28;36", "50 %;{2|3};{4|6}"),
    "a part half given": parts("75 %;30;40", "{78|77} %;{28|27};{36|35}", "50 %;{2|3};"),
    "a district not in the file": Way(
        tuple(f"{name};{FOSTER};{row}" for name, row in
              {"Göteborg": "49 %;{482|483};{970|971}",
               **dict.fromkeys(["Askim-Frölunda-Högsbo", "Göteborg, Centrum", "Lundby", "Majorna-Linné",
                                "Norra Hisingen", "Västra Göteborg", "Västra Hisingen", "Örgryte-Härlanda"],
                               "50 %;60;120"),
               "Angered": "x;{1|2};{5|6}"}.items()), "Västra Götaland", told=True),
}  # fmt: skip


WAYS = FIRST | FURTHER
GATE = (
    "secret", "dropped for a value unlike its counts", "a county's share with decimals",
    "bortfall with its counts, and no total",
)  # fmt: skip


def built(way: Way, world: str, root: Path, *, whole: bool) -> tuple[House, str]:
    """Read a way's files in, in a house of that world; return it, and what was told."""
    made = house(root, whole=whole)
    made.parameters(read_parameters(way.county).name.removesuffix("-2015"), compare_with=[*way.compare_with])
    told = [made.read_in([in_world(row, world) for row in way.rows])]
    told += [made.read_in([in_world(row, world) for row in way.more], "senare")] if way.more else []
    return made, "".join(told)


def seen(way: Way, folder: Path) -> tuple[pd.DataFrame, dict[str, str], list[str]]:
    """Return what a report's notebooks are given, its facts' fingerprints, and what its method tells of files."""
    with using(folder):
        shown = results(way.county, compare_with=way.compare_with)
        told = [repr(part) for part in imported_results(oj.figures(way.county, compare_with=way.compare_with))]
        return shown, fact_hashes(counties=[way.county, *way.compare_with]), told


def shown_as_hidden(shown: pd.DataFrame) -> bool:
    """Return whether anything is hidden, or shown without the counts that it was given with."""
    own = shown[shown["source"] == "egen"]
    return bool(own["status"].isin(HIDDEN).any() or own["numerator"].isna().any())


@pytest.mark.parametrize("name", [one if one in GATE else pytest.param(one, marks=pytest.mark.long) for one in WAYS])
def test_nothing_that_is_known_of_a_report_differs(name: str, tmp_path: Path) -> None:
    way, found = WAYS[name], []
    for world in "ab":
        root = tmp_path / world
        root.mkdir()
        made, told = built(way, world, root, whole=False)
        found.append((*seen(way, made.data), "" if way.told else told))
        assert shown_as_hidden(found[-1][0])
    pd.testing.assert_frame_equal(found[0][0], found[1][0])
    assert found[0][1:] == found[1][1:]


@pytest.mark.long
@pytest.mark.parametrize("name", WAYS)
def test_no_byte_of_a_report_differs(name: str, tmp_path: Path) -> None:
    """A whole one of the first ways, a book with one chapter of the others; nor of what is remembered."""
    way, found = WAYS[name], []
    for world in "ab":
        root = tmp_path / world
        root.mkdir()
        made, told = built(way, world, root, whole=name in FIRST)
        said = made.oj("report", way.county) + made.oj("data", "list") + ("" if way.told else told)
        found.append((made.written(), sorted(said.splitlines())))  # notebooks run side by side
    assert found[0][1] == found[1][1]
    assert [path for path, one in found[0][0].items() if found[1][0].get(path) != one] == []
    assert found[0][0].keys() == found[1][0].keys()
    assert {Path(path).suffix for path in found[0][0]} >= {".html", ".pdf", ".docx", ".csv", ".json", ".ipynb"}
