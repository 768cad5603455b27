# Every target sets up its own environment: a new machine needs only Python 3.11 or newer and make. Running needs few
# packages and testing many, so each has a stamp of its own in the same environment. uv sets it up where it is
# installed, and pip elsewhere; both check the hashes of the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEPLOY := .venv-deploy
READY := $(VENV)/.ready
UV := $(shell command -v uv 2>/dev/null)
LOCK_OPTIONS ?= --upgrade

.PHONY: help run test test-fast check format docs manual lock bench figures relevance kill-proof deploy-tools sbom clean attack soak fuzz lowest canary fuzz-http update-attack

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "HCPCS needs Python 3.11 or newer: make PYTHON=python3.13")'
	$(if $(UV),$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

# $(call install,LOCK FILES,SIZE) installs what they lock, with a line of progress, and then this project itself.
ifneq ($(UV),)
define install
	@printf 'Setting up %s with uv, once: %s\n' '$(VENV)' '$(2)'
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes $(addprefix --requirement requirements/,$(1))
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
endef
else
define install
	@printf 'Setting up %s with pip, once: %s\n' '$(VENV)' '$(2)'
	@{ $(BIN)/python -m pip install --progress-bar off --disable-pip-version-check --require-hashes \
		$(addprefix --requirement requirements/,$(1)) || echo FAILED; } | \
		awk '/^Collecting / { printf "\rpackage %d", ++n } /^Installing / { printf "\rinstalling %d packages\n", n } \
			/^FAILED$$/ { failed = 1 } { fflush() } END { exit failed }'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endef
endif

$(RUN_READY): requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(call install,run.txt build.txt,25 MB to download)
	@touch $@

$(READY): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(call install,dev.txt,157 MB to download)
	@touch $(RUN_READY) $@

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: $(RUN_READY) ## answer the two documented questions in the terminal, then open the playground
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

check: $(READY) ## run the static checks, and see that every test can be collected
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --collect-only --quiet --quiet

format: $(READY) ## format the code, and fix what ruff can fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY) ## write docs/commands.md and the Slack manifests in deploy
	$(BIN)/python -m docs.generate

manual: $(READY) ## write docs/question-*.md from the tables of questions
	$(BIN)/python -m hcpcs.questions.explanation.manual

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --quiet $(LOCK_OPTIONS)

lock: ## renew the hashed lock files (needs uv); LOCK_OPTIONS= keeps the versions that they have
	$(LOCK) pyproject.toml --extra slack --output-file requirements/run.txt
	$(LOCK) pyproject.toml --extra all --constraints requirements/run.txt --output-file requirements/all.txt
	$(LOCK) --group build --constraints requirements/run.txt --output-file requirements/build.txt
	$(LOCK) pyproject.toml --extra all --group dev --constraints requirements/all.txt \
		--constraints requirements/build.txt --output-file requirements/dev.txt
	$(LOCK) requirements/deploy.in --output-file requirements/deploy.txt

$(DEPLOY)/.ready: requirements/deploy.txt
	$(PYTHON) -m venv $(DEPLOY)
	$(DEPLOY)/bin/python -m pip install --quiet --require-hashes --requirement requirements/deploy.txt
	touch $(DEPLOY)/.ready

deploy-tools: $(DEPLOY)/.ready ## install the tools that check the files in deploy/, apart from the project

sbom: $(DEPLOY)/.ready ## write dist/sbom.json: every locked dependency, as CycloneDX
	mkdir -p dist
	PYTHONWARNINGS=ignore $(DEPLOY)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --validate \
		--output-format JSON --output-file dist/sbom.json requirements/all.txt

lowest: ## run the quick tests with the oldest versions that pyproject.toml allows (needs uv)
	uv venv --quiet --clear --python 3.11 .venv-lowest
	uv pip compile --quiet --resolution lowest-direct --python-version 3.11 --extra all pyproject.toml \
		--output-file .venv-lowest/lowest.txt
	uv pip install --quiet --python .venv-lowest/bin/python --requirement .venv-lowest/lowest.txt
	uv pip install --quiet --python .venv-lowest/bin/python --group dev --constraint .venv-lowest/lowest.txt
	uv pip install --quiet --python .venv-lowest/bin/python --no-deps --no-build-isolation --editable .
	@# What old versions find deprecated in each other is not ours.
	.venv-lowest/bin/python -m pytest --numprocesses auto --quiet -W ignore::DeprecationWarning \
		-W ignore::PendingDeprecationWarning -m "not slow and not chaos and not browser and not peer"

canary: ## run the tests of the search with the newest whoosh3 in place of Whoosh-Reloaded (needs uv)
	uv venv --quiet --clear .venv-canary
	uv pip install --quiet --python .venv-canary/bin/python --editable '.[all]' --group dev
	uv pip uninstall --quiet --python .venv-canary/bin/python whoosh-reloaded
	uv pip install --quiet --python .venv-canary/bin/python whoosh3
	uv pip list --quiet --python .venv-canary/bin/python | grep --ignore-case whoosh
	.venv-canary/bin/python -m pytest --numprocesses auto --quiet tests/index

bench: $(READY) ## run the benchmarks; compare only figures of one run
	$(BIN)/python -m bench

figures: $(READY) ## run the benchmarks on a quiet machine, and write docs/figures.md and the table in README.md
	$(BIN)/python -m bench --write

relevance: $(READY) ## measure how often search puts the right code first, compared with other engines
	$(BIN)/python -m bench relevance

kill-proof: $(READY) ## ask 1,000 questions while replicas are killed 100 times, on SQLite and PostgreSQL; takes half an hour
	$(BIN)/python -m tests.bot.slack.kill_proof
	$(BIN)/python -m tests.bot.slack.share_kills

FUZZ_HOME ?= $(HOME)/.hcpcs
fuzz-http: $(READY) ## make 100,000 requests of any kind to every path of the query service over FUZZ_HOME (~/.hcpcs)
	$(BIN)/python -m tests.bot.http.request_fuzzer --home $(FUZZ_HOME)

clean: ## remove what the targets created
	rm -rf $(VENV) $(DEPLOY) .venv-lowest .venv-canary .mypy_cache .pytest_cache .ruff_cache .hypothesis

attack: $(READY) ## send signed commands to a real server while it is attacked over HTTP
	$(BIN)/python -m tests.bot.serving.attack

soak: $(READY) ## ask three replicas 100 questions a second for ten minutes while everything around them fails
	$(BIN)/python -m tests.bot.slack.soak

fuzz: $(READY) ## send 100,000 random texts through the desk and through Slack, and read 20,000 damaged files
	$(BIN)/python -m bench.fuzzing

update-attack: $(READY) ## update from slow, endless, redirecting and lying servers, and kill updates 100 times
	$(BIN)/python -m tests.bot.updates.attack
