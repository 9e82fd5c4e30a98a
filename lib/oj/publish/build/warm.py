"""Imported once by the fork server: everything a notebook needs, so that each process starts warm."""

import gc
import os
from contextlib import suppress

os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")  # a thread would make the fork unsafe

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pandera.pandas
import papermill
import seaborn

import oj
import oj.publish.build.engine
import oj_orphan
from oj.words.errors import UserError
from oj.present.style import use_style

__all__ = ["oj", "pandera", "papermill", "seaborn"]

use_style()
with suppress(UserError):  # broken data is told by the report itself
    results = oj.results("Stockholm")
    oj.chart(results, "handlaggarnas-kompetensutveckling")
    oj.targets_map(results)
plt.close("all")
gc.collect()
gc.freeze()
oj_orphan.imported()
