"""How numbers and sentences are written in a report: what each figure in a sentence is to be, by the sentence's form.

A rule is a form and what it says: the pairs of what is seen and the pattern of what it is to be, counted again from the
rows that the check (`c`, see verify.py) has. In a form <P> is a measure's phrase, <NAME> a place, <TABLE> and <AREA> a
table's and an area's name, <N> a number, <A> a number of targets and <W> a count. A cell stands after all around it.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any

Pairs = list[tuple[str, str]]  # what is seen, and the pattern of what it is to be
About = tuple[str, str, str, str]  # the place, the area and the table that a text is about, and the text
SMALL = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
NUMBER = r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?"
FORMS = {"N": rf"((?:{NUMBER}))(?: %| kr| dagar| timmar per vecka| per 1 000)?", "A": rf"((?:cirka )?(?:{NUMBER}))",
         "W": rf"(\d+|{'|'.join(SMALL[1:])}|båda|alla)"}  # fmt: skip
CONSTANT = re.compile(r",? ?\(?(Tabell|Avsnitt) [\d.]+\d\)?|(minst|mindre än) (10 procentenheter|tre mål)")
AGAIN = re.compile(r"\. Det gäller (?:också|även) ")  # a long list goes on in another sentence
LEFT = re.compile(rf"{NUMBER}|\b(?:{'|'.join(SMALL[2:])})\b")
OWN, HIDDEN = "egen-berakning", ("suppressed", "secret", "small_base", "secondary")
SIGNS = {"missing": "bortfall", "suppressed": "x", "secret": r"x \(\d(–\d)?\)", "small_base": r"x \(<\d+\)",
         "secondary": r"x \(skydd\)", "not_applicable": "ej aktuellt", "withheld": "redovisas ej"}  # fmt: skip
COMPARED = ("value", "low", "high", "numerator", "denominator", "count", "answer", "status", "qualifier", "population",
            "direction", "trend", "improve", "passage", "note")  # fmt: skip


def rounded(value: Fraction, decimals: int = 0) -> str:
    """Return a number as it is written: a half rounded up, a comma, a space at thousands, a true minus."""
    whole, rest = divmod(floor(abs(value) * 10**decimals + Fraction(1, 2)), 10**decimals)
    text = f"{whole:,}".replace(",", " ") + (f",{rest:0{decimals}d}" if decimals else "")
    return f"\u2212{text}" if value < 0 and (whole or rest) else text


def exact(text: str) -> Fraction:
    """Return what a written number is."""
    return Fraction(text.replace(" ", "").replace(",", "."))


def counted(size: int) -> str:
    """Return how a count is written, as a pattern."""
    return f"{size}|{SMALL[size]}" if size < len(SMALL) else str(size)


def listed(c: Any, text: str) -> list[str]:
    """Return the measures in a list of phrases, where one may lack the words that it and the last begin with."""
    found, before, text = list[str](), "", AGAIN.sub(", ", CONSTANT.sub("", text))
    while text:
        starts = ["", *(before[: one.end()] for one in re.finditer(r"\S+ ", before))]
        left = [(one, one.removeprefix(start)) for one in c.phrase for start in starts if one.startswith(start)]
        fits = [(len(rest), one) for one, rest in left if re.match(re.escape(rest) + r"($|, |; | och )", text)]
        if not fits:
            return []
        size, before = max(fits)
        found, text = [*found, c.phrase[before]], re.sub(r"^(, |; | och )", "", text[size:])
    return found


def targets(c: Any) -> list[str]:
    """Return the measures where a Ja is a target reached, in order."""
    return [name for name in dict.fromkeys(key[0] for key in c.at) if c.measures[name]["target"]]


def reach(c: Any, name: str, place: str) -> tuple[Fraction, bool] | None:
    """Return 1 or 0 for a municipality's answer, else the share, and whether that is rounded; None without any."""
    row = c.at.get((name, place, c.year, "total"), {"status": ""})
    if row["status"] != "observed" or row["answer"]:
        return (Fraction(row["answer"] == "yes"), False) if row["status"] == "observed" else None
    if row["numerator"] and row["denominator"]:
        return Fraction(row["numerator"]) / Fraction(row["denominator"]), False
    of, value = c.of["answering"].get(f"{place} {row['source']}", 0), Fraction(row["value"])
    near = shares(of).get(str(value * 100), [])
    return (near[0], False) if len(near) == 1 else (value, True)


