"""The store of imported results: written whole or not at all, read with every fault told, listed and removed."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from conftest import DATA, DOMAIN, EDITION, few, refused, shipped, small_copy
from importing import ORIGIN, result, write
from oj.disk.changes import is_whole
from oj.facts.catalog import indicators
from oj.facts.files import hashes
from oj.facts.kept import changed
from oj.facts.places import all_places
from oj.facts.yaml_file import validated
from oj.sources.imported import COLUMNS, LeftOut, Origin, imported, remove_imported, sources, write_imported
from oj.sources.origins import RULES
from oj.sources.published import read_all, read_published
from oj.sources.which import KEY
from oj.words.errors import DataError, UserError
from oj.words.vocabulary import STATUSES, UNITS
from written import results

JOUR = result("socialjour", "1280", "yes")
LEFT = LeftOut("Blad1!C7", "Malmö: socialjour", "kanske", "ska vara Ja, Delvis eller Nej")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with two areas, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"tillganglig", "utbildning"})


def files(folder: Path) -> list[str]:
    """Return the names of all files of results, also hidden ones."""
    return sorted(path.name for path in (folder / "results").iterdir())


def test_what_is_written_is_read(data_copy: Path) -> None:
    rows = [JOUR, result("socialjour", "12", 0.515151515151515), result("behoriga-alla", "1280", "suppressed")]
    before = len(read_published(data_copy))
    written = write(data_copy, rows, date="2015-06-30", note="Se # not", left_out=(LEFT,))
    assert [path.relative_to(data_copy).as_posix() for path in written] == [
        "results/egen-fil.csv", "results/egen-fil.yml",
    ]  # fmt: skip
    assert imported(data_copy) == {"egen-fil": replace(ORIGIN, date="2015-06-30", note="Se # not", left_out=(LEFT,))}
    own = read_published(data_copy).query("source == 'egen-fil'")
    pd.testing.assert_frame_equal(own.reset_index(drop=True), pd.DataFrame(rows)[COLUMNS], check_dtype=False)
    assert len(read_published(data_copy)) == before + 3
    assert results("Skåne", folder=data_copy)["display"].tolist()[0] == "x"
    assert files(data_copy) == ["egen-fil.csv", "egen-fil.yml"]


def test_what_is_shipped_is_unchanged_and_all_is_as_before_when_it_is_removed(data_copy: Path) -> None:
    before = hashes(data_copy)
    write(data_copy, [JOUR])
    assert {name: one for name, one in hashes(data_copy).items() if name in before} == before
    remove_imported("egen-fil", data_copy)
    assert hashes(data_copy) == before
    assert imported(data_copy) == {}


def test_an_import_replaces_an_earlier_one_of_its_name_whole(data_copy: Path) -> None:
    write(data_copy, [JOUR, result("socialjour", "1281", "no")], left_out=(LEFT,))
    write(data_copy, [result("socialjour", "1281", "yes")], file="ny.xlsx")
    own = read_all(data_copy).query("source == 'egen-fil'")
    assert own[["place", "answer"]].to_numpy().tolist() == [["1281", "yes"]]
    assert (imported(data_copy)["egen-fil"].file, imported(data_copy)["egen-fil"].left_out) == ("ny.xlsx", ())


def test_one_who_reads_between_two_moves_reads_again(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The results are in place and their origin is not yet, when the first look has seen that nothing is moved."""
    write(data_copy, [JOUR])
    sidecar, aside = data_copy / "results" / "egen-fil.yml", data_copy / "aside"
    sidecar.rename(aside)
    steps = data_copy / ".oj-underlag.steps"
    looks: list[bool] = []

    def look(home: Path) -> None:
        looks.append(is_whole(home))
        if len(looks) == 2:
            aside.rename(sidecar)
            steps.unlink()

    def begun(folder: Path) -> int:
        found = changed(folder)
        if aside.exists():
            steps.touch()
        return found

    monkeypatch.setattr("oj.sources.origins.hold_still", look)
    monkeypatch.setattr("oj.sources.origins.changed", begun)
    assert imported(data_copy) == {"egen-fil": ORIGIN}
    assert looks == [True, False]


def test_the_same_results_give_the_same_bytes(data_copy: Path) -> None:
    write(data_copy, [JOUR], left_out=(LEFT,))
    first = hashes(data_copy)
    write(data_copy, [dict(reversed(JOUR.items()))], left_out=(LEFT,))  # the order of the columns is no matter
    assert hashes(data_copy) == first


