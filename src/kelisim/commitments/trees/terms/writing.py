"""A term as a careful official writes it, in Kazakh, Russian or English."""

from collections.abc import Callable, Sequence

from kelisim.commitments.trees.terms.term import (
    Month,
    Point,
    Rhythm,
    Term,
    TermKind,
    Unit,
)

ROMAN = ("", "I", "II", "III", "IV")
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "en": "January February March April May June July August September October November December",
}
OF_MONTH = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
TO_MONTH = (
    "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға "
    "қарашаға желтоқсанға"
)
FROM_MONTH = (
    "қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен "
    "қазаннан қарашадан желтоқсаннан"
)
RHYTHMS = {
    "kk": {
        Rhythm.MONTHLY: "ай сайын",
        Rhythm.QUARTERLY: "тоқсан сайын",
        Rhythm.HALF_YEARLY: "жартыжылдық сайын",
        Rhythm.YEARLY: "жыл сайын",
    },
    "ru": {
        Rhythm.MONTHLY: "ежемесячно",
        Rhythm.QUARTERLY: "ежеквартально",
        Rhythm.HALF_YEARLY: "раз в полугодие",
        Rhythm.YEARLY: "ежегодно",
    },
    "en": {
        Rhythm.MONTHLY: "monthly",
        Rhythm.QUARTERLY: "quarterly",
        Rhythm.HALF_YEARLY: "half-yearly",
        Rhythm.YEARLY: "yearly",
    },
}
NUMBERED = {
    "kk": {
        Month.LAST: "соңғы айдың {day}-күніне дейін",
        Month.NEXT: "есепті кезеңнен кейінгі айдың {day}-күніне дейін",
    },
    "ru": {
        Month.LAST: "до {day} числа последнего месяца",
        Month.NEXT: "до {day} числа месяца, следующего за отчетным периодом",
    },
    "en": {
        Month.LAST: "by day {day} of the last month",
        Month.NEXT: "by day {day} of the month following the report period",
    },
}
OF_THE_MONTH = {"kk": "{day}-күніне дейін", "ru": "до {day} числа", "en": "by day {day}"}
STANDING = {
    "kk": {TermKind.PERMANENT: "тұрақты", TermKind.AS_NEEDED: "қажеттілігіне қарай"},
    "ru": {TermKind.PERMANENT: "постоянно", TermKind.AS_NEEDED: "по мере необходимости"},
    "en": {TermKind.PERMANENT: "permanently", TermKind.AS_NEEDED: "as needed"},
}
REPORT = {"kk": "есеп", "ru": "отчет", "en": "report"}


def write(term: Term, language: str) -> str:
    """The term in that language's official words (`kk`, `ru`, `en`); `read` gives it back."""
    match term.kind:
        case TermKind.AT:
            return together(term.points, language) or ", ".join(
                single(point, language) for point in term.points
            )
        case TermKind.PERIOD:
            first, last = term.points
            return between(first, last, language)
        case TermKind.EVERY:
            return every(term, language)
        case TermKind.THROUGHOUT:
            words = throughout(term, language)
        case _:
            words = in_years(STANDING[language][term.kind], term.span, language)
    if term.rhythm is None:
        return words
    turns = Term(TermKind.EVERY, term.points, None, term.rhythm, term.day, term.month)
    return f"{words}, {REPORT[language]} {every(turns, language)}"


def named(point: Point, language: str) -> str:
    """A point without its year, as a noun."""
    months = MONTHS[language].split()
    match point.unit:
        case Unit.DAY if language == "ru":
            return f"{point.day} {OF_MONTH.split()[point.number - 1]}"
        case Unit.DAY:
            return f"{point.day} {months[point.number - 1]}"
        case Unit.MONTH:
            return months[point.number - 1]
        case Unit.QUARTER:
            quarter = {"kk": "тоқсан", "ru": "квартал", "en": "quarter"}[language]
            return f"{ROMAN[point.number]} {quarter}"
        case _:
            half = {"kk": "жартыжылдық", "ru": "полугодие", "en": "half-year"}[language]
            return f"{ROMAN[point.number]} {half}"


def of_year(words: str, year: int | None, language: str) -> str:
    """Words with the year that they belong to."""
    if year is None:
        return words
    return {"kk": f"{year} жылғы {words}", "ru": f"{words} {year} года", "en": f"{words} {year}"}[
        language
    ]


