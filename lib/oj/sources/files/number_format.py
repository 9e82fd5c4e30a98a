"""What a number's format in Excel lets a reader see of it: the number, rounded or scaled, a text, or nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from operator import eq, ge, gt, le, lt, ne

TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|General|E[+-]|AM/PM|A/P|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|.', re.DOTALL)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:[.,]\d+)?)\]")
HOLDS = {"<": lt, ">": gt, "<=": le, ">=": ge, "=": eq, "<>": ne}
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
PLACES = "0#?"
WHOLE = ("General", "general", "@")  # tokens that stand for a whole number or a whole text
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
DASHES = "-–—−"
MEANT = "skriv det som ska gälla i cellen, och ge den talformatet Allmänt"
Seen = tuple[float | str, str]  # what is seen, and what is wrong with it, in Swedish


@dataclass(frozen=True)
class Section:
    """One part of a number format: its tokens, its condition if it says one, and its colour or ""."""

    tokens: tuple[str, ...]
    condition: tuple[str, Decimal] | None
    colour: str

    @property
    def is_date(self) -> bool:
        """Whether a number is shown as a day or a time."""
        return any(
            (one.lower().strip("ymdhs") == "" or one.upper() in ("AM/PM", "A/P") or ELAPSED.fullmatch(one))
            for one in self.tokens
        )


@cache
def sections(code: str) -> tuple[Section, ...]:
    """Return the parts of a number format."""
    found: list[list[str]] = [[]]
    for token in TOKEN.findall(code):
        if token == ";":
            found.append([])
        else:
            found[-1].append(token)
    return tuple(_section(tokens) for tokens in found)


def _section(tokens: Sequence[str]) -> Section:
    kept, condition, colour = list[str](), None, ""
    for token in tokens:
        if told := CONDITION.fullmatch(token):
            condition = (told[1], Decimal(told[2].replace(",", ".")))
        elif token.startswith("[$"):
            kept.append(f'"{token[2:-1].partition("-")[0]}"')
        elif token.startswith("[") and not ELAPSED.fullmatch(token):
            colour = token[1:-1].casefold()
        else:
            kept.append(token)
    return Section(tuple(kept), condition, colour)


def _chosen(value: Decimal, parts: Sequence[Section]) -> int | None:
    """Return which part of a format a number is shown by, None where none is for it."""
    none = Decimal(0)
    usual = [(">" if len(parts) > 2 else ">=", none), ("<", none) if len(parts) > 2 else None, None]
    for at, part in enumerate(parts[:3]):
        condition = part.condition or (usual[at] if len(parts) > 1 else None)
        if condition is None or HOLDS[condition[0]](value, condition[1]):
            return at
    return None


def displayed(value: float, code: str) -> Seen:
    """Return what is seen of a number with a format, and "" or why that is not to be read.

    >>> displayed(0.6, '0.0"%"'), displayed(0.6, "0.0%"), displayed(12500, "0.0,"), displayed(20.47, "0")
    (('0,6%', ''), ('60,0%', ''), (12.5, ''), (20.0, ''))
    >>> displayed(33, '".."'), displayed(33, ";;;")[1][:14]
    (('..', ''), 'har ett talfor')
    """
    if code == "General":
        return float(f"{value:.10g}"), ""
    exact, parts = Decimal(f"{value:.15g}"), sections(code)
    at = _chosen(exact, parts)
    if at is None:
        return "", f"visas som ##### av sitt talformat; {MEANT}"
    part = parts[at]
    if part.is_date:
        return _day(value, part), ""
    return _number(exact if len(parts) == 1 or at != 1 or part.condition else abs(exact), exact, part.tokens)


def _literal(token: str) -> str:
    """Return what a token that is no figure shows."""
    if token.startswith('"'):
        return token.strip('"')
    if token.startswith("\\"):
        return token[1:]
    return " " if token[0] in "_*" and len(token) == 2 else token


def _number(value: Decimal, exact: Decimal, tokens: Sequence[str]) -> Seen:
    """Return a number as a part of a format shows it; `exact` is the number with its sign."""
    places = [at for at, token in enumerate(tokens) if token in PLACES or token in WHOLE]
    if not places:
        text = "".join(map(_literal, tokens)).strip()
        return _text(("-" if value < 0 and text else "") + text)
    before, after = tokens[: places[0]], tokens[places[-1] + 1 :]
    middle = tokens[places[0] : places[-1] + 1]
    if "/" in middle:
        return str(Fraction(exact).limit_denominator(99)), f"visas som ett bråk; {MEANT}"
    scaled = value * Decimal(100) ** sum(token == "%" for token in tokens)
    commas = next((at for at, token in enumerate(after) if token != ","), len(after))
    shown, wrong = _figures(scaled / Decimal(1000) ** commas, middle)
    if shown is None:
        return "", wrong
    first, last = ("".join(map(_literal, some)) for some in (before, after[commas:]))
    return _text(f"{first}{last}".strip()) if shown == "" else _together(first, Decimal(shown), last, exact)


def _figures(value: Decimal, middle: Sequence[str]) -> tuple[Decimal | str | None, str]:
    """Return the figures that are seen of a number, "" for a nought that is not; or None and what is wrong."""
    kinds = "".join(middle)
    if middle[0] in WHOLE:
        return Decimal(f"{value:.10g}"), ""
    if "E+" in kinds.upper() or "E-" in kinds.upper():
        decimals = sum(one in PLACES for one in re.split("E", kinds, flags=re.IGNORECASE)[0].partition(".")[2])
        return Decimal(f"{value:.{decimals}e}"), ""
    if any(_literal(token).strip() for token in middle if token not in PLACES and token not in ".,"):
        return None, f"visas med andra tecken mellan siffrorna; {MEANT}"
    fine = kinds.partition(".")[2]
    rounded = value.quantize(Decimal(1).scaleb(-sum(one in PLACES for one in fine)), ROUND_HALF_UP)
    if value and not rounded:
        return None, "visas som 0 men är inte noll; visa fler decimaler i Excel"
    return rounded if rounded or "0" in kinds else "", ""


def _together(first: str, shown: Decimal, last: str, exact: Decimal) -> Seen:
    """Return the figures with what stands before and after them: a number where nothing but spaces does."""
    around = f"{first}{last}"
    if re.search(r"[\d.,]", around):
        return f"{first}{shown:f}{last}".strip(), f"visas med siffror som inte hör till talet; {MEANT}"
    if any(one in DASHES for one in around):
        shown = -shown
    if (shown < 0) != (exact < 0) and shown:
        return f"{first}{shown:f}{last}".strip(), f"visas utan sitt minustecken; {MEANT}"
    if not around.translate(dict.fromkeys(map(ord, DASHES))).strip(" +\xa0\u202f"):
        return float(shown), ""
    written = f"{shown:f}".replace(".", ",")
    return f"{first}{written}{last}".replace("--", "-").strip(), ""


def _text(text: str) -> Seen:
    """Return a text that stands in a number's place, and what is wrong with that."""
    if not text:
        return "", f"har ett talformat som inte visar något; {MEANT}"
    if text in (*DASHES, "."):
        return text, f"är ett tal som talformatet visar som ”{text}”: noll, bortfall eller dold? Skriv vad som gäller"
    if re.fullmatch(r"[-+]?[\d.,\s]+%?", text) and any(one.isdigit() for one in text):
        return text, f"visas som ett annat tal än det som står i cellen; {MEANT}"
    return text, ""


