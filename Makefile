# Two commands: `make run` sets everything up and runs the portal; `make test` sets everything up and runs all tests.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench prove prove-pages pictures statement setup setup-test texts clean

run: $(VENV)/.run texts
	@PORT=$(PORT) $(BIN)/python -P portal/run.py

test: $(VENV)/.test texts
	@$(BIN)/python -m tests.machine
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/.test texts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m portal.texts check

bench: $(VENV)/.test texts
	@$(BIN)/python -m tests.benchmarks

# The proofs that take minutes: every death of worker and web process, not only those at the steps that matter.
prove: $(VENV)/.test texts
	$(BIN)/python -m pytest -n auto -m prove $(ARGS)

# The pictures of the help pages and of the README, from the pages as they are now.
pictures: $(VENV)/.test texts
	@$(BIN)/python -m tests.machine
	@$(BIN)/python -m tests.pictures

# The accessibility statement takes its figures from the last proof of all pages.
statement: $(VENV)/.run
	@$(BIN)/flask --app portal statement build/pages.json

prove-pages: $(VENV)/.test texts
	@$(BIN)/python -m tests.machine
	@$(BIN)/python -m tests.pages.prove $(ARGS)

texts: $(VENV)/.texts

$(VENV)/.texts: $(VENV)/.run $(wildcard portal/translations/*/*.po) portal/texts.py
	@$(BIN)/python -m portal.texts compile
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory venv-package
	$(PYTHON) -m venv $(VENV)

# Debian and Ubuntu keep venv in a package of its own.
.PHONY: venv-package
venv-package:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	else \
		echo "Python's venv module is missing. Install it with:  apt-get install -y python3-venv"; exit 1; \
	fi

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the portal needs…" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.run
	@echo "Installing what the tests need…" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) instance build
