"""The whole report's sentences once more: what every page should say in order, and the form of every kind."""

import re
from collections.abc import Callable
from itertools import chain

from oj.words.swedish import count, genitive, listing, sentences
from rederive import (
    TABLES,
    TENTH,
    Facts,
    areas_apart,
    average,
    compared,
    lacking,
    numbers,
    pair,
    shares,
    span_of_targets,
    table_findings,
    unanimous,
    whole,
    whole_table,
)
from rederive_sheets import (
    Line,
    alike,
    alone,
    conditions,
    far_from_nation,
    furthest_numbers,
    guide,
    key_facts,
    known_figures,
    lines_of_summary,
    picture,
    reached_targets,
    sheet,
    staff,
    strong_and_weak,
    targets,
    targets_and_peers,
    weakest,
    whose_lines,
)

CHAPTERS = ("individanpassad", "samordning", "utbildning", "saker", "kunskapsbaserad", "tillganglig", "bakgrund")
LEADS = ("samordning", "kunskapsbaserad")  # the chapters of several tables
Told = list[list[str]]


def furthest(facts: Facts, area: str = "", other: str = "00", most: int = 5, *, refer: bool = False) -> list[str]:
    items = facts.within(area=area) if area else facts.items
    found = shares(facts, items, other)
    name, told = facts.names[facts.counties[0]], []
    for words, sign in (("över", 1), ("under", -1)):
        side = [(item, one, two) for item, one, two in found if (one - two) * sign > 0]
        least = abs(side[most - 1][1] - side[most - 1][2]) if len(side) > most else TENTH
        named = [(item, one, two) for item, one, two in side if abs(one - two) >= max(least, TENTH)]
        parts = [
            f"{item.phrase} ({whole(abs(one - two))}{'' if at else ' procentenheter'}, {pair(one, two)}"
            f"{f', {facts.refs[item.table]}' if refer else ''})"
            for at, (item, one, two) in enumerate(named)
        ]
        if parts:
            told.append(sentences(f"Längst {words} {facts.called(other)} ligger {name} när det gäller", parts))
    return told


def higher_and_lower(facts: Facts, other: str = "00") -> list[str]:
    found = shares(facts, facts.items, other)
    over, under = (sum((one - two) * sign > 0 for _, one, two in found) for sign in (1, -1))
    same = len(found) - over - under
    rest = f", lägre för {under} och lika för {count(same)}" if same else f" och lägre för {under}"
    return [
        f"Andelen kommuner och stadsdelar som når målet är högre i {facts.names[facts.counties[0]]} än i "
        f"{facts.called(other)} för {over} av {len(found)} Ja- och Nej-frågor{rest}."
    ]


def nation(facts: Facts) -> list[str]:
    known = [(item, value) for item in facts.targets if (value := facts.value(item, "00")) is not None]
    if len(known) <= 6:
        return []
    told = []
    for words, sign in (("störst", -1), ("minst", 1)):
        ordered = sorted(known, key=lambda one: one[1] * sign)
        last = ordered[2][1]
        parts = [f"{item.phrase} ({whole(value)} %)" for item, value in ordered if (value - last) * sign <= 0]
        told.append(sentences(f"Målen som {words} andel av kommunerna och stadsdelarna i riket når är", parts))
    return told


def opening(facts: Facts) -> list[str]:
    county = facts.names[facts.counties[0]]
    edition = facts.rows[0]["edition"]
    measures = len(facts.within(area="bakgrund"))
    size = f"Rapporten omfattar {len(facts.items) - measures} indikatorer och {count(measures)} bakgrundsmått."
    if not facts.own:
        return [
            f"Rapporten visar resultat för {county} i utgåvan {edition}. För länets kommuner finns inga uppgifter, "
            f"bara för länet som helhet och för riket; tabeller och diagram visar därför inga kommuner. {size}"
        ]
    names = listing([facts.names[place] for place in facts.own])
    one = len(facts.own) == 1
    who = "en kommun" if one else f"{count(len(facts.own))} kommuner"
    called = f"{facts.group_name}: " if facts.group_name else ""
    others = listing(["riket", *(facts.names[place] for place in facts.counties)])
    return [
        f"Rapporten visar resultat för {who} i {county} i utgåvan {edition} ({called}{names}). "
        f"{'Den' if one else 'De'} jämförs med {others}. {size}"
    ]


