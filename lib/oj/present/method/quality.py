"""What the opening and the method chapter tell: key results, the survey, the registers, sources, conflicts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from oj.doors.fingerprints import data_version
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, domains, edition_folder
from oj.facts.texts import texts_of
from oj.present.output import Table, Text
from oj.present.table.plain import plain_table
from oj.sources.origins import NOT_SAID, imported, sources
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.plain_text import as_markdown
from oj.words.swedish import capital, day, listing, number, percent_words, tied

TABLE_NAMED = re.compile(r" \(@tbl-[\w-]+\)")


def national_statements(
    edition: str, folder: Path | None = None, *, refer: bool = True, chosen: Sequence[str] = ()
) -> Text:
    """Return the nation's key results of an edition, each figure from `statements.csv`; all, or those `chosen`.

    The sentences are the edition's own; without any there is no text. With `refer` each names the
    table that it belongs to.

    >>> "2,7 timmar" in national_statements("2015").markdown.replace(chr(160), " ")
    True
    """
    said = read_table("statements", edition_folder(folder, edition)).sort_values("order")
    current = set(said.loc[(said["edition"] == edition), "statement"])
    said = said[said["statement"].isin(current)]
    figures = {name: [_figure(row) for row in each_row(rows)] for name, rows in said.groupby("statement")}
    wanted = {
        name: text
        for name, text in texts_of(folder, edition).statements.items()
        if name in (chosen or figures) and name in figures
    }
    texts = {name: text if refer else TABLE_NAMED.sub("", text) for name, text in wanted.items()}
    lines = [f"- {text.format(*figures[name])}" for name, text in texts.items()]
    return Text(tied("\n".join(lines).replace("\u00a0procent till ", " till ")))


def _of_edition(name: str, figures: Figures) -> pd.DataFrame:
    table = read_table(name, figures.folder)
    return table[table["edition"] == figures.edition]


def _figure(row: Any) -> str:
    """Return one figure of a statement in words: 55 procent, 18 procentenheter, 6 minuter."""
    if row.unit == "share":
        change = row.measure == "difference" or row.measure.startswith("change-since-")
        return percent_words(abs(row.value)) + ("enheter" if change else "")
    unit = {"hours-per-week": "timmar", "minutes-per-week": "minuter"}[row.unit]
    return f"{number(row.value, 0 if row.value == int(row.value) else 1)}\u00a0{unit}"


def signs(figures: Figures) -> Table | Text:
    """Return the signs that stand for lacking figures in these, and what each means."""
    there = set(figures.frame["status"])
    met = [one for status, one in figures.statuses.items() if status != "observed" and status in there]
    if not met:
        return Text("Ingen uppgift saknas, så tabellerna har inga tecken.")
    rows = [(status.sign, capital(status.sentence.partition(": ")[2])) for status in met]
    return plain_table(pd.DataFrame(rows, columns=["I cellen", "Betyder"]), "tecken", "Tecken i tabellerna.", (22, 78))


def survey(figures: Figures) -> Table | Text:
    """Return the facts about an edition's survey and registers, each with its place in the source, if there are any."""
    facts = _of_edition("facts", figures).fillna({"qualifier": ""})
    facts = facts[facts["topic"] != "utgava"]
    if facts.empty:
        return Text("")
    amounts = [amount(row) for row in each_row(facts)]
    frame = pd.DataFrame({"Uppgift": facts["description"], "Värde": amounts, "Ställe i källan": facts["passage"]})
    return plain_table(frame, "undersokning", f"Fakta om undersökningen {figures.edition}.", (48, 22, 30))


def amount(row: Any) -> str:
    """Return a fact's value with its unit and reservation: ungefär 15 procent, oktober 2014, 3 personer."""
    if row.unit == "andel":
        text = percent_words(float(row.value))
    elif row.unit in ("månad", "datum"):
        text = day(row.value)
    elif row.unit == "födelseår":
        text = f"födda {row.value.replace('/', '–')}"
    elif row.unit.startswith("dag det år"):
        text = f"{day('2000-' + row.value).removesuffix(' 2000')} {row.unit.removeprefix('dag ')}"
    elif row.unit in ("år", "antal", "period"):
        text = row.value
    elif row.unit == "årgång":
        text = f"årgång {row.value}"
    else:
        text = f"{row.value} {row.unit}"
    return f"{row.qualifier} {text}".strip()


