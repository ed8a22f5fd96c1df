from django.urls import URLPattern, path

from .views import measures, report
from .views.adoption import record_adoption
from .views.benefit import confirm_benefit
from .views.goliska import goliska
from .views.initiative import initiative
from .views.register_io import register_export, register_import, register_preview
from .views.release import release
from .views.timeline import timeline

urlpatterns: list[URLPattern] = [
    path("initiativ/<str:reference>/", initiative, name="initiative"),
    path("initiativ/<str:reference>/tidslinje/", timeline, name="timeline"),
    path("initiativ/<str:reference>/inforande/", record_adoption, name="record_adoption"),
    path("initiativ/<str:reference>/nytta/", confirm_benefit, name="confirm_benefit"),
    path("initiativ/<str:reference>/utlamnande/", release, name="release"),
    path("register/import/", register_import, name="register_import"),
    path("register/import/<str:token>/", register_preview, name="register_preview"),
    path("register/export/", register_export, name="register_export"),
    path("goliska/", goliska, name="goliska"),
    path("uppfoljning/", report.reports, name="reports"),
    path("uppfoljning/matt/", measures.measures, name="measures"),
    path("uppfoljning/matt/nytt/", measures.new, name="measure_new"),
    path("uppfoljning/matt/<int:pk>/", measures.change, name="measure_change"),
    path("uppfoljning/<str:period>/", report.report, name="report"),
    path("uppfoljning/<str:period>/rapport.pdf", report.report_pdf, name="report_pdf"),
    path("uppfoljning/<str:period>/rapport.xlsx", report.report_xlsx, name="report_xlsx"),
    path("uppfoljning/<str:period>/rapport.json", report.report_json, name="report_json"),
    path("uppfoljning/<str:period>/<str:key>/", report.report_list, name="report_list"),
]
