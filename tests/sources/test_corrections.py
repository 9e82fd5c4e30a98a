"""Corrections: made where a file is read, told with why and by whom, and refused where they no longer match."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import DATA, DOMAIN, RESULTS, refused, small_copy
from importing import result, write
from oj.doors.fingerprints import fact_hashes
from oj.doors.shown import read_shown_corrections
from oj.facts.files import hashes
from oj.sources.corrections import NAME as FILE
from oj.sources.corrections import read_corrections
from oj.sources.history import read_history
from oj.sources.published import read_published
from oj.words.errors import UserError
from written import results

JOUR = {"edition": "2015", "indicator": "socialjour", "place": "0184"}
ENTRY: dict[str, Any] = {
    "table": "results-fou-nordvast-2015", "row": JOUR, "column": "answer", "old": "yes", "new": "no",
    "reason": "Kommunen har meddelat att svaret blev fel.", "date": "2015-09-01", "decided_by": "FoU-Nordväst",
}  # fmt: skip
ABROAD = {"indicator": "behoriga-fodda-i-annat-land", "place": "0184"}  # hidden in the source
SHARE = {"row": {"indicator": "socialjour", "place": "00"}, "column": "value", "old": "0.72", "new": "0.90"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with two areas, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"tillganglig", "utbildning"})


def correct(folder: Path, *entries: dict[str, Any]) -> None:
    """Write corrections, each ENTRY with what it says differently."""
    text = yaml.safe_dump([ENTRY | entry for entry in entries], allow_unicode=True)
    (folder / DOMAIN / "corrections.yml").write_text(text, encoding="utf-8")


def test_no_error_is_known_in_what_is_shipped() -> None:
    """The file is there, with an example of how one is written that holds."""
    assert read_corrections(DATA) == []
    text = (DATA / DOMAIN / "corrections.yml").read_text(encoding="utf-8")
    example = [line.removeprefix("# ") for line in text.splitlines() if line.startswith(("# -", "#   "))]
    (entry,) = yaml.safe_load("\n".join(example))
    assert set(entry) == set(ENTRY)
    assert (entry["row"], entry["old"], entry["new"]) == (JOUR, "yes", "no")  # as the source has it


def test_a_correction_is_made_and_the_file_left_as_it_is(data_copy: Path) -> None:
    before = hashes(data_copy)[RESULTS]
    correct(data_copy, {}, SHARE)
    found = results("Stockholm", folder=data_copy).query("indicator == 'socialjour'").set_index("place")["display"]
    assert found[["0184", "00"]].str.replace("\u00a0", " ").tolist() == ["Nej", "90 %"]
    assert hashes(data_copy)[RESULTS] == before


def test_a_number_may_be_written_otherwise_and_a_cell_corrected_in_steps(data_copy: Path) -> None:
    correct(data_copy, SHARE | {"old": "0.720"}, SHARE | {"old": "0.90", "new": ""},
            SHARE | {"column": "status", "old": "observed", "new": "withheld"})  # fmt: skip
    row = read_published(data_copy).set_index(["indicator", "place"]).loc[("socialjour", "00")]
    assert row["status"] == "withheld"


def test_history_is_corrected(tmp_path: Path) -> None:
    row = {"edition": "2014", "series": "overenskommelse-forskola", "place": "00"}
    data_copy = Path(shutil.copytree(DATA, tmp_path / "whole"))
    correct(data_copy, {"table": "history", "row": row, "column": "value", "old": "0.75", "new": "0.76"})
    found = read_history(data_copy).query("edition == '2014' and series == 'overenskommelse-forskola'")
    assert found["value"].tolist() == [0.76]


def test_an_import_is_corrected_also_where_it_breaks_a_rule_before(data_copy: Path) -> None:
    write(data_copy, [result("socialjour", "12", 0.59)])
    own = {"table": "results-egen-fil", "row": {"place": "12"}, "column": "value", "old": "59", "new": "0.61"}
    correct(data_copy, own)
    with refused("old: ”59” står inte i results-egen-fil"):
        read_published(data_copy)
    write(data_copy, [result("socialjour", "12", 59.0)])
    assert read_published(data_copy).set_index("place").loc["12", "value"] == 0.61
    with refused("rättelse 1: old: ”59” står inte"):  # the new file no longer has the error
        write(data_copy, [result("socialjour", "12", 0.60)])
    assert read_published(data_copy).set_index("place").loc["12", "value"] == 0.61


TABLE = "results-fou-nordvast-2015"
BROKEN = {
    "no row": ({"row": JOUR | {"place": "1280"}}, "1: row: ”edition: 2015, indicator: socialjour, place: 1280” "
               f"stämmer med ingen rad i {TABLE}; den ska stämma med exakt en"),
    "many rows": ({"row": {"place": "0184"}}, f"rättelse 1: row: ”place: 0184” stämmer med 7 rader i {TABLE}"),
    "old": ({"old": "no"}, f"rättelse 1: old: ”no” står inte i {TABLE} rad "),
    "old, empty": ({"old": ""}, f"rättelse 1: old: ”tomt” står inte i {TABLE} rad "),
    "column": ({"column": "svar"}, "rättelse 1: column: ”svar” okänd kolumn."),
    "column of the row": ({"row": {"plats": "0184"}}, "rättelse 1: row: ”plats” okänd kolumn. Menade du ”place”?"),
    "table": ({"table": "results-fou-2015"}, "rättelse 1: table: ”results-fou-2015” okänd tabell. Menade du ”results-"),
    "no results": ({"table": "places"}, f"”places” okänd tabell. Tillåtna: {TABLE}, history"),
    "hidden": ({"row": ABROAD, "column": "value", "old": "", "new": "0.5"}, "en dold uppgift får inte rättas"),
    "hidden, status": ({"row": ABROAD, "column": "status", "old": "suppressed", "new": "missing"}, "en dold"),
    "hidden, moved": ({"row": ABROAD, "column": "place", "old": "0184", "new": "0182"}, "en dold"),
    "a rule": ({"new": "maybe"}, "answer: ”maybe” ska vara en av:"),
    "a rule of the field": (SHARE | {"new": "1.5"}, "value: ”1.5” är ingen andel: den ska ligga mellan 0 och 1"),
    "no reason": ({"reason": ""}, "1: reason: ska säga varför; får inte vara tom"),
    "nobody": ({"decided_by": " "}, "1: decided_by: ”” ska säga vem som bestämde; får inte vara tom"),
    "date": ({"date": "1 september"}, "1: date: ”1 september” är inget datum; skriv ÅÅÅÅ-MM-DD"),
    "no date": ({"date": ""}, "1: date: är inget datum; skriv ÅÅÅÅ-MM-DD"),
    "key": ({"resaon": "x"}, "1: resaon: ”x” okänd nyckel. Menade du ”reason”?"),
    "a number": ({"old": 0.89}, "1: old: ”0.89” ska vara text; skriv inom citattecken"),
    "yes": ({"old": True}, "1: old: ”True” ska vara text; skriv inom citattecken"),
    "nothing": ({"new": None}, "1: new: ska vara text; skriv inom citattecken, \"\" för tomt"),
    "a code": ({"row": {"place": 76}}, "1: row: place: ”76” ska vara text; skriv inom citattecken"),
    "no columns": ({"row": {}}, "1: row: ska ha minst en kolumn med sitt värde"),
    "a row's list": ({"row": ["0184"]}, "1: row: ska bestå av rader ”nyckel: värde”"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_correction_is_told(data_copy: Path, name: str) -> None:
    entry, message = BROKEN[name]
    correct(data_copy, entry)
    with refused(message):
        results("Stockholm", folder=data_copy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("table: x\n", f"{FILE}: ska vara en lista"),
        ("- x\n", f"{FILE}, 1: ”x” ska bestå av rader ”nyckel: värde”"),
        ("- table: [\n", f"{FILE} rad 2: är inte giltig YAML"),
        ("- {table: a, table: b}\n", "nyckeln ”table” står två gånger"),
        ("- {table: a}\n", f"{FILE}, 1: row: nyckeln saknas"),
    ],
)
def test_a_broken_file_is_told(data_copy: Path, text: str, message: str) -> None:
    (data_copy / DOMAIN / "corrections.yml").write_text(text, encoding="utf-8")
    with refused(message):
        read_published(data_copy)


def test_all_faults_are_told_at_once(data_copy: Path) -> None:
    correct(data_copy, {"old": "no"}, {}, {"row": {"place": "0184"}})
    with pytest.raises(UserError) as caught:
        read_published(data_copy)
    assert "2 fel" in str(caught.value)
    assert "rättelse 1: old" in str(caught.value)
    assert "rättelse 3: row" in str(caught.value)


def test_an_empty_file_and_none_are_no_corrections(data_copy: Path) -> None:
    (data_copy / DOMAIN / "corrections.yml").write_text("", encoding="utf-8")
    assert read_corrections(data_copy) == []
    (data_copy / DOMAIN / "corrections.yml").unlink()
    assert read_corrections(data_copy) == []


def test_a_correction_of_what_another_source_hides_is_told_without_its_figures(data_copy: Path) -> None:
    """Neither in the table of corrections nor in a hash."""
    hashed = []
    for figure, new in ((0.4123, "0.4124"), (0.5123, "0.5124")):
        correct(data_copy)
        write(data_copy, [result("behoriga-fodda-i-annat-land", "0184", figure)])
        correct(
            data_copy, {"table": "results-egen-fil", "row": ABROAD, "column": "value", "old": str(figure), "new": new}
        )
        told = read_shown_corrections(data_copy)
        assert told[["old", "new", "hidden"]].to_numpy().tolist() == [["", "", True]]
        hashed.append(fact_hashes(data_copy))
    assert hashed[0] == hashed[1]
    assert hashed[0]["barn-och-unga/corrections.yml"] != hashes(data_copy)["barn-och-unga/corrections.yml"]


def test_a_cell_may_be_corrected_to_hidden_and_then_neither_figure_is_told(data_copy: Path) -> None:
    whole = {"row": {"indicator": "behoriga-alla", "place": "01"}, "column": "value", "old": "0.58", "new": ""}
    correct(data_copy, whole, whole | {"column": "status", "old": "observed", "new": "secret"})
    assert read_shown_corrections(data_copy)["hidden"].tolist() == [True, True]
    assert results("Stockholm", folder=data_copy).set_index(["indicator", "place"]).loc[
        ("behoriga-alla", "01"), "display"] == "x (1–3)"  # fmt: skip
