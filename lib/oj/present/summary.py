"""The opening's sentences: what the report holds, and what stands out over all areas."""

from pathlib import Path

import pandas as pd

from oj.catalog import indicators
from oj.measures.compare import NOTABLE, regional_shares
from oj.places import NATION, all_places
from oj.present.output import Text
from oj.present.prose import Sentence, as_list, everyone, first_county, pair, rows_of
from oj.swedish import count, listing, number


def opening(results: pd.DataFrame, group_name: str = "") -> Text:
    """Return what the report holds: places, number of indicators, and what is lacking.

    >>> import oj
    >>> print(opening(oj.results("Jönköping")).markdown.split(". ")[0])
    Rapporten visar resultat för Jönköpings län i utgåvan 2015
    """
    own = results[results["level"] == "municipality"]["place_name"].unique().tolist()
    counties = results[results["level"] == "county"]["place_name"].unique().tolist()
    edition = results["edition"].iloc[0]
    county = counties[0] if counties else all_places()[results["place"].iloc[0][:2]].name
    sizes = results.groupby("area")["indicator"].nunique()
    measures = int(sizes.get("bakgrund", 0))
    if own:
        called = f"{group_name}: " if group_name else ""
        who = "en kommun" if len(own) == 1 else f"{count(len(own))} kommuner"
        what = f"{who} i {county} i utgåvan {edition} ({called}{listing(own)})"
        compared = f" {'Den' if len(own) == 1 else 'De'} jämförs med {listing(['riket', *counties])}."
    else:
        what = f"{county} i utgåvan {edition}"
        compared = (
            " För länets kommuner finns inga uppgifter, bara för länet som helhet och för riket; tabeller och diagram "
            "visar därför inga kommuner."
        )
    size = f"{number(int(sizes.sum()) - measures)} indikatorer och {count(measures)} bakgrundsmått"
    return Text(f"Rapporten visar resultat för {what}.{compared} Rapporten omfattar {size}.", (tuple(results.index),))


def group_summary(results: pd.DataFrame, folder: Path | None = None) -> Text:
    """Return which indicators all municipalities, and none, answered Ja to, over all areas."""
    known = [item for item in indicators(folder).values() if item.is_answer]
    own = results[(results["level"] == "municipality") & (results["status"] == "observed")]
    size = own["place"].nunique()
    if size < 2:
        return Text("")
    counts = own[own["answer"].notna()].groupby("indicator", sort=False)["answer"]
    complete = [item for item in known if item.id in counts.groups and len(counts.get_group(item.id)) == size]
    sentences = []
    for side, answer in (("all", "yes"), ("none", "no")):
        same = [item for item in complete if (counts.get_group(item.id) == answer).all()]
        if same:
            told = listing([f"{item.phrase} (@tbl-{item.table})" for item in same])
            sentences.append(Sentence(f"{everyone(size, side)} når målet för {told}.", rows_of(own, same)))
    return as_list(sentences)


def county_summary(results: pd.DataFrame, most: int = 5, folder: Path | None = None) -> Text:
    """Return where the county lies furthest above and below the nation, over all areas.

    At most `most` indicators each way are named, those with the same difference as the last included.
    """
    county = first_county(results)
    known = indicators(folder)
    if county is None:
        return Text("")
    answered = results[results["indicator"].map(lambda name: known[name].is_answer)]
    shares = regional_shares(answered, county.place, NATION)
    above, below = shares[shares["difference"] > 0], shares[shares["difference"] < 0]
    behind = tuple(answered.index[answered["place"].isin([county.place, NATION])])
    total = (
        f"Andelen kommuner och stadsdelar som når målet är högre i {county.place_name} än i riket för "
        f"{number(len(above))} av {number(len(shares))} Ja- och Nej-frågor och lägre för {number(len(below))}."
    )
    sentences = [Sentence(total, behind)]
    for words, part in (("över", above), ("under", below)):
        named = _furthest(part, most)
        if len(named):
            told = listing(
                [
                    f"{known[str(name)].phrase} ({pair(row)}, @tbl-{known[str(name)].table})"
                    for name, row in named.iterrows()
                ]
            )
            sentences.append(Sentence(f"Längst {words} riket ligger länet när det gäller {told}.", behind))
    return as_list(sentences)


def _furthest(part: pd.DataFrame, most: int) -> pd.DataFrame:
    distance = part["difference"].abs().sort_values(ascending=False, kind="stable")
    if len(distance) > most:
        distance = distance[distance >= distance.iloc[most - 1]]
    notable = distance[distance >= NOTABLE]
    return part.loc[notable.index]


def key_results(results: pd.DataFrame, group_name: str = "", folder: Path | None = None) -> Text:
    """Return what stands out over all areas, under a heading for the group and one for the county."""
    parts = [
        (group_name or "Kommunerna", group_summary(results, folder)),
        (_county_name(results), county_summary(results, folder=folder)),
    ]
    told = [(name, part) for name, part in parts if part.markdown]
    markdown = "\n\n".join(f"### {name} {{.unnumbered}}\n\n{part.markdown}" for name, part in told)
    return Text(markdown, tuple(rows for _, part in told for rows in part.rows))


def _county_name(results: pd.DataFrame) -> str:
    county = first_county(results)
    return "" if county is None else str(county.place_name)
