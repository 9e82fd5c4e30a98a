"""Why figures that were read in are hidden, told by rules from what a reader can see: the statuses of the results."""

from collections.abc import Sequence

import pandas as pd

from oj.facts.catalog import Indicator
from oj.facts.places import units
from oj.present.output import Text
from oj.words.swedish import clear_listing
from oj.words.vocabulary import HIDDEN, STATUSES, UNITS

HEADING = "**Därför är uppgifter dolda.**"
PAIRS = (
    "Antal används bara i hela par: en täljare utan nämnare, eller en nämnare utan täljare, visas inte och ingår "
    "inte i någon uträkning."
)
ABSENT = (
    "En kommun som saknas här kan ha så små tal att de går att räkna ut ur länets. Därför är länets eller rikets "
    "tal, eller en annan kommuns, dolt ({sign}) för {told}."
)
KNOWN = (
    "Summor kan visa vad som är dolt: av totalen och de andra går det att räkna ut. Därför är ännu en "
    "uppgift dold ({sign}) för {told}."
)
OUT = (
    "Det som en tidigare rapport har visat är ute och döljs inte på nytt; det räknas som känt, så att denna rapport "
    "inte röjer vad den tidigare dolde."
)


def why_hidden(results: pd.DataFrame, items: Sequence[Indicator]) -> Text:
    """Return why figures of the protected ones of `items` are hidden; nothing where none is.

    A total is hidden for an absent municipality where one has no figure or no row, else for one that is hidden.

    >>> import oj
    >>> from oj.facts.catalog import indicators
    >>> why_hidden(oj.results("Jönköping"), list(indicators().values())).markdown
    ''
    """
    of = [item for item in items if item.protected]
    rows = results[results["indicator"].isin([item.id for item in of])]
    second = rows[rows["status"] == "secondary"]
    if not rows["status"].isin(HIDDEN[1:]).any():
        return Text("")
    municipal = rows[rows["level"].isin(UNITS)]
    absent = set(municipal.loc[~municipal["status"].isin(["observed", *HIDDEN]), "indicator"])
    all_there = municipal["place"].nunique() >= len(units(results["place"].iloc[0][:2]))
    sides: dict[str, list[str]] = {ABSENT: [], KNOWN: []}
    for item in of:
        if item.id in set(second["indicator"]):
            sides[ABSENT if item.id in absent or not all_there else KNOWN].append(item.phrase)
    sign = STATUSES["secondary"].sign
    told = [text.format(sign=sign, told=clear_listing(names)) for text, names in sides.items() if names]
    return Text(" ".join([HEADING, *told, PAIRS, OUT]), (tuple(rows.index[rows["status"].isin(HIDDEN)]),))
