"""``python -m jevn``: the same as the command ``jevn``."""

from jevn.cli import main

if __name__ == "__main__":
    main()
