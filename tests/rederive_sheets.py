"""The municipalities' sheets and the analysis guide once more, worked out from the rows of resultat.csv."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from conftest import DATA, EDITION
from oj.facts.catalog import Indicator
from oj.words.swedish import capital, count, day, genitive, listing, sentences, shortened
from rederive import AREAS, KNOWN, SIGNS, TABLES, TENTH, Facts, amount_of, figure, in_percent, read_rows, seen

HALF = Fraction(1, 2)
CLASSES = {(row["classification"], row["class"]): row for row in read_rows(DATA / "group_classes.csv")}
COMPLEMENTS = sorted(read_rows(DATA / EDITION / "complements.csv"), key=lambda row: int(row["order"]))
NOTHING = "Inget delområde med minst tre mål skiljer sig från rikets genomsnitt med ett helt mål."
Line = list[str]


def groups(facts: Facts, place: str) -> dict[str, str]:
    """Return a municipality's group of each kind, as its rows in resultat.csv say."""
    own = [row for row in facts.rows if row["subarea"] == "grupper" and row["place"] == place]
    return {row["indicator"]: row["display"] for row in own}


def peers(facts: Facts, place: str) -> list[str]:
    """Return the report's other municipalities that share a group with a place."""
    mine = set(groups(facts, place).items())
    return [other for other in facts.own if other != place and mine & set(groups(facts, other).items())]


