from django.urls import path

from .views import acts, assess, attachments, drafts, events, gate, ranking, register

urlpatterns = [
    path("initiativ/", register.register, name="register"),
    path("initiativ/lista.xlsx", register.register_list, name="register_list"),
    path("initiativ/nytt/", drafts.new, name="initiative_new"),
    path("initiativ/<str:reference>/redigera/", drafts.edit, name="initiative_edit"),
    path("initiativ/<str:reference>/ta-bort/", drafts.delete, name="draft_delete"),
    path("initiativ/<str:reference>/bilagor/", attachments.attachments, name="attachments"),
    path("initiativ/<str:reference>/bilagor/<uuid:public_id>/", attachments.attachment, name="attachment"),
    path("initiativ/<str:reference>/bilagor/<uuid:public_id>/ta-bort/", attachments.remove, name="attachment_remove"),
    path("initiativ/<str:reference>/steg/<str:act>/", acts.act, name="act"),
    path("initiativ/<str:reference>/fragor/<str:level>/", gate.gate, name="gate"),
    path("initiativ/<str:reference>/bedom/", assess.assess, name="assess"),
    path("initiativ/<str:reference>/handelser/", events.events, name="initiative_events"),
    path("prioritering/", ranking.ranking, name="ranking"),
]
