# Länsrapporter om Öppna jämförelser. `make` ensamt visar vad som går att göra.
.DEFAULT_GOAL := help
.PHONY: help setup app bundle quarto cluster report reports verify publish survey-form survey-results fetch template import check-data data data-remove lab docs check test test-long bench lock clean

PYTHON ?= python3
BIN := .venv/bin

# Värdena når kommandona genom miljön, som de skrevs: varken make eller skalet läser något i dem.
VALUES := ACCEPT_VALID ADDRESS CLUSTER COUNTIES COUNTY DATE DOMAIN DOMAINS DRY_RUN EDITION EDITIONS EXPLAIN FILE FORCE GROUP INDEXED JOBS LAYOUT LICENSE NAME OFFLINE OUTPUT PUBLISHER PYTHONS QUIET REFRESH RENDERER SHEETS SOURCE SYSTEM
$(foreach name,$(VALUES),$(eval override $(name) := $$(value $(name))))
export $(VALUES)

# Vad någon annans Python ska ha för sig gäller inte projektets: med dem startar den kanske inte ens.
unexport PYTHONHOME PYTHONPATH

help: ## visa den här listan
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  Exempel: make report COUNTY=Stockholm   (EDITION=2015 DATE=2015-06-30 RENDERER=quarto QUIET=1)'

setup: ## skapa miljön i .venv
	@$(PYTHON) tools/environment.py report

app: ## visa allt på sidor i webbläsaren: rapporter, läsa in, hämta, rätta
	@$(PYTHON) tools/environment.py app
	@$(BIN)/oj app

bundle: setup ## gör en zip-fil att installera utan nät: make bundle SYSTEM=windows
	@$(BIN)/python tools/bundle.py

quarto: ## hämta Quarto, som RENDERER=quarto sedan bygger rapporten med
	@$(PYTHON) tools/environment.py quarto

cluster: ## hämta det som CLUSTER= behöver, på varje dator
	@$(PYTHON) tools/environment.py cluster

report: setup ## bygg ett läns rapport: make report COUNTY=Stockholm
	@$(BIN)/oj report $${GROUP:+"--group=$$GROUP"} $${DOMAIN:+"--domain=$$DOMAIN"} $${EDITION:+"--edition=$$EDITION"} $${DATE:+"--date=$$DATE"} $${FORCE:+--force} $${EXPLAIN:+--explain} $${QUIET:+--quiet} -- $${COUNTY:+"$$COUNTY"}

reports: setup ## bygg många rapporter på en gång: make reports COUNTIES="Skåne, Kalmar"
	@$(BIN)/oj reports $${COUNTIES:+"--counties=$$COUNTIES"} $${DOMAINS:+"--domains=$$DOMAINS"} $${EDITIONS:+"--editions=$$EDITIONS"} $${JOBS:+"--jobs=$$JOBS"} $${CLUSTER:+"--cluster=$$CLUSTER"} $${SHEETS:+--municipality-sheets} $${FORCE:+--force} $${QUIET:+--quiet}

verify: ## pröva färdiga rapporter mot underlaget, utan programmet: make verify NAME=stockholm-2015
	@failed=; for report in reports/$${NAME:-*}/; do echo "$$report"; \
	$(PYTHON) tools/verify.py "$$report" "$${OJ_DATA:-data}" || failed=1; done; test -z "$$failed"

publish: setup ## gör en mapp att lägga på webben av alla rapporter: make publish PUBLISHER=…
	@$(BIN)/oj publish $${OUTPUT:+"--output=$$OUTPUT"} $${ADDRESS:+"--address=$$ADDRESS"} $${PUBLISHER:+"--publisher=$$PUBLISHER"} $${LICENSE:+"--license=$$LICENSE"} $${INDEXED:+--indexed} $${QUIET:+--quiet}

survey-form: setup ## gör enkäten som kommunerna fyller i: make survey-form COUNTY=Stockholm
	@$(BIN)/oj survey form $${EDITION:+"--edition=$$EDITION"} $${OUTPUT:+"--output=$$OUTPUT"} -- $${COUNTY:+"$$COUNTY"}

