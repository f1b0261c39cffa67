# Everything the project does by itself; plain `make` lists the targets.
# Needs python3 (3.11 or later) with pip or venv, and make. The rest goes into .venv and .tools here.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PYTHON ?= python3
JOBS ?= 2

BIN := .venv/bin
UV := .tools/bin/uv
APT := sudo apt-get install python3 python3-venv python3-pip

# uv reads neither pip's settings nor the system's certificates unless told.
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
export UV_PYTHON_DOWNLOADS := never
ifndef UV_DEFAULT_INDEX
.venv/.stamp .venv/.bench-stamp lock: export UV_DEFAULT_INDEX = \
  $(or $(PIP_INDEX_URL),$(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null))
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help setup test tools demo bench docs sample fix kills lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: .venv/.stamp ## make .venv with everything in requirements.lock

# Packages are added, never removed, so that what `make bench` installed stays.
# Both routes install the same hash-checked files; uv is the quick one, pip the one that is always there.
.venv/.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "setup: '$(PYTHON)' is not Python 3.11 or later. On Debian 12 install it: $(APT)" >&2; exit 1; }
	@{ { [ -x $(UV) ] || $(PYTHON) -m pip install -q --target .tools uv 2>/dev/null; } \
	  && echo "setup: filling .venv with uv" >&2 \
	  && $(UV) venv -q --allow-existing --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv \
	  && $(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements.lock \
	  && $(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	} || { \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	    || { echo "setup: $(PYTHON) has neither a working pip nor venv. On Debian 12 install them: $(APT)" >&2; exit 1; }; \
	  echo "setup: no uv, filling .venv with pip (about half a minute)" >&2 \
	  && $(PYTHON) -m venv .venv \
	  && $(BIN)/python -m pip install -q --require-hashes -r requirements.lock \
	  && $(BIN)/python -m pip install -q --no-deps --no-build-isolation --editable .; \
	}
	@touch $@

test: setup tools ## lint, types, imports between rooms, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n $(JOBS)

# Some tests need what no Python package brings: a browser that prints, sipp, which rings the hotline, PostgreSQL. They fail
# where it is not there and cannot be installed. Each line: any of these commands -> the Debian package that has one.
TOOLS = chromium|chromium-browser|google-chrome=chromium sipp=sip-tester pg_ctl|pg_ctlcluster=postgresql

tools: ## install what the tests need beside Python packages: chromium, sipp, PostgreSQL
	@for tool in $(foreach tool,$(TOOLS),'$(tool)'); do \
	  package="$${tool##*=}"; found=; \
	  for name in $$(tr '|' ' ' <<< "$${tool%=*}"); do ! command -v "$$name" >/dev/null || found=1; done; \
	  [ -z "$$found" ] || continue; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "test: installing $$package" >&2; \
	    { timeout 120 apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 300 \
	      apt-get install -y -qq --no-install-recommends "$$package"; } >/dev/null 2>&1 && continue; \
	  fi; \
	  echo "test: $$package is missing, and tests that need it will fail. On Debian: apt-get install $$package" >&2; \
	done

demo: setup ## a sample campaign from filings to report, in demo-campaign/
	$(BIN)/dialtest demo --out demo-campaign

bench: .venv/.bench-stamp ## measure the journal and the engine, beside the library they replace
	@$(BIN)/python -m tests.bench

.venv/.bench-stamp: .venv/.stamp requirements-bench.lock
	@if [ -x $(UV) ]; then \
	  $(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements-bench.lock; \
	else \
	  $(BIN)/python -m pip install -q --require-hashes -r requirements-bench.lock; \
	fi
	@touch $@

docs: setup ## write the generated documents again
	$(BIN)/dialtest explain --markdown > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md
	$(BIN)/dialtest explain --faults --markdown > docs/faults.md.new
	mv docs/faults.md.new docs/faults.md
	$(BIN)/dialtest explain --clauses --markdown > docs/coverage.md.new
	mv docs/coverage.md.new docs/coverage.md

sample: setup ## write scenarios/sample again, after its generator or the list of faults changed
	$(BIN)/python -m dialtest.sample.sample scenarios/sample

fix: setup ## mend what lint can mend, and format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/ruff check .

kills: setup ## end a campaign by force 200 times and check that no evidence is lost
	$(BIN)/python -m tests.kills

# The locks name no registry, so a site with its own mirror can use them as they are.
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command "make lock" pyproject.toml

lock: ## choose the newest versions again and pin them with hashes
	@[ -x $(UV) ] || $(PYTHON) -m pip install -q --target .tools uv
	$(COMPILE) --upgrade --extra dev --output-file requirements.lock
	$(COMPILE) --upgrade --extra bench --constraint requirements.lock --output-file requirements-bench.lock

clean: ## remove what the targets above made, but no campaign of yours
	rm -rf .venv .tools .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist demo-campaign
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
