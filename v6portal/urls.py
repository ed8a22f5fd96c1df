from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("halsa/", views.health, name="health"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("hjalp/", views.help_page, name="help"),
    path("", include("v6portal.organizations.urls")),
    path("", include("governance.urls")),
    path("", include("followup.urls")),
    path("admin/", admin.site.urls),
]
