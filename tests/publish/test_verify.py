"""What checks a report without the program: it finds nothing in a report as built, and every fault put into one."""

import ast
import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pytest

import verify
from conftest import DATA
from publish.building import ROOT, Built

SCRIPTS = [ROOT / "tools" / name for name in ("verify.py", "verify_text.py")]
ANSWERS = {"Ja": "Nej", "Nej": "Ja", "Delvis": "Ja"}
CELL = re.compile(r"(<td[^>]*>)([^<]+)(</td>)")
ROW = re.compile(r'<tr>\s*<th[^>]*scope="row"[^>]*>.*?</tr>', re.DOTALL)
FINDING = re.compile(r"(?<=<li>)[^<]+(?=</li>)")
AGAINST = re.compile(r"\d+ mot \d+ %|\d+ av \d+ mål|når \d+ av de \d+ mål")
DIGIT = re.compile(r"\d")
ENGLISH = "summary-en.html"  # held against the Swedish summary by tests/present/test_english.py, not by the check


@dataclass(frozen=True)
class Read:
    """A finished report as it is read by the check."""

    files: dict[str, bytes]
    raw: dict[str, bytes]

    def check(self, files: dict[str, bytes] | None = None) -> verify.Check:
        """Return the check of these files of the report, or of those that are changed."""
        files = files or self.files
        if files["resultat.csv"] != self.files["resultat.csv"]:
            return self.of(files)
        check = copy(self.whole)  # to read the same rows and forms again takes longer than to check a page
        check.done, check.left, check.faults = Counter(), Counter(), []
        return check

    @cached_property
    def whole(self) -> verify.Check:
        """The check of the report's own rows, before anything is checked."""
        return self.of(self.files)

    def of(self, files: dict[str, bytes]) -> verify.Check:
        """Return a check of the rows of some files."""
        names = json.loads(files["verify/namn.json"])
        return verify.Check(names, verify.rows_of(files["resultat.csv"]), self.raw)


def read(report: Path) -> Read:
    files = {one.relative_to(report).as_posix(): one.read_bytes() for one in report.rglob("*") if one.is_file()}
    named = json.loads(files["manifest.json"])["data"]
    return Read(files, {name: (DATA / name).read_bytes() for name in named})


def pages_of(files: dict[str, bytes]) -> list[str]:
    return [name for name in sorted(files) if re.fullmatch(r"[^/]+\.html", name)]


def charts_of(files: dict[str, bytes]) -> list[str]:
    """Return the pages that a chart has to itself, with its figures in a table."""
    return [name for name in sorted(files) if name.startswith("diagram/fig-")]


def whole(found: Read) -> verify.Check:
    """Return the check of a report, gone through."""
    check = found.check()
    files = {name: one for name, one in found.files.items() if name != "manifest.json"}
    check.files(files, found.raw, json.loads(found.files["manifest.json"]))
    check.result()
    for name in [*pages_of(files), *charts_of(files)]:
        check.page(name, files[name])
    return check


@pytest.fixture(scope="module")
def stockholm(report: Built) -> Read:
    return read(report.path)


@pytest.mark.parametrize("name", ["report", "county_report", "nation_report"])
def test_a_report_as_built_has_no_fault(name: str, request: pytest.FixtureRequest) -> None:
    check = whole(read(request.getfixturevalue(name).path))
    assert check.faults == []
    assert check.done["uppgifter i resultat.csv"] > 900
    assert check.done["namn i underlaget"] > 90


def test_most_of_what_is_told_is_checked(stockholm: Read) -> None:
    check = whole(stockholm)
    assert check.done["rutor i tabeller"] > 500
    assert check.done["siffror och ord i text"] > 800
    assert check.left["siffror i meningar"] < check.done["siffror och ord i text"]


