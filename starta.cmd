@echo off
rem Double-click here (Windows): installs what is lacking, and opens the pages in the browser.
setlocal
chcp 65001 >nul
pushd "%~dp0"
set "PYTHONHOME="
set "PYTHONPATH="
rem The Python install manager is to look for one, not fetch one unasked.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "FOUND="
set "FITS=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
for %%P in ("python\python.exe" "py -3.11" "py -3.12" "py -3.13" "python" "python3") do (
  if not defined FOUND %%~P -c "%FITS%" >nul 2>&1 && set "FOUND=%%~P"
)
rem Another Python says in Swedish which one is needed, and how to get it.
for %%P in ("py" "python") do (
  if not defined FOUND %%~P -c "import sys" >nul 2>&1 && set "FOUND=%%~P"
)
if not defined FOUND goto lacking
%FOUND% tools\environment.py app
if errorlevel 1 goto failed
.venv\Scripts\oj.exe app %*
if errorlevel 1 goto failed
popd
exit /b 0

:lacking
echo Fel: Python saknas; det behövs 3.11, 3.12 eller 3.13.
echo Installera den så här: winget install Python.Python.3.12 (du behöver inte vara administratör),
echo eller ladda ner den från python.org. Dubbelklicka sedan på starta.cmd igen.
echo Är datorn låst, eller utan nät: läs docs\samordnare\last-dator.md.

:failed
pause
popd
exit /b 2
