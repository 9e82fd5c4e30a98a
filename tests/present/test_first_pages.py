"""The first two pages, as one reads them who meets a table alone, or hears it row by row."""

import oj
from oj.present.output import Table
from oj.tidy.schema import Figures

NORTHWEST = oj.figures("Stockholm")
SOLNA_SIGTUNA = oj.figures("Stockholm", municipalities=["Solna", "Sigtuna"])


def tables_of(figures: Figures) -> list[Table]:
    """Return the tables of the first two pages."""
    return [part for part in oj.summary(figures) if isinstance(part, Table)]


def test_a_part_is_strong_or_weak_against_somebody() -> None:
    grid = tables_of(NORTHWEST)[0].grid
    assert grid
    assert [head.text for head in grid.heads[0]][1:3] == ["Starkast mot riket", "Svagast mot riket"]


def test_a_dash_is_explained_where_there_is_one() -> None:
    assert "Streck: inget delområde ligger så långt ifrån" in tables_of(NORTHWEST)[0].notes[0]
    assert "Streck:" not in tables_of(SOLNA_SIGTUNA)[0].notes[0]


def test_a_municipality_without_a_column_is_told_where_it_is() -> None:
    assert "också kommuner utan en egen kolumn" in tables_of(NORTHWEST)[1].notes[0]
    whole = tables_of(oj.figures("Jönköping"))
    assert all("egen kolumn" not in note for table in whole for note in table.notes)


def test_it_is_told_that_nothing_is_known_of_a_change() -> None:
    told = oj.colophon(NORTHWEST).markdown
    assert told.endswith(
        "**Vad som har ändrats:** visas inte, för underlaget har ingen tidigare utgåva att jämföra med."
    )
    assert "ändrats" not in oj.colophon(oj.figures("Jönköping")).markdown
