# Every target needs only Python 3.11 or later and make. The first use installs everything else into .venv, as pinned in
# the lock files. Examples: `make demo ARGS=--no-serve`, `make test ARGS="-k routes"`, `make test PYTHON=python3.13`.

PYTHON ?= python3
ARGS ?=
WORKERS ?= auto
EXAMPLES ?= 2000
DATA ?= data/networks
PICTURES ?= /tmp/tertius-screenshots
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: demo demo-team demo-slack demo-mcp test test-fast fuzz drills soak bench evaluate security fuzz-graphql check lint format schema lock jars web screenshots lighthouse graphiql clean

demo: .venv/ready
	@$(BIN)/tertius demo $(ARGS)

demo-team: .venv/ready
	@$(BIN)/tertius demo --team $(ARGS)

demo-mcp: .venv/ready
	@$(BIN)/tertius demo --mcp $(ARGS)

demo-slack: .venv/ready
	@$(BIN)/python -m tests.api.slack.demo

# in two processes, each with a Neo4j of its own; `make test WORKERS=0` runs one
test: .venv/ready
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# without a database, in under a minute
test-fast: .venv/ready
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not (database or law or fuzz or slow)" $(ARGS)

# takes hours; `make fuzz EXAMPLES=100000` runs longer, `ARGS="-k calendar"` tests one reader
fuzz: .venv/ready
	@TERTIUS_TEST_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -m fuzz -n $(WORKERS) --dist worksteal $(ARGS)

# attacks on a running service while its health is checked; measures times, so nothing else should run
drills: .venv/ready
	@$(BIN)/python -m pytest -m drill -n 0 $(ARGS)

# takes 20 minutes; `make soak ARGS="--minutes 5"`. Writes the figures of docs/security.md
soak: .venv/ready
	@$(BIN)/python -m tests.drills.soak $(ARGS)

# takes an hour on two idle cores; `make bench ARGS=--small` only checks that it runs
bench: .venv/ready
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-bench.lock
	@$(BIN)/python -m benchmarks $(ARGS)

# takes less than 10 minutes; fills the tables of docs/strength.md from DATA, a folder of public data sets that you download
# with OUTCOMES, files of `tertius admin outcomes --json`, it compares scores with outcomes instead
evaluate: .venv/ready
	@$(BIN)/python -m evaluation $(if $(OUTCOMES),--outcomes $(OUTCOMES),$(DATA))

# dependency audit, secret scan and SBOM (dist/sbom.json), with tools in an environment of their own
security: .venv/security/ready
	@.ci/security

# two minutes of requests that schemathesis generates from the GraphQL schema, against a service of its own;
# `make fuzz-graphql ARGS="--seed 7"` repeats a run
fuzz-graphql: .venv/security/ready
	@.ci/fuzz-graphql $(ARGS)

check: lint test

lint: .venv/ready
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

format: .venv/ready
	@$(BIN)/ruff check --fix-only --quiet && $(BIN)/ruff format

schema: .venv/ready
	@$(BIN)/python -m api.graphql.schema

lock: .venv/ready
	@$(LOCK) pyproject.toml --all-extras --group dev --output-file requirements.lock && $(LOCK) --group bench --output-file requirements-bench.lock && $(LOCK) --group security --output-file requirements-security.lock && $(LOCK) --group web --output-file requirements-web.lock && echo uv | $(LOCK) - --output-file requirements-uv.lock

# for maintainers; requires Maven: `make jars NEO4J=2026.09.0`
jars: .venv/ready
	@$(BIN)/python -m tertius.localdb.jars $(NEO4J)

# builds the page that the service serves into api/page/built, with Node from a Python package; `ARGS=--check` compares
web: .venv/ready
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-web.lock
	@$(BIN)/python -m tests.page.build $(ARGS)

# writes a picture of each screen of the page into PICTURES, with the Chromium of the system
screenshots: .venv/ready
	@$(BIN)/python -m tests.page.screens $(PICTURES)

# measures the page with Lighthouse, from npm, and fills the table of docs/page.md; measures times, so nothing else should run
lighthouse: .venv/ready
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-web.lock
	@$(BIN)/python -m tests.page.speed

# for maintainers; requires npm. Writes the files of GraphiQL that the service serves
graphiql:
	@cd web/graphiql && npm ci --silent && npm run --silent build

clean:
	@rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis .import_linter_cache

.venv/ready: .venv/bin/uv requirements.lock pyproject.toml
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/security/ready: requirements-security.lock | .venv/ready
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv/security
	@$(BIN)/uv pip sync --quiet --python .venv/security/bin/python --require-hashes requirements-security.lock
	@touch $@

.venv/bin/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tertius requires Python 3.11 or later; this is " + sys.version.split()[0] + ". Select another with make PYTHON=python3.12.")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python cannot create virtual environments. Install its venv package (Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-uv.lock
	@touch $@
