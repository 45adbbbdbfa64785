"""Addresses of this app's pages and of their charts."""

from __future__ import annotations

from jevn_web.dialogue.pages import NAMES
from jevn_web.work.addresses import addresses

urlpatterns = addresses(NAMES)
