"""Any figures as a chart, of the kind that suits them."""

from oj.figures.schema import Figures
from oj.present.chart.barometer import barometer
from oj.present.chart.chart import chart as dots
from oj.present.chart.current import current_chart, gender_chart, municipality_chart
from oj.present.chart.heat import answers
from oj.present.chart.trends import trends
from oj.present.output import Shown
from oj.words.errors import UserError, nearest

KINDS = ("dots", "heat", "lines", "pairs", "barometer")


def chart(figures: Figures, kind: str = "", municipality: str = "") -> Shown:
    """Return figures as a chart: dots, heat, lines, pairs (women and men) or a municipality's barometer.

    Where no kind is said: an edition's table or area as dots, all of it as heat, of a municipality the barometer; key
    figures of today, and the years, as lines. Raises UserError for another kind, or one that the figures have not.

    >>> import oj
    >>> oj.chart(oj.figures("Stockholm").of("saker")).label, oj.chart(oj.figures("Stockholm"))[0].label
    ('fig-saker', 'fig-svar')
    """
    kind = kind or _usual(figures, municipality)
    native, folder = figures.native_rows(), figures.folder
    if kind not in KINDS:
        raise UserError(
            f"Diagram av slaget ”{kind}” finns inte.{nearest(kind, KINDS)} De som finns: {', '.join(KINDS)}."
        )
    if figures.is_over_time:
        place = native["place"].iloc[0] if native["place"].nunique() == 1 else "00"
        return trends(native, str(place), folder)
    if figures.is_current and municipality:
        return municipality_chart(native, municipality, folder)
    if figures.is_current:
        return (gender_chart if kind == "pairs" else current_chart)(native, figures.chosen, folder)
    if kind == "barometer":
        return barometer(native, municipality, folder)
    if kind == "heat":
        return answers(native, figures.chosen, folder)
    return dots(native, figures.chosen, folder)


def _usual(figures: Figures, municipality: str) -> str:
    if figures.is_over_time or figures.is_current:
        return "lines"
    return "barometer" if municipality else "dots" if figures.chosen else "heat"
