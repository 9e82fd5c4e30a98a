@echo off
rem Double-click here (Windows): installs what is lacking, and opens the pages in the browser.
setlocal
chcp 65001 >nul
pushd "%~dp0"
rem Opened inside a zip file, Windows unpacks this file alone.
if not exist tools\environment.py goto packed
set "PYTHONHOME="
set "PYTHONPATH="
rem A Python may be a batch file (pyenv), which is to come back here: call.
rem The Python install manager is to look for one, not fetch one unasked.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "FOUND="
set "FITS=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
for %%P in ("python\python.exe" "py -3.11" "py -3.12" "py -3.13" "python" "python3") do (
  if not defined FOUND call %%~P -c "%FITS%" >nul 2>&1 && set "FOUND=%%~P"
)
rem Another Python, from 3.6, says in Swedish which one is needed, and how to get it.
set "READS=import sys; sys.exit(sys.version_info < (3, 6))"
for %%P in ("py" "python") do (
  if not defined FOUND call %%~P -c "%READS%" >nul 2>&1 && set "FOUND=%%~P"
)
if not defined FOUND goto lacking
call %FOUND% tools\environment.py app
if not "%ERRORLEVEL%"=="0" goto failed
rem By Python itself, which is signed; oj.exe, made here, may be stopped by a virus scanner.
.venv\Scripts\python.exe -I -X utf8 lib\oj_start.py app %*
if not "%ERRORLEVEL%"=="0" goto failed
popd
exit /b 0

:packed
echo Fel: Filen är öppnad inne i zip-filen. Packa upp hela zip-filen först (högerklicka, Extrahera alla),
echo och dubbelklicka sedan på starta.cmd i mappen som blev.
goto failed

:lacking
echo Fel: Python saknas; det behövs 3.11, 3.12 eller 3.13.
echo Installera den så här: winget install Python.Python.3.12 (du behöver inte vara administratör),
echo eller ladda ner den från python.org. Dubbelklicka sedan på starta.cmd igen.
echo Är datorn låst, eller utan nät: läs docs\samordnare\last-dator.md.

:failed
pause
popd
exit /b 2
