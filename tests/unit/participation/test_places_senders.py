"""Places and kinds of sender recognised in what people write; a person's name is no place."""

from __future__ import annotations

import polars as pl
import pytest

from jevn.participation.places import place_names, recognise_place
from jevn.participation.senders import recognise_sender

NAMES = {"Fjell": "z1", "Solbergelva": "z2", "Nedre Fjell": "z3", "Åssiden": "z4", "Vik": "z5"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Trygg skolevei på Fjell", "z1"),
        ("Ein møteplass i Solbergelva, takk", "z2"),
        ("Solbergelvas unge trenger et sted", "z2"),
        ("Fjell skole bør bygges ut", "z1"),
        ("Åssiden trenger en park", "z4"),
        ("Bussen går aldri til Nedre Fjell", "z3"),
        ("Vi på Fjell mener at Fjell skole er for liten", "z1"),
        ("Vi vil ha lys på Vik", "z5"),
        ("Både på Fjell og i Solbergelva", None),
        ("Lys på Fjell og Vik", None),
        ("Takk til Kari og Vik", None),
        ("Kari Fjell", None),
        ("Hilsen Kari Fjell", None),
        ("Vik Hansen har sagt dette", None),
        ("Ola Vik, leder", None),
        ("Jeg går tur på et fjell", None),
        ("Ei lita vik", None),
        ("Fjellveien må ryddes", None),
        ("", None),
    ],
)
def test_place(text: str, place: str | None) -> None:
    assert recognise_place(text, NAMES) == place


def test_only_parts_of_the_municipality_with_a_name_of_their_own_are_places() -> None:
    table = pl.DataFrame(
        {
            "place": ["9901", "a", "b", "c", "d"],
            "name": ["Elvebyen", "Sentrum", "Nord", "Nord", "Øst"],
            "kind": ["municipality", "zone", "zone", "zone", "zone"],
        }
    )
    assert place_names(table) == {"Sentrum": "a", "Øst": "d"}


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        ("Eldrerådet", "council"),
        ("Råd for personer med funksjonsnedsettelse", "council"),
        ("Ungdomsrådet i Elvebyen", "council"),
        ("Fjell nærutvalg", "council"),
        ("Elvebyen SV", "politician"),
        ("Ordfører Kari Nordmann", "politician"),
        ("Byggmester Hansen AS", "business"),
        ("Elvebyen næringsforening", "business"),
        ("Fjell idrettslag", "organisation"),
        ("Mental Helse Elvebyen", "organisation"),
        ("Elvebyen Røde Kors", "organisation"),
        ("Solås vel", "organisation"),
        ("Statsforvalteren i Østfold", "public_body"),
        ("NAV Elvebyen", "public_body"),
        ("Elvebyen kommune, avdeling oppvekst", "public_body"),
        ("Kari Nordmann", "person"),
        ("Ole-Johan B. Ås", "person"),
        ("kari", "unknown"),
        ("anonym", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_sender(sender: str | None, kind: str) -> None:
    assert recognise_sender(sender) == kind


def test_a_signature_tells_bodies_but_never_persons() -> None:
    assert (
        recognise_sender(None, "Vi trenger lys.\nMed vennlig hilsen\nSolås velforening")
        == "organisation"
    )
    assert recognise_sender(None, "Eg treng hjelp.\nHelsing Kari Nordmann") == "unknown"
    assert recognise_sender(None, "Ungdomsrådet bør spørres") == "unknown"