@cache
def shares(of: int) -> dict[str, list[Fraction]]:
    """Return the shares that so many can make, by the whole percent that each is written as."""
    each = [(rounded(Fraction(100 * part, of)), Fraction(part, of)) for part in range(of + 1 if of else 0)]
    return {told: [share for other, share in each if other == told] for told, _share in each}


def asked(c: Any, place: str, **where: str) -> list[str]:
    """Return the targets that a place, or any municipality, has figures for, of all or of an area or a table."""
    own = [one for one in targets(c) if all(c.measures[one][key] == said for key, said in where.items() if said)]
    return [one for one in own if any(reach(c, one, code) for code in ([place] if place else c.own))]


def goal(c: Any, names: list[str], place: str) -> str:
    """Return how many targets a place reaches; on average a region, or the municipalities where none is said."""
    places = [place] if place else c.own
    each = [[one for code in places if (one := reach(c, name, code))] for name in names]
    total = sum((sum((share for share, _ in some), Fraction(0)) / len(some) for some in each if some), Fraction(0))
    return "cirka " * any(off for some in each for _, off in some) + rounded(total, int(place not in c.own))


def answers(c: Any, name: str) -> dict[str, bool]:
    """Return which municipalities reach a target, by their names."""
    return {name_: reach(c, name, code) == (Fraction(1), False) for name_, code in c.place.items() if code in c.own}


def apart(c: Any, o: About, p: str, d: str, a: str, b: str, year: str) -> Pairs:
    """A county's share beside another region's and how far apart; of today a municipality's beside the nation's."""
    if not c.year:
        known = [when for name, place, when, group in c.at if (name, place, group) == (c.phrase[p], o[0], "total")]
        when = year or max((one for one in known if c.at[c.phrase[p], o[0], one, "total"]["value"]), default="")
        return [(a, c.told(p, o[0], when)), (b, c.told(p, "riket", when))]
    if "ändrade tal" in o[3]:
        return []
    others = [
        name for name, code in c.place.items() if name.endswith(" län") and name in o[3] and code != c.of["county"]
    ]
    size, word = exact(a) - exact(b), re.search(r"(?:minst 10 \w+|Längst) (över|under)", o[3])
    side = (word[1], "över" if size > 0 else "under") if word else (str(abs(size) < 10), "True")
    right = [c.told(p, "länet"), c.told(p, [*others, "riket"][0]), rounded(abs(size))]
    return [*zip((a, b, d or right[2]), right, strict=True), side]


def span(c: Any, o: About, p: str, a: str, b: str, nation: str, rest: str) -> Pairs:
    """The least and the most of the municipalities, and how many of them are on each side of the nation."""
    values = sorted((exact(told), told) for one in c.own if re.match(r"\d", told := c.told(p, one)))
    if not nation:
        return [(a, values[0][1]), (b, values[-1][1])]
    mid = exact(c.told(p, "riket"))
    sizes = {"över": sum(one > mid for one, _ in values), "under": sum(one < mid for one, _ in values)}
    sizes["på"] = len(values) - sum(sizes.values())
    told = re.findall(r"(\w+)(?: \w+ kommuner| kommuner\w*)?(?: med uppgift ligger)? (över|under|på)\b", rest)
    sides = [(who, counted(sizes[at]) + "|båda|alla" * (sizes[at] == len(values))) for who, at in told]
    return [(a, values[0][1]), (b, values[-1][1]), (nation, c.told(p, "riket")), *sides]


def lacking(c: Any, o: About, p: str, a: str, b: str) -> Pairs:
    """How many municipalities have the sign that the sentence is about."""
    sign = (re.search(r"\((.+?)\): ", o[3]) or ["", ""])[1]
    size = sum(re.fullmatch(c.figure(c.at[c.phrase[p], one, c.year, "total"]), sign) is not None for one in c.own)
    return [(a or str(len(c.own)), counted(size)), (b or str(len(c.own)), counted(len(c.own)))]


