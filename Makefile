# Everything anybody types. Windows: make.bat run | test | check (see README.md).
BIN := .venv/bin
PYTHON ?= python3
JOBS ?= auto
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4 --dist loadfile
PYTHONS := $(BIN)/python $(PYTHON) python3 python3.13 python3.12 python3.11 python
SUITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
UV := 0.13.9
LOCK := build/lock/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --only-binary :all: --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml
export PYTHONUTF8 := 1

# One shell function for every set-up: the first Python that suits runs .ci/install.py.
define install
@for python in $(PYTHONS); do \
	if $$python -c '$(SUITS)' 2>/dev/null; then exec $$python .ci/install.py $(1); fi; \
done; \
echo '没有找到可用的 Python 3.11 至 3.13（须带 venv；Debian、Ubuntu：apt install python3-venv）。也可指定：make PYTHON=路径' >&2; \
echo 'No usable Python 3.11 to 3.13 found (with venv; Debian, Ubuntu: apt install python3-venv). Or name one: make PYTHON=PATH' >&2; \
exit 1
endef

.PHONY: help setup run app test test-all check format facts bench lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: ## packages of the lock into .venv; nothing if that is done
	$(call install)

run: setup ## the policy as written against no policy
	$(BIN)/longjiang run

app: setup ## the page in the browser
	$(BIN)/longjiang app

test: setup ## tests without the long ones and the browser
	$(PYTEST)

test-all: ## every test, with more random cases; needs Chromium
	$(call install,analysis browser cluster)
	$(PYTEST) -m "slow or not slow" --hypothesis-profile full

check: setup ## format, lint, types, import rules, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

format: setup ## rewrite the code in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

facts: setup ## verdict and figure of each stylised fact into docs/facts.csv
	$(BIN)/python -m calibration.facts --out docs/facts.csv

bench: setup ## speed of both engines, and that the lead over numpy holds
	$(BIN)/python -m benchmarks engines
	$(BIN)/python -m benchmarks guard

lock: ## pin every package again; `make lock UPGRADE=--upgrade` takes newer ones
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet uv==$(UV)
	$(LOCK) $(UPGRADE) --extra dev -o requirements.txt
	for extra in analysis browser cluster; do \
		$(LOCK) $(UPGRADE) --extra $$extra -c requirements.txt -o requirements-$$extra.txt || exit 1; \
	done

clean: ## remove what can be made again
	rm -rf .venv build dist .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
