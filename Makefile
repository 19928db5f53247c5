# Needs make and Python 3.11 or newer; everything else is put into .venv.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python

.DEFAULT_GOAL := help
.PHONY: help demo test coverage check golden bench docs soak clean

help:
	@echo "make demo    the example shop and its worklist"
	@echo "make test    linters, types, import rules, all tests"
	@echo "make coverage  all tests, and which branches they reach"
	@echo "make check   linters, types and import rules only"
	@echo "make golden  writes the golden files and the generated docs anew; read the diff"
	@echo "make docs    writes the generated pages and pictures of docs/ anew"
	@echo "make bench   the speed figures, as ratios"
	@echo "make soak    the tests that take long"

demo: $(VENV)/run.stamp
	@$(BIN)/merchant demo

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile --durations=10

coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

golden: $(VENV)/dev.stamp
	for file in tests/*/golden.py; do \
	  $(BIN)/python -m "$$(echo "$${file%.py}" | tr / .)" || exit 1; done
	MERCHANT_GOLDEN=1 $(BIN)/python -m pytest tests/problems
	$(BIN)/python docs/make_docs.py

docs: $(VENV)/dev.stamp
	$(BIN)/python docs/make_docs.py
	$(BIN)/python docs/make_pictures.py

bench: $(VENV)/dev.stamp
	$(BIN)/python bench/run.py

soak: $(VENV)/dev.stamp
	MERCHANT_SOAK=1 $(BIN)/python -m pytest -m slow

clean:
	rm -rf $(VENV) .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@for python in $(PYTHONS); do \
	  if command -v "$$python" >/dev/null 2>&1 \
	    && "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making $(VENV) with $$("$$python" --version)"; exec "$$python" -m venv $(VENV); fi; done; \
	echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3" >&2; exit 1

# A stamp is newer than what it was installed from, so nothing is installed twice.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what requirements/run.txt names"
	@$(PIP) install -r requirements/run.txt
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "installing what requirements/dev.txt names"
	@$(PIP) install -r requirements/dev.txt
	@touch $@
