"""What every provider does, whoever answers: one contract, played against small fakes of each.

A provider has its fake in ``fakes/``, found by itself. To add one, write a file there with

- ``PROVIDERS``: ids of the providers it plays (``table_of(id)`` if their tables differ in name);
- ``TABLE``, ``WORDS``: a table, and words that find it;
- ``VARIABLE``, ``VALUE``: a variable of the table and one of its values, in any case;
- ``SMALL`` (changes of ``ProviderInfo``), ``PATCH`` (constants of the provider) and ``FEW``
  (constants of the fake): what makes it answer the whole table in three parts or more;
- ``route(url, method, path, body)``: status and body of an answer. Headers, waiting, half
  answers and faults are played here.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import stamina

from jevn.sources.provider import Selection
from jevn.sources.registry import _makers, provider, providers
from jevn.sources.transport import Transport
from jevn.terms import LANGUAGES, UserError

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
FOLDER = Path(__file__).parent / "fakes"


def load(path):
    spec = spec_from_file_location(f"contract_{path.stem}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAYERS = {
    id: path for path in sorted(FOLDER.glob("*.py")) for id in getattr(load(path), "PROVIDERS", ())
}
IDS = sorted(PLAYERS)


class Site:
    """A provider that asks its fake, with faults played on top."""

    def __init__(self, id, server, folder, monkeypatch):
        self.id, self.server, self.folder, self.patch = id, server, folder, monkeypatch
        self.fake = load(PLAYERS[id])
        self.table = getattr(self.fake, "table_of", lambda _: self.fake.TABLE)(id)
        self.instead = []  # replies given before the fake's own
        self.calls_left = None
        server.route = self.route

    def route(self, method, path, body):
        reply = type(self.server.replies[0])
        if self.instead:
            return self.instead.pop(0)
        if self.calls_left is not None:
            self.calls_left -= 1
            if self.calls_left < 0:
                return reply(status=503)
        status, answer = self.fake.route(self.server.url, method, path, body)
        return reply(status=status, body=answer)

    def reply(self, *args, **more):
        self.instead.append(type(self.server.replies[0])(*args, **more))

    def small(self):
        """Let the whole table need three parts or more."""
        for name, value in getattr(self.fake, "PATCH", {}).items():
            module, _, constant = name.rpartition(".")
            self.patch.setattr(import_module(module), constant, value)
        for name, value in getattr(self.fake, "FEW", {}).items():
            self.patch.setattr(self.fake, name, value)
        return getattr(self.fake, "SMALL", {})

    def __call__(self, folder="kept", *, changes=None, **options):
        info, maker = _makers()[self.id]
        transport = Transport(
            self.folder / folder, pause=lambda _: None, now=lambda: NOW, **options
        )
        return maker(transport, replace(info, base=self.server.url, **(changes or {})))


@pytest.fixture(autouse=True)
def quick_retries():
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture(params=IDS)
def site(request, provider, tmp_path, monkeypatch):
    return Site(request.param, provider, tmp_path, monkeypatch)


def fault_of(call):
    with pytest.raises(UserError) as fault:
        call()
    (problem,) = fault.value.problems
    for lang in LANGUAGES:
        assert problem.what(lang)
        assert problem.remedy(lang)
    return problem


def assert_same(one, other):
    assert one.dataset.table.equals(other.dataset.table)
    assert one.dataset.dimensions == other.dataset.dimensions
    assert one.origin == other.origin


def test_every_provider_has_a_fake_and_a_word_of_itself():
    assert {info.id for info in providers()} == set(IDS)
    for info in providers():
        assert all(info.name(lang) and info.about(lang) for lang in LANGUAGES)
        assert info.base.startswith("https://")
        assert not info.base.endswith("/")
        assert info.home.startswith("https://")
        assert info.credit


def test_an_unknown_provider_is_told_with_those_there_are(tmp_path):
    fault = fault_of(lambda: provider("sbb", Transport(tmp_path)))
    assert fault.id == "sources_unknown_provider"
    assert "ssb" in fault.params["known"]


def test_search_finds_the_table_or_says_where_to_look(site):
    one = site()
    if not one.info.searchable:
        fault = fault_of(lambda: one.search("x"))
        assert (fault.id, fault.params["home"]) == ("sources_no_search", one.info.home)
        return
    hits = one.search(site.fake.WORDS)
    found = {hit.id.casefold() for hit in hits}
    assert site.table.casefold() in found
    assert len(found) == len(hits)
    assert all(hit.title for hit in hits)
    assert one.search("zzzzzz") == ()
    assert len(one.search(site.fake.WORDS, most=1)) == 1


def test_describe_lists_variables_with_values_and_names(site):
    about = site().describe(site.table)
    assert (about.provider, about.id.casefold()) == (site.id, site.table.casefold())
    assert about.title
    assert about.link.startswith("https://")
    assert about.variables
    assert all(v.codes and v.label for v in about.variables)
    variable = about.variable(site.fake.VARIABLE.swapcase())
    assert site.fake.VALUE in variable.codes


def test_fetch_gives_a_row_for_each_cell_with_where_it_comes_from(site):
    one = site()
    whole = one.fetch(site.table, [Selection(site.fake.VARIABLE, ("*",))])
    some = one.fetch(site.table, [Selection(site.fake.VARIABLE, (site.fake.VALUE,) * 2)])
    for found in (whole, some):
        names = [d.code for d in found.dataset.dimensions]
        table = found.dataset.table
        assert table.columns == [*names, "value", "flag"]
        assert table.height == table.select(names).unique().height > 0
        assert table["value"].is_not_null().any()
        assert found.requests
        assert not found.stale
        origin = found.origin
        assert origin.id.startswith(f"{site.id}_")
        assert origin.id == origin.id.casefold()
        assert (origin.retrieved, origin.licence) == ("2026-11-01", one.info.licence)
        assert origin.version.startswith("2025-")
        assert origin.producer
        assert origin.title
        assert origin.link.startswith("https://")
    chosen = some.dataset.table
    assert chosen[site.fake.VARIABLE].unique().to_list() == [site.fake.VALUE]
    kept = whole.dataset.table.filter(whole.dataset.table[site.fake.VARIABLE] == site.fake.VALUE)
    assert kept["value"].to_list() == chosen["value"].to_list()
    assert kept["flag"].to_list() == chosen["flag"].to_list()


def test_what_there_is_not_is_refused_by_name(site):
    one = site()
    for odd in ("nosuchtable", "x/../y", "", "9999999"):
        assert fault_of(lambda odd=odd: one.describe(odd)).id == "sources_unknown_table"
    wrong = fault_of(lambda: one.fetch(site.table, [Selection("nothing", ("1",))]))
    assert (wrong.id, wrong.params["given"]) == ("sources_unknown_variable", "nothing")
    wrong = fault_of(lambda: one.fetch(site.table, [Selection(site.fake.VARIABLE, ("nothing",))]))
    assert (wrong.id, wrong.params["given"]) == ("sources_unknown_value", "nothing")


def test_what_was_fetched_is_given_again_without_a_network(site):
    asked = [Selection(site.fake.VARIABLE, (site.fake.VALUE,))]
    before = site().fetch(site.table, asked)
    calls = len(site.server.asked)
    site.calls_left = 0
    again = site(offline=True).fetch(site.table, asked)
    assert_same(before, again)
    assert again.requests == before.requests
    assert len(site.server.asked) == calls
    fresh = fault_of(lambda: site("empty", offline=True).describe(site.table))
    assert fresh.id == "sources_offline"


def test_what_was_fetched_stands_in_when_the_provider_is_down(site):
    before = site().fetch(site.table, ())
    site.calls_left = 0
    later = site(renew=True).fetch(site.table, ())
    assert later.stale
    assert_same(before, later)


def test_too_many_calls_are_waited_for_as_long_as_the_provider_says(site, monkeypatch):
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)
    site.reply(status=429, headers={"Retry-After": "7"})
    with stamina.set_testing(False):
        found = site().fetch(site.table, ())
    assert found.dataset.table.height
    assert waits == [7]


def test_a_service_that_is_away_for_a_moment_is_asked_again(site):
    site.reply(status=503)
    site.reply(status=500)
    assert site().fetch(site.table, ()).dataset.table.height


HALF = b'{"class": "dataset", "id": ["Tid"], "value": [1, 2'
PAGE = b"<!DOCTYPE html><title>Vedlikehold</title>"


@pytest.mark.parametrize("body", [HALF, PAGE, b"", b'{"error": "Vent litt"}'], ids=repr)
def test_an_answer_that_is_none_is_told_and_nothing_is_lost(site, body):
    for _ in range(12):
        site.reply(body=body)
    wrong = fault_of(lambda: site().fetch(site.table, ()))
    assert wrong.id in ("sources_not_json", "sources_refused", "sources_not_jsonstat")
    site.instead.clear()
    before = site().fetch(site.table, ())
    for _ in range(40):
        site.reply(body=body)
    later = site(renew=True).fetch(site.table, ())
    assert later.stale
    assert_same(before, later)
    site.instead.clear()
    assert_same(before, site(offline=True).fetch(site.table, ()))


@pytest.mark.parametrize("body", [b"[]", b"{}", b"[1]", b'{"a": {"b": 1}}', b"null"], ids=repr)
def test_an_answer_of_another_form_is_told_and_asked_for_anew(site, body):
    for _ in range(40):
        site.reply(body=body)
    wrong = fault_of(lambda: site().fetch(site.table, ()))
    assert wrong.id.startswith("sources_")
    site.instead.clear()
    before = site().fetch(site.table, ())
    assert before.dataset.table.height
    for _ in range(40):
        site.reply(body=body)
    fault_of(lambda: site(renew=True).fetch(site.table, ()))
    site.instead.clear()
    assert_same(before, site(offline=True).fetch(site.table, ()))


def test_parts_that_came_are_kept_when_one_fails(site):
    changes = site.small()
    one = site(changes=changes)
    one.describe(site.table)
    before = len(site.server.asked)
    whole = one.fetch(site.table, ())
    asked = site.server.asked[before:]
    parts = len(whole.requests)
    assert parts >= 3
    other = site("other", changes=changes)
    other.describe(site.table)
    site.calls_left = len(asked) - parts + 2
    fault = fault_of(lambda: other.fetch(site.table, ()))
    assert fault.id == "sources_part"
    assert fault.params["done"] == 2
    site.calls_left = None
    before = len(site.server.asked)
    again = other.fetch(site.table, ())
    assert_same(whole, again)
    assert site.server.asked[before:] == asked[len(asked) - parts + 2 :]


def test_parts_together_are_the_whole(site):
    whole = site().fetch(site.table, ())
    parts = site("parts", changes=site.small()).fetch(site.table, ())
    assert len(parts.requests) > len(whole.requests)
    assert_same(whole, parts)
