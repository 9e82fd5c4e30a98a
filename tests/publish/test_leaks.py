"""What is hidden stays hidden: a report of counts of which some are secret, searched, and built in two worlds.

The two worlds differ in the hidden figures only. If any byte of any file depended on one of them, the reports would
differ; that finds leaks that no search for numbers would. It is also the test that a report built again is the same.
"""

import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import yaml

from conftest import DATA, DOMAIN
from filling import answers_giving, filled
from importing import result, write
from oj.facts.catalog import indicators
from oj.facts.editions import using
from oj.facts.params import ReportParameters
from oj.publish.build.preliminary import from_form
from oj.publish.build.report import build_report
from oj.publish.build.review import write_review
from oj.sources.imported import LeftOut
from oj.sources.survey.read import read_form
from oj.words.progress import Progress
from publish.building import Built, folders_in, part_of_book
from publish.house import House, in_world
from publish.read_pdf import printed_pages
from written import results

EDUCATION = [item.id for item in indicators(DATA).values() if item.area == "utbildning"]
RESULTS = "barn-och-unga/2015/results/fou-nordvast-2015.csv"
ABROAD = {  # born abroad: numerator and denominator, in each world; the whole is the same in both
    "0114": {"a": (2, 31), "b": (3, 33)},  # secret
    "0123": {"a": (5, 12), "b": (7, 14)},  # a small base
    "0125": {"a": (29, 31), "b": (31, 33)},  # secret: two outside
}
WHOLE = {"0114": (1234, 4321), "0123": (2345, 5432), "0125": (3456, 6543)}
SEALED = "langvarigt-bistand"  # hidden in the shipped source, but not in an imported one
SEALED_FIGURES, CORRECTED_FIGURES = {"a": 0.432157, "b": 0.765439}, {"a": 0.321579, "b": 0.654397}
SEALED_ALL = [*SEALED_FIGURES.values(), *CORRECTED_FIGURES.values()]
NAMES = ["Upplands Väsby", "Järfälla", "Ekerö", "Solna"]  # the last with nothing to hide
OPEN, OPEN_WHOLE = (411, 977), (1719, 3163)  # of the other municipalities, published
DRAWN = re.compile(r'\b(?:d|x|y|transform|points|viewBox|src)=\\?"[^"]*"')  # the coordinates of pictures, and fonts
DIGEST = re.compile(r'"[0-9a-f]{64}"')  # of a whole file: one may begin with any four figures
CARE = "andel-familjehemsvard"  # given in every way that there is; {a|b} in the first world and the second
GIVEN = {
    "Upplands Väsby": "x;{2|3};{30|31}",  # a count beside an x; Järfälla has no row, and Solna half a pair
    "Ekerö": "90 %;{2|3};{30|31}",  # left out, for it is not what its counts say
    "Solna": "5 %;{2|3};", "Upplands-Bro": "{42,13|42,41} %;;", "Sollentuna": "50 %;40;80", "Sigtuna": "50 %;30;60",
    "Sundbyberg": "bortfall;{2|3};{30|31}", "Stockholm": "49 %;{482|483};{984|987}", "Bromma": "{5|7} %;{2|3};{40|43}",
    "Farsta": "42 %;10;24", "Kungsholmen": "51 %;470;920", "Stockholms län": "{48,13|48,41} %;;",
    "Gotland": "5 %;{2|3};{40|60}", "Gotlands län": "5 %;;",
}  # fmt: skip
WITHOUT = [  # chapters that tell nothing of persons
    *("individanpassad", "samordning", "saker", "kunskapsbaserad", "analysguide", "utveckling", "regler"),
]
LARGE = {"01": ((30011, 70001), (90023, 250007)), "00": ((300119, 700019), (900239, 2500081))}


@dataclass(frozen=True)
class World:
    """A report built on counts of which some are to be hidden, and those."""

    built: Built
    hidden: pd.DataFrame
    shown: pd.DataFrame
    told: list[str]


def counted(world: str) -> pd.DataFrame:
    """Return the counts of a world: indicator, place, numerator and denominator."""
    places = [*ABROAD, *LARGE, *("0139", "0163", "0183", "0184", "0191")]
    rows = []
    for family in ("behoriga", "gymnasium"):
        for place in places:
            abroad, whole = LARGE.get(
                place, (ABROAD[place][world] if place in ABROAD else OPEN, WHOLE.get(place, OPEN_WHOLE))
            )
            sweden = tuple(all_ - part for all_, part in zip(whole, abroad, strict=True))
            for name, counts in (("alla", whole), ("fodda-i-sverige", sweden), ("fodda-i-annat-land", abroad)):
                rows.append((f"{family}-{name}", place, *map(float, counts)))
    return pd.DataFrame(rows, columns=["indicator", "place", "numerator", "denominator"])