def single(point: Point, language: str) -> str:
    """One point by itself."""
    if point.unit is Unit.YEAR:
        return end_of_year(point.year, language)
    words = of_year(named(point, language), point.year, language)
    if point.unit is not Unit.DAY:
        return words
    if language == "kk":
        to = f"{point.day} {TO_MONTH.split()[point.number - 1]}"
        return f"{of_year(to, point.year, language)} дейін"
    return f"до {words}" if language == "ru" else f"by {words}"


def together(points: Sequence[Point], language: str) -> str:
    """Several quarters, halves or months of one year: “II, IV quarters of 2014”."""
    units, years = {point.unit for point in points}, {point.year for point in points}
    if len(points) == 1 or len(units) > 1 or len(years) > 1 or units & {Unit.DAY, Unit.YEAR}:
        return ""
    *others, last = points
    if last.unit is Unit.MONTH:
        words = ", ".join(named(point, language) for point in points)
    else:
        words = ", ".join([*(ROMAN[point.number] for point in others), named(last, language)])
    return of_year(words, last.year, language)


def end_of_year(year: int | None, language: str) -> str:
    if year is None:
        return {
            "kk": "жыл соңына дейін",
            "ru": "до конца года",
            "en": "by the end of the year",
        }[language]
    return {
        "kk": f"{year} жылдың соңына дейін",
        "ru": f"до конца {year} года",
        "en": f"by the end of {year}",
    }[language]


def between(first: Point, last: Point, language: str) -> str:
    """A period."""
    if first.unit is Unit.YEAR:
        years = f"{first.year}–{last.year}"
        return {"kk": f"{years} жылдар", "ru": f"{years} годы", "en": years}[language]
    if first.unit is Unit.DAY and last.unit is Unit.DAY and language != "en":
        if language == "ru":
            return (
                f"с {of_year(named(first, 'ru'), first.year, 'ru')} "
                f"по {of_year(named(last, 'ru'), last.year, 'ru')}"
            )
        begin = f"{first.day} {FROM_MONTH.split()[first.number - 1]}"
        return f"{of_year(begin, first.year, 'kk')} {single(last, 'kk')}"
    if first.unit is last.unit and first.year == last.year:
        if first.unit is Unit.MONTH:
            words = f"{named(first, language)}–{named(last, language)}"
            return of_year(words, first.year, language)
        if first.unit is not Unit.DAY:
            words = f"{ROMAN[first.number]}–{named(last, language)}"
            return of_year(words, first.year, language)
    return " – ".join(
        of_year(named(point, language), point.year, language) for point in (first, last)
    )


def every(term: Term, language: str) -> str:
    """A rhythm with its years and its days."""
    rhythm = RHYTHMS[language][term.rhythm or Rhythm.YEARLY]
    words = in_years(rhythm, term.span, language)
    if term.day:
        plain = term.rhythm is Rhythm.MONTHLY and term.month is Month.LAST
        pattern = OF_THE_MONTH[language] if plain else NUMBERED[language][term.month]
        return f"{words}, {pattern.format(day=term.day)}"
    told: Callable[[Point], str] = lambda point: single(point, language)  # noqa: E731
    return ", ".join([words, *map(told, term.points)])


def in_years(words: str, span: tuple[int, int] | None, language: str) -> str:
    """Words limited to some years."""
    if span is None:
        return words
    first, last = span
    years = str(first) if first == last else f"{first}–{last}"
    match language:
        case "kk":
            return f"{years} {'жылы' if first == last else 'жылдары'} {words}"
        case "ru":
            return f"{words} в {years} {'году' if first == last else 'годах'}"
        case _:
            return f"{words} in {years}"


def throughout(term: Term, language: str) -> str:
    """All through the year, or through some years."""
    if term.span is None:
        return {"kk": "жыл бойы", "ru": "в течение года", "en": "throughout the year"}[language]
    first, last = term.span
    years = str(first) if first == last else f"{first}–{last}"
    many = first != last
    return {
        "kk": f"{years} {'жылдар' if many else 'жыл'} бойы",
        "ru": f"в течение {years} {'годов' if many else 'года'}",
        "en": f"throughout {years}",
    }[language]
