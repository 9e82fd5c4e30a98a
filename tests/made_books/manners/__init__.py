"""The layouts that strangers use, each its own function, by name."""

from made_books.manners.long import LONG
from made_books.manners.sheets import WORKBOOKS
from made_books.manners.wide import WIDE, Manner

LAYOUTS: dict[str, Manner] = {**WIDE, **WORKBOOKS, **LONG}
