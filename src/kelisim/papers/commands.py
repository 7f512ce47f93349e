"""Papers from the terminal: the certificates of authorities, by which signatures are verified."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kelisim.pages.templatetags.kelisim import day
from kelisim.papers.actions import signing
from kelisim.papers.models import Signature
from kelisim.papers.queries import signing as queries
from kelisim.papers.readers import certificates, cms
from kelisim.papers.states import CertificateRole
from kelisim.refusals import Refusal, Refused


def add(files: Sequence[Path], role: str | None) -> int:
    """Trust certificates of authorities, all or none, and check every signature again."""
    found = []
    for file in files:
        try:
            data = file.read_bytes()
        except OSError:
            raise Refused(Refusal("papers.certificate_unreadable", file=file.name)) from None
        found += certificates.read(data, name=file.name)
    with transaction.atomic():
        for brought in found:
            asked = CertificateRole(role) if role else None
            kept = signing.install(brought, role=asked, at=timezone.now())
            print(f"{kept.sha256[:16]} {kept.get_role_display()}: {kept.subject}")
    return check_again()


def remove(sha256: str) -> int:
    """Trust a certificate no more, and check every signature again."""
    print(_("Removed: %(sha256)s.") % {"sha256": signing.remove(sha256, at=timezone.now())})
    return check_again()


def listed(*, as_json: bool) -> int:
    """The certificates that are trusted."""
    rows = queries.certificates()
    if as_json:
        told = [
            {
                "sha256": row.sha256,
                "role": row.role,
                "subject": row.subject,
                "not_before": row.not_before.isoformat(),
                "not_after": row.not_after.isoformat(),
            }
            for row in rows
        ]
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        until = day(timezone.localtime(row.not_after).date())
        print(f"{row.sha256[:16]} {row.get_role_display()}: {row.subject} ({until})")
    if not rows:
        print(_("No certificate is installed: no signature can be verified."))
    return 0


def check_again() -> int:
    """Check every signed file with the certificates of now; the ledger notes what changed."""
    changed = sum(checked_again(pk) for pk in queries.every())
    print(
        ngettext(
            "%(count)d signed file is found otherwise than before.",
            "%(count)d signed files are found otherwise than before.",
            changed,
        )
        % {"count": changed}
    )
    return 0


def checked_again(pk: int) -> bool:
    row = Signature.objects.select_related("file", "content").get(pk=pk)
    content = bytes(row.content.content) if row.content else None
    signed = cms.read(bytes(row.file.content), content)
    return signing.reverify(pk, signed, by=None, at=timezone.now()) is not None