survey-results: setup ## bygg en preliminär rapport ur en ifylld enkät: make survey-results FILE=…
	@$(BIN)/oj survey results $${DATE:+"--date=$$DATE"} $${QUIET:+--quiet} -- $${FILE:+"$$FILE"}

fetch: setup ## hämta länets nyckeltal från Kolada: make fetch COUNTY=Skåne
	@$(BIN)/oj fetch $${DOMAIN:+"--domain=$$DOMAIN"} $${DATE:+"--date=$$DATE"} $${OFFLINE:+--offline} $${REFRESH:+--refresh} $${QUIET:+--quiet} -- $${COUNTY:+"$$COUNTY"}

template: setup ## gör en Excelfil att fylla i ett läns resultat i: make template COUNTY=Skåne
	@$(BIN)/oj template $${DOMAIN:+"--domain=$$DOMAIN"} $${EDITION:+"--edition=$$EDITION"} $${OUTPUT:+"--output=$$OUTPUT"} -- $${COUNTY:+"$$COUNTY"}

import: setup ## läs in resultat ur en Excelfil eller CSV-fil: make import FILE=… DRY_RUN=1
	@$(BIN)/oj import $${NAME:+"--name=$$NAME"} $${DOMAIN:+"--domain=$$DOMAIN"} $${EDITION:+"--edition=$$EDITION"} $${COUNTY:+"--county=$$COUNTY"} $${SOURCE:+"--source=$$SOURCE"} $${PUBLISHER:+"--publisher=$$PUBLISHER"} $${DATE:+"--date=$$DATE"} $${LAYOUT:+"--layout=$$LAYOUT"} $${DRY_RUN:+--dry-run} $${ACCEPT_VALID:+--accept-valid} -- $${FILE:+"$$FILE"}

check-data: setup ## säg alla fel i filerna i data/: make check-data DOMAIN=barn-och-unga EDITION=2015
	@$(BIN)/oj check -- $${DOMAIN:+"$$DOMAIN"} $${EDITION:+"$$EDITION"}

data: setup ## visa vad som är inläst
	@$(BIN)/oj data list

data-remove: setup ## ta bort något som är inläst: make data-remove NAME=…
	@$(BIN)/oj data remove -- $${NAME:+"$$NAME"}

lab: ## öppna notebookerna i JupyterLab
	@$(PYTHON) tools/environment.py lab
	.venv-lab/bin/jupyter lab notebooks

docs: setup ## gör dokumentationen i docs/ till webbsidor, i build/docs/
	@$(BIN)/python tools/docs.py

check: ## granska kod, typer, notebooks, våningar och dokumentation
	@$(PYTHON) tools/environment.py check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(if $(filter test,$(MAKECMDGOALS)),,$(BIN)/mypy)
	$(if $(filter test,$(MAKECMDGOALS)),,$(BIN)/pytest -q -rs tests/test_architecture.py tests/test_notebooks.py tests/test_readme.py tests/test_docs.py tests/test_plain_swedish.py tests/test_spelling.py)

test: ## kör alla tester
	@$(PYTHON) tools/environment.py check
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder

test-long: ## kör de långa proven: angrepp, avbrott, många län, utan nät (inför en ny version)
	@$(PYTHON) tools/environment.py check
	OJ_TIMES=10 $(BIN)/pytest -q -n auto --dist loadfile -m "long or hypothesis"

bench: ## mät hur lång tid en rapport tar, mot papermill med kärnor
	@$(PYTHON) tools/environment.py check
	@$(BIN)/python tools/bench.py "$${COUNTY:-Stockholm}"

lock: ## skriv om requirements/ efter pyproject.toml (kräver uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml requirements/build.in -o requirements/report.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -c requirements/report.txt --extra check pyproject.toml requirements/build.in -o requirements/check.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -c requirements/report.txt --extra lab pyproject.toml requirements/build.in -o requirements/lab.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -c requirements/report.txt --extra app pyproject.toml requirements/build.in -o requirements/app.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -c requirements/report.txt --extra cluster pyproject.toml requirements/build.in -o requirements/cluster.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url requirements/uv.in -o requirements/uv.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-deps requirements/quarto.in -o requirements/quarto.txt

clean: ## ta bort miljöer och allt som är byggt
	rm -rf .venv .venv-lab build reports
