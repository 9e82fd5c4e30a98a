"""From a filled-in form to preliminary results: the same as published where the answers say so, and marked as such."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from openpyxl import load_workbook

from conftest import DATA, DOMAIN
from filling import answers_giving, as_published, filled
from importing import result, write
from oj.disclosure.door import read_protected
from oj.doors.shown import read_shown_corrections
from oj.facts.catalog import indicators
from oj.facts.editions import using
from oj.preliminary.results import staff_findings, with_staff
from oj.publish.build.manifest import hashes
from oj.publish.build.preliminary import Preliminary, build_preliminary, from_form, join
from oj.sources.published import read_published
from oj.sources.survey.read import read_form
from oj.words.errors import UserError
from publish.building import MUNICIPALITIES, Folders, part_of_book
from publish.read_pdf import printed_pages
from publish.read_word import read_word, text_of
from written import results

SOLNA, SIGTUNA = "0184", "0191"
LEFT_OUT = [  # chapters of areas, which are made as that of the one area that is kept
    *("individanpassad", "samordning", "utbildning", "saker", "kunskapsbaserad", "bakgrund", "analysguide", "regler"),
    *("oversikt", "utveckling", "faktablad"),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Preliminary:
    """Read a form whose answers give what is published for the eight municipalities."""
    path = as_published(tmp_path_factory.mktemp("form") / "enkat.xlsx", list(MUNICIPALITIES))
    return from_form(read_form(path, DATA), DATA)


def test_answers_as_published_give_the_published_results_cell_by_cell(whole: Preliminary) -> None:
    """The round trip form, answers, rules, results: 8 municipalities and every indicator that is asked."""
    published = read_published(DATA).set_index(["indicator", "place"])
    registers = [item.id for item in indicators(DATA).values() if item.area in ("utbildning", "bakgrund")]
    own = whole.results[whole.results["place"] != "01"].set_index("indicator", drop=False)
    assert set(own.loc[[*registers, "bbic-licens"], "status"]) == {"missing"}
    own = own.drop(index=[*registers, "bbic-licens"])
    assert len(own) == 8 * (48 - 7)  # education and the licences come from registers
    for row in own.itertuples():
        there = published.loc[(row.indicator, row.place)]
        assert row.status == there["status"] == "observed"
        if isinstance(row.answer, str):
            assert row.answer == there["answer"]
        else:
            assert row.value == pytest.approx(there["value"], abs=0.005)
    assert whole.differences.empty
    assert set(whole.review["Slag"]) <= {"lucka"}


def test_eight_of_39_are_too_few_for_the_county(whole: Preliminary) -> None:
    county = whole.results[whole.results["place"] == "01"]
    assert set(county["status"]) == {"withheld", "missing"}  # and nothing of registers
    assert county["value"].isna().all()


def test_another_answer_is_told_as_a_difference_and_a_slip_in_the_review(tmp_path: Path) -> None:
    answers = answers_giving(SOLNA) | {"socialjour.hela-aret": "nej", "socialjour.nagon": "nej"}
    answers |= {"personal.mer-an-fem-ar": 60.0, "foraldrar-hvb.undersokt": "nej", "foraldrar-hvb.anvant": "ja"}
    path = filled(tmp_path / "enkat.xlsx", {SOLNA: answers}, {(SOLNA, "socialjour.tider"): "Jouren läggs ned i höst"})
    found = from_form(read_form(path, DATA), DATA)
    jour = found.differences[found.differences["Indikator"] == "Social jourverksamhet"]
    assert jour.to_numpy().tolist() == [["Solna", "Social jourverksamhet", "Nej", "Ja"]]
    told = found.review.set_index("Slag")["Iakttagelse"]
    assert told["kommentar"] == "Jouren läggs ned i höst"
    assert told["motsägelse"].startswith("Ingen undersökning är gjord")
    assert "inte lika många som socionomerna" in " ".join(told[["antal som inte går ihop"]])
    assert found.review.loc[found.review["Slag"] == "motsägelse", "Svar"].tolist() == ["Nej"]


def test_a_count_left_empty_is_that_of_the_staff_list_also_beside_a_comment() -> None:
    person = {"place": SOLNA, "degree": 1.0, "hours": None, "days_away": 0.0, "on_leave": False, "qualified": True}
    staff = pd.DataFrame([person | {"social_work": True, "tenure": "3–5 år"}] * 2)
    rows = [(SOLNA, "personal.handlaggare", None, "se Personal"), (SOLNA, "personal.socionomer", 1.0, "")]
    answers = pd.DataFrame(rows, columns=["place", "question", "answer", "comment"]).astype({"answer": object})
    told = with_staff(answers, staff).dropna(subset=["answer"]).set_index("question")["answer"]
    assert told["personal.handlaggare"] == 2.0
    assert told["personal.socionomer"] == 1.0
    assert staff_findings(answers, staff)["question"].tolist() == ["personal.socionomer"]


def test_a_form_without_answers_or_of_two_counties_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="inga svar än"):
        from_form(read_form(filled(tmp_path / "tom.xlsx", {SOLNA: {}}), DATA), DATA)
    two = filled(tmp_path / "tva.xlsx", {SOLNA: answers_giving(SOLNA), "0680": {"socialjour.nagon": "ja"}})
    with pytest.raises(UserError, match="ett län"):
        from_form(read_form(two, DATA), DATA)


def test_the_answers_take_the_place_of_imports_too(tmp_path: Path) -> None:
    """Of an import and of a correction what the form does not replace is left, and no figure comes back."""
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    write(data, [result("socialjour", SOLNA, "no"), result("socialjour", SIGTUNA, "no"),
                 result("behoriga-alla", SOLNA, 0.75)])  # fmt: skip
    about = {"column": "answer", "reason": "Fel.", "date": "2015-09-01", "decided_by": "FoU"}
    row = {"indicator": "socialjour", "place": SOLNA}
    entries = [about | {"table": f"results-{name}", "row": row | {"place": place}, "old": old, "new": new}
               for name, place, old, new in (("fou-nordvast-2015", SOLNA, "yes", "no"),
                                             ("fou-nordvast-2015", "0114", "yes", "partly"),
                                             ("egen-fil", SIGTUNA, "no", "partly"))]  # fmt: skip
    (data / DOMAIN / "corrections.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    found = from_form(read_form(as_published(tmp_path / "enkat.xlsx", [SOLNA]), data), data)
    folder = Path(shutil.copytree(data, tmp_path / "fakta"))
    join(found, folder, "enkat.xlsx")
    jour = results("Stockholm", folder=folder).set_index(["indicator", "place"]).loc["socialjour"]
    assert jour.loc[[SOLNA, SIGTUNA, "0114"], "display"].tolist() == ["Ja", "Delvis", "Delvis"]
    assert jour.loc[[SOLNA, SIGTUNA], "source"].tolist() == ["preliminar-2015", "egen-fil"]
    assert read_protected(folder).set_index(["indicator", "place"]).loc[("behoriga-alla", SOLNA), "value"] == 0.75
    assert read_shown_corrections(folder)["place"].tolist() == ["0114", SIGTUNA]
    assert len(read_shown_corrections(data)) == 3


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Folders]:
    """Build the preliminary report of two municipalities and a district, one of them with another answer."""
    root = tmp_path_factory.mktemp("preliminar")
    changed = answers_giving(SIGTUNA) | {"socialjour.hela-aret": "nej", "socialjour.nagon": "ja"}
    district = {name: answer for name, answer in answers_giving(SOLNA).items() if not name.startswith("personal")}
    path = filled(root / "enkat.xlsx", {SOLNA: answers_giving(SOLNA), SIGTUNA: changed, "018007": district})
    folders = part_of_book(root, LEFT_OUT.__contains__)
    return build_preliminary(path, "2014-12-01", "embedded", folders=folders), folders


def test_the_report_says_that_it_is_preliminary_in_every_format(built: tuple[Path, Folders]) -> None:
    report, _folders = built
    assert report.name == "stockholm-2015-preliminar"
    for page in sorted(report.glob("*.html")):
        assert "Preliminära resultat" in page.read_text(encoding="utf-8"), page.name
    texts = printed_pages(report / "rapport.pdf")
    assert len(texts) > 5
    assert all("Preliminära resultat" in text for text in texts)
    word = text_of(read_word(report / "rapport.docx").element.body)
    assert word.count("Preliminära resultat") >= 2  # the title page and the opening


def test_the_answers_stand_in_the_tables_with_what_is_published_beside(built: tuple[Path, Folders]) -> None:
    table = pd.read_csv(built[0] / "resultat.csv", dtype={"place": str}).set_index(["indicator", "place"])
    jour = table.loc["socialjour"]
    assert jour.loc[[SOLNA, SIGTUNA, "018007"], "display"].tolist() == ["Ja", "Delvis", "Ja"]
    assert jour.loc[SOLNA, "source"] == "preliminar-2015"
    assert jour.loc["00", "source"] == jour.loc["01", "source"] == "fou-nordvast-2015"
    assert table.loc[("behoriga-alla", SOLNA), "source"] == "fou-nordvast-2015"
    assert table.loc[("socionomer-tre-ar", "018007"), "status"] == "missing"
    text = (built[0] / "tillganglig.html").read_text(encoding="utf-8")
    assert "Kommunernas egna svar, preliminära" in text
    assert "Norrmalm" in text


def test_the_review_and_the_differences_are_a_workbook(built: tuple[Path, Folders]) -> None:
    book = load_workbook(built[0] / "granskning.xlsx")
    assert book.sheetnames == ["Läs först", "Granskning", "Skillnader"]
    rows = [[cell.value for cell in row] for row in book["Skillnader"].iter_rows()]
    assert rows[0] == ["Plats", "Indikator", "Ur svaren", "Publicerat"]
    assert ["Sigtuna", "Social jourverksamhet", "Delvis", "Ja"] in rows
    gaps = [row[0].value for row in book["Granskning"].iter_rows(min_row=2)]
    assert set(gaps) == {"Norrmalm"}


def test_the_facts_are_untouched(built: tuple[Path, Folders], tmp_path: Path) -> None:
    before = hashes(DATA)
    path = as_published(tmp_path / "enkat.xlsx", [SOLNA])
    from_form(read_form(path, DATA), DATA)
    assert hashes(DATA) == before
    with using(DATA):
        assert set(results("Stockholm")["source"]) == {"fou-nordvast-2015"}


def test_a_failing_build_leaves_the_earlier_report(
    built: tuple[Path, Folders], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_arguments: Any, **_named: Any) -> Callable[..., None]:
        raise UserError("Det går inte.")

    report, folders = built
    before = hashes(report)
    monkeypatch.setattr("oj.publish.build.preliminary.build_report", fail)
    with pytest.raises(UserError, match="Det går inte"):
        build_preliminary(as_published(tmp_path / "enkat.xlsx", [SOLNA]), "", "embedded", folders=folders)
    assert hashes(report) == before
