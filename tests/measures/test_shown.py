"""What is told of several sources: nothing of a hidden cell, and hashes that do not depend on one."""

from pathlib import Path

import pytest

from conftest import DATA, RESULTS, append, made_of, small_copy
from importing import result, write
from oj.disclosure.door import read_protected
from oj.doors.fingerprints import data_version, fact_hashes
from oj.doors.shown import read_disagreements, read_shown_corrections, read_uses

ABROAD = "behoriga-fodda-i-annat-land"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with two areas, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"tillganglig", "utbildning"})


def test_without_imports_there_is_nothing_to_tell() -> None:
    assert read_disagreements(DATA).empty
    assert read_uses(DATA).empty
    assert read_shown_corrections(DATA).empty
    assert fact_hashes(DATA) == made_of(DATA)


def test_a_use_counts_where_the_rule_says(data_copy: Path) -> None:
    write(data_copy, [result("socialjour", "0184", "no"), result(ABROAD, "0184", 0.4),
                      result("socialjour", "0191", "missing"), result("socialjour", "1280", "yes")])  # fmt: skip
    uses = read_uses(data_copy)
    assert uses["counts"].tolist() == [True, False, False, True]
    assert read_disagreements(data_copy)[["place", "answer", "answer_shipped"]].to_numpy().tolist() == [
        ["0184", "no", "yes"]
    ]


def test_what_the_counts_of_one_source_hide_no_other_source_shows(data_copy: Path) -> None:
    """Two of thirty-one are secret where they are told as counts, so a share without them is hidden too."""
    append(data_copy / RESULTS, f"2015,{ABROAD},0115,{2 / 31},,observed,2,31,fou-nordvast-2015")
    seen = []
    for figure in (0.0645, 0.4123):
        write(data_copy, [result(ABROAD, "0115", figure)])
        row = read_protected(data_copy).set_index(["indicator", "place"]).loc[(ABROAD, "0115")]
        assert (row["status"], row["source"]) == ("secret", "fou-nordvast-2015")
        assert read_disagreements(data_copy).empty
        seen.append(fact_hashes(data_copy))
    assert seen[0] == seen[1]


def test_what_the_counts_of_an_import_hide_the_shipped_source_does_not_show(data_copy: Path) -> None:
    append(data_copy / RESULTS, f"2015,{ABROAD},0115,0.0645,,observed,,,fou-nordvast-2015")
    write(data_copy, [result(ABROAD, "0115", 2 / 31) | {"numerator": 2.0, "denominator": 31.0}])
    assert read_protected(data_copy).set_index(["indicator", "place"]).loc[(ABROAD, "0115"), "status"] == "secret"
    assert read_disagreements(data_copy).empty


def test_no_hash_depends_on_what_is_hidden(data_copy: Path) -> None:
    """Neither the results' own nor that of the file that was read; a hash of hidden figures could be guessed at."""
    found = []
    for figure, content in ((0.41, "a" * 64), (0.42, "b" * 64)):
        write(data_copy, [result(ABROAD, "0184", figure), result("socialjour", "1280", "yes")], sha256=content)
        found.append((fact_hashes(data_copy), data_version(data_copy)))
    assert found[0] == found[1]
    write(data_copy, [result(ABROAD, "0184", figure), result("socialjour", "1280", "no")], sha256=content)
    assert data_version(data_copy) != found[0][1]  # but what is shown has its part in it


def test_where_nothing_is_hidden_the_hashes_are_the_files_own(data_copy: Path) -> None:
    write(data_copy, [result("socialjour", "1280", "yes")])
    assert fact_hashes(data_copy) == made_of(data_copy)
    assert {"results/egen-fil.csv", "results/egen-fil.yml"} <= set(fact_hashes(data_copy))
