"""Imported once by the fork server: everything a notebook needs, so that each process starts warm."""

import gc
from contextlib import suppress

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pandera.pandas
import papermill
import seaborn

import oj
import oj.publish.engine
from oj.errors import UserError
from oj.present.style import use_style

__all__ = ["oj", "pandera", "papermill", "seaborn"]

use_style()
with suppress(UserError):  # broken data is told by the report itself
    oj.chart(oj.results("Stockholm"), "handlaggarnas-kompetensutveckling")
plt.close("all")
gc.collect()
gc.freeze()