def test_a_cell_of_another_import_is_refused_and_nothing_changed(data_copy: Path) -> None:
    write(data_copy, [JOUR])
    before = hashes(data_copy)
    with refused(
        "data/results/annan.csv rad 3, edition+indicator+place: ”2015, socialjour, 1280”",
        "finns redan i inläsningen ”egen-fil”; ta bort den först med oj data remove egen-fil",
    ):
        write(data_copy, [result("socialjour", "1281", "no"), JOUR], "annan")
    write(data_copy, [JOUR, result("socialjour", "1281", "no"), result("socialjour", "1282", "no")])
    before = hashes(data_copy)
    with refused("Ett fel", "finns redan i inläsningen ”egen-fil” liksom 2 andra uppgifter; ta bort den först"):
        write(data_copy, [JOUR, result("socialjour", "1281", "no"), result("socialjour", "1282", "no")], "annan")
    assert hashes(data_copy) == before
    write(data_copy, [JOUR])
    write(data_copy, [result("socialjour", "1281", "no")], "annan")
    assert list(imported(data_copy)) == ["annan", "egen-fil"]


def test_another_domain_may_have_the_same_id_in_the_same_year(data_copy: Path) -> None:
    """Domains ask alike, by the same id: each has its own answer of a municipality."""
    asked = data_copy / "missbruk" / "2015"
    shutil.copytree(data_copy / EDITION, asked, ignore=shutil.ignore_patterns("results", "survey"))
    write(data_copy, [JOUR])
    write(data_copy, [result("socialjour", "1280", "no")], "annan", domain="missbruk")
    homes = (data_copy / DOMAIN, asked.parent)
    assert [list(imported(home)) for home in homes] == [["egen-fil"], ["annan"]]
    read = [read_published(home).query("indicator == 'socialjour' and place == '1280'") for home in homes]
    assert [rows["answer"].tolist() for rows in read] == [["yes"], ["no"]]


def test_two_imports_of_the_same_cell_by_hand_are_refused(data_copy: Path) -> None:
    write(data_copy, [JOUR])
    write(data_copy, [result("socialjour", "1281", "no")], "annan")
    path = data_copy / "results" / "annan.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1281", "1280"), encoding="utf-8")
    with refused("data/results/egen-fil.csv", "”2015, socialjour, 1280” finns redan från en annan inläst fil"):
        read_published(data_copy)


BROKEN_RESULTS = {
    "no indicator": (result("social-jour", "1280", "yes"), "indicator: ”social-jour” okänd indikator. Menade du ”s"),
    "no place": (result("socialjour", "9999", "yes"), "place: ”9999” okänd kod; se data/places.csv"),
    "partly": (result("foraldrar-oppenvard", "1280", "yes"), "indicator: ”foraldrar-oppenvard” okänd indikator."),
    "a number": (
        result("socialjour", "1280", 1.0),
        "value: ”1.0” är ett tal, men kommunens svar ska vara Ja",
    ),
    "an answer": (result("behoriga-alla", "1280", "yes"), "answer: ”yes” är ett svar, men här ska stå ett tal"),
    "percent": (result("behoriga-alla", "1280", 59.0), "value: ”59.0” är ingen andel: den ska ligga mellan 0 och 1"),
    "no figure": (JOUR | {"answer": None}, "status: ”observed” status säger att uppgift finns"),
    "figure": (JOUR | {"status": "missing"}, "status: ”missing” status säger att uppgift saknas"),
    "counts": (result("behoriga-alla", "1280", "secret") | {"numerator": 2.0}, "en dold uppgift får inte ha täljare"),
    "status": (result("behoriga-alla", "1280", "okand"), "status: ”okand” ska vara en av: observed,"),
    "edition": (JOUR | {"edition": "2014"}, "edition: ”2014” inläsningen gäller utgåvan 2015"),
    "column": (JOUR | {"kolumn": 1}, "kolumn: okänd kolumn."),
    "few columns": ({"edition": "2015", "indicator": "socialjour"}, "place: kolumnen saknas"),
}


@pytest.mark.parametrize("name", BROKEN_RESULTS)
def test_broken_results_are_refused_and_nothing_is_written(data_copy: Path, name: str) -> None:
    row, message = BROKEN_RESULTS[name]
    with refused(message, "data/results/egen-fil.csv"):
        write(data_copy, [row])
    assert files(data_copy) == []


def test_another_source_in_the_rows_no_rows_and_double_rows_are_refused(data_copy: Path) -> None:
    with refused("source: ”fou-nordvast-2015” ska vara ”egen-fil”"):
        write_imported(pd.DataFrame([JOUR | {"source": "fou-nordvast-2015"}]), ORIGIN, data_copy)
    with refused("inga resultat att läsa in"):
        write_imported(pd.DataFrame([JOUR]).iloc[:0], ORIGIN, data_copy)
    with refused("raden finns redan tidigare i filen"):
        write(data_copy, [JOUR, JOUR])
    assert files(data_copy) == []


