"""Publishing: charts, web pages, documents and data packages from a dossier of results."""
