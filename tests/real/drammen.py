"""A plan folder for Drammen, from published files that use the municipality's former numbers."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Final

from jevn.planwork import new_folder
from jevn.planwork.sources import refresh_folder
from jevn.sources.municipalities import municipality

QUERIES: Final = """
- indicator: befolkning
  into: population
  provider: file
  table: files/population.csv
  origin: {producer: Statistisk sentralbyrå, title: "Folkemengde, tabell 07459"}
  places: {variable: place, municipality: "{code}", country: "0"}
  period: period
  groups:
    - {variable: sex, dimension: sex, codes: {male: men, female: women}}
    - {variable: age, dimension: age, codes: ages}
- indicator: utdanning
  into: population
  provider: file
  table: files/education.csv
  origin: {producer: IMDi og Statistisk sentralbyrå, title: Utdanningsnivå}
  places: {variable: place, municipality: "{code}", history: true}
  period: period
  select: {sex: Alle, background: Hele befolkningen}
  groups:
    - variable: education
      dimension: education
      codes:
        Grunnskole: basic
        Videregående skole: upper_secondary
        Universitet og høgskole: higher
"""


def build_drammen(folder: Path, shared: Path) -> Path:
    """Make the plan folder of Drammen from the files."""
    data = shared / "data"
    new_folder(
        folder, name="Drammen", number="3301", as_of=date(2026, 11, 1), peers=[municipality("Lier")]
    )
    files = folder / "files"
    files.mkdir()
    people = data / "population-csdata/population-1yr-age-sex-drammen-and-peers-2010-2026.csv"
    shutil.copy(people, files / "population.csv")
    learnt = data / "municipality-education-imdi/education-by-municipality-2011-2020.csv"
    shutil.copy(learnt, files / "education.csv")
    (folder / "queries.yaml").write_text(QUERIES, "utf-8")
    refresh_folder(folder, offline=True)
    return folder
