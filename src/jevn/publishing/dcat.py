"""The data package described for data catalogues: DCAT as JSON-LD, with DCAT-AP-NO's terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jevn.publishing.dossier import Dossier

_EU = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"nb": f"{_EU}/language/NOB", "nn": f"{_EU}/language/NNO", "en": f"{_EU}/language/ENG"}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat(dossier: Dossier, package: Mapping[str, Any]) -> dict[str, Any]:
    """The package as a ``dcat:Dataset`` with one distribution for each file.

    Addresses of the files are relative: a catalogue that holds them adds its own.

    Args:
        dossier: the results, for who publishes and in which language.
        package: the content of ``datapackage.json``.

    Source: DCAT 3, https://www.w3.org/TR/vocab-dcat-3/; DCAT-AP-NO,
    https://data.norge.no/specification/dcat-ap-no
    """
    cover = dossier.cover
    licence = package["licenses"][0]["path"]
    dataset: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": f"#{package['name']}",
        "@type": "dcat:Dataset",
        "dct:identifier": package["name"],
        "dct:title": {"@value": package["title"], "@language": cover.language},
        "dct:description": {
            "@value": package["description"] or package["title"],
            "@language": cover.language,
        },
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": cover.municipality,
            "dct:identifier": cover.number,
        },
        "dct:modified": {"@value": cover.as_of, "@type": "xsd:date"},
        "dct:language": {"@id": _LANGUAGES[cover.language]},
        "dcat:theme": [{"@id": f"{_EU}/data-theme/{t}"} for t in ("HEAL", "SOCI")],
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "prov:wasDerivedFrom": [
            {"@type": "prov:Entity", "dct:title": s["title"]}
            | ({"@id": s["path"]} if "path" in s else {})
            for s in package["sources"]
        ],
        "dcat:distribution": [_distribution(r, licence) for r in package["resources"]],
    }
    if cover.contact:
        mail = {"@id": f"mailto:{cover.contact}"}
        dataset["dcat:contactPoint"] = {"@type": "vcard:Organization", "vcard:hasEmail": mail}
    return dataset


def _distribution(resource: Mapping[str, Any], licence: str) -> dict[str, Any]:
    method, _, digest = str(resource["hash"]).partition(":")
    media = f"https://www.iana.org/assignments/media-types/{resource['mediatype']}"
    return {
        "@type": "dcat:Distribution",
        "dct:title": resource["name"],
        "dct:description": {"@value": resource["description"], "@language": "en"},
        "dcat:downloadURL": {"@id": resource["path"]},
        "dcat:accessURL": {"@id": resource["path"]},
        "dcat:mediaType": {"@id": media},
        "dcat:byteSize": resource["bytes"],
        "dct:license": {"@id": licence},
        "spdx:checksum": {
            "spdx:algorithm": {"@id": f"spdx:checksumAlgorithm_{method}"},
            "spdx:checksumValue": digest,
        },
    }