def _day(value: float, part: Section) -> str:
    """Return a day as it is seen, or as year, month and day where that would look like a number."""
    try:
        day = datetime(1899, 12, 30) + timedelta(days=value)
    except OverflowError:
        return "#####"
    plain = f"{day:%Y-%m-%d}" if value == int(value) else f"{day:%Y-%m-%d %H:%M}"
    if part.tokens == ("mm", "-", "dd", "-", "yy") or any(  # Excel's short day: as the computer has it
        one.lower().strip("hs") == "" or ELAPSED.fullmatch(one) for one in part.tokens
    ):
        return plain
    month = MONTHS[day.month - 1]
    told = {
        "y": f"{day:%y}", "yy": f"{day:%y}", "yyyy": f"{day:%Y}", "m": str(day.month), "mm": f"{day:%m}",
        "mmm": month, "mmmm": month, "d": str(day.day), "dd": f"{day:%d}",
    }  # fmt: skip
    text = "".join(told.get(token.lower(), _literal(token)) for token in part.tokens).strip()
    return text if re.search(r"\d.*[-/. ].*\w|[a-z]", text) and not re.fullmatch(r"[\d.,\s]+", text) else plain


def shown_text(text: str, code: str) -> str:
    """Return what is seen of a text with a format: the last of four parts may put another in its place."""
    parts = sections(code)
    if code in ("General", "@") or (len(parts) < 4 and not (len(parts) == 1 and "@" in parts[0].tokens)):
        return text
    return "".join(text if token in ("@", "General") else _literal(token) for token in parts[:4][-1].tokens)