def key_results(facts: Facts) -> Told:
    together = [*average(facts, facts.items), *areas_apart(facts)]
    if len(facts.own) == 1:
        together += [*strong_and_weak(facts, facts.own[0]), *staff(facts, facts.own[0])]
    same = unanimous(facts, facts.items, by_table=True)
    county = [*higher_and_lower(facts), *furthest(facts, refer=True)]
    others = [[*higher_and_lower(facts, one), *furthest(facts, "", one, 3, refer=True)] for one in facts.counties[1:]]
    return [[*together, *same], county, *others] if facts.own else [[*together, *county], *others]


def lead(facts: Facts, area: str) -> list[str]:
    items = facts.within(area=area)
    return [*average(facts, items, "områdets "), *unanimous(facts, items), *furthest(facts, area, "00", 3)]


def chapter(facts: Facts, area: str) -> Told:
    own = [table for table, row in TABLES.items() if row["area"] == area]
    return [*([lead(facts, area)] if area in LEADS else []), *(table_findings(facts, table) for table in own)]


def report_of(facts: Facts) -> dict[str, Told]:
    """Return what every page of a report should say, list by list; a municipality's page is known by its code."""
    pages = {area: chapter(facts, area) for area in CHAPTERS}
    stands_out = [*average(facts, facts.items), *unanimous(facts, facts.items), *weakest(facts)]
    pages["index"] = [[*stands_out, *furthest_numbers(facts)]]
    pages["inledning"] = [opening(facts), *key_results(facts), nation(facts)]
    pages["oversikt"] = [[*average(facts, facts.items), *span_of_targets(facts), *areas_apart(facts)]]
    pages["analysguide"] = [conditions(facts, place) for place in facts.own if len(facts.own) == 1]
    pages |= {place: [sheet(facts, place)] for place in facts.own}
    said = {page: [told for told in lists if told] for page, lists in pages.items()}
    return {page: lists for page, lists in said.items() if lists}


def guides_of(facts: Facts) -> dict[str, tuple[list[Line], str]]:
    """Return the guide that a report should have, by what its caption begins with."""
    group = facts.group_name or ("Kommunerna" if facts.own else facts.names[facts.counties[0]])
    place = facts.own[0] if len(facts.own) == 1 else ""
    return {f"{genitive(facts.names[place] if place else group)} förbättringsområden": guide(facts, place)}


def expected_tables(facts: Facts) -> dict[str, list[Line]]:
    """Return the body of every table with generated cells, by what its caption begins with."""
    tables = {start: cells for start, (cells, _) in guides_of(facts).items() if cells}
    if facts.own:
        tables |= {whose_lines(facts): lines_of_summary(facts)}
        tables |= {"Svaren i en bild: mål som nås, delområde för delområde": picture(facts)}
    tables["Antal mål som nås, av dem med Ja- och Nej-svar"] = targets(facts)[1:]
    for place in facts.own:
        name = genitive(facts.names[place])
        tables |= {f"{name} bakgrundsmått": key_facts(facts, place)}
        tables |= {f"{name} mål, delområde för delområde": targets_and_peers(facts, place)}
    return tables


def everything(facts: Facts) -> tuple[dict[str, Told], dict[str, list[Line]]]:
    """Return all that a report should say of its rows."""
    return report_of(facts), expected_tables(facts)


def _of_tables(rule: Callable[..., list[str]]) -> Callable[[Facts], list[str]]:
    return lambda facts: list(chain.from_iterable(rule(facts, facts.within(table=table)) for table in TABLES))


def _of_places(rule: Callable[[Facts, str], list[str]]) -> Callable[[Facts], list[str]]:
    return lambda facts: list(chain.from_iterable(rule(facts, place) for place in facts.own))


def _numbers(facts: Facts) -> list[str]:
    return [told for item in facts.items if not item.is_answer for told in numbers(facts, item)]


def _averages(facts: Facts) -> list[str]:
    return [*average(facts, facts.items), *(one for area in CHAPTERS for one in lead(facts, area)[:1])]


def _same(facts: Facts) -> list[str]:
    items = [facts.items, *(facts.within(area=area) for area in CHAPTERS)]
    items += [facts.within(table=table) for table in TABLES]
    return [one for some in items for by in (True, False) for one in unanimous(facts, some, by_table=by)]


def _furthest(facts: Facts) -> list[str]:
    others = [("", "00", 5), *(("", other, 3) for other in facts.counties[1:])]
    told = [one for area, other, most in others for one in furthest(facts, area, other, most, refer=True)]
    return [*told, *(one for area in CHAPTERS for one in furthest(facts, area, "00", 3))]


