# One door for every task. `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
FOLDER ?= strategies/orebro
OUT ?= build/$(notdir $(patsubst %/,%,$(FOLDER)))
# The tests of the numbers half are run first and measured line by line: that halves Python's speed, so only there.
MEASURED := $(addprefix tests/,assessment content editions findings flow followups intake observations sources strategy_folder)
# One more than the processors of a small machine: browsers and servers are waited for.
WORKERS ?= 3
# Tests of the workspace that bring their databases with them: they need no second run.
ONCE := operations hostile/test_unlucky_days.py accounts/test_user_command.py
# QUICK=1 runs only what a database decides (locks, races, what is refused and kept) a second time, without browsers.
QUICK ?= 0
ifneq ($(QUICK),0)
ONCE += changes desk editor hostile linking reading_in registers whole
CHOSEN := -m "not browser"
endif
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# In the locale C, Python 3.11 cannot read the path of an editable installation that has å, ä or ö in it.
ifneq ($(filter C POSIX,$(LC_ALL)),)
export LC_ALL := C.UTF-8
endif

.DEFAULT_GOAL := help
.PHONY: help demo test check bench honesty format lock method clean

help: ## list the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1	\2/'

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Vägvisare needs Python 3.11 or later, and $(PYTHON) is not. Say which one to use: make demo PYTHON=python3.12"; exit 2; }
	@echo "Creating the environment in $(VENV) (once; about a minute) …"
	@test -x $(BIN)/python -a -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { echo "The environment could not be created in $(VENV). On Debian and Ubuntu: apt-get install python3-venv"; exit 2; }
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "Installing the tools for tests and checks …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The tests of the cluster engine start a small cluster, where there is Java to start it with.
$(VENV)/.spark: requirements/spark.txt $(VENV)/.dev
	@if command -v java >/dev/null 2>&1; then \
		echo "Installing Spark for the tests of the cluster engine …"; \
		$(PIP) install --require-hashes -r requirements/spark.txt && touch $@; \
	else \
		echo "No Java here: the tests of the cluster engine will be skipped."; \
	fi

demo: $(VENV)/.runtime ## follow up the bundled strategy, write build/, serve it with a workspace (PORT=, SERVE=0)
	@$(BIN)/vagvisare demo "$(FOLDER)" --out "$(OUT)" $(if $(filter 0,$(SERVE)),,--serve --port "$(PORT)")

test: $(VENV)/.dev $(VENV)/.spark ## every test, the browser ones included
	@$(BIN)/python tools/chromium.py
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report= --cov-report=json:.coverage.json $(MEASURED)
	@$(BIN)/python tools/coverage_floor.py .coverage.json
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests $(MEASURED:%=--ignore=%)
	@echo "Once more on PostgreSQL: the workspace …"
	@$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest --reuse-db -n $(WORKERS) --dist loadfile $(CHOSEN) tests/workspace $(ONCE:%=--ignore=tests/workspace/%)

check: $(VENV)/.dev ## ruff, mypy, import contracts, budgets, generated docs fresh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/budgets.py
	@$(BIN)/python tools/method_pages.py --check
	@$(BIN)/python tools/live_definitions.py --check
	@$(BIN)/python tools/permissions.py --check

bench: $(VENV)/.dev ## measured times, in the open
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/bench_workspace.py

honesty: $(VENV)/.dev ## measure how often the rules are wrong, write docs/method/honesty.* (some minutes)
	@PYTHONPATH=tools $(BIN)/python -m honesty

method: $(VENV)/.dev ## write docs/method/ from tests/method/
	@$(BIN)/python tools/method_pages.py

format: $(VENV)/.dev ## let ruff arrange the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## resolve requirements/ anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q pyproject.toml requirements/build.in --extra fast --extra postgres -o requirements/runtime.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q pyproject.toml requirements/build.in --extra fast --extra postgres --group test --group check -c requirements/runtime.txt -o requirements/dev.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q pyproject.toml --extra spark -c requirements/runtime.txt -o requirements/spark.txt

clean: ## remove what was built
	rm -rf build .coverage .coverage.json .pytest_cache .mypy_cache .ruff_cache .hypothesis
