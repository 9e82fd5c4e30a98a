"""The opening's sentences: what the report holds, and what stands out over all areas."""

from functools import partial
from pathlib import Path

import pandas as pd

from oj.compare.against import NOTABLE, regional_shares
from oj.compare.targets import answers
from oj.doors.results import is_preliminary, name_of
from oj.facts.catalog import indicators
from oj.facts.editions import domain_of, of_results
from oj.facts.places import NATION, all_places, is_district, units
from oj.present.findings.averages import areas_against_nation, average
from oj.present.findings.municipality import staff_figures, strongest_and_weakest
from oj.present.findings.results import Sentence, as_list, by_table, first_county, pair, unanimous
from oj.present.output import Parts, Text
from oj.words.plain_text import as_markdown
from oj.words.swedish import count, listing, number, tied

MOST_NAMES = 25  # municipalities named in a sentence
NOT_PUBLISHED = (
    '::: {.callout-note title="Preliminära resultat"}\n'
    "Kommunernas resultat är räknade ur deras egna enkätsvar, innan Socialstyrelsen har granskat och publicerat dem. "
    "Uppgifter ur register och talen för riket och länen är de senast publicerade. Rapporten är arbetsmaterial.\n:::"
)
PUBLISHED, READ_IN = (
    "de senast publicerade.",
    "de senast publicerade, utom dem som är inlästa ur egna filer (se nedan).",
)


def opening(results: pd.DataFrame, group_name: str = "", folder: Path | None = None, regions: str = "") -> Text:
    """Return what the report holds: places, number of indicators, what is lacking, and what was read in of the regions.

    >>> from oj.doors.results import results
    >>> print(opening(results("Jönköping")).markdown.split(". ")[0])
    Rapporten visar resultat för Jönköpings län i utgåvan 2015
    """
    folder = of_results(results, folder)
    own = results[results["level"] == "municipality"]["place_name"].unique().tolist()
    counties = results[results["level"] == "county"]["place_name"].unique().tolist()
    edition = results["edition"].iloc[0]
    county = counties[0] if counties else all_places()[results["place"].iloc[0][:2]].name
    known = indicators(folder)
    shown = [known[name] for name in results["indicator"].unique()]
    measures = sum(item.is_background for item in shown)
    if own:
        what = _about(results, county, group_name)
        compared = f" {'Den' if len(own) == 1 else 'De'} jämförs med {listing(['riket', *counties])}."
    else:
        what = f"{county} i utgåvan {edition}"
        compared = (
            " För länets kommuner finns inga uppgifter, bara för länet som helhet och för riket; tabeller och diagram "
            "visar därför inga kommuner."
        )
    size = f"{number(len(shown) - measures)} indikatorer och {count(measures)} bakgrundsmått"
    preliminary = NOT_PUBLISHED.replace(PUBLISHED, READ_IN) if regions else NOT_PUBLISHED
    warning = f"{preliminary}\n\n" if is_preliminary(results) else ""
    said = f"{warning}Rapporten visar resultat för {what}.{compared} Rapporten omfattar {size}."
    said += f"\n\n{regions} Mer om dem står i @sec-inlasta." if regions else ""
    return Text(said, (tuple(results.index),))


def _about(results: pd.DataFrame, county: str, group_name: str) -> str:
    """Return which municipalities and which edition a report is about; many are not named one by one."""
    own = results[results["level"] == "municipality"].drop_duplicates("place")
    edition = f"utgåvan {results['edition'].iloc[0]}"
    if len(own) == len(units(own["place"].iloc[0][:2])) == 1:
        return f"{own['place_name'].iloc[0]}, som är hela {county}, i {edition}"
    districts = int(own["place"].map(is_district).sum())
    names = [listing(own["place_name"].tolist())] if len(own) <= MOST_NAMES else []
    called = ": ".join(filter(None, [as_markdown(group_name), *names]))
    return f"{who_answer(len(own) - districts, districts)} i {county} i {edition}{f' ({called})' if called else ''}"


def who_answer(municipalities: int, districts: int) -> str:
    """Return how many municipalities and city districts a report is about, in words.

    >>> who_answer(8, 1), who_answer(1, 0)
    ('åtta kommuner och en stadsdel', 'en kommun')
    """
    sizes = ((municipalities, "en kommun", "kommuner"), (districts, "en stadsdel", "stadsdelar"))
    return listing([one if size == 1 else f"{count(size)} {many}" for size, one, many in sizes if size])


def group_summary(results: pd.DataFrame, folder: Path | None = None) -> Text:
    """Return which indicators all municipalities, and none, answered Ja to, over all areas."""
    folder = of_results(results, folder)
    shown = [item for item in indicators(folder).values() if item.is_answer]
    return as_list(unanimous(results, shown, partial(by_table, refer=True)))


def county_summary(results: pd.DataFrame, other: str = NATION, most: int = 5, folder: Path | None = None) -> Text:
    """Return where the county lies furthest above and below the nation (or the county `other`), over all areas.

    At most `most` indicators each way are named, those with the same difference as the last included.
    """
    folder = of_results(results, folder)
    county = first_county(results)
    if county is None:
        return Text("")
    answered = answers(results, folder)
    shares = regional_shares(answered, county.place, other)
    above, below = shares[shares["difference"] > 0], shares[shares["difference"] < 0]
    behind = tuple(answered.index[answered["place"].isin([county.place, other])])
    equal = len(shares) - len(above) - len(below)
    lower = f"lägre för {number(len(below))}"
    rest = f", {lower} och lika för {count(equal)}" if equal else f" och {lower}"
    who = domain_of(folder).answering
    total = (
        f"Andelen {who} som når målet är högre i {county.place_name} än i {_called(results, other)} "
        f"för {number(len(above))} av {number(len(shares))} Ja- och Nej-frågor{rest}."
    )
    return as_list([Sentence(total, behind), *furthest(results, other, most, folder, refer=True)])


