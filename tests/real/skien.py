"""A plan folder for Skien, from published files: what a planner would make by hand.

The survey's zones of Skien, municipalities and education (2021 and 2025), extracts of the Institute
of Public Health's statistics, and population.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from jevn.planwork import new_folder
from jevn.planwork.sources import refresh_folder
from jevn.sources.municipalities import municipality

ZONED: Final = ("4003",)
SURVEY: Final = {
    "helse": ("god_helse", "helsetjenester", "God eller svært god helse", "favourable"),
    "HSCL_2kat": ("psykiske_plager", "helsetjenester", "Psykiske plager", "adverse"),
    "tannlege": ("tannlege", "helsetjenester", "Over to år siden tannlege", "adverse"),
    "sykdom_a": ("sykdom", "helsetjenester", "Sykdom påvirker hverdagen mye", "adverse"),
    "INSOMNIA": ("sovnvansker", "levevaner", "Søvnproblemer", "adverse"),
    "roeyking_a": ("royking", "levevaner", "Røyker daglig", "adverse"),
    "FYSAK_2kat": ("fysak", "levevaner", "Fysisk aktiv fire dager i uka", "favourable"),
    "groennsaker": ("gronnsaker", "levevaner", "Grønnsaker daglig", "favourable"),
    "oekonomi": ("okonomi_vanskelig", "fattigdom", "Vanskelig å få endene til å møtes", "adverse"),
    "bolig": ("eier_bolig", "bolig", "Eier boligen", "favourable"),
    "trivsel": ("trivsel", "naermiljo", "Trives i nærmiljøet", "favourable"),
    "trygg": ("trygg", "naermiljo", "Trygg ute i nærmiljøet", "favourable"),
    "veitrafikkstoey": ("stoy", "naermiljo", "Plaget av veistøy", "adverse"),
    "organisert": ("organisert", "fritid", "Deltar i organisert aktivitet hver uke", "favourable"),
    "ucla_2kat": ("ensomhet", "deltakelse", "Ensomhet", "adverse"),
    "oslo_sum_3kat": ("sosial_stotte", "deltakelse", "Høy sosial støtte", "favourable"),
    "tilhoerighet": ("tilhorighet", "deltakelse", "Hører til på stedet", "favourable"),
}
BY_EDUCATION: Final = {
    "helse": "god_helse", "hscl_2kat": "psykiske_plager", "tannlege": "tannlege",
    "sykdom": "sykdom", "insomni": "sovnvansker", "roeyking": "royking", "fysak_2kat": "fysak",
    "groennsaker": "gronnsaker", "oekonomi": "okonomi_vanskelig", "bolig": "eier_bolig",
    "trygg": "trygg", "veitrafikkstoey": "stoy", "organisert": "organisert",
    "ucla_2kat": "ensomhet", "oslo_sum_3kat": "sosial_stotte",
}  # fmt: skip
OTHERS: Final = (
    ("levealder", "helsetjenester", "Forventet levealder ved 30 år", "years", "favourable"),
    ("psyk_primar", "helsetjenester", "Psykiske plager hos fastlegen", "per_1000", "adverse"),
    ("dodelighet", "helsetjenester", "Døde, alle årsaker", "per_100000", "adverse"),
    ("grunnskolepoeng", "oppvekst", "Grunnskolepoeng", "points", "favourable"),
    ("trives10", "oppvekst", "Trives på skolen, 10. trinn", "percent", "favourable"),
    ("overvekt17", "levevaner", "Overvekt, 17 år", "percent", "adverse"),
    ("hoy_gjeld", "fattigdom", "Gjeld over tre ganger inntekten", "percent", "adverse"),
    ("lavinntekt", "fattigdom", "Lavinntekt, 25 år og eldre", "percent", "adverse"),
    ("trangt", "bolig", "Bor trangt", "percent", "adverse"),
)
FORM: Final = """
producer: Telemark fylkeskommune
title: Folkehelseundersøkelsen i Telemark, kommuner
place: Kommunenummer_2025
period: Årstall
values: [Antall_original, Andel_original, Antall_vektet, Andel_vektet]
groups: [Variabel]
leave_out:
  [Kommunenummer, Kommune, Kategori, Gruppe, Spørsmål, Svartype, Verdi, Svar, Spørsmålskode]
