"""Settings, addresses, and the commands the web application adds to ``jevn``."""