def measuring_dates(figures: Figures) -> Table:
    """Return every known measuring date of every indicator: the dates are what can be compared over time."""
    rows: dict[tuple[str, str], list[str]] = {}
    for item in (one.about for one in figures.measures.values() if getattr(one.about, "measured_on", None)):
        dates = listing([day(moment) for moment in item.measured_on])
        rows.setdefault((item.name, dates), []).append(item.short)
    frame = pd.DataFrame(
        [(name, ", ".join(shorts), dates) for (name, dates), shorts in rows.items()],
        columns=["Indikatorer", "Gäller", "Mätdatum eller mätperiod"],
    )
    return plain_table(frame, "matdatum", "Mätdatum för varje indikator.", (34, 33, 33))


PEER_HEADING = "## Jämförbara kommuner {#sec-grupper}"
PEER_TEXT = "Kommuner av samma storlek eller i samma kommungrupp är ofta rimliga att jämföra sig med."


def peer_groups(figures: Figures) -> Table | Text:
    """Return the municipalities' population group and municipality group, under a heading; nothing without any."""
    own, folder = pd.Series(figures.municipalities(), dtype=str), figures.folder
    groups = _of_edition("groups", figures)
    groups = groups[groups["place"].isin(own.index)]
    if groups.empty:
        return Text("")
    classes = read_table("group-classes", folder).set_index(["classification", "class"])
    headings = read_table("classifications", folder).set_index("classification")["name"]
    one = groups.drop_duplicates(["classification", "place"])  # two sources may tell the same group
    wide = one.pivot(index="place", columns="classification", values="class").reindex(own.index, columns=headings.index)
    frame = pd.DataFrame({"Kommun": own})
    for name, heading in headings.items():
        field = "meaning" if name == "befolkningsgrupp" else "name"
        frame[heading] = [
            tied(f"{number}: {classes.loc[(str(name), number), field]}") if pd.notna(number) else "saknas"
            for number in wide[name]
        ]
    caption = "Kommunernas befolkningsgrupp och kommungrupp."
    return replace(plain_table(frame, "grupper", caption, (24, 34, 42)), before=f"{PEER_HEADING}\n\n{PEER_TEXT}")


def conflicts(figures: Figures) -> Table | Text:
    """Return where sources, or a text and its table, say different things, and what the report shows; if anywhere."""
    rows = _of_edition("conflicts", figures)
    if rows.empty:
        return Text("")
    both = [
        tied(f"{row.passage_a}: {row.reading_a}. {row.passage_b}{_other(row, figures.folder)}: {row.reading_b}.")
        for row in each_row(rows)
    ]
    told = [tied(f"Visas: {_shown(row)}. {row.comment}") for row in each_row(rows)]
    frame = pd.DataFrame({"Gäller": rows["about"], "Källorna säger": both, "Så har vi gjort": told})
    return plain_table(frame, "motsagelser", "Ställen där källorna säger olika.", (20, 45, 35))


def _shown(row: Any) -> str:
    """Return which reading the report shows."""
    return {"a": f"”{row.reading_a}”", "b": f"”{row.reading_b}”", "both": "båda"}[row.shown]


def _other(row: Any, folder: Path | None) -> str:
    """Return which source the second reading is of, where it is another than the first's."""
    about = sources(folder).set_index("source").loc[row.source_b]
    return "" if row.source_b == row.source_a else f" ({as_markdown(about['publisher'])} {about['year']})"


def references(figures: Figures) -> Text:
    """Return the sources as references: those of the figures, and for a whole edition all that are shipped."""
    known = sources(figures.folder).fillna({"address": ""})
    shown = known["source"].isin(figures.frame["source"])
    if not figures.is_over_time and not figures.chosen:
        own = {*domain_of(figures.folder).sources}
        others = {name for home in domains(figures.folder).values() for name in domain_of(home).sources} - own
        shown |= ~known["source"].isin([*imported(figures.folder), *others])
    known = known[shown]
    lines = [
        f"- {_issued(row)}*{as_markdown(row.title)}*. "
        f"{f'<{row.address}>. ' if row.address else ''}{as_markdown(row.note)}"
        for row in each_row(known)
    ]
    return Text("\n".join(lines))


def _issued(row: Any) -> str:
    """Return who published a source and when, as its reference begins; nothing where nobody has said who."""
    return "" if row.publisher == NOT_SAID else f"{as_markdown(row.publisher)} ({row.year}). "


def versions(figures: Figures) -> Text:
    """Return with which versions of the data and of the tools a report is made: of what can affect it."""
    tools = ", ".join(f"{name} {version(name)}" for name in ("oj", "papermill", "pandas", "seaborn", "typst"))
    facts = data_version(figures.folder, figures.counties, figures.reference_source)
    return Text(tied(f"Underlagets version är {facts}. Verktyg: {tools}."))
