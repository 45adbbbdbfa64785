"""The web application of Jevn: shows and (later) edits one municipality's plan work.

Apps, each importing only those below it:

* ``project``: settings, addresses, the commands ``jevn serve`` and friends;
* ``knowledge`` (steps 1-3), ``dialogue`` (step 4), ``decisions`` (steps 5-6),
  ``publication`` (plan, follow-up, about): neighbours that do not know each other;
* ``work``: the stored work of a municipality: results as rows with their inputs' hashes;
* ``people``: who did what: accounts, roles, audit;
* ``design``: how pages are linked, rendered and styled.

In each app: ``models`` (rows), ``services`` (writes), ``selectors`` (reads), ``pages`` (what a
page shows), ``views``, ``urls``. Only services, selectors and admin touch models.
"""
