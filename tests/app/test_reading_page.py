"""A file that is dropped: seen cell by cell, its faults at their cells, and read in only when somebody says so."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient

from app.conftest import Post, asked_last, end
from oj.app.asking.ground import Ground
from oj.app.asking.uploads import safe_name
from oj.app.pages.comparing import compared
from oj.app.pages.picture import cells_of, picture
from oj.app.work import undo, worker
from oj.app.work.jobs import NO_ROOM, find
from oj.app.work.undo import LAYOUT
from oj.cli import run
from oj.facts.catalog import indicators
from oj.facts.editions import domain_folder, domains
from sources.sheet_books import book as written

ASKED = [item for item in indicators().values() if item.is_answer][:3]
SAID = {"1280": ("Ja", "Nej", "Jaa"), "1281": ("Ja", "", "Nej")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a table of three questions and one that nobody knows, with a fault in E3."""
    book = Workbook()
    book.worksheets[0].title = "Svar"
    for row in (
        ["Öppna jämförelser 2015"],
        ["Kommunkod", "Kommun", *(one.title for one in ASKED), "Något okänt mått"],
        *([code, "", *said, 3] for code, said in SAID.items()),
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "skåne 2015.xlsx")
    return tmp_path / "skåne 2015.xlsx"


def dropped(post: Post, path: Path, **said: str) -> Any:
    """Drop a file on the page."""
    return post("/las-in", files={"fil": (path.name, path.read_bytes())}, **said)


def tried(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, Any]]:
    """Do what the job that was begun last is to do, here, and return its number and what it told of the cells."""
    order = asked_last(ground)
    for module in ("oj.sources.tables.layout", "oj.app.work.undo"):
        monkeypatch.setattr(f"{module}.params_folder", lambda: ground.params)
    job = find(ground.home, end(ground, 0))
    assert job is not None
    undo.copy_facts(job.folder)
    status = worker.try_reading(str(job.folder), run)
    (job.folder / "log").write_text("".join(capsys.readouterr()), encoding="utf-8")
    undo.put_back(job.folder, Path(order["upload"]))
    (job.folder / "status").write_text(str(status))
    found: dict[str, Any] = json.loads((job.folder / "cells.json").read_text(encoding="utf-8"))
    return job.number, found


def test_a_file_is_seen_cell_by_cell(
    client: TestClient, post: Post, ground: Ground, file: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert dropped(post, file).headers["location"] == "/arbete/1"
    number, told = tried(ground, monkeypatch, capsys)
    assert [(one["sheet"], one["cell"]) for one in told["as_table"]["faults"]] == [("Svar", "F2"), ("Svar", "E3")]
    text = client.get(f"/las-in/{number}").text
    assert 'class="of-value" title="Malmö, ' in text
    assert '<td id="blad0-D4" class="of-sign"' in text, "an empty cell of an answer is seen to be lacking"
    assert '<td id="blad0-E3" class="of-fault"' in text
    assert '<a href="#blad0-E3">Svar E3</a>' in text
    assert "2 fel att rätta" in text
    assert "Mot det som visas nu: 5 uppgifter är nya, 0 ändras och 0 är som de var." in text
    for words in ("--", "make ", "DRY_RUN", "kommando", str(ground.uploads)):
        assert words not in text.split("Så läses varje ruta")[0].split("<main")[1]
    assert list((ground.params / "workbooks").glob("sk*")) == [], "nothing is written before it is accepted"


def test_a_column_that_nobody_knows_is_settled_in_place(
    client: TestClient, post: Post, ground: Ground, file: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    dropped(post, file)
    number, _told = tried(ground, monkeypatch, capsys)
    text = client.get(f"/las-in/{number}").text
    assert "Svar, kolumn F: Något okänt mått" in text
    assert "Välj mått i listan" in post(f"/las-in/{number}/kolumner", **{"kolumn-0-F": "../x"}).text
    assert post(f"/las-in/{number}/kolumner", **{"kolumn-0-F": "ignore"}).status_code == 303
    number, told = tried(ground, monkeypatch, capsys)
    assert [one["cell"] for one in told["as_table"]["faults"]] == ["E3"]
    assert "Vad är det här?" not in client.get(f"/las-in/{number}").text
    post(f"/las-in/{number}/in", gor="ratt")
    words = asked_last(ground)["commands"][0]
    assert words[-3:] == ["--accept-valid", "--", words[-1]]
    assert any(word.startswith("--layout=") and word.endswith(LAYOUT) for word in words)


def test_what_is_said_of_a_file_reaches_the_command_as_it_was_said(post: Post, ground: Ground, file: Path) -> None:
    said = {"namn": "--help", "kalla": "$(touch x); \"'", "lan": "12", "omrade": "lss", "utgava": "2015"}
    assert dropped(post, file, **said).status_code == 303
    words = asked_last(ground)["commands"][0]
    assert words[:-3] == [
        "import", "--domain=lss", "--edition=2015", "--county=12", "--name=--help", "--source=$(touch x); \"'",
    ]  # fmt: skip
    assert words[-2] == "--"
    assert dropped(post, file, lan="99").status_code == 400
    assert dropped(post, file, omrade="../x").status_code == 400


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../x.xlsx", "x.xlsx"), ("/etc/cron.d/a.csv", "a.csv"), ("C:\\Windows\\a.xlsx", "a.xlsx"),
        ("~$öppen.xlsx", "__öppen.xlsx"), (".xlsx", "fil.xlsx"), ("a\x00b;c.csv", "a_b_c.csv"), ("nul.txt", "_nul.txt"),
        ("x" * 400 + ".xlsx", "x" * 70 + ".xlsx"), ("--help.xlsx", "--help.xlsx"),
    ],
)  # fmt: skip
def test_a_files_name_never_leads_anywhere(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["a.xls", "a.pdf", "a.exe", "a", "a.xlsx.sh"])
def test_another_kind_of_file_is_refused(post: Post, ground: Ground, name: str) -> None:
    answer = post("/las-in", files={"fil": (name, b"x")})
    assert (answer.status_code, "Den ska sluta på .xlsx" in answer.text) == (400, True)
    assert list(ground.uploads.rglob("*")) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04trasig", b"\x00" * 1000, b"<html>" * 50])
