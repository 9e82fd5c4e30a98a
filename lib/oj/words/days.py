"""A day as it is written, and how late one that is given now may be.

What stands in a file is never held against the clock: the same files say the same whatever a machine's clock is.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator

from oj.words.errors import UserError, shortened

A_YEAR = 366  # days ahead of today that a report may be dated
YEARS = re.compile(r"(\d{4})(?:\.\.(\d{4}))?", re.ASCII)
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"(?:19|20)\d{2}(?:-\d{2}){0,2}", re.ASCII)


def day_fault(day: str, ahead: int | None = None) -> str:
    """Return in Swedish what is wrong with a day, as the end of a sentence about it; "" where nothing is.

    Of one that is given now, in a page or at a command, `ahead` is how many days from today it may be: more is a slip
    of the keyboard.

    >>> day_fault("1999-12-31"), day_fault("i går")
    ('', 'är inget datum; skriv ÅÅÅÅ-MM-DD')
    """
    try:
        asked = date.fromisoformat(day) if WRITTEN.fullmatch(day) else None
    except ValueError:  # such as the 30th of February
        asked = None
    if asked is None:
        return "är inget datum; skriv ÅÅÅÅ-MM-DD"
    if ahead is None:
        return ""
    latest = date.today() + timedelta(ahead)
    if asked <= latest:
        return ""
    return f"har inte varit än; datumet ska vara {f'högst {latest.isoformat()}' if ahead else 'i dag eller tidigare'}"


def written_day(day: str) -> str:
    """Return a day as it was written; raise ValueError for what is none, as models want it.

    >>> written_day("1999-12-31")
    '1999-12-31'
    """
    if fault := day_fault(day):
        raise ValueError(fault)
    return day


def given_day(day: str, field: str = "", ahead: int = 0) -> str:
    """Return a day that is given now, as it was written, or ""; raise UserError that names the field for another.

    >>> given_day("1999-12-31"), given_day("")
    ('1999-12-31', '')
    """
    if day and (fault := day_fault(day, ahead)):
        raise UserError(f"{field}{': ' if field else ''}”{shortened(day)}” {fault}.")
    return day


def written_moment(moment: str) -> str:
    """Return when something was measured, as it was written; raise ValueError for what is no time, as models want it.

    >>> written_moment("2013-11-01/2014-11-01"), written_moment("2014")
    ('2013-11-01/2014-11-01', '2014')
    """
    parts = moment.split("/")
    days = [f"{part}{'-01-01'[len(part) - 4 :]}" for part in parts if MOMENT.fullmatch(part)]
    if len(days) < len(parts) or any(map(day_fault, days)) or len(parts) > 2 or (len(parts) > 1 and days[0] >= days[1]):
        rule = "ska vara en dag, en månad eller ett år, eller två i ordning med / emellan, inom citattecken"
        raise ValueError(f'{rule}: "ÅÅÅÅ-MM-DD" eller "ÅÅÅÅ-MM-DD/ÅÅÅÅ-MM-DD"')
    return moment


Moment = Annotated[str, AfterValidator(written_moment)]
MomentIfAny = Annotated[str, AfterValidator(lambda moment: moment and written_moment(moment))]


def spans(years: Sequence[str]) -> list[tuple[str, str]]:
    """Return years, or from one to another as 2010..2015, as the first and the last; raise UserError for others.

    >>> spans(["2014", "2016..2018"])
    [('2014', '2014'), ('2016', '2018')]
    """
    found = [YEARS.fullmatch(one) for one in years]
    wrong = [one for one, match in zip(years, found, strict=True) if not match or (match[2] or match[1]) < match[1]]
    if wrong or not years:
        told = f"”{wrong[0]}” är inget år." if wrong else "Inget år är sagt."
        raise UserError(f"{told} Skriv ett år med fyra siffror, eller från och till, som ”ÅÅÅÅ..ÅÅÅÅ”.")
    return [(match[1], match[2] or match[1]) for match in found if match]
