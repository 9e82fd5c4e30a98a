"""Any figures as a chart, of the kind that suits them."""

from collections.abc import Callable

from oj.present.chart.barometer import barometer
from oj.present.chart.dots import dots
from oj.present.chart.heat import heat
from oj.present.chart.lines import lines
from oj.present.chart.pairs import pairs
from oj.present.chart.since import since_chart
from oj.present.followed import followed
from oj.present.output import Shown
from oj.tidy.schema import Figures
from oj.words.errors import UserError, nearest
from oj.words.swedish import listing

KINDS = {  # what each can be drawn of
    "dots": "en utgåvas tabell, område eller mått",
    "heat": "en utgåvas svar",
    "barometer": "en kommun i en utgåva",
    "lines": "tal över flera år",
    "pairs": "en tabell med kvinnor och män för sig",
    "since": "en utgåva bredvid en tidigare, som oj.since(figures)",
}


@followed
def chart(figures: Figures, kind: str = "", municipality: str = "") -> Shown:
    """Return figures as a chart: dots, heat, lines, pairs (women and men), since or a municipality's barometer.

    Where no kind is said: an edition's table or area as dots, all of it as heat, of a municipality the barometer; key
    figures of today, and the years, as lines; beside an earlier edition what has changed. Raises UserError for another
    kind, or one that the figures have not.

    >>> import oj
    >>> oj.chart(oj.figures("Stockholm").of("saker")).label, oj.chart(oj.figures("Stockholm"))[0].label
    ('fig-saker', 'fig-svar')
    """
    kind = kind or _usual(figures, municipality)
    _refuse_unfit(figures, kind)
    if kind == "barometer" and not municipality:
        first = next(iter(figures.municipalities().values()), "…")
        raise UserError(f"Säg vilken kommun, som oj.chart(figures, municipality=”{first}”).")
    if kind == "barometer":
        return barometer(figures, municipality)
    if kind == "since":
        return since_chart(figures)
    if kind == "lines" and (municipality or figures.is_over_time):
        return lines(figures, municipality)
    if kind != "heat" and not figures.chosen:
        tables = ", ".join(dict.fromkeys(one.table for one in figures.measures.values()))
        raise UserError(f"Välj vad som ska ritas, som figures.of(”…”). Tabeller: {tables}.")
    draw: dict[str, Callable[[Figures], Shown]] = {"dots": dots, "heat": heat, "pairs": pairs, "lines": lines}
    return draw[kind](figures)


def _usual(figures: Figures, municipality: str) -> str:
    if figures.is_over_time or figures.is_current:
        return "lines"
    if figures.earlier is not None:
        return "since"
    return "barometer" if municipality else "dots" if figures.chosen else "heat"


def _refuse_unfit(figures: Figures, kind: str) -> None:
    """Raise UserError for a kind that does not exist, or that cannot be drawn of the figures."""
    if kind not in KINDS:
        allowed = ", ".join(KINDS)
        raise UserError(f"Diagram av slaget ”{kind}” finns inte.{nearest(kind, KINDS)} De som finns: {allowed}.")
    if figures.origin is not None:
        raise UserError("Nådda mål ritas inte som diagram, men på karta med oj.map och i tabell med oj.table.")
    of_years, of_today = figures.is_over_time, figures.is_current
    fit = ["lines"] if of_years else ["lines", "pairs"] if of_today else ["dots", "heat", "barometer"]
    fit = fit if figures.earlier is None else ["since"]
    if kind not in fit:
        told = listing([f"{name} ({KINDS[name]})" for name in fit], "eller")
        raise UserError(f"”{kind}” ritas av {KINDS[kind]}. Av de här uppgifterna går det att rita {told}.")
    if not (of_years or of_today) and figures.frame.empty:
        raise UserError("Urvalet har inga uppgifter att rita.")
    if of_today and all(one.is_answer for one in figures.measures.values()):
        raise UserError("Svar ritas inte år för år. Visa dem i en tabell med oj.table eller på karta med oj.map.")
