"""The first two pages, as one reads them who meets a table alone, or hears it row by row."""

from dataclasses import replace

import pytest

import oj
from conftest import DATA
from oj.present.findings.sentences import amount
from oj.present.grid import Grid
from oj.present.output import Table
from oj.tidy.measures import of_today
from oj.tidy.schema import Figures
from oj.words.errors import UserError

NORTHWEST = oj.figures("Stockholm")
SOLNA_SIGTUNA = oj.figures("Stockholm", municipalities=["Solna", "Sigtuna"])


def tables_of(figures: Figures) -> list[Table]:
    """Return the tables of the first two pages."""
    return [part for part in oj.summary(figures) if isinstance(part, Table)]


def test_a_part_is_strong_or_weak_against_somebody() -> None:
    grid = tables_of(NORTHWEST)[0].grid
    assert grid
    assert [head.text for head in grid.heads[0]][:4] == [
        "Når mål",
        "Svagast mot riket",
        "Ring om det svagaste",
        "Starkast mot riket",
    ]


def grid_of(table: Table) -> Grid:
    """Return a table's rows of cells."""
    assert table.grid
    return table.grid


def cell(figures: Figures, municipality: str, heading: str) -> str:
    """Return what stands in a municipality's line under a heading."""
    grid = tables_of(figures)[0].grid
    assert grid
    at = [head.text for head in grid.heads[0]].index(heading) + 1
    return next(row[at].text for row in grid.rows if row[0].text == municipality).replace("\xa0", " ")


def test_the_nation_stands_beside_the_weakest_part() -> None:
    assert cell(NORTHWEST, "Sigtuna", "Svagast mot riket") == "Intern samordning: 2 av 7 mot cirka 4,0"
    assert cell(NORTHWEST, "Järfälla", "Starkast mot riket") == "Samverkan med vården: 7 av 7 mot cirka 4,0"


def test_parts_that_are_as_weak_are_both_told_and_whom_to_call_about_each() -> None:
    assert cell(NORTHWEST, "Upplands Väsby", "Svagast mot riket").split(";\n") == [
        "Samverkan med vården: 1 av 7 mot cirka 4,0",
        "Intern samordning: 1 av 7 mot cirka 4,0",
    ]
    assert cell(NORTHWEST, "Upplands Väsby", "Ring om det svagaste").split(";\n") == [
        "Båda: Järfälla, Sollentuna och Sundbyberg",
        "Samverkan med vården: Upplands-Bro och Sigtuna",
    ]


def words_before(figures: Figures, weakest: str) -> int:
    """Return how many words one meets on the first page before the first municipality's weakest part."""
    first = tables_of(figures)[0]
    assert first.grid
    heads = [first.grid.corner, *(head.text for head in first.grid.heads[0])]
    row = [one.text for one in first.grid.rows[0]]
    return len(" ".join([first.caption, *heads, *row[: heads.index(weakest)]]).split())


def test_the_first_municipalitys_weakest_part_is_met_within_thirty_words() -> None:
    assert [type(part) for part in oj.summary(NORTHWEST, part="rad för rad")] == [Table]
    assert words_before(NORTHWEST, "Svagast mot riket") <= 30


def test_whose_lines_they_are_is_said_before_them() -> None:
    first = tables_of(NORTHWEST)[0]
    assert first.caption == "Åtta kommuner i Stockholms län, utgåvan 2015."
    assert first.notes[0].startswith("Ett mål är nått när svaret är Ja. ")
    assert first.notes[0].endswith(" Andra kommuner i länet har ingen egen rad.")
    solna = tables_of(oj.figures("Stockholm", municipalities=["Solna"]))[0]
    assert solna.caption == "Solna i Stockholms län, utgåvan 2015."
    english = next(part for part in oj.summary(NORTHWEST, language="en") if isinstance(part, Table))
    assert english.caption == "Eight municipalities in Stockholm County, edition 2015."
    assert english.notes[0].endswith(" Other municipalities in the county have no line of their own.")


def test_a_part_of_the_pages_is_asked_for_by_name() -> None:
    whole = oj.summary(NORTHWEST, "Nordväst")
    parts = [one for part in ("rad för rad", "tillsammans") for one in oj.summary(NORTHWEST, "Nordväst", part)]
    assert [one.markdown for one in parts] == [one.markdown for one in whole]
    with pytest.raises(UserError, match="Delen ”tilsammans” finns inte"):
        oj.summary(NORTHWEST, part="tilsammans")


