"""What the method chapter tells of fetched key figures: from where, which groups, and what could not be used."""

from collections.abc import Container, Sequence

import pandas as pd

from oj.facts.key_figures import Withdrawn, catalogue
from oj.present.output import Parts, Table, Text, as_parts
from oj.present.table.plain import plain_table
from oj.sources.kolada.values import read_fetched
from oj.tidy.schema import Figures
from oj.words.swedish import clear_listing, day, listing, number, tied

MOST_NAMED = 12  # key figures named before what is told of them
NO_BREAKS = "Inget brott i serierna är känt."


def source(figures: Figures) -> Text:
    """Return from where and when the figures were fetched, as Kolada wants to be cited; UserError where none are."""
    fetched = read_fetched(figures.county, figures.folder)
    text = (
        f"Källa: Kolada, RKA (Rådet för främjande av kommunala analyser), <{fetched.address}>, hämtat den "
        f"{day(fetched.fetched)}. Medelvärden för länet, för grupper av kommuner och, där Kolada inte har något värde "
        "för riket, för riket är egna beräkningar och märkta med en stjärna."
    )
    return Text(tied(text))


def groups(figures: Figures) -> Table:
    """Return the groups of similar municipalities that the county's municipalities belong to, and how many they are."""
    known = read_fetched(figures.county, figures.folder).groups
    frame = pd.DataFrame(
        {
            "Kommungrupp": [group.name for group in known],
            "Kommuner i riket": [number(group.size) for group in known],
            "Kommuner i länet": [number(len(group.places)) for group in known],
        }
    )
    return plain_table(frame, "kommungrupper", "SKR:s kommungrupper i länet.", (50, 25, 25))


def stopped(figures: Figures) -> Parts:
    """Return the key figures that Kolada no longer has as we know them, by reason, and in a line those withdrawn."""
    gone = catalogue(figures.folder).gone
    withdrawn = [Text(tied(_withdrawn(gone)))] if gone else []
    return as_parts(_unused(figures, {one.kolada for one in gone}), *withdrawn)


def _withdrawn(gone: Sequence[Withdrawn]) -> str:
    """Return which key figures Kolada has withdrawn, why, and where what they told of is found."""
    told = dict[tuple[str, str], list[str]]()
    for one in gone:
        told.setdefault((one.reason, one.instead), []).append(one.kolada)
    parts = [f"{reason} Det gäller {listing(ids)}. Läs i stället {instead}." for (reason, instead), ids in told.items()]
    return f"**Indragna nyckeltal:** {number(len(gone))} som förr fanns här hämtas inte längre. {' '.join(parts)}"


def _unused(figures: Figures, gone: Container[str]) -> Table | Text:
    known, reasons = figures.measures, dict[str, list[str]]()
    for one in read_fetched(figures.county, figures.folder).stopped:
        if one.kolada in gone:
            continue
        name = known[one.indicator].short if one.indicator in known else one.title
        reasons.setdefault(one.reason, []).append(f"{name} ({one.kolada})" if one.kolada else name)
    if not reasons:
        return Text("Alla nyckeltal som rapporten känner till finns i Kolada.")
    frame = pd.DataFrame(
        [(reason, number(len(names)), "; ".join(names)) for reason, names in reasons.items()],
        columns=["Skäl", "Antal", "Nyckeltal"],
    )
    return plain_table(frame.map(tied), "stoppade", "Nyckeltal som inte används.", (27, 9, 64))


def definitions(figures: Figures) -> Table:
    """Return what every key figure measures, and from which years it is another one."""
    known = list(figures.measures.values())
    breaks = [" ".join(f"{at.year}: {at.reason}" for at in one.about.breaks) for one in known]
    frame = pd.DataFrame(
        {
            "Nyckeltal": [f"{one.full_name} ({one.about.kolada})" for one in known],
            "Mäter": [one.about.question for one in known],
        }
    )
    caption, widths = "Nyckeltalen, med Koladas beteckning", (22, 50, 28)
    if not any(breaks):
        return plain_table(frame.map(tied), "nyckeltalen", f"{caption}.", (30, 70), notes=(NO_BREAKS,))
    frame["Brott i serien"] = [told or "Inget känt." for told in breaks]
    return plain_table(frame.map(tied), "nyckeltalen", f"{caption}.", widths)


def cautions(figures: Figures) -> Text:
    """Return where the key figures come from and what to mind about them, said once for those it is the same for."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in figures.measures.values():
        alike.setdefault((one.about.source, one.about.caution), []).append(one.full_name)
    most = max(alike.values(), key=len, default=[])
    rest = most if len(most) > MOST_NAMED else []
    lines = [
        f"- **{_called(names, len(alike), of_rest=names is rest)}.** Ursprung: {source}. {caution}"
        for (source, caution), names in sorted(alike.items(), key=lambda item: item[1] is rest)
    ]
    return Text(tied("\n".join(lines)))


def _called(names: list[str], groups: int, *, of_rest: bool) -> str:
    """Return the names of key figures; of the most, where they are too many to read, that they are the others."""
    if not of_rest:
        return clear_listing(names)
    return f"De andra {number(len(names))} nyckeltalen" if groups > 1 else "Alla nyckeltal"
