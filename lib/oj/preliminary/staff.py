"""Staff lists to full-time equivalents, and from them the survey's counts of case workers."""

import pandas as pd

from oj.sources.survey.questions import TENURES

FULL_TIME = 165  # hours a month; the source's standard for the hourly paid
LONG_AWAY = 30  # days off in October and November; who was away that long is not counted
COLUMNS = ["degree", "hours", "days_away", "on_leave", "qualified", "social_work", "tenure"]


def full_time_equivalents(staff: pd.DataFrame) -> pd.Series:
    """Return each person's full-time equivalent: the degree of the monthly paid, hours / 165 of the hourly paid.

    `degree` is 0-1 and `hours` those of the month before the measuring date, one of them NaN; `days_away` are days
    off in October and November, `on_leave` True for who is on leave. Who is on leave or was away at least 30 days
    counts as 0. The source: Handläggarnas utbildning och yrkeserfarenhet, Teknisk beskrivning.

    >>> here = {"days_away": [0, 0], "on_leave": [False, False]}
    >>> full_time_equivalents(pd.DataFrame({"degree": [0.75, None], "hours": [None, 66.0], **here})).tolist()
    [0.75, 0.4]
    """
    counted = (staff["days_away"].fillna(0) < LONG_AWAY) & ~staff["on_leave"].fillna(False).astype(bool)
    return staff["degree"].fillna(staff["hours"] / FULL_TIME).where(counted, 0.0)


def counts(staff: pd.DataFrame) -> dict[str, float]:
    """Return a staff list's answers to the survey's questions on case workers, in full-time equivalents.

    `qualified` is True for a social worker by degree, `social_work` True for at least a year of social work, `tenure`
    one of TENURES, of the social workers. Rounded to hundredths, as staff are told.

    >>> person = dict(degree=1.0, hours=None, days_away=0, on_leave=False, qualified=True, social_work=True)
    >>> counts(pd.DataFrame([person | {"tenure": "3–5 år"}]))["personal.tre-till-fem-ar"]
    1.0
    """
    size = full_time_equivalents(staff)
    social_workers = staff["qualified"].fillna(False).astype(bool)
    experienced = social_workers & staff["social_work"].fillna(False).astype(bool)
    told = {
        "personal.handlaggare": size.sum(),
        "personal.socionomer": size[social_workers].sum(),
        "personal.socialt-arbete": size[experienced].sum(),
        **{question: size[social_workers & (staff["tenure"] == tenure)].sum() for tenure, question in TENURES.items()},
    }
    return {question: round(float(total), 2) for question, total in told.items()}
