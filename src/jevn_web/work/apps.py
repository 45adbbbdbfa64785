"""The app of the stored work."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Stored works and their results."""

    name = "jevn_web.work"
    label = "work"