"""
PLACES: Final = '{variable: place, municipality: "{name}", region: "{name}", country: Hele landet}'
SEX: Final = (
    "- {variable: Kjønn, dimension: sex, total: Kjønn samlet, codes: {Menn: men, Kvinner: women}}"
)


def _survey(codes: dict[str, str]) -> str:
    return "{" + ", ".join(f"{k}: {v}" for k, v in codes.items()) + "}"


def queries() -> str:
    """The queries of the plan folder."""
    codes = _survey({code: found[0] for code, found in SURVEY.items()})
    parts = []
    for year in (2021, 2025):
        parts.append(f"""
- indicator: fhus
  provider: file
  table: files/zones-{year}.csv
  origin: {{producer: Telemark fylkeskommune, title: "Folkehelseundersøkelsen, levekårssoner"}}
  places: {{variable: place, zone: "{{code}}"}}
  period: period
  indicators: {{variable: Variabel, codes: {codes}}}
  figures: {{variable: figure, codes: {{Antall: numerator, Andel: share}}}}
  basis: share
  factor: 100
- indicator: fhus
  provider: file
  table: files/municipalities-{year}.csv
  form: files/by-municipality.yaml
  places: {{variable: place, municipality: "{{code}}", region: "{{code}}"}}
  period: period
  indicators: {{variable: Variabel, codes: {codes}}}
  figures:
    variable: figure
    codes: {{Antall_original: numerator, Andel_original: share, Andel_vektet: value}}
  basis: share
  factor: 100
""")
    parts.append(f"""
- indicator: fhus-utdanning
  provider: file
  table: files/by-education.csv
  origin: {{producer: Telemark fylkeskommune, title: "Folkehelseundersøkelsen etter utdanning"}}
  places: {{whole: "40"}}
  period: period
  indicators: {{variable: indicator, codes: {_survey(BY_EDUCATION)}}}
  groups:
    - variable: education
      dimension: education
      codes: {{Grunnskole: basic, Videregående: upper_secondary, Høyere utdanning: higher}}
  basis: share
- indicator: levealder
  provider: file
  table: files/life-expectancy-by-education-7yr.csv
  origin: {{producer: Folkehelseinstituttet, title: "Levealder etter utdanning, tabell 507"}}
  places: {PLACES}
  period: period
  select: {{Kjønn: kjønn samlet, Alder: 30 år}}
  groups:
    - variable: Utdanningsnivå
      dimension: education
      total: alle utdanningsnivåer
      codes: {{grunnskole: basic, videregående: upper_secondary, universitet/ høgskole: higher}}
  basis: mean
- indicator: grunnskolepoeng
  provider: file
  table: files/school-points-by-parental-education.csv
  origin: {{producer: Folkehelseinstituttet, title: "Grunnskolepoeng, tabell 362"}}
  places: {PLACES}
  period: period
  groups:
    - variable: Foreldrenes utdanningsnivå
      dimension: education
      total: totalt
      codes: {{grunnskole: basic, videregående: upper_secondary, universitet/ høgskole: higher}}
  basis: standardised
  factor: 100
- indicator: overvekt17
  provider: file
  table: files/overweight-17yr.csv
  origin: {{producer: Folkehelseinstituttet, title: "Overvekt og fedme, tabell 388"}}
  places: {PLACES}
  period: period
  groups:
    - variable: Kjønn
      dimension: sex
      total: Kjønn samlet
      codes: {{Gutter: men, Jenter: women}}
  basis: standardised
  factor: 100
- indicator: trives10
  provider: file
  table: files/school-wellbeing-10th-grade.csv
  origin: {{producer: Folkehelseinstituttet, title: "Trivsel på skolen, tabell 805"}}
  places: {PLACES}
  period: period
  basis: standardised
  factor: 100
- indicator: hoy_gjeld
  provider: file
  table: files/debt-over-3x-income.csv
  origin: {{producer: Folkehelseinstituttet, title: "Gjeld over tre ganger inntekt, tabell 358"}}
  places: {PLACES}
  period: period
  basis: share
  factor: 100
- indicator: lavinntekt
  provider: file
  table: files/low-income-by-immigration.csv
  origin: {{producer: Folkehelseinstituttet, title: "Lavinntekt, tabell 403"}}
  places: {PLACES}
  period: period
  groups:
    - variable: Innvandringskategori
      dimension: background
      codes: {{Innvandrere: immigrant, Øvrig befolkning: other}}
  basis: share
