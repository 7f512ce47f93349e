"""Approval sheets and tables of disagreements, from a round."""

from django.utils.timezone import localtime
from django.utils.translation import override

from kelisim.pages.languages import spoken
from kelisim.pages.templatetags.kelisim import day
from kelisim.papers.models import Round
from kelisim.papers.trees.contexts import (
    DisagreementRow,
    Disagreements,
    Heading,
    Sheet,
    SheetRow,
)


def head(round_: Round, language: str) -> Heading:
    return Heading(
        body=spoken(round_.body.name, language).text,
        place="",
        day=day(localtime(round_.begun_at).date()),
        number=str(round_.pk),
    )


def sheet(round_: Round, language: str) -> Sheet:
    """Who said what, when; those who did not answer stand as waiting."""
    with override(language):
        return Sheet(
            head(round_, language),
            round_.title,
            round_.file.sha256,
            tuple(
                SheetRow(
                    body=spoken(row.body.name, language).text,
                    post=row.get_post_display(),
                    name=str(row.by) if row.by else "",
                    verdict=str(row.get_verdict_display()),
                    day=day(localtime(row.at).date()) if row.at else "",
                    remark=row.remark,
                )
                for row in round_.consents.all()
            ),
        )


def disagreements(round_: Round, language: str) -> Disagreements:
    """Every place where a body differs, and how it was settled."""
    with override(language):
        return Disagreements(
            head(round_, language),
            round_.title,
            tuple(
                DisagreementRow(
                    row.place,
                    row.drafted,
                    row.proposed,
                    spoken(consent.body.name, language).text,
                    row.settlement,
                )
                for consent in round_.consents.all()
                for row in consent.disagreements.all()
            ),
        )
