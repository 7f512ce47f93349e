"""What is done for people later: a welcome is mailed, an erasure comes due."""

from contextlib import suppress
from datetime import time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kelisim.jobs.clock import Daily, recurring
from kelisim.people import actions, queries
from kelisim.people.models import Person
from kelisim.people.states import PersonState
from kelisim.refusals import Refused


@task
def send_welcome(person_id: int) -> None:
    """Mail an invited person the link to set the password, in their language.

    The link is made here, so that no key ever lies in the queue. Somebody who has signed in, or
    has gone meanwhile, is not written to: repeating the task does no harm.
    """
    person = Person.objects.filter(
        pk=person_id, state=PersonState.ACTIVE, last_login__isnull=True
    ).first()
    if person is None:
        return
    with translation.override(person.language):
        about = {"person": person, "link": queries.welcome_link(person), "origin": settings.ORIGIN}
        EmailMessage(
            " ".join(render_to_string("people/mail/welcome_subject.txt", about).split()),
            render_to_string("people/mail/welcome.txt", about),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()


@task
def erase_due() -> None:
    """Do the erasures whose term has come, each by itself; one refused keeps nobody waiting."""
    now = timezone.now()
    for pk in queries.erasure_due(asked_before=now - timedelta(days=settings.ERASURE_DAYS)):
        with suppress(Refused):
            actions.erase(pk, by=None, at=now)


recurring(erase_due, Daily(time(4, 0)))
