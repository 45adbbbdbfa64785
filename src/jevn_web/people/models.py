"""Rows about who did what."""

from __future__ import annotations

from django.db import models


class AuditEvent(models.Model):
    """One act that changed stored data. Rows are only ever added."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=200)
    act = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.act} {self.subject}"
