"""Imported once by the fork server: everything a notebook needs, so that each process starts warm."""

import gc
import json
import os
import sys
from contextlib import suppress

os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")  # a thread would make the fork unsafe

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import nbformat
import pandera.pandas
import papermill
import seaborn

import oj
import oj_orphan
from oj.disclosure.door import read_protected
from oj.facts.params import ReportParameters
from oj.facts.places import all_places
from oj.present.style import use_style
from oj.publish.execution.engine import ENGINE
from oj.publish.execution.processes import ABOUT
from oj.tidy.book import book_of, figures_of
from oj.tidy.schema import Figures
from oj.words.errors import UserError

__all__ = ["oj", "pandera", "papermill", "seaborn"]


def first_county() -> str:
    """Return the code of the first county with results, which is as good as any to warm up on."""
    codes = (code for code in read_protected()["place"] if all_places()[code].county)
    return all_places()[next(codes)].county


def about() -> Figures:
    """Return the figures of the report that this is for, which its notebooks ask for; else those of some county."""
    said = json.loads(os.environ.pop(ABOUT, "") or "{}")
    if "county" not in said:  # notebooks that are run on their own
        return oj.figures(first_county())
    parameters = ReportParameters(**said)
    return figures_of(parameters, book_of(parameters))


def rehearse() -> None:
    """Run a notebook that is saved nowhere, so that what IPython, papermill and the outputs need is there already."""
    own = sys.modules["__main__"], sys.displayhook  # IPython puts its own in their places
    given = nbformat.v4.new_code_cell('county = ""', metadata={"tags": ["parameters"]})
    cells = [given, *map(nbformat.v4.new_code_cell, ("from oj.present.output import Text", 'Text("a")'))]
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=about)
    papermill.execute_notebook(notebook, None, {"county": ""}, engine_name=ENGINE, progress_bar=False)
    nbformat.reads(nbformat.writes(notebook), as_version=4)  # its rules are compiled once
    sys.modules["__main__"], sys.displayhook = own


use_style()
for name in oj.__all__:
    getattr(oj, name)
with suppress(UserError, StopIteration):  # broken data is told by the report itself
    figures = about()
    oj.chart(figures.of(next(iter(figures.measures.values())).part))
    oj.map(oj.targets(figures))
    oj.sheet(figures, next(iter(figures.municipalities())))
rehearse()
plt.close("all")
gc.collect()
gc.freeze()
oj_orphan.imported()
