"""Published results as they may be seen: whoever shows results reads them here."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from oj.catalog import indicators
from oj.datapackage import changed, data_folder
from oj.disclosure.ledger import shown_before
from oj.disclosure.protection import loosened, own_status, protect
from oj.sources.origins import imported
from oj.sources.published import read_all
from oj.sources.which import KEY, counting
from oj.vocabulary import HIDDEN


def read_protected(folder: Path | None = None) -> pd.DataFrame:
    """Return all published results of all editions with few persons hidden; whoever shows results reads them here.

    >>> len(read_protected())
    572
    """
    folder = folder or data_folder()
    return _read_protected(folder, changed(folder)).copy()


@cache
def _read_protected(folder: Path, _changed: int) -> pd.DataFrame:
    rows = without_few(read_all(folder), folder)
    return protect(counting(rows, imported(folder)), folder=folder, shown_before=shown_before(folder))


def without_few(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return results of several sources where what the counts of one source hide is hidden: it goes first then.

    Another source could otherwise lay it open without counts.
    """
    several = rows.duplicated(KEY, keep=False).to_numpy()
    if not several.any():
        return rows
    own = own_status(rows[several], folder)
    few = np.isin(own, HIDDEN)
    status = rows["status"].to_numpy(dtype=object, copy=True)
    status[np.flatnonzero(several)[few]] = np.array(own, dtype=object)[few]
    hidden = np.isin(status, HIDDEN) & several
    return rows.assign(
        status=status, **{name: rows[name].mask(hidden) for name in ("value", "answer", "numerator", "denominator")}
    )


def read_loose(folder: Path | None = None) -> pd.DataFrame:
    """Return all results of all sources, the protected ones without counts; whether one is hidden is not told here.

    >>> len(read_loose())
    572
    """
    rows, known = read_all(folder), indicators(folder)
    protected = rows["indicator"].map(lambda name: known[name].protected).to_numpy(dtype=bool)
    return loosened(rows, protected, known)
