"""The questions of a workbook of several years, year by year: what was planted, parted by breaks."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import oj
from conftest import DATA, DOMAIN, EDITION, append, replace
from oj.compare.steps import steps
from oj.doors.fingerprints import fact_hashes
from oj.facts.catalog import indicators
from oj.present.output import Parts, Table
from oj.publish.chapters.needs import has
from oj.sources.comparability import breaks_of_questions, breaks_of_years, followed_editions
from oj.tidy.schema import Figures
from years_book import PLACES, QUESTIONS, REGIONS, drawn, read_in, write_book

PLANNED, STEPPED, SCHOOL, NEW, SHARE = (one.title for one in QUESTIONS)
AGAIN = {PLANNED, STEPPED, SCHOOL, SHARE}  # asked before 2023 too
ROW = re.compile(r"<tr>(.*?)</tr>")
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")
SIGNS = {"": "bortfall", "x": "x"}
Planted = Mapping[tuple[str, str, int], str | float]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """Return facts with a workbook of three years read in, the first question with a break, and what it has."""
    room = tmp_path_factory.mktemp("years")
    data, planted = Path(shutil.copytree(DATA, room / "data")), drawn(1)
    planted |= {(PLANNED, "1280", 2021): "x", (PLANNED, "1281", 2022): ""}
    assert read_in(data, write_book(room / "oj.xlsx", planted)) == 0
    append(data / DOMAIN / "breaks.csv", f"2022,{name_of(data, PLANNED)},break,source,Ny fråga.,skl-2016,x")
    return data, planted


def name_of(data: Path, title: str, edition: str = "2023") -> str:
    """Return the id of a question."""
    return next(one.id for one in indicators(data / DOMAIN / edition).values() if one.title == title)


def years(data: Path, edition: str = "2023", county: str = "Skåne", *municipalities: str) -> Figures:
    """Return the figures over the years of an edition's report."""
    return oj.figures(county, "over-tid", [*municipalities], folder=data / DOMAIN / edition)


def tables(figures: Figures) -> dict[str, list[list[str]]]:
    """Return the tables of questions by their titles, head and rows, as they are read."""
    shown = oj.table(figures.at("kommunerna"))
    assert isinstance(shown, Parts)
    return {
        one.caption.removesuffix(", år för år."): [
            [cell.replace("\u00a0", " ").replace("\u00ad", "") for cell in CELL.findall(row)]
            for row in ROW.findall(one.html)
        ]
        for whole in shown
        if isinstance(whole, Table)
        for one in whole.behind
    }


def of_areas(figures: Figures) -> dict[str, dict[str, list[list[str]]]]:
    """Return the tables of areas by their captions: for each question whom its lines are of, and every year's."""
    shown = oj.table(figures.at("kommunerna"))
    assert isinstance(shown, Parts)
    return {
        one.caption: {
            first.text: [cell.text.replace("\u00a0", " ").split("\n") for cell in cells]
            for first, *cells in one.grid.rows
        }
        for one in shown
        if isinstance(one, Table) and one.grid
    }


def test_every_answer_of_every_year_stands_at_its_place(world: tuple[Path, Planted]) -> None:
    data, planted = world
    shown = tables(years(data))
    assert set(shown) == AGAIN
    for one in QUESTIONS:
        if one.title not in AGAIN:
            continue
        head, body = shown[one.title][-len(PLACES) - len(REGIONS) - 1], shown[one.title][-len(PLACES) - len(REGIONS) :]
        assert head[-len(one.years) :] == [str(year) for year in one.years]
        told = {row[0]: row[1:] for row in body}
        assert [*told] == [*REGIONS.values(), *PLACES.values()]
        for code, name in PLACES.items():
            answers = [planted[one.title, code, year] for year in one.years]
            assert told[name] == [SIGNS.get(str(a), f"{a:.0f} %" if isinstance(a, float) else a) for a in answers]
        for name in REGIONS.values():
            assert told[name] == ["61 %" if one.answers else "44 %"] * len(one.years)


def test_each_area_has_one_table_that_counts_what_is_shown(world: tuple[Path, Planted]) -> None:
    data, planted = world
    ((caption, told),) = of_areas(years(data)).items()
    assert caption == "Säker vård och omsorg, år för år."
    assert set(told) == AGAIN - {PLANNED} | {f"{PLANNED}\nBrott i serien 2022"}
    for title, cells in told.items():
        one = next(one for one in QUESTIONS if one.title == title.partition("\n")[0])
        assert cells[0] == ["Riket", "Länet", "Kommuner med Ja" if one.answers else "Kommunerna"]
        for year, lines in zip((2021, 2022, 2023), cells[1:], strict=True):
            own = [planted[one.title, code, year] for code in PLACES] if year in one.years else []
            shown = [answer for answer in own if answer not in {"", "x"}]
            of = f"{shown.count('Ja')} av {len(shown)}" if one.answers else f"{min(shown):.0f}–{max(shown):.0f} %"
            region = "61 %" if one.answers else "44 %"
            assert lines == ([region, region, of] if own else ["–"]), (title, year)


