"""The prose of an edition, and of its domain: their `texts.yml`; a text that nobody has written is no text."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from oj.facts.editions import domain_folder, edition_folder, is_edition, label_of, root_of
from oj.facts.yaml_file import read_model

FILE, GLOSSARY = "texts.yml", "glossary.yml"
RULES = {
    "statements": "ska vara texter med namn",
    "over_time": "ska vara en lista av namn i statements",
    "protected": "ska vara text",
    "prose": "ska vara texter med namn",
    "english": "ska vara texter med namn: ett måtts eller en tabells id, och vad det kallas på engelska",
}


class Texts(BaseModel):
    """The nation's key results by their names in `statements.csv`, which of them stand over the years, and the rest.

    `prose` are texts in Markdown by the names that the notebooks ask for, `english` what measures and tables are called
    in the summary in English, by their ids.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    statements: dict[str, str] = {}
    over_time: list[str] = []
    protected: str = ""
    prose: dict[str, str] = {}
    english: dict[str, str] = {}


def texts_of(folder: Path | None = None, edition: str = "") -> Texts:
    """Return the texts of an edition; raise DataError for what is no text.

    >>> texts_of().over_time[0]
    'behorighet'
    """
    return _read(edition_folder(folder, edition))


def prose_of(name: str, folder: Path) -> str:
    """Return a text in Markdown by its name: the edition's where the folder is one's and has it, else the domain's.

    >>> prose_of("datum", edition_folder()).partition(" den ")[0], prose_of("datum", domain_folder())
    ('I utgåvan 2015 gäller enkätsvaren', '')
    """
    homes = [*([folder] if is_edition(folder) else []), domain_folder(folder)]
    return next((text for home in homes if (text := _read(home).prose.get(name, "").strip())), "")


def english_of(folder: Path) -> dict[str, str]:
    """Return what measures and tables are called in English, by their ids: the domain's words, and an edition's own.

    >>> english_of(domain_folder())["kostnad"]
    'cost of child and youth care per inhabitant, in current prices'
    """
    homes = [domain_folder(folder), *([folder] if is_edition(folder) else [])]
    return {name: text for home in homes for name, text in _read(home).english.items()}


def glossary(folder: Path | None = None) -> dict[str, str]:
    """Return what terms stand for, by the term, none where the file is lacking; raise DataError for what is no text.

    >>> glossary()["HVB"]
    'hem för vård eller boende'
    """
    path = root_of(folder) / GLOSSARY
    return read_model(RootModel[dict[str, str]], path, label_of(path), {}).root if path.exists() else {}


def _read(home: Path) -> Texts:
    path = home / FILE
    return read_model(Texts, path, label_of(path), RULES) if path.exists() else Texts()
