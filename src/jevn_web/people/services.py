"""Writes about people: the audit trail."""

from __future__ import annotations

from jevn_web.people.models import AuditEvent


def record(actor: str, act: str, subject: str, **details: str | int | None) -> None:
    """Add one event to the audit trail; call it in the same transaction as the act."""
    AuditEvent.objects.create(actor=actor, act=act, subject=subject, details=details)
