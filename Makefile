# StyleLab: every target prepares what it needs, so `make demo` is enough on a new machine.
# The environment lives in .venv and is rebuilt when the lock changes; pip's own cache keeps the downloads.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first of these that is Python 3.11 or newer; `make setup PYTHON=/path/to/python` decides otherwise.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# What `make demo` learns on: smollm2-135m, fetched once; or bundled, offline.
BASE ?= smollm2-135m
# uv resolves for Linux and macOS at once; no addresses reach the lock.
RESOLVE := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml

.PHONY: help setup demo app test check bench package screenshots translations lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from the lock; on Debian as root also the few system libraries

$(READY): requirements.lock pyproject.toml packaging/system.sh
	@test -n "$(PYTHON)" || { echo "StyleLab needs Python 3.11 or newer; install it or give PYTHON=/path/to/python." >&2; exit 1; }
	sh packaging/system.sh "$(PYTHON)"
	test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## import, train and write on a real small base, in build/demo (BASE=bundled: the tiny one, offline)
	$(BIN)/stylelab demo --to build/demo --base $(BASE)

app: setup ## open the window
	$(BIN)/stylelab

test: setup ## run the tests
	$(BIN)/python -m pytest

check: setup ## ruff, pyright, import contracts and the house rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/house

bench: setup ## run every benchmark in tests/benchmarks
	@set -e; for file in $$(grep -l __main__ tests/benchmarks/*.py); do echo "$$file"; $(BIN)/python "$$file"; done

package: setup ## build the wheel and try it in a fresh environment
	rm -rf build/wheel
	$(BIN)/python -m build --wheel --no-isolation --outdir build/wheel
	$(BIN)/python packaging/smoke.py build/wheel/*.whl

screenshots: setup ## render every page of the window into docs/images
	$(BIN)/python packaging/screenshots.py

translations: setup ## collect and compile the window's texts, English and German
	$(BIN)/python packaging/translations.py

lock: ## resolve the dependencies again (UPGRADE=--upgrade moves every pin)
	test -x build/lock/bin/uv || { "$(PYTHON)" -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	$(RESOLVE) --extra dev $(UPGRADE) --output-file requirements.lock
	cp requirements.lock requirements-runtime.lock # its pins are preferred; what only developers need goes
	$(RESOLVE) --output-file requirements-runtime.lock

clean: ## remove what was built; projects and .venv stay
	rm -rf build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find stylelab tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
