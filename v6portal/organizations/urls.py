from django.contrib.auth.views import LogoutView
from django.urls import path

from .views import SignIn, act_as, sign_in_again

urlpatterns = [
    path("logga-in/", SignIn.as_view(), name="login"),
    path("logga-in/igen/", sign_in_again, name="sign_in_again"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("byt-roll/", act_as, name="act_as"),
]
