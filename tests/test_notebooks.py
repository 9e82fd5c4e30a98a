"""The notebooks: prose in Swedish with short calls between, stored without results, one for each chapter."""

import ast
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from papermill.inspection import inspect_notebook

import oj
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters
from oj.present.output import Figure, as_parts
from oj.publish.chapters.edition import GENERAL
from oj.publish.chapters.instances import TEMPLATE
from oj.publish.chapters.written_out import EACH_AREA, EACH_TABLE

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
OWN = [path for path in PATHS if path.name != GENERAL]
OF_EDITION = [path for path in OWN if not path.stem.startswith(CURRENT)]
LONGEST_CELL = 8  # lines of code
LEAST_PROSE = 0.4  # of all lines
LABEL = r"\{#([\w-]+)"
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Try, ast.For, ast.AsyncFor, ast.While, ast.Lambda,
)  # fmt: skip
ENGLISH = """
the of and are was were with from this that these those which what where when how why who not there their they its
we our you your been being has have will would can could should may might must about above after also among any because
before between both by county counties municipality municipalities chapter chapters figure figures table tables report
reports result results indicator indicators source sources note notes year years see show shows shown each every into
only other some such than then through until up upon while within without yes new more most less least share shares
value values children child youth care code cell cells run here appendix sheet sheets
"""  # none of them a Swedish word
NOT_PROSE = (
    re.compile(r"`[^`]*`"), re.compile(r"\]\([^)]*\)"), re.compile(r"\{[^}]*\}"), re.compile(r"https?://\S+"),
    re.compile(r"@[\w-]+"), re.compile(r"^:::.*$", re.MULTILINE),
)  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """Return a notebook's JSON."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    """Return a notebook's cells of one kind."""
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    """Return a cell's text."""
    return "".join(cell["source"])


def is_parameters(cell: dict[str, Any]) -> bool:
    """Return whether a cell is the one with parameters."""
    return "parameters" in cell["metadata"].get("tags", [])


def is_each(cell: dict[str, Any]) -> bool:
    """Return whether a cell is written out once for each table or area."""
    return bool({EACH_TABLE, EACH_AREA} & set(cell["metadata"].get("tags", [])))


def parameters_of(path: Path) -> list[str]:
    """Return the parameters a notebook must have: the report's, and the municipality that a sheet is about."""
    return [
        *(name for name, field in ReportParameters.model_fields.items() if not field.exclude),
        *(["municipality"] if path.name == TEMPLATE else []),
    ]


def calls(path: Path) -> list[tuple[str, list[Any]]]:
    """Return (name, constant arguments) of every call of oj in a notebook: oj.chart(results, "x")."""
    found = []
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.Call):
                given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                found.append((ast.unparse(node.func), given))
    return found


def chosen(path: Path) -> list[tuple[str, str]]:
    """Return (function, what is chosen) of every call about a choice in a notebook: oj.chart(figures.of("x")).

    A kind that is asked for stands behind the function: "oj.chart heat".
    """
    found = []
    for cell in cells(path, "code"):
        outer = [node for node in ast.walk(ast.parse(source(cell))) if isinstance(node, ast.Call)]
        for call in outer:
            inner = [
                one for one in ast.walk(call) if isinstance(one, ast.Call) and ast.unparse(one.func).endswith(".of")
            ]
            kinds = [str(one.value) for one in call.args[1:] if isinstance(one, ast.Constant)]
            name = " ".join([ast.unparse(call.func), *kinds])
            found += [(name, str(ast.literal_eval(one.args[0]))) for one in inner if one is not call]
    return found


def arguments(function: str) -> Counter[str]:
    """Return how many times a function is called about each choice, over the notebooks of an edition's areas."""
    return Counter(one for path in OF_EDITION for name, one in chosen(path) if name == function)


def charts_of_a_kind() -> Counter[tuple[str, str]]:
    """Return how many times each (kind, choice) is charted, over the notebooks of an edition's areas."""
    calls = [(name.split(), one) for path in OF_EDITION for name, one in chosen(path)]
    return Counter((name[1], one) for name, one in calls if name[0] == "oj.chart" and len(name) > 1)


