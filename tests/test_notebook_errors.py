"""A fault that a researcher can mend is told in JupyterLab as everywhere else: by its message alone."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('import oj\noj.figures("Stokholm")', "Menade du ”Stockholm”?"),
        ('import oj\noj.table(oj.figures("Stockholm").of("sakerr"))', "Menade du ”saker”?"),
    ],
)
def test_it_is_told_without_calls(cell: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = Config({"HistoryManager": {"enabled": False}})
    InteractiveShell.clear_instance()
    try:
        InteractiveShell.instance(config=quiet).run_cell(cell)
    finally:
        InteractiveShell.clear_instance()
    shown = capsys.readouterr().out
    assert told in shown
    assert "Traceback" not in shown
    assert "UserError" not in shown
    assert ".py" not in shown
