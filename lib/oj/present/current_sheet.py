"""One municipality's current key figures: beside the county, the nation and the group of similar municipalities."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.current import full_name, group_name, latest, latest_years
from oj.key_figures import key_figures
from oj.places import NATION
from oj.present.current_tables import UNITS, own_note
from oj.present.output import Table, Text
from oj.present.plain import CENTRED, plain_table
from oj.results import name_of, place_of
from oj.sources.kolada_values import Group, read_fetched
from oj.swedish import clear_listing, genitive, tied
from oj.vocabulary import STATUSES

GENDERS = {"women": "Flickor eller kvinnor", "men": "Pojkar eller män"}
ABSENT = "–"


def municipality_key_figures(
    figures: pd.DataFrame, municipality: str, county: str, folder: Path | None = None
) -> Table:
    """Return a municipality's key figures in the latest year, by gender, beside county, nation and similar ones.

    `figures` is what `oj.current` gives for `county`. Raises UserError for a municipality that is not in it.
    """
    place, known = place_of(figures, municipality), key_figures(folder)
    group = _group(place, county, folder)
    years, rows = latest_years(figures), latest(figures)
    parts = {"total": rows} | {gender: latest(figures, gender) for gender in GENDERS}
    cells = {gender: part.set_index(["indicator", "place"])["display"] for gender, part in parts.items()}
    frame = pd.DataFrame({"Nyckeltal": [f"{full_name(known[name])} ({UNITS[known[name].unit]})" for name in years]})
    frame["År"] = [str(year) for year in years.values()]
    frame[name_of(figures, place)] = [_cell(cells["total"], name, place) for name in years]
    for gender, heading in GENDERS.items():
        frame[heading] = [_divided(cells[gender], name, place, gendered=known[name].gendered) for name in years]
    counties = figures.loc[figures["level"] == "county", "place"].unique().tolist()
    county_first = {"Länet": counties[0]} if counties else {}
    others = county_first | {"Riket": NATION} | ({"Liknande kommuner": group.id} if group else {})
    for heading, code in others.items():
        frame[heading] = [
            ABSENT if code.startswith("G") and known[name].unit == "persons" else _cell(cells["total"], name, code)
            for name in years
        ]
    used = pd.concat(list(parts.values()))
    notes = _notes(used[used["place"].isin([place, *others.values()])], group)
    widths = [31, 8, *[round(61 / (len(frame.columns) - 2), 2)] * (len(frame.columns) - 2)]
    caption = f"{genitive(name_of(figures, place))} nyckeltal, senaste året."
    return replace(plain_table(frame, f"nyckeltal-{place}", caption, widths, CENTRED), notes=(tied(" ".join(notes)),))


def _group(place: str, county: str, folder: Path | None) -> Group | None:
    return next((group for group in read_fetched(county, folder).groups if place in group.places), None)


def _cell(cells: "pd.Series[str]", indicator: str, place: str) -> str:
    return str(cells.get((indicator, place), STATUSES["missing"].sign))


def _divided(cells: "pd.Series[str]", indicator: str, place: str, *, gendered: bool) -> str:
    """Return girls' or boys' figure; a dash where Kolada does not divide the key figure."""
    return _cell(cells, indicator, place) if gendered else ABSENT


def _notes(rows: pd.DataFrame, group: Group | None) -> list[str]:
    """Return what the signs mean, whom the municipality is like, and the source."""
    met = set(rows["status"])
    signs = [STATUSES[status].sentence for status in STATUSES if status != "observed" and status in met]
    alike = (
        [f"Liknande kommuner: {group_name(group)}, {group.size} kommuner i samma kommungrupp (SKR)."] if group else []
    )
    return [*alike, *signs, *own_note(rows), "Källa: Kolada."]


def current_definitions(folder: Path | None = None) -> Table:
    """Return what every key figure that is a number measures, and from which years it is another one."""
    items = [item for item in key_figures(folder).values() if not item.is_answer]
    breaks = [" ".join(f"{one.year}: {one.reason}" for one in item.breaks) or "Inget känt." for item in items]
    frame = pd.DataFrame(
        {
            "Nyckeltal": [f"{full_name(item)} ({item.kolada})" for item in items],
            "Mäter": [item.question for item in items],
            "Brott i serien": breaks,
        }
    )
    return plain_table(frame.map(tied), "nyckeltalen", "Nyckeltalen, med Koladas beteckning.", (22, 50, 28))


def current_cautions(folder: Path | None = None) -> Text:
    """Return where the key figures come from and what to mind about them, said once for those it is the same for."""
    alike: dict[tuple[str, str], list[str]] = {}
    for item in key_figures(folder).values():
        if not item.is_answer:
            alike.setdefault((item.source, item.caution), []).append(full_name(item))
    lines = [
        f"- **{clear_listing(names)}.** Ursprung: {source}. {caution}" for (source, caution), names in alike.items()
    ]
    return Text(tied("\n".join(lines)))
