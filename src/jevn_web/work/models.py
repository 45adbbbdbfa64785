"""Rows of stored works: one per loaded version, and one per step's result."""

from __future__ import annotations

from django.db import models


class StoredWork(models.Model):
    """One version of a municipality's work, as loaded. The newest is the one shown."""

    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=100)
    inputs_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class StoredResult(models.Model):
    """The result of one step as JSON, with the hash of everything it was made from."""

    work = models.ForeignKey(StoredWork, on_delete=models.CASCADE, related_name="results")
    part = models.CharField(max_length=40)
    data = models.TextField()
    inputs_hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("work", "part"), name="one_result_per_part"),
        )

    def __str__(self) -> str:
        return f"{self.work}: {self.part}"
