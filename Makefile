# A short name for each thing start.py does. Without make: python start.py VERB
# More words for the verb: make lab ARGS="--no-browser --port 8899"
PYTHON ?= python3
ARGS ?=
START = $(PYTHON) start.py

.DEFAULT_GOAL := help
.PHONY: help lab setup test fast format run data audit site html lite export pack report stick bench clean

help:  ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

lab:  ## open the course in JupyterLab (sets up on the first call)
	@$(START) lab $(ARGS)

setup:  ## make .venv with what the course needs, and no more
	@$(START) setup $(ARGS)

test:  ## check everything: style, types, tests, notebooks, exercises, content
	@$(START) test $(ARGS)

fast:  ## check in a minute or two: style, types and tests, without browser and notebooks
	@$(START) fast $(ARGS)

format:  ## lay the code out as the style check wants it
	@$(START) format $(ARGS)

run:  ## run lessons and solutions and store their outputs
	@$(START) run $(ARGS)

data:  ## write the generated files again (ledger, sources, synthetic tables, descriptor)
	@$(START) data $(ARGS)

audit:  ## check the content: links, reasons, alt texts, sources
	@$(START) audit $(ARGS)

site:  ## write the course as pages that need no install
	@$(START) site $(ARGS)

html:  ## the same by its older name
	@$(START) html $(ARGS)

lite:  ## write the course as JupyterLab in the browser alone: make lite ARGS=FOLDER
	@$(START) lite $(ARGS)

export:  ## write questions or pages for an LMS, or to print: make export ARGS="moodle FOLDER"
	@$(START) export $(ARGS)

pack:  ## write what an instructor holds in the hand: make pack ARGS="workshop FOLDER"
	@$(START) pack $(ARGS)

report:  ## make a page of what a class handed in: make report ARGS="HANDINS -o report.html"
	@$(START) report $(ARGS)

stick:  ## write all into one folder for computers without a network: make stick ARGS="FOLDER"
	@$(START) stick $(ARGS)

bench:  ## measure, and write bench/RESULTS.md
	@$(START) bench $(ARGS)

clean:  ## delete .venv, caches and built pages (never answers)
	rm -rf .venv .venv.lock .venv.log .venv.before .venv.clearing build dist site lite .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
