"""Which bytes an address answers with: one version, or one provision, in a format."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, override

from kelisim.charter import exports
from kelisim.charter.exports import Format, akn, docx, json
from kelisim.charter.exports.addresses import Place
from kelisim.charter.exports.citations import provision_cited, state_facts
from kelisim.charter.models import Edition, Version
from kelisim.charter.queries import corresponding, reading
from kelisim.charter.queries.reading import Whole
from kelisim.charter.rules.standing import worth
from kelisim.pages.languages import spoken

MADE = "1"
"""Raised when a format is written otherwise than before, so that nobody keeps the old bytes."""
FORMATS = {form.ending: form for form in (exports.AKN, exports.JSON, exports.DOCX)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; `language` is the reader's, the answer may have to be in another."""

    form: Format
    language: str
    place: Place
    country: str
    on: date


def stamp(version: Version, asked: Asked, eid: str = "") -> str:
    """The strong ETag: a published version never changes, what it is worth and quoted by may."""
    charter = version.charter
    facts = [
        MADE,
        version.digest,
        eid,
        asked.form.ending,
        asked.language,
        asked.place.origin,
        asked.country,
        worth(charter, asked.on).key,
        str(charter.repealed_on),
        str(charter.title),
        str(charter.fields),
    ]
    return f'"{hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes, and the language that they are really in."""

    data: bytes
    language: str


def write_version(version: Version, asked: Asked) -> Written:
    """A version written out; five queries at most."""
    whole = reading.whole(version)
    language = reading.chosen(whole.languages, asked.language)
    state = worth(version.charter, asked.on)
    if asked.form is exports.AKN:
        data = akn.write(whole, telling(whole, asked))
    elif asked.form is exports.DOCX:
        data = docx.write(whole, worth=state, language=language, edition_words=edition_words)
    else:
        data = json.write(whole, worth=state, place=asked.place, language=language)
    return Written(data, language)


def write_provision(branch: Whole, asked: Asked) -> Written:
    """A provision with what stands under it, as Akoma Ntoso or as JSON."""
    language = reading.chosen(branch.languages, asked.language)
    if asked.form is exports.AKN:
        return Written(akn.write_portion(branch, telling(branch, asked)), language)
    return Written(json.plain(provision_facts(branch, asked)), language)


def telling(whole: Whole, asked: Asked) -> akn.Telling:
    return akn.Telling(
        language=reading.chosen(whole.languages, asked.language),
        country=asked.country,
        place=asked.place,
        versions=reading.history(whole.version.charter_id),
    )


def provision_facts(branch: Whole, asked: Asked) -> dict[str, object]:
    """A provision as plain values, with all that is under it and beside it."""
    version, top = branch.version, branch.rows[0]
    language = reading.chosen(branch.languages, asked.language)
    slug = version.charter.slug
    return {
        "charter": slug,
        "version": version.number,
        "digest": version.digest,
        **reading.provisions_facts([top])[0],
        "language": language,
        "citation": provision_cited(version, top, branch.type, language),
        "permanent": asked.place.provision(slug, version.number, top.eid),
        "standing": state_facts(worth(version.charter, asked.on)),
        "correspondences": [
            {
                "instrument": one.instrument.slug,
                "title": spoken(one.instrument.title, language).text,
                "place": one.place,
                "relation": one.relation,
                "note": one.note,
            }
            for one in corresponding.of_version(version).filter(provision=top.pk)
        ],
        "provisions": reading.provisions_facts(branch.rows[1:]),
    }


def edition_words(edition: Edition) -> str:
    """Whose text it is, in its own language."""
    with override(edition.language):
        if edition.authentic:
            return gettext("Authentic text")
        if edition.translated_by:
            return gettext("Translation: %(by)s") % {"by": edition.translated_by}
        return gettext("Translation")