def made(world: str, folder: Path) -> pd.DataFrame:
    """Write the facts of a world to `folder`: the shipped ones, but education with counts; return the counts."""
    shutil.copytree(DATA, folder)
    counts = counted(world)
    table = pd.read_csv(folder / RESULTS, dtype={"edition": str, "place": str})
    rest = table[~(table["indicator"].isin(EDUCATION) & table["place"].isin(counts["place"]))]
    new = counts.assign(
        edition="2015", value=counts["numerator"] / counts["denominator"], status="observed", source="fou-nordvast-2015"
    )
    whole = pd.concat([rest, new])[table.columns]
    sealed = (whole["indicator"] == SEALED) & (whole["place"] == "0125")
    whole.loc[sealed, ["value", "status"]] = [float("nan"), "suppressed"]
    whole.to_csv(folder / RESULTS, index=False)
    read_in(world, folder)
    return counts


def read_in(world: str, folder: Path) -> None:
    """Import what the shipped source hides, by its status or by its counts, and correct it; and one answer."""
    few, base = ABROAD["0114"][world]
    rows = [result(SEALED, "0125", SEALED_FIGURES[world]), result("socialjour", "0184", "no"),
            result("behoriga-fodda-i-annat-land", "0114", few / base)]  # fmt: skip
    write(folder, rows, sha256=world * 64, left_out=(LeftOut("Blad1!C7", "Ekerö: socialjour", "kanske", "fel svar"),))
    entry = {"table": "results-egen-fil", "row": {"indicator": SEALED}, "column": "value", "reason": "Fel.",
             "old": str(SEALED_FIGURES[world]), "new": str(CORRECTED_FIGURES[world]),
             "date": "2015-06-30", "decided_by": "FoU"}  # fmt: skip
    (folder / DOMAIN / "corrections.yml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")


def world(name: str, root: Path, *, whole: bool) -> World:
    """Build the report of one world."""
    counts, told = made(name, root / "data"), list[str]()
    folders = folders_in(root) if whole else part_of_book(root, WITHOUT.__contains__)
    inside = House(root, folders)
    inside.read_in([f"{place};{CARE};{in_world(row, name)}" for place, row in GIVEN.items()], "vard")
    with using(root / "data"):
        parameters = ReportParameters(county="Stockholm", municipalities=NAMES, compare_with=["Gotland"])
        shown = results(parameters.county, municipalities=NAMES, compare_with=["Gotland"])
        progress = Progress(told.append, told.append)
        built = Built(parameters, folders, build_report(parameters, folders, progress, "embedded"), progress.seconds)
    told.append(inside.oj("data", "list"))
    counts = counts[counts["place"].isin(shown["place"])].reset_index(drop=True)
    status = shown.set_index(["indicator", "place"])["status"]
    statuses = [status[key] for key in zip(counts["indicator"], counts["place"], strict=True)]
    return World(built, counts[pd.Series(statuses) != "observed"], shown, told)


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.long)], ids=["persons", "whole"])
def worlds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[World]:
    """Build both worlds, without the chapters that tell nothing of persons or with all."""
    return [world(name, tmp_path_factory.mktemp(f"world-{name}"), whole=request.param) for name in ("a", "b")]


