"""What the pages stand on: the project's folders, where work and uploads are kept, and the address and its token."""

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from oj.disk.folders import Folders, default_folders
from oj.facts.params import params_folder

HOME, HOST, PORT, UPLOADS = "app", "127.0.0.1", 8765, "oj-inlagt-"


@dataclass(frozen=True)
class Ground:
    """The folders, the address such as 127.0.0.1:8765, and the token that the browser was opened with."""

    folders: Folders
    params: Path
    uploads: Path
    address: str
    token: str

    @property
    def home(self) -> Path:
        """Where what is being done is kept, also when the pages are closed."""
        return self.folders.build / HOME

    @property
    def origin(self) -> str:
        """The only address whose forms are taken."""
        return f"http://{self.address}"

    @property
    def form_token(self) -> str:
        """What every form of ours has in it, and nobody else's can have."""
        return hmac.new(self.token.encode(), b"form", "sha256").hexdigest()

    @property
    def start(self) -> str:
        """The address that lets a browser in."""
        return f"{self.origin}/start?token={self.token}"


def default_ground(port: int, token: str, uploads: Path) -> Ground:
    """Return the project's own ground; uploads are in a temporary folder that nobody else may read."""
    return Ground(default_folders(), params_folder(), uploads, f"{HOST}:{port}", token)


def uploads_of(home: Path) -> Path:
    """Return where dropped files are: the folder of pages that were killed, so that one goes on, or else a new one."""
    try:
        before = Path(json.loads(session_file(home).read_text(encoding="utf-8"))["uploads"])
        if before.name.startswith(UPLOADS) and before.is_dir() and not before.is_symlink():
            return before
    except (OSError, ValueError, LookupError, TypeError):
        pass
    return Path(mkdtemp(prefix=UPLOADS))


def session_file(home: Path) -> Path:
    """Return where the address and the token are kept."""
    return home / "session.json"


def read_session(home: Path) -> tuple[int, str]:
    """Return the port and the token that the pages had last, so that a page that is open goes on working."""
    try:
        told = json.loads(session_file(home).read_text(encoding="utf-8"))
        return int(told["port"]), str(told["token"])
    except (OSError, ValueError, LookupError, TypeError):
        return PORT, secrets.token_urlsafe(32)


def write_session(home: Path, ground: Ground) -> None:
    """Keep the port, the token and where uploads are, readable to the one who started the pages alone."""
    path = session_file(home)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        told = {"port": int(ground.address.rpartition(":")[2]), "token": ground.token, "uploads": str(ground.uploads)}
        json.dump(told, file)
