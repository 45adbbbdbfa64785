"""Reading workshop reports into their structure.

A file goes through four stages, each in a module of its own: its text becomes ``lines`` with
layout hints; the list of ``contents`` is parted from them; lines that belong together become
``blocks``; and the ``structure`` tells each block's role. A further file format only needs a
new first stage.
"""

from jevn.participation.report.reading import read_report

__all__ = ["read_report"]
