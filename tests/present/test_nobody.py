"""What nobody in a report has: a line that names it, no column of grey and no empty chart; what is hidden stays."""

import re
from dataclasses import replace

import pytest

import oj
from oj.present.output import Figure, Table, as_parts
from oj.tidy.schema import Figures

STOCKHOLM = oj.figures("Stockholm")


def lacking(figures: Figures, *names: str, status: str = "missing") -> Figures:
    """Return figures where no place has any of some measures."""
    frame = figures.frame.copy()
    own = frame["measure"].isin(names)
    frame.loc[own, "status"], frame.loc[own, "value"], frame.loc[own, "answer"] = status, float("nan"), ""
    frame.loc[own, "display"] = {"missing": "bortfall"}.get(status, "x")
    return replace(figures, frame=frame)


@pytest.fixture(scope="module")
def routine() -> Figures:
    """Return the part of internal coordination, where nobody has answered one of its questions."""
    asked = STOCKHOLM.of("intern-samordning")
    return lacking(asked, next(iter(asked.measures)))


def test_a_table_names_what_nobody_has_answered_and_has_no_column_of_it(routine: Figures) -> None:
    name = next(iter(routine.measures.values()))
    (whole,), (table,) = as_parts(oj.table(STOCKHOLM.of("intern-samordning"))), as_parts(oj.table(routine))
    assert isinstance(table, Table)
    assert isinstance(whole, Table)
    assert table.grid
    assert whole.grid
    assert len(table.grid.rows[0]) == len(whole.grid.rows[0]) - 1
    assert {cell.text for row in table.grid.rows for cell in row} & {"bortfall"} == set()
    said = table.notes[0].replace("\u00a0", " ")
    assert said.startswith(f"Ingen av kommunerna har svarat på: {name.full_name[0].lower()}{name.full_name[1:]}.")
    assert "bortfall" not in said


def test_charts_have_no_row_of_it_and_say_so(routine: Figures) -> None:
    name = next(iter(routine.measures.values()))
    for shown in (oj.chart(routine, "dots"), oj.chart(routine, "heat")):
        (figure,) = as_parts(shown)
        assert isinstance(figure, Figure)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg)
        assert not {name.full_name, name.short} & {*texts}
        assert "Ingen av kommunerna har svarat på:" in figure.caption
        assert name.full_name not in [row for row, _ in figure.told]


def test_of_a_part_that_nobody_has_answered_there_is_no_chart_and_a_table_that_references_lead_to() -> None:
    asked = STOCKHOLM.of("intern-samordning")
    none = lacking(asked, *asked.measures)
    (table,), (whole,) = as_parts(oj.table(none)), as_parts(oj.table(asked))
    assert isinstance(table, Table)
    assert isinstance(whole, Table)
    assert (table.label, table.caption) == (whole.label, whole.caption)
    assert "Ingen av kommunerna har svarat på:" not in table.notes[0]
    assert oj.chart(none, "dots") == ()


def test_numbers_are_not_answered_but_had() -> None:
    asked = STOCKHOLM.of("bakgrundsmatt")
    (table,) = as_parts(oj.table(lacking(asked, next(iter(asked.measures)))))
    assert isinstance(table, Table)
    assert table.notes[0].startswith("Ingen av kommunerna har någon uppgift om:")


def test_what_is_hidden_keeps_its_column() -> None:
    asked = STOCKHOLM.of("bakgrundsmatt")
    (table,), (whole,) = (
        as_parts(oj.table(one)) for one in (lacking(asked, next(iter(asked.measures)), status="secret"), asked)
    )
    assert isinstance(table, Table)
    assert isinstance(whole, Table)
    assert table.grid
    assert whole.grid
    assert len(table.grid.rows[0]) == len(whole.grid.rows[0])
    assert "Ingen av kommunerna" not in table.notes[0]
