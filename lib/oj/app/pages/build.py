"""A new report, or one that is to be another: its parameters as they are chosen, and then a build."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, chosen, ground_of, in_the_page, page, to
from oj.app.asking.starting import started
from oj.app.pages.county_map import county_map
from oj.app.pages.parameters import (
    NEW_GROUP,
    OF_PAGE,
    Choice,
    asked_for,
    choice_of,
    counties,
    file_of,
    further,
    groups_called,
    logo_asked,
    named_anew,
    offered,
    sent,
    tried,
    with_results,
    write,
    written,
)
from oj.app.pages.reports import build_order, build_words
from oj.facts.editions import domains
from oj.facts.params import ReportParameters
from oj.facts.places import find_report_place, municipalities_of
from oj.publish.build.contents import contents
from oj.publish.files.logo import logo_png
from oj.publish.site.reports import BOOKS
from oj.sources.origins import imported
from oj.tidy.book import book_of
from oj.tidy.schema import Figures
from oj.words.days import A_YEAR, given_day
from oj.words.errors import UserError
from oj.words.swedish import alphabetical, listing, number
from oj.words.vocabulary import HIDDEN, STATUSES

NOBODY = "Kryssa i de kommuner som ska vara med, så visas här vad rapporten får innehålla."
X = " Ett x är en uppgift som finns men inte får visas, för att den gäller få."
NOT_SAVED = "Inget är sparat. Ändra det som är markerat; det andra är kvar."
BEGINS = {"Gruppen ”": "group_name", "Logotyp": "fil", "Skriv avsändaren": "publisher"}  # faults, and where they are
LABELS = {
    "group_name": "Vad kommunerna kallas tillsammans",
    "publisher": "Avsändare",
    "date": "Datum",
    "contact": "Kontakt",
    "accessibility": "Tillgänglighet",
    "reference_source": "Källa för riket och länen",
}


def new(request: Request) -> Response:
    """Ask what a report is to be about; when that is said, who is in it and how it is signed."""
    asked = request.query_params
    county, about = asked.get("lan", ""), asked.get("om", "")
    if not (county and about):
        return page(request, "new", counties=counties(), offered=offered(), lan=county, om=about, choice=None)
    choice = choice_of(ground_of(request).params, county, about, asked.get("grupp", ""))
    return shown(request, choice, written(choice), is_saved="sparat" in asked)


def shown(
    request: Request, choice: Choice, now: ReportParameters, *, wrong: Mapping[str, str] = MappingProxyType({}),
    is_saved: bool = False,
) -> Response:  # fmt: skip
    """Return the page with a choice's parameters as they are `now`, and what is `wrong` by field, "" for all of it."""
    own = sorted(municipalities_of(choice.county.code).items(), key=lambda one: alphabetical(one[1]))
    others = [one for one in counties().values() if one.level == "county" and one != choice.county]
    whole = written(replace(choice, group="")) if choice.group else now
    known = further(choice.params)
    return page(
        request, "new", 400 if wrong else 200, counties=counties(), offered=offered(), lan=choice.county.code,
        om=f"{choice.domain}/{choice.edition}", choice=choice, groups=groups_called(choice), labels=LABELS,
        now=now, own=own, having=with_results(choice, dict(own)), whole=called_whole(whole, len(own)),
        references=references(choice, now.reference_source), others=others, further=known,
        file=file_of(choice).name, NEW_GROUP=NEW_GROUP, drawn=county_map(choice.county.code),
        is_saved=is_saved, title=title_of(choice.county.name, now.group_name), logo=picture_of(now),
        wrong=dict.fromkeys((*known, "group_name", "fil"), "") | {**wrong}, told=wrong.get("", "").splitlines(),
    )  # fmt: skip


def picture_of(now: ReportParameters) -> str:
    """Return the logo that there is now, in the page itself; "" without one, or where it cannot be read."""
    try:
        content = logo_png(now.logo_file.read_bytes(), now.logo) if now.logo_file else b""
    except (OSError, UserError):  # which the build tells
        return ""
    return f"data:image/png;base64,{b64encode(content).decode()}" if content else ""


def called_whole(now: ReportParameters, own: int) -> str:
    """Return what the county's own report is called beside its groups': not "the whole" where it is of some.

    >>> called_whole(ReportParameters(county="Stockholm", municipalities=["Solna"], group_name="De få"), 26)
    'Länets rapport, nu De få: 1 av 26 kommuner'
    """
    some = len(now.municipalities)
    called = f" {now.group_name}:" if now.group_name else ""
    return f"Länets rapport, nu{called} {some} av {own} kommuner" if 0 < some < own else "Hela länet"


def references(choice: Choice, now: str) -> dict[str, str]:
    """Return what the nation's and the counties' figures can be taken from, by name; what is written now too."""
    home = domains()[choice.domain]
    found = {name: f"{one.title} ({name})" for name, one in imported(home).items()}
    return {"": "De publicerade, där de finns"} | ({now: now} if now else {}) | found


def contained(request: Request) -> Response:
    """Tell what a report would hold as its parameters are written now, and what is lacking; as a part of a page too."""
    asked = request.query_params
    choice = choice_of(ground_of(request).params, asked.get("lan", ""), asked.get("om", ""), asked.get("grupp", ""))
    try:
        parameters = ticked(asked, choice, written(choice))
        if parameters is None:
            return page(request, "contents", told=[NOBODY], is_part="hx-request" in request.headers, back="/ny")
        plan = contents(parameters, ground_of(request).folders.notebooks)  # which refuses what a build would
        told = [*instead_of(parameters, book_of(parameters)), *told_of(plan.figures, parameters)]
    except UserError as error:
        told = [in_the_page(f"Rapporten kan inte byggas än. {error}")]
    back = f"/ny?{request.url.query}"
    return page(request, "contents", told=told, is_part="hx-request" in request.headers, back=back)