def furthest(
    results: pd.DataFrame, other: str, most: int, folder: Path | None = None, *, refer: bool = False
) -> list[Sentence]:
    """Return where the county lies at least ten percentage points above and below `other`, at most `most` each way.

    The difference in percentage points and both shares stand in brackets, and with `refer` the table.
    """
    folder = of_results(results, folder)
    county = first_county(results)
    if county is None:
        return []
    known = indicators(folder)
    answered = answers(results, folder)
    shares = regional_shares(answered, county.place, other)
    sentences = []
    for words, part in (("över", shares[shares["difference"] > 0]), ("under", shares[shares["difference"] < 0])):
        named = _most_distant(part, most)
        told = [
            f"{known[str(name)].phrase} ({_distance(row, first=not at)}"
            f"{f', @tbl-{known[str(name)].table}' if refer else ''})"
            for at, (name, row) in enumerate(named.iterrows())
        ]
        if told:
            behind = answered[answered["indicator"].isin(named.index) & answered["place"].isin([county.place, other])]
            text = (
                f"Längst {words} {_called(results, other)} ligger {county.place_name} när det gäller {listing(told)}."
            )
            sentences.append(Sentence(text, tuple(behind.index)))
    return sentences


def _called(results: pd.DataFrame, place: str) -> str:
    """Return a region's name as it stands in a sentence."""
    return "riket" if place == NATION else name_of(results, place)


def _distance(row: pd.Series, *, first: bool) -> str:
    """Return a difference and its shares: 28 procentenheter, 84 mot 56 %; the unit only the first time."""
    points = number(abs(row["difference"]) * 100)
    return tied(f"{points} procentenheter, {pair(row)}") if first else f"{points}, {pair(row)}"


def _most_distant(part: pd.DataFrame, most: int) -> pd.DataFrame:
    distance = part["difference"].abs().sort_values(ascending=False, kind="stable")
    if len(distance) > most:
        distance = distance[distance >= distance.iloc[most - 1]]
    notable = distance[distance >= NOTABLE]
    return part.loc[notable.index]


def nation_summary(results: pd.DataFrame, most: int = 3, folder: Path | None = None) -> Text:
    """Return which targets the largest and the smallest share of the nation's municipalities reach.

    At most `most` each way, those equal to the last included.
    """
    folder = of_results(results, folder)
    known = indicators(folder)
    rows = answers(results, folder)
    rows = rows[(rows["place"] == NATION) & (rows["status"] == "observed")]
    if len(rows) <= 2 * most:
        return Text("")
    sentences = []
    for words, falling in (("störst", False), ("minst", True)):
        ordered = rows.sort_values("value", ascending=falling, kind="stable")
        last = ordered["value"].iloc[most - 1]
        named = ordered[(ordered["value"] <= last) if falling else (ordered["value"] >= last)]
        told = listing([f"{known[row.indicator].phrase} ({row.display})" for row in named.itertuples()])
        text = f"Målen som {words} andel av {domain_of(folder).the_answering} i riket når är {told}."
        sentences.append(Sentence(text, tuple(named.index)))
    return as_list(sentences)


def key_results(results: pd.DataFrame, group_name: str = "", folder: Path | None = None) -> Parts:
    """Return what stands out over all areas: for the group, the county, and against each county compared with."""
    folder = of_results(results, folder)
    counties = results[results["level"] == "county"].drop_duplicates("place").set_index("place")["place_name"]
    whole = as_list(
        [*average(results, folder=folder), *areas_against_nation(results, folder), *_of_one(results, folder)]
    )
    own = results.loc[results["level"] == "municipality", "place_name"].unique()
    group = as_markdown(group_name) or (str(own[0]) if len(own) == 1 else "Kommunerna")
    parts = [
        (group, joined(whole, group_summary(results, folder)) if len(own) else Text("")),
        *(
            (name, joined(Text("") if len(own) else whole, county_summary(results, folder=folder)))
            for name in counties[:1]
        ),
        *(
            (f"Jämförelsen med {counties[place]}", county_summary(results, place, 3, folder))
            for place in counties.index[1:]
        ),
    ]
    return Parts(Text(part.markdown, part.rows, f"### {name} {{.unnumbered}}") for name, part in parts if part.markdown)


def _of_one(results: pd.DataFrame, folder: Path | None) -> list[Sentence]:
    """Return what stands out for the report's municipality, where it is the only one."""
    folder = of_results(results, folder)
    own = results.loc[results["level"] == "municipality", "place"].unique()
    if len(own) != 1:
        return []
    place = str(own[0])
    return [*strongest_and_weakest(results, place, folder), *staff_figures(results, place, folder)]


def joined(*texts: Text) -> Text:
    """Return several lists of sentences as one."""
    told = [text for text in texts if text.markdown]
    return Text("\n".join(text.markdown for text in told), tuple(rows for text in told for rows in text.rows))
