#!/bin/sh
# Dubbelklicka här (macOS, Linux): installerar det som saknas och öppnar sidorna i webbläsaren.
cd "$(dirname "$0")" || exit 1
unset PYTHONHOME PYTHONPATH

# Låt fönstret vara kvar så länge ett fel läses.
finish() {
  if [ "$1" != 0 ] && [ "$1" != 130 ] && [ -t 0 ]; then
    printf 'Tryck på Enter för att stänga fönstret. '
    read -r _
  fi
  exit "$1"
}

# Öppnad inne i en zip-fil är den här filen ensam.
if [ ! -f tools/environment.py ]; then
  echo 'Fel: Resten av mappen saknas. Packa upp hela zip-filen, och dubbelklicka sedan på starta.command där.' >&2
  finish 2
fi

fits() {
  "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

found=
for one in python/bin/python3 python3.11 python3.12 python3.13 \
  /Library/Frameworks/Python.framework/Versions/3.1[123]/bin/python3 /opt/homebrew/bin/python3.1[123] \
  /usr/local/bin/python3.1[123]; do
  if fits "$one"; then found=$one; break; fi
done
# På en Mac utan utvecklarverktyg är python3 bara en fråga om att installera dem.
if [ -z "$found" ] && command -v python3 >/dev/null && { [ "$(uname)" != Darwin ] || xcode-select -p >/dev/null 2>&1; }
then found=python3; fi
# En som är äldre än 3.6 kan inte ens säga vad som behövs.
[ -z "$found" ] || "$found" -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1 || found=

if [ -z "$found" ]; then
  echo 'Fel: Python saknas; det behövs 3.11, 3.12 eller 3.13.' >&2
  case $(uname) in
    Darwin) echo 'Ladda ner den från python.org, eller skriv brew install python@3.12 i en terminal.' >&2 ;;
    *) echo 'Skriv i en terminal: sudo apt install python3 python3-venv (eller det som ditt system har).' >&2 ;;
  esac
  echo 'Är datorn låst, eller utan nät: läs docs/samordnare/last-dator.md.' >&2
  status=2
else
  "$found" tools/environment.py app && .venv/bin/oj app "$@"
  status=$?
fi
finish "$status"
