"""What is worked out of figures is worked out once within a call, and kept no longer.

Their `frame` is plain pandas, which a researcher may change between two calls: what was kept would then be wrong.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from oj.tidy.as_it_is import as_it_is, remembered

Of = TypeVar("Of")
Rest = ParamSpec("Rest")
Made = TypeVar("Made")
_worked_out: ContextVar[dict[tuple[object, ...], object] | None] = ContextVar("_worked_out", default=None)


@contextmanager
def one_call() -> Iterator[None]:
    """Let what is worked out of figures be worked out once, until the outermost of such calls ends."""
    if _worked_out.get() is not None:
        yield
        return
    before = _worked_out.set({})
    try:
        yield
    finally:
        _worked_out.reset(before)


def of_the_frame(call: Callable[Concatenate[Of, Rest], Made]) -> Callable[Concatenate[Of, Rest], Made]:
    """Let a function of figures be one call, of their frame as it is when the outermost begins; see `as_it_is`."""

    @wraps(call)
    def made(figures: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
        seen = figures if _worked_out.get() is not None else as_it_is(figures)
        with one_call():
            return call(seen, *rest, **named)

    return made


def choosing(call: Callable[Concatenate[Of, Rest], Of]) -> Callable[Concatenate[Of, Rest], Of]:
    """Let a function that chooses among figures do so in their frame as it is; what is chosen is as it should be."""

    @wraps(call)
    def chosen(figures: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Of:
        if _worked_out.get() is not None:
            return call(figures, *rest, **named)
        return remembered(call(as_it_is(figures), *rest, **named))

    return chosen


def once_a_call(make: Callable[Concatenate[Of, Rest], Made]) -> Callable[Concatenate[Of, Rest], Made]:
    """Let a function of figures work the same out only once within `one_call`; whoever changes it copies it first.

    Outside such a call it is worked out each time.
    """

    @wraps(make)
    def made(figures: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
        known, at = _worked_out.get(), (make, figures, *rest, *named.items())
        if known is None:
            return make(figures, *rest, **named)
        if at not in known:
            known[at] = make(figures, *rest, **named)
        return known[at]  # type: ignore[return-value]

    return made
