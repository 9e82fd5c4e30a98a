"""What the method chapter tells of results that were read in, and of corrections; nothing where there are none."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.doors.shown import read_counties, read_disagreements, read_shown_corrections, read_uses
from oj.facts.catalog import known_indicators
from oj.facts.places import all_places
from oj.facts.texts import texts_of
from oj.present.corrected import told_of
from oj.present.method.hidden import why_hidden
from oj.present.output import Parts, Table, Text
from oj.present.table.plain import plain_table
from oj.sources.history import read_series
from oj.sources.limits import limits_of
from oj.sources.origins import NOT_SAID, Origin, imported
from oj.tidy.schema import Figures
from oj.words.frames import as_records, each_row
from oj.words.plain_text import as_markdown
from oj.words.swedish import capital, count, day, listing, number, tied

IMPORTED_HEADING = "## Inlästa resultat {#sec-inlasta}"
IMPORTED_TEXT = (
    "En del av resultaten är inlästa ur egna filer. För varje uppgift gäller samma regel. Det som någon källa döljer "
    "är dolt. Annars visas kommunens inlästa uppgift, om den har ett tal eller ett svar, och i andra fall den som är "
    "publicerad. För riket och länen visas det publicerade, där det finns och ingen annan källa är vald, annars det "
    "som länets egen fil har. En fil som gäller ett annat län ändrar inget här."
)
APART_TEXT = "Uppgifter om kvinnor och män var för sig står i områdenas kapitel, och i *kvinnor-och-man.csv*."
DIFFERENT_TEXT = "**Uppgifter som skiljer sig** mellan det som är inläst och det som redan fanns. Båda finns kvar."
LEFT_OUT_TEXT = "**Rutor som inte lästes in.** De bröt mot en regel och ingår inte i rapporten."
CORRECTED_HEADING = "## Rättelser {#sec-rattelser}"
CORRECTED_TEXT = "Kända fel i en källa är rättade där källan läses. Källans egen fil är oförändrad."
NATION_WORD = {"Riket": "riket"}
PRELIMINARY_TEXT = (
    "## Preliminära resultat {#sec-preliminara}\n\nKommunernas svar är räknade med reglerna i kapitlet "
    "[Från svar till resultat](regler.ipynb). Handläggarnas andelar och arbetsledningens timmar visas som i utgåvan: "
    "avrundade och utan antalen bakom dem, också där handläggarna är få. {protected}Där antal inte går ihop är "
    "resultatet bortfall; granskningen, *granskning.xlsx*, säger var."
)
PROTECTED = "Regeln att dölja 1–{} personer och underlag under {} gäller i utgåvan uppgifter {}. "


def imported_results(figures: Figures) -> Parts:
    """Return where the results that were read in come from, where they differ from the shipped, and what was left out.

    Only of what concerns the places of the figures; nothing where none of it was read in. Of preliminary results, how
    they are made.
    """
    rows, folder = figures.frame, figures.folder
    if rows.empty:
        return Parts()
    uses = read_uses(folder)
    uses = uses[(uses["edition"] == figures.edition) & uses["place"].isin(rows["place"])]
    uses = uses.assign(counts=_are_in(uses, figures))
    own = rows["place"].iloc[0][:2]
    about = {name for name, counties in read_counties(folder).items() if not counties or own in counties}
    names = set(uses.loc[uses["counts"] | uses["source"].isin(about), "source"])
    origins = [one for name, one in imported(folder).items() if name in names]
    answered = [_preliminary(folder)] if figures.is_preliminary else []
    if not origins:
        return Parts(answered)
    apart = "" if figures.apart is None else APART_TEXT
    texts = filter(None, [IMPORTED_HEADING, IMPORTED_TEXT, regions_told(figures), apart])
    first = replace(_origins(origins, uses), before="\n\n".join(texts))
    hidden = why_hidden(figures)
    why = [hidden] if hidden.markdown else []
    return Parts(filter(None, [*answered, first, *why, _differences(figures, about), _left_out(origins)]))


def _preliminary(folder: Path) -> Text:
    """Return how preliminary results are made, and what the edition says of those that it protects."""
    told, limits = texts_of(folder).protected, limits_of(folder)
    return Text(
        PRELIMINARY_TEXT.replace("{protected}", PROTECTED.format(limits.persons, limits.base, told) if told else "")
    )


def regions_told(figures: Figures) -> str:
    """Return how many figures of the nation and of each county were read in, and from what; nothing without any."""
    origins, rows = imported(figures.folder), figures.frame
    shown = rows[(rows["level"] != "municipality") & (rows["status"] == "observed")]
    rows = shown[shown["source"].isin([*origins])]
    if rows.empty:
        return ""
    told = []
    for name, own in rows.groupby("place_name", sort=False):
        whole = (shown["place_name"] == name).sum()
        files = listing([_called(origins[source]) for source in own["source"].unique()])
        told.append(
            f"{number(len(own))} av {number(whole)} tal för {NATION_WORD.get(str(name), str(name))} (ur {files})"
        )
    return tied(f"Inlästa ur egna filer, inte hämtade ur det publicerade underlaget, är {listing(told)}.")


def _called(origin: Origin) -> str:
    """Return an import as it is named in a sentence."""
    by = "" if origin.publisher == NOT_SAID else f", {as_markdown(origin.publisher)} {origin.year}"
    return f"{as_markdown(origin.title)}{by}"


def _are_in(rows: pd.DataFrame, figures: Figures) -> pd.Series:
    """Return whether each of the rows of results is what the figures have for its indicator and place."""
    shown = pd.MultiIndex.from_frame(figures.frame[["period", "measure", "place", "source"]])
    return pd.Series(
        pd.MultiIndex.from_frame(rows[["edition", "indicator", "place", "source"]]).isin(shown), rows.index
    )


def _origins(origins: list[Origin], uses: pd.DataFrame) -> Table:
    """Return the sources that were read in, with how many of their results the report has."""
    rows = []
    for one in origins:
        own = uses[uses["source"] == one.name]
        note = f"\n{one.note}" if one.note else ""
        file = f"{one.file}\n{capital(day(one.date))}" if one.date else one.file
        used = "alla" if own["counts"].all() else f"varav {number(own['counts'].sum())}"
        of = f"{number(len(own))}\n{used} gäller"
        by = "" if one.publisher == NOT_SAID else f"\n{one.publisher} ({one.year})"
        rows.append((f"{one.title}{by}{note}", file, tied(of)))
    frame = pd.DataFrame(rows, columns=["Källa", "Fil och datum", "Resultat för rapportens platser"])
    return plain_table(frame, "inlasta", "Källor som är inlästa ur egna filer.", (50, 30, 20))


def _differences(figures: Figures, about: Collection[str]) -> Table | None:
    """Return the shown figures where a reader would see that the other source, the shipped or the import, says another.

    Of imports those that are shown, and those `about` the report's own county.
    """
    found = read_disagreements(figures.folder).fillna({"answer": "", "answer_shipped": ""})
    is_own = _are_in(found, figures)
    of_shipped = _are_in(found.assign(source=found["source_shipped"]), figures) & found["source"].isin([*about])
    places, rows = all_places(figures.folder), []
    for row, own in zip(each_row(found[is_own | of_shipped]), is_own[is_own | of_shipped], strict=True):
        item = figures.measures[row.indicator]
        read, shipped = item.shown(row.value, row.answer), item.shown(row.value_shipped, row.answer_shipped)
        if read != shipped:
            told = (read, shipped) if own else (shipped, read)
            rows.append((places[row.place].name, capital(item.phrase), *told, "inläst" if own else "publicerad"))
    if not rows:
        return None
    frame = pd.DataFrame(rows, columns=["Kommun eller område", "Indikator", "Visas", "Visas inte", "Den som visas är"])
    caption = "Uppgifter där den inlästa källan säger annat än den som följer med."
    return replace(plain_table(frame, "inlasta-skillnader", caption, (20, 38, 14, 14, 14)), before=DIFFERENT_TEXT)


def _left_out(origins: list[Origin]) -> Table | None:
    """Return every cell that was left out when a file was read."""
    rows = [
        (f"{one.file}\n{cell.where}" if len(origins) > 1 else cell.where, cell.about, cell.value, cell.rule)
        for one in origins
        for cell in one.left_out
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows, columns=["Ställe", "Gäller", "I cellen", "Varför"])
    caption = f"{capital(count(len(rows)))} {'cell' if len(rows) == 1 else 'celler'} som inte lästes in."
    return replace(plain_table(frame, "utelamnade", caption, (18, 34, 14, 34)), before=LEFT_OUT_TEXT)


def corrections(figures: Figures) -> Table | Text:
    """Return the corrections under a heading, over time only those of what the sources tell of the years; if any."""
    folder = figures.folder
    rows = read_shown_corrections(folder)
    rows = rows[rows["table"] == "history"] if figures.is_over_time else rows
    if rows.empty:
        return Text("")
    places = all_places(folder)
    abouts = [f"{places[row['place']].name}: {_title(row, folder)} ({row['edition']})" for row in as_records(rows)]
    cells = [(about, *told_of(row, folder)) for about, row in zip(abouts, as_records(rows), strict=True)]
    frame = pd.DataFrame(cells, columns=["Gäller", "Källan har", "Rättat till", "Varför och av vem"])
    made = plain_table(frame, "rattelser", "Rättade uppgifter.", (32, 17, 17, 34))
    return replace(made, before=f"{CORRECTED_HEADING}\n\n{CORRECTED_TEXT}")


def _title(row: dict[str, str], folder: Path | None) -> str:
    if row["table"] == "history":
        return str(read_series(folder).set_index("series")["title"].get(row["about"], row["about"]))
    return capital(known_indicators(folder)[row["about"]].phrase)
