# Everything there is to do here; `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
# Tests that touch the database run on PostgreSQL too; the others could not tell the difference.
STORED := $(wildcard tests/actions tests/jobs tests/facts tests/forms tests/views tests/cli)

# As many tests at once as there are processors; those of one file share what they planted.
PARALLEL := --numprocesses=auto --dist=loadfile

.DEFAULT_GOAL := help
.PHONY: help setup run serve test check fix slow bench evidence reader messages migration pictures requirements

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Run ---------------------------------------------------------------------------------------

setup: .venv/installed static/build/vega-embed.js $(CATALOGUES:.po=.mo) ## Install the libraries, build the assets

run: setup ## Serve the demonstration, planted on the first run
	@$(FLASK) serve --demo

serve: setup ## Serve in earnest: the first visitor sets the organisation up
	@$(FLASK) serve

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

static/build/vega-embed.js: .venv/installed
	mkdir -p $(@D)
	$(BIN)/python -c 'import vl_convert; print(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))' > $@.part
	mv $@.part $@

%.mo: %.po .venv/installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $@)))

# --- Try ---------------------------------------------------------------------------------------

test: setup .venv/tools ## Run every test but the slow ones, on SQLite and on PostgreSQL
	$(BIN)/pytest -rs $(PARALLEL)
	$(BIN)/pytest -rs $(PARALLEL) --database=postgresql -m "not slow and not browser" $(STORED)

check: setup .venv/tools ## Look at format, lint, templates, imports, types and spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --check templates
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/codespell

fix: .venv/tools ## Put right what a machine can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --quiet --reformat templates

slow: setup .venv/tools ## Run the kill, soak and evidence tests
	$(BIN)/pytest -rs -m slow

bench: setup .venv/tools ## Measure what it costs
	$(BIN)/python -m bench

evidence: setup .venv/tools ## Measure on invented answers how often the statistics are right
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m evidence

reader: setup .venv/tools ## Train the readers of comments again, and write their model card
	$(BIN)/python -m training

.venv/tools: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# --- Keep up -----------------------------------------------------------------------------------

messages: setup .venv/tools ## Bring the catalogues in line with the words in code and templates
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keyword lazy_gettext --keyword lazy_ngettext:1,2 \
	  --add-comments TRANSLATORS --no-location --omit-header --sort-output --output-file translations/messages.pot .
	for language in nl; do \
	  $(BIN)/pybabel --quiet update --input-file translations/messages.pot --output-dir translations --locale $$language \
	    --ignore-obsolete --no-fuzzy-matching --init-missing --no-wrap; \
	done

migration: setup .venv/tools ## Write a migration to read and complete: make migration MESSAGE="Add the channel"
	@test -n "$(MESSAGE)" || { echo 'Say what it does: make migration MESSAGE="Add the channel"'; exit 1; }
	$(FLASK) db migrate --message "$(MESSAGE)" --rev-id $$(printf %04d $$(( $$(ls migrations/versions/*.py | wc -l) + 1 )))
	$(BIN)/ruff format migrations/versions/*.py

pictures: setup .venv/tools ## Make the README's pictures from the demonstration
	$(BIN)/python -m docs.pictures

requirements: .venv/tools ## Pin the libraries anew, as pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --group dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt
