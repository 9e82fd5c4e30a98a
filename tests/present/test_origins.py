"""What the method chapter tells of imports and corrections: all of it, to whom it concerns, and not a word without."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import oj
from conftest import DATA, DOMAIN, refused
from frames import figures_of
from importing import result, write
from oj.present.method.hidden import why_hidden
from oj.present.method.origins import corrections, imported_results
from oj.present.method.quality import references
from oj.present.output import Table, Text
from oj.sources.imported import LeftOut
from present.test_quality import plain, rows_of
from written import observations, results

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


def tables(folder: Path, county: str, asked: str = "") -> dict[str, Table]:
    """Return the tables about imports in a county's report, by label."""
    parts = imported_results(oj.figures(county, reference_source=asked, folder=folder))
    assert all(isinstance(part, Table) for part in parts)
    return {part.label: part for part in parts if isinstance(part, Table)}


def test_a_report_without_imports_has_no_word_of_them() -> None:
    assert imported_results(oj.figures("Stockholm", folder=DATA)) == ()
    for edition in ("", "over-tid"):
        assert corrections(oj.figures("Stockholm", edition, folder=DATA)).markdown == ""


def test_each_import_is_told_with_its_file_date_and_how_much_of_it_counts(imported: Path) -> None:
    found = tables(imported, "Stockholm")
    assert list(found) == ["tbl-inlasta", "tbl-inlasta-skillnader", "tbl-utelamnade"]
    assert rows_of(found["tbl-inlasta"]) == [
        ["Egna *svar*Solna stad (2015)Se fot_not.", "egen.xlsx30 juni 2015", "5varav 2 gäller"]
    ]
    text = found["tbl-inlasta"].before
    assert text.startswith("## Inlästa resultat {#sec-inlasta}")
    assert "Det som någon källa döljer är dolt" in text


def test_over_the_years_an_imported_figure_is_told_apart_from_the_published(data_copy: Path) -> None:
    write(data_copy, [result("bbic-licens", "0880", "yes")])
    rows = oj.figures("Kalmar", "over-tid", folder=data_copy).of("bbic-licens").during("2015").frame
    assert rows.groupby("method")["place_name"].unique().to_dict() == {"imported": ["Kalmar"], "published": ["Riket"]}


def test_only_figures_that_look_different_are_told_as_different(imported: Path) -> None:
    """Gymnasium is 30 per cent in both; Solna's hidden share is in neither column."""
    assert results("01", folder=DATA).set_index(["indicator", "place"]).loc[("gymnasium-alla", "01"), "value"] == 0.3
    assert rows_of(tables(imported, "Stockholm")["tbl-inlasta-skillnader"]) == [
        ["Solna", "Heltäckande socialjour", "Nej", "Ja", "inläst"],
        ["Stockholms län", "Gymnasiebehörighet bland placerade barn", "58 %", "61 %", "publicerad"],
    ]
    assert rows_of(tables(imported, "Stockholm", "egen-fil")["tbl-inlasta-skillnader"])[1][2:] == [
        "61 %",
        "58 %",
        "inläst",
    ]


def test_every_cell_left_out_is_told(imported: Path) -> None:
    left = tables(imported, "Stockholm")["tbl-utelamnade"]
    assert rows_of(left) == [["Blad1!C7", LEFT.about, LEFT.value, LEFT.rule]] * 3
    assert left.caption == "Tre celler som inte lästes in."
    assert "&lt;b&gt;kanske" in left.html


COUNTS = {"numerator": 20.0, "denominator": 50.0}
FEW = {"value": 0.05, "numerator": 2.0, "denominator": 40.0}


def hidden_told(folder: Path, solna: dict[str, float], absent: bool) -> str:
    """Return why figures are hidden in a report of counts that were read in for a county of a few."""
    places = [one for one in ("0114", "0123", "0184") if not (absent and one == "0123")]
    rows = [result("behoriga-alla", place, 0.4) | COUNTS for place in places[:-1]]
    rows += [result("behoriga-alla", "0184", solna["value"]) | solna]
    rows += [result("behoriga-alla", "01", 0.4) | {"numerator": 200.0, "denominator": 500.0}]
    write(folder, rows)
    told = why_hidden(oj.figures("Stockholm", folder=folder))
    return told.markdown


def test_why_figures_are_hidden_is_told_of_what_can_be_seen(data_copy: Path) -> None:
    told = hidden_told(data_copy, FEW, absent=True)
    assert told.startswith("**Därför är uppgifter dolda.**")
    assert "Antal används bara i hela par" in told
    assert "är ute och döljs inte på nytt" in told


def test_two_hidden_figures_are_told_the_same(data_copy: Path) -> None:
    one = hidden_told(data_copy, FEW, absent=False)
    for name in ("egen-fil.csv", "egen-fil.yml"):
        (data_copy / "results" / name).unlink()
    assert hidden_told(data_copy, FEW | {"value": 0.075, "numerator": 3.0}, absent=False) == one != ""


