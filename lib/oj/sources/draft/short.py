"""Short names for questions that have only a long title: for tables and pictures, until somebody gives them others."""

from collections.abc import Collection, Mapping
from itertools import takewhile

from oj.words.swedish import capital

LONGEST, LONGEST_APART, START = 40, 48, 22  # signs of a short name; of one that is told apart, and of how it begins
CUT = "…"


def short_names(titles: Mapping[str, str], taken: Collection[str] = ()) -> dict[str, str]:
    """Return a short name for each title, by its id: cut at a word, or where others begin alike its start and end.

    One that is another's already, in `taken`, has its end too.

    >>> short_names({"a": "Plan", "b": "Aktuell rutin för hur anmälningar om oro tas emot"})
    {'a': 'Plan', 'b': 'Aktuell rutin för hur anmälningar om…'}
    >>> alike = "Genomfört systematisk uppföljning av "
    >>> list(short_names({"a": f"{alike}målgruppens behov", "b": f"{alike}verksamhetens stöd"}).values())
    ['Genomfört systematisk… målgruppens behov', 'Genomfört systematisk… verksamhetens stöd']
    """
    found: dict[str, list[str]] = {}
    for name, title in titles.items():
        found.setdefault(_cut(title), []).append(name)
    apart = [_apart(cut, names, titles) for cut, names in found.items()]
    short = {name: one for own in apart for name, one in own.items()}
    others = {*taken, *short.values()}
    return {name: _with_end(titles[name], others) if one in taken else one for name, one in short.items()}


def alone(phrase: str, title: str) -> str:
    """Return a name that is understood by itself: what a question is called in a sentence, or its title cut.

    >>> alone("rutin för uppföljning av familjehem", "Aktuell rutin för uppföljning av familjehem")
    'Rutin för uppföljning av familjehem'
    """
    return capital(phrase) if phrase and len(phrase) <= LONGEST else _cut(title)


def _apart(cut: str, names: list[str], titles: Mapping[str, str]) -> dict[str, str]:
    """Return the short names of those that are cut to the same: from where they are no longer alike."""
    if len(names) == 1:
        return {names[0]: cut}
    words = zip(*(titles[name].split() for name in names), strict=False)
    same = sum(1 for _each in takewhile(lambda each: len(set(each)) == 1, words))
    ends = {name: " ".join(titles[name].split()[same:]) for name in names}
    start = _cut(titles[names[0]], START) if same else ""
    most = LONGEST_APART - len(start) - 1
    short = {name: f"{start} {_cut(end, most)}" if same and end else titles[name] for name, end in ends.items()}
    return short if len(set(short.values())) == len(short) else {name: titles[name] for name in names}


def _with_end(title: str, others: Collection[str]) -> str:
    """Return how a title begins and as much of its end as there is room for; whole where that is another's too."""
    words, start = title.split(), _cut(title, START)
    ends = (" ".join(words[at:]) for at in range(1, len(words)))
    end = next((one for one in ends if len(one) < LONGEST_APART - len(start)), "")
    made = f"{start} {end}"
    return made if start.endswith(CUT) and end and made not in others else title


def _cut(text: str, most: int = LONGEST) -> str:
    """Return a text of at most so many signs, cut at a word."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0].rstrip(' ,.;:–-(') or text[: most - 1]}{CUT}"
