"""The floor: what one page costs Django itself on this machine. One file, nothing but the page.

A signed-in user asks for a table of 50 rows and nine columns, found by one indexed query, in a page as long as the
address says: ``/31000/`` answers with about 31,000 bytes. What the portal's pages take beyond this is our doing.

    FLOOR_DATABASE_URL=... python -m benchmarks.floor      makes its table and person, prints a session key
    FLOOR_DATABASE_URL=... gunicorn benchmarks.floor:application
"""

import datetime as dt
import os
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

ROWS_STORED, ROWS_SHOWN = 10_000, 50
STATES = ("ny", "pågår", "pausad", "klar")

TABLE = """{% load i18n %}<!doctype html>
<html lang="sv"><head><title>{% translate "Lista" %}</title></head><body>
<p>{{ user.username }}, {{ open }}</p>
<table>{% for row in rows %}
<tr><th><a href="/{{ row.pk }}/">{{ row.name }}</a></th><td>{{ row.heading }}</td><td>{{ row.place }}</td>
<td>{{ row.person }}</td><td>{{ row.state }}</td><td>{{ row.amount|floatformat:2 }}</td><td>{{ row.count }}</td>
<td>{{ row.made|date:"Y-m-d" }}</td><td>{{ filler }}</td></tr>{% endfor %}
</table></body></html>
"""


def database() -> dict:
    url = urlsplit(os.environ["FLOOR_DATABASE_URL"])
    host = parse_qs(url.query).get("host", [url.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": url.username or "",
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": database()},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    LANGUAGE_CODE="sv",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("FLOOR_SECRET_KEY", "floor"),
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.contrib.auth.context_processors.auth"],
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", {"table.html": TABLE})],
                    )
                ],
            },
        }
    ],
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import get_user_model, login  # noqa: E402 - not before the settings
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Row(models.Model):
    name = models.CharField(max_length=20)
    heading = models.CharField(max_length=200)
    place = models.CharField(max_length=40)
    person = models.CharField(max_length=80)
    state = models.CharField(max_length=20, db_index=True)
    amount = models.FloatField()
    count = models.IntegerField()
    made = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name


fillers: dict[int, str] = {}


def table(request: HttpRequest, size: int) -> HttpResponse:
    rows = list(Row.objects.order_by("-made")[:ROWS_SHOWN])
    context = {"rows": rows, "open": Row.objects.filter(state="ny").count()}
    if size not in fillers:
        bare = len(render(request, "table.html", {**context, "filler": ""}).content)
        fillers[size] = "." * max(0, (size - bare) // ROWS_SHOWN)
    return render(request, "table.html", {**context, "filler": fillers[size]})


urlpatterns = [path("<int:size>/", table)]
application = get_wsgi_application()


def prepare() -> str:
    """Makes the table, its rows and somebody to be signed in; returns the session's key."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        if Row._meta.db_table in connection.introspection.table_names():
            editor.delete_model(Row)
        editor.create_model(Row)
    now = timezone.now()
    Row.objects.bulk_create(
        Row(
            name=f"R-{number:05}",
            heading=f"Rubrik nummer {number} om någonting",
            place=f"Plats {number % 8}",
            person=f"Person {number % 600}",
            state=STATES[number % 7 % 4],
            amount=number * 1.7,
            count=number % 97,
            made=now - dt.timedelta(minutes=number),
        )
        for number in range(ROWS_STORED)
    )
    user, _created = get_user_model().objects.get_or_create(username="floor")
    return sign_in(user)


def sign_in(user: models.Model) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return request.session.session_key


if __name__ == "__main__":
    print(prepare())
