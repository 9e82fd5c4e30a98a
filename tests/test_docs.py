"""The documentation is true: its commands parse, its calls exist, its examples run, its files and links are there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

import docs
import house
import oj
import reference
import written
from browsing import chromium, opened, violations
from conftest import DATA, DOMAIN, EDITION, RESULTS, refused
from oj.cli import parser, run
from oj.facts.datapackage import resources
from oj.facts.params import ReportParameters
from oj.present.chart.chart import KINDS
from oj.words.errors import UserError
from oj.words.vocabulary import STATUSES
from test_architecture import MODULES, floor

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", *docs.addresses()]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
VALUES = {*re.search(r"^VALUES := (.*)$", MAKEFILE, re.MULTILINE)[1].split(), "PYTHON"}  # type: ignore[index]
MADE = (
    "reports/",
    "build/",
    "cache/",
    "data/results/",
    "data/key_figures/",
    "data/barn-och-unga/published/",
    "params/workbooks/",
    ".venv",
    "kommuner/",
    "analys/",
)
PATH = re.compile(r"(?:lib|data|docs|tests|tools|notebooks|params|requirements|\.github|\.ci)(?:/[\w.*-]+)*/?")
each_page = pytest.mark.parametrize("name", PAGES)


def text_of(name: str) -> str:
    """Return a page's text as it is written."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return a page's blocks of code in a language, without their indentation in a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text_of(name), re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def code(name: str) -> list[str]:
    """Return what stands as code in a page: each line of its commands, and each piece within its text."""
    lines = [
        line for language in ("sh", "powershell") for block in blocks(name, language) for line in block.split("\n")
    ]
    prose = re.sub(r"^ *```.*?^ *```", "", text_of(name), flags=re.MULTILINE | re.DOTALL)
    return [line for line in [*lines, *re.findall(r"`([^`\n]+)`", prose)] if line]


def commands(name: str, program: str) -> Iterator[list[str]]:
    """Yield the words after a program's name in every command of a page."""
    for line in code(name):
        if re.match(rf"(?:\.venv\\Scripts\\)?{program}(?: |$)", line):
            yield shlex.split(line.partition(" ")[2])


def test_there_are_commands_calls_and_examples_to_try() -> None:
    assert sum(len(list(commands(name, "make"))) for name in PAGES) > 40
    assert sum(len(list(commands(name, "oj"))) for name in PAGES) > 30
    assert sum(len(blocks(name, "python")) for name in PAGES) > 5


@each_page
def test_every_make_command_is_there(name: str) -> None:
    for words in commands(name, "make"):
        values = [word for word in words if "=" in word]
        assert {word for word in words if word not in values} <= TARGETS, words
        assert {word.partition("=")[0] for word in values} <= VALUES, words


@each_page
def test_every_oj_command_is_understood(name: str) -> None:
    for words in commands(name, "oj"):
        if words and "--help" not in words and words not in (["survey"], ["data"]):
            try:
                parser().parse_args(words)
            except UserError as error:
                raise AssertionError(f"oj {' '.join(words)}: {error}") from error


@each_page
def test_every_call_is_there(name: str) -> None:
    called = set(re.findall(r"(?<![\w/.\\])oj\.([a-z_]+)(?![\w.]|/)", text_of(name)))
    assert called <= {*oj.__all__, "present", "words"} | {module.split(".")[1] for module in MODULES if "." in module}