BROKEN_ORIGINS = {
    "name": ({"name": "Egen fil"}, "data/results/Egen fil.yml, name: ”Egen fil” ska bestå av små bokstäver"),
    "path": ({"name": "../egen"}, "name: ”../egen” ska bestå av små bokstäver a–z, siffror och bindestreck"),
    "shipped": ({"name": "fou-nordvast-2015"}, "är namnet på en källa som följer med; välj ett annat"),
    "preliminary": ({"name": "preliminar-2015"}, "får inte börja med ”preliminar”, som ifyllda enkäter gör"),
    "title": ({"title": " "}, "title: ”” får inte vara tom"),
    "publisher": ({"publisher": ""}, "publisher: får inte vara tom"),
    "year": ({"year": 215}, "year: ”215” ska vara ett år mellan 2000 och 2100"),
    "edition": ({"edition": "2009"}, "edition: ”2009” okänd utgåva."),
    "no edition": ({"edition": "ÖJ"}, "edition: ”ÖJ” ska vara ett årtal"),
    "file": ({"file": "C:\\mapp\\egen.xlsx"}, "file: ”C:\\mapp\\egen.xlsx” ska vara filens namn, utan mappar"),
    "hash": ({"sha256": "123"}, "sha256: ”123” ska vara filens kontrollsumma"),
    "date": ({"date": "2015-06-31"}, "date: ”2015-06-31” är inget datum; skriv ÅÅÅÅ-MM-DD"),
    "left out": ({"left_out": (replace(LEFT, rule=""),)}, "left_out: 1: rule: får inte vara tom"),
}


@pytest.mark.parametrize("name", BROKEN_ORIGINS)
def test_a_broken_origin_is_refused_and_nothing_is_written(data_copy: Path, name: str) -> None:
    about, message = BROKEN_ORIGINS[name]
    with refused(message):
        write_imported(pd.DataFrame([JOUR]), replace(ORIGIN, **about), data_copy)
    assert files(data_copy) == []


WHOLE = yaml.safe_dump(
    {"name": "egen-fil", "title": "T", "publisher": "P", "year": 2015, "edition": "2015", "file": "e.xlsx",
     "sha256": "a1" * 32}
)  # fmt: skip
BROKEN_SIDECARS = {
    "unknown key": (WHOLE + "publicerad: ja\n", "publicerad: ”ja” okänd nyckel."),
    "near key": (WHOLE.replace("publisher", "publsher"), "publsher: ”P” okänd nyckel. Menade du ”publisher”?"),
    "lacking key": (WHOLE.replace("publisher: P\n", ""), "publisher: nyckeln saknas"),
    "a number for text": (WHOLE.replace("'2015'", "2015"), "edition: ”2015” ska vara text; skriv inom citattecken"),
    "text for a number": (WHOLE.replace("year: 2015", "year: '2015'"), "year: ”2015” ska vara ett heltal"),
    "another name": (WHOLE.replace("egen-fil", "egen"), "name: ”egen” ska vara ”egen-fil”, som filen heter"),
    "a list": ("- a\n", "egen-fil.yml: ska bestå av rader ”nyckel: värde”"),
    "empty": ("", "egen-fil.yml: ska bestå av rader ”nyckel: värde”"),
    "no yaml": ("a: [", "är inte giltig YAML"),
    "twice": (WHOLE + "year: 2015\n", "nyckeln ”year” står två gånger"),
    "left out": (WHOLE + "left_out: ja\n", "left_out: ”ja” ska vara en lista"),
    "left out, a cell": (WHOLE + "left_out: [C7]\n", "left_out: 1: ”C7” ska bestå av rader ”nyckel: värde”"),
    "left out, a key": (
        WHOLE + "left_out: [{where: C7, about: '', rule: fel}]\n",
        "left_out: 1: value: nyckeln saknas",
    ),
    "of itself": ("title: &a [*a]\n", "egen-fil.yml rad 1 hänvisar till sig själv"),
}


@pytest.mark.parametrize("name", BROKEN_SIDECARS)
def test_a_broken_sidecar_is_told_and_can_be_removed(data_copy: Path, name: str) -> None:
    text, message = BROKEN_SIDECARS[name]
    write(data_copy, [JOUR])
    (data_copy / "results" / "egen-fil.yml").write_text(text, encoding="utf-8")
    with refused(message, "data/results/egen-fil.yml"):
        imported(data_copy)
    with refused(message):
        results("Skåne", folder=data_copy)
    remove_imported("egen-fil", data_copy)
    assert imported(data_copy) == {}


