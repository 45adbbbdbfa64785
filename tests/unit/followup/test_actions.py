"""The status of actions from what their owners report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from jevn.followup import StatusReport, follow_up, read_status_reports
from jevn.followup.dates import first_day, last_day
from jevn.followup.results import ActionStatus, Status
from jevn.followup.schemas import FOLLOWUP
from jevn.plan.elements import ActionDetails, Element, ElementKind
from jevn.tables import empty_table, table_from_rows
from jevn.terms import LANGUAGES, InputRefused, Say, UserError

DETAILS = ActionDetails(
    owner="Seksjon barn", start="2027-01-01", deadline="2028-12-31", next_update="2028-06-01",
    cost_nok=(), posts=None, reach=None, target_group=None, places=(), function=None,
    change=None, crpd=(),
)  # fmt: skip
ACTION = Element("T1", ElementKind.ACTION, "Tiltak", "", None, DETAILS, (), (), ())


def report(day: str, status: Status = "on_track") -> StatusReport:
    return StatusReport("T1", day, status, None, None, None)


def status(as_of: str, *reports: StatusReport, action: Element = ACTION) -> ActionStatus:
    found = follow_up(elements=(action,), reports=reports, challenges=None, as_of=as_of)
    for lang in LANGUAGES:
        assert Say(lang).message(found.actions[0].message)
    return found.actions[0]


def test_the_latest_report_counts_whatever_the_order_of_the_file() -> None:
    found = status("2028-04-01", report("2028-03-02", "delayed"), report("2027-05-01"))
    assert (found.status, found.age_days) == ("delayed", 30)
    assert not found.overdue
    assert not found.stale


def test_of_two_reports_on_one_day_the_last_counts() -> None:
    found = status("2028-04-01", report("2028-03-01"), report("2028-03-01", "stopped"))
    assert found.status == "stopped"


def test_reports_from_after_the_date_do_not_count() -> None:
    found = status("2027-06-01", report("2027-05-02"), report("2028-03-01", "done"))
    assert (found.status, found.age_days) == ("on_track", 30)


def test_before_its_start_an_action_is_not_started() -> None:
    found = status("2026-12-31")
    assert (found.status, found.latest, found.overdue, found.stale) == (
        "not_started", None, False, False,
    )  # fmt: skip


def test_after_its_start_without_report_the_status_is_unknown() -> None:
    assert status("2027-03-01").status == "unknown"
    assert status("2028-03-01").stale


@pytest.mark.parametrize(
    ("as_of", "reports", "overdue"),
    [
        ("2028-05-31", (), False),
        ("2028-06-01", (), False),
        ("2028-06-02", (), True),
        ("2028-06-02", (report("2028-05-30"),), True),
        ("2028-06-02", (report("2028-06-01"),), False),
        ("2029-01-01", (report("2028-12-01"),), True),
        ("2029-01-01", (report("2028-12-01", "done"),), False),
        ("2029-01-01", (report("2028-01-01", "stopped"),), False),
    ],
)
def test_overdue_is_a_deadline_or_an_update_that_has_passed(
    as_of: str, reports: tuple[StatusReport, ...], overdue: bool
) -> None:
    assert status(as_of, *reports).overdue is overdue


def test_an_old_report_is_stale_unless_the_action_has_ended() -> None:
    calm = replace(ACTION, action=replace(DETAILS, deadline=None, next_update=None))
    day = report("2027-02-01")
    assert not status("2028-02-01", day, action=calm).stale  # 365 days
    assert status("2028-02-02", day, action=calm).stale
    ended = report("2027-02-01", "done")
    assert not status("2030-01-01", ended, action=calm).stale


def test_only_actions_have_a_status() -> None:
    goal = Element("M1", ElementKind.GOAL, "Mål", "", None, None, (), (), ())
    found = follow_up(elements=(goal, ACTION), reports=(), challenges=None, as_of="2027-01-01")
    assert [a.element for a in found.actions] == ["T1"]


def test_reports_for_what_is_no_action_are_refused() -> None:
    goal = Element("M1", ElementKind.GOAL, "Mål", "", None, None, (), (), ())
    reports = (
        replace(report("2027-01-01"), element="M1"),
        replace(report("2027-01-01"), element="X"),
    )
    with pytest.raises(InputRefused) as error:
        follow_up(elements=(goal,), reports=reports, challenges=None, as_of="2027-01-01")
    assert [p.id for p in error.value.problems] == [
        "followup_not_action",
        "followup_unknown_element",
    ]
    for lang in LANGUAGES:
        assert error.value.render(lang)


def test_dates_may_be_a_month_or_a_year() -> None:
    assert first_day("2028") == date(2028, 1, 1)
    assert last_day("2028") == date(2028, 12, 31)
    assert (first_day("2028-02"), last_day("2028-02")) == (date(2028, 2, 1), date(2028, 2, 29))
    assert first_day("2028-02-03") == last_day("2028-02-03") == date(2028, 2, 3)


@pytest.mark.parametrize("text", ["", "snart", "28-01-01", "2028-13", "2028-02-30", "2028-1-1-1"])
def test_what_is_no_date_is_the_users_error(text: str) -> None:
    with pytest.raises(UserError) as error:
        first_day(text)
    assert error.value.id == "followup_date"


def test_status_reports_are_read_from_their_table() -> None:
    frame = table_from_rows(
        FOLLOWUP,
        [{"element": "T1", "date": "2028-09-01", "status": "delayed", "spent_nok": "1500"}],
    )
    assert read_status_reports(frame) == (
        StatusReport("T1", "2028-09-01", "delayed", None, None, 1500.0),
    )
    assert read_status_reports(empty_table(FOLLOWUP)) == ()
    assert read_status_reports(pl.DataFrame()) == ()