def goals(c: Any, names: list[str], of: str, *told: str) -> Pairs:
    """Of how many targets, and how many of them places reach; `told` is each place and what it is told to reach."""
    pairs = zip(told[::2], told[1::2], strict=True)
    return [
        (of, str(len(names))),
        *((seen, goal(c, names, c.place.get(place, place))) for place, seen in pairs if seen),
    ]


def of_table(c: Any, o: About, table: str, *told: str) -> Pairs:
    """The same, of a table's targets that the place has figures for."""
    return goals(
        c, asked(c, o[0], table=c.table[table]), told[1], *(o[0], told[0], "riket", *told[2:], "länet", "")[:6]
    )


def weakest(c: Any, place: str, table: str, of: str, told: str, nation: str) -> Pairs:
    """The same, of all municipalities, or of the county where there are none."""
    return goals(c, asked(c, place, table=c.table[table]), of, place, told, "riket", nation)


def of_region(c: Any, o: About, table: str, region: str, told: str) -> Pairs:
    """A region's average, which stands in its cell without saying whether it is exact."""
    return [(told, goal(c, asked(c, o[0], table=c.table[table]), c.place[region]).removeprefix("cirka "))]


def of_part(c: Any, o: About, table: str, size: str, name: str, told: str, of: str) -> Pairs:
    """The cells of the first pages: how many targets of a part a place reaches, of all or of so many as are known."""
    own, *rest = ([*asked(c, one, table=c.table.get(table, ""))] for one in (c.place[name], *c.own, "00"))
    right = goal(c, own, c.place[name]).removeprefix("cirka ")
    return [(size, str(max(map(len, rest)))), (of or size, str(len(own))), (told, right)]


def of_area(c: Any, o: About, name: str, area: str, of: str, told: str, known: str) -> Pairs:
    """The cells of the overview: how many targets of an area a place reaches, of all or of so many as are known."""
    every, own = (asked(c, place, area=c.area.get(area, "")) for place in ("00", c.place[name]))
    right = goal(c, own, c.place[name]).removeprefix("cirka ")
    return [(of, str(len(every))), (known or of, str(len(own))), (told, right)]


def spread(c: Any, o: About, least: str, most: str, of: str, more: str, fewer: str, mean: str) -> Pairs:
    """The fewest and the most targets, and how many municipalities are on each side of the nation's average."""
    names = asked(c, "")
    own, mid = [int(goal(c, names, one)) for one in c.own], goal(c, names, "00")
    sizes = [sum((one - exact(mid.removeprefix("cirka "))) * sign > 0 for one in own) for sign in (1, -1)]
    right = [str(min(own)), str(max(own)), str(len(names)), *map(counted, sizes), mid]
    return [*zip((least, most, of, more, fewer, mean), right, strict=True)]


def whole(c: Any, o: About, who: str, no: str, size: str) -> Pairs:
    """Which municipalities reach, or miss, all targets of the table that follows."""
    names = asked(c, "", table=o[2])
    has = {one: all(reach(c, name, c.place[one]) for name in names) for one in (answers(c, names[0]) if names else ())}
    same = [one for one in has if has[one] and all(answers(c, name)[one] != bool(no) for name in names)]
    return [(size, counted(len(names))), (who.replace(" och ", ", "), ", ".join(same))] if names else []


def everybody(c: Any, o: About, who: str, size: str, some: str) -> Pairs:
    """What all municipalities reach, or none."""
    same = {one for name in listed(c, some) for one in answers(c, name).values()}
    return [(size or str(len(c.own)), counted(len(c.own))), (str(same), f"{{{who != 'Ingen av de'}}}")] if same else []


def alone(c: Any, o: About, size: str, who: str, no: str, some: str) -> Pairs:
    """What one municipality alone reaches, or misses."""
    only = [", ".join(one for one, yes in answers(c, name).items() if yes != bool(no)) for name in listed(c, some)]
    return [(size, counted(len(c.own))), *((who, re.escape(one)) for one in only)] if only else []


