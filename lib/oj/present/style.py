"""One look for every chart and table: colours that survive colour blindness and print, and one font.

The chart colours are those of the UK Government Analysis Function's palette, chosen for contrast
and colour blindness (https://analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-colours-in-charts/).
"""

import io
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oj.present import text_widths
from oj.words.errors import UserError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NATION_COLOUR = "#3D3D3D"
COUNTY_COLOUR = "#12436D"
COMPARISON_COLOUR = "#C05010"
MUNICIPALITY_COLOUR = "#28807A"
FAINT = "#C9CED6"
ANSWER_FILLS = {"yes": "#9cc4e8", "partly": "#f7ecc3", "no": "#fbe3d2"}
LACKING_FILL = "#e3e3e3"
REGION_FILL = "#f1f4f8"
BAND = "#f6f7f9"
FOOT, GRID = "#8A919C", "#E3E6EB"  # the line that a chart stands on, and those behind it
WITHOUT_FILL = "#ffffff"
ELSEWHERE_FILL = "#f3f3f0"

FONT = "Source Sans Pro"
FONT_FILES = [f"SourceSansPro-{weight}.ttf" for weight in ("Regular", "Semibold", "Bold", "It")]
TEXT_WIDTH = 6.5  # inches: the width of the text on the printed page (16.5 cm)

SETTINGS = {
    "font.family": [FONT],
    "font.size": 9,
    "axes.labelsize": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "semibold",
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "axes.edgecolor": FOOT,
    "axes.linewidth": 0.6,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "oj",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}


def font_folder() -> Path:
    """Return the folder with the font's files, which the package font-source-sans-pro brings."""
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    lacking = [name for name in FONT_FILES if not (folder / name).is_file() or not (folder / name).stat().st_size]
    if lacking:
        raise UserError(
            f"Typsnittet {FONT} är inte helt installerat: {', '.join(lacking)} saknas i {folder}. Ta bort mappen .venv "
            "och kör make setup, så installeras det igen."
        )
    return folder


@cache
def use_style() -> None:
    """Give matplotlib the project's fonts and look, and nothing that this computer or person has beside, once."""
    import matplotlib
    import seaborn as sns
    from matplotlib import font_manager

    font_manager.fontManager.ttflist = []
    for name in FONT_FILES:
        font_manager.fontManager.addfont(str(font_folder() / name))
    text_widths.remember()
    matplotlib.rcdefaults()
    rc: dict[str, Any] = dict(SETTINGS)
    sns.set_theme(style="white", rc=rc)


def page(height: float) -> "Figure":
    """Return an empty drawing as wide as a page's text and so many inches high, in the project's look."""
    import matplotlib.pyplot as plt

    use_style()
    drawing: Figure = plt.figure(figsize=(TEXT_WIDTH, height))
    return drawing


def as_svg(figure: "Figure") -> str:
    """Return a drawn figure as SVG, with its text as text and the same bytes each time, and close it."""
    import matplotlib.pyplot as plt

    drawing = io.StringIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None})
    plt.close(figure)
    return drawing.getvalue()
