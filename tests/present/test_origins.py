"""What the method chapter tells of imports and corrections: all of it, to whom it concerns, and not a word without."""

from pathlib import Path

import pytest
import yaml

from conftest import DATA
from importing import result, write
from oj.present.origins import corrections, corrections_over_time, imported_results
from oj.present.output import Table
from oj.present.quality import references
from oj.present.tables import table
from oj.results import results
from oj.sources.imported import LeftOut
from present.test_quality import plain, rows_of

LEFT = LeftOut("Blad1!C7", "Solna: socialjour", "<b>kanske</b>", "ska vara Ja, Delvis eller Nej")
JOUR = {"edition": "2015", "indicator": "socialjour", "place": "0184"}
ENTRY = {"reason": "Fel i källan.", "date": "2015-09-01", "decided_by": "FoU-Nordväst"}


@pytest.fixture
def imported(data_copy: Path) -> Path:
    """Return facts with an import for Stockholm county and one for Skåne."""
    cells = [("socialjour", "0184", "no"), ("socialjour", "0191", "yes"), ("behoriga-alla", "01", 0.611),
             ("behoriga-fodda-i-annat-land", "0184", 0.4123), ("gymnasium-alla", "01", 0.304)]  # fmt: skip
    rows = [result(*cell) for cell in cells]
    write(data_copy, rows, title="Egna *svar*", date="2015-06-30", note="Se fot_not.", left_out=(LEFT,) * 3)
    write(data_copy, [result("socialjour", "1280", "yes")], "skane", publisher="Socialstyrelsen", file="skane.csv")
    return data_copy


def tables(folder: Path, county: str) -> dict[str, Table]:
    """Return the tables about imports in a county's report, by label."""
    parts = imported_results(results(county, folder=folder), folder)
    assert all(isinstance(part, Table) for part in parts)
    return {part.label: part for part in parts if isinstance(part, Table)}


def test_a_report_without_imports_has_no_word_of_them() -> None:
    assert imported_results(results("Stockholm", folder=DATA), DATA) == ()
    assert corrections(DATA).markdown == corrections_over_time(DATA).markdown == ""


def test_each_import_is_told_with_its_file_date_and_how_much_of_it_counts(imported: Path) -> None:
    found = tables(imported, "Stockholm")
    assert list(found) == ["tbl-inlasta", "tbl-inlasta-skillnader", "tbl-utelamnade"]
    assert rows_of(found["tbl-inlasta"]) == [
        ["Egna *svar*Solna stad (2015)Se fot_not.", "egen.xlsx30 juni 2015", "5varav 4 gäller"]
    ]
    text = found["tbl-inlasta"].before
    assert text.startswith("## Inlästa resultat {#sec-inlasta}")
    assert "Det som någon källa döljer är dolt" in text


def test_only_figures_that_look_different_are_told_as_different(imported: Path) -> None:
    """Gymnasium is 30 per cent in both; Solna's hidden share is in neither column."""
    assert results("01", folder=DATA).set_index(["indicator", "place"]).loc[("gymnasium-alla", "01"), "value"] == 0.3
    assert rows_of(tables(imported, "Stockholm")["tbl-inlasta-skillnader"]) == [
        ["Solna", "Socialjour", "Nej", "Ja"],
        ["Stockholms län", "Behörighet till gymnasiet, samtliga", "61 %", "58 %"],
    ]


def test_every_cell_left_out_is_told(imported: Path) -> None:
    left = tables(imported, "Stockholm")["tbl-utelamnade"]
    assert rows_of(left) == [["Blad1!C7", LEFT.about, LEFT.value, LEFT.rule]] * 3
    assert left.caption == "Tre celler som inte lästes in."
    assert "&lt;b&gt;kanske" in left.html


def test_an_import_of_another_county_is_not_told(imported: Path) -> None:
    (only,) = tables(imported, "Skåne").values()
    assert rows_of(only) == [["Egen sammanställningSocialstyrelsen (2015)", "skane.csv", "1alla gäller"]]


def test_references_and_notes_name_the_imports_that_are_used(imported: Path) -> None:
    shown = results("Stockholm", folder=imported)
    told = references(folder=imported, results=shown).markdown
    shipped = references(folder=DATA).markdown
    assert told == shipped + "\n- Solna stad (2015). *Egna \\*svar\\**. Inläst ur egen.xlsx. Se fot\\_not."
    assert references(folder=DATA, results=shown).markdown == shipped
    (note,) = table(shown, "utanfor-kontorstid", imported).notes
    assert note.endswith("Källa: FoU-Nordväst (2015) och Solna stad (2015), efter Socialstyrelsens öppna jämförelser.")


def test_the_source_that_shows_no_partly_is_the_shipped_one(imported: Path) -> None:
    """An imported Nej is a Nej."""
    of_skane = table(results("Skåne", folder=imported), "utanfor-kontorstid", imported)
    assert "inga Delvis" not in of_skane.notes[0]
    assert "inga Delvis" in table(results("Stockholm", folder=DATA), "utanfor-kontorstid", DATA).notes[0]


def correct(folder: Path, *entries: dict[str, object]) -> None:
    """Write corrections of the shipped results or of history."""
    common = {"table": "results-fou-nordvast-2015", **ENTRY}
    text = yaml.safe_dump([common | entry for entry in entries], allow_unicode=True)
    (folder / "corrections.yml").write_text(text, encoding="utf-8")


def test_corrections_are_listed_with_old_new_why_when_and_who(data_copy: Path) -> None:
    forskola = {"edition": "2014", "series": "overenskommelse-forskola", "place": "00"}
    share = {"indicator": "behoriga-alla", "place": "00"}
    correct(
        data_copy,
        {"row": JOUR, "column": "answer", "old": "yes", "new": "no"},
        {"row": share, "column": "value", "old": "0.55", "new": "0.56"},
        {"row": share, "column": "value", "old": "0.56", "new": "0.562"},
        {"table": "history", "row": forskola, "column": "value", "old": "0.75", "new": "0.76"},
        {"row": {"indicator": "arbetsledning", "place": "00"}, "column": "value", "old": "2.7", "new": ""},
        {"row": {"indicator": "arbetsledning", "place": "00"}, "column": "status", "old": "observed", "new": "missing"},
    )
    why = "Fel i källan.Beslutat av FoU-Nordväst den 1 september 2015"
    found = corrections(data_copy)
    assert isinstance(found, Table)
    assert found.before.startswith("## Rättelser {#sec-rattelser}")
    gymnasium, work = "Riket: Behörighet till gymnasiet, samtliga (2015)", "Riket: Tillgång till arbetsledning (2015)"
    overenskommelse = "Riket: Överenskommelse om samverkan med förskolan (2014)"
    assert rows_of(found) == [
        ["Solna: Socialjour (2015)", "svar: Ja", "svar: Nej", why],
        [gymnasium, "värde: 55 %", "värde: 56 %", why],
        [gymnasium, "värde: 0,56", "värde: 0,562", why],
        [overenskommelse, "värde: 75 %", "värde: 76 %", why],
        [work, "värde: 2,7", "värde: tomt", why],
        [work, "status: uppgift finns", "status: bortfall", why],
    ]
    over_time = corrections_over_time(data_copy)
    assert isinstance(over_time, Table)
    assert rows_of(over_time) == [[overenskommelse, "värde: 75 %", "värde: 76 %", why]]


def test_the_chapters_texts_are_plain(imported: Path) -> None:
    """No word of code, and no ordinary space inside a figure."""
    for part in tables(imported, "Stockholm").values():
        text = plain(part.caption + part.before)
        assert not {"import", "source", "None", "nan"} & set(text.split())