def test_a_date_need_not_stand_in_quotation_marks(data_copy: Path) -> None:
    write(data_copy, [JOUR])
    (data_copy / "results" / "egen-fil.yml").write_text(f"{WHOLE}date: 2015-06-30\n", encoding="utf-8")
    assert imported(data_copy)["egen-fil"].date == "2015-06-30"


@pytest.mark.parametrize(("ending", "lacks"), [("csv", "yml"), ("yml", "csv")])
def test_half_an_import_is_told_and_can_be_removed(data_copy: Path, ending: str, lacks: str) -> None:
    write(data_copy, [JOUR])
    (data_copy / "results" / f"egen-fil.{lacks}").unlink()
    with refused(f"data/results/egen-fil.{ending}: saknar egen-fil.{lacks}", "oj data remove"):
        read_published(data_copy)
    remove_imported("egen-fil", data_copy)
    assert imported(data_copy) == {}


def test_what_computers_leave_behind_is_no_import(data_copy: Path) -> None:
    for name in (".DS_Store", ".~lock.egen.csv#", "egen.csv~", "~$egen.xlsx"):
        (data_copy / "results" / name).write_text("x", encoding="utf-8")
    assert imported(data_copy) == {}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fou-nordvast-2015", "följer med projektet och tas inte bort. Inlästa filer: egen-fil."),
        ("egenfil", "Det finns ingen inläst fil som heter ”egenfil”. Menade du ”egen-fil”? Inlästa filer: egen-fil."),
        ("../areas", "Det finns ingen inläst fil som heter ”../areas”."),
    ],
)
def test_only_an_import_is_removed(data_copy: Path, name: str, message: str) -> None:
    write(data_copy, [JOUR])
    before = hashes(data_copy)
    with refused(message):
        remove_imported(name, data_copy)
    assert hashes(data_copy) == before


