# Waystation. `make` alone lists the commands; each does its own set-up, and quickly when nothing changed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
# `python -m` everywhere: a folder that was moved keeps working.
PY := $(VENV)/bin/python
STAGE ?= local
# Each has a local AWS and a browser of its own; more than the cores only wait for each other.
WORKERS ?= 2
PYTHON_READY := $(VENV)/.ready-python
NODE_READY := node_modules/.ready
BROWSER_READY := $(VENV)/.ready-browser
STYLES := $(wildcard chalicelib/web/styles/*.scss chalicelib/web/styles/*/*.scss)
# A style whose name begins with _ is a part of the others.
SHEETS := $(patsubst chalicelib/web/styles/%.scss,chalicelib/web/static/%.css,$(filter-out chalicelib/web/styles/_%,$(wildcard chalicelib/web/styles/*.scss)))
# A folder of scripts/ is one file of static/: main.js and what it imports.
BUNDLES := $(patsubst chalicelib/web/scripts/%/main.js,chalicelib/web/static/%.js,$(wildcard chalicelib/web/scripts/*/main.js))
SOURCES := $(wildcard app.py chalicelib infra tests tools)
CHECKS := $(basename $(notdir $(wildcard tools/check_*.py)))

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export HOST PORT AWS_PORT SMS_PORT WAYSTATION_HOME

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set-up -----------------------------------------------------------------------------------------------------------

$(PYTHON_READY): requirements.txt requirements-dev.txt requirements-lock.txt infra/setup/venv.sh
	@infra/setup/venv.sh $(VENV)
	@touch $@

$(NODE_READY): package.json package-lock.json .npmrc infra/setup/node.sh | $(PYTHON_READY)
	@infra/setup/node.sh $(VENV)
	@touch $@

$(BROWSER_READY): infra/setup/browser.sh | $(PYTHON_READY)
	@infra/setup/browser.sh $(VENV)
	@touch $@

chalicelib/web/static/%.css: chalicelib/web/styles/%.scss $(STYLES) $(NODE_READY)
	@mkdir -p $(@D)
	@node node_modules/sass/sass.js --load-path=node_modules --style=compressed --no-source-map --quiet-deps $< $@

# Phones of ten years back are served: the syntax of 2017 at most.
chalicelib/web/static/%.js: chalicelib/web/scripts/%/main.js $(wildcard chalicelib/web/scripts/*/*.js) $(NODE_READY)
	@node node_modules/esbuild-wasm/bin/esbuild $< --bundle --minify --target=es2017 --charset=utf8 --log-level=warning --outfile=$@

# Every language has this area.
CATALOGUES := $(patsubst %/base.po,%/LC_MESSAGES/messages.mo,$(wildcard chalicelib/locale/*/base.po))

$(CATALOGUES): $(wildcard chalicelib/locale/*/*.po) tools/translations.py $(PYTHON_READY)
	@$(PY) -m tools.translations compile
	@touch $(CATALOGUES)

.PHONY: setup
setup: $(PYTHON_READY) $(NODE_READY) $(SHEETS) $(BUNDLES) $(CATALOGUES) ## install everything that run and check need
	@:

# --- every day --------------------------------------------------------------------------------------------------------

.PHONY: run
run: setup ## the whole product on this machine (PORT=8000, HOST=0.0.0.0 for phones on the same network)
	@exec $(PY) -m infra.local.run

.PHONY: test
test: setup $(BROWSER_READY) ## every test, browser tests included (ARGS="tests/domain -k release" for some; LONG=1 for 12,000 random steps)
	@$(PY) -m pytest --numprocesses=$(WORKERS) --dist=loadfile --cov --cov-report=term $(ARGS)

.PHONY: check
check: setup ## lint, types, floors, templates, translations, generated docs
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy $(SOURCES)
	@$(PY) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo --cache-dir .local/import-linter
	@for name in $(CHECKS); do $(PY) -m tools.$$name || exit 1; done

.PHONY: form
form: setup ## check a form and put it into pages to look at: FORM=arrival, in .local/forms/
	@$(PY) -m tools.form --form "$(FORM)"

.PHONY: format
format: setup ## lay out the code and mend what the linter can
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

.PHONY: key
key: setup ## print an API key: DESK=coordination [DISTRICT=yuzhong]
	@$(PY) -m infra.local.key --desk "$(DESK)" --district "$(DISTRICT)"

.PHONY: job
job: setup ## run one scheduled job of the running stack: NAME=release_due NOW=2026-12-07T08:10:00+08:00
	@$(PY) -m infra.local.job --name "$(NAME)" --now "$(NOW)"

.PHONY: demo
demo: setup ## a made-up arrival day into the running stack: 3 flights, HEADS=500 (SEED=1 for another crowd)
	@$(PY) -m infra.demo --seed "$(SEED)" --heads "$(HEADS)"

.PHONY: package
package: setup ## the Lambda package and its template, in build/ (STAGE=local)
	@$(PY) -m infra.package --stage $(STAGE)

.PHONY: rehearse
rehearse: setup ## the journey on the package as it would be deployed, policies enforced (ACTIONS=each: once without each)
	@$(PY) -m infra.rehearse --actions "$(ACTIONS)"

.PHONY: deploy
deploy: setup ## the package to the AWS account of this shell: STAGE=production [BASE=https://…]
	@$(PY) -m infra.deploy_stage --stage $(STAGE) --base "$(BASE)"

.PHONY: redrive
redrive: setup ## put nudges that died back into the queue, word for word (STAGE=production)
	@$(PY) -m infra.redrive --stage "$(STAGE)"

.PHONY: pictures
pictures: setup $(BROWSER_READY) ## the README's pictures, of one real journey, in docs/pictures/
	@$(PY) -m tools.pictures

.PHONY: sheet
sheet: setup $(BROWSER_READY) ## every page as a picture, both sizes, schemes, all languages (ONLY=home LOOKS=phone-ar), in .local/sheets/
	@$(PY) -m tools.sheet --only "$(ONLY)" --looks "$(LOOKS)"

.PHONY: reliability
reliability: setup ## faults at every call, kill -9, storms, written to docs/reference/reliability.md (PART=storms for these)
	@$(PY) -m tools.reliability --part "$(PART)"

.PHONY: bench
bench: setup ## figures beside bare baselines, written to docs/reference/performance.md and .local/bench.json
	@$(PY) -m tools.bench

.PHONY: lock
lock: $(PYTHON_READY) ## pin every package that is installed now, after a change of requirements
	@$(PY) -m pip freeze --disable-pip-version-check >requirements-lock.txt

.PHONY: clean
clean: ## remove builds and tools; data of .local stays
	@rm -rf build node_modules $(VENV) .mypy_cache .ruff_cache .pytest_cache
