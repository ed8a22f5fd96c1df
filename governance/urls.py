from django.urls import path

from .views import drafts, ranking, register

urlpatterns = [
    path("initiativ/", register.register, name="register"),
    path("initiativ/lista.xlsx", register.register_list, name="register_list"),
    path("initiativ/nytt/", drafts.new, name="initiative_new"),
    path("initiativ/<str:reference>/redigera/", drafts.edit, name="initiative_edit"),
    path("initiativ/<str:reference>/ta-bort/", drafts.delete, name="draft_delete"),
    path("prioritering/", ranking.ranking, name="ranking"),
]
