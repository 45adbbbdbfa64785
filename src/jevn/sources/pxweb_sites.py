"""The sites that run PxWeb: where they are, what they allow, on what terms.

Limits as the sites told them by August and September 2026.
"""

from __future__ import annotations

from typing import Final

from jevn.sources.pace import Limit
from jevn.sources.provider import Maker, ProviderInfo
from jevn.sources.pxweb import PxWeb
from jevn.sources.pxweb_v1 import PxWebV1
from jevn.sources.transport import Transport
from jevn.terms import LocalText

SSB: Final = ProviderInfo(
    id="ssb",
    name=LocalText(
        nb="Statistisk sentralbyrå", nn="Statistisk sentralbyrå", en="Statistics Norway"
    ),
    country="NO",
    about=LocalText(
        nb="Offisiell statistikk for kommuner, fylker og landet, KOSTRA med.",
        nn="Offisiell statistikk for kommunar, fylke og landet, KOSTRA med.",
        en="Official statistics of municipalities, counties and the country, KOSTRA included.",
    ),
    base="https://data.ssb.no/api/pxwebapi/v2",
    home="https://www.ssb.no/statbank",
    licence="CC BY 4.0",
    credit="Kilde: Statistisk sentralbyrå",
    pace=Limit(30, 60),
    most_cells=800_000,
)
SSB_V0: Final = ProviderInfo(
    id="ssb_v0",
    name=LocalText(
        nb="Statistisk sentralbyrå (eldre tjeneste)",
        nn="Statistisk sentralbyrå (eldre teneste)",
        en="Statistics Norway (older service)",
    ),
    country="NO",
    about=LocalText(
        nb="Samme tabeller som ssb, for spørringer som er lagret i den eldre formen.",
        nn="Same tabellar som ssb, for spørjingar som er lagra i den eldre forma.",
        en="The same tables as ssb, for queries saved in the older form.",
    ),
    base="https://data.ssb.no/api/v0/no",
    home="https://www.ssb.no/statbank",
    licence="CC BY 4.0",
    credit="Kilde: Statistisk sentralbyrå",
    pace=Limit(30, 60),
    most_cells=800_000,
)
OSLO: Final = ProviderInfo(
    id="oslo",
    name=LocalText("Oslo kommune"),
    country="NO",
    about=LocalText(
        nb="Statistikk for Oslos bydeler og delbydeler. Perioder har løpenummer som kode.",
        nn="Statistikk for bydelar og delbydelar i Oslo. Periodar har løpenummer som kode.",
        en="Statistics of Oslo's districts and sub-districts. Periods have running numbers.",
    ),
    base="https://statistikkbanken.oslo.kommune.no/statbank/api/v1/no",
    home="https://statistikkbanken.oslo.kommune.no",
    licence=None,
    credit="Oslo kommune, Statistikkbanken",
    pace=Limit(50, 10),
    most_cells=550_000,
)
SCB: Final = ProviderInfo(
    id="scb",
    name=LocalText(
        nb="Statistiska centralbyrån", nn="Statistiska centralbyrån", en="Statistics Sweden"
    ),
    country="SE",
    about=LocalText(
        nb="Offisiell statistikk for svenske kommuner, len og landet.",
        nn="Offisiell statistikk for svenske kommunar, len og landet.",
        en="Official statistics of Swedish municipalities, counties and the country.",
    ),
    base="https://statistikdatabasen.scb.se/api/v2",
    home="https://www.statistikdatabasen.scb.se",
    licence="CC0",
    credit="Källa: SCB",
    pace=Limit(30, 10),
    most_cells=150_000,
)
SCB_V1: Final = ProviderInfo(
    id="scb_v1",
    name=LocalText(
        nb="Statistiska centralbyrån (eldre tjeneste)",
        nn="Statistiska centralbyrån (eldre teneste)",
        en="Statistics Sweden (older service)",
    ),
    country="SE",
    about=LocalText(
        nb="Samme tabeller som scb, med sti som navn: BE/BE0101/BE0101A/BefolkningNy.",
        nn="Same tabellar som scb, med sti som namn: BE/BE0101/BE0101A/BefolkningNy.",
        en="The same tables as scb, named by path: BE/BE0101/BE0101A/BefolkningNy.",
    ),
    base="https://api.scb.se/OV0104/v1/doris/sv",
    home="https://www.statistikdatabasen.scb.se",
    licence="CC0",
    credit="Källa: SCB",
    pace=Limit(10, 10),
    most_cells=100_000,
    searchable=False,
)
FOHM: Final = ProviderInfo(
    id="fohm",
    name=LocalText(
        nb="Folkhälsomyndigheten", nn="Folkhälsomyndigheten", en="Public Health Agency of Sweden"
    ),
    country="SE",
    about=LocalText(
        nb="Svensk folkehelsestatistikk, blant annet den nasjonale folkehelseundersøkelsen.",
        nn="Svensk folkehelsestatistikk, mellom anna den nasjonale folkehelseundersøkinga.",
        en="Swedish public health statistics, among them the national public health survey.",
    ),
    base="https://fohm-app.folkhalsomyndigheten.se/Folkhalsodata/api/v1/sv",
    home="https://fohm-app.folkhalsomyndigheten.se/Folkhalsodata/pxweb/sv",
    licence=None,
    credit="Källa: Folkhälsomyndigheten",
    pace=Limit(1000, 10),
    most_cells=100_000,
)
STATFIN: Final = ProviderInfo(
    id="statfin",
    name=LocalText(nb="Tilastokeskus", nn="Tilastokeskus", en="Statistics Finland"),
    country="FI",
    about=LocalText(
        nb="Offisiell statistikk for finske kommuner, velferdsområder og landet.",
        nn="Offisiell statistikk for finske kommunar, velferdsområde og landet.",
        en="Official statistics of Finnish municipalities, wellbeing areas and the country.",
    ),
    base="https://statfin.stat.fi/PXWeb/api/v1/en",
    home="https://statfin.stat.fi/PxWeb/pxweb/en",
    licence=None,
    credit="Source: Statistics Finland",
    pace=Limit(40, 60),
    most_cells=120_000,
)
ICELAND: Final = ProviderInfo(
    id="iceland",
    name=LocalText(nb="Hagstofa Íslands", nn="Hagstofa Íslands", en="Statistics Iceland"),
    country="IS",
    about=LocalText(
        nb="Offisiell statistikk for islandske kommuner og landet.",
        nn="Offisiell statistikk for islandske kommunar og landet.",
        en="Official statistics of Icelandic municipalities and the country.",
    ),
    base="https://px.hagstofa.is/pxen/api/v1/en",
    home="https://px.hagstofa.is/pxen/pxweb/en",
    licence=None,
    credit="Source: Statistics Iceland",
    pace=Limit(100, 10),
    most_cells=100_000,
    searchable=False,
)
NORDIC: Final = ProviderInfo(
    id="nordic",
    name=LocalText(nb="Nordisk statistikk", nn="Nordisk statistikk", en="Nordic Statistics"),
    country="NORDIC",
    about=LocalText(
        nb="Samme tall for alle nordiske land, satt sammen av de nordiske statistikkbyråene.",
        nn="Same tal for alle dei nordiske landa, sette saman av dei nordiske statistikkbyråa.",
        en="The same figures for all Nordic countries, put together by the Nordic bureaus.",
    ),
    base="https://pxweb.nordicstatistics.org/api/v1/en",
    home="https://www.nordicstatistics.org",
    licence=None,
    credit="Source: Nordic Statistics Database",
    pace=Limit(100, 10),
    most_cells=1_000_000,
)