def known(c: Any, o: About, who: str, size: str, of: str, rest: str) -> Pairs:
    """How many figures a municipality has, and why others lack."""
    own = [row for (name, place, *_), row in c.at.items() if place == c.place[who]]
    shown = [c.figure(row) if row["status"] != "observed" else "" for row in own if row["area"] != "bakgrund"]
    told = re.findall(FORMS["W"] + r" (?:är |\w+ (?:i källan )?\()(.+?)(?=\)?;|\)? och |\)?\.$)", rest)
    lacks = [(many, counted(sum(re.fullmatch(one, sign) is not None for one in shown))) for many, sign in told]
    return [(of, str(len(shown))), (size or of, str(shown.count(""))), *lacks]


def sides(c: Any, o: About, one: str, two: str, *sizes: str) -> Pairs:
    """For how many targets one region's share is higher than another's, of how many, lower, and the same."""
    told = [(c.told(name, one), c.told(name, two)) for name in targets(c)]
    apart_ = [exact(a) - exact(b) for a, b in told if re.match(r"\d", a) and re.match(r"\d", b)]
    right = [sum(x > 0 for x in apart_), len(apart_), sum(x < 0 for x in apart_), apart_.count(Fraction(0))]
    return [(seen, counted(size)) for seen, size in zip(sizes, right, strict=True) if seen]


def difference(c: Any, o: About, p: str, region: str, seen: str) -> Pairs:
    """How far a municipality's figure is from a region's, of the figures as they are shown."""
    one, two = c.told(p, o[0]), c.told(p, region)
    if not re.match(r"\d", one) or not re.match(r"\d", two):
        return [(seen, "–")]
    size = exact(one) - exact(two)
    return [(seen, re.escape("+" * (size > 0) + rounded(size, len(one.partition(",")[2]))))]


def editions(c: Any, o: About, title: str, said: str) -> Pairs:
    """The nation's figure in each edition that a cell tells of."""
    told = re.findall(r"(?:^|¶ )(\d{4}): (.+?) \([^()]*\)(?= ¶|$)", said)
    keys = [(one, "00", year, "total") for one in c.labelled(title) for year, _ in told]
    right = {year: [c.figure(row) for key in keys if key[2] == year for row in c.raws(key)] for year, _ in told}
    return [(seen, f"(?:{'|'.join(right[year])})( kommuner)?") for year, seen in told] if c.raw else []


def change(c: Any, o: About, p: str, how: str, a: str, first: str, b: str, last: str, size: str) -> Pairs:
    """The means of two years, of the municipalities that have a figure in both."""
    both = [
        [c.at.get((c.phrase[p], one, year, "total"), {"value": ""})["value"] for year in (first, last)] for one in c.own
    ]
    noughts = {"0", "0.0"} if not c.measures[c.phrase[p]]["nought"] else set[str]()  # a report that was not sent
    values = [[Fraction(one) for one in some] for some in both if all(some) and not noughts & {*some}]
    means = [sum(some) / len(values) for some in zip(*values, strict=True)]
    right = [rounded(one, c.measures[c.phrase[p]]["decimals"]) for one in means]
    return [
        (a, right[0]),
        (b, right[1]),
        (size, counted(len(values))),
        (how, "ökat" if means[1] > means[0] else "minskat"),
    ]