def test_that_nothing_is_weak_is_a_word_that_is_heard() -> None:
    assert cell(NORTHWEST, "Sollentuna", "Svagast mot riket") == "Inget minst ett mål under"
    assert cell(NORTHWEST, "Sollentuna", "Ring om det svagaste") == "Ingen"
    assert "–" not in {one.text for row in grid_of(tables_of(NORTHWEST)[0]).rows for one in row}


def test_of_a_municipality_without_answers_nothing_is_said() -> None:
    """Nothing weak is not the same as nothing known."""
    rows = NORTHWEST.frame
    silent = rows["place_name"].eq("Solna") & rows["measure"].isin(
        [one.id for one in NORTHWEST.measures.values() if one.is_answer]
    )
    left = rows.assign(value=rows["value"].mask(silent), answer=rows["answer"].mask(silent))
    left["status"] = left["status"].mask(silent, "missing")
    one = replace(NORTHWEST, frame=left)
    said = [cell(one, "Solna", head) for head in ("Når mål", "Svagast mot riket", "Ring om det svagaste")]
    assert said == ["–", "–", "–"]


def notes_of(figures: Figures, language: str = "sv") -> str:
    """Return what stands under the table with a line for each municipality."""
    return " ".join(next(part for part in oj.summary(figures, language=language) if isinstance(part, Table)).notes)


def test_that_nobody_has_a_figure_is_said_where_the_table_is_of_names_alone() -> None:
    rows = NORTHWEST.frame
    own = rows["level"].eq("municipality")
    silent = rows.assign(value=rows["value"].mask(own), answer=rows["answer"].mask(own))
    silent["status"] = silent["status"].mask(own, "missing")
    none = replace(NORTHWEST, frame=silent)
    assert grid_of(tables_of(none)[0]).heads == ((),)
    assert notes_of(none).startswith("Det finns inga svar eller tal att visa.")
    assert "There are no answers or figures to show." in notes_of(none, "en")
    assert "inga svar" not in notes_of(NORTHWEST)
    assert [part.label for part in oj.sheet(none, "Solna")] == ["tbl-nyckelfakta-0184", "fig-barometer-0184"]


def test_that_a_question_without_a_direction_is_no_target_is_said() -> None:
    """None of one target was told as if it were of all the edition's questions."""
    known = NORTHWEST.measures
    first = next(name for name, one in known.items() if one.is_target)
    unsaid = replace(NORTHWEST, measures=known | {first: replace(known[first], polarity="none")})
    assert "Bara frågor där det är sagt om Ja är bättre är mål." in notes_of(unsaid)
    assert "Only questions of which it is said whether Yes is better are targets." in notes_of(unsaid, "en")
    assert "är sagt" not in notes_of(NORTHWEST)


def test_that_no_number_is_far_is_said_only_of_one_that_has_some() -> None:
    rows, shares = NORTHWEST.frame, [one.id for one in NORTHWEST.measures.values() if not one.is_answer]
    numbers = rows["place_name"].eq("Solna") & rows["value"].notna() & rows["measure"].isin(shares)
    none = replace(NORTHWEST, frame=rows[~numbers])
    assert cell(none, "Solna", "Tal längst från rikets") == "–"
    nation = rows[rows["place"].eq("00")].set_index("measure")["value"]
    near = rows.assign(value=rows["value"].mask(numbers, rows["measure"].map(nation)))
    assert cell(replace(NORTHWEST, frame=near), "Solna", "Tal längst från rikets") == "Inget"


def test_a_sign_is_told_to_the_ear() -> None:
    first = next(row for row in grid_of(tables_of(NORTHWEST)[1]).rows if row[0].text.startswith("Intern samordning"))
    assert [one.spoken for one in first[1:9]] == [
        {"+": ", över riket", "−": ", under riket"}.get(one.text[-1], "") for one in first[1:9]
    ]
    assert '1\xa0<span role="img" aria-label=", under riket">−</span>' in tables_of(NORTHWEST)[1].html
    english = [part for part in oj.summary(NORTHWEST, language="en") if isinstance(part, Table)][1]
    assert 'aria-label=", above Sweden">+</span>' in english.html
    assert "riket" not in english.html