_SSB_PAGE: Final = "https://www.ssb.no/statbank/table/{table}"


def ssb(transport: Transport, info: ProviderInfo = SSB) -> PxWeb:
    """Statistics Norway."""
    return PxWeb(transport, info, lang="no", page=_SSB_PAGE)


def ssb_v0(transport: Transport, info: ProviderInfo = SSB_V0) -> PxWebV1:
    """Statistics Norway by the older service."""
    return PxWebV1(transport, info, most_values=50_000, database="table", page=_SSB_PAGE)


def oslo(transport: Transport, info: ProviderInfo = OSLO) -> PxWebV1:
    """Oslo kommune."""
    return PxWebV1(transport, info, most_values=1_000, database="db1")


def scb(transport: Transport, info: ProviderInfo = SCB) -> PxWeb:
    """Statistics Sweden."""
    return PxWeb(transport, info, lang="sv")


def scb_v1(transport: Transport, info: ProviderInfo = SCB_V1) -> PxWebV1:
    """Statistics Sweden by the older service."""
    return PxWebV1(transport, info, most_values=100_000, database="ssd")


def fohm(transport: Transport, info: ProviderInfo = FOHM) -> PxWebV1:
    """The Public Health Agency of Sweden."""
    return PxWebV1(transport, info, most_values=10_000)


def statfin(transport: Transport, info: ProviderInfo = STATFIN) -> PxWebV1:
    """Statistics Finland; ended series lie in the database ``StatFin_Passiivi``."""
    searched = ("StatFin", "Kuntien_avainluvut", "Hyvinvointialueet")
    return PxWebV1(transport, info, most_values=120_000, databases=searched)


def iceland(transport: Transport, info: ProviderInfo = ICELAND) -> PxWebV1:
    """Statistics Iceland."""
    return PxWebV1(transport, info, most_values=5_000)


def nordic(transport: Transport, info: ProviderInfo = NORDIC) -> PxWebV1:
    """The Nordic Statistics Database."""
    return PxWebV1(transport, info, most_values=1_000_000)


PROVIDERS: Final[tuple[tuple[ProviderInfo, Maker], ...]] = (
    (SSB, ssb),
    (SSB_V0, ssb_v0),
    (OSLO, oslo),
    (SCB, scb),
    (SCB_V1, scb_v1),
    (FOHM, fohm),
    (STATFIN, statfin),
    (ICELAND, iceland),
    (NORDIC, nordic),
)
