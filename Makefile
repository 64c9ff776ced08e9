# Two commands do everything: `make run` opens the reading desk, `make test` proves it.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

# On Linux, PyPI's torch brings gigabytes of CUDA that a reading desk has no use for; PyTorch's own index has the
# small build. Where that index cannot be reached, whatever pip finds is taken.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := torch==2.13.0

.PHONY: run test lint evaluate bench clean

run: .venv/installed
	$(BIN)/entrefilet serve --port $(PORT)

test: .venv/installed-dev lint
	$(BIN)/python -m pytest

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# EVAL: a folder of test sets, NAME.fr.gz and NAME.en.gz; SUMMARIES: a folder with OrangeSum; BOUNDARIES: files with
# marked sentences. What is not given is not measured (lab/evaluation/{translation,summarization,segmentation}.py).
evaluate: .venv/installed-lab
	$(if $(EVAL),$(BIN)/python -m lab.evaluation.translation $(EVAL))
	$(if $(SUMMARIES),$(BIN)/python -m lab.evaluation.summarization $(SUMMARIES))
	$(if $(SUMMARIES),$(BIN)/python -m lab.evaluation.dangling $(SUMMARIES))
	$(if $(BOUNDARIES),$(BIN)/python -m lab.evaluation.segmentation $(BOUNDARIES))

# BENCH: a French sentence a line (a newstest's source side will do); ARGOS: an interpreter with argostranslate, if any.
bench: .venv/installed-lab
	$(BIN)/python -m lab.benchmarks.speed $(BENCH) $(if $(ARGOS),--argos $(ARGOS)) --json bench.json
	$(BIN)/python -m lab.benchmarks.desk $(BENCH)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Entrefilet needs Python 3.11 or later; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/torch: .venv/bin/python
	@if [ "$$(uname -s)" = Linux ] && $(BIN)/python -c \
		'import urllib.request; urllib.request.urlopen("$(TORCH_INDEX)/torch/", timeout=10)' 2>/dev/null; \
	then $(BIN)/pip install --quiet --index-url $(TORCH_INDEX) $(TORCH); \
	else $(BIN)/pip install --quiet $(TORCH); fi
	@touch $@

.venv/installed: .venv/torch pyproject.toml
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/installed-dev: .venv/installed pyproject.toml
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

.venv/installed-lab: .venv/installed pyproject.toml
	$(BIN)/pip install --quiet --editable '.[lab]'
	@touch $@

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