def test_a_total_is_hidden_for_an_absent_municipality_by_the_statuses_alone() -> None:
    frame = results("Stockholm", folder=DATA)
    of = frame["indicator"] == "behoriga-alla"
    total = of & (frame["place"] == "01")
    hidden = frame.assign(status=frame["status"].mask(total, "secondary"))
    told = why_hidden(figures_of(hidden, DATA)).markdown
    assert "En kommun som saknas här kan ha så små tal" in told
    assert "(x (skydd))" in told
    shown = why_hidden(figures_of(frame, DATA)).markdown
    assert shown == ""


@pytest.mark.parametrize(("counts", "is_hidden"), [({"denominator": 120.0}, True), ({"denominator": 80.0}, False)])
def test_a_share_hidden_for_half_a_pair_is_told_as_hidden_here(
    data_copy: Path, counts: dict[str, float], *, is_hidden: bool
) -> None:
    """Three per cent of 120 may be three persons or four; half of 80 is not few."""
    value = 0.03 if is_hidden else 0.5
    write(data_copy, [result("behoriga-alla", "0114", value) | {"numerator": None} | counts])
    told = [part.markdown for part in imported_results(oj.figures("Stockholm", folder=data_copy))[1:2]
            if isinstance(part, Text)]  # fmt: skip
    assert [("Ett *x* utan orsak" in text, "döljs andelen också" in text) for text in told] == [
        (True, True)
    ] * is_hidden


def test_an_import_of_another_county_is_not_told(imported: Path) -> None:
    (only,) = tables(imported, "Skåne").values()
    assert rows_of(only) == [["Egen sammanställningSocialstyrelsen (2015)", "skane.csv", "1alla gäller"]]


NATION = ("bbic-licens", "00", 0.57)
SKANE = [NATION, ("bbic-licens", "12", 0.5), ("bbic-licens", "1280", "yes"), ("socialjour", "00", "missing")]


def of_nation(county: str, folder: Path, **more: Any) -> tuple[str, str]:
    """Return the nation's share with a BBIC licence in a county's report, and its source."""
    shown = results(county, folder=folder, **more).set_index(["indicator", "place"]).loc[("bbic-licens", "00")]
    return str(shown["display"]).replace("\u00a0", " "), str(shown["source"])


def test_one_countys_import_changes_no_others_report(data_copy: Path) -> None:
    """Riket's BBIC was 57 % in Stockholm's report, after Skåne's template, and called the latest published."""
    before = {county: results(county, folder=DATA) for county in ("Stockholm", "Jönköping")}
    over_time = observations("Riket", folder=DATA), observations("Kalmar", folder=DATA)
    write(data_copy, [result(*cell) for cell in SKANE], "skane", county="12", title="Skånes *mall*")
    for county, shown in before.items():
        after = results(county, folder=data_copy)
        assert after.equals(shown)
        assert oj.opening(oj.figures(county, folder=data_copy)) == oj.opening(oj.figures(county, folder=DATA))
        told = oj.figures(county, folder=data_copy)
        assert imported_results(told) == ()
        assert references(told) == references(oj.figures(county, folder=DATA))
    assert observations("Riket", folder=data_copy).equals(over_time[0])
    assert observations("Kalmar", folder=data_copy).equals(over_time[1])
    assert of_nation("Skåne", data_copy) == ("92 %", "fou-nordvast-2015")
    assert of_nation("Skåne", data_copy, reference_source="skane") == ("57 %", "skane")


def test_the_front_and_the_method_say_which_of_the_regions_figures_were_read_in(data_copy: Path) -> None:
    write(data_copy, [result(*cell) for cell in SKANE], "skane", county="12", title="Skånes *mall*")
    told = "1 av 52 tal för riket (ur Skånes &#42;mall&#42;, Solna stad 2015)"
    assert "för riket (ur" not in oj.opening(oj.figures("Skåne", folder=data_copy)).markdown
    asked = oj.figures("Skåne", reference_source="skane", folder=data_copy)
    for text in (
        oj.opening(asked).markdown,
        tables(data_copy, "Skåne", "skane")["tbl-inlasta"].before,
    ):
        assert told in text.replace("\u00a0", " ")
        assert "1 av 1 tal för Skåne län" in text.replace("\u00a0", " ")
    compared = results("Stockholm", folder=data_copy, compare_with=["Skåne"])
    text = oj.opening(figures_of(compared, data_copy)).markdown.replace("\u00a0", " ")
    assert "1 av 1 tal för Skåne län" in text
    assert "för riket" not in text
    assert of_nation("Stockholm", data_copy, compare_with=["Skåne"]) == ("92 %", "fou-nordvast-2015")


