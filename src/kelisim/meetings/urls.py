"""Addresses of meetings and decisions: in public, in the hall, on the desk."""

from django.urls import path, re_path

from kelisim.meetings.views import board, concluding, desk, hall, papers, public, voting

app_name = "meetings"
urlpatterns = [
    path("meetings/", public.listing, name="list"),
    path("meetings/<int:pk>/", public.meeting, name="meeting"),
    path("meetings/<int:pk>/papers/<int:paper_pk>/", public.paper, name="public-paper"),
    path("meetings/of/<slug:slug>.ics", public.feed, name="feed"),
    path("meetings/mine/<str:key>.ics", public.own_feed, name="own-feed"),
    path("meetings/<int:pk>/board/", board.board, name="board"),
    path("meetings/<int:pk>/pulse/<str:seen>/", board.pulse, name="pulse"),
    path("vote/<str:key>/", voting.vote, name="vote"),
    path("decisions/", public.decisions, name="decisions"),
    path("decisions/answers/", public.answers, name="answers"),
    path("decisions/<int:pk>/", public.decision, name="decision"),
    path("decisions/answers/<int:pk>/<str:sha256>/", public.answer_file, name="answer-file"),
    path("desk/meetings/", desk.listing, name="desk-list"),
    path("desk/meetings/plan/", desk.plan, name="plan"),
    path("desk/meetings/rules/<slug:slug>/", desk.regulate, name="regulate"),
    path("desk/meetings/<int:pk>/", desk.meeting, name="office"),
    path("desk/meetings/<int:pk>/put/", desk.put_item, name="put-item"),
    path("desk/meetings/<int:pk>/propose/", desk.propose_item, name="propose-item"),
    path("desk/meetings/<int:pk>/guest/", desk.invite_guest, name="invite-guest"),
    path("desk/meetings/<int:pk>/postpone/", desk.postpone, name="postpone"),
    path("desk/meetings/<int:pk>/cancel/", desk.cancel, name="cancel"),
    path("desk/meetings/<int:pk>/items/<int:item_pk>/", desk.change_item, name="item"),
    path("desk/meetings/<int:pk>/items/<int:item_pk>/decline/", desk.decline_item, name="decline"),
    path("desk/meetings/<int:pk>/items/<int:item_pk>/paper/", desk.add_paper, name="add-paper"),
    path("desk/meetings/<int:pk>/papers/<int:paper_pk>/", desk.paper, name="paper"),
    path("desk/meetings/<int:pk>/vote/", voting.signed, name="vote-signed"),
    path("desk/meetings/<int:pk>/hall/", hall.sit, name="hall"),
    path("desk/meetings/<int:pk>/items/<int:item_pk>/vote/", hall.put_question, name="question"),
    path("desk/meetings/<int:pk>/items/<int:item_pk>/move/", hall.move, name="move"),
    path("desk/meetings/<int:pk>/items/<int:item_pk>/aside/", hall.recuse, name="recuse"),
    path("desk/meetings/<int:pk>/votes/<int:ballot_pk>/", hall.roll, name="roll"),
    path("desk/meetings/<int:pk>/votes/<int:ballot_pk>/count/", hall.enter_count, name="count"),
    path("desk/meetings/<int:pk>/votes/<int:ballot_pk>/annul/", hall.annul, name="annul"),
    path("desk/meetings/<int:pk>/votes/<int:ballot_pk>/decide/", hall.decide, name="decide"),
    path("desk/meetings/<int:pk>/minutes/", concluding.minutes, name="minutes"),
    path("desk/answers/<int:pk>/", concluding.answer, name="answer"),
    path("desk/year/", concluding.year, name="year-now"),
    path("desk/year/<int:number>/", concluding.year, name="year"),
    path("desk/year/calendar/", public.subscribe_own, name="subscribe"),
    path("desk/meetings/<int:pk>/register/", papers.register, name="register"),
    re_path(
        r"^desk/meetings/(?P<pk>\d{1,9})/(?P<kind>agenda|minutes)\.(?P<language>[a-z]{2})\.(?P<ending>docx|pdf)$",
        papers.of_meeting,
        name="made",
    ),
    re_path(
        r"^desk/meetings/(?P<pk>\d{1,9})/decisions/(?P<decision>\d{1,9})/(?P<kind>decision|extract)\.(?P<language>[a-z]{2})\.(?P<ending>docx|pdf)$",
        papers.of_decision,
        name="made-decision",
    ),
]
