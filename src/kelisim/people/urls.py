from django.urls import include, path

from kelisim.people import views

own = [
    path("me/", views.me, name="me"),
    path("me/sessions/", views.sessions, name="sessions"),
    path("me/data/", views.data, name="data"),
    path("me/data/download/", views.download, name="download"),
    path("people/", views.everybody, name="list"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
]
# allauth reverses its own names without a namespace, so the room has none of its own.
urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/second-step/", include("allauth.mfa.urls")),
    path("", include((own, "people"))),
]
