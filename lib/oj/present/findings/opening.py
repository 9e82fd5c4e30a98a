"""What a report holds: whose figures, of which measures and years, and what is lacking."""

from oj.compare.against import county_of
from oj.facts.editions import asking_editions
from oj.facts.places import NATION, all_places, is_district, kommun, units
from oj.present.method.origins import regions_told
from oj.present.output import Text
from oj.present.table.notes import named, sources_said
from oj.sources.kolada.values import read_fetched
from oj.tidy.schema import Figures
from oj.words.plain_text import as_markdown
from oj.words.swedish import count, day, genitive, listing, number, tied

MOST_NAMES = 25  # municipalities named in a sentence
NOT_PUBLISHED = (
    '::: {{.callout-note title="Preliminära resultat"}}\n'
    "Kommunernas resultat är räknade ur deras egna enkätsvar, innan Socialstyrelsen har granskat och publicerat dem. "
    "Uppgifter ur register och talen för riket och länen är de senast publicerade{}. Rapporten är arbetsmaterial.\n"
    ":::\n\n"
)
READ_IN = ", utom dem som är inlästa ur egna filer (se nedan)"
ONLY_REGIONS = (
    " För länets kommuner finns inga uppgifter, bara för länet som helhet och för riket; tabeller och diagram visar "
    "därför inga kommuner."
)


def of_an_edition(figures: Figures, group_name: str) -> Text:
    """Return places, number of indicators, what is lacking, and what was read in of the regions."""
    own, counties = figures.municipalities(), list(figures.named("county").values())
    homes = dict.fromkeys(code[:2] for code in own or figures.frame["place"])
    county = counties[0] if counties and not own else listing([all_places()[home].name for home in homes])
    shown = [one for name, one in figures.measures.items() if name in set(figures.frame["measure"])]
    background = sum(one.is_background for one in shown)
    what, compared = f"{county} i utgåvan {figures.edition}", ONLY_REGIONS
    if own:
        what = _about(figures, own, county, group_name)
        beside = [*(["riket"] if figures.frame["place"].eq(NATION).any() else []), *counties]
        compared = f" {'Den' if len(own) == 1 else 'De'} jämförs med {listing(beside)}." if beside else ""
    size = f"{number(len(shown) - background)} {'indikator' if len(shown) - background == 1 else 'indikatorer'}"
    size += f" och {count(background)} bakgrundsmått" if background else ""
    regions = regions_told(figures)
    said = NOT_PUBLISHED.format(READ_IN if regions else "") if figures.is_preliminary else ""
    said += f"Rapporten visar resultat för {what}.{compared} Rapporten omfattar {size}."
    said += f"\n\n{regions} Mer om dem står i @sec-inlasta." if regions else ""
    return Text(said, (tuple(figures.frame.index),))


def _about(figures: Figures, own: dict[str, str], county: str, group_name: str) -> str:
    """Return which municipalities and which edition a report is about; many are not named one by one."""
    first, edition = next(iter(own)), f"utgåvan {figures.edition}"
    if len(own) == len(units(first[:2])) == 1:
        return f"{own[first]}, som är hela {county}, i {edition}"
    districts = sum(is_district(code) for code in own)
    names = [listing(list(own.values()))] if len(own) <= MOST_NAMES else []
    called = ": ".join(filter(None, [as_markdown(group_name), *names]))
    return f"{who_answer(len(own) - districts, districts)} i {county} i {edition}{f' ({called})' if called else ''}"


def who_answer(municipalities: int, districts: int) -> str:
    """Return how many municipalities and city districts a report is about, in words."""
    sizes = ((municipalities, "en kommun", "kommuner"), (districts, "en stadsdel", "stadsdelar"))
    return listing([one if size == 1 else f"{count(size)} {many}" for size, one, many in sizes if size])


def of_today(figures: Figures) -> Text:
    """Return how many municipalities and key figures, which years, fetched when."""
    periods, names = figures.latest_periods(), list(figures.municipalities().values())
    fetched, newest = read_fetched(figures.counties[0], figures.folder), sorted(set(periods.values()))
    region = figures.name_of(county_of(figures)) if county_of(figures) else ""
    who = kommun(names[0]) if len(names) == 1 else f"{count(len(names))} kommuner i {region}"
    span = f"{newest[0]}–{newest[-1]}, beroende på nyckeltal" if len(newest) > 1 else f"{newest[0]}"
    text = (
        f"Rapporten gäller {who}. Den visar {count(len(periods), neuter=True)} nyckeltal ur databasen Kolada, hämtade "
        f"den {day(fetched.fetched)}. Det senaste året med värden är {span}."
    )
    return Text(tied(text))


def of_the_years(figures: Figures) -> Text:
    """Return what a report over the years holds: whose figures, from which editions, and how many."""
    own = figures.frame[figures.frame["place"] != NATION]
    shown = own if len(own) else figures.frame
    names = [str(name) for name in own["place_name"].unique()]
    editions = sorted(shown["period"].unique())
    whose = f"{listing([*map(genitive, names)])} resultat" if names else "rikets resultat"
    beside = " bredvid rikets" if names else ""
    sources = sources_said(sorted(shown["source"].unique()), named(figures.folder))
    amount = number(shown.groupby(["period", "measure", "place"]).ngroups)
    return Text(
        tied(
            f"Rapporten visar {whose} {editions[0]}–{editions[-1]}{beside}. Den bygger på {amount} uppgifter om "
            f"{listing(names) or 'riket'}, ur {sources}. Bara för {listing(list(asking_editions(figures.folder)))} "
            "finns fullständiga resultattabeller."
        )
    )