def test_a_broken_file_is_told_and_changes_nothing(
    client: TestClient, post: Post, ground: Ground, content: bytes, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:  # fmt: skip
    (tmp_path / "trasig.xlsx").write_bytes(content)
    dropped(post, tmp_path / "trasig.xlsx")
    job = find(ground.home, end(ground, 0))
    assert job is not None
    words = asked_last(ground)["commands"][0]
    status = run(words)
    end(ground, status, *capsys.readouterr().err.splitlines())
    worker._write_picture(Path(words[-1]), job.folder / "sheets.json")
    text = client.get("/las-in/1").text
    assert status == 2
    assert "Filen kan inte läsas in som den är" in text
    assert "trasig.xlsx" in text
    assert ">Läs in</button>" not in text


@pytest.mark.parametrize(
    ("told", "is_asked"),
    [
        ("Ange den med --edition ÅÅÅÅ.", True),
        ("Ge ett annat med --name.", True),
        ("Den är trasig.", False),
    ],
)
def test_what_a_fault_asks_of_the_file_can_be_said_where_the_fault_is_told(
    client: TestClient, post: Post, ground: Ground, file: Path, told: str, is_asked: bool
) -> None:
    dropped(post, file, lan="12")
    end(ground, 2, f"Fel: {told}")
    shown = client.get("/las-in/1").text.split("<main")[1]
    assert 'name="utgava"' in shown
    assert '<option value="12" selected' in shown, "what was said before is not asked for twice"
    assert ("Rätta i Excel" in shown) is not is_asked
    assert ("<details open><summary>Mer om filen</summary>" in shown) is is_asked


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (2, "Fel: params/workbooks/a.yml kan inte skrivas: disken är full."),
        (2, "Fel: Det gick inte att skriva: disken är skrivskyddad. Inget har ändrats."),
        (NO_ROOM, "Fel: Det gick inte att skriva: disken är full. Inget har ändrats."),
        (NO_ROOM, ""),
        (1, ""),
    ],
)
def test_a_full_disk_is_no_fault_of_the_file(
    client: TestClient, post: Post, ground: Ground, file: Path, status: int, told: str
) -> None:
    """It said ”Rätta i Excel”; now it says what to do, and tries the same file again."""
    dropped(post, file)
    end(ground, status, told)
    assert client.get("/las-in/1").headers["location"] == "/arbete/1"
    text = client.get("/arbete/1").text
    assert (told or "Fel: Det gick inte att skriva. Inget har ändrats. Ge plats på disken") in text
    assert ">Försök igen</button>" in text
    assert "Excel" not in text.split("<main")[1]


