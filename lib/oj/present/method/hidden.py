"""Why figures that were read in are hidden, told by rules from what a reader can see: the statuses of the results."""

from oj.facts.places import units
from oj.present.output import Text
from oj.sources.origins import imported
from oj.tidy.schema import Figures
from oj.words.swedish import clear_listing
from oj.words.vocabulary import HIDDEN, STATUSES, UNITS

HEADING = "**Därför är uppgifter dolda.**"
PAIRS = (
    "Antal används bara i hela par: en täljare utan nämnare, eller en nämnare utan täljare, visas inte, och kan den "
    "gälla få personer döljs andelen också."
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
    "inte röjer vad den tidigare dolde. Det som den dolde för att skydda något annat är dolt här också."
)
UNTOLD = (
    "Ett *x* utan orsak har källan satt, eller så är det satt här: när det inte är säkert att uppgiften gäller få "
    "personer, eller när orsaken skulle röja den."
)


def why_hidden(figures: Figures) -> Text:
    """Return why figures of the protected measures are hidden; nothing where none is, save by a shipped source.

    A total is hidden for an absent municipality where one has no figure or no row, else for one that is hidden.
    """
    of, own = [one for one in figures.measures.values() if one.about.protected], [*imported(figures.folder)]
    rows = figures.frame[figures.frame["measure"].isin([item.id for item in of])]
    second = rows[rows["status"] == "secondary"]
    untold = ((rows["status"] == "suppressed") & rows["source"].isin(own)).any()
    if not untold and not rows["status"].isin(HIDDEN[1:]).any():
        return Text("")
    municipal = rows[rows["level"].isin(UNITS)]
    absent = set(municipal.loc[~municipal["status"].isin(["observed", *HIDDEN]), "measure"])
    all_there = municipal["place"].nunique() >= len(units(figures.frame["place"].iloc[0][:2]))
    sides: dict[str, list[str]] = {ABSENT: [], KNOWN: []}
    for item in of:
        if item.id in set(second["measure"]):
            sides[ABSENT if item.id in absent or not all_there else KNOWN].append(item.phrase)
    sign = STATUSES["secondary"].sign
    told = [text.format(sign=sign, told=clear_listing(names)) for text, names in sides.items() if names]
    return Text(
        " ".join([HEADING, *told, PAIRS, OUT, *([UNTOLD] if untold else [])]),
        (tuple(rows.index[rows["status"].isin(HIDDEN)]),),
    )