@pytest.mark.parametrize("call", ["write", "remove"])
def test_when_the_second_file_cannot_be_moved_all_is_as_before(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write(data_copy, [JOUR])
    before, move = hashes(data_copy), Path.replace

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == ".yml":
            raise OSError(13, "Permission denied")
        return move(path, target)

    monkeypatch.setattr("oj.disk.moves._exchange", lambda: None)
    monkeypatch.setattr(Path, "replace", failing)
    calls = {
        "write": lambda: write(data_copy, [result("socialjour", "1281", "no")]),
        "remove": lambda: remove_imported("egen-fil", data_copy),
    }
    with pytest.raises(UserError, match="kan inte"):
        calls[call]()
    assert hashes(data_copy) == before


def test_a_shipped_cell_is_replaced_only_where_the_rule_says(data_copy: Path) -> None:
    """Solna's answer is imported; what the shipped source hides stays hidden, what only it has stays."""
    shipped = read_published(data_copy).set_index(["indicator", "place"])
    hidden = "behoriga-fodda-i-annat-land"
    assert shipped.loc[(hidden, "0184"), "status"] == "suppressed"
    assert shipped.loc[("socialjour", "0184"), "answer"] == "yes"
    write(data_copy, [result("socialjour", "0184", "no"), result(hidden, "0184", 0.4123),
                      result("socialjour", "0191", "missing")])  # fmt: skip
    found = results("Stockholm", folder=data_copy).set_index(["indicator", "place"])
    assert found.loc[("socialjour", "0184"), ["display", "source"]].tolist() == ["Nej", "egen-fil"]
    assert found.loc[(hidden, "0184"), ["display", "source"]].tolist() == ["x", "fou-nordvast-2015"]
    assert found.loc[("socialjour", "0191"), "source"] == "fou-nordvast-2015"
    assert len(read_all(data_copy)) == len(shipped) + 3


def test_the_sources_have_the_imports_last(data_copy: Path) -> None:
    before = sources(data_copy)
    write(data_copy, [JOUR], note="Ur länets egen enkät.")
    after = sources(data_copy)
    assert after.iloc[:-1].fillna("").to_numpy().tolist() == before.fillna("").to_numpy().tolist()
    last = after.fillna("").iloc[-1].to_dict()
    assert last == {"source": "egen-fil", "title": "Egen sammanställning", "publisher": "Solna stad", "year": 2015,
                    "address": "", "note": "Inläst ur egen.xlsx. Ur länets egen enkät."}  # fmt: skip


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SOME = TEXTS.filter(str.strip)
LEFT_OUT = st.lists(st.builds(LeftOut, SOME, TEXTS, TEXTS, SOME), max_size=3).map(tuple)


@given(SOME, SOME, st.integers(2000, 2100), TEXTS, LEFT_OUT)
def test_an_origin_comes_back_as_it_was(title: str, publisher: str, year: int, note: str, left: Any) -> None:
    origin = replace(ORIGIN, title=title, publisher=publisher, year=year, note=note, left_out=left)
    kind = TypeAdapter(Origin)
    text = yaml.safe_dump(kind.dump_python(origin, mode="json"), allow_unicode=True, sort_keys=False)
    try:
        again = validated(kind, yaml.safe_load(text), "fil.yml", RULES)
    except DataError:  # white space that only Unicode counts as such
        assert not (title.strip() and publisher.strip() and all(one.where.strip() for one in left))
    else:
        assert again == origin


KNOWN = {name: item for name, item in indicators(DATA).items() if item.area in ("tillganglig", "utbildning")}
PLACES = [place for place in all_places(DATA).values() if place.county in ("12", "14")]


@st.composite
def lawful(draw: st.DrawFn) -> dict[str, Any]:
    """Draw one lawful result of a place outside Stockholm."""
    item, place = draw(st.sampled_from([*KNOWN.values()])), draw(st.sampled_from(PLACES))
    lacking = st.sampled_from([status for status in STATUSES if status != "observed"])
    answers = ["yes", "partly", "no"] if item.scale == "yes-partly-no" else ["yes", "no"]
    figure = st.sampled_from(answers) if item.is_answer and place.level in UNITS else st.floats(0, 1)
    return result(item.id, place.code, draw(st.one_of(figure, lacking)))


@few(3)  # each reads the facts anew, so few of them, with many rows
@given(rows=st.lists(lawful(), min_size=1, max_size=60, unique_by=lambda row: (row["indicator"], row["place"])))
def test_lawful_results_come_back_cell_for_cell(original: Path, rows: list[dict[str, Any]]) -> None:
    write(original, rows)
    own = read_all(original).query("source == 'egen-fil'").reset_index(drop=True)
    pd.testing.assert_frame_equal(own, pd.DataFrame(rows)[COLUMNS], check_dtype=False, check_exact=True)
    remove_imported("egen-fil", original)


def test_a_table_may_be_left_without_rows(data_copy: Path) -> None:
    """As where a form of answers replaces all of them."""
    write(data_copy, [JOUR])
    path = data_copy / "results" / "egen-fil.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert len(read_published(data_copy)) == len(read_all(data_copy)) > 0


def test_the_tests_are_about_what_is_shipped(data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the one who runs them has read in results, or fetched some."""
    monkeypatch.setenv("OJ_DATA", "unchanged")
    before = hashes(data_copy)
    assert shipped(data_copy, tmp_path) == data_copy
    assert os.environ["OJ_DATA"] == "unchanged"
    write(data_copy, [JOUR])
    (data_copy / "key_figures").mkdir()
    (data_copy / "key_figures" / "skane.csv").write_text("x", encoding="utf-8")
    copy = shipped(data_copy, tmp_path / "kept")
    assert hashes(copy) == before
    assert os.environ["OJ_DATA"] == str(copy)


def test_the_nations_row_may_be_in_two_counties_files_and_differ(data_copy: Path) -> None:
    write(data_copy, [result("socialjour", place, 0.5) for place in ("00", "12")], "skane", county="12")
    write(data_copy, [result("socialjour", "00", 0.6), result("socialjour", "13", 0.5)], "halland", county="13")
    assert list(imported(data_copy)) == ["halland", "skane"]
    assert not read_published(data_copy).duplicated(KEY).any()


@pytest.mark.parametrize(("measure", "county"), [("behoriga-alla", "13"), ("socialjour", "12")])
def test_two_that_differ_of_persons_or_of_one_county_are_refused_with_advice(
    measure: str, county: str, data_copy: Path
) -> None:
    """To take away the other import is not the only advice."""
    write(data_copy, [result(measure, place, 0.5) for place in ("00", "12")], "skane", county="12")
    with refused("finns redan i inläsningen ”skane”; töm raden för Riket i filen, eller ta bort den först"):
        write(data_copy, [result(measure, "00", 0.6), result(measure, "13", 0.5)], "halland", county=county)
    write(data_copy, [result(measure, "00", 0.5), result(measure, "13", 0.5)], "halland", county=county)
    assert list(imported(data_copy)) == ["halland", "skane"]