def test_many_faults_are_folded(client: TestClient, post: Post, ground: Ground, file: Path) -> None:
    dropped(post, file)
    job = find(ground.home, end(ground, 2, "Fel: 600 fel i underlaget"))
    assert job is not None
    wrong = [{"sheet": "Svar", "cell": f"C{row}", "value": "x", "rule": f"regel {row}."} for row in range(600)]
    told = {"as_table": {"faults": wrong}, "cells": [], "domain": "", "domains": []}
    (job.folder / "cells.json").write_text(json.dumps(told), encoding="utf-8")
    (job.folder / "sheets.json").write_text("{}", encoding="utf-8")
    text = client.get("/las-in/1").text
    assert "600 fel att rätta" in text
    seen, _, folded = text.partition("<details><summary>Visa resten, 590 fel till</summary>")
    assert (seen.count(": ”x” regel"), folded.count(": ”x” regel")) == (10, 500)
    assert '<ol class="faults" start="11">' in folded
    assert "… och 90 fel till. Rätta dem ovan först." in folded


def test_a_file_that_is_gone_is_asked_for_again(post: Post, ground: Ground, file: Path) -> None:
    dropped(post, file)
    end(ground, 0)
    for path in ground.uploads.rglob("*.xlsx"):
        path.unlink()
    answer = post("/las-in/1/in")
    assert (answer.status_code, "Släpp den igen" in answer.text) == (400, True)


def test_a_missing_file_is_asked_for(post: Post) -> None:
    assert "Välj en fil först" in post("/las-in").text


def test_what_was_said_of_a_file_is_kept_where_some_of_it_is_wrong(post: Post, ground: Ground, file: Path) -> None:
    answer = dropped(post, file, datum="i går", kalla="Länsstyrelsen", lan="12")
    assert (answer.status_code, [*ground.uploads.glob("*")]) == (400, [])
    assert "Källans datum: ”i går”" in answer.text
    assert "Välj filen igen." in answer.text
    assert 'value="Länsstyrelsen"' in answer.text
    assert '<option value="12" selected>' in answer.text
    assert "<details open>" in answer.text


def test_an_area_that_is_huge_is_not_all_walked() -> None:
    assert sum(1 for _ in cells_of("A1:A1048576")) < 3000


def test_what_would_be_another_is_told_before_it_is_read_in() -> None:
    """Of those that are shown: Solna's answer is Ja, its neighbour's stays, and of persons only how many they are."""
    title = indicators()["socialjour"].title
    cells = [
        {"measure": measure, "place": place, "period": "2015", "title": title, "value": value, "answer": answer}
        | {"status": "observed"}
        for measure, place, value, answer in (
            ("socialjour", "0184", None, "no"), ("socialjour", "0183", None, "yes"),
            ("socialjour", "1280", None, "yes"),
            ("gymnasium-alla", "0184", 0.01, None),
        )
    ]  # fmt: skip
    found = compared({"cells": cells}, domain_folder())
    assert found.told[0] == f"Solna, {title}, 2015: Ja → Nej"
    assert (found.new, found.same + found.other) == (1, 3)
    assert len(found.told) == sum("Nej" in one for one in found.told)


def test_a_fault_of_many_cells_is_one_fault(tmp_path: Path) -> None:
    """The heading said three, and the sheet six: its cells."""
    (tmp_path / "sheets.json").write_text(json.dumps({"Svar": {"1": ["a", "b"], "2": ["c", "d"]}}), encoding="utf-8")
    told = {"faults": [{"sheet": "Svar", "cell": one, "value": "", "rule": "fel"} for one in ("A1:B2", "A1")]}
    (sheet,) = picture(tmp_path, told, is_whole=False)
    assert (sheet.faults, sheet.kinds["fault"]) == (2, 4)


def test_a_file_that_does_not_say_its_domain_is_asked_about_where_it_is_seen(
    client: TestClient, post: Post, ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = written(tmp_path / "bok.xlsx", {"2021": [["Kommun", "Aktuell plan"], ["Malmö", "Ja"], ["Lund", "Nej"]]})
    dropped(post, path)
    number, told = tried(ground, monkeypatch, capsys)
    assert told["domains"] == sorted(domains())
    text = client.get(f"/las-in/{number}").text.split("<main")[1]
    assert "säger inte vilket verksamhetsområde den gäller" in text
    assert '<option value="hemloshet">Hemlöshet' in text.split("Vilket verksamhetsområde gäller filen?")[1]
    assert "Läs in det som är rätt" not in text, "nothing is read in under a guess"
    assert "--" not in text.split("Så läses varje ruta")[0]
    assert post(f"/las-in/{number}/omrade", **{"omrade-valt": "../x"}).status_code == 400
    assert post(f"/las-in/{number}/omrade", **{"omrade-valt": "hemloshet"}).status_code == 303
    assert asked_last(ground)["commands"][0][:2] == ["import", "--domain=hemloshet"]
