"""Reads about people."""

from __future__ import annotations

from jevn_web.people.models import AuditEvent


def newest_acts(most: int = 50) -> list[AuditEvent]:
    """The newest acts, newest first."""
    return list(AuditEvent.objects.all()[:most])
