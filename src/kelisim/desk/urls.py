"""The desk of whoever is signed in."""

from django.urls import path

from kelisim.desk import views

app_name = "desk"
urlpatterns = [path("desk/", views.waiting, name="waiting")]
