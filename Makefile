# Two commands are all that a fresh machine needs: `make demo` and `make test`.

PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	if command -v $$candidate >/dev/null && $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))'; \
	then echo $$candidate; break; fi; done)
BIN := .venv/bin

.PHONY: demo test lint generate bench clean

demo: .venv/ready ## Plan a change of the reference catalogue, in a throw-away git repository.
	@$(BIN)/mofconf demo

test: lint ## The whole suite: style, types, layers, generated files, tests.
	$(BIN)/python -m pytest -n auto

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

generate: .venv/ready ## Write schemas/ and docs/reference/ anew.
	$(BIN)/mofconf generate

bench: .venv/ready ## Measure ratios; see benchmarks/README.md.
	$(BIN)/python -m pip install --quiet --editable '.[test,bench]'
	$(BIN)/python benchmarks/compare.py

.venv/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "mofconf needs Python 3.11 or newer, and none was found" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
