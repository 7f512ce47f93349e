# Everything for a fresh machine: `make demo`, `make test`, `make check`, `make bench`.
PYTHON ?= python3
BIN := .venv/bin
export KELISIM_VAR ?= $(CURDIR)/var

.PHONY: demo test check bench install lock words clean

demo: .venv/main
	$(BIN)/kelisim demo

test: .venv/dev words
	$(BIN)/python tools/test.py

check: .venv/dev words
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py check
	$(BIN)/python -m django makemigrations --check --dry-run --settings tests.settings

bench: .venv/bench words
	$(BIN)/python -m benchmarks

install: .venv/dev words

# A stamp file says which locked requirements the environment holds.
.venv/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	touch $@

.venv/main: .venv/uv requirements/main.txt pyproject.toml $(wildcard src/kelisim/*/locale/*/LC_MESSAGES/django.po)
	test -e .venv/dev || $(BIN)/uv pip install --quiet --require-hashes -r requirements/main.txt
	$(BIN)/uv pip install --quiet --no-deps --editable .
	$(BIN)/python tools/messages.py compile
	touch $@

.venv/dev: .venv/uv requirements/dev.txt pyproject.toml
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --no-deps --editable .
	touch $@

.venv/bench: .venv/dev requirements/bench.txt
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/bench.txt
	touch $@

words: .venv/uv
	$(BIN)/python tools/messages.py compile

lock: .venv/uv
	for set in main dev bench; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url requirements/$$set.in -o requirements/$$set.txt; \
	done

clean:
	rm -rf .venv var build
