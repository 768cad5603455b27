# Every target sets up its own environment: a new machine needs only Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK_OPTIONS ?= --upgrade

.PHONY: help run test test-fast check format docs manual lock bench relevance kill-proof clean

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: $(READY) ## answer the two documented questions in the terminal, then open the playground
	@printf '\n$$ hcpcs ask "/hcpcs S9328"\n\n'
	@$(BIN)/hcpcs ask "/hcpcs S9328"
	@printf '\n$$ hcpcs ask "is S9353 payable by Medicare?"\n\n'
	@$(BIN)/hcpcs ask "is S9353 payable by Medicare?"
	@printf '\nNext, ask your own question:      $(BIN)/hcpcs ask "what is BETOS"\n'
	@printf 'Load the full code set from CMS:  $(BIN)/hcpcs update\n'
	@printf 'Serve your Slack workspace:       see README.md, "In your Slack"\n\n'
	@# Where nobody can press Ctrl-C (a pipe, a build server) the playground answers and stops.
	@if [ -t 0 ] && [ -t 1 ] && [ -z "$$CI" ]; then $(BIN)/hcpcs playground; \
		else $(BIN)/hcpcs playground --exit; fi

test: $(READY) ## run every test
	$(BIN)/python -m pytest --numprocesses auto

test-fast: $(READY) ## run the tests for while you work: under two minutes on two cores
	$(BIN)/python -m pytest --numprocesses auto --quiet -m "not slow and not chaos and not browser and not peer"

check: $(READY) ## run the static checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## format the code, and fix what ruff can fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY) ## write docs/commands.md and deploy/manifest.json
	$(BIN)/python -m docs.generate

manual: $(READY) ## write docs/question-rules.md and docs/question-tags.md from the tables of questions
	$(BIN)/python -m hcpcs.questions.explanation.manual

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --quiet $(LOCK_OPTIONS) pyproject.toml

lock: ## renew the hashed lock files (needs uv); LOCK_OPTIONS= keeps the versions that they have
	$(LOCK) --extra slack --output-file requirements/run.txt
	$(LOCK) --extra all --constraints requirements/run.txt --output-file requirements/all.txt
	$(LOCK) --extra all --group dev --constraints requirements/all.txt --output-file requirements/dev.txt

bench: $(READY) ## run the benchmarks; compare only figures of one run
	$(BIN)/python -m bench

relevance: $(READY) ## measure how often search puts the right code first, compared with other engines
	$(BIN)/python -m bench relevance

kill-proof: $(READY) ## ask 1,000 questions while replicas are killed 100 times, on SQLite and PostgreSQL; takes half an hour
	$(BIN)/python -m tests.bot.slack.kill_proof

clean: ## remove what the targets created
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
