"""Debian's chromium, driven through its own pipe: what a person sees and presses, with scripts or without."""

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
PATIENCE = 60  # seconds
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run", "--lang=sv"]


class Browser:
    """One page of chromium, and how many times it has been pressed."""

    def __init__(self, to: int, back: int) -> None:
        self.to, self.back, self.number, self.rest, self.clicks = to, back, count(1), b"", 0
        target = self.ask("Target.createTarget", {"url": "about:blank"}, page=False)["targetId"]
        attached = self.ask("Target.attachToTarget", {"targetId": target, "flatten": True}, page=False)
        self.session = attached["sessionId"]
        for room in ("Page", "Runtime", "DOM"):
            self.ask(f"{room}.enable")

    def ask(self, method: str, told: dict[str, Any] | None = None, *, page: bool = True) -> dict[str, Any]:
        """Send a command and return what it answers; what is told meanwhile is left."""
        number = next(self.number)
        sent = {"id": number, "method": method, "params": told or {}} | ({"sessionId": self.session} if page else {})
        os.write(self.to, json.dumps(sent).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                self.rest += os.read(self.back, 1 << 16)
            message, _, self.rest = self.rest.partition(b"\0")
            found = json.loads(message)
            if found.get("id") == number:
                assert "error" not in found, (method, found["error"])
                answer: dict[str, Any] = found["result"]
                return answer

    def run(self, script: str) -> Any:
        """Return the value of a script, also where the page itself may run none."""
        asked = {"expression": script, "returnByValue": True, "awaitPromise": True}
        answer = self.ask("Runtime.evaluate", asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def open(self, address: str) -> None:
        """Go to an address, and wait until it is there."""
        self.ask("Page.navigate", {"url": address})
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def wait_for(self, condition: str, patience: float = PATIENCE) -> None:
        """Wait until a condition holds in the page, also over new pages."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                if self.run(condition):
                    return
            except AssertionError:  # between two pages
                pass
            time.sleep(0.1)
        raise AssertionError(f"{condition} never held; the page says: {self.text()[:2000]}")

    def text(self) -> str:
        """Return what stands in the page's main part."""
        return str(self.run("(document.querySelector('main') || document.body).innerText"))

    def click(self, words: str) -> None:
        """Press the link, button or summary that is called so; fail where there is none to see."""
        self.clicks += 1
        found = self.run(
            "(() => { const all = [...document.querySelectorAll('a, button, summary, label')];"
            f"const one = all.find(e => e.innerText.trim() === {json.dumps(words)} && e.offsetParent);"
            "if (!one) return null; one.scrollIntoView({block: 'center'}); const r = one.getBoundingClientRect();"
            "window.oj_before = true; return [r.x + Math.min(r.width, 40) / 2, r.y + r.height / 2]; })()"
        )
        assert found, f"nothing is called {words!r}; the page says: {self.text()[:2000]}"
        for kind in ("mousePressed", "mouseReleased"):
            told = {"type": kind, "x": found[0], "y": found[1], "button": "left", "clickCount": 1}
            self.ask("Input.dispatchMouseEvent", told)

    def go(self, words: str) -> None:
        """Press what leads to another page, and wait for it."""
        self.click(words)
        self.wait_for("!window.oj_before && document.readyState === 'complete'")

    def drop(self, name: str, path: Path) -> None:
        """Choose a file in the field of a name: one press."""
        self.clicks += 1
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.ask("DOM.querySelector", {"nodeId": root, "selector": f"[name={name}]"})["nodeId"]
        self.ask("DOM.setFileInputFiles", {"nodeId": node, "files": [str(path)]})

    def size(self, width: int, height: int = 900) -> None:
        """Let the window be so large."""
        told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.ask("Emulation.setDeviceMetricsOverride", told)

    def without_scripts(self) -> None:
        """Let pages run no scripts of their own."""
        self.ask("Emulation.setScriptExecutionDisabled", {"value": True})

    def picture(self, path: Path) -> None:
        """Save the whole page as a picture."""
        told = {"format": "png", "captureBeyondViewport": True}
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", told)["data"]))


@contextmanager
def browser(home: Path) -> Iterator[Browser]:
    """Start chromium with a folder of its own, and end it."""
    assert CHROMIUM
    (in_read, in_write), (out_read, out_write) = os.pipe(), os.pipe()

    def in_place() -> None:
        low, high = os.dup(in_read), os.dup(out_write)  # 3 and 4 may be among them
        os.dup2(low, 3)
        os.dup2(high, 4)

    command = [CHROMIUM, *FLAGS, f"--user-data-dir={home}"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen(command, preexec_fn=in_place, close_fds=False, **quiet)  # noqa: PLW1509 - no threads
    os.close(in_read)
    os.close(out_write)
    try:
        yield Browser(in_write, out_read)
    finally:
        started.terminate()
        started.wait()
        os.close(in_write)
        os.close(out_read)
