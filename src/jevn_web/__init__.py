"""The web application: one Django project over the library ``jevn``."""
