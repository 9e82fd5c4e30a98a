"""What to do when packages can't be installed, told from what the program that installs them said last."""

import os
import re

SET = "$env:{0}='{1}'" if os.name == "nt" else "export {0}={1}"
AGAIN = "Gör sedan samma sak igen."
BUNDLE = "docs/samordnare/last-dator.md säger hur allt installeras utan nät."
ADVICE = (
    (
        r"No module named '?(?:venv|ensurepip)|ensurepip is not available",
        "Python saknar venv. På Debian och Ubuntu: sudo apt install python3-venv (eller det paket som nämns nedan). "
        + AGAIN,
    ),
    (
        r"No space left|Errno 28|WinError 112|disk full",
        f"Disken är full: det behövs omkring 1,5 GB. Gör plats. {AGAIN}",
    ),
    (
        r"HASHES|[Hh]ash mismatch|hash.*(?:mismatch|not match)",
        "En fil är inte den som är låst i requirements/, och den används inte. Den kan vara skadad, eller utbytt på "
        f"vägen. Hämta den igen, eller packa upp zip-filen på nytt. {AGAIN}",
    ),
    (
        r"ProxyError|[Pp]roxy|\b407\b",
        f"Nätet går genom en proxy. Be it-avdelningen om dess adress och skriv {SET.format('HTTPS_PROXY', 'ADRESSEN')} "
        f"i terminalen, eller lägg den i pip.conf (pip.ini på Windows) som proxy. {AGAIN}",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification|UnknownIssuer|invalid peer certificate",
        "Datorn litar inte på certifikatet. Er organisation har troligen ett eget. Be it-avdelningen om det som en "
        f"pem-fil och skriv {SET.format('PIP_CERT', 'FILEN')} i terminalen. Stäng inte av kontrollen. {AGAIN}",
    ),
    (
        r"WinError 1260|blocked by group policy|grupprincip",
        "Datorn får inte köra programmet: organisationen har spärrat det. Be it-avdelningen tillåta Python i mappen.",
    ),
    (
        r"Long Path|WinError 206|[Ff]ile ?name too long",
        rf"Sökvägen är för lång. Flytta mappen närmare roten, till exempel till C:\oj. {AGAIN}",
    ),
    (
        r"Permission ?[Dd]enied|PermissionError|Errno 13|WinError (?:5|32)\b|Access is denied|Åtkomst nekad|Read-only",
        "Du får inte skriva i mappen, eller så används den just nu. Stäng fönstret där sidorna är igång, eller flytta "
        f"mappen till en egen, till exempel Dokument. {AGAIN}",
    ),
)
LACKING = r"No matching distribution|Could not find a version|is not a supported wheel"
NOT_IN_FOLDER = f"I mappen wheels/ saknas det som behövs för det här systemet eller den här Pythonen. {BUNDLE}"
OTHERWISE = (
    f"Kontrollera nätet. {AGAIN} Har organisationen en proxy, egna certifikat eller inget nät alls: läs "
    "docs/samordnare/last-dator.md."
)


def advice(said: list[str], *, is_from_folder: bool = False) -> str:
    """Return what to do about the first thing that is known in what was said; from a folder no net is asked for.

    >>> advice(["ERROR: [Errno 28] No space left on device"])
    'Disken är full: det behövs omkring 1,5 GB. Gör plats. Gör sedan samma sak igen.'
    """
    everything = "\n".join(said)
    if is_from_folder and re.search(LACKING, everything):
        return NOT_IN_FOLDER
    return next((told for pattern, told in ADVICE if re.search(pattern, everything)), OTHERWISE)


def redacted(line: str) -> str:
    """Return a line without the name and password that an address may have.

    >>> redacted("Looking in indexes: https://anna:hemligt@paket.example/simple")
    'Looking in indexes: https://***@paket.example/simple'
    """
    return re.sub(r"//[^/@\s]+@", "//***@", line)