def by_table(items: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    return {table: [item for item in items if item.table == table] for table in TABLES}


def asked(facts: Facts, place: str, *others: str) -> list[Indicator]:
    """Return the targets that every one of the places has a figure for."""
    return [item for item in facts.targets if all(facts.reached(item, one) is not None for one in (place, *others))]


def known_figures(facts: Facts, place: str) -> list[str]:
    states = [facts.status(item, place) for item in facts.items if item.area != "bakgrund"]
    gaps = {status: states.count(status) for status in dict.fromkeys(states) if status != "observed"}
    words = {"missing": "saknas", "not_applicable": "är"}
    told = [
        f"{count(size)} {words.get(status, 'döljs i källan')} " + ("" if status == "not_applicable" else "(")
        + SIGNS[status] + ("" if status == "not_applicable" else ")")
        for status, size in gaps.items()
    ]  # fmt: skip
    if not told:
        return [f"{facts.names[place]} har uppgift för alla {len(states)} indikatorer."]
    known = f"{states.count('observed')} av {len(states)}"
    return [f"{facts.names[place]} har uppgift för {known} indikatorer; {listing(told)}."]


def reached_targets(facts: Facts, place: str) -> list[str]:
    items = asked(facts, place)
    regions = [(facts.counties[0], f"i {facts.names[facts.counties[0]]}"), ("00", "i riket")]
    told = [
        f"{facts.average(items, region)} {words}"
        for region, words in regions
        if facts.total(items, region)[1] == len(items)
    ]
    rest = f"; genomsnittet för kommuner och stadsdelar är {listing(told)}" if told else ""
    own = figure(facts.total(items, place)[0])
    return [f"{facts.names[place]} når {own} av de {len(items)} mål där uppgift finns{rest}."] if items else []


def strong_and_weak(facts: Facts, place: str) -> list[str]:
    tables = {table: items for table, items in by_table(asked(facts, place, "00")).items() if len(items) >= 3}
    told = []
    for word, found in zip(("Starkast", "Svagast"), _apart(facts, place, 3), strict=True):
        parts = [
            f"{TABLES[table]['short']} ({figure(facts.total(tables[table], place)[0])} av {len(tables[table])} mål, "
            f"riket i genomsnitt {facts.average(tables[table], '00')})"
            for table in found[:3]
        ]
        told += [sentences(f"{word} mot riket av delområden med minst tre mål:", parts)] if parts else []
    return told or ([NOTHING] if tables else [])


def alone(facts: Facts, place: str) -> list[str]:
    if len(facts.own) < 3:
        return []
    told = []
    for mine, words in ((1, "att nå målet"), (0, "att inte nå målet")):
        items = [
            item
            for item in facts.targets
            if facts.reached(item, place) == mine
            and all(facts.reached(item, other) == 1 - mine for other in facts.own if other != place)
        ]
        start = f"Av de {count(len(facts.own))} kommunerna är {facts.names[place]} ensam om {words}"
        tables = {item.table: [one.phrase for one in items if one.table == item.table] for item in items}
        parts = [shortened(phrases) for phrases in tables.values()]
        join = listing if len(parts) == len(items) else "; ".join
        told += [sentences(f"{start} för", parts, join)] if items else []
    return told


def beside_nation(facts: Facts, items: Sequence[Indicator], place: str, start: str) -> list[str]:
    parts = []
    for item in items:
        own, nation = facts.value(item, place), facts.value(item, "00")
        if own is not None and nation is not None:
            shown = amount_of(item, own).removesuffix(" %").removesuffix(" timmar per vecka")
            parts.append(f"{item.phrase} {shown} mot {amount_of(item, nation)}")
    return [sentences(f"{start}:", parts)] if parts else []


def staff(facts: Facts, place: str) -> list[str]:
    items = [item for item in facts.items if not item.is_answer and not {"resultat", "bakgrund"} & set(item.kind)]
    return beside_nation(facts, items, place, "Personalens tal mot rikets")


def conditions(facts: Facts, place: str) -> list[str]:
    start = f"{genitive(facts.names[place])} bakgrundsmått mot rikets"
    return beside_nation(facts, facts.within(area="bakgrund"), place, start)


def alike(facts: Facts, place: str) -> list[str]:
    told = {
        "befolkningsgrupp": lambda number: f"{number} ({CLASSES['befolkningsgrupp', number]['meaning']})",
        "kommungrupp": lambda number: f"{number} ({CLASSES['kommungrupp', number]['name']})",
    }
    called = {"befolkningsgrupp": "befolkningsgrupp", "kommungrupp": "SKL:s kommungrupp"}
    own = [f"{called[kind]} {told[kind](number)}" for kind, number in groups(facts, place).items()]
    names = listing([facts.names[other] for other in peers(facts, place)])
    rest = f" Av rapportens kommuner delar {names} befolkningsgrupp eller kommungrupp med {facts.names[place]}."
    return [f"{facts.names[place]} hör till {listing(own)}.{rest if names else ''}"] if own else []


def sheet(facts: Facts, place: str) -> list[str]:
    """Return the sentences that open a municipality's sheet, in order."""
    kinds = (known_figures, reached_targets, strong_and_weak, far_from_nation, alone, alike)
    return [told for kind in kinds for told in kind(facts, place)]


def key_facts(facts: Facts, place: str) -> list[Line]:
    """Return the cells of a municipality's background measures."""
    regions = ["00", facts.counties[0]]
    lines = []
    for item in facts.within(area="bakgrund"):
        known = {one: facts.value(item, one) for one in (place, *regions)}
        shown = [SIGNS.get(facts.status(item, one)) or amount_of(item, known[one]) for one in known]
        apart = [
            "–" if known[place] is None or known[region] is None else _signed(item, known[place], known[region])
            for region in regions
        ]
        lines.append([capital(item.phrase), *shown, *apart])
    return lines


def _signed(item: Indicator, own: Fraction, other: Fraction) -> str:
    """Return the difference of two figures as they are told."""
    size, steps = 100 if item.scale == "share" else 1, 10**item.decimals
    one, two = (Fraction(floor(value * size * steps + HALF), steps) for value in (own, other))
    difference = one - two
    text = figure(difference, item.decimals)
    return f"+{text}" if difference > 0 and text.strip("0,") else text


def targets_and_peers(facts: Facts, place: str) -> list[Line]:
    """Return the cells of a municipality's targets, the weak tables first in the guide's order."""
    others, lines, tables = peers(facts, place), [], by_table(asked(facts, place))
    weak = [name for name, *_ in improvements(facts, place)]
    for table in [*weak, *(name for name in tables if name not in weak)]:
        if items := tables[table]:
            regions = [facts.total(items, region) for region in ("00", facts.counties[0])]
            averages = [figure(total, 1) if of == len(items) else "–" for total, of in regions]
            own = f"{figure(facts.total(items, place)[0])} av {len(items)}"
            lines.append([TABLES[table]["short"], own, *averages, _missing(facts, place, items, others)])
    return lines


def _missing(facts: Facts, place: str, items: Sequence[Indicator], others: Sequence[str]) -> str:
    together: dict[tuple[str, ...], list[str]] = {}
    for item in items:
        if facts.reached(item, place) == 0:
            who = tuple(facts.names[other] for other in others if facts.reached(item, other) == 1)
            together.setdefault(who, []).append(item.short)
    lines = []
    for who in sorted(together, key=len, reverse=True):
        every = f"alla {count(len(who))}" if len(who) == len(others) > 1 else listing(list(who)) or "ingen"
        lines.append(", ".join(together[who]) + (f": {every}" if others else ""))
    return "\n".join(lines) or "Alla mål nås"


def targets(facts: Facts) -> list[Line]:
    """Return the heading and the cells of the table of reached targets."""
    areas = list(dict.fromkeys(item.area for item in facts.targets))
    sets = [[item for item in facts.targets if item.area == area] for area in areas] + [facts.targets]
    names = [*(AREAS[area] for area in areas), "Alla områden"]
    head = ["Kommun" if facts.own else "Område"]
    lines = [head + [f"{name} ({len(items)})" for name, items in zip(names, sets, strict=True)]]
    for place in [*facts.own, "00", *facts.counties]:
        sums = [facts.total(items, place) for items in sets]
        lines.append([facts.names[place]])
        for (total, of), items in zip(sums, sets, strict=True):
            part = f" av {of}" if of < len(items) else ""
            lines[-1].append(figure(total, 0 if place in facts.own else 1) + part if of else "–")
    return lines


def share_of(facts: Facts, item: Indicator, place: str) -> Fraction | None:
    """Return what the guide compares: a municipality's 1 or 0, the share of the group's, or the county's share."""
    if place or not facts.own:
        return facts.reached(item, place or facts.counties[0])
    known = [amount for one in facts.own if (amount := facts.reached(item, one)) is not None]
    return Fraction(sum(known), len(known)) if known else None


def is_missed(facts: Facts, item: Indicator, place: str) -> bool:
    own, nation = share_of(facts, item, place), facts.value(item, "00")
    if own is None:
        return False
    if place:
        return own == 0
    return own < HALF if facts.own else nation is not None and in_percent(nation) - in_percent(own) >= TENTH


def improvements(facts: Facts, place: str) -> list[tuple[str, list[Indicator], list[Indicator], list[Indicator]]]:
    """Return the tables with missed targets in the guide's order: known, missed, missed and common."""
    found = []
    for table, items in by_table(facts.targets).items():
        known = [item for item in items if share_of(facts, item, place) is not None]
        missing = [item for item in known if is_missed(facts, item, place)]
        common = [item for item in missing if (facts.value(item, "00") or 0) >= HALF]
        own = sum((share_of(facts, item, place) for item in known), Fraction(0))
        apart = own - seen(sum((facts.value(item, "00") for item in known), Fraction(0)))
        if missing:
            found.append((apart, -len(common), -len(missing), (table, known, missing, common)))
    return [part for *_, part in sorted(found, key=lambda one: one[:3])]


def reasons(facts: Facts, place: str, known: list[Indicator], missing: list[Indicator], common: list[Indicator]) -> str:
    nation, county = (facts.average(known, region) for region in ("00", facts.counties[0]))
    regions = (
        f"kommuner och stadsdelar når i genomsnitt {nation} i riket{f' och {county} i länet' if facts.own else ''}"
    )
    total = sum((share_of(facts, item, place) for item in known), Fraction(0))
    about = "" if facts.own or not facts.off(known, facts.counties[0]) else "cirka "
    amount = figure(total) if place else f"i genomsnitt {about}{figure(total, 1)}"
    start = "Når inte målet för" if place else "Färre än hälften av kommunerna når målet för" if facts.own else None
    lines = [f"Når {amount} av {len(known)} mål ({regions})."]
    what = [item.phrase for item in missing]
    lines.append(sentences(start or "Minst 10 procentenheter under riket när det gäller", what, shortened))
    if facts.own and common:
        some = sentences("Minst hälften i riket når målet för", [item.phrase for item in common], shortened)
        same = "det målet" if len(missing) == 1 else "alla dessa"
        lines.append(f"Minst hälften i riket når {same}." if common == missing else some)
    reaching = [
        facts.names[other]
        for other in (peers(facts, place) if place else [])
        if 2 * sum(facts.reached(item, other) or 0 for item in missing) >= len(missing)
    ]
    half = "målet" if len(missing) == 1 else "minst hälften av målen som saknas"
    told = f"Jämförbara som når {half}: {listing(reaching)}." if reaching else f"Ingen jämförbar kommun når {half}."
    lines += [told] if place and peers(facts, place) else []
    return "\n".join(lines)


def over_time(missing: Sequence[Indicator]) -> str:
    old, new = ([KNOWN[item.id] for item in missing if item.new == is_new] for is_new in (False, True))
    ends = [sorted({moment.rpartition("/")[2] for moment in item.measured_on}) for item in old]
    comparable = {
        item.id: [end for end in all_ends[:-1] if end >= item.comparable_since]
        for item, all_ends in zip(old, ends, strict=True)
    }
    dates = sorted({moment for kept in comparable.values() for moment in kept})
    lines = [f"Mättes också {listing([day(moment) for moment in dates])}."] if dates else []
    alone = [item.phrase for item in old if not comparable[item.id]]
    lines += [f"Jämför inte bakåt: {shortened(alone)}; frågan var en annan."] if alone else []
    if new:
        some = f"Nytt i utgåvan: {shortened([item.phrase for item in new])}."
        lines.append(some if old else "Nytt i utgåvan, inget att jämföra med.")
    return "\n".join(lines)


def far_numbers(facts: Facts, place: str) -> list[tuple[tuple[Fraction | float, Fraction], Indicator]]:
    """Return the numbers that are at least a quarter from the nation's, by how many times, the furthest first.

    Of shares beside nothing those with the most points between come first.
    """
    found: list[tuple[tuple[Fraction | float, Fraction], Indicator]] = []
    for item in facts.items:
        own, nation = facts.value(item, place), facts.value(item, "00")
        if not item.is_answer and own is not None and nation is not None:
            low, high = sorted(_as_told(item, value) for value in (own, nation))
            times = high / low if low else float("inf") if high else Fraction(1)
            points = high if item.scale == "share" and high and not low else Fraction(0)
            found += [((times, points), item)] if times >= Fraction(5, 4) else []
    return sorted(found, key=lambda one: one[0], reverse=True)


def _as_told(item: Indicator, value: Fraction) -> Fraction:
    scale = 100 if item.scale in ("share", "yes-no", "yes-partly-no") else 1
    return Fraction(floor(value * scale * 10**item.decimals + Fraction(1, 2)), 10**item.decimals)


def _both(facts: Facts, item: Indicator, place: str) -> str:
    told = [amount_of(item, value) for one in (place, "00") if (value := facts.value(item, one)) is not None]
    return f"{told[0].removesuffix(' %').removesuffix(' timmar per vecka')} mot {told[1]}"


def far_from_nation(facts: Facts, place: str) -> list[str]:
    """Return which numbers of a municipality are furthest from the nation's."""
    told = [
        f"{item.phrase} {_both(facts, item, place)}{' (få barn)' if 'resultat' in item.kind else ''}"
        for _, item in far_numbers(facts, place)[:3]
    ]
    return [sentences("Långt från rikets tal:", told)] if told else []


def furthest_numbers(facts: Facts) -> list[str]:
    every = [(times, item, place) for place in facts.own for times, item in far_numbers(facts, place)]
    first = list(dict.fromkeys(item.id for _, item, _ in sorted(every, key=lambda one: one[0], reverse=True)))[:3]
    told = []
    for name in first:
        item = next(one for _, one, _ in every if one.id == name)
        most = max(times for times, one, _ in every if one.id == name)
        both = next(_both(facts, one, place) for times, one, place in every if one.id == name and times == most)
        names = [facts.names[place] for _, one, place in every if one.id == name and _both(facts, one, place) == both]
        where = listing(names) if len(names) <= 3 else f"{len(names)} kommuner"
        told.append(f"{item.phrase} i {where} ({both})")
    return [sentences("Längst från rikets tal ligger", told)] if told else []


def weakest(facts: Facts) -> list[str]:
    """Return the part where the municipalities together, or the county, are furthest below the nation."""
    table, known, *_ = (improvements(facts, "") or [("", [])])[0]
    total = sum((share_of(facts, item, "") or Fraction(0) for item in known), Fraction(0))
    if not known or len(facts.own) == 1 or total >= sum(facts.value(item, "00") or 0 for item in known):
        return []
    who = facts.group_name or ("Kommunerna" if facts.own else facts.names[facts.counties[0]])
    own = figure(total, 1) if facts.own else facts.average(known, facts.counties[0])
    average = facts.average(known, "00")
    what = f"{TABLES[table]['short']}: i genomsnitt {own} av {len(known)} mål, riket {average}."
    return [f"{who} är svagast mot riket inom {what}"]


def _apart(facts: Facts, place: str, fewest: int) -> tuple[list[str], list[str]]:
    """Return the tables of at least so many targets that are a whole target above the nation, and those below."""
    tables = {name: items for name, items in by_table(asked(facts, place, "00")).items() if len(items) >= fewest}
    far = {name: facts.total(items, place)[0] - seen(facts.total(items, "00")[0]) for name, items in tables.items()}
    above = sorted((name for name in far if far[name] >= 1), key=lambda name: -far[name])
    return above, [name for name, *_ in improvements(facts, place) if far.get(name, 0) <= -1]


def whose_lines(facts: Facts) -> str:
    """Return what the caption of the first page's table begins with."""
    districts = sum(len(place) > 4 for place in facts.own)
    sizes = ((len(facts.own) - districts, "en kommun", "kommuner"), (districts, "en stadsdel", "stadsdelar"))
    many = listing([one if size == 1 else f"{count(size)} {several}" for size, one, several in sizes if size])
    who = facts.names[facts.own[0]] if len(facts.own) == 1 else many
    return f"{capital(who)} i {facts.names[facts.counties[0]]}"


def lines_of_summary(facts: Facts) -> list[Line]:
    """Return the cells of the first page's table: a line for each municipality."""
    lines = []
    for place in facts.own:
        (total, of), tables = facts.total(facts.targets, place), by_table(asked(facts, place, "00"))
        sides = [_as_far_as_the_first(facts, tables, place, side) for side in _apart(facts, place, 3)]
        named = [
            ";\n".join(
                f"{TABLES[one]['short']}: {figure(facts.total(tables[one], place)[0])} av {len(tables[one])} mot "
                f"{facts.average(tables[one], '00')}"
                for one in side
            )
            or (f"Inget minst ett mål {word}" if of else "–")
            for word, side in zip(("över", "under"), sides, strict=True)
        ]
        asking = _whom_to_ask(facts, place, sides[1]) or ("Ingen" if of else "–")
        far = [f"{capital(item.phrase)}: {_both(facts, item, place)}" for _, item in far_numbers(facts, place)[:2]]
        reach = f"{figure(total)} av {of}" if of else "–"
        numbers = [item for item in facts.items if not item.is_answer and _is_held(facts, item, place)]
        lines.append([facts.names[place], reach, named[1], asking, named[0], ";\n".join(far) or _none(numbers)])
    empty = re.compile("–|Ingen|Inget( minst ett mål (över|under))?")
    told = [at for at in range(len(lines[0])) if any(not empty.fullmatch(line[at]) for line in lines)]
    return [[line[at] for at in told] for line in lines]


def _is_held(facts: Facts, item: Indicator, place: str) -> bool:
    return facts.value(item, place) is not None and facts.value(item, "00") is not None


def _none(known: list[Indicator]) -> str:
    return "Inget" if known else "–"


def _as_far_as_the_first(facts: Facts, tables: Mapping[str, list[Indicator]], place: str, side: list[str]) -> list[str]:
    """Return the first of the tables, and those at the same distance from the nation's average."""
    far = {one: facts.total(tables[one], place)[0] - seen(facts.total(tables[one], "00")[0]) for one in side}
    return [one for one in side if far[one] == far[side[0]]]


def _whom_to_ask(facts: Facts, place: str, tables: list[str]) -> str:
    """Return who of the same group reaches half of what is missed in each table."""
    told, peers_named = dict[str, list[str]](), [facts.names[one] for one in peers(facts, place)]
    for table in tables:
        (missing,) = [lacks for name, _, lacks, _ in improvements(facts, place) if name == table]
        told[table] = [
            facts.names[one]
            for one in peers(facts, place)
            if 2 * sum(facts.reached(item, one) or 0 for item in missing) >= len(missing)
        ]
    if len(told) < 2 or {*map(tuple, told.values())} == {()}:
        return listing(next(iter(told.values()), []))
    same = [name for name in peers_named if all(name in names for names in told.values())]
    lines = [f"{'Båda' if len(told) == 2 else 'Alla'}: {listing(same)}"] if same else []
    for table, names in told.items():
        others = [name for name in names if name not in same]
        lines += [f"{TABLES[table]['short']}: {listing(others) or 'ingen'}"] if others or not same else []
    return ";\n".join(lines)


def picture(facts: Facts) -> list[Line]:
    """Return the cells of the answers in one picture: targets reached, part by part and in all, far ones marked."""
    lines = []
    parts = {table: items for table, items in by_table(facts.targets).items() if items}
    apart = {place: _apart(facts, place, 3) for place in facts.own}
    for table, items in [*parts.items(), ("", facts.targets)]:
        places = [*facts.own, facts.counties[0], "00"]
        sums = {place: facts.total(items, place) for place in places}
        most = max(of for _, of in sums.values())
        line = [f"{TABLES[table]['short'] if table else 'Alla mål'} ({most})"]
        for place, (total, of) in sums.items():
            rest = f" av {of}" if of < most else ""
            told = figure(total, 0 if place in facts.own else 1) + rest if of else "–"
            line.append(told + (_mark(facts, apart[place], place, table) if place in facts.own and of else ""))
        lines.append(line)
    return lines


def _mark(facts: Facts, apart: Sequence[Sequence[str]], place: str, table: str) -> str:
    """Return the mark of a part, or of all, that is a whole target above or below the nation."""
    if table:
        return " +" if table in apart[0] else " −" if table in apart[1] else ""
    both = asked(facts, place, "00")
    distance = facts.total(both, place)[0] - seen(facts.total(both, "00")[0])
    return "" if abs(distance) < 1 else " +" if distance > 0 else " −"


def guide(facts: Facts, place: str = "") -> tuple[list[Line], str]:
    """Return the cells of a guide, and the note under it about the tables that it has no place for."""
    parts = improvements(facts, place)
    shown = parts[:3]
    lines = [
        [
            TABLES[table]["short"], reasons(facts, place, known, missing, common),
            "\n".join(capital(row["text"]) for row in COMPLEMENTS if row["table"] == table), over_time(missing),
        ]
        for table, known, missing, common in shown
    ]  # fmt: skip
    rest = [TABLES[table]["short"] for table, *_ in parts[len(shown) :]]
    return lines, f"Mål saknas också inom {listing(rest)}." if rest else ""
