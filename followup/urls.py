from django.urls import URLPattern, path

from .views import approving, as_it_was, measures, ordered, report, surveys
from .views.adoption import record_adoption
from .views.benefit import confirm_benefit
from .views.goliska import goliska
from .views.initiative import initiative
from .views.open_data import open_data
from .views.register_io import register_export, register_import, register_preview
from .views.release import release
from .views.survey_answer import survey
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
    path("enkat/", surveys.surveys, name="surveys"),
    path("enkat/ny/", surveys.survey_prepare, name="survey_new"),
    path("enkat/<str:period>/", survey, name="survey"),
    path("enkat/<str:period>/forbered/", surveys.survey_prepare, name="survey_prepare"),
    path("enkat/<str:period>/hantera/", surveys.survey_manage, name="survey_manage"),
    path("enkat/<str:period>/resultat/", surveys.survey_results, name="survey_results"),
    path("enkat/<str:period>/fritexter/", surveys.survey_texts, name="survey_texts"),
    path("uppfoljning/", report.reports, name="reports"),
    path("uppfoljning/matt/", measures.measures, name="measures"),
    path("uppfoljning/matt/nytt/", measures.new, name="measure_new"),
    path("uppfoljning/matt/<int:pk>/", measures.change, name="measure_change"),
    path("filer/", ordered.ordered_files, name="ordered_files"),
    path("filer/bestall/", ordered.order_file, name="order_file"),
    path("filer/<int:number>/", ordered.ordered_file, name="ordered_file"),
    path("uppfoljning/oppna-data/", open_data, name="open_data"),
    path("uppfoljning/<str:period>/", report.report, name="report"),
    path("uppfoljning/<str:period>/rapport.pdf", report.report_pdf, name="report_pdf"),
    path("uppfoljning/<str:period>/rapport.xlsx", report.report_xlsx, name="report_xlsx"),
    path("uppfoljning/<str:period>/rapport.csv", report.report_csv, name="report_csv"),
    path("uppfoljning/<str:period>/rapport.json", report.report_json, name="report_json"),
    path("uppfoljning/<str:period>/som-det-var/", as_it_was.choose, name="report_choose_dates"),
    path("uppfoljning/<str:period>/som-det-var/<str:gallde>/<str:visste>/", as_it_was.report, name="report_as_it_was"),
    path(
        "uppfoljning/<str:period>/som-det-var/<str:gallde>/<str:visste>/rapport.json",
        as_it_was.report_json,
        name="report_as_it_was_json",
    ),
    path(
        "uppfoljning/<str:period>/som-det-var/<str:gallde>/<str:visste>/<str:key>/",
        as_it_was.report_list,
        name="report_as_it_was_list",
    ),
    path("uppfoljning/<str:period>/faststall/", approving.report_approval, name="report_approval"),
    path("uppfoljning/<str:period>/granskad/", approving.report_review, name="report_review"),
    path("uppfoljning/<str:period>/aterlamna/", approving.report_return, name="report_return"),
    path("uppfoljning/<str:period>/tagit-del/", approving.report_read, name="report_read"),
    path("uppfoljning/<str:period>/mottagare/", approving.report_readers, name="report_readers"),
    path("uppfoljning/<str:period>/<str:key>/", report.report_list, name="report_list"),
]
