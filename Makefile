# Everything starts from python3 (3.11 or later) and make alone.
# `make` says what there is.

PYTHON ?= python3
PORT ?= 8000
ACADEMY_HOME ?= $(CURDIR)/var
VENV := .venv
BIN := $(VENV)/bin
export PORT ACADEMY_HOME

CATALOGUES := $(wildcard academy/web/translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
WORKERS ?= 2
# The lock in force, by content: a second start finds its stamp and installs nothing.
STAMP = $(VENV)/.installed-$(shell cat $(1) | cksum | cut -d' ' -f1)
RUN_STAMP := $(call STAMP,requirements.txt)
TEST_STAMP := $(call STAMP,requirements-dev.txt)
BENCH_STAMP := $(call STAMP,requirements-bench.txt)

.PHONY: help
help: ## This list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is %d.%d." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(TEST_STAMP): requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(BENCH_STAMP): requirements-bench.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

%.mo: %.po
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.PHONY: run
run: export ACADEMY_DEMO = 1
run: export FLASK_APP = wsgi.py
run: $(RUN_STAMP) ## Install, migrate, fill a make-believe company and serve it on http://127.0.0.1:8000
	@$(MAKE) --no-print-directory $(COMPILED)
	@$(BIN)/flask academy prepare
	@exec $(BIN)/flask academy serve --workers $(WORKERS)

.PHONY: test
test: $(TEST_STAMP) ## Install what tests need, then everything: format, lint, types, arrows, migrations, tests, journeys
	@$(MAKE) --no-print-directory $(COMPILED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/djlint academy --lint --quiet
	$(BIN)/pytest -m "not journey" -n $(WORKERS) --cov --cov-report=term:skip-covered --cov-fail-under=95
	$(BIN)/pytest -m journey -n $(WORKERS) tests/journeys

.PHONY: peers
peers: PEERS := $(CURDIR)/var/peers
peers: $(TEST_STAMP) ## Hand what we sign to other people's verifiers (needs node 20, npm and the network)
	@command -v node npm >/dev/null || { echo "Node 20 and npm are needed for this, and only for this."; exit 1; }
	rm -rf $(PEERS) && mkdir -p $(PEERS)/node
	$(BIN)/python -m tests.peers.issue $(PEERS)
	cp tests/peers/package.json tests/peers/package-lock.json tests/peers/verify.mjs $(PEERS)/node
	cd $(PEERS)/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node verify.mjs $(PEERS)
	$(BIN)/python -m tests.peers.schemas $(PEERS)

.PHONY: bench
bench: $(BENCH_STAMP) ## Install what measuring the engine needs (then: .venv/bin/python -m bench.engine)

.PHONY: format
format: $(TEST_STAMP) ## Put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: words
words: $(TEST_STAMP) ## Gather the interface's sentences into the translation catalogues
	$(BIN)/pybabel --quiet extract -F babel.cfg -k lazy_gettext -k ngettext:1,2 --no-location --sort-output \
	  --project academy -o academy/web/translations/messages.pot academy
	for language in fr en; do $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete \
	  -i academy/web/translations/messages.pot -d academy/web/translations -l $$language; done

.PHONY: lock
lock: ## Renew the locked versions
	uv pip compile pyproject.toml --quiet --upgrade --no-strip-extras --generate-hashes --universal --python-version 3.11 \
	  --no-annotate --custom-compile-command "make lock" -o requirements.txt
	uv pip compile pyproject.toml --quiet --upgrade --no-strip-extras --group dev --generate-hashes --universal --python-version 3.11 \
	  --no-annotate --custom-compile-command "make lock" -o requirements-dev.txt
	uv pip compile pyproject.toml --quiet --upgrade --no-strip-extras --group bench --generate-hashes --universal --python-version 3.11 \
	  --no-annotate --custom-compile-command "make lock" -o requirements-bench.txt
