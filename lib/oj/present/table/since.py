"""What has changed since an earlier edition as tables: municipality by municipality, and question by question."""

from collections.abc import Sequence

import pandas as pd

from oj.compare.since import (
    BETTER,
    HIGHER,
    LACKING,
    LOWER,
    NEAR,
    NEW_NO,
    NEW_YES,
    STILL_NO,
    STILL_PARTLY,
    STILL_YES,
    WORSE,
    changes,
    is_any_compared,
    of_answers,
    rows_behind,
)
from oj.facts.datapackage import read_table
from oj.present.grid import HOW_CHANGED, Cell
from oj.present.output import Parts, Table
from oj.present.style import REGION_FILL
from oj.present.table.plain import CENTRED, plain_table
from oj.tidy.schema import Figures
from oj.words.plain_text import as_markdown
from oj.words.swedish import listing, number

HEADS = {
    NEW_YES: "Nya Ja", NEW_NO: "Nya Nej", STILL_NO: "Fort\u00adfarande Nej", STILL_YES: "Fort\u00adfarande Ja",
    BETTER: "Bättre, till mellan\u00adsvar", WORSE: "Sämre, till mellan\u00adsvar",
    STILL_PARTLY: "Fort\u00adfarande mellan\u00adsvar",
}  # fmt: skip
ALWAYS = (NEW_YES, NEW_NO, STILL_NO, STILL_YES)
LACKS = "Saknas något av åren"
NOTE = (
    "Jämfört med den senaste tidigare utgåva där samma fråga ställdes och får jämföras. Bara svar som visas i båda "
    "utgåvorna räknas, och inget jämförs över ett brott i serien."
)
STEP_NOTE = "Mellansvar: ett svar mellan Ja och Nej, som Delvis."
NEAR_NOTE = "Tydligt: minst tio procentenheter för andelar av dem som svarade, annars minst en tiondel av det tidigare."
MOST_NAMES = 10  # municipalities named in a cell


def since_tables(figures: Figures) -> Parts:
    """Return how many changes of each kind every municipality has, and who has which on every question.

    Nothing of answers, or of numbers, where none is shown in both editions.
    """
    found = changes(figures)
    answers, numbers = (of_answers(figures, found, answers=one) for one in (True, False))
    made = [*([_by_place(figures, answers), _by_question(figures, answers)] if is_any_compared(answers) else [])]
    return Parts([*made, *([_of_numbers(figures, numbers)] if is_any_compared(numbers) else [])])


def _by_place(figures: Figures, found: pd.DataFrame) -> Table:
    kinds = [kind for kind in HEADS if kind in ALWAYS or (found["kind"] == kind).any()]
    names = figures.municipalities()
    parts = [(name, found[found["place"] == place], "") for place, name in names.items()]
    parts += [("Alla", found, REGION_FILL)] if len(names) > 1 else []
    frame: dict[str, list[Cell | str]] = {"Kommun": [Cell(name, fill) for name, _, fill in parts]}
    for kind in kinds:
        frame[HEADS[kind]] = [_amount(own[own["kind"] == kind], fill) for _, own, fill in parts]
    frame[LACKS] = [_amount(own[own["kind"].isin(LACKING)], fill) for _, own, fill in parts]
    notes = [NOTE, *([STEP_NOTE] if len(kinds) > len(ALWAYS) else []), *_cautions(figures, found)]
    widths = [24.0, *[round(76 / (len(frame) - 1), 2)] * (len(frame) - 1)]
    caption = f"Ändrade och oförändrade svar i varje kommun, {_span(figures, found)}."
    return plain_table(frame, "andrat", caption, widths, CENTRED, (" ".join(notes),))


def _by_question(figures: Figures, found: pd.DataFrame) -> Table:
    """Return a row for each question: since when, who has a new Ja and a new Nej, and who Nej as before."""
    groups = {
        "Nytt Ja": ((NEW_YES, ""), (BETTER, "bättre, till {partly}: ")),
        "Nytt Nej": ((NEW_NO, ""), (WORSE, "sämre, till {partly}: ")),
        "Fortfarande Nej": ((STILL_NO, ""),),
    }
    parts = [(figures.measures[str(name)], own) for name, own in found.groupby("measure", sort=False)]
    frame: dict[str, list[Cell | str]] = {
        "Fråga": [one.title for one, _ in parts],
        "Mot": [own["since"].iloc[0] for _, own in parts],
    }
    for head, kinds in groups.items():
        frame[head] = [
            _who(figures, [(own[own["kind"] == kind], text.format(**one.answer_words)) for kind, text in kinds
                           if kind not in (BETTER, WORSE) or "partly" in one.answer_words])
            for one, own in parts
        ]  # fmt: skip
    caption = f"Vilka kommuner som har ändrat svar, fråga för fråga, {_span(figures, found)}."
    return plain_table(frame, "andrat-fragor", caption, [31, 8, 20.33, 20.33, 20.34], notes=(NOTE,))


def _of_numbers(figures: Figures, found: pd.DataFrame) -> Table:
    """Return a row for each number: since when, and where it is told as higher, as lower and as near."""
    parts = [(figures.measures[str(name)], own) for name, own in found.groupby("measure", sort=False)]
    frame: dict[str, list[Cell | str]] = {
        "Tal": [one.title for one, _ in parts],
        "Mot": [own["since"].iloc[0] for _, own in parts],
    }
    for head, kind in (("Tydligt högre", HIGHER), ("Tydligt lägre", LOWER), ("Nära", NEAR)):
        frame[head] = [_who(figures, [(own[own["kind"] == kind], "")]) for _, own in parts]
    caption = f"Tal i kommunerna, jämförda med tidigare, {_span(figures, found)}."
    return plain_table(frame, "andrat-tal", caption, [31, 8, 20.33, 20.33, 20.34], notes=(f"{NOTE} {NEAR_NOTE}",))


def _amount(own: pd.DataFrame, fill: str) -> Cell:
    return Cell(number(len(own)), fill, rows=rows_behind(own), how=HOW_CHANGED)


def _who(figures: Figures, parts: Sequence[tuple[pd.DataFrame, str]]) -> Cell:
    """Return the municipalities of changes, or how many where they are more than a cell has room for."""
    told = []
    for own, word in parts:
        names = [figures.name_of(place) for place in own["place"]]
        if names:
            told.append(word + (listing(names) if len(names) <= MOST_NAMES else f"{number(len(names))} kommuner"))
    return Cell(
        "\n".join(one[:1].upper() + one[1:] for one in told) or "–",
        rows=rows_behind(pd.concat([own for own, _ in parts])),
        how=HOW_CHANGED,
    )


def _span(figures: Figures, found: pd.DataFrame) -> str:
    """Return between which editions changes are."""
    years = sorted(found["since"].unique())
    return f"utgåvan {figures.edition} mot {'utgåvan ' if len(years) == 1 else ''}{listing(years, 'eller')}"


def _cautions(figures: Figures, found: pd.DataFrame) -> list[str]:
    """Return what the domain's breaks say of caution between the editions that are compared."""
    told = read_table("breaks", figures.folder)
    first, last = found["since"].min(), figures.edition
    own = told[(told["kind"] == "caution") & (told["edition"] > first) & (told["edition"] <= last)]
    own = own[own["series"].isin(["*", *found["measure"].unique()])]
    pairs = dict.fromkeys(zip(own["edition"], own["reason"], strict=True))
    return [f"Försiktighet, {year}: {as_markdown(str(reason))}" for year, reason in pairs]
