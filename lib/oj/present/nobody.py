"""What nobody in a report has a figure of: a line that says so, not a column of grey or an empty chart.

What is hidden is another thing: it is there, and its sign says why it is not shown.
"""

from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.swedish import low, sentences, tied

LACKING = "missing"


def had(figures: Figures) -> Figures:
    """Return the figures without the measures that every place lacks.

    >>> from oj.tidy.door import figures
    >>> asked = figures("Stockholm").of("utanfor-kontorstid")
    >>> len(had(asked).measures), len(had(asked.at("Solna")).measures)
    (1, 1)
    """
    lacking = {one.id for one in without(figures)}
    return figures.where(lambda one: one.id not in lacking) if lacking else figures


def without(figures: Figures) -> list[Measure]:
    """Return the measures that every place lacks."""
    rows = figures.frame
    lacks = rows["status"].eq(LACKING).groupby(rows["measure"]).all()
    return [one for name, one in figures.measures.items() if lacks.get(name, False)]


def told(figures: Figures) -> str:
    """Return that nobody has answered or has a figure of some measures, in a line; nothing where all are had."""
    lacking, who = without(figures), "Ingen av kommunerna" if figures.municipalities() else "Ingen"
    parts = {
        f"{who} har svarat på:": [low(one.full_name) for one in lacking if one.is_answer],
        f"{who} har någon uppgift om:": [low(one.full_name) for one in lacking if not one.is_answer],
    }
    return tied(" ".join(sentences(start, names) for start, names in parts.items() if names))
