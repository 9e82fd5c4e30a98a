"""What the method chapter tells of fetched key figures: from where, which groups, and what could not be used."""

from pathlib import Path

import pandas as pd

from oj.doors.current import group_name
from oj.facts.key_figures import key_figures
from oj.present.output import Table, Text
from oj.present.table.plain import plain_table
from oj.sources.kolada.values import read_fetched
from oj.words.swedish import day, number, tied


def current_source(county: str, folder: Path | None = None) -> Text:
    """Return from where and when the figures were fetched, as Kolada wants to be cited; UserError where none are."""
    fetched = read_fetched(county, folder)
    text = (
        f"Källa: Kolada, RKA (Rådet för främjande av kommunala analyser), <{fetched.address}>, hämtat den "
        f"{day(fetched.fetched)}. Medelvärden för länet, för grupper av kommuner och, där Kolada inte har något värde "
        "för riket, för riket är egna beräkningar och märkta med en stjärna."
    )
    return Text(tied(text))


def current_groups(county: str, folder: Path | None = None) -> Table:
    """Return the groups of similar municipalities that the county's municipalities belong to, and how many they are."""
    groups = read_fetched(county, folder).groups
    frame = pd.DataFrame(
        {
            "Kommungrupp": [group_name(group) for group in groups],
            "Kommuner i riket": [number(group.size) for group in groups],
            "Kommuner i länet": [number(len(group.places)) for group in groups],
        }
    )
    return plain_table(frame, "kommungrupper", "SKR:s kommungrupper i länet.", (50, 25, 25))


def current_stopped(county: str, folder: Path | None = None) -> Table | Text:
    """Return the key figures that Kolada no longer has as we know them, by reason; nothing where there are none."""
    known, reasons = key_figures(folder), dict[str, list[str]]()
    for one in read_fetched(county, folder).stopped:
        name = known[one.indicator].name if one.indicator in known else one.title
        reasons.setdefault(one.reason, []).append(f"{name} ({one.kolada})" if one.kolada else name)
    if not reasons:
        return Text("Alla nyckeltal som rapporten känner till finns i Kolada.")
    frame = pd.DataFrame(
        [(reason, number(len(names)), "; ".join(names)) for reason, names in reasons.items()],
        columns=["Skäl", "Antal", "Nyckeltal"],
    )
    return plain_table(frame.map(tied), "stoppade", "Nyckeltal som inte används.", (27, 9, 64))