@pytest.mark.parametrize(
    ("cells", "county", "shown"),
    [
        ([NATION], "", ("92 %", "fou-nordvast-2015")),
        ([NATION], "12", ("92 %", "fou-nordvast-2015")),
        ([NATION, ("bbic-licens", "01", 0.9)], "", ("92 %", "fou-nordvast-2015")),
        ([NATION, ("bbic-licens", "12", 0.9)], "", ("92 %", "fou-nordvast-2015")),
        ([NATION, ("bbic-licens", "1280", "yes"), ("bbic-licens", "01", 0.9)], "", ("92 %", "fou-nordvast-2015")),
        ([NATION, ("bbic-licens", "1280", "yes"), ("bbic-licens", "0114", "yes")], "", ("92 %", "fou-nordvast-2015")),
        ([("bbic-licens", "00", "suppressed")], "12", ("x", "egen-fil")),  # what any source hides is hidden
    ],
)
def test_whose_figure_of_the_nation_counts(
    cells: list[tuple[str, str, object]], county: str, shown: tuple[str, str], data_copy: Path
) -> None:
    write(data_copy, [result(*cell) for cell in cells], county=county)
    assert of_nation("Stockholm", data_copy) == shown
    hidden = shown[0] == "x"
    assert of_nation("Stockholm", data_copy, reference_source="egen-fil") == (shown if hidden else ("57 %", "egen-fil"))


def test_a_reference_source_that_there_is_not_is_told(data_copy: Path) -> None:
    write(data_copy, [result(*cell) for cell in SKANE], "skane", county="12")
    with refused("reference_source: ”skåne” är ingen källa", "Menade du ”skane”?", "fou-nordvast-2015, skane"):
        oj.figures("Skåne", reference_source="skåne", folder=data_copy)


def test_a_preliminary_report_calls_only_the_published_published(data_copy: Path) -> None:
    write(data_copy, [result(*cell) for cell in SKANE], "skane", county="12")
    rows = results("Skåne", folder=data_copy)
    rows.loc[rows["level"] == "municipality", "source"] = "preliminar-2015"
    assert "de senast publicerade, utom dem som är inlästa" in oj.opening(figures_of(rows, data_copy)).markdown


def test_a_county_that_does_not_exist_is_refused(data_copy: Path) -> None:
    with refused("county", "99", "okänt län"):
        write(data_copy, [result(*NATION)], county="99")


def test_references_and_notes_name_the_imports_that_are_used(imported: Path) -> None:
    shown = results("Stockholm", folder=imported)
    told = references(oj.figures("Stockholm", folder=imported)).markdown
    shipped = references(oj.figures("Stockholm", folder=DATA)).markdown
    assert told == shipped + "\n- Solna stad (2015). *Egna &#42;svar&#42;*. Inläst ur egen.xlsx. Se fot&#95;not."
    (note,) = oj.table(figures_of(shown, imported).of("utanfor-kontorstid")).notes
    assert note.endswith("Källa: FoU-Nordväst (2015) och Solna stad (2015), efter Socialstyrelsens öppna jämförelser.")


def test_the_source_that_shows_no_partly_is_the_shipped_one(imported: Path) -> None:
    """An imported Nej is a Nej."""
    of_skane = oj.table(oj.figures("Skåne", folder=imported).of("utanfor-kontorstid"))
    assert "inga Delvis" not in of_skane.notes[0]
    assert "inga Delvis" in oj.table(oj.figures("Stockholm").of("utanfor-kontorstid")).notes[0]


def correct(folder: Path, *entries: dict[str, object]) -> None:
    """Write corrections of the shipped results or of history."""
    common = {"table": "results-fou-nordvast-2015", **ENTRY}
    text = yaml.safe_dump([common | entry for entry in entries], allow_unicode=True)
    (folder / DOMAIN / "corrections.yml").write_text(text, encoding="utf-8")


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
    found = corrections(oj.figures("Stockholm", folder=data_copy))
    assert isinstance(found, Table)
    assert found.before.startswith("## Rättelser {#sec-rattelser}")
    gymnasium, work = (
        "Riket: Gymnasiebehörighet bland placerade barn (2015)",
        "Riket: Arbetsledning per handläggare (2015)",
    )
    overenskommelse = "Riket: Överenskommelse om samverkan med förskolan (2014)"
    assert rows_of(found) == [
        ["Solna: Heltäckande socialjour (2015)", "svar: Ja", "svar: Nej", why],
        [gymnasium, "värde: 55 %", "värde: 56 %", why],
        [gymnasium, "värde: 0,56", "värde: 0,562", why],
        [overenskommelse, "värde: 75 %", "värde: 76 %", why],
        [work, "värde: 2,7", "värde: tomt", why],
        [work, "status: uppgift finns", "status: bortfall", why],
    ]
    over_time = corrections(oj.figures("Kalmar", "over-tid", folder=data_copy))
    assert isinstance(over_time, Table)
    assert rows_of(over_time) == [[overenskommelse, "värde: 75 %", "värde: 76 %", why]]


def test_the_chapters_texts_are_plain(imported: Path) -> None:
    """No word of code, and no ordinary space inside a figure."""
    for part in tables(imported, "Stockholm").values():
        text = plain(part.caption + part.before)
        assert not {"import", "source", "None", "nan"} & set(text.split())
