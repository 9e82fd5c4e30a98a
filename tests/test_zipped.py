"""Files that are zip files of XML are read and changed by one thread at a time."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from oj.disk.zipped import READING, one_at_a_time
from oj.publish.render.slides import finished
from oj.publish.word.finish import finish
from oj.publish.word.plan import write_plan


def test_no_two_threads_are_in_it_at_once() -> None:
    inside, seen = list[int](), list[int]()

    @one_at_a_time
    def work(at: int) -> int:
        inside.append(at)
        seen.append(len(inside))
        sleep(0.002)
        inside.remove(at)
        return at

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(12))) == [*range(12)]
    assert set(seen) == {1}


@pytest.mark.parametrize("make", [finished, finish, write_plan])
def test_what_reads_words_and_powerpoints_files_is_such(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slides that were read while Word's file was, once had one of its elements' names in them: no file was made."""

    class EnteredError(Exception):
        """It went through the lock."""

    class Lock:
        def __enter__(self) -> None:
            raise EnteredError

        def __exit__(self, *_: object) -> None:
            """Leave nothing."""

    assert READING
    monkeypatch.setattr("oj.disk.zipped.READING", Lock())
    with pytest.raises(EnteredError):
        make()  # type: ignore[operator]
