# Everything runs in .venv, made from the lock files by any Python 3.11 to 3.13: make test PYTHON=python3.12
PYTHON ?= python3
PORT ?= 8000

python := .venv/bin/python
npm := $(python) -m scripts.frontend npm
pytest := $(python) -m pytest -n auto --maxprocesses 8 --dist worksteal
# It costs half as much again as the tests, so one database pays it: the one on which every test runs.
coverage := --cov --cov-report term-missing:skip-covered
# What a developer's shell or .env sets must not decide whether the tests pass.
development_values := DEBUG=True REDIS_URL= PUBLIC_URL=http://127.0.0.1:8000 FRONTEND_URL=http://127.0.0.1:3000
sqlite := $(development_values) DATABASE_URL=sqlite://:memory:
postgres_url := DATABASE_URL=$(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/postgres)
# A test that reckons for long holds a transaction meanwhile.
postgres := $(development_values) $(postgres_url) DATABASE_COMMAND_IDLE_IN_TRANSACTION_SECONDS=3600

MAKEFLAGS += --no-print-directory
# Each side's lines stay together, where make knows how.
side_by_side := -j 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Test workers and servers start by the dozen: whatever the shell says, each uses what the first one compiled.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run demo test test-postgres test-e2e check check-api check-site api-types bench format lock clean runtime site-packages development

help:
	@echo "make run            start API (PORT=8000) and site (SITE_PORT=3000) with demo data; SITE=0: the API alone"
	@echo "make demo           play one whole booking with Khalti over HTTP"
	@echo "make test           every test of the API, on SQLite, and of the site"
	@echo "make test-postgres  the same tests of the API and the races, on the PostgreSQL of DATABASE_URL, with coverage"
	@echo "make test-e2e       the site in a browser, against everything that make run starts"
	@echo "make check          lint, format, types, layers, migrations, deployment settings, API schema; the same for the site, and its size"
	@echo "make bench          the benchmarks, on the PostgreSQL of DATABASE_URL"
	@echo "make api-types      write the site's types of the API anew"
	@echo "make format         put the code into the shape that make check asks for"
	@echo "make lock           resolve requirements*.in into requirements*.txt again"
	@echo "make clean          remove .venv and every cache; database and uploads stay"

# On an empty machine both installations take long, and neither needs the other.
run:
	@$(MAKE) -j2 runtime $(if $(filter 0,$(SITE)),,site-packages)
	@$(python) -m scripts.serve $(PORT)

demo: runtime
	@$(python) -m scripts.demo

test: development
	@$(sqlite) $(pytest)
	@$(npm) run --silent test:coverage

test-postgres: development
	@$(postgres) $(python) -m scripts.require_postgres
	@$(postgres) $(pytest) $(coverage)
	@$(python) -m scripts.check_coverage

test-e2e: runtime
	@$(python) -m scripts.chromium
	@$(npm) run --silent test:e2e

check: development
	@$(MAKE) $(side_by_side) check-api check-site

check-api:
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(sqlite) $(python) -m mypy .
	$(python) .venv/bin/lint-imports --no-logo
	$(sqlite) $(python) manage.py makemigrations --check --dry-run
	$(python) -m scripts.check_deploy
	$(sqlite) $(python) -m scripts.describe_schema --check
	$(sqlite) $(python) manage.py spectacular --validate --fail-on-warn --file /dev/null

check-site:
	$(npm) run --silent lint
	$(npm) run --silent format:check
	$(npm) run --silent types
	$(python) -m scripts.frontend build
	$(npm) run --silent budgets
	$(python) -m scripts.api_types --check

api-types: development
	$(python) -m scripts.api_types

bench: development
	@$(postgres_url) $(python) -m bench

format: development
	@$(python) -m ruff check --fix
	@$(python) -m ruff format

lock: development
	@for name in requirements requirements-dev requirements-node; do \
		$(python) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			$$name.in --output-file $$name.txt || exit 1; \
	done

clean:
	@rm -rf frontend/node_modules frontend/.next frontend/coverage
	@rm -rf .venv .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime:
	@$(PYTHON) -m scripts.install requirements.txt

site-packages:
	@$(PYTHON) -m scripts.frontend packages

development:
	@$(PYTHON) -m scripts.install requirements-dev.txt
