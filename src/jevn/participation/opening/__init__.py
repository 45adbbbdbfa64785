"""One safe way to open what people send: text, Markdown, Word, PDF and e-mail.

The kind of a file is told by its content, not only by its name. Whatever it is, it becomes
``lines`` with layout hints. Word files and PDFs are read in a process of their own with limits
on time and memory (``deadline``); nothing in a file is ever run, and nothing is fetched. What
cannot be read is refused whole, with the reason and what to do.
"""

from jevn.participation.opening.documents import open_bytes, open_document
from jevn.participation.opening.lines import Line, lines_of
from jevn.participation.opening.opened import NotOpened, Opened

__all__ = ["Line", "NotOpened", "Opened", "lines_of", "open_bytes", "open_document"]