def in_prose(pattern: str) -> list[str]:
    """Return what a pattern finds in the Markdown of all notebooks but the general one, whose area is an example."""
    return [one for path in OWN for cell in cells(path, "markdown") for one in re.findall(pattern, source(cell))]


def english_in(text: str) -> list[str]:
    """Return the English words in a Markdown text's prose."""
    for pattern in NOT_PROSE:
        text = pattern.sub(" ", text)
    return [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word in ENGLISH.split()]


each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_every_notebook_is_a_chapter_and_every_chapter_is_there() -> None:
    book = yaml.safe_load((NOTEBOOKS / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    others = {
        name: yaml.safe_load((NOTEBOOKS / f"_{name}.yml").read_text(encoding="utf-8"))["chapters"]
        for name in (CURRENT, OVER_TIME)
    }
    templates = [template for other in others.values() for template in other.values()]
    assert sorted({*book["chapters"], *templates, GENERAL}) == [path.name for path in PATHS]
    for other in others.values():
        assert book["chapters"][0] == next(iter(other)) == "index.ipynb"
        assert set(other) - {GENERAL} <= set(book["chapters"])  # so that links lead somewhere
    assert (len(PATHS), len(book["chapters"]), *map(len, others.values())) == (25, 19, 8, 3)


@each
def test_it_is_a_valid_notebook_without_results(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4))
    notebook = read(path)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert [cell["id"] for cell in cells(path, "code") if cell["outputs"] or cell["execution_count"] is not None] == []
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["kernelspec"]["language"] == "python"


@each
def test_nothing_of_one_computer_is_stored(path: Path) -> None:
    metadata = read(path)["metadata"]
    example = {"oj"} if any(is_each(cell) for cell in read(path)["cells"]) else set()
    assert set(metadata) == {"kernelspec", "language_info", *example}
    assert metadata["language_info"] == {"name": "python"}
    assert {key for kind in ("code", "markdown") for cell in cells(path, kind) for key in cell["metadata"]} <= {"tags"}


@each
def test_cells_are_code_and_markdown_only_with_ids_of_their_own(path: Path) -> None:
    every = read(path)["cells"]
    assert {cell["cell_type"] for cell in every} == {"code", "markdown"}
    assert [one for one, count in Counter(cell["id"] for cell in every).items() if count > 1] == []
    assert [cell["id"] for cell in every if not cell["id"].startswith(f"{path.stem}-")] == []


@each
def test_sources_are_lists_of_lines(path: Path) -> None:
    """So that a change of one line is a change of one line in git too."""
    for cell in read(path)["cells"]:
        assert isinstance(cell["source"], list), cell["id"]
        assert cell["source"], cell["id"]
        assert "".join(cell["source"]).splitlines(keepends=True) == cell["source"], cell["id"]


@each
def test_code_is_short_calls(path: Path) -> None:
    for cell in cells(path, "code"):
        assert len(cell["source"]) <= LONGEST_CELL + 4 * is_parameters(cell), cell["id"]
        nodes = list(ast.walk(ast.parse(source(cell))))
        assert [type(node).__name__ for node in nodes if isinstance(node, FORBIDDEN)] == [], cell["id"]


@each
def test_the_parameters_are_the_reports(path: Path) -> None:
    (cell,) = [cell for cell in cells(path, "code") if is_parameters(cell)]
    tree = ast.parse(source(cell))
    assignments = [node for node in tree.body if isinstance(node, ast.Assign)]
    given = {ast.unparse(node.targets[0]): ast.literal_eval(node.value) for node in assignments}
    assert len(given) == len(tree.body)
    assert list(given) == parameters_of(path)
    ReportParameters.model_validate({name: value for name, value in given.items() if name != "municipality"})


@each
def test_papermill_reads_the_parameters(
    path: Path, caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    found = inspect_notebook(str(path))
    assert list(found) == parameters_of(path)
    assert [name for name, said in found.items() if said["default"] in ("", "None")] == []
    assert caplog.records == []
    assert [str(warning.message) for warning in recwarn] == []


@each
def test_the_first_cell_is_the_chapters_heading(path: Path) -> None:
    first, *rest = read(path)["cells"]
    assert first["cell_type"] == "markdown"
    assert re.match(r"# [^{]+ \{#sec-[a-z-]+(?: \.unnumbered)?(?: lang=en)?\}(?:\n|$)", source(first))
    texts = [source(cell) for cell in rest if cell["cell_type"] == "markdown"]
    assert [text for text in texts if re.search(r"^# ", text, re.MULTILINE)] == []


def test_a_good_part_of_the_notebooks_is_prose() -> None:
    lines = {
        kind: sum(
            1
            for path in PATHS
            for cell in cells(path, kind)
            for line in cell["source"]
            if line.strip() and not is_parameters(cell)
        )
        for kind in ("code", "markdown")
    }
    assert lines["markdown"] / sum(lines.values()) >= LEAST_PROSE, lines


def test_every_indicator_is_charted() -> None:
    """Answers by their area, numbers by their sub-area; nothing is charted twice under one name."""
    known = indicators()
    shown = arguments("oj.chart")
    assert {*shown.values(), *charts_of_a_kind().values()} == {1}
    answers = {item.area for item in known.values() if item.is_answer}
    numbers = {item.subarea for item in known.values() if not item.is_answer}
    assert set(shown) == answers | numbers


def test_a_chapter_of_several_tables_opens_with_what_matters() -> None:
    several = {area for area, tables in read_table("tables").groupby("area") if len(tables) > 1}
    areas = {area for area in arguments("oj.findings") if area in set(read_table("areas")["area"])}
    assert areas & several == several  # elsewhere the findings of the one table say it


def test_every_table_is_shown_once() -> None:
    assert arguments("oj.table") == Counter(read_table("tables")["table"])


def test_every_areas_fact_sheets_are_in_the_appendix_and_its_chapter_leads_there() -> None:
    areas = read_table("areas").set_index("area")["notebook"].to_dict()
    sheets = [(one, path.stem) for path in OF_EDITION for name, one in chosen(path) if name == "oj.about"]
    linked = {area: stem for area, stem in sheets if stem != "faktablad"}
    assert linked == areas
    (each,) = filter(is_each, cells(NOTEBOOKS / "faktablad.ipynb", "code"))
    assert source(each).endswith('.of("saker"))')  # once for each area of the edition


@each
def test_only_the_librarys_door_is_used(path: Path) -> None:
    import oj

    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            assert not isinstance(node, ast.ImportFrom), cell["id"]
            if isinstance(node, ast.Import):
                assert [alias.name for alias in node.names] == ["oj"], cell["id"]
    used = {name.removeprefix("oj.") for name, _ in calls(path) if name.startswith("oj.")}
    assert used - set(oj.__all__) == set()


@each
def test_the_prose_is_swedish(path: Path) -> None:
    """But that of the summary in English, which says so in its heading."""
    found = {cell["id"]: english_in(source(cell)) for cell in cells(path, "markdown")}
    is_english = "lang=en" in source(read(path)["cells"][0])
    assert ({one: words for one, words in found.items() if words} != {}) == is_english


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The table shows each county.", ["the", "table", "shows", "each", "county"]),
        ("Se [bilagan](the-report.html) och `results` i @tbl-the-table {#sec-report}.", []),
        ('::: {.content-visible when-format="html"}\nTabellen visar länet.\n:::', []),
        ("Alla kommuner under riket, till exempel data.", []),
    ],
)
def test_english_is_found(text: str, words: list[str]) -> None:
    assert english_in(text) == words


def test_labels_are_their_own_over_the_whole_book() -> None:
    twice = [label for label, count in Counter(in_prose(LABEL)).items() if count > 1]
    assert twice == []


def test_references_lead_to_something_in_the_book() -> None:
    made = {f"tbl-{name}" for name in read_table("tables")["table"]}
    made |= {f"fig-{name}" for name in read_table("subareas")["subarea"]}
    made |= {"tbl-tecken", "tbl-undersokning", "tbl-matdatum", "tbl-grupper", "tbl-motsagelser", "tbl-mal"}
    made |= {"tbl-brott", "tbl-slaktskap"}
    figures = oj.figures("Stockholm")
    drawn = [as_parts(oj.chart(figures.of(one), kind)) for kind, one in charts_of_a_kind()]
    made |= {part.label for parts in drawn for part in parts if isinstance(part, Figure)}
    used = set(in_prose(r"@((?:tbl|fig|sec)-[\w-]+)"))
    assert sorted(used - set(in_prose(LABEL)) - made) == []
