"""What a person has answered about the questions of editions that workbooks made: the sheet read, every cell judged."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oj.facts.editions import domains
from oj.sources.asking.form import (
    ALL_YEARS,
    AREA,
    COLUMNS,
    DIRECTION,
    DIRECTIONS,
    KEY,
    KNOWN_COLUMNS,
    KNOWN_MARK,
    LATER,
    LIKE_NONE,
    LISTS,
    LONGEST,
    MARK,
    MEANING,
    NEW,
    SAME,
    SHORT,
    SINCE,
    TITLE,
    TOLD,
    UNIT,
    UNITS,
)  # fmt: skip
from oj.sources.files.cells import Book, Sheet, Unreadable, letter
from oj.sources.terms.words import squeezed
from oj.words.errors import DataError, Fault, UserError, nearest
from oj.words.swedish import listing

YEAR = re.compile(r"(?:19|20)\d\d")
Lists = Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What is said of one question: what is empty is left as it is.

    `same` is the id of the earlier question that it is, or its own where it is new, and `told` how the list has it;
    `cells` are where each is said.
    """

    id: str
    title: str
    is_like: bool
    cells: Mapping[str, str]
    same: str = ""
    told: str = ""
    area: tuple[str, str] = ("", "")  # its id and its name
    unit: str = ""
    direction: str = ""
    since: str = ""  # the first year that may be compared with those after it, or ALL_YEARS
    short: str = ""
    meaning: str = ""

    @property
    def is_given(self) -> bool:
        """Whether anything is answered."""
        return any((self.same, self.area[0], self.unit, self.direction, self.since, self.short, self.meaning))


@dataclass(frozen=True)
class Answers:
    """The answers of a file: of which domain, one for each row, where nothing is answered too.

    `known` are those of questions that need no answer, where at most the area is another.
    """

    file: str
    domain: str
    rows: tuple[Answer, ...]
    known: tuple[Answer, ...] = ()


def answered_domain(book: Book) -> str:
    """Return the domain whose questions a file answers, "" where it is no file of answers."""
    found = [MARK.fullmatch(sheet.texts[1][0]) for sheet in book.sheets.values() if 1 in sheet.texts and sheet.width]
    return next((one[1] for one in found if one), "")


def keys_asked(book: Book) -> set[str]:
    """Return the ids of the questions that a file asks, whatever is answered in it."""
    every = book.sheets.values()
    heads = [(sheet, row, sheet.texts[row].index(KEY)) for sheet in every for row in _heads(sheet, COLUMNS)]
    return {texts[at] for sheet, head, at in heads for row, texts in sheet.texts.items() if row > head and texts[at]}


def _heads(sheet: Sheet, columns: Collection[str]) -> list[int]:
    """Return the rows that have all the headings of a sheet of questions."""
    return [row for row, texts in sheet.texts.items() if {*columns} - LATER <= {*texts}]


def read_answers(book: Book, folder: Path) -> Answers:
    """Return what a file answers; raise DataError with every cell that says what cannot be, by sheet and cell."""
    domain = answered_domain(book)
    if domain not in (known := domains(folder)):
        told = f"Verksamhetsområdet ”{domain}”, som {book.file} gäller, finns inte."
        raise UserError(f"{told}{nearest(domain, known)} De som finns: {', '.join(known)}.")
    marked = [(name, one) for name, one in book.sheets.items() if 1 in one.texts and MARK.fullmatch(one.texts[1][0])]
    if len(marked) > 1:
        told = listing([f"”{name}”" for name, _sheet in marked])
        raise UserError(f"{book.file} har frågorna på flera blad: {told}. Behåll ett av dem och läs in igen.")
    lists, faults = _lists(book), list[Fault]()
    rows = tuple(_Reader(book.file, *marked[0], lists, faults).rows())
    own = [one for one in book.sheets.items() if 1 in one[1].texts and one[1].texts[1][0] == f"{KNOWN_MARK} {domain}"]
    moved = [row for one in own[:1] for row in _Reader(book.file, *one, lists, faults, KNOWN_COLUMNS).rows()]
    if faults:
        raise DataError(faults)
    return Answers(book.file, domain, rows, tuple(moved))


def _lists(book: Book) -> Lists:
    """Return what stands in the lists: each label and the id that it stands for, by its column and its letters."""
    sheet = next((one for name, one in book.sheets.items() if name == LISTS), None)
    if sheet is None:
        raise UserError(f"Bladet {LISTS}, som är dolt, saknas i {book.file}. Ta en kopia av filen som den var.")
    return {(of, squeezed(label)): (label, name) for label, name, of, *_rest in sheet.texts.values()}


