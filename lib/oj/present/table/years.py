"""Year by year, newest first: the nation's news, or a municipality's figures beside the nation's."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.stated import across_break
from oj.doors.observations import steps
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions
from oj.facts.places import NATION
from oj.facts.texts import texts_of
from oj.present.findings.trends import CONTEXT, ROUNDING, low, named, points
from oj.present.method.quality import national_statements
from oj.present.output import Figure, Parts, Table, Text
from oj.present.style import ANSWER_FILLS
from oj.present.table.plain import plain_table
from oj.sources.comparability import break_editions
from oj.words.plain_text import as_markdown
from oj.words.swedish import NO_BREAK_SPACE, beside, capital, listing, number, percent_words, tied
from oj.words.vocabulary import ANSWERS

IMPROVE, CONDITIONS, OTHERS = "Att förbättra", "Läget i övrigt", "Andra delar av socialtjänsten"
GROUPS = ("Ökade", "Minskade", "Lika, eller inom avrundningen", IMPROVE, CONDITIONS, OTHERS)
STATED = {"up": GROUPS[0], "down": GROUPS[1], "same": GROUPS[2]}


def opening_over_time(observations: pd.DataFrame) -> Text:
    """Return what a report over the years holds: whose figures, from which editions, and how many.

    >>> from oj.doors.observations import observations
    >>> print(opening_over_time(observations("Kalmar")).markdown.split(". ")[0])
    Rapporten visar Kalmars resultat 2016–2019 bredvid rikets
    """
    own = observations[observations["place"] != NATION]
    shown = own if len(own) else observations
    names = [str(name) for name in own["place_name"].unique()]
    editions = sorted(shown["edition"].unique())
    whose = f"{listing([f'{name}s' for name in names])} resultat" if names else "rikets resultat"
    beside = " bredvid rikets" if names else ""
    sources = as_markdown(listing(named(sorted(shown["source"].unique()))))
    amount = number(shown.groupby(["edition", "series", "place"]).ngroups)
    return Text(
        tied(
            f"Rapporten visar {whose} {editions[0]}–{editions[-1]}{beside}. Den bygger på {amount} uppgifter om "
            f"{listing(names) or 'riket'}, ur {sources}. Bara för {listing(list(asking_editions()))} finns "
            "fullständiga resultattabeller."
        )
    )


def years(observations: pd.DataFrame, folder: Path | None = None) -> Parts:
    """Return the years in short, newest first: each municipality's answers, or without any the nation's news.

    `observations` is what `oj.observations` gives.

    >>> from oj.doors.observations import observations
    >>> [part.before for part in years(observations("Riket"))][:2]
    ['### 2019 {.unnumbered}', '### 2018 {.unnumbered}']
    """
    own = observations[observations["place"] != NATION]
    if len(own):
        return Parts([in_short(observations, str(place)) for place in own["place"].unique()])
    across = across_break(observations, read_table("changes", folder), break_editions(folder))
    found = steps(observations).query("why == ''")
    editions = sorted(observations["edition"].unique(), reverse=True)
    rows = observations.assign(across=across)
    return Parts([_news(rows[rows["edition"] == edition], found, str(edition), folder) for edition in editions])


def own_years(observations: pd.DataFrame) -> Parts:
    """Return a table for every edition that a municipality has figures from, newest first, beside the nation's.

    >>> from oj.doors.observations import observations
    >>> heading, newest, *_ = own_years(observations("Kalmar"))
    >>> newest.label
    'tbl-ar-2019-0880'
    """
    own = observations[observations["place"] != NATION]
    parts: list[Text | Table | Figure] = []
    for place, rows in own.groupby("place", sort=False):
        parts.append(Text("", before=f"## {rows['place_name'].iloc[0]} år för år {{#sec-ar-{place}}}"))
        editions = sorted(rows["edition"].unique(), reverse=True)
        parts += [_table(observations, str(edition), str(place)) for edition in editions]
    return Parts(parts)


def in_short(observations: pd.DataFrame, place: str) -> Text:
    """Return a municipality's answers and figures beside the nation's as one line for each edition, newest first.

    >>> from oj.doors.observations import observations
    >>> in_short(observations("Kalmar"), "0880").markdown.splitlines()[0].replace(chr(160), " ")[:48]
    '- **2019.** Ja: användning av brukarundersökning'
    """
    own = observations[observations["place"] == place]
    nation = observations[observations["place"] == NATION].set_index(["edition", "series"])["display"]
    lines = []
    for edition, rows in sorted(own.groupby("edition"), reverse=True):
        told = [f"{word}: {names}" for word, names in _kinds(rows, nation.to_dict())]
        lines.append(f"- **{edition}.** {'. '.join(told)}.")
    return Text(tied("\n".join([*lines, *_other_answers(own)])))


def _kinds(rows: pd.DataFrame, nation: dict[Any, str]) -> Iterator[tuple[str, str]]:
    """Yield what was answered Ja, what Nej, the numbers beside the nation's, the source's words and what lacks."""
    for answer in ANSWERS:
        for word, part in rows[rows["answer"] == answer].groupby("display", sort=False):
            yield str(word), listing([low(str(short)) for short in part["short"]])
    numbers = rows[rows["value"].notna()]
    if len(numbers):
        pairs = [
            f"{low(str(row.short))} ({beside(str(row.display), str(nation[row.edition, row.series]))})"
            for row in numbers.itertuples()
        ]
        yield "Kommunen mot riket", listing(pairs)
    words = rows[rows["qualifier"] != ""]
    if len(words):
        yield "Med källans ord", listing([f"{low(str(row.short))} (”{row.qualifier}”)" for row in words.itertuples()])
    lacking = rows[rows["status"] != "observed"]
    if len(lacking):
        yield "Uppgift saknas", listing([low(str(short)) for short in lacking["short"]])


def _other_answers(own: pd.DataFrame) -> list[str]:
    """Return which answers changed between neighbouring editions that may be compared, as a line."""
    told = []
    for _series, rows in own[own["answer"] != ""].groupby("series", sort=False):
        for first, last in pairwise(rows.sort_values("edition").itertuples()):
            if first.segment == last.segment and first.answer != last.answer:
                years = f"{first.edition}–{last.edition}"
                told.append(
                    f"- **Ändrat svar {years}:** {low(str(last.short))}, från {first.display} till {last.display}."
                )
    return told


def _table(observations: pd.DataFrame, edition: str, place: str) -> Table:
    """Return a municipality's figures of one edition beside the nation's."""
    of_edition = observations[observations["edition"] == edition]
    own = of_edition[of_edition["place"] == place]
    beside_it = of_edition[of_edition["place"] == NATION]
    counted = beside_it["display"].where(beside_it["unit"] != "count", beside_it["display"] + " kommuner")
    nation = counted.groupby(beside_it["series"]).unique()
    populations = beside_it[beside_it["population"] != ""].groupby("series")["population"].first().to_dict()
    name = str(own["place_name"].iloc[0])
    frame = pd.DataFrame(
        {
            "Fråga": own["title"],
            name: own["display"].map(capital),
            "Riket": [capital(" eller ".join(nation.get(series, ["ingen uppgift"]))) for series in own["series"]],
            "Att veta": [tied(_note(row, populations)) for row in own.itertuples()],
        }
    )
    sources = as_markdown(listing(named(own["source"].unique())))
    caption = f"{name} och riket {edition}."
    made = plain_table(frame, f"ar-{edition}-{place}", caption, (34, 17, 13, 36))
    return Table(
        _filled(made.html, own), made.label, caption, (f"Källa: {sources}.",), f"### {edition} {{.unnumbered}}"
    )


def _note(row: Any, populations: dict[Any, str]) -> str:
    """Return what to know of a municipality's figure, and of whom the nation's beside it is a share."""
    of = f"Rikets tal gäller {populations[row.series]}." if row.series in populations else ""
    return " ".join(filter(None, [str(row.note), of]))


def _filled(html: str, own: pd.DataFrame) -> str:
    """Return a table with the ground of every answer's cell as in the report's other tables."""
    words = own.loc[own["answer"] != ""].set_index("answer")["display"].map(capital).drop_duplicates()
    for answer, word in words.items():
        fill = f"text-align:left;background-color:{ANSWER_FILLS[answer]}"
        html = html.replace(f'<td style="text-align:left">{word}</td>', f'<td style="{fill}">{word}</td>')
    return html


def _news(rows: pd.DataFrame, found: pd.DataFrame, edition: str, folder: Path | None) -> Text:
    """Return the nation's news of one edition, its `rows`: what rose, fell, stood still, and what to improve."""
    taken = {row.series: row for row in found[found["edition_to"] == edition].itertuples()}
    groups: dict[str, list[str]] = {name: [] for name in GROUPS}
    with_tables = edition in asking_editions(folder)  # the other key results are told from its text
    for series, own in rows.groupby("series", sort=False):
        step = taken.get(series)
        group = _group(own, step)
        if not with_tables or group != CONDITIONS:
            groups[group].append(_sentence(own, step, group))
    if with_tables:
        chosen = texts_of(folder, edition).over_time
        told = national_statements(edition, folder, refer=False, chosen=chosen).markdown.splitlines()
        groups[CONDITIONS] = [line.removeprefix("- ").replace("**", "") for line in told]
    lists = [
        f"#### {name} {{.unnumbered}}\n\n" + "\n".join(f"- {line}" for line in lines)
        for name, lines in groups.items()
        if lines
    ]
    return Text("\n\n".join(lists), before=f"### {edition} {{.unnumbered}}")


