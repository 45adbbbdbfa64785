"""Origins of Elvebyen's figures: fictional, with the published work each was set from."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

_MADE = "2027-02-15"


def origin_entries() -> list[dict[str, Any]]:
    """Entries of ``origins.yaml``: one per published source imitated, and the local tables."""
    text = files("jevn.demo").joinpath("data", "sources.yaml").read_text("utf-8")
    entries = []
    for source in yaml.safe_load(text):
        published = source["id"] != "forutsetning"
        title = (
            f"Generert, satt fra publiserte norske gradienter: {source['title']}"
            if published
            else "Generert. Gradienten er en forutsetning, ikke satt fra en publisert tabell"
        )
        by = f" ({source['producer']})" if published else ""
        entry = {
            "id": f"gen-{source['id']}",
            "producer": "Jevn, generator for Elvebyen",
            "title": title + by,
            "kind": "fictional",
            "version": "2027-02",
            "retrieved": _MADE,
            "licence": "Apache-2.0",
            "steps": ["sanne verdier satt per utdanningsgruppe og sone", "tall trukket med frø"],
        }
        if source["link"]:
            entry["link"] = source["link"]
        entries.append(entry)
    local = (
        ("gen-population", "Befolkning i Elvebyen etter sone, kjønn, alder og utdanning"),
        ("gen-accounts", "Regnskap og sammenligning i KOSTRA-form"),
        ("gen-services", "Register over tjenester og tiltak"),
        ("okonomiplan", "Økonomiplan 2028–2031, ramme til temaplanen"),
    )
    for ident, title in local:
        entries.append(
            {
                "id": ident,
                "producer": "Jevn, generator for Elvebyen",
                "title": f"Generert: {title}",
                "kind": "fictional",
                "version": "2027-02",
                "retrieved": _MADE,
                "licence": "Apache-2.0",
            }
        )
    return entries