def ticked(asked: QueryParams, choice: Choice, now: ReportParameters) -> ReportParameters | None:
    """Return the parameters with the municipalities and counties that are ticked on the page; None with nobody ticked.

    Where the page did not say what is ticked, as without a script, they are those that are written.
    """
    if "vilka" not in asked:
        return None if choice.group == NEW_GROUP else now
    names = {code: one.short for code, one in counties().items()}
    own = municipalities_of(choice.county.code)
    picked = [own[chosen(code, own, "kommunerna")] for code in asked.getlist("kommun")]
    others = [names[chosen(code, names, "län att jämföra med")] for code in asked.getlist("jamfor")]
    if asked["vilka"] == "valda" and not picked:
        return None
    return now.model_copy(
        update={"municipalities": picked if asked["vilka"] == "valda" else [], "compare_with": others}
    )


def instead_of(parameters: ReportParameters, book: str) -> list[str]:
    """Return, as a line, that a report becomes another book than was asked for, where it does."""
    if book == parameters.edition:
        return []
    asked = BOOKS.get(parameters.edition, f"utgåvan {parameters.edition}")
    return [
        Markup(
            "Det finns inga resultat för {} i {}. Rapporten som byggs heter i stället {}. Vill ni visa egna resultat, "
            '<a href="/las-in">läs in dem</a> först; aktuella nyckeltal <a href="/kolada">hämtas från Kolada</a>.'
        ).format(find_report_place(parameters.county).name, asked, BOOKS[book])
    ]


def title_of(county: str, group: str, book: str = "") -> str:
    """Return what a report is called while it is chosen and built.

    >>> title_of("Kalmar län", "De två", "over-tid")
    'Kalmar län, De två, Utveckling över tid'
    """
    return ", ".join(filter(None, [county, group, BOOKS.get(book, book)]))


def told_of(shown: Figures, parameters: ReportParameters) -> list[str]:
    """Return, as lines, who is in a report, how many figures it has and what is lacking."""
    own, rows = shown.municipalities(), shown.frame
    if not own:
        return [f"Rapporten gäller {parameters.county}; inga kommuner har uppgifter i den."]
    counted = rows[rows["place"].isin(own)]["status"].value_counts()
    signs = {one: STATUSES[str(one)].sign for one in counted.index if one != "observed"}
    lacking = listing([f"{number(int(counted[one]))} {sign}" for one, sign in signs.items()])
    every = len(municipalities_of(find_report_place(parameters.county).code))
    some = "" if parameters.municipalities or len(own) == every else " De andra i länet har inga uppgifter i den."
    names = f"{len(own)} av {every} kommuner: {listing(list(own.values()))}.{some}"
    have = f"Uppgifter att visa: {number(int(counted.get('observed', 0)))}."
    hidden = any(one in HIDDEN for one in signs)
    return [names, have, *([f"Därutöver: {lacking}.{X if hidden else ''}"] if lacking else [])]


def save(request: Request, form: Form) -> Response:
    """Write the file of parameters as it was asked for, and build the report where that was asked too.

    What cannot be is told where it was written, with all that was sent still there.
    """
    choice = choice_of(ground_of(request).params, form.one("lan"), form.one("om"), form.one("grupp"))
    before = written(choice)
    try:
        return write_asked(request, form, choice, before)
    except UserError as error:
        return shown(request, choice, sent(form, choice, before), wrong=wrong_of(str(error), form))


def write_asked(request: Request, form: Form, choice: Choice, before: ReportParameters) -> Response:
    """Write what was asked for, and go on; raise UserError, with nothing written, where it cannot be or be built."""
    if choice.group == NEW_GROUP:
        choice = named_anew(form.one("group_name"), choice)
    name, logo = logo_asked(form, choice, before.logo)
    given_day(form.one("date"), LABELS["date"], A_YEAR)
    asked = {**dict(asked_for(form, choice, before)), "logo": name}
    if form.one("gor") != "bygg":
        write(choice, asked, logo)
        return to(f"/ny?lan={choice.county.code}&om={choice.domain}/{choice.edition}&grupp={choice.group}&sparat=1")
    parameters = tried(choice, asked)
    contents(parameters, ground_of(request).folders.notebooks)  # what would be refused is so now, not by the build
    write(choice, asked, logo)
    words, book = build_words(choice.county.short, choice.group, choice.domain, choice.edition), book_of(parameters)
    title = title_of(choice.county.name, parameters.group_name, book)
    order = build_order(parameters.model_copy(update={"edition": book}).name, title, words)
    return started(request, order)


def wrong_of(told: str, form: Form) -> dict[str, str]:
    """Return what is wrong by field, and under "" what to do about it, or what is of no one field.

    >>> wrong_of("Datum: ”i dag” är inget datum.", Form({}))["date"]
    '”i dag” är inget datum.'
    """
    names = {label: name for name, label in LABELS.items()} | {name: name for name in LABELS}
    found = dict[str, str]()
    for line in told.splitlines():
        label, _, rest = line.strip().removeprefix(f"{OF_PAGE}: ").partition(": ")
        begun = next((name for start, name in BEGINS.items() if line.startswith(start)), "")
        found |= {names[label]: rest} if label in names else {begun: line} if begun else {}
    again = " Välj logotypen igen." if form.file else ""
    return found | {"": f"{NOT_SAVED if found else in_the_page(told)}{again}"}
