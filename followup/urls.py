from django.urls import URLPattern, path
from django.views.generic import RedirectView

from .views.adoption import record_adoption
from .views.benefit import confirm_benefit
from .views.initiative import initiative

urlpatterns: list[URLPattern] = [
    path("initiativ/<str:reference>/", initiative, name="initiative"),
    path("initiativ/<str:reference>/inforande/", record_adoption, name="record_adoption"),
    path("initiativ/<str:reference>/nytta/", confirm_benefit, name="confirm_benefit"),
    path("uppfoljning/", RedirectView.as_view(pattern_name="home"), name="reports"),
]
