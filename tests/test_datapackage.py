"""The tables of data/ keep their description, and a broken table is refused in words a coordinator can act on."""

import json
import os
import shutil
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from frictionless import Package, Report

from conftest import DATA, EDITION, append, refused, refused_for, replace
from oj.doors.fingerprints import data_version
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table, resources
from oj.facts.editions import domains
from oj.facts.kept import changed
from oj.words.errors import DataError, Fault, UserError

NAMES = list(resources(DATA))
LAST_GROUP = "2015,kommungrupp,0191,5,fou-nordvast-2015"
LAST_ROW = 17
GROUPS = "data/barn-och-unga/2015/groups.csv"
WHOLE = "ska vara ett heltal"
KEY = "edition+classification+place+source"


@pytest.fixture(scope="module")
def report() -> Report:
    """Return what the frictionless library says of the whole package, foreign keys included."""
    checked: Report = Package(str(DATA / "datapackage.json")).validate()
    return checked


def test_frictionless_accepts_the_description(report: Report) -> None:
    assert report.errors == []
    assert [task.name for task in report.tasks] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_frictionless_accepts_the_table(report: Report, name: str) -> None:
    task = next(task for task in report.tasks if task.name == name)
    assert task.flatten(["rowNumber", "fieldName", "message"]) == []
    assert task.valid


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("groups", "0114,3,fou-nordvast-2015", "0114,3,fou-nordvast-2016"),
        ("groups", "befolkningsgrupp,0114,3", "befolkningsgrupp,0114,9"),
        ("subareas", "extern-ovriga", "extern-ovrigt"),
        ("results-fou-nordvast-2015", "foraldrar-oppenvard,0114", "foraldrar-oppenvard,9999"),
    ],
)
def test_frictionless_refuses_what_points_nowhere(data_copy: Path, name: str, old: str, new: str) -> None:
    """The foreign keys are really described, for a table without them would be accepted."""
    replace(data_copy / resources(data_copy)[name]["path"], old, new)
    checked = Package(str(data_copy / "datapackage.json")).get_resource(name).validate()
    assert {kind for (kind,) in checked.flatten(["type"])} == {"foreign-key"}


def test_every_csv_file_is_described_and_every_described_file_exists() -> None:
    described = {one["path"] for home in domains(DATA).values() for one in resources(home).values()}
    there = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}
    assert {name for name in there if not name.startswith("key_figures/")} - described == set()  # fetched
    assert {one["path"] for one in resources(DATA).values()} - there == set()


def test_every_source_and_place_points_somewhere() -> None:
    """A column that names a source or a place has a foreign key, also in a table that is added later."""
    targets = {"source": "sources", "source_a": "sources", "source_b": "sources", "place": "places"}
    for name, resource in resources(DATA).items():
        schema = resource["schema"]
        keys = {tuple(key["fields"]): key["reference"]["resource"] for key in schema.get("foreignKeys", [])}
        for column in (field["name"] for field in schema["fields"]):
            if column in targets and targets[column] != name:
                assert keys.get((column,)) == targets[column], f"{name}.{column}"


@pytest.mark.parametrize("name", [name for name in NAMES if "indicator" in read_table(name, DATA)])
def test_every_indicator_is_in_the_catalogue(name: str) -> None:
    """The catalogue is YAML, so frictionless cannot look there."""
    assert set(read_table(name, DATA)["indicator"].dropna()) <= set(indicators(DATA))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_read_whole(name: str) -> None:
    assert len(read_table(name, DATA)) > 0
    assert list(read_table(name, DATA)) == [field["name"] for field in resources(DATA)[name]["schema"]["fields"]]


def test_a_read_table_may_be_changed() -> None:
    table = read_table("areas", DATA)
    table["name"] = ""
    assert (read_table("areas", DATA)["name"] != "").all()


def test_a_changed_file_is_read_again(data_copy: Path) -> None:
    before = read_table("groups", data_copy)
    append(data_copy / EDITION / "groups.csv", "2015,kommungrupp,0115,2,fou-nordvast-2015")
    assert len(read_table("groups", data_copy)) == len(before) + 1