def _higher(facts: Facts) -> list[str]:
    return [one for other in ("00", *facts.counties[1:]) for one in higher_and_lower(facts, other)]


KINDS: list[tuple[str, str, Callable[[Facts], list[str]]]] = [
    (
        "opening",
        r"Rapporten visar resultat för .+\. Rapporten omfattar \d+ indikatorer och \w+ bakgrundsmått\.",
        opening,
    ),
    ("all", r"(Alla \S+ kommuner|Båda kommunerna) når målet för .+\.", _same),
    ("none", r"Ingen av de \S+ kommunerna når målet för .+\.", _same),
    ("whole table, yes", r".+ når målet för alla \w+ indikatorer\.", _of_tables(whole_table)),
    ("whole table, no", r".+ når inte målet för någon av de \w+ indikatorerna\.", _of_tables(whole_table)),
    ("over", r".+ ligger minst 10 procentenheter över riket när det gäller .+\.", _of_tables(compared)),
    ("under", r".+ ligger minst 10 procentenheter under riket när det gäller .+\.", _of_tables(compared)),
    ("near", r".+ ligger mindre än 10 procentenheter från riket när det gäller .+\.", _of_tables(compared)),
    ("span", r"[^:]+: kommunerna (ligger mellan|med uppgift har alla) .+\.", _numbers),
    ("regions", r"[^:]+: (riket|för riket) .+\.", _numbers),
    ("lacking", r"Uppgift (saknas|visas inte) \(.+?\): .+\.", _of_tables(lacking)),
    ("average", r"(Kommunerna|[^.]+) når (i genomsnitt )?[\d,]+ av (områdets )?\d+ mål\. Kommun.+\.", _averages),
    (
        "average of regions",
        r"(?:De s|S)?(?:varande )?[Kk]ommun(?:er och stadsdelar|erna) i .+ når i genomsnitt .+; i riket är det .+\.",
        _averages,
    ),
    (
        "span of targets",
        r"Kommunerna når (?:alla \d+|mellan \d+ och \d+) av \d+ mål; .+ rikets genomsnitt, .+\.",
        span_of_targets,
    ),
    ("areas", r"Kommunerna når i genomsnitt (fler|färre) mål än riket inom .+\.", areas_apart),
    ("higher and lower", r"Andelen kommuner och stadsdelar som når målet är högre i .+\.", _higher),
    ("furthest", r"Längst (över|under) .+ ligger .+ när det gäller .+\.", _furthest),
    ("weakest", r".+ är svagast mot riket inom .+: i genomsnitt .+\.", weakest),
    ("furthest numbers", r"Längst från rikets tal ligger .+\.", furthest_numbers),
    ("nation", r"Målen som (störst|minst) andel av kommunerna och stadsdelarna i riket når är .+\.", nation),
    ("known", r".+ har uppgift för .+ indikatorer.*\.", _of_places(known_figures)),
    ("reached", r".+ når \d+ av de \d+ mål där uppgift finns.*\.", _of_places(reached_targets)),
    ("strong", r"Starkast mot riket av .+: .+\.", _of_places(strong_and_weak)),
    ("weak", r"Svagast mot riket av .+: .+\.", _of_places(strong_and_weak)),
    ("nothing", r"Inget delområde med minst tre mål skiljer sig .+\.", _of_places(strong_and_weak)),
    ("alone in reaching", r"Av de \S+ kommunerna är .+ ensam om att nå målet för .+\.", _of_places(alone)),
    ("alone in missing", r"Av de \S+ kommunerna är .+ ensam om att inte nå målet för .+\.", _of_places(alone)),
    ("far numbers", r"Långt från rikets tal: .+\.", _of_places(far_from_nation)),
    ("staff", r"Personalens tal mot rikets: .+\.", _of_places(staff)),
    ("conditions", r"[^:]+ bakgrundsmått mot rikets: .+\.", _of_places(conditions)),
    ("groups", r".+ hör till befolkningsgrupp .+\.", _of_places(alike)),
]


def kind_of(sentence: str) -> str:
    """Return the one kind that a sentence is of; fail where it is of none or of several."""
    kinds = [name for name, form, _ in KINDS if re.fullmatch(form, sentence)]
    assert len(kinds) == 1, f"{kinds}: {sentence}"
    return kinds[0]


def is_true(sentence: str, facts: Facts) -> bool:
    """Return whether the rows say what a sentence says, by the rule of its kind."""
    rule = next(rule for name, _, rule in KINDS if name == kind_of(sentence))
    return sentence in rule(facts)