def test_a_municipality_without_a_column_is_told_where_it_is() -> None:
    assert "också kommuner utan en egen kolumn" in tables_of(NORTHWEST)[1].notes[0]
    whole = tables_of(oj.figures("Jönköping"))
    assert all("egen kolumn" not in note for table in whole for note in table.notes)


def test_it_is_told_that_nothing_is_known_of_a_change() -> None:
    told = oj.colophon(NORTHWEST).markdown
    assert told.endswith("**Ändrat:** okänt, för underlaget har ingen tidigare utgåva.")
    assert (
        oj.colophon(NORTHWEST, date="2026-11-27", language="en")
        .markdown.replace("\xa0", " ")
        .endswith("**Changed:** not known, since there is no earlier edition. **Date:** 27 November 2026.")
    )
    assert "Ändrat" not in oj.colophon(oj.figures("Jönköping")).markdown


def test_a_figure_in_kronor_says_so_and_one_per_thousand_has_it_in_its_phrase() -> None:
    known = of_today(DATA)
    assert amount(known["kostnad"], 2592).replace("\xa0", " ") == "2 592 kr"
    assert amount(known["utredningstid"], 118) == "118 dagar"
    assert amount(known["placerade-hvb"], 2.6) == "2,6"


def furthest(figures: Figures, language: str = "sv") -> str:
    """Return the sentence of the numbers furthest from the nation's."""
    text = next(one.markdown for one in oj.summary(figures, language=language) if getattr(one, "before", ""))
    return text.rpartition("\n")[2].removeprefix("- ").replace("\xa0", " ")


def with_none_in(*names: str) -> Figures:
    """Return the figures where a share, and an amount that the nation has more of, is none in some municipalities."""
    rows, few = NORTHWEST.frame, NORTHWEST.frame["place_name"].isin(names) & NORTHWEST.frame["value"].notna()
    none = few & rows["measure"].isin(["andel-familjehemsvard", "gymnasium-alla"])
    return replace(NORTHWEST, frame=rows.assign(value=rows["value"].mask(none, 0.0)))


def test_all_that_are_as_far_from_the_nation_are_named_or_counted() -> None:
    """The first in the alphabet was named alone, of six with the same figure."""
    two = furthest(with_none_in("Solna", "Sigtuna"))
    assert " i Solna och Sigtuna (0 mot " in two or " i Sigtuna och Solna (0 mot " in two
    many = ("Järfälla", "Sigtuna", "Sollentuna", "Solna", "Sundbyberg")
    assert " i 5 kommuner (0 mot " in furthest(with_none_in(*many))
    assert " in 5 municipalities (0 vs " in furthest(with_none_in(*many), "en")
    island = with_none_in("Solna")
    renamed = replace(island, frame=island.frame.replace({"place_name": {"Solna": "Gotland"}}))
    assert " på Gotland (0 mot " in furthest(renamed)
    assert " on Gotland (0 vs " in furthest(renamed, "en")


def test_a_sign_in_the_picture_is_a_part_that_the_lines_may_call_strong_or_weak() -> None:
    """Two of two targets had a + beside "none a target above"."""
    lines, picture = map(grid_of, tables_of(NORTHWEST))
    names = [head.text for head in picture.heads[0]]
    few = [row for row in picture.rows if row[0].text.endswith(("(1)", "(2)"))]
    assert few
    assert not any(cell.spoken for row in few for cell in row)
    strongest = [head.text for head in lines.heads[0]].index("Starkast mot riket") + 1
    for line in lines.rows:
        at = names.index(line[0].text) + 1
        signs = [row[at].spoken for row in picture.rows if not row[0].text.startswith("Alla mål")]
        assert (", över riket" in signs) is (line[strongest].text != "Inget minst ett mål över")


def test_whom_to_ask_is_a_link_in_both_languages() -> None:
    asked = "Eva Ek, eva.ek@fou.se, 08-123 45 67"
    for language in ("sv", "en"):
        told = oj.colophon(NORTHWEST, contact=asked, accessibility="https://fou.se/om", language=language).markdown
        assert "(mailto:eva.ek@fou.se)" in told
        assert "(tel:+4681234567)" in told
        assert "(https://fou.se/om)" in told
    assert "mailto" not in oj.colophon(NORTHWEST, publisher=asked).markdown
