"""A number as people write it, to the one that is meant: where two may be, both are told and none is chosen."""

import re
from decimal import Decimal

SPACES = "\xa0\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"  # set between thousands, and seldom between two numbers
WHOLE = re.compile(r"[-−+]?\d+(?:[.,]\d+)?")
GROUPED = re.compile(rf"([-−+]?)(\d{{1,3}}(?:([ .,'’{SPACES}])\d{{3}})(?:\3\d{{3}})*)(?:([.,])(\d+))?")
ONE = re.compile(r"\d+(?:[.,]\d+)?")
MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
DAY = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:[ T].*)?|\d{{1,2}}[-/. ](?:{MONTHS})[a-z]*\.?(?:[-/. ]\d{{2,4}})?"
    rf"|(?:{MONTHS})[a-z]*[-/. ]\d{{1,4}}|\d{{1,2}}-\d\d-\d{{2,4}}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\d\s*%?\s*[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089*†‡]+$")
UNSEEN = dict.fromkeys(map(ord, "\u00ad"))


class TwoReadingsError(Exception):
    """A text that may be two numbers, or one in two ways: in Swedish the rule, and the detail that names both."""

    def __init__(self, rule: str, detail: str = "") -> None:
        self.rule, self.detail = rule, detail
        super().__init__(rule + detail)


def written(text: str, most: float = float("inf")) -> Decimal | None:
    """Return the number that a text is, None where it is none; raise TwoReadingsError where it may be another.

    `most` is the largest that the number can be: what would be larger is no reading.

    >>> written("1 012,5"), written("1.234,5"), written("0,155"), written("1,155", 168), written("12 st")
    (Decimal('1012.5'), Decimal('1234.5'), Decimal('0.155'), Decimal('1.155'), None)
    """
    said = text.translate(UNSEEN).strip()
    grouped = GROUPED.fullmatch(said)
    if grouped:
        return _grouped(grouped, said, most)
    if WHOLE.fullmatch(said):
        return _decimal(said)
    return None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("−", "-"))


def _grouped(found: re.Match[str], said: str, most: float) -> Decimal:
    """Return the number that a text with signs between its thousands is."""
    sign, whole, mark, point, decimals = found.groups()
    groups = whole.split(mark)
    if mark == point and point is not None:  # 1.234.5 is none of both
        raise TwoReadingsError(f"har ”{mark}” både som tusental och som decimaltecken; skriv talet med bara siffror")
    thousands = _decimal(f"{sign}{''.join(groups)}" + (f".{decimals}" if decimals else ""))
    if mark in ".,":
        alone = len(groups) == 2 and not decimals
        if not alone or abs(thousands) > most or groups[0] == "0":
            return _decimal(said) if alone else thousands
        small, large = said, f"{sign}{''.join(groups)}"
        raise TwoReadingsError(
            "kan läsas på två sätt",
            f": som decimaltalet {small.replace('.', ',')} eller som {large}. Menas {large}: skriv det utan "
            f"”{mark}”. Menas {small.replace('.', ',')}: skriv {small.replace('.', ',')}0",
        )
    if (mark == " " or (mark in SPACES and len(groups[0]) == 3)) and not any(one[0] == "0" for one in groups[1:]):
        apart = " och ".join([*groups[:-1], f"{groups[-1]}{point or ''}{decimals or ''}"])
        joined = f"{thousands:f}".replace(".", ",")
        raise TwoReadingsError(
            "kan vara ett tal eller flera", f": {joined}, eller {apart}. Skriv ett tal utan mellanslag"
        )
    return thousands


def why_not(text: str) -> str:
    """Return what is the matter with a text that has figures but is no number, as an addition to a rule, or "".

    >>> why_not("1,5\\n2"), why_not("01-mar")[:24], why_not("12,5¹")[:20], why_not("ungefär tolv")
    (' Cellen har flera tal; den ska ha ett.', ' Det är ett datum: Excel', ' Efter talet står en', '')
    """
    said = text.translate(UNSEEN).strip()
    if DAY.fullmatch(said):
        return " Det är ett datum: Excel gör datum av 1–3 och 1/3. Skriv värdet på nytt i en cell med talformatet Text."
    if FOOTNOTE.search(said):
        return " Efter talet står en fotnot; skriv bara talet."
    numbers = ONE.findall(said)
    if len(numbers) > 1 and not re.search(r"[A-Za-zÅÄÖåäö]", said):
        return " Cellen har flera tal; den ska ha ett."
    return ""
