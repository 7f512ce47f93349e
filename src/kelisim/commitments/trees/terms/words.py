"""The words in which terms are written in Kazakh, Russian and English, and what each is a sign of.

A word is looked up by its longest known beginning, so that endings need no grammar: “желтоқсан”
with any ending is December. What is not known makes the whole term unreadable; a wrong guess
about a legal term is worse than a question.
"""

import re
from enum import Enum, auto
from functools import cache

from kelisim.commitments.trees.terms.term import Rhythm, Unit


class Sign(Enum):
    """What a word stands for."""

    NOISE = auto()
    MONTH = auto()
    UNIT = auto()
    MONTH_WORD = auto()
    DAY_WORD = auto()
    DECADE = auto()
    NUMBER = auto()
    YEAR = auto()
    DATE = auto()
    LAST = auto()
    NEXT = auto()
    RHYTHM = auto()
    EACH = auto()
    TIMES = auto()
    THROUGH = auto()
    PERMANENT = auto()
    NEED = auto()
    END_OF = auto()
    ITS_END = auto()
    BEFORE = auto()
    UNTIL = auto()
    """Behind its point, as in Kazakh."""
    NOT_LATER = auto()
    FROM = auto()
    TO = auto()
    SEP = auto()
    DASH = auto()


MONTHS_OF_THE_YEAR = (
    "қаңтар январ january",
    "ақпан феврал february",
    "наурыз март march",
    "сәуір апрел april",
    "мамыр",
    "маусым июн june",
    "шілде июл july",
    "тамыз август august",
    "қыркүйе сентябр september",
    "қазан октябр october",
    "қараша ноябр november",
    "желтоқсан декабр december",
)
SHORT_MONTHS = (
    "қаң янв jan",
    "ақп фев февр feb",
    "нау мар mar",
    "сәу апр apr",
    "мам май мая мае маю маем may",
    "мау jun",
    "шіл jul",
    "там авг aug",
    "қыр сен сент sep sept",
    "қаз окт oct",
    "қар ноя нояб nov",
    "жел дек dec",
)
NOISE_STEMS = (
    "отчет информац ақпарат есеп представл ұсын report включительн срок мерзім основ негіз "
    "түрде режим итог қорытынды барлық бүкіл период кезең аралығ реализац действ текущ ағымда "
    "бойынша жағдай болған болса необход іске алған календар күнтізбелік calendar inclusive "
    "period"
)
"""Words around a term that change nothing of its days: as they begin,"""
NOISE_WORDS = (
    "in в во к ко на не г гг ж жж қарай весь всего всем всей план плана плану при мере кезде "
    "as when if of the by on a st nd rd th бер беру беріледі беріп later than not at latest "
    "осы қоса отчета basis за орай асыру кеш рабочего емес ақпараты"
)
"""and whole."""
BEGINNINGS: tuple[tuple[Sign, object, str], ...] = (
    *((Sign.MONTH, number, stems) for number, stems in enumerate(MONTHS_OF_THE_YEAR, 1)),
    (Sign.UNIT, Unit.YEAR, "год жыл year"),
    (Sign.UNIT, Unit.HALF, "полугод жартыжыл halfyear половин жартыс halves"),
    (Sign.UNIT, Unit.QUARTER, "квартал тоқсан quarter"),
    (Sign.MONTH_WORD, None, "месяц month"),
    (Sign.DAY_WORD, None, "числ күн"),
    (Sign.DECADE, None, "декад онкүн"),
    (Sign.NUMBER, 1, "перв бірінші first"),
    (Sign.NUMBER, 2, "втор екінші second"),
    (Sign.NUMBER, 3, "трет үшінші third"),
    (Sign.NUMBER, 4, "четверт төртінші fourth"),
    (Sign.LAST, None, "последн соңғы"),
    (Sign.NEXT, None, "следующ кейінгі келесі following"),
    (Sign.RHYTHM, Rhythm.YEARLY, "ежегодн yearly annual жылсайын"),
    (Sign.RHYTHM, Rhythm.HALF_YEARLY, "полугодов halfyearly"),
    (Sign.RHYTHM, Rhythm.QUARTERLY, "ежеквартальн поквартальн quarterly тоқсансайын"),
    (Sign.RHYTHM, Rhythm.MONTHLY, "ежемесячн помесячн monthly айсайын"),
    (Sign.EACH, None, "кажд әрбір сайын"),
    (Sign.TIMES, 1, "time"),
    (Sign.TIMES, 2, "дважды twice"),
    (Sign.THROUGH, None, "течени протяжени бойы ішінде throughout during"),
    (Sign.PERMANENT, None, "постоян тұрақты үнемі permanent constant ongoing"),
    (Sign.NEED, None, "необходимост қажет need"),
    (Sign.END_OF, None, "конец конц"),
    (Sign.ITS_END, None, "соңы соңын аяғы"),
    (Sign.UNTIL, None, "дейін"),
    (Sign.NOT_LATER, None, "позднее позже кешікті кешікпе қалдырм"),
    (Sign.FROM, None, "бастап начин"),
    (Sign.NOISE, None, NOISE_STEMS),
)
WHOLE: tuple[tuple[Sign, object, str], ...] = (
    *((Sign.MONTH, number, words) for number, words in enumerate(SHORT_MONTHS, 1)),
    (Sign.UNIT, Unit.QUARTER, "кв тоқ"),
    (Sign.UNIT, Unit.HALF, "half"),
    (Sign.MONTH_WORD, None, "мес ай айы айы айда айдың айының айында айына айлар айлары айға"),
    (Sign.DAY_WORD, None, "day дня день дню дней"),
    (Sign.NUMBER, 1, "один одного одну одна одному бір one"),
    (Sign.NUMBER, 2, "два две двух двум екі two"),
    (Sign.NUMBER, 3, "три трех үш three"),
    (Sign.NUMBER, 4, "четыре четырех төрт four"),
    (Sign.TIMES, 1, "раз раза рет реттен once"),
    (Sign.EACH, None, "әр each every"),
    (Sign.LAST, None, "last"),
    (Sign.NEXT, None, "next"),
    (Sign.END_OF, None, "end"),
    (Sign.BEFORE, None, "до before until"),
    (Sign.FROM, None, "с со from"),
    (Sign.TO, None, "по to"),
    (Sign.SEP, None, "и және мен пен бен and"),
    (Sign.NOISE, None, NOISE_WORDS),
)
STEMS = {stem: (sign, value) for sign, value, stems in BEGINNINGS for stem in stems.split()}
WORDS = {word: (sign, value) for sign, value, words in WHOLE for word in words.split()}
ABLATIVE = re.compile(r".*(?:дан|ден|нан|нен|тан|тен)")
"""The Kazakh ending for “from”."""
ORDINAL_ENDING = re.compile(
    r"й|г|го|ого|му|е|ое|ая|ый|ой|ий|м|х|ші|шы|st|nd|rd|th|"
    r"(?:с|н)?[ыі]?(?:на|не|ға|ге|қа|ке|да|де|нда|нде|нан|нен|дан|ден|тан|тен|ның|нің)?"
)
"""What is written behind a hyphen after a figure: “4-й”, “10-ына”."""


@cache
def sign(word: str) -> tuple[Sign, object] | None:
    """What a word in lower case stands for; none: nobody knows."""
    if word in WORDS:
        return WORDS[word]
    for end in range(len(word), 2, -1):
        if word[:end] in STEMS:
            return STEMS[word[:end]]
    return None
