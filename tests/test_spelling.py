"""Every Swedish word that we have written is spelt as in the dictionary, or is a name or a term of the kept list.

The dictionary, `hunspell-sv`, comes with the environment of `make check`. What is taken over word for word is not ours
to mend: the titles of questions, and what sources say.
"""

import ast
import csv
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).with_name("words.txt")
WORD = re.compile(r"(?<![-\w])[^\W\d_]+(?:-[^\W\d_]+)*(?![-\w])")  # not half words: hälso- och sjukvård
OTHERS = {
    "title",
    "english",
    "id",
    "known_by",
    "not_by",
    "words",
    "kolada",
}  # keys in data/ whose text is a source's, or no text
NOT_PROSE = re.compile(
    r"^---\n.*?\n---|```.*?```|~~~.*?~~~|`[^`]*`|<[^>]*>|\]\([^)]*\)|https?://\S+|[@#]\w[\w-]*|\{[^}]*\}|”[^”]*”"
    r"|\S*[/\\_=]\S*|\S+\.(?:md|csv|yml|py|xlsx|pdf|html|docx|ipynb|json|svg|png|zip)\b",
    re.DOTALL | re.MULTILINE,
)
OURS = ("description", "short", "phrase", "reason", "comment", "note", "explanation")  # columns of data/ in our words
ENGLISH = re.compile(r"^\*In English: .*$", re.MULTILINE)
SWEDISH = re.compile(r"[åäöÅÄÖ]")
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
SIGNS_OF_CODE = re.compile(r"[\\|^$]|\(\?")


def strings(value: object) -> Iterator[str]:
    """Yield the texts of what a file in YAML holds, those of others apart."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner) if key not in OTHERS else ()
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str) and " " in value:
        yield value


def spoken(path: Path) -> Iterator[str]:
    """Yield the Swedish strings of a module, docstrings apart, which are in English."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else ""
        if isinstance(text, str) and " " in text and SWEDISH.search(text) and not SIGNS_OF_CODE.search(text):
            yield text


def written() -> Iterator[tuple[Path, str]]:
    """Yield every text that is ours, with its file."""
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        yield path, ENGLISH.sub(" ", path.read_text(encoding="utf-8"))
    for path in (ROOT / "data").rglob("*.csv"):
        with path.open(encoding="utf-8") as lines:
            yield from ((path, row[name]) for row in csv.DictReader(lines) for name in OURS if row.get(name))
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            ours = cell["cell_type"] == "markdown" and path.stem != "summary-en"
            yield path, "".join(cell["source"]) if ours else ""
    for path in (ROOT / "data").rglob("*.yml"):
        yield from ((path, text) for text in strings(yaml.safe_load(path.read_text(encoding="utf-8"))))
    for path in (ROOT / "lib" / "oj").rglob("*.j2"):
        yield path, MARKUP.sub(" ", path.read_text(encoding="utf-8"))
    for path in (ROOT / "lib" / "oj").rglob("*.py"):
        yield from ((path, text) for text in spoken(path))


@cache
def words() -> dict[str, str]:
    """Return every word of the texts, and in which file it stands first."""
    found: dict[str, str] = {}
    for path, text in written():
        for word in WORD.findall(NOT_PROSE.sub(" ", text.replace("\u00ad", ""))):
            found.setdefault(word, str(path.relative_to(ROOT)))
    return found


def kept() -> list[str]:
    """Return the names and terms that the dictionary lacks."""
    return KEPT.read_text(encoding="utf-8").split()


def test_every_word_is_spelt_rightly() -> None:
    hunspell = pytest.importorskip("hunspell", reason="ordlistan, hunspell-sv, finns inte i den här miljön")
    swedish = hunspell.Hunspell("sv_SE", hunspell_data_dir=str(Path(sys.prefix) / "share" / "hunspell"))
    known, found = set(kept()), words()
    unknown = {word: path for word, path in sorted(found.items()) if word not in known and not swedish.spell(word)}
    assert unknown == {}, "Rätta ordet, eller lägg till det i tests/words.txt om det är ett namn eller en term."


def test_the_kept_words_are_in_order_and_used() -> None:
    assert kept() == sorted(set(kept()))
    assert sorted(set(kept()) - set(words())) == []
