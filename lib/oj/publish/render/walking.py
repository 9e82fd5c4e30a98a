"""The book's elements gone through and changed: as panflute does it, without making every list of them anew.

An inner element comes before the one that it is in, in reading order.
"""

from collections.abc import Callable, Iterable
from typing import Any

import panflute as pf
from panflute.containers import ListContainer, attach

Change = Callable[[pf.Element], pf.Element | list[pf.Element] | None]


def all_of(kind: type[Any], within: Iterable[pf.Element]) -> list[Any]:
    """Return every element of a kind, the inner of two before the outer, in reading order.

    >>> [one.text for one in all_of(pf.Str, [pf.Para(pf.Emph(pf.Str("Solna")), pf.Str("!"))])]
    ['Solna', '!']
    """
    found = list[Any]()
    for element in within:
        _gather(element, kind, found)
    return found


def _gather(element: pf.Element, kind: type[Any], found: list[Any]) -> None:
    for name in element._children:
        child = getattr(element, name)
        if isinstance(child, ListContainer):
            for one in child.list:
                _gather(one, kind, found)
        elif isinstance(child, pf.Element):  # as a table's head
            _gather(child, kind, found)
    if isinstance(element, kind):
        found.append(element)


def change_within(element: pf.Element, change: Change) -> None:
    """Put in the place of each element in another what `change` returns for it: one, several, or itself where None.

    >>> text = pf.Para(pf.Emph(pf.Str("Solna")), pf.Str("!"))
    >>> change_within(text, lambda one: list(one.content) if isinstance(one, pf.Emph) else None)
    >>> text
    Para(Str(Solna) Str(!))
    """
    for name in element._children:
        child = getattr(element, name)
        if isinstance(child, ListContainer):
            places = enumerate(child.list)
            made = [_changed(attach(one, child.parent, child.location, at), change) for at, one in places]
            if any(one is not None for one in made):
                pairs = zip(child.list, made, strict=True)
                new = [one if to is None else to for one, to in pairs]
                setattr(element, name, [part for one in new for part in (one if isinstance(one, list) else [one])])
        elif isinstance(child, pf.Element) and (to := _changed(child, change)) is not None:
            setattr(element, name, to)


def _changed(element: pf.Element, change: Change) -> pf.Element | list[pf.Element] | None:
    if element._children:  # most are a word or a space
        change_within(element, change)
    return change(element)
