from django.urls import path

from .views import (
    acts,
    assess,
    attachments,
    drafts,
    events,
    gate,
    mail,
    ranking,
    register,
    revisions,
    writers,
)

urlpatterns = [
    path("initiativ/", register.register, name="register"),
    path("initiativ/lista.xlsx", register.register_list, name="register_list"),
    path("initiativ/nytt/", drafts.new, name="initiative_new"),
    path("initiativ/<str:reference>/redigera/", drafts.edit, name="initiative_edit"),
    path("initiativ/<str:reference>/vem/", writers.writers, name="draft_writers"),
    path("initiativ/<str:reference>/ta-bort/", drafts.delete, name="draft_delete"),
    path("initiativ/<str:reference>/bilagor/", attachments.attachments, name="attachments"),
    path("initiativ/<str:reference>/bilagor/<uuid:public_id>/", attachments.attachment, name="attachment"),
    path("initiativ/<str:reference>/bilagor/<uuid:public_id>/ta-bort/", attachments.remove, name="attachment_remove"),
    path("initiativ/<str:reference>/steg/<str:act>/", acts.act, name="act"),
    path("initiativ/<str:reference>/fragor/<str:level>/", gate.gate, name="gate"),
    path("initiativ/<str:reference>/bedom/", assess.assess, name="assess"),
    path("initiativ/<str:reference>/handelser/", events.events, name="initiative_events"),
    path("initiativ/<str:reference>/andringar/", revisions.revisions, name="revisions"),
    path("prioritering/", ranking.ranking, name="ranking"),
    path("mina-mejl/", mail.choices, name="mail_choices"),
    path("demo/mejl/", mail.mailbox, name="demo_mail"),
    path("demo/mejl/<int:pk>/", mail.one, name="demo_mail_one"),
    path("demo/mejl/<int:pk>/html/", mail.as_html, name="demo_mail_html"),
]