def texts(path: Path) -> list[str]:
    """Return all that can be read in a file: the text of a PDF, the parts of a Word or Excel file, else the file."""
    if path.suffix in (".docx", ".xlsx", ".pptx"):
        with zipfile.ZipFile(path) as parts:
            return [parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    if path.suffix == ".pdf":
        return printed_pages(path)
    if path.suffix in (".png", ".ttf", ".zip"):
        return []
    return [DIGEST.sub("", DRAWN.sub("", path.read_text(encoding="utf-8")))]


def canaries(hidden: pd.DataFrame) -> set[str]:
    """Return how the hidden figures could stand in a text: counts of four digits, and shares with decimals."""
    found = set()
    for row in hidden.itertuples():
        for count in (row.numerator, row.denominator):
            if count >= 1000:
                whole = f"{count:.0f}"
                found |= {whole, *(f"{whole[:-3]}{space}{whole[-3:]}" for space in (" ", "\u00a0", "\u202f", ","))}
        share = row.numerator / row.denominator
        found |= {
            f"{share:.6f}"[:7],
            f"{share:.6f}"[1:7],
            f"{100 * share:.4f}"[:6],
            f"{100 * share:.4f}"[:6].replace(".", ","),
        }
    return found


def files(built: Built) -> list[Path]:
    """Return every file of the report, of its laid-out project with the executed notebooks, and what is remembered."""
    folders = (built.path, built.project, built.folders.reports.parent / "data/published")
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def test_the_figures_to_hide_are_hidden_with_those_that_give_them_away(worlds: list[World]) -> None:
    for one in worlds:
        hidden = one.hidden.groupby("place")["indicator"].agg(set).to_dict()
        assert set(hidden) == set(ABROAD)
        for names in hidden.values():
            assert names == {f"{family}-fodda-i-{where}" for family in ("behoriga", "gymnasium")
                             for where in ("annat-land", "sverige")}  # fmt: skip
    statuses = (
        worlds[0].shown[worlds[0].shown["indicator"] == "behoriga-fodda-i-annat-land"].set_index("place")["status"]
    )
    assert worlds[0].shown.set_index(["indicator", "place"])["status"][(SEALED, "0125")] == "suppressed"
    assert statuses[[*ABROAD]].tolist() == ["secret", "small_base", "secret"]
    sweden = worlds[0].shown[worlds[0].shown["indicator"] == "behoriga-fodda-i-sverige"].set_index("place")["status"]
    assert set(sweden[[*ABROAD]]) == {"secondary"}


def test_no_hidden_figure_can_be_read_in_any_file(worlds: list[World]) -> None:
    """Of either world, in the files of the first; those of the second are the same, byte for byte."""
    words = sorted(canaries(worlds[0].hidden) | canaries(worlds[1].hidden))
    assert len(words) > 80
    words += [text for one in SEALED_ALL for text in (f"{one:.6f}", f"{one:.6f}"[1:], f"{100 * one:.4f}")]
    read = {path: texts(path) for path in files(worlds[0].built)}
    kinds = {path.suffix for path, found in read.items() if found}
    assert {".html", ".pdf", ".docx", ".xlsx", ".pptx", ".csv", ".svg", ".ipynb", ".json"} <= kinds
    met = [(path.name, word, text) for path, found in read.items() for text in found for word in words if word in text]
    whole = [(name, word) for name, word, text in met if re.search(rf"(?<!\w){re.escape(word)}(?![a-z])", text)]
    assert whole == []


def test_the_search_finds_what_is_published(worlds: list[World]) -> None:
    """The control: a published count and share stand in resultat.csv, and would be found."""
    whole = pd.DataFrame([(1719.0, 3163.0)], columns=["numerator", "denominator"])
    text = (worlds[0].built.path / "resultat.csv").read_text(encoding="utf-8")
    assert {word for word in canaries(whole) if word in text} >= {"1719", "3163", "0.54347"}


def test_what_was_read_in_is_told_without_what_is_hidden(worlds: list[World]) -> None:
    """Its source, the answer that differs, the cell left out, and that something hidden was corrected."""
    text = "".join(texts(worlds[0].built.path / "rapport.docx"))
    page = (worlds[0].built.path / "metod.html").read_text(encoding="utf-8")
    for word in ("Inlästa resultat", "egen.xlsx", "Ekerö: socialjour", "kanske", "fel svar", "Rättelser"):
        assert word in text, word
        assert word in page, word
    assert page.count(": dold uppgift") == 2  # old and new
    differing = page.partition('id="tbl-inlasta-skillnader"')[2].partition("</table>")[0]
    assert "Solna" in differing
    assert "Ekerö" not in differing
    assert "Upplands Väsby" not in differing


def test_what_is_given_in_other_ways_is_hidden_or_told_without_what_was_left_out(worlds: list[World]) -> None:
    rows = worlds[0].shown[worlds[0].shown["indicator"] == CARE].set_index("place")
    assert rows["status"][["0184", "09"]].tolist() == ["secret", "secret"]
    assert "90 %" not in "".join(worlds[0].told)
    page = (worlds[0].built.path / "metod.html").read_text(encoding="utf-8")
    assert "stämmer inte med antalen<" in page


def test_no_byte_depends_on_a_hidden_figure(worlds: list[World]) -> None:
    assert sorted(worlds[0].told) == sorted(worlds[1].told)  # notebooks run side by side
    pd.testing.assert_frame_equal(worlds[0].shown, worlds[1].shown)
    first, second = (
        [path.relative_to(one.built.folders.reports.parent) for path in files(one.built)] for one in worlds
    )
    assert first == second
    differ = [
        path.as_posix()
        for path in first
        if (worlds[0].built.folders.reports.parent / path).read_bytes()
        != (worlds[1].built.folders.reports.parent / path).read_bytes()
    ]
    assert differ == []


def test_the_review_of_a_form_tells_none_of_them(worlds: list[World], tmp_path: Path) -> None:
    """In a workbook, too: what a form gives is compared with what is published, and that is hidden."""
    data = worlds[0].built.folders.reports.parent / "data"
    path = filled(tmp_path / "enkat.xlsx", {"0114": answers_giving("0114") | {"socialjour.hela-aret": "nej"}})
    found = from_form(read_form(path, data), data)
    write_review(found.review, found.differences, tmp_path / "granskning.xlsx", "2015")
    read = "".join(texts(tmp_path / "granskning.xlsx"))
    assert "Social jourverksamhet" in read
    assert [word for word in canaries(worlds[0].hidden) if word in read] == []
