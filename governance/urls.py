from django.urls import path

from .views import acts, assess, drafts, events, gate, ranking, register, similar, watching

urlpatterns = [
    path("initiativ/", register.register, name="register"),
    path("initiativ/lista.xlsx", register.register_list, name="register_list"),
    path("initiativ/nytt/", drafts.new, name="initiative_new"),
    path("initiativ/<str:reference>/redigera/", drafts.edit, name="initiative_edit"),
    path("initiativ/<str:reference>/ta-bort/", drafts.delete, name="draft_delete"),
    path("initiativ/<str:reference>/steg/<str:act>/", acts.act, name="act"),
    path("initiativ/<str:reference>/fragor/<str:level>/", gate.gate, name="gate"),
    path("initiativ/<str:reference>/bedom/", assess.assess, name="assess"),
    path("initiativ/<str:reference>/handelser/", events.events, name="initiative_events"),
    path("initiativ/<str:reference>/liknande/", similar.similar, name="similar"),
    path("initiativ/<str:reference>/samma/<str:other>/", similar.same, name="same"),
    path("initiativ/<str:reference>/inte-samma/<str:other>/", similar.not_same, name="not_same"),
    path("initiativ/<str:reference>/bevaka/", watching.watch, name="watch"),
    path("initiativ/<str:reference>/sluta-bevaka/", watching.unwatch, name="unwatch"),
    path("prioritering/", ranking.ranking, name="ranking"),
]
