# `make run` serves the chat, `make test` checks everything; the other targets are their parts.
SHELL := /bin/bash
VENV := .venv
PYTHON := $(VENV)/bin/python
PORT ?= 8501
export HF_HUB_OFFLINE ?= 1
export ONRECORD_LIBRARY ?= library

.PHONY: install run test lint types imports unit app browser quality samples chromium lock clean

# Whole and with the sha256 of every file, so that pip looks for nothing else and takes no other file.
INSTALL := $(PYTHON) -m pip install --disable-pip-version-check -q --no-deps --require-hashes -r

# The stamps are newer than the requirement files once they are installed, so nothing is installed twice.
$(VENV)/run.stamp: requirements.lock requirements-torch.lock
	@command -v python3 >/dev/null || { echo "python3 is missing: install Python 3.11 or newer."; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$(python3 --version)."; exit 1; }
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	$(INSTALL) requirements-torch.lock
	$(INSTALL) requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(INSTALL) requirements-dev.lock
	@touch $@

install: $(VENV)/run.stamp

samples: $(VENV)/run.stamp
	@test -f "$(ONRECORD_LIBRARY)/catalog.sqlite" || { echo "Building the library of the sample articles …"; \
		$(PYTHON) -m index add samples --library "$(ONRECORD_LIBRARY)"; }

run: samples
	$(PYTHON) -m streamlit run app.py --server.port $(PORT)

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
		then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
		else echo "The browser tests need Chromium. Install it with: sudo apt-get install chromium"; exit 1; fi; }

lint: $(VENV)/test.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/test.stamp
	$(VENV)/bin/mypy

imports: $(VENV)/test.stamp
	$(VENV)/bin/lint-imports

unit: $(VENV)/test.stamp
	$(PYTHON) -m pytest tests/unit

app: $(VENV)/test.stamp
	$(PYTHON) -m pytest tests/app

browser: $(VENV)/test.stamp chromium
	$(PYTHON) -m pytest tests/browser

quality: $(VENV)/test.stamp
	$(PYTHON) -m pytest tests/quality

# One run of pytest, so that its closing line counts all tests.
test: lint types imports chromium
	$(PYTHON) -m pytest tests

# PyTorch has a list of its own, so what its builds for CUDA would bring is left out.
CUDA := cuda-bindings cuda-pathfinder cuda-toolkit triton nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
	nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
COMPILE := $(VENV)/bin/uv pip compile -q --no-config --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(patsubst %,--no-emit-package=%,torch $(CUDA))

# Writes the whole lists of packages anew from the direct ones.
lock: $(VENV)/test.stamp
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements-scale.txt -c requirements.lock -o requirements-scale.lock
	$(COMPILE) requirements-dev.txt -c requirements.lock -c requirements-scale.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
