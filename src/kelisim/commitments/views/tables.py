"""The official table of a plan to take away: XLSX in all languages, DOCX in the page's."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kelisim.commitments import rights
from kelisim.commitments.exports import docx, xlsx
from kelisim.commitments.models import Edition
from kelisim.commitments.queries import drafting as reading
from kelisim.commitments.queries.official import official
from kelisim.commitments.views.access import PersonRequest, signed_in, tongue
from kelisim.commitments.views.plans import chosen, known, number


def asked(request: HttpRequest, slug: str) -> Edition:
    """The edition that holds, or the one that `edition` names."""
    _editions, edition = chosen(known(slug), number(request.GET.get("edition", "")))
    return edition


@require_safe
def plan_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """A public plan as a spreadsheet."""
    edition = asked(request, slug)
    return answer(xlsx.write(official(edition)), xlsx.TYPE, f"{slug}-{edition.number}.xlsx")


@require_safe
def plan_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """A public plan as a Word document in the language of the address."""
    edition, language = asked(request, slug), tongue()
    data = docx.write(official(edition), language)
    return answer(data, docx.TYPE, f"{slug}-{edition.number}.{language}.docx")


@require_safe
@signed_in
def draft_xlsx(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft as a spreadsheet, to be changed at home and brought back."""
    edition = reading.edition(pk)
    if edition is None:
        raise Http404(pk)
    body = edition.plan.body
    if not any(request.held.may(one, body) for one in (rights.DRAFT, rights.APPROVE)):
        raise PermissionDenied
    name = f"{edition.plan.slug}-{edition.number}.xlsx"
    return answer(xlsx.write(official(edition)), xlsx.TYPE, name)


def answer(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=kind, headers=headers)