- indicator: trangt
  provider: file
  table: files/overcrowding-by-immigration.csv
  origin: {{producer: Folkehelseinstituttet, title: "Trangboddhet, tabell 795"}}
  places: {{variable: place, municipality: "{{code}}", region: "{{code}}", country: "0"}}
  period: period
  groups:
    - variable: Innvandringsbakgrunn
      dimension: background
      total: totalt
      codes: {{innvandrere: immigrant}}
  basis: share
  factor: 100
- indicator: psyk_primar
  provider: file
  table: files/mental-health-primary-care-1yr.csv
  origin: {{producer: Folkehelseinstituttet, title: "Psykiske symptomer og lidelser, tabell 370"}}
  places: {PLACES}
  period: period
  select: {{Alder: 0-74 år, Sykdomsgruppe: Psykiske symptomer og lidelser}}
  groups:
    {SEX}
  basis: standardised
- indicator: dodelighet
  provider: file
  table: files/causes-of-death-10yr.csv
  origin: {{producer: Folkehelseinstituttet, title: "Dødsårsaker, tabell 342"}}
  places: {PLACES}
  period: period
  select: {{Dødsårsak: Alle dødsårsaker}}
  basis: standardised
- indicator: befolkning
  into: population
  provider: file
  table: files/population.csv
  origin: {{producer: Statistisk sentralbyrå, title: "Folkemengde, tabell 07459"}}
  places:
    variable: place
    municipality: "{{code}}"
    country: "0"
  period: period
  groups:
    - {{variable: sex, dimension: sex, codes: {{male: men, female: women}}}}
    - {{variable: age, dimension: age, codes: ages}}
- indicator: utdanning
  into: population
  provider: file
  table: files/education.csv
  origin: {{producer: IMDi, title: "Utdanningsnivå"}}
  places: {{variable: place, municipality: "{{code}}", history: true}}
  period: period
  select: {{sex: Alle, background: Hele befolkningen}}
  groups:
    - variable: education
      dimension: education
      codes: {{Grunnskole: basic}}
""")
    return "".join(parts)


def build_skien(folder: Path, shared: Path, *, zoned: Iterable[str] = ZONED) -> Path:
    """Make the plan folder of Skien from the files.

    Args:
        folder: where to make it; must not exist.
        shared: folder of the real material.
        zoned: municipalities whose zones are taken in.
    """
    data = shared / "data"
    porsgrunn = municipality("Porsgrunn")
    new_folder(folder, name="Skien", number="4003", as_of=date(2026, 11, 1), peers=[porsgrunn])
    files = folder / "files"
    files.mkdir()
    for path in (data / "fhi-extracts").glob("*.csv"):
        shutil.copy(path, files)
    for path in (data / "fhus-telemark-2025").glob("*.csv"):
        shutil.copy(path, files)
    people = data / "population-csdata/population-1yr-age-sex-drammen-and-peers-2010-2026.csv"
    shutil.copy(people, files / "population.csv")
    learnt = data / "municipality-education-imdi/education-by-municipality-2011-2020.csv"
    shutil.copy(learnt, files / "education.csv")
    (files / "by-municipality.yaml").write_text(FORM, "utf-8")
    (folder / "queries.yaml").write_text(queries(), "utf-8")
    _indicators(folder)
    _zones(folder, data / "fhus-telemark-2025", tuple(zoned))
    refresh_folder(folder, offline=True)
    return folder


def _indicators(folder: Path) -> None:
    with (folder / "indicators.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["indicator", "area", "name", "scale", "polarity"])
        for id, area, name, polarity in SURVEY.values():
            writer.writerow([id, area, name, "percent", polarity])
        writer.writerows(OTHERS)


def _zones(folder: Path, survey: Path, zoned: tuple[str, ...]) -> None:
    text = (survey / "zones-list.csv").read_text("utf-8-sig")
    zones = [r for r in csv.DictReader(text.splitlines(), delimiter=";")
             if r["Kommunenummer"] in zoned]  # fmt: skip
    with (folder / "places.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for zone in zones:
            row = [zone["Levekårssone_ID"], zone["Levekårssone_navn"], "zone"]
            writer.writerow([*row, zone["Kommunenummer"], ""])
    ids = {z["Levekårssone_ID"] for z in zones}
    shapes = json.loads((survey / "zones.geojson").read_text("utf-8"))
    kept = []
    for shape in shapes["features"]:
        place = str(shape["properties"]["levekaarssone_aggregert"])
        if place in ids:
            kept.append({**shape, "properties": {"place": place}})
    shapes["features"] = kept
    (folder / "zones.geojson").write_text(json.dumps(shapes, ensure_ascii=False), "utf-8")
