"""The door for gunicorn: `gunicorn v6portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
# Only the web process keeps a pool; a management command opens one connection and leaves.
os.environ.setdefault("DATABASE_POOL", "on")

application = get_wsgi_application()
