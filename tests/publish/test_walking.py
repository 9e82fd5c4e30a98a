"""A book's elements are gone through and changed as panflute itself does it."""

from collections.abc import Callable

import panflute as pf
import pytest

from oj.publish.render.lower import copy_of
from oj.publish.render.syntax import Chapter, as_json
from oj.publish.render.walking import all_of, change_within


def blocks() -> list[pf.Block]:
    """Return something of everything that a chapter has: a list, a figure, a table with heads, nested divs."""
    cells = [pf.TableCell(pf.Plain(pf.Str(text), pf.Space(), pf.Emph(pf.Str("tal")))) for text in ("a", "b", "c", "d")]
    head = pf.TableHead(pf.TableRow(*cells[:2]))
    table = pf.Table(pf.TableBody(pf.TableRow(*cells[2:])), head=head, caption=pf.Caption(pf.Plain(pf.Str("Under"))))
    image = pf.Image(pf.Str("bild"), url="bilder/a.svg")
    figure = pf.Figure(pf.Plain(image), caption=pf.Caption(pf.Plain(pf.Str("Figur"))), identifier="fig-a")
    listed = pf.BulletList(pf.ListItem(pf.Para(pf.Str("ett"), pf.Space(), pf.Link(pf.Str("två"), url="b.html"))))
    return [
        pf.Header(pf.Str("Rubrik"), identifier="sec-a"),
        pf.Div(table, pf.Div(pf.Para(pf.Str("not")))),
        figure,
        listed,
    ]


@pytest.mark.parametrize("kind", [pf.Str, pf.Div, pf.TableCell, pf.Plain, pf.Image, pf.ListItem, pf.Block])
def test_all_of_a_kind_are_found_as_panflute_meets_them(kind: type[pf.Element]) -> None:
    document, met = pf.Doc(*blocks()), list[pf.Element]()
    document.walk(lambda one, _doc: met.append(one) if isinstance(one, kind) else None)
    assert met
    assert [id(one) for one in all_of(kind, [document])] == [id(one) for one in met]


def louder(one: pf.Element) -> pf.Element | None:
    return pf.Str(one.text.upper()) if isinstance(one, pf.Str) else None


def twice(one: pf.Element) -> list[pf.Element] | None:
    return [one, pf.Para(pf.Str("igen"))] if isinstance(one, pf.Figure | pf.Para) else None


def without(one: pf.Element) -> list[pf.Element] | None:
    return [] if isinstance(one, pf.Emph | pf.Space) else None


def inside_out(one: pf.Element) -> list[pf.Element] | None:
    return list(one.content) if isinstance(one, pf.Div) else None


def followed(one: pf.Element) -> pf.Element | None:
    return pf.Para(pf.Str(type(one.next).__name__)) if isinstance(one, pf.Header | pf.Figure | pf.Para) else None


@pytest.mark.parametrize("change", [louder, twice, without, inside_out, followed])
def test_elements_are_changed_as_panflute_changes_them(
    change: Callable[[pf.Element], pf.Element | list[pf.Element] | None],
) -> None:
    own, theirs = pf.Doc(*blocks()), pf.Doc(*blocks())
    change_within(own, change)
    theirs.walk(lambda one, _doc: change(one))
    assert as_json(list(own.content)) == as_json(list(theirs.content)) != as_json(blocks())


def test_each_format_changes_a_copy_of_its_own() -> None:
    chapters = [
        Chapter("a.ipynb", "A", "1", blocks()),
        Chapter("tom.ipynb", "Tom", "", []),
        Chapter("b.ipynb", "B", "2", blocks()),
    ]
    for _format in range(2):
        copy = copy_of(chapters)
        assert as_json(list(copy.content)) == as_json([*blocks(), *blocks()])
        change_within(copy, louder)
