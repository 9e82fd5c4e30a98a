"""Swedish as it is written: numbers, shares, lists, small counts in words, genitives.

The decimal sign is a comma, thousands and the percent sign stand after a no-break space, and minus
is the true sign (Språkrådet, Svenska skrivregler, 4th ed., sections on numbers and signs).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
ISLANDS = ("Gotland",)  # one is on an island, not in it
WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
UNITS = (
    "procent|procentenheter|%|kap\\.|§§?|st|år|årsarbetare|timmar|dagar|minuter|invånare|personer|kommuner|mot|av|"
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|a|b|c"
)
TIES = re.compile(
    rf"(?<=\d) (?=\d{{3}}\b)|(?<=[\d§.]) (?=(?:{UNITS})(?![\w]))|(?<=mot) (?=\d)|(?<=§) (?=\w)|(?<=§§) (?=\w)"
)
BEGINNING = re.compile(
    r"^\w+(?: \w+)?(?: (?:för|av) \w+(?: \w+)?)? (?:för|med|om|av|på|i) "
)  # samlad plan för, rutin för samordning med
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
MOST_WORDS = 30  # in a sentence
AGAIN = (("Det gäller också", "Det gäller även"), ("Också", "Även"))  # by turns; the latter after a colon
WORD = re.compile(r"[^\W_]+(?:[.,:/–-][^\W_]+)*")
YEAR = re.compile("|".join(rf"(?<=\d.{month}) (?=\d{{4}})" for month in MONTHS))  # 1 november 2014


def number(value: float, decimals: int = 0) -> str:
    """Return `value` with Swedish signs, rounded half up.

    >>> number(1442).replace(NO_BREAK_SPACE, "_"), number(4.85, 1), number(-0.4)
    ('1_442', '4,9', '0')
    """
    rounded = _rounded(value, decimals)
    sign = MINUS if rounded < 0 else ""
    return sign + f"{abs(rounded):,}".replace(",", NO_BREAK_SPACE).replace(".", ",")


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def as_shown(value: float, decimals: int = 1) -> float:
    """Return a number as rounded as it is shown, so that what is said of it agrees with what is seen.

    >>> as_shown(3.96), as_shown(0.25)
    (4.0, 0.3)
    """
    return float(_rounded(value, decimals))


def percent(share: float, decimals: int = 0) -> str:
    """Return a share (0-1) as percent.

    >>> percent(0.59).replace(NO_BREAK_SPACE, "_"), percent(0.017, 1).replace(NO_BREAK_SPACE, "_")
    ('59_%', '1,7_%')
    """
    return number(float(Decimal(repr(float(share))) * 100), decimals) + NO_BREAK_SPACE + "%"


def count(value: int, *, neuter: bool = False) -> str:
    """Return a count in words up to twelve, in figures above.

    >>> count(8), count(1, neuter=True), count(13)
    ('åtta', 'ett', '13')
    """
    if value == 1 and neuter:
        return "ett"
    return WORDS[value] if 0 <= value < len(WORDS) else number(value)


def listing(names: Sequence[str], joint: str = "och") -> str:
    """Return names as a Swedish list.

    >>> listing(["Ekerö", "Solna", "Sigtuna"])
    'Ekerö, Solna och Sigtuna'
    """
    *first, last = names or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def some(texts: Iterable[str], joint: str = "", *, most: int = 4, rest: str = "till") -> str:
    """Return texts as a list, or with a joint between them; of many the first and how many more.

    >>> some(["Ekerö", "Solna", "Sigtuna"], most=2)
    'Ekerö, Solna och 1 till'
    """
    told = list(texts)
    shown = [*told[:most], *([f"{number(len(told) - most)} {rest}"] if len(told) > most else [])]
    return joint.join(shown) if joint else listing(shown)


def clear_listing(names: Sequence[str]) -> str:
    """Return names as a list, parted by semicolons where one of them has a comma of its own.

    >>> clear_listing(["behörighet, samtliga", "arbetsledning"])
    'behörighet, samtliga; arbetsledning'
    """
    return "; ".join(names) if len(names) > 1 and any("," in name for name in names) else listing(names)


def shortened(phrases: Sequence[str]) -> str:
    """Return phrases as a list where a beginning that ends in a preposition is said once.

    >>> shortened(["avtal med polisen", "avtal med skolan", "socialjour"])
    'avtal med polisen, skolan och socialjour'
    """
    told, earlier = [], ""
    for phrase in phrases:
        beginning = BEGINNING.match(phrase)
        same = beginning is not None and beginning[0] == earlier
        told.append(phrase[len(earlier) :] if same else phrase)
        earlier = beginning[0] if beginning else ""
    return listing(told)


def word_count(text: str) -> int:
    """Return how many words a text has; a figure is one, a reference to a table two.

    >>> word_count("Kommunerna når 4,5 av 7 mål (@tbl-plan)")
    8
    """
    return len(WORD.findall(text.replace("@", "Tabell ")))


def sentences(start: str, told: Iterable[str], join: Callable[[list[str]], str] = listing) -> str:
    """Return what is told as a sentence, or as several where it would have more than thirty words.

    >>> sentences("Alla når målet för", ["rutin", "socialjour"])
    'Alla når målet för rutin och socialjour.'
    >>> sentences("Alla har", ["lång " * 28 + "rutin", "socialjour"])[-40:]
    'lång rutin. Det gäller också socialjour.'
    >>> sentences("Alla har", ["lång " * 28 + "rutin"] * 3).count("Det gäller även")
    1
    """
    again, said = AGAIN[start.endswith((":", ":**"))], list[list[str]]()
    for one in told:
        longer = f"{again[0] if len(said) > 1 else start} {join([*said[-1], one])}" if said else ""
        said += [[]] if not said or word_count(longer) > MOST_WORDS else []
        said[-1].append(one)
    return " ".join(f"{again[at % 2 - 1] if at else start} {join(own)}." for at, own in enumerate(said))


def genitive(name: str) -> str:
    """Return a name's genitive; names that end in s, x or z stay as they are.

    >>> genitive("Ekerö"), genitive("Borås")
    ('Ekerös', 'Borås')
    """
    return name if name[-1:].lower() in "sxz" else f"{name}s"


def counted(value: int, one: str, many: str) -> str:
    """Return how many there are of something that is a "den".

    >>> counted(1, "karta", "kartor"), counted(8, "karta", "kartor")
    ('en karta', 'åtta kartor')
    """
    return f"{count(value)} {one if value == 1 else many}"


def capital(text: str) -> str:
    """Return `text` with its first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def low(title: str) -> str:
    """Return a title as it stands within a sentence.

    >>> low("Ordinarie licens"), low("BRA-fam för familjehem")
    ('ordinarie licens', 'BRA-fam för familjehem')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def day(iso: str) -> str:
    """Return an ISO date, or an interval of two, as it is read.

    >>> day("2014-11-01"), day("2012-11-01/2014-11-01")
    ('1 november 2014', '1 november 2012–1 november 2014')
    """
    if "/" in iso:
        return "–".join(day(part) for part in iso.split("/"))
    if "-" not in iso:
        return iso
    is_month = len(iso) < len("ÅÅÅÅ-MM-DD")
    moment = date.fromisoformat(f"{iso}-01" if is_month else iso)
    return f"{'' if is_month else f'{moment.day} '}{MONTHS[moment.month - 1]} {moment.year}"


def percent_words(share: float, decimals: int = 0) -> str:
    """Return a share (0-1) as percent in running text."""
    return percent(share, decimals).replace("%", "procent")


def beside(own: str, other: str) -> str:
    """Return a shown figure beside the one it is compared with; percent is said once, last."""
    return tied(f"{own.removesuffix(f'{NO_BREAK_SPACE}%')} mot {other}")


def folded(text: str) -> str:
    """Return a text as it is compared: without case, composed, and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def letters(text: str) -> str:
    """Return a text's letters and figures only, in lower case: however it is hyphenated, spaced and written.

    >>> letters("Forum för patientsäkerhets-arbete ") == letters("Forum för patient\\u00adsäkerhetsarbete")
    True
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def alphabetical(name: str) -> str:
    """Return what a name is sorted by, so that å, ä and ö come last and é with e.

    >>> sorted(["Östra Göinge", "Åstorp", "Lund", "Älmhult"], key=alphabetical)
    ['Lund', 'Åstorp', 'Älmhult', 'Östra Göinge']
    """
    last = name.casefold().translate(str.maketrans("åäö", "{|}"))
    return "".join(sign for sign in unicodedata.normalize("NFD", last) if not unicodedata.combining(sign))


def tied(text: str) -> str:
    """Return `text` with no-break spaces inside figures and between a figure and its unit.

    >>> tied("3 kap. 3 § SoL, 15 000 invånare den 1 november 2014").count(NO_BREAK_SPACE)
    7
    """
    return YEAR.sub(NO_BREAK_SPACE, TIES.sub(NO_BREAK_SPACE, text))


def in_place(name: str) -> str:
    """Return a place with its preposition.

    >>> in_place("Solna"), in_place("Gotland")
    ('i Solna', 'på Gotland')
    """
    return f"{'på' if name in ISLANDS else 'i'} {name}"