def test_a_change_anywhere_in_the_folder_is_noticed(data_copy: Path) -> None:
    """A file that is edited, comes or goes, also in a folder within."""
    before = changed(data_copy)
    for change in (
        lambda: append(data_copy / EDITION / "indicators/saker.yml", "# en rad"),
        (data_copy / "results/nytt.csv").touch,
        (data_copy / EDITION / "groups.csv").unlink,
    ):
        sleep(0.02)  # longer than the file system's clock takes to tick
        change()
        assert changed(data_copy) > before
        before = changed(data_copy)


def test_a_file_put_back_with_its_old_time_is_read_again(data_copy: Path) -> None:
    """As by cp -p from a backup, in a folder where another file is newer."""
    path = data_copy / EDITION / "areas.csv"
    before = read_table("areas", data_copy)
    times = path.stat()
    (data_copy / EDITION / "groups.csv").touch()
    assert read_table("areas", data_copy).equals(before)
    replace(path, "Helhetssyn och samordning", "Helhetssyn och samverkan")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert not read_table("areas", data_copy).equals(before)


def test_the_datas_version_is_what_they_say(data_copy: Path, tmp_path: Path) -> None:
    """Not where they lie or when they were read; a changed figure is another version."""
    before = data_version(data_copy)
    assert before == data_version(Path(shutil.copytree(data_copy, tmp_path / "elsewhere")))
    (data_copy / EDITION / "areas.csv").touch()
    assert data_version(data_copy) == before
    replace(data_copy / EDITION / "edition.yml", "0.90", "0.91")
    assert data_version(data_copy) != before


@pytest.mark.parametrize("name", [".DS_Store", f"{EDITION}/areas.csv~", "results/.~lock.fou-nordvast-2015.csv#"])
def test_a_file_that_is_no_data_is_no_other_version(data_copy: Path, name: str) -> None:
    """What a computer or an editor leaves behind when the folder is looked at."""
    before = data_version(data_copy)
    (data_copy / name).write_text("x", encoding="utf-8")
    assert data_version(data_copy) == before


def test_a_mended_file_is_read_after_a_broken_one(data_copy: Path) -> None:
    replace(data_copy / EDITION / "areas.csv", "samordning,2,", "samordning,två,")
    with refused_for(Fault("data/barn-och-unga/2015/areas.csv", 3, "order", "två", WHOLE)):
        read_table("areas", data_copy)
    replace(data_copy / EDITION / "areas.csv", "samordning,två,", "samordning,2,")
    assert read_table("areas", data_copy).equals(read_table("areas", DATA))