RULES: list[tuple[str, Callable[..., Pairs]]] = [
    (r"<P> \((?:<N>(?: procentenheter)?, )?<N> mot <N>(?: år (\d{4}))?", apart),
    (r"<P>:? <N> mot <N>", lambda c, o, p, a, b: [(a, c.told(p, o[0])), (b, c.told(p, "riket"))]),
    (r"^<P>: riket <N> och <NAME> <N>", lambda c, o, p, a, n, b: [(a, c.told(p, "riket")), (b, c.told(p, n))]),
    (r"^<P>: kommunerna ligger mellan <N> och <N>(?:\. Riket har <N>, och (.*)\.)?", span),
    (r"<P> \((?:<W> av <W>|alla) kommuner\)", lacking),
    (r"<P> \((\d+) %(?:\)|, Tabell)", lambda c, o, p, a: [(a, c.told(p, "riket"))]),
    (r"<P> från <N> \((\d{4})\) till <N> \((\d{4})\)",
     lambda c, o, p, a, x, b, y: [(a, c.told(p, o[0], x)), (b, c.told(p, o[0], y))]),
    (r"<P> har (ökat|minskat) från <N> \((\d{4})\) till <N> \((\d{4})\)\. Talen .* de <W> kommuner", change),
    (r"^<NAME> når <N> av de <N> mål där uppgift finns(?:;.* är <A> i <NAME> och <A> i riket)?",
     lambda c, o, n, a, of, x, r, y: goals(c, asked(c, c.place[n]), of, n, a, r, x, "riket", y)),
    (r"^Kommunerna når i genomsnitt <A> av (?:områdets )?<N> mål\..* i <NAME> når i genomsnitt <A>, i riket <A>",
     lambda c, o, a, of, r, x, y: goals(c, asked(c, "", area=o[1]), of, "", a, r, x, "riket", y)),
    (r"(?:i|för) <NAME> (?:når i genomsnitt|är) <A> av (?:områdets )?<N> mål(?:; i riket är det|, och för riket) <A>",
     lambda c, o, r, x, of, y: goals(c, asked(c, "00", area=o[1]), of, r, x, "riket", y)),
    (r"<TABLE> \(<N> av <N>(?: mål)?, riket (?:i genomsnitt )?<A>\)", of_table),
    (r"¦ <TABLE> ¦ Steg 1: .+? ¦ Når (?:i genomsnitt )?<A> av <N> mål \(.+? genomsnitt <A> i riket och <A> i länet\)",
     lambda c, o, t, a, of, x, y: goals(c, asked(c, o[0], table=c.table[t]), of, o[0], a, "riket", x, "länet", y)),
    (r"delområde för delområde.* ¦ <TABLE> ¦ Når ¦ <N> av <N>$", lambda c, o, t, a, of: of_table(c, o, t, a, of, "")),
    (r"delområde för delområde.* ¦ <TABLE> ¦ (Riket|Länet) ¦ <N>$",
     lambda c, o, t, r, a: of_region(c, o, t, r.lower(), a)),
    (r"^Antal mål .* ¦ <NAME> ¦ (?:<AREA>|Alla områden) \(<N>\) ¦ <N>(?: av <N>)?$", of_area),
    (r"^Svaren i en bild.* ¦ (?:<TABLE>|Alla mål) \(<N>\) ¦ <NAME> ¦ <N>(?: av <N>)?(?: [+−])?$", of_part),
    (r"rad för rad.* ¦ <NAME> ¦ Når mål ¦ <N> av <N>$",
     lambda c, o, n, a, of: goals(c, asked(c, c.place[n]), of, n, a)),
    (r"svagast mot riket inom <TABLE>: i genomsnitt <A> av <N> mål, riket <A>",
     lambda c, o, t, a, of, x: weakest(c, "" if c.own else c.of["county"], t, of, a, x)),
    (r"<P> (?:i|på) <NAME> \(<N> mot <N>", lambda c, o, p, n, a, b: [(a, c.told(p, n)), (b, c.told(p, "riket"))]),
    (r"mellan <N> och <N> av <N> mål; <W> når fler och <W> når färre än rikets genomsnitt, <A>", spread),
    (r"^(Alla|Båda|Ingen av de) (?:<W> )?kommuner(?:na)? når målet för (.+)\.$", everybody),
    (r"^Av de <W> kommunerna är <NAME> ensam om att (inte )?nå målet för (.+)\.$", alone),
    (r"^(.+) når (inte )?målet för (?:alla|någon av de) <W> indikator", whole),
    (r"^<NAME> har uppgift för (?:<N> av |alla )<N> indikatorer(.*)", known),
    (r"högre i <NAME> än i <NAME> för <N> av <N> Ja- och Nej-frågor(?:(?: och|,) lägre för <W>)?(?: och lika för <W>)?",
     sides),
    (r"bakgrundsmått, .* ¦ <P> ¦ Skillnad mot (riket|länet) ¦ (.+)$", difference),
    (r"^Riket: .* ¦ (.+) ¦ Utgåva och uppgift ¦ (.+)$", editions),
]  # fmt: skip
