"""The shape of the library: floors that know only what is below, short files and functions, documented."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import oj
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, domains
from oj.facts.key_figures import key_figures
from oj.facts.places import all_places

LIB = Path(__file__).parents[1] / "lib"
FLOORS = (
    ("oj.words",),
    ("oj.disk",),
    ("oj.facts",),
    ("oj.sources", "oj.forms"),
    ("oj.disclosure", "oj.preliminary"),
    ("oj.doors",),
    ("oj.tidy",),
    ("oj.compare",),
    ("oj.present", "oj"),
    ("oj.publish",),
    ("oj.app",),
    ("oj.cli",),
)
LONGEST_FILE = 250
LONGEST_FUNCTION = 25
LARGEST_ROOM = 12
MOST_NAMES = 16
CIRCLES = (  # rooms that still need each other
    {"oj.present.findings", "oj.present.method"},
    {"oj.publish.build", "oj.publish.quarto", "oj.publish.render", "oj.publish.word"},
)
Function = ast.FunctionDef | ast.AsyncFunctionDef

MODULES = {
    ".".join(path.relative_to(LIB).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((LIB / "oj").rglob("*.py"))
}


def parsed(name: str) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def floor(name: str) -> int:
    """Return the floor that a module stands on; `oj` itself is the door to what is presented."""
    for height, members in enumerate(FLOORS):
        if any(name == member or (member != "oj" and name.startswith(f"{member}.")) for member in members):
            return height
    raise AssertionError(f"{name} stands on no floor; add it to FLOORS")


def imported(tree: ast.Module, name: str) -> set[str]:
    """Return the library's modules that a module imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            assert node.module is not None
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {full if full in MODULES else node.module for full in inside}
    return {one for one in found if one == "oj" or one.startswith("oj.")}


def functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield (qualified name, function) of every function, also methods and those inside others."""

    def within(node: ast.AST, above: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            name = f"{above}{getattr(child, 'name', '')}"
            if isinstance(child, Function):
                yield name, child
            inner = isinstance(child, Function | ast.ClassDef)
            yield from within(child, f"{name}." if inner else above)

    return within(tree, "")


def public(tree: ast.Module) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Yield every public function and class, and the public methods of public classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                methods = [child for child in node.body if isinstance(child, Function)]
                yield from ((f"{node.name}.{one.name}", one) for one in methods if not one.name.startswith("_"))


def length(function: Function, lines: list[str]) -> int:
    """Return a function's lines of code, without signature, docstring, comments and empty lines."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    own = lines[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in own if line.strip() and not line.strip().startswith("#"))


def test_the_modules_are_found() -> None:
    assert len(MODULES) > 30
    assert {"oj", "oj.cli", "oj.publish.word.finish", "oj.present"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_its_own_floor_and_below(name: str) -> None:
    assert [other for other in sorted(imported(parsed(name), name)) if floor(other) > floor(name)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import oj.cli", {"oj.cli"}),
        ("from oj import doors", {"oj.doors"}),
        ("from oj.publish.word import xml", {"oj.publish.word.xml"}),
        ("from oj.publish.word.finish import finish", {"oj.publish.word.finish"}),
        ("def f():\n    from oj.cli import run\n    return run", {"oj.cli"}),
        ("import json, ojämn", set()),
    ],
)
def test_imports_are_found(source: str, found: set[str]) -> None:
    assert imported(ast.parse(source), "prov") == found


def test_floors() -> None:
    names = "words.errors disk.moves facts.params forms.survey disclosure.door doors.results tidy.door"
    names += " compare.against present publish.pdf app.site cli"
    assert [floor(f"oj.{name}") for name in names.split()] == list(range(12))


@pytest.mark.parametrize("name", MODULES)
def test_no_file_is_too_long(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("name", MODULES)
def test_no_function_is_too_long(name: str) -> None:
    lines = MODULES[name].read_text(encoding="utf-8").splitlines()
    sizes = {called: length(function, lines) for called, function in functions(parsed(name))}
    assert {called: size for called, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_length_counts_code_only() -> None:
    signature = 'def f(\n    a,\n):\n    """Say.\n\n    More.\n    """\n'
    source = f"{signature}    # why\n    b = [\n        a,\n    ]\n\n    return b\n"
    (found,) = functions(ast.parse(source))
    assert (found[0], length(found[1], source.splitlines())) == ("f", 4)


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_is_documented(name: str) -> None:
    tree = parsed(name)
    assert ast.get_docstring(tree)
    assert [called for called, node in public(tree) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("oj.cli")])
def test_only_the_command_line_prints(name: str) -> None:
    calls = [node.func for node in ast.walk(parsed(name)) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"] == []
    writes = [ast.unparse(call) for call in calls if isinstance(call, ast.Attribute)]
    assert [call for call in writes if call in ("sys.stdout.write", "sys.stderr.write")] == []


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("oj.disk")])
def test_only_one_room_puts_files_in_place(name: str) -> None:
    """What is written is moved into place by `oj.disk.changes`, whole or not at all; nobody else moves a file."""
    calls = [node for node in ast.walk(parsed(name)) if isinstance(node, ast.Call) and moves_a_file(node)]
    assert [f"{call.lineno}: {ast.unparse(call)}" for call in calls] == []


