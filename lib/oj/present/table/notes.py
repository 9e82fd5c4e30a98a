"""What stands under a table: what its figures are, what its signs mean, and its sources."""

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from oj.facts.key_figures import catalogue
from oj.present.grid import Grid
from oj.sources.origins import NOT_SAID, sources, sources_beside
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.today import FEW_ANSWERS
from oj.words.frames import each_row
from oj.words.groups import TOTAL
from oj.words.plain_text import as_markdown
from oj.words.swedish import clear_listing, listing, tied
from oj.words.vocabulary import STATUSES, Status

NOTHING = "Det finns inga uppgifter för det som valdes."
NO_VALUES = "Ingen av kommunerna har något värde i Kolada för de här nyckeltalen."
OWN_NOTE = "Talen med * är egna beräkningar, inte Koladas: ovägda medelvärden av de kommuner som har ett värde."
FEW_NOTE = "–: inget tal räknas, till exempel för att färre än tre kommuner har ett värde."
WEIGHTED_NOTE = "Ett tal för riket utan * är {nation}; jämför det med en kommun, inte med ett medelvärde."
SHARE_NOTE = "Riket och län: andel av de svarande {who} som har Ja"
OTHER_NOTE = "; för talen samma mått som för kommunerna"
PARTLY_NOTE = "Källan visar inga {partly}: om ett {no} för {phrases} kan vara ett {partly} framgår inte."
ROUNDED_NOTE = "Talen för {regions} är cirka: de är summor av andelar som är avrundade till hela procent."


def notes_of_edition(figures: Figures, grid: Grid) -> str:
    """Return what a reader must know under a table: what the shares are, each sign met, the source."""
    answers = [one for one in figures.measures.values() if one.is_answer]
    who = figures.domain.the_answering
    other = OTHER_NOTE if len(answers) < len(figures.measures) else ""
    share = [f"{SHARE_NOTE.format(who=who)}{other}."] if answers else []
    return " ".join(
        [
            *share,
            *_partly(figures.frame, answers),
            *_answering(figures.frame, answers),
            *signs(grid.statuses, figures.statuses),
            _sources(figures),
        ]
    )


def _sources(figures: Figures) -> str:
    """Return the sources, and whose comparisons they tell of; a survey of somebody's own is not after those."""
    known, names = sources(figures.folder).set_index("source"), list(figures.frame["source"].unique())
    after, beside = figures.domain.after, sources_beside(figures.folder) & {*names}
    of_them, others = (_named(known, [name for name in names if (name in beside) is own]) for own in (False, True))
    if not after or not of_them:
        return f"Källa: {listing(_named(known, names))}."
    return f"Källa: {listing(of_them)}, efter {after}{f', och {listing(others)}' if others else ''}."


def _named(known: pd.DataFrame, names: Sequence[Any]) -> list[str]:
    """Return each source by its publisher and year, or by its title where no publisher is said."""
    about = [known.loc[name] for name in names]
    told = [row["title"] if row["publisher"] == NOT_SAID else f"{row['publisher']} ({row['year']})" for row in about]
    return list(dict.fromkeys(map(as_markdown, told)))


def _partly(rows: pd.DataFrame, answers: Sequence[Measure]) -> list[str]:
    """Return of which measures a published Nej may be a Delvis, where none of that is shown."""
    graded = [one for one in answers if "partly" in one.answer_words]
    shipped = rows[(rows["level"] == "municipality") & (rows["method"] == "published")]
    if not graded or shipped.empty or (rows["answer"] == "partly").any():
        return []
    phrases: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for one in graded:
        phrases.setdefault(tuple(one.answer_words.items()), []).append(one.phrase)
    return [PARTLY_NOTE.format(phrases=listing(told), **dict(words)) for words, told in phrases.items()]


def _answering(rows: pd.DataFrame, answers: Sequence[Measure]) -> list[str]:
    """Return how many answered in the nation and each county, where that is known: ["Svarande: Kalmar län 11–12."]."""
    known = rows[rows["measure"].isin([one.id for one in answers]) & (rows["level"] != "municipality")]
    known = known[known["denominator"].notna()]
    told = [
        f"{name} {'–'.join(dict.fromkeys(f'{size:.0f}' for size in (own.min(), own.max())))}"
        for name, own in known.groupby("place_name", sort=False)["denominator"]
    ]
    return [f"Svarande: {listing(told)}."] if told else []


def notes_of_today(figures: Figures, rows: pd.DataFrame, first: Sequence[str], statuses: Container[str] = ()) -> str:
    """Return what stands `first`, what the signs are, and the source."""
    nation = catalogue(figures.folder).nation
    return tied(" ".join([*first, *signs(statuses), *own_note(rows, nation), "Källa: Kolada."]))


def few_answers(rows: pd.DataFrame, named_by: str) -> list[str]:
    """Return behind which figures few answers stand, each named once by a column of the rows; nothing without any."""
    own = rows[(rows["note"] == FEW_ANSWERS) & (rows["status"] == "observed") & (rows["group"] == TOTAL)]
    return [f"{FEW_ANSWERS}: {clear_listing(own[named_by].unique().tolist())}."] if len(own) else []


def signs(statuses: Container[str], every: Mapping[str, Status] = STATUSES) -> list[str]:
    """Return what the signs of those statuses mean, each once, as `every` has them."""
    return [one.sentence for status, one in every.items() if status != "observed" and status in statuses]


def own_note(rows: pd.DataFrame, nation: str) -> list[str]:
    """Return what the star means, where one stands, what the nation's figures without one are, and the dash."""
    own, observed = rows["method"].eq("mean"), rows["status"].eq("observed")
    few = [FEW_NOTE] if (own & ~observed).any() else []
    if not (own & observed).any():
        return few
    weighted = (rows["level"].eq("nation") & observed & ~own).any()
    return [OWN_NOTE, *([WEIGHTED_NOTE.format(nation=nation)] if weighted else []), *few]


def rounded_note(regions: Sequence[str]) -> list[str]:
    """Return the note of the regions whose averages are sums of rounded shares; nothing without any."""
    return [ROUNDED_NOTE.format(regions=listing(list(regions)))] if regions else []


def named(folder: Path) -> dict[str, str]:
    """Return the publisher and year of every source, by its id, as plain text; its title where nobody says who.

    >>> from oj.facts.editions import data_folder
    >>> named(data_folder())["skl-2016"]
    'SKL 2016'
    """
    short = {"Sveriges Kommuner och Landsting (SKL)": "SKL"}
    rows = each_row(sources(folder))
    return {
        str(row.source): str(row.title)
        if row.publisher == NOT_SAID
        else f"{short.get(row.publisher, row.publisher)} {row.year}"
        for row in rows
    }


def sources_said(sources: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the names of sources, each once, as a list in Markdown."""
    return as_markdown(listing(list(dict.fromkeys(names[source] for source in sources))))
