"""Addresses of this app's pages and of their charts."""

from __future__ import annotations

from jevn_web.publication.pages import NAMES
from jevn_web.work.addresses import addresses

urlpatterns = addresses(NAMES)