def test_codes_keep_their_leading_zero_and_numbers_are_numbers() -> None:
    assert "0114" in set(read_table("groups", DATA)["place"])
    assert str(read_table("groups", DATA)["class"].dtype) == "Int64"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(
            "2015,kommungrupp,0191,5",
            Fault(GROUPS, LAST_ROW, "", "", "raden ska ha 5 fält, som rubrikraden, men har 4"),
            id="too-few-fields",
        ),
        pytest.param(
            f"{LAST_GROUP},extra",
            Fault(GROUPS, LAST_ROW, "", "", "raden ska ha 5 fält, som rubrikraden, men har 6"),
            id="too-many-fields",
        ),
        pytest.param(
            "", Fault(GROUPS, LAST_ROW, "", "", "raden ska ha 5 fält, som rubrikraden, men har 0"), id="blank-row"
        ),
        pytest.param(
            "2015,kommungrupp,0184,5,fou-nordvast-2015",
            Fault(
                GROUPS,
                LAST_ROW,
                KEY,
                "2015, kommungrupp, 0184, fou-nordvast-2015",
                "raden finns redan tidigare i filen",
            ),
            id="duplicate-row",
        ),
        pytest.param(
            "2015,kommungrup,0191,5,fou-nordvast-2015",
            Fault(GROUPS, LAST_ROW, "classification", "kommungrup", "ska vara en av: befolkningsgrupp, kommungrupp"),
            id="wrong-word",
        ),
        pytest.param(
            "2015,kommungrupp,191,5,fou-nordvast-2015",
            Fault(GROUPS, LAST_ROW, "place", "191", "ska ha formen ^([0-9]{2}|[0-9]{4}|[0-9]{6})$"),
            id="wrong-form",
        ),
        pytest.param(
            "2015,kommungrupp,0191,11,fou-nordvast-2015",
            Fault(GROUPS, LAST_ROW, "class", "11", "ska vara högst 10"),
            id="too-high",
        ),
        pytest.param(
            "2015,kommungrupp,0191,0,fou-nordvast-2015",
            Fault(GROUPS, LAST_ROW, "class", "0", "ska vara minst 1"),
            id="too-low",
        ),
        pytest.param(
            "2015,kommungrupp,,5,fou-nordvast-2015",
            Fault(GROUPS, LAST_ROW, "place", "", "får inte vara tom"),
            id="blank-text",
        ),
        pytest.param(
            "2015,kommungrupp,0191,,fou-nordvast-2015",
            Fault(GROUPS, LAST_ROW, "class", "", "får inte vara tom"),
            id="blank-number",
        ),
    ],
)
def test_a_broken_row_is_told(data_copy: Path, row: str, fault: Fault) -> None:
    replace(data_copy / EDITION / "groups.csv", LAST_GROUP, row)
    with refused_for(fault):
        read_table("groups", data_copy)


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("groups", "0191,5,", "0191,fem,", Fault(GROUPS, 17, "class", "fem", WHOLE)),
        ("groups", "0191,5,", "0191,4.5,", Fault(GROUPS, 17, "class", "4.5", WHOLE)),
        ("groups", "0191,5,", "0191,inf,", Fault(GROUPS, 17, "class", "inf", WHOLE)),
    ],
)
def test_a_wrong_number_is_told(data_copy: Path, table: str, old: str, new: str, fault: Fault) -> None:
    replace(data_copy / resources(data_copy)[table]["path"], old, new)
    with refused_for(fault):
        read_table(table, data_copy)


def test_a_fault_below_a_text_of_several_lines_is_told_on_its_line(data_copy: Path) -> None:
    """Rows are counted as an editor counts them, not as records."""
    path = data_copy / "group_classes.csv"
    replace(path, "högst 14 999 invånare", '"högst\n14 999\ninvånare"')
    replace(path, "kommungrupp,10,", "kommungrupp,11,")
    row = len(path.read_text(encoding="utf-8").splitlines())
    with refused_for(Fault("data/group_classes.csv", row, "class", "11", "ska vara högst 10")):
        read_table("group-classes", data_copy)
    assert row == len(read_table("group-classes", DATA)) + 3


def test_a_value_that_must_be_unique_is_told_on_each_row(data_copy: Path) -> None:
    replace(data_copy / EDITION / "areas.csv", "samordning,2,", "samordning,1,")
    rule = "förekommer redan i kolumnen"
    with refused_for(*(Fault("data/barn-och-unga/2015/areas.csv", row, "order", "1", rule) for row in (2, 3))):
        read_table("areas", data_copy)


def test_a_duplicate_is_told_on_its_later_rows_only(data_copy: Path) -> None:
    row = append(data_copy / EDITION / "groups.csv", LAST_GROUP, LAST_GROUP)
    value, rule = "2015, kommungrupp, 0191, fou-nordvast-2015", "raden finns redan tidigare i filen"
    with refused_for(*(Fault(GROUPS, number, KEY, value, rule) for number in (row, row + 1))):
        read_table("groups", data_copy)


def test_all_faults_are_told_at_once_in_the_order_of_the_rows(data_copy: Path) -> None:
    replace(data_copy / EDITION / "groups.csv", LAST_GROUP, "2015,kommungrup,191,0,")
    replace(
        data_copy / EDITION / "groups.csv",
        "2015,befolkningsgrupp,0114,3",
        "15,befolkningsgrupp,0114,99",
    )
    with pytest.raises(DataError, match="6 fel i underlaget:") as caught:
        read_table("groups", data_copy)
    expected = [(2, "class"), (2, "edition"), *((17, name) for name in ("class", "classification", "place", "source"))]
    assert [(fault.row, fault.column) for fault in caught.value.faults] == expected


