"""Elvebyen loaded into the test database once, and its pages as a visitor sees them."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from jevn.publishing.dossier import Dossier
from web.crawling import Site

os.environ["JEVN_DATA"] = tempfile.mkdtemp(prefix="jevn-web-")
atexit.register(shutil.rmtree, os.environ["JEVN_DATA"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jevn_web.project.settings")
django.setup()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    elvebyen: Dossier,
    elvebyen_folder: Path,
) -> None:
    from jevn_web.work.fingerprint import fingerprint
    from jevn_web.work.services import store

    with django_db_blocker.unblock():
        store(elvebyen, fingerprint(elvebyen_folder), "draft-1", actor="tests")


@pytest.fixture(scope="session")
def kept_site() -> Site:
    return Site(Client())


@pytest.fixture
def site(db: None, kept_site: Site) -> Site:
    """The site; a page asked for in one test is kept for the next."""
    return kept_site


@pytest.fixture
def bare_folder(tmp_path: Path) -> Path:
    """A plan folder where nothing is begun."""
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "jevn.toml").write_text(
        '[municipality]\nname = "Tomvik"\nnumber = "9998"\nlanguage = "nn"\n'
        "[work]\nas_of = 2026-03-01\nyear = 2025\n",
        "utf-8",
    )
    (folder / "places.csv").write_text(
        "place,name,kind,parent\n9998,Tomvik,municipality,\n", "utf-8"
    )
    return folder
