"""Parts of Stockholm and Göteborg: those of data/places.csv, and later ones that are not there."""

from random import Random

from made_books.facts import Place, places

LATER = {
    "1480": ("Socialförvaltningen Nordost", "Socialförvaltningen Hisingen", "Socialförvaltningen Sydväst"),
    "0180": ("Hägersten-Älvsjö", "Järva", "Norra innerstaden"),
}


def known_districts(random: Random, number: int) -> list[Place]:
    """Choose districts that have a code."""
    known = [one for one in places().values() if one.level == "district"]
    return sorted(random.sample(known, min(number, len(known))), key=lambda one: one.code)


def new_districts(random: Random) -> list[Place]:
    """Return the districts that have no code: a reader gives them a longer one below the city's."""
    found = [
        Place(f"{city}*", name, "district", places()[city].county) for city, names in LATER.items() for name in names
    ]
    return sorted(random.sample(found, random.randint(2, len(found))), key=lambda one: one.code)