def test_many_faults_of_a_kind_are_told_in_one_line(data_copy: Path) -> None:
    append(
        data_copy / EDITION / "groups.csv",
        *(f"2015,kommungrupp,{code},99,fou-nordvast-2015" for code in range(1000, 1025)),
    )
    with pytest.raises(DataError, match="25 fel i underlaget:") as caught:
        read_table("groups", data_copy)
    assert len(caught.value.faults) == 25
    told = str(caught.value).splitlines()
    assert len(told) < 10
    assert "rad 18–42" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        pytest.param(
            "classification,place",
            "clasification,place",
            [("classification", "kolumnen saknas"), ("clasification", "okänd kolumn. Menade du ”classification”?")],
            id="misspelt",
        ),
        pytest.param("classification,place", "place", [("classification", "kolumnen saknas")], id="missing"),
        pytest.param("class,source", "class,source,qqq", [("qqq", "okänd kolumn.")], id="unknown"),
    ],
)
def test_wrong_columns_are_told(data_copy: Path, old: str, new: str, faults: list[tuple[str, str]]) -> None:
    path = data_copy / EDITION / "groups.csv"
    replace(path, old, new)
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = [",".join(f"{row},x".split(",")[: len(header.split(","))]) for row in rows]
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    with refused_for(*(Fault(GROUPS, 1, column, "", rule) for column, rule in faults)):
        read_table("groups", data_copy)


def test_columns_in_another_order_are_told(data_copy: Path) -> None:
    replace(data_copy / EDITION / "groups.csv", "edition,classification", "classification,edition")
    with refused(
        GROUPS, "rad 1", "classification, edition, place", "kolumnerna ska stå så här: edition, classification"
    ):
        read_table("groups", data_copy)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_a_file_that_is_not_utf8_is_told(data_copy: Path, encoding: str) -> None:
    path = data_copy / EDITION / "areas.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    with refused("data/barn-och-unga/2015/areas.csv är inte sparad som UTF-8", "Spara om filen"):
        read_table("areas", data_copy)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_saved_as_utf8_by_excel_is_read(data_copy: Path, ending: str) -> None:
    """Excel's ”CSV UTF-8”, which the message above asks for, begins with a byte order mark."""
    path = data_copy / EDITION / "areas.csv"
    before = read_table("areas", DATA)
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", ending).encode("utf-8-sig"))
    assert read_table("areas", data_copy).equals(before)


def test_a_missing_file_is_told(data_copy: Path) -> None:
    (data_copy / EDITION / "areas.csv").unlink()
    with refused("data/barn-och-unga/2015/areas.csv saknas."):
        read_table("areas", data_copy)


@pytest.mark.parametrize("text", ["", '"aldrig slut', "a\0b"])
def test_a_file_that_is_no_table_is_told(data_copy: Path, text: str) -> None:
    (data_copy / EDITION / "areas.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"data/barn-och-unga/2015/areas\.csv"):
        read_table("areas", data_copy)


@pytest.mark.parametrize("text", ["", "{", '{"name": "utan tabeller"}'])
def test_a_broken_description_is_told(data_copy: Path, text: str) -> None:
    (data_copy / "datapackage.json").write_text(text, encoding="utf-8")
    with refused("Beskrivningen", "datapackage.json är skadad: den ska vara JSON med en lista resources"):
        read_table("areas", data_copy)


def test_a_missing_description_is_told(data_copy: Path) -> None:
    (data_copy / "datapackage.json").unlink()
    with refused("datapackage.json kan inte läsas: det finns ingen sådan fil"):
        read_table("areas", data_copy)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """As when OJ_DATA is misspelt."""
    with refused("datapackage.json kan inte läsas"):
        read_table("areas", tmp_path / "saknas")


def test_an_editors_lock_is_no_file_of_the_folder(data_copy: Path) -> None:
    """Emacs marks a file that is being edited by a link to nothing."""
    (data_copy / ".#areas.csv").symlink_to("anna@dator.4711")
    assert read_table("areas", data_copy).equals(read_table("areas", DATA))


def test_every_described_column_has_a_swedish_title() -> None:
    described: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        assert resource["title"]
        assert all(field["title"] for field in resource["schema"]["fields"]), resource["name"]
