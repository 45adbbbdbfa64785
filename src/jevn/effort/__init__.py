"""Step 3: what does the municipality do today, in which area, with how much, for whom?

Read in this order: ``results`` (what comes out), ``chart_of_accounts`` (KOSTRA functions,
default shares and types as data), ``accounts`` (gross and net per function), ``shares``
(which part of a function belongs to which area), ``services`` (the register of services and
actions), ``reconciling`` (every krone in an area or left over), ``use`` (who gets it),
``zones`` (where it goes), ``comparing`` (what others spend), ``profile`` (all of it put
together). What comes from outside: ``importing`` (economy systems), ``kostra_import`` (KOSTRA
tables), ``registering`` (registers of services), ``hierarchy`` (published sums of codes).
"""

from jevn.effort.importing import ImportedAccounts, import_accounts
from jevn.effort.profile import effort_profile
from jevn.effort.results import EffortProfile

__all__ = ["EffortProfile", "ImportedAccounts", "effort_profile", "import_accounts"]
