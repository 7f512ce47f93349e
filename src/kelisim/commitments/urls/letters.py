"""The letters of the day, as each person got them."""

from django.urls import path

from kelisim.commitments.views import letters

urlpatterns = [
    path("desk/letters/", letters.everything, name="letters"),
    path("desk/letters/<int:pk>/", letters.one, name="letter"),
]
