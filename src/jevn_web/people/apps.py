"""The app of people."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Audit trail; accounts and roles come here."""

    name = "jevn_web.people"
    label = "people"
