"""The direction of dependencies, which reviews forget."""

import ast

import pytest

from tests.conftest import ROOT


def imports(folder):
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield file.name, node.module


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [("nlp", {"streamlit", "ui", "lab", "app"}), ("ui", {"lab", "app", "torch", "transformers"})],
)
def test_nothing_imports_what_lies_above_it(folder, forbidden):
    found = list(imports(folder))
    assert found
    assert not [(file, name) for file, name in found if name.split(".")[0] in forbidden]


def test_reading_an_article_needs_no_pytorch(french_to_english):
    import subprocess
    import sys

    program = (
        "import sys; from nlp import read, digest; from pathlib import Path;"
        "list(digest(read(Path('seeds/breve-pont-de-merlac.txt').read_bytes(), 'a.txt')));"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
