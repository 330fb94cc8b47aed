# The commands of the project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The theme's advice to try Zensical: a test builds the site with it already.
export NO_MKDOCS_2_WARNING := 1
# The newest Python that is installed and new enough; PYTHON=... names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.locked: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found. Install it, or name one: make PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module. Debian and Ubuntu keep it apart: apt install python3-venv"; exit 2; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) from requirements.lock; this takes a minute"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(READY): $(VENV)/.locked pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.PHONY: setup
setup: $(READY) ## make the environment in .venv from the lock file

.PHONY: serve
serve: $(READY) ## build the guide and serve it on http://127.0.0.1:8000, with edits shown as they are saved
	@MACROS_FAIL=false $(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:8000

.PHONY: site
site: $(READY) ## build the guide into site/
	@$(BIN)/python tools/site.py site
