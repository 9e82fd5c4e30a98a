"""Imported once by the fork server: everything a notebook needs, so that each process starts warm."""

import io

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pandera.pandas
import papermill
import seaborn

import oj
import oj.publish.engine
from oj.present.style import use_style

__all__ = ["oj", "pandera", "papermill", "seaborn"]

use_style()
plt.figure().savefig(io.BytesIO(), format="svg")
plt.close("all")
