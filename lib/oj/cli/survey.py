"""`oj survey`: the form that the municipalities answer in, and the preliminary report of a filled-in one."""

from pathlib import Path

from oj.cli.parsing import Commands, Parser, add_common, add_help, tell, tell_aside, tell_seconds


def add_parsers(commands: Commands) -> None:
    """Add the commands of the survey: its form, and the results of a filled-in one."""
    survey = commands.add_parser("survey", help="kommunernas egna svar: enkät och preliminär rapport", add_help=False)
    steps = survey.add_subparsers(dest="step", metavar="kommando", required=True, parser_class=Parser)
    form = steps.add_parser("form", help="gör Excelfilen som kommunerna fyller i", add_help=False)
    form.add_argument("county", metavar="LÄN", help="Stockholm, ”Stockholms län” eller 01")
    form.add_argument("--output", default="", metavar="FIL", help="filens namn; annars <län>-enkat-<utgåva>.xlsx här")
    form.add_argument("--edition", default="", metavar="ÅR", help="utgåva, till exempel 2015; annars parameterfilens")
    form.set_defaults(run=lambda given: survey_form(given.county, given.output, given.edition))
    results = steps.add_parser("results", help="bygg den preliminära rapporten ur en ifylld fil", add_help=False)
    results.add_argument("file", metavar="FIL", help="den ifyllda Excelfilen")
    results.add_argument("--date", default="", metavar="DATUM", help="rapportens datum, ÅÅÅÅ-MM-DD; annars inget")
    results.set_defaults(run=lambda given: survey_results(given.file, given.date, given.renderer, quiet=given.quiet))
    add_common(results)
    for command in (survey, form, results):
        add_help(command)


def survey_form(county: str, output: str = "", edition: str = "") -> None:
    """Write the workbook that a county's municipalities, those of its parameter file or all, answer the survey in."""
    from oj.facts.params import read_parameters
    from oj.facts.places import city_of, find_county, find_municipality, slug, units
    from oj.forms.survey import write_form

    parameters, place = read_parameters(county, edition=edition), find_county(county)
    asked = {find_municipality(name, place).code for name in parameters.municipalities}
    chosen = [unit for unit in units(place.code) if not asked or {unit.code, city_of(unit.code)} & asked]
    target = Path(output or f"{slug(place.short)}-enkat-{parameters.edition}.xlsx")
    write_form(chosen, target, parameters.edition)
    tell(str(target.resolve()))


def survey_results(file: str, date: str, renderer: str, *, quiet: bool) -> None:
    """Build the preliminary report of a filled-in workbook and tell where it is."""
    from oj.publish.build.preliminary import build_preliminary
    from oj.publish.build.report import Progress

    progress = Progress(tell=(lambda _text: None) if quiet else tell, warn=tell_aside)
    finished = build_preliminary(Path(file), date, renderer, progress)
    if not quiet:
        tell_seconds(progress.seconds)
        tell(str(finished))