def _group(own: pd.DataFrame, step: Any) -> str:
    """Return under which heading a series' news of an edition stands."""
    if own["area"].iloc[0] == CONTEXT:
        return OTHERS
    if step is not None and abs(step.change) > ROUNDING:
        return STATED["up" if step.change > 0 else "down"]
    stated = own.loc[~own["across"] & (own["trend"] != ""), "trend"].tolist()
    if stated and stated[0] != "same":
        return STATED[stated[0]]
    if (own["improve"] == "yes").any():
        return IMPROVE
    return STATED["same"] if step is not None or stated else CONDITIONS


def _sentence(own: pd.DataFrame, step: Any, group: str) -> str:
    """Return one series' news as a sentence, with its change in brackets."""
    figures = [_figure(row) for row in own.drop_duplicates("display").itertuples()]
    figures = [*(figure.removesuffix(f"{NO_BREAK_SPACE}procent") for figure in figures[:-1]), figures[-1]]
    if own["status"].iloc[0] != "observed":
        text = f"{own['title'].iloc[0]}: {figures[0]}. {str(own['note'].iloc[0]).removesuffix('.')}"
    else:
        text = own["phrase"].iloc[0].format(listing(figures, "eller"))
    change = _change(own, step)
    if (own["improve"] == "yes").any() and group != IMPROVE:
        change = f"{change}; också ett förbättringsområde" if change else "också ett förbättringsområde"
    return tied(f"{capital(text)}{f' ({change})' if change else ''}.")


def _figure(row: Any) -> str:
    if row.status != "observed" or row.qualifier:
        return str(row.display)
    return f"{number(row.value)} kommuner" if row.unit == "count" else percent_words(row.value)


def _change(own: pd.DataFrame, step: Any) -> str:
    """Return what is known of the change: as computed, or in the source's words, with a warning across a break."""
    told = []
    if step is not None:
        size = f"{number(abs(step.change))} kommuner" if step.unit == "count" else points(step.change)
        sign = "plus" if step.change > 0 else "minus"
        told.append(f"{sign} {size} sedan {step.edition_from}" if step.change else f"som {step.edition_from}")
    for row in own[(own["direction"] != "") & (own["direction"] != own["qualifier"])].itertuples():
        warning = ", en jämförelse över ett brott" if row.across and row.trend else ""
        told.append(f"enligt källan ”{row.direction}”{warning}")
    return "; ".join(told)
