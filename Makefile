# Every target sets up what it needs. Start with: make demo
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
DEBIAN := libopenblas0-pthread libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0

.PHONY: help setup system demo app test check bench package clean

help:
	@echo "make setup | demo | app | test | check | bench | package | clean"

setup: system $(READY)

# The few system libraries: installed on Debian as root, hinted at elsewhere, not needed on macOS.
system:
	@if [ "$$(uname)" = Linux ]; then \
	  if command -v dpkg-query >/dev/null; then \
	    missing=""; for p in $(DEBIAN); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	    if [ -n "$$missing" ]; then \
	      if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	      else echo "Please install:$$missing (sudo apt-get install$$missing)"; fi; fi; \
	  else echo "Please install OpenBLAS and what Qt 6 needs (EGL, xkbcommon, fontconfig, D-Bus)."; fi; fi

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "StyleLab needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: setup
	$(BIN)/stylelab demo --to build/demo

app: setup
	$(BIN)/stylelab

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/house

bench: setup
	@ls tests/benchmarks/*.py >/dev/null 2>&1 && for b in tests/benchmarks/*.py; do $(BIN)/python $$b; done || echo "There is no benchmark yet."

package: setup
	rm -rf dist && $(BIN)/python -m build --wheel --no-isolation --outdir dist
	$(BIN)/python packaging/smoke.py dist/*.whl

clean:
	rm -rf build dist .pytest_cache .ruff_cache
