"""What the register does by itself: facts fall due, doubles are looked for, letters remind."""

from datetime import time

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kelisim.bodies.actions import merging, verification, yearly
from kelisim.bodies.models import Association, Reminder
from kelisim.bodies.queries import yearly as queries
from kelisim.bodies.states import YearlyKind
from kelisim.jobs.clock import Daily, recurring


@task
def fall_due() -> int:
    """Facts whose term has come are due again. Repeated, it finds nothing more."""
    return verification.fall_due(on=timezone.localdate(), at=timezone.now())


@task
def look_for_doubles() -> int:
    """Compare the register with itself."""
    return merging.look_for_doubles(at=timezone.now())


@task
def remind() -> int:
    """Ask for each plan and report that is missing: a job for each association and kind."""
    on = timezone.localdate()
    asked = 0
    for kind in YearlyKind:
        year = queries.expected(kind, on)
        for pk in queries.unreminded(kind, year, on):
            send_reminder.enqueue(pk, kind.value, year)
            asked += 1
    return asked


@task
def send_reminder(association_id: int, kind: str, year: int) -> int:
    """Write to those who speak for an association, or to its own address; to each once a year.

    Whoever handed it in meanwhile is not written to. The letter is claimed before it is handed to
    the mail server: after a crash in between it is not written again.
    """
    on = timezone.localdate()
    wanted = YearlyKind(kind)
    association = (
        queries.without(wanted, year, on).filter(pk=association_id).select_related("body").first()
    )
    if association is None:
        return 0
    speakers = queries.speakers([association.pk], on)[association.pk]
    readers = [one.person for one in speakers if one.person]
    written = 0
    for person in readers:
        reminder = yearly.claim(association, wanted, year, person, at=timezone.now())
        if reminder:
            written += write(reminder, association, person.email, [person.language], person.name)
    address = association.body.office_email or association.body.email
    if not readers and address:
        reminder = yearly.claim(association, wanted, year, None, at=timezone.now())
        if reminder:
            written += write(reminder, association, address, ["kk", "ru"], "")
    return written


def write(
    reminder: Reminder, association: Association, address: str, languages: list[str], name: str
) -> int:
    """Write one letter: in a person's language, or to an office in the two that all read."""
    said = []
    for language in languages:
        with translation.override(language):
            about = {
                "name": name,
                "association": association,
                "kind": reminder.kind,
                "year": reminder.year,
                "origin": settings.ORIGIN,
            }
            subject = render_to_string("bodies/mail/reminder_subject.txt", about)
            said.append(
                (" ".join(subject.split()), render_to_string("bodies/mail/reminder.txt", about))
            )
    mail = EmailMessage(
        " / ".join(subject for subject, _text in said),
        "\n".join(text for _subject, text in said),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except Exception:
        yearly.give_up(reminder)
        raise
    yearly.sent(reminder, at=timezone.now())
    return 1


recurring(look_for_doubles, Daily(time(2, 30)))
recurring(fall_due, Daily(time(5, 0)))
recurring(remind, Daily(time(9, 0), frozenset(range(5))))
