"""No words of the system, of Python or of pydantic reach a person: every fault of theirs is told in Swedish."""

import ast
import errno
import json
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from conftest import DOMAIN, EDITION, replace
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.key_figures import key_figures
from oj.facts.params import read_parameters
from oj.facts.yaml_file import read_yaml
from oj.publish.build.book import chapters
from oj.sources.corrections import read_corrections
from oj.sources.kolada.client import open_client
from oj.sources.kolada.download import unreachable
from oj.sources.origins import imported
from oj.sources.survey.questions import checks, questions, rules
from oj.words.errors import OF_SYSTEM, UserError, not_read, why
from test_architecture import MODULES, parsed

OURS = {"UserError", "DataError", "PlaceError", "CellError", "TwoReadingsError"}  # whose words are Swedish
TOLD_BY = {"why", "not_read", "type", "_of_connection", "beginning"}  # what makes words of a fault
WHERE_RAW = {  # what goes wrong in a notebook, or in a program of someone else's, is told as it says to who mends it
    ("oj.disk.locks", "take"),  # the same fault, with the path that lacks in it
    ("oj.words.models", "in_order"),  # the name of a key that lacks
    ("oj.publish.execution.execute", "execute_one"),
    ("oj.publish.build.rendering", "slips_told"),
    ("oj.publish.quarto.run", "in_one_line"),
    ("oj.sources.files.xlsx", "_sheets"),  # our own fault, which lacks only the sheet's name
}
ENGLISH = re.compile(
    r"\b(?:the|should|is not|not found|no such|denied|directory|valid|expected|input|field|required|error|unexpected|"
    r"cannot|must|object|type|line \d|column \d|validation|argument|Errno)\b|NoneType|pydantic|_type\b",
    re.IGNORECASE,
)

QUESTIONS, SAKER = f"{EDITION}/survey/questions.yml", f"{EDITION}/indicators/saker.yml"
AREAS = f"{EDITION}/areas.csv"
KEY_FIGURES, CORRECTIONS = f"{DOMAIN}/key_figures.yml", f"{DOMAIN}/corrections.yml"


def raw(handler: ast.ExceptHandler) -> Iterator[str]:
    """Yield where a handler of others' faults puts a fault's own words: in a text, by str or by one of its texts."""
    kinds = (
        {node.id for node in ast.walk(handler.type or handler) if isinstance(node, ast.Name)} if handler.type else set()
    )
    if kinds <= OURS:
        return
    told = {
        id(inside)
        for node in ast.walk(handler)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TOLD_BY
        for inside in ast.walk(node)
    }
    for node in ast.walk(handler):
        if id(node) in told:
            continue
        if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name) and node.value.id == handler.name:
            yield ast.unparse(node)
        if isinstance(node, ast.Call) and ast.unparse(node) in (f"str({handler.name})", f"repr({handler.name})"):
            yield ast.unparse(node)
        if ast.unparse(node) in {f"{handler.name}.{one}" for one in ("strerror", "args", "msg", "reason", "message")}:
            yield ast.unparse(node)


def raw_in(tree: ast.Module) -> list[tuple[str, str]]:
    """Return the functions that tell a fault in its own words, with the words."""
    return [
        (function.name, found)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for handler in ast.walk(function)
        if isinstance(handler, ast.ExceptHandler) and handler.name
        for found in raw(handler)
    ]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('raise UserError(f"fel: {error}")', 1),
        ('raise UserError(f"fel: {error.strerror}")', 1),
        ("raise UserError(str(error))", 1),
        ('raise UserError(f"fel: {why(error)}") from error', 0),
        ('raise UserError("fel") from error', 0),
    ],
)
def test_raw_words_are_found(body: str, count: int) -> None:
    source = f"def f():\n    try:\n        g()\n    except OSError as error:\n        {body}\n"
    assert len(raw_in(ast.parse(source))) == count
    assert raw_in(ast.parse(source.replace("OSError", "UserError"))) == []


def test_only_named_places_tell_a_fault_in_its_own_words() -> None:
    assert {(name, function) for name in MODULES for function, _words in raw_in(parsed(name))} == WHERE_RAW


@pytest.mark.parametrize("number", sorted({*OF_SYSTEM, errno.EBADF, errno.ENOSYS, 0}))
def test_every_fault_of_the_system_is_told_in_swedish(number: int) -> None:
    for told in (why(OSError(number, os.strerror(number))), not_read(OSError(number, os.strerror(number)))):
        assert told
        assert os.strerror(number) not in told
        assert told[0].islower()


def survey(old: str, new: str, name: str = "questions.yml") -> Callable[[Path], object]:
    def read(data: Path) -> object:
        replace(data / EDITION / "survey" / name, old, new)
        return (questions if name.startswith("q") else rules)("2015", data), checks("2015", data)

    return read


def yaml_of(name: str, text: str, read: Callable[[Path], object]) -> Callable[[Path], object]:
    def broken(data: Path) -> object:
        path = data / name
        path.write_text(text, encoding="utf-8")
        return read(data)

    return broken


def whole(data: Path) -> object:
    return questions("2015", data), rules("2015", data), checks("2015", data)