@dataclass(frozen=True)
class _Reader:
    file: str
    name: str
    sheet: Sheet
    lists: Lists
    faults: list[Fault]
    columns: tuple[str, ...] = COLUMNS

    def rows(self) -> Iterator[Answer]:
        """Yield what each row answers."""
        head = self._head()
        texts = self.sheet.texts[head]
        at = {title: texts.index(title) for title in self.columns if title in texts}
        first: dict[str, int] = {}
        for row in (row for row in sorted(self.sheet.texts) if row > head):
            said = {title: " ".join(self.sheet.texts[row][column].split()) for title, column in at.items()}
            cells = {title: f"{letter(column)}{row}" for title, column in at.items()}
            for title, column in at.items():
                if isinstance(cell := self.sheet.rows[row][column], Unreadable):
                    self._fault(cells[title], cell.shown, cell.rule)
            if not any(said.values()):
                continue
            if not said[KEY]:
                self._fault(cells[TITLE], said[TITLE], f"är en rad utan nyckel i {cells[KEY]}; ta bort den")
            elif said[KEY] in first:
                self._fault(cells[KEY], said[KEY], f"står redan på rad {first[said[KEY]]}; ta bort en av raderna")
            else:
                first[said[KEY]] = row
                yield self._answer({**dict.fromkeys(COLUMNS, ""), **said}, cells)

    def _head(self) -> int:
        found = _heads(self.sheet, self.columns)
        if not found:
            told = f"Bladet ”{self.name}” i {self.file} har inte kvar alla rubriker: {', '.join(self.columns)}."
            raise UserError(f"{told} Skriv dem som de var, eller ta en kopia av filen som den var.")
        return found[0]

    def _answer(self, said: Mapping[str, str], cells: Mapping[str, str]) -> Answer:
        area, own = self._listed(AREA, said, cells), said[KEY]
        where = {title: f"{self.name} {cell}" for title, cell in cells.items()}
        return Answer(
            own, said[TITLE], said[TOLD[4]] != LIKE_NONE, where,
            self._same(said, cells), said[SAME], (area[1], area[0]), self._word(UNIT, UNITS, said, cells),
            self._word(DIRECTION, DIRECTIONS, said, cells), self._since(said, cells),
            self._text(SHORT, said, cells), self._text(MEANING, said, cells),
        )  # fmt: skip

    def _same(self, said: Mapping[str, str], cells: Mapping[str, str]) -> str:
        if squeezed(said[SAME]) == squeezed(NEW):
            return said[KEY]
        return self._listed(SAME, said, cells)[1]

    def _since(self, said: Mapping[str, str], cells: Mapping[str, str]) -> str:
        """Return from which year a question may be compared, ALL_YEARS where no year is an exception."""
        if squeezed(said[SINCE]) == squeezed(ALL_YEARS):
            return ALL_YEARS
        if said[SINCE] and not YEAR.fullmatch(said[SINCE]):
            self._fault(cells[SINCE], said[SINCE], f"ska vara ett år med fyra siffror, ”{ALL_YEARS}” eller tom.")
        return said[SINCE]

    def _listed(self, column: str, said: Mapping[str, str], cells: Mapping[str, str]) -> tuple[str, str]:
        """Return the label and the id of what is chosen in a list, both empty where nothing is."""
        text = said[column]
        found = self.lists.get((column, squeezed(text)), ("", ""))
        if text and not found[1]:
            known = [label for (of, _letters), (label, _name) in self.lists.items() if of == column]
            rule = f"finns inte i listan.{nearest(text, known)} Välj i listan, eller töm rutan."
            self._fault(cells[column], text, rule)
        return found

    def _word(self, column: str, words: Collection[str], said: Mapping[str, str], cells: Mapping[str, str]) -> str:
        letters = squeezed(said[column])
        found = next((word for word in words if squeezed(word) == letters), "")
        if said[column] and not found:
            allowed = listing([f"”{word}”" for word in words], "eller")
            rule = f"ska vara {allowed}, eller tom.{nearest(said[column], words)}"
            self._fault(cells[column], said[column], rule)
        return found

    def _text(self, column: str, said: Mapping[str, str], cells: Mapping[str, str]) -> str:
        if len(said[column]) > LONGEST[column]:
            rule = f"är {len(said[column])} tecken och får ha högst {LONGEST[column]}."
            self._fault(cells[column], said[column], rule)
        return said[column]

    def _fault(self, cell: str, value: str, rule: str) -> None:
        self.faults.append(Fault(self.file, None, f"{self.name} {cell}", value, rule))
