"""The app of the design."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Links, rendering and static files."""

    name = "jevn_web.design"
    label = "design"
