"""Follow-up: did the actions happen, and did level and gap move?

Read in this order: ``results`` (what comes out), ``reports`` (status reports of owners),
``actions`` (each action's status), ``targets`` (each target against the newest figure),
``following`` (both together).
"""

from jevn.followup.following import follow_up
from jevn.followup.reports import read_status_reports
from jevn.followup.results import FollowUp, StatusReport

__all__ = ["FollowUp", "StatusReport", "follow_up", "read_status_reports"]
