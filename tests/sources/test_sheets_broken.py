"""The table of broken inputs once more, read as a workbook of any edition: each is told, or read as it says."""

import re

import pytest

from conftest import DATA, DOMAIN
from oj.facts.editions import domain_folder
from oj.sources.sheets.model import Doubt, LeftOut
from oj.sources.workbook.read import BookRead, read_any
from sources.test_workbook_faults import BROKEN, UNREADABLE

HOME, ASKED = domain_folder(DATA, DOMAIN), "2019"
NEW, WHOLE, AS_SAID = "a new question, which is asked about", "a relation of questions that 2019 has not", "as it says"
# what is no fault in an edition that nobody has described: why, and what its cells are read as, by the cell
READ: dict[str, tuple[str, dict[str, tuple[str, str, object]]]] = {
    "a code whose name is misspelt": ("the only row: its code", {"C2": ("0184", "2019", "yes")}),
    "our template with a municipality of another county": (AS_SAID, {"C3": ("0184", "2015", "yes")}),
    "an unknown column": (NEW, {"D2": ("0184", "2019", 3.0)}),
    "a column that is nearly right": (NEW, {"C2": ("0184", "2019", "yes")}),
    "a short name that several have": (NEW, {"C2": ("0184", "2019", "yes")}),
    "a letter without its group": (NEW, {"C2": ("0184", "2019", "yes")}),
    "partly where there is none": (AS_SAID, {"C2": ("0184", "2019", "partly")}),
    "five years more often than three": (WHOLE, {"D2": ("0184", "2019", 0.6)}),
    "a whole outside its parts": (WHOLE, {"C2": ("0184", "2019", 0.6)}),
    "a county that its municipalities contradict": (WHOLE, {"C3": ("09", "2019", 0.5)}),
    "a county larger than all its municipalities": (WHOLE, {"C15": ("06", "2019", 3.0)}),
    "a share for districts": (AS_SAID, {"C2": ("018001", "2019", 0.4)}),
    "an unknown indicator in a row": (NEW, {"C2": ("0184", "2019", "yes")}),
    "an indicator that may be several": (NEW, {"C2": ("0184", "2019", "yes")}),
    "another edition in a row": (AS_SAID, {"D2": ("0184", "2014", "yes")}),
    "an unknown status": ("blank all the same", {"C2": ("0184", "2019", "missing")}),
    "observed without a value": ("blank all the same", {"C2": ("0184", "2019", "missing")}),
    "a share above one under value": ("percent", {"C2": ("0184", "2019", 0.24)}),
    "nothing filled in": ("blank", {"C2": ("0184", "2019", "missing")}),
    "an edition that is not described": (AS_SAID, {"C2": ("0184", "2019", "yes")}),
    "a file of another edition": (AS_SAID, {"C3": ("0184", "2016", "yes")}),
    "an unknown county": ("it is asked for, and not the file's", {"C2": ("0184", "2019", "yes")}),
    "a template of another edition": (AS_SAID, {"C3": ("0184", "2016", "yes")}),
}
EVERY = {
    **{name: (one[0], one[2]) for name, one in BROKEN.items()},
    **{name: (one[0], "") for name, one in UNREADABLE.items()},
}
EITHER = ("an answer for a share",)  # of a question that nobody has described, one of the two is told
OF_2016 = ("a file of another edition", "a template of another edition")


def figures(read: BookRead) -> dict[str, tuple[str, str, object]]:
    """Return each figure's place, year and value, answer or status, by its cell."""
    found = {one.item.page.cell(one.item.row, one.item.column): one for one in read.figures}
    return {
        cell: (
            one.item.place.code,
            one.item.heading.period,
            one.answer or (one.status if one.value is None else one.value),
        )
        for cell, one in found.items()
    }


def where(one: Doubt | LeftOut) -> str:
    """Return which cells something is told of."""
    return one.cell if isinstance(one, Doubt) else one.area


def read_of(name: str) -> BookRead:
    """Read a broken input as of an edition that nobody has described, where it does not say one."""
    return read_any(EVERY[name][0], HOME, "" if name in OF_2016 else ASKED)


@pytest.mark.parametrize("name", [name for name in EVERY if name not in READ])
def test_what_is_broken_is_told_in_a_workbook_of_any_edition(name: str) -> None:
    read, spot = read_of(name), EVERY[name][1]
    told = [*read.account.doubts, *(one for one in read.account.left_out if one.figures)]
    assert told
    assert all(getattr(one, "rule", getattr(one, "why", "")) for one in told)
    row = re.search(r"(?:rad |\b[A-Z])(\d+)", spot)
    rows = {figure for one in told for figure in re.findall(r"\d+", where(one))}
    assert row is None or row[1] == "1" or name in EITHER or row[1] in rows, told  # a heading's is told of its cells
    assert figures(read).keys().isdisjoint({where(one) for one in told})


@pytest.mark.parametrize("name", READ)
def test_what_is_no_fault_there_is_read_as_it_says(name: str) -> None:
    why, wanted = READ[name]
    read = read_of(name)
    found = figures(read)
    assert {cell: found.get(cell) for cell in wanted} == wanted
    assert (why == NEW) <= bool(read.new_measures)


def test_there_are_at_least_as_many_as_were_promised() -> None:
    assert len(BROKEN) + len(UNREADABLE) >= 63
    assert len([name for name in BROKEN if name not in READ]) >= 50