BROKEN: dict[str, Callable[[Path], object]] = {
    "a survey of nothing": yaml_of(QUESTIONS, "", whole),
    "a survey that is a list": yaml_of(QUESTIONS, "- a\n- b", whole),
    "a survey without questions": yaml_of(QUESTIONS, "sections: [{section: a}]\nalternatives: {}", whole),
    "sections of numbers": yaml_of(QUESTIONS, "sections: 3", whole),
    "a question of numbers": survey("    text: ", "    text: 3 #"),
    "a question's kind": survey("kind: number", "kind: nummer"),
    "an unknown key": survey("      - id: ", "      - di: 1\n        id: "),
    "a brace too many": survey("    text: ", "    text: '{' #"),
    "rules of nothing": yaml_of(f"{EDITION}/survey/rules.yml", "", whole),
    "a rule without a formula": survey("  formula: ", "  formel: ", "rules.yml"),
    "inputs of numbers": survey("inputs: {wanted", "inputs: {other: 3, wanted", "rules.yml"),
    "rules of texts": yaml_of(f"{EDITION}/survey/rules.yml", "- a\n- b", whole),
    "a review of nothing": yaml_of(f"{EDITION}/survey/review.yml", "{}", whole),
    "a review's part": survey("whole: personal.handlaggare", "whole: 3", "review.yml"),
    "a review's texts": survey("says: Socionomerna", "says: [a] #", "review.yml"),
    "a description of nothing": yaml_of("datapackage.json", "", lambda data: read_table("areas", data)),
    "a description that is a list": yaml_of("datapackage.json", "[1]", lambda data: read_table("areas", data)),
    "a quote that is left open": yaml_of(AREAS, 'area,title\na,"b\n', lambda data: read_table("areas", data)),
    "a name of too much": yaml_of(AREAS, f"area,{'a' * 200_000}\n", lambda data: read_table("areas", data)),
    "a catalog of texts": yaml_of(KEY_FIGURES, "peer_groups: []\nfamilies: [key_figures: [id: 3]]", key_figures),
    "an origin of lists": yaml_of("results/fou-nordvast-2015.yml", "title: [1]\nyear: x\nleft_out: 3", imported),
    "a correction of texts": yaml_of(CORRECTIONS, "- {table: 1, row: a, reason: [x]}", read_corrections),
    "an indicator": yaml_of(SAKER, "- {subarea: handlaggning, indicators: [{id: 3}]}", indicators),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_of_the_project_is_told_in_swedish(what: str, data_copy: Path) -> None:
    with pytest.raises(UserError) as raised:
        BROKEN[what](data_copy)
    assert len(str(raised.value)) < 2_000  # also of a name that is too long to be read
    told = re.sub(
        r"”[^”]*”|Tillåtna:.*|ska vara en av:.*|(?:data/)?[\w/-]+\.\w+|resources|path|schema|name",
        "",
        str(raised.value),
    )
    assert ENGLISH.findall(told) == []


def unreadable(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("break_it", [unreadable, Path.unlink, lambda path: path.rename(f"{path}.x")])
def test_a_file_that_cannot_be_read_is_told_in_swedish(break_it: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("a: 1", encoding="utf-8")
    break_it(tmp_path / "a.yml")
    with pytest.raises(UserError, match=r"är en mapp|ingen sådan fil"):
        read_yaml(tmp_path / "a.yml", "a.yml")


@pytest.mark.parametrize("text", [None, "", "a: [", "book: 3", "book: {chapter: []}"])
def test_a_book_that_is_none_is_told_in_swedish(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="Återställ filen") as raised:
        chapters(tmp_path)
    assert ENGLISH.findall(str(raised.value)) == []


def caused(by: BaseException) -> httpx.ConnectError:
    error = httpx.ConnectError("[Errno 111] Connection refused")
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (caused(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")), "ingen svarar där"),
        (caused(socket.gaierror(-2, "Name or service not known")), "är datorn på nätet"),
        (caused(OSError(errno.ENETUNREACH, "Network is unreachable")), "nätet når inte dit"),
        (httpx.RemoteProtocolError("Server disconnected"), "gick inte, eller bröts"),
    ],
)
def test_a_server_that_is_not_reached_is_told_in_swedish(error: Exception, told: str) -> None:
    said = unreachable(error, "https://api.kolada.se")
    assert told in said
    assert ENGLISH.findall(said) == []


def test_settings_of_the_net_that_cannot_be_used_are_told_in_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://x:y:z")
    with pytest.raises(UserError, match="Se över vad HTTPS_PROXY") as raised:
        open_client("https://api.kolada.se/v3/")
    assert ENGLISH.findall(str(raised.value)) == []


def test_parameters_are_told_in_swedish(tmp_path: Path) -> None:
    text = json.dumps({"municipalities": {"a": 1}, "edition": [1], "date": {"a": 1}, "publisher": 3, "x": 1})
    (tmp_path / "report.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as raised:
        read_parameters("Stockholm", folder=tmp_path)
    told = re.sub(r"”[^”]*”|Tillåtna:.*|\[]|[\w/]+\.yml|[\w]+(?=: )", "", str(raised.value))
    assert ENGLISH.findall(told) == []
