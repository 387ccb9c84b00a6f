# Needs python3 (3.11 or later) and make; everything else is put into .venv, and again when it is out of date.

PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready
TEXTS  := app/logindrill/translations

# Without byte code every start of Python compiles the whole program anew: the tests take twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve test test-slow test-wide test-all check format reference texts screenshots bench weather build clean

help:            ## show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1\t/' | expand -t 14

serve: $(READY)  ## run the server; OPTIONS="--port 0 --ephemeral" for more
	@$(BIN)/logindrill serve $(OPTIONS)

test: $(READY)   ## check style and layers, then types beside the fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not slow and not wide"; tests=$$?; \
	wait $$types && exit $$tests

test-slow: $(READY) ## what takes seconds a test, and the other tests on PostgreSQL
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "slow and not wide"

test-wide: $(READY) ## what takes minutes a test, or needs npm; OPTIONS="-k very_many" for some
	$(BIN)/python -m pytest -n 2 --dist worksteal -m wide -o faulthandler_timeout=0 $(OPTIONS)

test-all: test test-slow test-wide ## all tests

check: $(READY)  ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: $(READY) ## write docs/reference anew from the code
	$(BIN)/python -m logindrill.reference

texts: $(READY)  ## bring the pages' catalogues in step with the code
	@$(BIN)/pybabel -q extract -F $(TEXTS)/mapping.ini -k say -k marked --no-location --sort-output --project "Login Drill" -o .texts.pot app/logindrill
	@$(BIN)/pybabel -q update -i .texts.pot -d $(TEXTS) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/pybabel -q compile -d $(TEXTS) --statistics
	@rm .texts.pot

screenshots: $(READY) ## take the pictures of every page for the docs
	@$(BIN)/python -m tools.screenshots

bench: $(READY)  ## measure speed and memory; OPTIONS="--quick --peers" for others beside it
	$(BIN)/python -m tools.bench $(OPTIONS)

weather: $(READY) ## raise storms (kills, full disks, locks, slow clients), half an hour; OPTIONS=--quick for minutes
	$(BIN)/python -m tools.weather $(OPTIONS)

build: $(READY)  ## make the wheel and the source archive in dist/
	$(BIN)/python -m build --no-isolation

clean:           ## remove all that was made here, the data in instance/ excepted
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* htmlcov
	find app tests migrations tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --compile-bytecode --editable '.[postgres,dev]' --constraint constraints.txt
	@touch $@
