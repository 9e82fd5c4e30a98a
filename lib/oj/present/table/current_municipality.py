"""One municipality's current key figures: beside the county, the nation and the group of similar municipalities."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.doors.current import ABSENT, full_name, group_name, latest, latest_years
from oj.doors.results import name_of, place_of
from oj.facts.key_figures import KeyFigure, key_figures
from oj.facts.places import NATION
from oj.present.output import Table, Text
from oj.present.table.current import UNITS, own_note
from oj.present.table.plain import CENTRED, plain_table
from oj.sources.kolada.values import Group, read_fetched
from oj.words.swedish import clear_listing, genitive, tied
from oj.words.vocabulary import STATUSES

GENDERS = {"women": "Flickor eller kvinnor", "men": "Pojkar eller män"}


def municipality_key_figures(
    figures: pd.DataFrame, municipality: str, county: str, folder: Path | None = None
) -> Table:
    """Return a municipality's key figures in the latest year, by gender, beside county, nation and similar ones.

    `figures` is what `oj.current` gives for `county`. Key figures that the municipality has none of are named under
    the table. Raises UserError for a municipality that is not in it.
    """
    place, known = place_of(figures, municipality), key_figures(folder)
    group = _group(place, county, folder)
    parts = {gender: latest(figures, gender) for gender in ("total", *GENDERS)}
    total = parts["total"]
    own = set(total.loc[(total["place"] == place) & (total["status"] == "observed"), "indicator"])
    years = latest_years(figures)
    items = [known[name] for name in years if name in own]
    others = _others(figures, group)
    frame = pd.DataFrame({"Nyckeltal": [f"{full_name(item)} ({UNITS[item.unit]})" for item in items]})
    frame["År"] = [str(years[item.id]) for item in items]
    frame = frame.assign(**_figures(parts, items, {name_of(figures, place): place}, others))
    used = pd.concat(list(parts.values()))
    used = used[used["place"].isin([place, *others.values()]) & used["indicator"].isin(own)]
    lacking = [full_name(known[name]) for name in years if name not in own]
    notes = [*([f"Inget värde i Kolada: {clear_listing(lacking)}."] if lacking else []), *_notes(used, group)]
    widths = [31, 8, *[round(61 / (len(frame.columns) - 2), 2)] * (len(frame.columns) - 2)]
    caption = f"{genitive(name_of(figures, place))} nyckeltal, senaste året med värde."
    return replace(plain_table(frame, f"nyckeltal-{place}", caption, widths, CENTRED), notes=(tied(" ".join(notes)),))


def _others(figures: pd.DataFrame, group: Group | None) -> dict[str, str]:
    """Return whom the municipality stands beside: its county, where it is not the whole of it, the nation, the like."""
    counties = figures.loc[figures["level"] == "county", "place"].unique().tolist()
    own_county = {"Länet": counties[0]} if counties else {}
    return own_county | {"Riket": NATION} | ({"Liknande kommuner": group.id} if group else {})


def _figures(
    parts: dict[str, pd.DataFrame], items: Sequence[KeyFigure], own: dict[str, str], others: dict[str, str]
) -> dict[str, list[str]]:
    """Return the columns of figures: the municipality's (`own` is its name and code), by gender, and the others'."""
    cells = {gender: part.set_index(["indicator", "place"])["display"] for gender, part in parts.items()}
    (place,) = own.values()
    columns = {heading: [_cell(cells["total"], item, code) for item in items] for heading, code in own.items()}
    for gender, heading in GENDERS.items():
        columns[heading] = [_cell(cells[gender], item, place) if item.gendered else ABSENT for item in items]
    return columns | {
        heading: [_cell(cells["total"], item, code) for item in items] for heading, code in others.items()
    }


def _group(place: str, county: str, folder: Path | None) -> Group | None:
    return next((group for group in read_fetched(county, folder).groups if place in group.places), None)


def _cell(cells: "pd.Series[str]", item: KeyFigure, place: str) -> str:
    """Return a figure as shown; a mean of inhabitants over a group of municipalities says nothing."""
    if item.unit == "persons" and place.startswith("G"):
        return ABSENT
    return str(cells.get((item.id, place), STATUSES["missing"].sign))


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
