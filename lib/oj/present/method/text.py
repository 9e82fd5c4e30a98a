"""An edition's own prose, where a chapter has room for it."""

from pathlib import Path

import pandas as pd

from oj.facts.editions import of_results
from oj.facts.texts import texts_of
from oj.present.output import Text


def text(results: pd.DataFrame, name: str, folder: Path | None = None) -> Text:
    """Return what the edition of the results has written under a name in its `texts.yml`; else nothing.

    >>> from oj.doors.results import results
    >>> print(text(results("Stockholm"), "datum").markdown.partition(" den ")[0])
    I utgåvan 2015 gäller enkätsvaren
    """
    return Text(texts_of(of_results(results, folder)).prose.get(name, "").strip())
