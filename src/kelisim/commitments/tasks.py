"""What plans and control do by themselves: at night statuses, in the morning the letter of the day.

Each may be begun twice, as every job: nothing is done or mailed twice by that.
"""

from datetime import date, time

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kelisim.bodies.queries.powers import powers
from kelisim.calendar.queries import calendar
from kelisim.commitments.actions import agreeing, approving, digests, reminding, standing
from kelisim.commitments.models import Digest
from kelisim.commitments.queries import digest as reading
from kelisim.commitments.queries.reminding import readers
from kelisim.jobs.clock import Daily, recurring
from kelisim.people.models import Person


@task
def tell_standings() -> int:
    """Bring into force what is due, note who was silent, tell every status of each new day."""
    on, at = timezone.localdate(), timezone.now()
    for edition_id in approving.due_editions(on):
        bring_into_force.enqueue(edition_id)
    agreeing.fall_silent(on=on, at=at)
    return standing.tell(today=on, at=at)


@task
def bring_into_force(edition_id: int) -> bool:
    """One edition, for itself: what is wrong with it keeps no other back."""
    return approving.bring_into_force(edition_id, at=timezone.now())


@task
def remind() -> int:
    """On a working day: note what every term has reached, then a letter to everybody concerned."""
    on = timezone.localdate()
    if not calendar(on).working(on):
        return 0
    reminding.remind(on=on, at=timezone.now())
    people = readers(on)
    for pk in people:
        send_digest.enqueue(pk, on.isoformat())
    return len(people)


@task
def send_digest(person_id: int, day: str) -> int:
    """Write one person's letter of a day, where there is something to say and none was written."""
    on = date.fromisoformat(day)
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None or Digest.objects.filter(person=person, day=on).exists():
        return 0
    with translation.override(person.language):
        found = reading.sections(person, powers(person, on), on)
        if not found:
            return 0
        known = {"person": person, "day": on, "sections": found, "origin": settings.ORIGIN}
        subject = render_to_string("commitments/mail/digest_subject.txt", known)
        text = render_to_string("commitments/mail/digest.txt", known)
    digest = digests.claim(person, on, text)
    if digest is None:
        return 0
    mail = EmailMessage(
        " ".join(subject.split()),
        text,
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except Exception:
        digests.give_up(digest)
        raise
    digests.sent(digest, at=timezone.now())
    return 1


recurring(tell_standings, Daily(time(0, 20)))
recurring(remind, Daily(time(8, 30)))
