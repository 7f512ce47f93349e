"""Pages of the territory."""

from django.urls import path

from kelisim.territory import views

app_name = "territory"
urlpatterns = [
    path("territory/", views.map_, name="map"),
    path("territory/<str:kato>/", views.unit, name="unit"),
]