@pytest.mark.parametrize("name", [name for name in PAGES if blocks(name, "python")])
def test_the_examples_run(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each page's Python from its first line to its last, as somebody who follows it does."""
    (tmp_path / "reports" / "stockholm-2015").mkdir(parents=True)
    written.results("Jönköping").to_csv(tmp_path / "reports" / "stockholm-2015" / "resultat.csv", index=False)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks(name, "python"):
        exec(compile(block, name, "exec"), names)


@each_page
def test_every_file_that_is_named_is_there(name: str) -> None:
    """Of the project's files; what is made, and what stands for a name (<län>, …), is another matter."""
    named = {word.strip(",;:") for piece in code(name) for word in piece.split() if PATH.fullmatch(word.strip(",;:"))}
    files = {word for word in named if not word.startswith(MADE) and word not in ("params/vastra-gotaland.yml",)}
    assert {word for word in files if not list(ROOT.glob(word.rstrip("/")))} == set()


@pytest.mark.parametrize("name", [name for name in PAGES if "county:" in "".join(blocks(name, "yaml"))])
def test_the_parameters_are_valid(name: str) -> None:
    (example,) = blocks(name, "yaml")
    assert ReportParameters.model_validate(yaml.safe_load(example)).group_name == "Solna och Sundbyberg"


def test_the_correction_is_made(data_copy: Path) -> None:
    (example,) = blocks("docs/samordnare/rattelser.md", "yaml")
    (data_copy / DOMAIN / "corrections.yml").write_text(example, encoding="utf-8")
    assert "Solna" in oj.method(oj.figures("Stockholm", folder=data_copy), "rattelser").markdown
    row = written.results("Stockholm", folder=data_copy).query("indicator == 'socialjour' and place == '0184'")
    assert row["display"].tolist() == ["Nej"]


def test_the_recipe_for_a_measure_gives_a_measure(data_copy: Path) -> None:
    (described,), (rows, sources) = blocks("CONTRIBUTING.md", "yaml"), blocks("CONTRIBUTING.md", "csv")
    (data_copy / EDITION / "sources.csv").write_text(sources, encoding="utf-8")
    source = sources.splitlines()[1].partition(",")[0]
    rows = rows.replace("fou-nordvast-2015", source)
    for path, added in (
        (data_copy / EDITION / "indicators" / "saker.yml", described),
        (data_copy / RESULTS, rows.partition("\n")[2]),
    ):
        assert rows.startswith((data_copy / RESULTS).read_text(encoding="utf-8").partition("\n")[0])
        path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{added}", encoding="utf-8")
    results = written.results("Stockholm", municipalities=["Solna"], folder=data_copy).query(
        "indicator == 'rutin-tillsyn'"
    )
    shown = results.set_index("place_name")["display"].str.replace("\u00a0", " ").to_dict()
    assert shown == {"Solna": "Ja", "Riket": "54 %", "Stockholms län": "61 %"}


def test_the_recipe_for_a_domain_names_the_columns_of_its_tables() -> None:
    told = dict(re.findall(r"^\| `2024/(\w+\.csv)` \| `([a-z_,]+)`", text_of("CONTRIBUTING.md"), re.MULTILINE))
    headings = {name: (DATA / EDITION / name).read_text(encoding="utf-8").partition("\n")[0] for name in told}
    assert set(told) == {"areas.csv", "tables.csv", "subareas.csv"}
    assert told == headings


def test_every_kind_of_chart_is_named_where_charts_are_told_of() -> None:
    for text in (text_of("docs/forskare/notebooks.md"), oj.chart.__doc__ or ""):
        assert [kind for kind in KINDS if not re.search(rf"\b{kind}\b", text)] == []


def test_the_recipe_for_the_template_is_walked_through_and_taken_back(
    data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands as the pages write them, for Windows; somebody fills in two municipalities between."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")
    first, trial, read, _report = list(commands("docs/samordnare/mallen.md", "oj"))[-4:]
    assert run(first) == 0
    book = load_workbook("skane-oj-2015.xlsx")
    for row, answer in ((7, "Ja"), (8, "Nej")):
        book.worksheets[1].cell(row, 3, answer)
    book.save("skane-oj-2015.xlsx")
    assert run(trial) == 0
    assert "Inga fel" in capsys.readouterr().out
    assert run(read) == 0
    assert written.results("Skåne").query("place == '1214' and answer == 'yes'")["place_name"].tolist() == ["Svalöv"]
    (back,) = [words for words in commands("docs/samordnare/angra.md", "oj") if words[:2] == ["data", "remove"]]
    assert run(back) == 0
    assert list((data_copy / "results").glob("*.csv")) == []


# the built pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation, and return its folder."""
    return docs.build(tmp_path_factory.mktemp("built") / "docs").parent


def test_every_page_is_built_and_led_to(built: Path) -> None:
    assert {path.relative_to(built).as_posix() for path in built.rglob("*.html")} == set(docs.addresses().values())
    for path in built.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"#]+)', path.read_text(encoding="utf-8")):
            assert address.startswith("https://") or (path.parent / address).is_file(), (path, address)


def test_axe_finds_nothing_on_the_pages(built: Path) -> None:
    """A page with tables and code, and the one with the picture of the house."""
    with chromium() as browser:
        found = {
            name: violations(opened(browser, built / name, width))
            for name, width in (("bidra.html", 320), ("forklaring/arkitektur.html", 320), ("index.html", 1300))
        }
    assert {name: told for name, told in found.items() if told} == {}


def test_the_pages_need_no_net_and_no_script(built: Path) -> None:
    for path in built.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert re.findall(r'<script|src="https?:|<link [^>]*href="https?:|<iframe', page) == []
        assert "ur koden:" not in page or path.name == "bidra.html"
    assert not [path for path in built.rglob("*.css") if re.search(r"url\(.?https?:", path.read_text())]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    """A page is written over what was there, and nothing of the day or the place is in it."""
    for name in ("notebooks", "tools"):
        (tmp_path / name).symlink_to(ROOT / name)
    listed = "# Först\n\n## Allt\n\n- [B](../CONTRIBUTING.md)\n- [C](../CHANGELOG.md)\n"
    made = []
    for _ in range(2):
        small_site(tmp_path, {"docs/index.md": listed})
        docs.build(tmp_path / "built", tmp_path)
        made.append({path: path.read_bytes() for path in (tmp_path / "built").rglob("*") if path.is_file()})
    assert made[0] == made[1]
    assert len(made[0]) > 6


def test_the_reference_says_what_there_is(built: Path) -> None:
    def page(name: str) -> str:
        return (built / "uppslag" / f"{name}.html").read_text(encoding="utf-8")

    assert {name for name in TARGETS if f"make {name}<" not in page("kommandon")} == set()
    flags = {flag for _, _, one in reference.leaves(parser(), "oj") for flag in one._option_string_actions} - {"-h"}
    assert {flag for flag in flags - {"--help"} if flag not in page("kommandon")} == set()
    assert {name for name in ReportParameters.model_fields if f"<code>{name}</code>" not in page("parametrar")} == set()
    assert {name for name in oj.__all__ if f">oj.{name}</h3>" not in page("anrop")} == set()
    assert {name for name in STATUSES if f"<code>{name}</code>" not in page("statusar")} == set()
    measures = set(written.results("Jönköping")["indicator"])
    assert {name for name in measures if f"<code>{name}</code>" not in page("matten")} == set()
    tables = {one["path"] for one in resources(DATA).values()}  # of one edition: another has the same
    assert {name for name in tables if f"data/{name}<" not in page("tabeller")} == set()


def test_every_flag_and_argument_says_what_it_is() -> None:
    silent = [
        f"{words} {action.dest}" for words, _, one in reference.leaves(parser(), "oj") for action in one._actions
        if not action.help
    ]  # fmt: skip
    assert silent == []


def test_the_picture_of_the_house_is_the_house(built: Path) -> None:
    """Every room stands in it, no arrow goes up, and those that are not drawn follow from those that are."""
    drawn = house.arrows(house.modules())
    standing = house.floors(drawn)
    assert set(standing) == {house.room(name) for name in MODULES}
    assert [pair for pair in drawn if standing[pair[0]] <= standing[pair[1]]] == []
    modules = {house.room(name): name for name in MODULES}
    assert [pair for pair in drawn if floor(modules[pair[0]]) < floor(modules[pair[1]])] == []
    page = (built / "forklaring" / "arkitektur.html").read_text(encoding="utf-8")
    assert page.count('class="arrow"') == len(house.needed(drawn))
    assert page.count("<rect") == len(standing)


def test_rooms_in_a_circle_are_told() -> None:
    with pytest.raises(ValueError, match="a circle"):
        house.floors({("facts", "words"): 1, ("words", "facts"): 1})


def small_site(folder: Path, pages: dict[str, str]) -> Path:
    """Write a few pages, and return their folder."""
    (folder / "docs").mkdir(exist_ok=True)
    for name, text in {**dict.fromkeys(docs.BESIDE, "# B\n"), "docs/index.md": "# Först\n", **pages}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\n[b](finns-inte.md)", "”finns-inte.md” leder ingenstans"),
        ("# A\n\n![b](bilder/ingen.png)", "”bilder/ingen.png” leder ingenstans"),
        ("# A\n\n[b](index.md#ingenstans)", "#ingenstans i docs/index.md leder ingenstans"),
        ("Text utan rubrik", "ska börja med sin rubrik"),
    ],
)
def test_a_page_that_leads_nowhere_is_told(text: str, said: str, tmp_path: Path) -> None:
    with refused("docs/a.md", said):
        docs.read_pages(small_site(tmp_path, {"docs/a.md": text}), {})


def test_a_page_that_is_not_listed_is_told(tmp_path: Path) -> None:
    listed = "# Först\n\n## Allt\n\n- [B](../CONTRIBUTING.md)\n"
    with refused("docs/index.md", "CHANGELOG.md"):
        docs.build(tmp_path / "built", small_site(tmp_path, {"docs/index.md": listed}))
