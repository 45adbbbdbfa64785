"""Fetching: kept first, politely, again when it may help, and never losing what was fetched."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import stamina

from jevn.sources.keeping import Kept
from jevn.sources.pace import Limit, Pace, policy, retry_after
from jevn.sources.request import Answer, Request
from jevn.sources.transport import Transport
from jevn.terms import LANGUAGES, UserError

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self):
        self.time = 100.0
        self.waits = []

    def __call__(self):
        return self.time

    def pause(self, seconds):
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture(autouse=True)
def quick_retries():
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def transport(tmp_path):
    clock = Clock()

    def made(**options):
        return Transport(
            tmp_path / "kept", pause=clock.pause, clock=clock, now=lambda: NOW, **options
        )

    made.clock = clock
    return made


def id_of(fault):
    (problem,) = fault.value.problems
    for lang in LANGUAGES:
        assert problem.what(lang)
        assert problem.remedy(lang)
    return problem.id


def test_an_answer_is_kept_and_given_again_without_asking(provider, transport):
    provider.replies[0].body = "Rådhuset".encode()
    request = Request(f"{provider.url}/data", (("lang", "no"), ("x", "a b")))
    first = transport().fetch(request)
    again = transport().fetch(request)
    assert (first.text, first.kept, first.fetched) == ("Rådhuset", False, "2026-11-01T12:00:00Z")
    assert (again.text, again.kept, again.fetched) == ("Rådhuset", True, "2026-11-01T12:00:00Z")
    assert provider.asked == [("GET", "/data?lang=no&x=a+b", b"")]


def test_a_body_is_posted_as_json(provider, transport):
    transport().fetch(Request.posting(f"{provider.url}/data", {"år": ["2024"]}))
    ((method, _, body),) = provider.asked
    assert (method, json.loads(body)) == ("POST", {"år": ["2024"]})


def test_renewing_asks_once_and_keeps_the_older_answer_beside(provider, transport, tmp_path):
    request = Request(f"{provider.url}/data")
    provider.replies[0].body = b"old"
    transport().fetch(request)
    provider.replies[0].body = b"new"
    renewing = transport(renew=True)
    assert [renewing.fetch(request).body for _ in range(3)] == [b"new"] * 3
    assert len(provider.asked) == 2
    bodies = {p.read_bytes() for p in (tmp_path / "kept").glob("*.body")}
    assert bodies == {b"old", b"new"}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_it_asks_again_when_that_may_help(provider, transport, status):
    reply = type(provider.replies[0])
    provider.replies = [reply(status), reply(status), reply(200, b"at last")]
    assert transport().fetch(Request(f"{provider.url}/data")).body == b"at last"
    assert len(provider.asked) == 3


@pytest.mark.parametrize("how", ["cut", "silent"])
def test_an_answer_that_breaks_off_is_asked_for_again_and_never_kept(provider, transport, how):
    reply = type(provider.replies[0])
    provider.replies = [reply(200, b"half", **{how: True}), reply(200, b"whole")]
    assert transport().fetch(Request(f"{provider.url}/data")).body == b"whole"
    assert transport(offline=True).fetch(Request(f"{provider.url}/data")).body == b"whole"


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_asked_again_and_says_why(provider, transport, status):
    body = {"type": "Parameter error", "title": "Too many cells selected"}
    provider.replies = [type(provider.replies[0])(status, json.dumps(body).encode())]
    with pytest.raises(UserError) as fault:
        transport().fetch(Request(f"{provider.url}/data"))
    assert id_of(fault) == "sources_refused"
    assert "Too many cells selected" in str(fault.value)
    assert str(status) in str(fault.value)
    assert len(provider.asked) == 1


@pytest.mark.parametrize("body", [b"", b"<html>Forbidden</html>", b"[1]", b"\xff\xfe"])
def test_a_refusal_without_words_is_told_all_the_same(provider, transport, body):
    provider.replies = [type(provider.replies[0])(404, body)]
    with pytest.raises(UserError) as fault:
        transport().fetch(Request(f"{provider.url}/data"))
    assert id_of(fault) == "sources_refused"


def test_in_the_end_it_gives_up_with_the_reason(provider, transport):
    provider.replies = [type(provider.replies[0])(503)]
    with pytest.raises(UserError) as fault:
        transport(attempts=3).fetch(Request(f"{provider.url}/data"))
    assert id_of(fault) == "sources_refused"
    assert "503" in str(fault.value)


def test_no_contact_is_told_as_such(transport):
    with pytest.raises(UserError) as fault:
        transport(attempts=2).fetch(Request("http://127.0.0.1:9/data"))
    assert id_of(fault) == "sources_unreachable"


def test_what_was_fetched_before_is_given_when_the_provider_fails(provider, transport):
    request = Request(f"{provider.url}/data")
    provider.replies[0].body = b"kept"
    transport().fetch(request)
    provider.replies = [type(provider.replies[0])(503)]
    found = transport(renew=True, attempts=2).fetch(request)
    assert (found.body, found.kept, found.stale) == (b"kept", True, True)


def test_offline_asks_nobody(provider, transport):
    with pytest.raises(UserError) as fault:
        transport(offline=True).fetch(Request(f"{provider.url}/data"))
    assert id_of(fault) == "sources_offline"
    assert provider.asked == []


def test_a_kept_answer_that_somebody_changed_is_fetched_anew(provider, transport, tmp_path):
    request = Request(f"{provider.url}/data")
    provider.replies[0].body = b"true"
    transport().fetch(request)
    (path,) = (tmp_path / "kept").glob("*.body")
    path.write_bytes(b"false")
    assert transport().fetch(request).body == b"true"
    assert len(provider.asked) == 2


def test_nothing_half_written_is_left(tmp_path, monkeypatch):
    kept = Kept(tmp_path)

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="no space"):
        kept.put(Answer(Request("http://x/y"), b"body", "2026-01-01T00:00:00Z"))
    assert list(tmp_path.iterdir()) == []


def test_calls_keep_within_the_limit_that_is_known(provider, transport):
    host = provider.url.removeprefix("http://")
    polite = transport(limits={host: Limit(2, 10.0)})
    for i in range(5):
        polite.fetch(Request(f"{provider.url}/{i}"))
    assert transport.clock.time - 100 == pytest.approx(20)


def test_the_providers_own_headers_rule(provider, transport):
    provider.replies[0].headers = {"x-ratelimit-policy": "3;w=60s"}
    polite = transport()
    for i in range(4):
        polite.fetch(Request(f"{provider.url}/{i}"))
    assert transport.clock.waits == [pytest.approx(60)]


def test_nothing_remaining_means_wait_for_the_window(provider, transport):
    reply = type(provider.replies[0])
    provider.replies = [
        reply(headers={"x-ratelimit-policy": "40;w=60s", "x-ratelimit-remaining": "0"}),
        reply(),
    ]
    polite = transport()
    polite.fetch(Request(f"{provider.url}/1"))
    polite.fetch(Request(f"{provider.url}/2"))
    assert transport.clock.waits == [pytest.approx(60)]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("40;w=60s", Limit(40, 60)), ("30;w=60", Limit(30, 60)), ("5;w=1m", Limit(5, 60)),
        ("0;w=0s", None), ("", None), (None, None), ("soon", None),
    ],
)  # fmt: skip
def test_limits_as_headers_write_them(text, limit):
    assert policy(text) == limit


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12), ({"x-ratelimit-reset": "3s"}, 3), ({}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None), ({"retry-after": "99999"}, None),
    ],
)  # fmt: skip
def test_how_long_to_wait_as_headers_write_it(headers, seconds):
    assert retry_after(headers) == seconds


def test_without_a_limit_nobody_waits():
    clock = Clock()
    pace = Pace(None, clock=clock, pause=clock.pause)
    for _ in range(100):
        pace.wait()
    assert clock.waits == []


def test_a_retry_writes_nothing_of_its_own(provider, transport, capfd, caplog):
    provider.replies = [type(provider.replies[0])(status=503), type(provider.replies[0])()]
    transport().fetch(Request(provider.url + "/a"))
    assert len(provider.asked) == 2
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