def test_each_question_is_opened_under_its_area_on_the_pages_alone(world: tuple[Path, Planted]) -> None:
    (made,) = (one for one in oj.table(years(world[0]).at("kommunerna")) if isinstance(one, Table))
    printed, _, folded = made.markdown.partition('{.content-visible when-format="html"}')
    assert 'title="Kommun för kommun: Säker vård och omsorg, år för år."' in folded
    for title in AGAIN:
        caption = f"<caption>{title}, år för år.</caption>"
        assert (caption in printed, folded.count(caption)) == (False, 1)
    assert made.origins is not None
    behind = {at for one in made.behind if one.grid for row in one.grid.rows for cell in row for at in cell.rows}
    assert behind <= {*map(int, made.origins["rows"])}  # each answer leads to its cell


def test_nothing_is_compared_across_a_break(world: tuple[Path, Planted]) -> None:
    figures, name = years(world[0]), name_of(world[0], PLANNED)
    assert tables(figures)[PLANNED][0] == ["Kommun", "2021", "Efter brott i serien: 2022–2023"]
    assert tables(figures)[STEPPED][0] == ["Kommun", "2021", "2022", "2023"]
    found = steps(figures.of(name).at("riket"))
    assert found[["first", "last", "why"]].to_numpy().tolist() == [["2021", "2022", "break"], ["2022", "2023", ""]]
    (drawn_,) = oj.chart(figures.at("riket"))
    assert "2021 61 %, brott i serien 2022, 2022 61 %, 2023 61 %" in drawn_.said.replace("\u00a0", " ")


def test_a_hidden_answer_is_nowhere_in_the_figures(world: tuple[Path, Planted]) -> None:
    rows = years(world[0]).of(name_of(world[0], PLANNED)).at("1280").during("2021").frame
    assert rows[["display", "answer"]].to_numpy().tolist() == [["x", ""]]
    assert rows["value"].isna().all()


def test_only_earlier_editions_that_workbooks_made_are_beside_their_own(world: tuple[Path, Planted]) -> None:
    data = world[0]
    assert set(years(data, "2022").at("kommunerna").frame["period"]) == {"2021", "2022"}
    assert not followed_editions(data / DOMAIN / "2021")
    for county, edition in (("Stockholm", "2015"), ("Kalmar", "2015"), ("Kalmar", "2023"), ("Riket", "2023")):
        shipped = years(DATA, edition, county).frame
        assert years(data, edition, county).frame.equals(shipped), (county, edition)
    for county in ("Riket", "Kalmar"):
        shipped = oj.figures(county, "over-tid", domain=DOMAIN, folder=DATA).frame
        assert oj.figures(county, "over-tid", domain=DOMAIN, folder=data).frame.equals(shipped)


def test_a_chosen_municipality_is_alone_beside_its_regions(world: tuple[Path, Planted]) -> None:
    figures = years(world[0], "2023", "Skåne", "Lund")
    of_lund, shown = of_areas(figures)["Säker vård och omsorg, år för år."][SHARE], tables(figures)
    assert of_lund[0] == ["Riket", "Länet", "Lund"]
    assert [one[-1].replace("–", "bortfall") for one in of_lund[1:]] == shown[SHARE][-1][1:]
    assert [row[0] for row in shown[STEPPED]] == ["Kommun", *REGIONS.values(), "Lund"]


def test_other_answers_and_a_known_change_of_the_question_are_breaks(world: tuple[Path, Planted]) -> None:
    home, name = world[0] / DOMAIN / "2023", name_of(world[0], STEPPED)
    asked = followed_editions(home)
    assert "2022" not in breaks_of_years(home, asked)[name]
    other = asked["2021"] | {name: asked["2021"][name].model_copy(update={"scale": "yes-no"})}
    assert "2022" in breaks_of_years(home, asked | {"2021": other})[name]
    assert "2017" in breaks_of_questions(home)("skyddade-personuppgifter")


def test_what_is_shown_of_earlier_years_is_in_the_version_of_the_data(world: tuple[Path, Planted]) -> None:
    files = fact_hashes(world[0] / DOMAIN / "2022", ["Skåne"])
    assert {f"{DOMAIN}/2021/areas.csv", "results/oj-2021.csv", f"{DOMAIN}/questions.csv"} <= files.keys()
    assert not [name for name in files if "2023/areas" in name or name == "results/oj-2023.csv"]


def test_persons_in_registers_are_not_followed(world: tuple[Path, Planted], tmp_path: Path) -> None:
    data = Path(shutil.copytree(world[0], tmp_path / "data"))
    name = name_of(data, SHARE)
    for path in (data / DOMAIN).glob("202?/indicators/*.yml"):
        if f"- id: {name}\n" in path.read_text("utf-8"):
            replace(path, f"id: {name}\n", f"id: {name}\n    protected: true\n")
    assert set(tables(years(data))) == AGAIN - {SHARE}
    assert name not in set(years(data).frame["measure"])


def test_a_chapter_is_there_for_the_questions_also_without_summaries(world: tuple[Path, Planted]) -> None:
    data = world[0]
    assert has("history", data / EDITION)
    with_told = (data / DOMAIN / "history.csv").read_text("utf-8")
    (data / DOMAIN / "history.csv").write_text(with_told.splitlines(keepends=True)[0], "utf-8")
    try:
        assert not has("history", data / DOMAIN / "2021")
        assert has("history", data / DOMAIN / "2023")
        assert set(tables(years(data))) == AGAIN
    finally:
        (data / DOMAIN / "history.csv").write_text(with_told, "utf-8")
