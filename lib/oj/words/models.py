"""What a model does not accept of a file, in Swedish: the one home of everything that pydantic finds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from oj.words.errors import DataError, Fault, UserError, nearest, shortened

Model = TypeVar("Model", bound=BaseModel)
KIND = re.compile(
    r"(?:str|int|float|bool|dict|list|tuple|literal|function)\b.*|\[key\]"
)  # no part of a file, but of ours
UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
PAIRS, LISTED = "ska bestå av rader ”nyckel: värde”", "ska vara en lista, en rad med streck för varje"
TYPES = {
    "string": "ska vara text; skriv inom citattecken", "bool": "ska vara true eller false",
    "int": "ska vara ett heltal", "float": "ska vara ett tal, med decimalpunkt", "finite": "ska vara ett tal",
    "tuple": LISTED, "list": LISTED, "dict": PAIRS, "dataclass": PAIRS, "model": PAIRS, "date": "ska vara ett datum",
}  # fmt: skip


class Strict(BaseModel):
    """What stands in a file of ours: every key is known and of its own kind, and nothing is changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Break(Strict):
    """The first year that may not be compared with those before it, and why, in Swedish."""

    year: int
    reason: str


def faults_of(error: ValidationError, label: str, rules: Mapping[str, str], at: Sequence[str] = ()) -> list[Fault]:
    """Return what a model does not accept as faults of the file `label`; `rules` are all keys, `at` where it stands."""
    return [_fault(detail, label, rules, at) for detail in error.errors()]


def made(model: type[Model], values: Any, label: str, at: Sequence[str] = ()) -> Model:
    """Return a model of what stands in the file `label`; raise DataError with every fault."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise DataError(faults_of(error, label, dict.fromkeys(model.model_fields, ""), at)) from error


@contextmanager
def in_order(label: str, what: str) -> Iterator[None]:
    """Tell of whatever in the file `label` stands otherwise than in `what` it should be."""
    try:
        yield
    except KeyError as error:
        raise UserError(f"{label} är inte ordnad som {what} ska vara: nyckeln ”{error.args[0]}” saknas.") from error
    except (IndexError, TypeError, AttributeError, ValueError) as error:
        rule = "något är av fel slag (en text, en lista eller rader ”nyckel: värde”), eller så är en klammer för mycket"
        raise UserError(f"{label} är inte ordnad som {what} ska vara: {rule}. Återställ filen.") from error


def _fault(detail: ErrorDetails, label: str, rules: Mapping[str, str], at: Sequence[str]) -> Fault:
    where = [str(one + 1) if isinstance(one, int) else one for one in detail["loc"]]
    where = [*at, *(one for one in where if not KIND.fullmatch(one))]
    seen = detail["input"]
    told = "" if detail["type"] == "missing" or isinstance(seen, dict | list) or seen is None else _text(seen)
    return Fault(label, None, ": ".join(where), told, rule_of(detail, rules))


def _text(seen: object) -> str:
    try:
        return shortened(str(seen))
    except ValueError:  # a number of more digits than Python writes
        return "ett mycket stort tal"


def rule_of(detail: ErrorDetails, rules: Mapping[str, str]) -> str:
    """Return the rule that pydantic found to be broken; `rules` are all keys, each with its rule in Swedish or ""."""
    kind, key = detail["type"], next((one for one in reversed(detail["loc"]) if isinstance(one, str)), "")
    if kind in UNKNOWN:
        return f"okänd nyckel.{nearest(key, rules)} Tillåtna: {', '.join(rules)}"
    if kind in ("missing", "missing_argument"):
        return "nyckeln saknas"
    if kind == "string_type" and detail["input"] is None:
        return f'{TYPES["string"]}, "" för tomt'
    if kind == "value_error" and not rules.get(key):
        return str(detail["ctx"]["error"])  # our own validators speak Swedish
    if kind == "literal_error" and not rules.get(key):
        return f"ska vara en av: {detail['ctx']['expected'].replace(' or ', ', ')}"
    told = TYPES.get(kind.partition("_")[0], "") if kind.endswith(("_type", "_parsing", "_from_float")) else ""
    return told or rules.get(key) or "godtas inte"
