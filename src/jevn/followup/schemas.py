"""The table of follow-up: status reports from the owners of actions."""

from __future__ import annotations

from jevn.tables import Column, TableSchema

FOLLOWUP = TableSchema(
    "followup",
    "A status report from the owner of an action.",
    (
        Column(
            "element",
            "id",
            "id of the action in plan.yaml",
            required=True,
            aliases=("tiltak", "element-id", "tiltaks-id"),
        ),
        Column("date", "date", "date of the report", required=True, aliases=("dato",)),
        Column(
            "status",
            "choice",
            "how it goes",
            required=True,
            choices=("not_started", "on_track", "delayed", "done", "stopped"),
            aliases=("tilstand",),
        ),
        Column("note", "text", "what is said about it", aliases=("merknad", "kommentar")),
        Column("by", "text", "who reports", aliases=("av", "meldt av", "ansvarlig")),
        Column(
            "spent_nok",
            "amount",
            "kroner spent so far",
            aliases=("brukt", "forbruk", "brukte kroner"),
            at_least=0,
        ),
    ),
    key=("element", "date"),
)
