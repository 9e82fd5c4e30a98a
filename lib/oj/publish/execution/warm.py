"""Imported once by the fork server: everything a notebook needs, so that each process starts warm."""

import gc
import json
import os
from contextlib import suppress
from inspect import signature
from typing import Any

os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")  # a thread would make the fork unsafe

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import nbformat
import pandera.pandas
import papermill
import seaborn

import oj
import oj.publish.execution.engine
import oj_orphan
from oj.disclosure.door import read_protected
from oj.facts.places import all_places
from oj.present.style import use_style
from oj.publish.execution.processes import ABOUT
from oj.words.errors import UserError

__all__ = ["oj", "pandera", "papermill", "seaborn"]


def first_county() -> str:
    """Return the code of the first county with results, which is as good as any to warm up on."""
    codes = (code for code in read_protected()["place"] if all_places()[code].county)
    return all_places()[next(codes)].county


def about() -> dict[str, Any]:
    """Return the report that this is for, as `oj.figures` takes it."""
    said = json.loads(os.environ.pop(ABOUT, "") or "{}")
    return {name: said[name] for name in signature(oj.figures).parameters if name in said}


use_style()
for name in oj.__all__:
    getattr(oj, name)
with suppress(UserError, StopIteration):  # broken data is told by the report itself
    figures = oj.figures(**(about() or {"county": first_county()}))
    oj.chart(figures.of(next(iter(figures.measures.values())).part))
    oj.map(oj.targets(figures))
    oj.sheet(figures, next(iter(figures.municipalities())))
nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)  # its rules are compiled once
plt.close("all")
gc.collect()
gc.freeze()
oj_orphan.imported()