def moves_a_file(call: ast.Call) -> bool:
    """Return whether a call gives a file another name; a text's `replace` has two words, and a frame's a dictionary."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if ast.unparse(call.func.value) in ("os", "shutil"):
        return call.func.attr in ("replace", "rename", "renames", "move")
    alone = len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Dict)
    return call.func.attr in ("replace", "rename") and alone


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("aside.replace(path)", True), ("path.rename('b')", True), ("os.replace(a, b)", True),
        ("shutil.move(a, b)", True), ("text.replace('a', 'b')", False), ("replace(one, kind='x')", False),
        ("frame.rename(columns=names)", False), ("frame.replace({'a': 'b'})", False),
    ],
)  # fmt: skip
def test_moves_are_found(source: str, found: bool) -> None:
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert moves_a_file(statement.value) is found


def test_results_are_read_hidden() -> None:
    """Figures of few persons are hidden where results are read; only who hides or copies them reads them raw."""
    doors = {"read_published", "read_all"}
    wanted = {f"oj.sources.published.{name}" for name in doors}
    raw = {name for name in MODULES if wanted & calls_of(parsed(name))}
    assert raw == {
        "oj.disclosure.door", "oj.doors.fingerprints", "oj.doors.shown", "oj.publish.build.preliminary",
    }  # fmt: skip
    readers = {
        called
        for name in raw
        for called, function in functions(parsed(name))
        if any(isinstance(node, ast.Name) and node.id in doors for node in ast.walk(function))
    }
    assert readers == {
        "_read_protected",
        "refuse_misfits",
        "refuse_overtaken",  # before a report is shown: protects them anew
        "_read_loose",
        "read_uses",
        "_is_all_shown",
        "better_published",
        "read_counties",
        "read_reported",
    }


def calls_of(tree: ast.Module) -> set[str]:
    """Return every name that a module imports from another, with the module's."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in imports for alias in node.names}


def test_no_room_has_too_many_files() -> None:
    rooms = Counter(path.parent.relative_to(LIB).as_posix() for path in MODULES.values() if path.stem != "__init__")
    assert {room: files for room, files in rooms.items() if files > LARGEST_ROOM} == {}


def room_of(name: str) -> str:
    """Return the room that a module stands in; a room's own module is in it."""
    return name if MODULES[name].stem == "__init__" else name.rpartition(".")[0]


def reached(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    """Return every room that a room needs, by way of others as well."""
    found: set[str] = set()
    left = [start]
    while left:
        new = needs.get(left.pop(), set()) - found
        found |= new
        left += new
    return found


def test_rooms_are_reached_by_way_of_others() -> None:
    assert reached("a", {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == {"b", "c"}


def test_no_rooms_need_each_other() -> None:
    needs: dict[str, set[str]] = {}
    for name in MODULES:
        others = {room_of(other) for other in imported(parsed(name), name) if other in MODULES}
        needs.setdefault(room_of(name), set()).update(others - {room_of(name)})
    ways = {room: reached(room, needs) for room in needs}
    circles = {
        frozenset({room, *(one for one in ways[room] if room in ways[one])}) for room in needs if room in ways[room]
    }
    assert circles == {frozenset(one) for one in CIRCLES}


FACTS = {  # what may stand in the library though it names a fact, and why
    ("oj.words.swedish", "Gotland"),  # how one says where an island is
    ("oj.facts.params", "2015"),  # how a year, and a date, is written
}


def named_facts() -> dict[str, re.Pattern[str]]:
    """Return the patterns of what belongs in data/: years, counties, domains, and ids of several words."""
    counties = [place.short for place in all_places().values() if place.level == "county"]
    ids = {*indicators(), *key_figures(), *read_table("series")["series"]}
    for column, name in (("area", "areas"), ("table", "tables"), ("subarea", "subareas")):
        ids |= set(read_table(name)[column])
    own = [domain_of().name, domain_of().field, domain_of().the_field, *domains()]
    return {
        "a year": re.compile(r"(?<![\du])20[1-4]\d(?!\d)"),
        "a county": re.compile("|".join(rf"\b{re.escape(name)}s?\b" for name in counties)),
        "an id": re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in sorted(ids) if "-" in name)),
        "a domain": re.compile("|".join(map(re.escape, own)), re.IGNORECASE),
    }


def literals(tree: ast.Module) -> Iterator[str]:
    """Yield every text of a module that is no docstring."""
    of_docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, Function | ast.ClassDef | ast.Module)
        and ast.get_docstring(node, clean=False) is not None
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in of_docs:
            yield node.value


def test_no_fact_stands_in_the_library() -> None:
    """A year, a county, a domain and an id are data; so are the words of one domain."""
    patterns = named_facts()
    found = {
        (name, match[0], kind)
        for name in MODULES
        for text in literals(parsed(name))
        for kind, one in patterns.items()
        for match in one.finditer(text)
    }
    assert {(name, said) for name, said, _kind in found} - FACTS == set(), found


@pytest.mark.parametrize(
    "text", ["utgåvan 2015", "Skåne län", "oj.table('socialjour-x', 'rutin-missbruk')", "Barn- och ungdomsvård"]
)
def test_facts_are_found(text: str) -> None:
    assert any(one.search(text) for one in named_facts().values())


def test_a_notebook_has_few_names_to_learn() -> None:
    assert len(oj.__all__) <= MOST_NAMES
    assert set(oj.__all__) == set(oj.WHERE)