def test_each_figure_of_a_lone_chart_is_held_against_the_rows(stockholm: Read) -> None:
    for name in charts_of(stockholm.files)[-3:]:
        text = stockholm.files[name].decode()
        cells = [one for one in re.finditer(r"(?<=<td>)[^<]+(?=</td>)", text) if one[0] != "–"]
        assert len(cells) > 5, name
        for cell in cells[:: max(1, len(cells) // 8)]:
            other = f"{text[: cell.start()]}{'7,77' if DIGIT.search(cell[0]) else '3 av 4'}{text[cell.end() :]}"
            assert is_found(stockholm, name, other.encode()), (name, cell[0])


def test_the_scripts_stand_alone_and_can_be_read_through() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
        modules = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
        modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        assert {one.partition(".")[0] for one in modules} <= sys.stdlib_module_names | {"verify_text"}
        assert len(text.splitlines()) <= 300


def ran(*arguments: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_is_run_from_the_report_itself(report: Built, tmp_path: Path) -> None:
    """As the report is sent: with the raw facts beside, without them, and with one digit changed."""
    sent = Path(shutil.copytree(report.path, tmp_path / "skickad", ignore=shutil.ignore_patterns("*.pdf", "analys")))
    page = sent / "individanpassad.html"
    page.write_text(page.read_text(encoding="utf-8").replace("45\u00a0mot", "46\u00a0mot", 1), encoding="utf-8")
    for name in ("verify.py", "verify_text.py", "LASMIG.md", "namn.json"):
        assert (sent / "verify" / name).exists()
    told = ran(sent / "verify" / "verify.py")
    assert told.returncode == 1
    assert "Fel i individanpassad.html" in told.stdout
    assert "det står ”46”, men skulle stå ”45”" in told.stdout
    assert "uppgifter i resultat.csv, mot underlaget" in told.stdout  # not checked, and said so


# Planted faults: each is put into the finished files, with the manifest made anew, so that only the figures can tell.

Plant = Callable[[random.Random, Read], tuple[str, bytes]]


def turned(sign: str, by: random.Random) -> str:
    """Return another digit."""
    return by.choice([one for one in "0123456789" if one != sign])


def changed(text: str, at: tuple[int, int], new: str) -> str:
    return text[: at[0]] + new + text[at[1] :]


def drawn(by: random.Random, found: Read, form: re.Pattern[str], fits: Callable[[re.Match[str], str], bool]) -> tuple[
    str, str, re.Match[str]
]:  # fmt: skip
    """Return a page, its text and a place in it that has the form."""
    while True:
        name = by.choice([one for one in pages_of(found.files) if one != ENGLISH])
        text = found.files[name].decode()
        if some := [one for one in form.finditer(text) if fits(one, text)]:
            return name, text, by.choice(some)


def in_numbers(one: re.Match[str], text: str) -> bool:
    """Return whether a place lies in a table of figures, not of texts."""
    table = text.rfind("<table", 0, one.start())
    return (
        table > text.rfind("</table", 0, one.start())
        and "text-table" not in text[table : text.find(">", table)]
        and ("form-table" not in text[table : text.find(">", table)])
    )


def a_cell(by: random.Random, found: Read) -> tuple[str, bytes]:
    """A digit, or an answer, of a cell."""
    name, text, one = drawn(by, found, CELL, lambda one, text: in_numbers(one, text) and is_figure(one[2]))
    return name, changed(text, one.span(2), other_figure(by, one[2])).encode()


def is_figure(cell: str) -> bool:
    return cell in ANSWERS or bool(DIGIT.search(cell))


def other_figure(by: random.Random, cell: str) -> str:
    if cell in ANSWERS:
        return ANSWERS[cell]
    at = by.choice([one.start() for one in DIGIT.finditer(cell)])
    return changed(cell, (at, at + 1), turned(cell[at], by))


def a_minus(by: random.Random, found: Read) -> tuple[str, bytes]:
    """A dropped sign."""
    name, text, one = drawn(by, found, CELL, lambda one, _: one[2][:1] in "−+")
    return name, changed(text, one.span(2), one[2][1:]).encode()


def a_sign(by: random.Random, found: Read) -> tuple[str, bytes]:
    """The sign of why there is no figure, as a figure."""
    name, text, one = drawn(by, found, CELL, lambda one, text: in_numbers(one, text) and one[2] in ("x", "bortfall"))
    return name, changed(text, one.span(2), by.choice(["0 %", "12 %", "Nej"])).encode()


def two_rows(by: random.Random, found: Read) -> tuple[str, bytes]:
    """Two rows of a table exchanged, all or what stands under their names."""
    while True:
        name, text, one = drawn(by, found, ROW, in_numbers)
        rows = [row for row in ROW.finditer(text) if row.start() > text.rfind("<table", 0, one.start())]
        rows = [row for row in rows if "</table" not in text[one.end() : row.start()] and row[0] != one[0]]
        if not rows or "Kommun" not in text[text.rfind("<table", 0, one.start()) : one.start()]:
            continue
        first, last = sorted([one, by.choice(rows)], key=lambda row: row.start())
        heads = [re.search(r"<th.*?</th>", row[0], re.DOTALL) for row in (first, last)]
        cells = [row[0].replace(head[0], "") for row, head in zip((first, last), heads, strict=True) if head]
        seen = [re.sub(r"<[^>]*>", " ", one).split() for one in cells]
        if seen[0] != seen[1]:  # else nothing that is read is another
            return name, (
                text[: first.start()] + heads[0][0].join(["<tr>", cells[1].removeprefix("<tr>")])  # type: ignore[index]
                + text[first.end() : last.start()] + heads[1][0].join(["<tr>", cells[0].removeprefix("<tr>")])  # type: ignore[index]
                + text[last.end() :]
            ).encode()  # fmt: skip


def a_name(by: random.Random, found: Read) -> tuple[str, bytes]:
    """Another municipality's name over a row."""
    name, text, one = drawn(by, found, ROW, lambda one, text: in_numbers(one, text) and any(
        f">{own}<" in one[0] for own in names_of(found)))  # fmt: skip
    mine = next(own for own in names_of(found) if f">{own}<" in one[0])
    other = by.choice([own for own in [*names_of(found), "Sala", "Lidingö"] if own != mine])
    return name, changed(text, one.span(), one[0].replace(f">{mine}<", f">{other}<")).encode()


def names_of(found: Read) -> list[str]:
    rows = verify.rows_of(found.files["resultat.csv"])
    return list(dict.fromkeys(row["place_name"] for row in rows if row["level"] == "municipality"))


def a_sentence(by: random.Random, found: Read) -> tuple[str, bytes]:
    """A digit of a sentence whose every figure the check says that it has checked."""
    check = found.check()

    def fits(one: re.Match[str], text: str) -> bool:
        held = check.text("", verify.plain(one[0].replace("&nbsp;", " ")), ("", "", "", one[0]))
        return held[0] > 0 and held[1] == 0 and bool(AGAINST.search(one[0].replace("\u00a0", " ")))

    name, text, one = drawn(by, found, FINDING, fits)
    line = one[0].replace("\u00a0", " ")
    part = by.choice([*AGAINST.finditer(line)])
    at = by.choice([part.start() + digit.start() for digit in DIGIT.finditer(part[0])])
    return name, changed(text, one.span(), changed(line, (at, at + 1), turned(line[at], by))).encode()


def a_row_of_data(by: random.Random, found: Read) -> tuple[str, bytes]:
    """A digit of a figure in resultat.csv, or an answer there."""
    lines = found.files["resultat.csv"].decode().splitlines(keepends=True)
    at = by.choice([at for at, line in enumerate(lines) if at and "grupper" not in line])
    fields = lines[at].split(",")
    shown = [one for one in range(7, len(fields)) if re.fullmatch(r"\d[\d.]*|\d+\xa0%|Ja|Nej|yes|no", fields[one])]
    if not shown:
        return a_row_of_data(by, found)
    where = by.choice(shown)
    fields[where] = {"yes": "no", "no": "yes"}.get(fields[where]) or other_figure(by, fields[where])
    if re.fullmatch(r"0*(\d[\d.]*?)\.?0*", fields[where]) and same(fields[where], lines[at].split(",")[where]):
        return a_row_of_data(by, found)
    lines[at] = ",".join(fields)
    return "resultat.csv", "".join(lines).encode()


def same(one: str, other: str) -> bool:
    return float(one) == float(other) if re.fullmatch(r"[\d.]+", one + other) else one == other


def two_rows_of_data(by: random.Random, found: Read) -> tuple[str, bytes]:
    """Two rows of resultat.csv exchanged."""
    lines = found.files["resultat.csv"].decode().splitlines(keepends=True)
    own = [at for at, line in enumerate(lines) if at and "grupper" not in line]
    one, other = by.sample(own, 2)
    lines[one], lines[other] = lines[other], lines[one]
    return "resultat.csv", "".join(lines).encode()


def a_stale_page(by: random.Random, found: Read) -> tuple[str, bytes]:
    """A page as it was when an answer was another: a cell of one column, turned round."""
    name, text, one = drawn(by, found, CELL, lambda one, text: in_numbers(one, text) and one[2] in ANSWERS)
    return name, changed(text, one.span(2), ANSWERS[one[2]]).encode()


KINDS: tuple[Plant, ...] = (
    a_cell, a_minus, a_sign, two_rows, a_name, a_sentence, a_row_of_data, two_rows_of_data, a_stale_page,
)  # fmt: skip


def planted(found: Read, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield faults, of every kind in turn, without end."""
    by = random.Random(seed)
    while True:
        for plant in KINDS:
            yield plant.__name__, *plant(by, found)


def is_found(found: Read, name: str, content: bytes) -> bool:
    """Return whether a changed file has a fault by its figures alone, and by its hash."""
    files = found.files | {name: content}
    check = found.check(files)
    if name == "resultat.csv":
        check.result()
    else:
        check.page(name, content)
    known = json.loads(found.files["manifest.json"])["files"][name]
    return check.faults != [] and sha256(content).hexdigest() != known


def unseen(found: Read, many: int) -> list[tuple[str, str]]:
    return [
        (kind, name)
        for (kind, name, content), _ in zip(planted(found, 2015), range(many), strict=False)
        if not is_found(found, name, content)
    ]


def test_each_planted_fault_is_found(stockholm: Read) -> None:
    assert unseen(stockholm, 90) == []


@pytest.mark.long
def test_each_of_a_thousand_planted_faults_is_found(stockholm: Read) -> None:
    assert unseen(stockholm, 1000) == []
