"""Fact sheets: what each indicator measures, how it is asked, counted and read.

Siblings share a sheet, as in the source; where one of them differs in a field, that is said under its
own name. They stand in a chapter of their own, which in HTML each area leads to.
"""

from collections.abc import Sequence
from itertools import groupby

from oj.facts.catalog import Indicator
from oj.facts.datapackage import read_table
from oj.present.output import Text
from oj.sources.asking.form import ENDING
from oj.sources.imported import imported
from oj.tidy.schema import Figures
from oj.words.swedish import capital, day, listing, number, tied
from oj.words.vocabulary import KIND_WORDS

FIELDS = {
    "target": "Mål",
    "purpose": "Varför det mäts",
    "question": "Fråga eller uppgift",
    "rule": "Så räknas det",
    "errors": "Att tänka på",
}
LEVEL_WORDS = {"district": "stadsdel", "municipality": "kommun", "county": "län", "nation": "riket"}
OPEN = '::: {.fact-sheet custom-style="Fact Sheet" typst:text:size="9.5pt"}'
BRACKET = "\\)"  # else pandoc reads the letter as a list of its own
CHAPTER = "faktablad.ipynb"
LINKS = '::: {{.content-visible when-format="html"}}\n\n**Faktablad:** {}.\n\n:::\n'


def sheet_links(figures: Figures) -> Text:
    """Return links to an area's fact sheets, for the HTML of its chapter."""
    links = [f"[{one[0].name}]({CHAPTER}#sec-faktablad-{one[0].family})" for one in _families(figures)]
    return Text(LINKS.format(", ".join(links)))


def open_sheets(figures: Figures) -> Text:
    """Return an area's fact sheets, open, with a heading each."""
    name = read_table("areas", figures.folder).set_index("area")["name"].get(figures.chosen, figures.chosen)
    sheets = [
        f"### {members[0].name} {{#sec-faktablad-{members[0].family} .unnumbered}}\n\n"
        f"{OPEN}\n\n{_sheet(members, figures.edition)}\n\n:::"
        for members in _families(figures)
    ]
    return Text("\n\n".join([f"## {name} {{.unnumbered}}", *sheets]))


def undescribed(figures: Figures) -> Text:
    """Return in a sentence how many questions nobody has described, and in which file one does; nothing where none is.

    The file is the one that is written when the workbook of the edition is read in.
    """
    known = [one.about for one in figures.measures.values() if not one.is_background]
    without = [one for one in known if not one.is_described]
    if not without:
        return Text("")
    ending = f"-{figures.edition}"
    names = [
        name.removesuffix(ending) for name, one in imported(figures.folder).items() if one.edition == figures.edition
    ]
    files = listing([f"`{name}{ENDING}`" for name in dict.fromkeys(names)], "eller")
    count = f"{number(len(without))} av {number(len(known))} frågor" if len(known) > 1 else "Frågan"
    how = f" Den som sammanställer rapporten skriver vad de betyder i {files}." if files else ""
    return Text(f"{count} i utgåvan {figures.edition} har ingen beskrivning än.{how}")


def _families(figures: Figures) -> list[list[Indicator]]:
    shown = [one.about for one in figures.measures.values()]
    return [list(members) for _, members in groupby(shown, key=lambda item: str(item.family))]


def _sheet(members: Sequence[Indicator], edition: str) -> str:
    """Return one family's sheet as Markdown: its indicators, then every field under its name."""
    first = members[0]
    alone = [] if first.title == first.name and not first.measured_on else [f"**Indikator i tabellen:** {first.title}"]
    parts = [_titles(members)] if len(members) > 1 else alone  # a workbook's question is headed by its title
    for field, heading in FIELDS.items():
        parts += _shared(heading, members, [getattr(item, field) for item in members])
    days = [listing([day(moment) for moment in item.measured_on]) for item in members]
    dates = [f"{capital(told)}." if told else "" for told in days]
    parts += _shared("Mätdatum enligt källan", members, dates)
    kinds = capital(listing([KIND_WORDS[kind] for kind in first.kind]))
    start = f"**Typ och nivå.** {kinds}." if kinds else "**Nivå.**"
    levels = listing([LEVEL_WORDS[level] for level in first.levels])
    new = [item for item in members if item.new]
    since = (
        f"Ny i utgåvan {edition}."
        if len(new) == len(members)
        else f"Nya i utgåvan {edition}: {listing([item.short for item in new])}."
    )
    parts.append(f"{start} Redovisas för {levels}. {since if new else ''}".rstrip())
    return tied("\n\n".join(parts))


def _titles(members: Sequence[Indicator]) -> str:
    rows = [f"- {item.letter}{BRACKET} {item.title}" if item.letter else f"- {item.title}" for item in members]
    return "\n".join(["**Indikatorer i tabellen:**", "", *rows])


def _shared(heading: str, members: Sequence[Indicator], texts: Sequence[str]) -> list[str]:
    """Return one paragraph per different text, headed by those it holds for unless it holds for all."""
    whose: dict[str, list[str]] = {}
    for item, text in zip(members, texts, strict=True):
        whose.setdefault(text, []).append(f"{item.letter}) {item.short}" if item.letter else item.short)
    if len(whose) == 1:
        return [f"**{heading}.** {texts[0]}"] if texts[0] else []
    return [f"**{heading}, {listing(names)}.** {text}" for text, names in whose.items() if text]
