"""How an overdue commitment is put to the Council, in three languages: bodies and posts alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, override

from kelisim.pages.languages import LANGUAGES
from kelisim.pages.templatetags.kelisim import day, plainly

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overdue:
    """One commitment whose term has long passed."""

    number: str
    title: Words
    plan: Words
    due_on: date


def heading(body: Words) -> dict[str, str]:
    """What the item is called."""
    return spoken(lambda: gettext("Overdue commitments: %(body)s") % {"body": plainly(body)})


def account(body: Words, post: Callable[[], str], overdue: Sequence[Overdue]) -> dict[str, str]:
    """What the item says: which terms passed without a report, and which post answers for them.

    `post` gives its name in the language that is spoken then.
    """

    def said() -> str:
        return "\n".join(
            [
                *(
                    gettext(
                        "%(plan)s, No. %(number)s: %(title)s. Term: %(day)s. No report is there."
                    )
                    % {
                        "plan": plainly(one.plan),
                        "number": one.number,
                        "title": plainly(one.title).rstrip("."),
                        "day": day(one.due_on),
                    }
                    for one in overdue
                ),
                gettext("Who answers for it: %(post)s, %(body)s.")
                % {"post": post(), "body": plainly(body)},
            ]
        )

    return spoken(said)


def spoken(said: Callable[[], str]) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = said()
    return found
