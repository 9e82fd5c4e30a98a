"""Charts and maps with the drawings that they were made from, for tests of what is drawn."""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure as Drawing

from oj.present.output import Figure


def all_drawn(draw: Callable[[], Sequence[Figure]]) -> list[tuple[Figure, Drawing]]:
    """Return figures with the drawings that they were made from."""
    kept = list[Drawing]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "close", kept.append)
        shown = draw()
    for drawing in kept:
        plt.close(drawing)
    return list(zip(shown, kept, strict=True))


def drawn(draw: Callable[[], Figure]) -> tuple[Figure, Drawing]:
    """Return a figure with the one drawing that it was made from."""
    (picture,) = all_drawn(lambda: [draw()])
    return picture
