# What each does: `make`. Needs Python 3.11 or newer; nothing else, except for `make test`.
PYTHON ?= python3
BIN := .venv/bin
# -qq leaves errors standing and drops pip's remarks about the machine's own configuration.
INSTALL := $(BIN)/python -m pip install -qq --require-hashes -r

.DEFAULT_GOAL := help
.PHONY: help setup demo dev packages test check proof bench screenshots accessibility catalogues frontend

help:
	@echo 'make setup        the environment, in .venv, from requirements.lock'
	@echo 'make demo         everything on this machine with invented data, until Ctrl-C'
	@echo '                  (DEMO_PORT=8000 and the three after it)'
	@echo 'make test         all tests, with a real Dovecot, PostgreSQL and Chromium'
	@echo 'make check        all that needs no service: lint, types, imports, tests'
	@echo 'make proof        the long runs: every crash point a hundred times, ten minutes of fuzz'
	@echo 'make bench        the speed of the mail intake beside the floor (and a peer: bench/README.md)'
	@echo 'make screenshots  every page at 390 and 1280 pixels, into screenshots/'
	@echo 'make accessibility  every page in every state against WCAG, into the accessibility statement'
	@echo 'make catalogues   every public sentence into the catalogues of voices and languages'
	@echo 'make frontend     the stylesheet and the script, after a change in frontend/ (needs Node)'

# The lock that was installed is kept beside what it installed: equal means nothing to do.
setup:
	@command -v $(PYTHON) >/dev/null || \
		{ echo 'There is no $(PYTHON). Install Python 3.11 or newer.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Heard needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo 'Install one, or name it: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || { \
		echo 'Python cannot make an environment here. On Debian: apt install python3-venv' >&2; \
		exit 1; }
	@cmp -s requirements.lock .venv/installed.lock || { \
		echo 'Installing what requirements.lock names (a minute or two)…'; \
		$(INSTALL) requirements.lock && cp requirements.lock .venv/installed.lock; }

demo: setup
	@exec $(BIN)/python -m portal.demo

dev: setup
	@cmp -s requirements-dev.lock .venv/installed-dev.lock || { \
		echo 'Installing what requirements-dev.lock names (a minute or two)…'; \
		$(INSTALL) requirements-dev.lock && cp requirements-dev.lock .venv/installed-dev.lock; }

packages:
	@sh tests/run/packages.sh

define CHECKS
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
endef

# Files stay whole, because a file's tests share what is costly to start.
TESTS := $(BIN)/python -m pytest --numprocesses auto --dist loadfile

# Asked first, because whoever must install something should not wait to be told.
test: packages dev
	$(CHECKS)
	$(TESTS)

check: dev
	$(CHECKS)
	$(TESTS) -m 'not service'

proof: packages dev
	$(BIN)/python -m tests.proof.crashes --times 100
	$(BIN)/python -m tests.proof.fuzz --minutes 10

# PEER names an interpreter that has django-helpdesk; ROUNDS how often everything is measured.
bench: packages dev
	$(BIN)/python -m bench.mail --rounds $(or $(ROUNDS),3) $(if $(PEER),--peer $(PEER))

screenshots: packages dev
	$(BIN)/python -m tests.journeys.screenshots

# What it writes is committed: the accessibility statement is made from it.
accessibility: packages dev
	$(BIN)/python -m tests.journeys.accessibility_report

# What it writes is committed: a test fails where a catalogue does not have the sentences of today.
catalogues: dev
	$(BIN)/python -m tests.catalogues.collecting

# Their result is committed, so that nothing else needs Node.
frontend:
	@command -v npm >/dev/null || { echo 'Building the stylesheet needs Node with npm.' >&2; exit 1; }
	cd frontend && npm ci --ignore-scripts && npm run build
