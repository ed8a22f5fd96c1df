# Only short names for dev.py, which is where things are done.
.PHONY: run test setup lock format

run:
	python3 dev.py run

test:
	python3 dev.py test

setup:
	python3 dev.py setup

format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

# Needs uv (`pip install uv`). The locks hold versions and hashes, never an address.
LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q
lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
