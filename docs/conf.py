"""How the documentation is built: ``./run docs``."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # index_pages

project = "Jevn"
author = "The Jevn contributors"
copyright = author
version = release = installed_version("jevn")
language = "en"

extensions = [
    "index_pages",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.extlinks",
    "sphinx.ext.napoleon",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "**/.*"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

extlinks = {"doi": ("https://doi.org/%s", "doi:%s")}

autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

# Examples in docstrings run with their module's names (tests/house/test_examples.py);
# here only blocks marked {doctest} in pages.
doctest_test_doctest_blocks = ""

html_theme = "furo"
html_title = "Jevn"
html_show_sourcelink = False
html_copy_source = False
