"""The method chapter's tables over the years: breaks, changes as told, kinship, conflicts and the surveys' facts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.steps import derived
from oj.facts.catalog import known_indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, edition_of, is_edition
from oj.facts.places import NATION
from oj.present.method.quality import amount
from oj.present.output import Table
from oj.present.table.notes import named
from oj.present.table.plain import plain_table
from oj.sources.comparability import ALL, break_editions, told_breaks
from oj.sources.history import read_series
from oj.tidy.schema import Figures
from oj.tidy.years import of_places
from oj.words.frames import each_row
from oj.words.swedish import capital, listing, percent_words, tied

KINDS = {"break": "Brott i serien", "caution": "Förbehåll"}
TELLERS = {"source": "", "assessment": " Det är vår bedömning."}
TOPICS = ("enkat", "sammanhang")
SHOWN = {"a": "”{0.reading_a}”", "b": "”{0.reading_b}”", "both": "båda"}


def breaks(figures: Figures) -> Table:
    """Return the breaks in comparability, and cautions that break nothing, each with its reason and source."""
    folder = figures.folder
    titles, rows, names = _titles(folder), read_table("breaks", folder), named(folder)
    cells = [
        (
            f"{edition}",
            "\n".join("Alla uppgifter" if name == ALL else capital(titles[name]) for name in own["series"]),
            tied(f"{KINDS[str(kind)]}. {reason}{TELLERS[own['told_by'].iloc[0]]}"),
            f"{names[own['source'].iloc[0]]}, {own['passage'].iloc[0]}",
        )
        for (edition, kind, reason), own in rows.groupby(["edition", "kind", "reason"], sort=False)
    ]
    cells += _told_by_workbooks(folder, names)
    frame = pd.DataFrame(cells, columns=["Från utgåva", "Gäller", "Varför", "Källa"])
    return plain_table(frame, "brott", "Brott i serien, och förbehåll.", (11, 31, 38, 20))


def _told_by_workbooks(folder: Path, names: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Return the breaks that workbooks have told of an edition's questions, or those who read them in."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for edition, item, one in told_breaks(folder) if is_edition(folder) else ():
        source = edition_of(asking_editions(folder)[edition]).source
        found.setdefault((one.year, one.reason, source), []).append(capital(item.title))
    return [
        (f"{year}", "\n".join(titles), tied(f"{KINDS['break']}. {reason}"), names[source])
        for (year, reason, source), titles in found.items()
    ]


def _titles(folder: Path | None) -> dict[str, str]:
    """Return the titles of all indicators and series by id; a series' own goes first."""
    of_series = {row.series: row.title for row in each_row(read_series(folder))}
    return {name: item.title for name, item in known_indicators(folder).items()} | of_series


def stated_changes(figures: Figures) -> Table:
    """Return the changes that sources state, in their words, and what follows from them.

    A value that a change implies is marked as derived: it is computed here and never published.
    """
    folder = figures.folder
    changes, starts, names = read_table("changes", folder), break_editions(folder), named(folder)
    implied = derived(of_places([], folder), changes).set_index(["place", "measure", "period"])["value"]
    titles = read_series(folder).set_index("series")["title"]
    cells = [
        (
            titles[row.series],
            tied(f"{row.edition_from}–{row.edition_to}: ”{row.words}” ({names[row.source]})"),
            tied(_follows(row, implied.to_dict(), starts[str(row.series)])),
        )
        for row in each_row(changes)
    ]
    frame = pd.DataFrame(cells, columns=["Uppgift", "Källan säger", "Det betyder här"])
    caption = "Förändringar som källorna själva anger, och vad som följer av dem."
    return plain_table(frame, "angivna-forandringar", caption, (30, 37, 33))


def _follows(row: Any, implied: dict[Any, float], starts: set[str]) -> str:
    """Return what follows from a stated change: a derived value, nothing, or that it passes a break."""
    crossed = sorted(start for start in starts if row.edition_from < start <= row.edition_to)
    if crossed:
        which = "brottet i serien" if len(crossed) == 1 else "brotten i serien"
        return f"Jämförelsen går över {which} {listing(crossed)}. Rapporten återger den men räknar ingen skillnad."
    value = implied.get((NATION, row.series, row.edition_from))
    if value is None:
        return "Uppgifterna finns för båda åren."
    return (
        f"{percent_words(value)} {row.edition_from}, härlett av oss ur den här uppgiften; kan vara fel på en "
        "procentenhet. Källan publicerar inte talet."
    )


def kinship(figures: Figures) -> Table:
    """Return the series that are alike but not the same, with the reason why they are kept apart."""
    known, titles = read_series(figures.folder), _titles(figures.folder)
    pairs: dict[tuple[str, ...], str] = {}
    for row in each_row(known[known["kin"] != ""]):
        pairs.setdefault(tuple(sorted([str(row.series), str(row.kin)])), str(row.series))
    chosen = known[known["series"].isin(pairs.values()) & (known["kin"] != "")]
    frame = pd.DataFrame(
        {
            "Uppgift": chosen["title"],
            "Liknar": [titles[name] for name in chosen["kin"]],
            "Därför är de inte samma": [tied(text) for text in chosen["kinship"]],
        }
    )
    return plain_table(frame, "slaktskap", "Uppgifter som liknar varandra men hålls isär.", (34, 31, 35))


def conflicts_over_time(figures: Figures) -> Table:
    """Return where sources of different years say different things; those of the figures' edition are left out."""
    folder = figures.folder
    rows, names = read_table("conflicts", folder), named(folder)
    of_registers = rows["edition"].isin(list(asking_editions(folder))) & (rows["source_a"] == rows["source_b"])
    rows = rows[~of_registers & (rows["edition"] != figures.edition)]
    cells = [
        (
            row.about,
            tied(". ".join([_reading(row, "a", names), _reading(row, "b", names)]) + "."),
            tied(f"Visas: {SHOWN[str(row.shown)].format(row)}. {row.comment}"),
        )
        for row in each_row(rows)
    ]
    frame = pd.DataFrame(cells, columns=["Gäller", "Källorna säger", "Så har vi gjort"])
    caption = "Ställen där källor från olika år säger olika."
    return plain_table(frame, "motsagelser-over-tid", caption, (20, 45, 35))


def _reading(row: Any, side: str, names: Mapping[str, str]) -> str:
    source, passage, reading = (getattr(row, f"{name}_{side}") for name in ("source", "passage", "reading"))
    return f"{names[source]}, {passage}: {reading}"


def facts_over_time(figures: Figures) -> Table:
    """Return what the sources tell of the editions' surveys and of what went on around them.

    Those of the figures' edition are left out, as another table has them, and so are those of registers.
    """
    names = named(figures.folder)
    facts = read_table("facts", figures.folder).fillna({"qualifier": ""})
    others = (facts["edition"] != figures.edition) & facts["topic"].isin(TOPICS)
    facts = facts[others].sort_values("edition", kind="stable")
    frame = pd.DataFrame(
        {
            "Uppgift": facts["description"],
            "Utgåva": facts["edition"],
            "När eller hur mycket": [tied(amount(row)) for row in each_row(facts)],
            "Källa": [f"{names[row.source]}, {row.passage}" for row in each_row(facts)],
        }
    )
    return plain_table(frame, "undersokningar", "Fakta om utgåvorna och det som hände runt dem.", (38, 10, 20, 32))
