#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it uses the checkout's own PostgreSQL: v6portal/embedded.py."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    if os.environ.get("DATABASE_URL"):
        execute_from_command_line(sys.argv)
        return
    from v6portal import embedded

    with embedded.checkout_environment():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
