"""A register of associations as an office keeps it: a sheet a region, in Russian or in Kazakh.

Merged title rows, headings of two rows, numbering, headings repeated in the middle, sums at the
end; days and numbers as people type them. Faults are planted in cells, and where they will be
found is known.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from kelisim.bodies.states import Level
from kelisim.bodies.trees.record import Facts
from kelisim.bodies.trees.table import letter_of

# Column → heading (a second one stands under the first).
RUSSIAN = {
    "number": ("№\nп/п", ""),
    "name_ru": ("Наименование ЭКО", "на русском языке"),
    "name_kk": ("Наименование ЭКО", "на казахском языке"),
    "name_en": ("Наименование ЭКО", "на английском"),
    "level": ("СТАТУС", ""),
    "legal_form": ("Организационно-\nправовая форма", ""),
    "bin": ("БИН", ""),
    "justice": ("Регистрация в органах юстиции", ""),
    "record_number": ("Регистрация", "рег. №"),
    "recorded_on": ("Регистрация", "дата рег."),
    "parent": ("Головное объединение", ""),
    "region": ("Область", ""),
    "district": ("Город/район", ""),
    "communities": ("Этнос", ""),
    "languages": ("Изучаемые языки", ""),
    "activities": ("Направления деятельности", ""),
    "collective": ("Творческие коллективы", ""),
    "address": ("Контакты", "Юридический адрес"),
    "phone": ("Контакты", "тел."),
    "email": ("Контакты", "e-mail"),
    "site": ("Контакты", "сайт"),
    "leader": ("Ф.И.О. руководителя", ""),
    "leader_since": ("Дата избрания", ""),
    "members_2024": ("Кол-во членов", "2024 г."),
    "members_2025": ("Кол-во членов", "2025 г."),
    "remark": ("Примечание", ""),
}
KAZAKH = {
    "number": ("Р/с №", ""),
    "name_kk": ("Бірлестіктің атауы (қазақша)", ""),
    "name_ru": ("Бірлестіктің атауы (орысша)", ""),
    "name_en": ("Бірлестіктің атауы (ағылшынша)", ""),
    "level": ("Деңгейі", ""),
    "legal_form": ("Ұйымдық-құқықтық нысаны", ""),
    "bin": ("БСН", ""),
    "justice": ("Әділет органдарында тіркелген", ""),
    "record_number": ("Куәлік №", ""),
    "recorded_on": ("Тіркелген күні", ""),
    "parent": ("Бас ұйым", ""),
    "district": ("Аудан (қала)", ""),
    "communities": ("Этностар", ""),
    "languages": ("Оқытылатын тілдер", ""),
    "activities": ("Қызмет бағыттары", ""),
    "collective": ("Көркемөнерпаздар ұжымы", ""),
    "address": ("Мекенжайы", ""),
    "phone": ("Байланыс телефоны", ""),
    "email": ("Эл. пошта", ""),
    "site": ("Сайты", ""),
    "leader": ("Басшысының аты-жөні", ""),
    "leader_since": ("Сайланған күні", ""),
    "members_2024": ("Мүшелер саны 2024 ж.", ""),
    "members_2025": ("Мүшелер саны 2025 ж.", ""),
}
LEVELS = {
    "ru": {
        Level.REPUBLICAN: "республиканское",
        Level.REGIONAL: "Региональный",
        Level.LOCAL: "местное",
    },
    "kk": {
        Level.REPUBLICAN: "республикалық",
        Level.REGIONAL: "Облыстық",
        Level.LOCAL: "жергілікті",
    },
}
MONTHS_KK = ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым")
MONTHS_KK += ("шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан")


@dataclass
class Part:
    """One sheet: its language, its rows as cells by column."""

    title: str
    language: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def headings(self) -> dict[str, tuple[str, str]]:
        return RUSSIAN if self.language == "ru" else KAZAKH

    @property
    def first(self) -> int:
        """The row (as a spreadsheet counts) of the first record."""
        return 6 if self.language == "ru" else 5

    def place(self, index: int) -> int:
        """The row of a record: once in the middle the headings come again."""
        return self.first + index + (2 if self.language == "ru" else 1) * (index >= AGAIN)

    def letter(self, column: str) -> str:
        return letter_of(list(self.headings).index(column))


AGAIN = 20


@dataclass(frozen=True)
class Names:
    """Territories and words as the office calls them, by language."""

    regions: Mapping[str, Mapping[str, str]]
    places: Mapping[str, Mapping[str, str]]
    parent: Mapping[str, str]
    tags: Mapping[tuple[str, str], Mapping[str, str]]


def typed_day(day: date, number: int, language: str) -> Any:
    """A day as somebody types it: differently each time."""
    way = number % 4
    if way == 0:
        return day
    if way == 1:
        return f"{day:%d.%m.%Y} г."
    if way == 2 and language == "kk":
        return f"{day.year} ж. {day.day} {MONTHS_KK[day.month - 1]}"
    return f"{day:%d.%m.%Y}"


def cells(facts: Facts, number: int, language: str, names: Names, parent: str) -> dict[str, Any]:
    """A record in a row, spelled now so, now otherwise."""

    def words(kind: str, keys: Sequence[str]) -> str:
        sign = (", ", "; ", "\n")[number % 3]
        return sign.join(names.tags[kind, key][language] for key in keys)

    region = names.parent.get(facts.unit) or facts.unit
    district = names.places[facts.unit][language] if names.parent.get(facts.unit) else ""
    ensemble = [one.name[language] for one in facts.offers if one.kind == "collective"]
    return {
        "number": number,
        "name_ru": facts.name["ru"] if number % 5 else f"  {facts.name['ru']}\u00a0",
        "name_kk": facts.name["kk"],
        "name_en": facts.name["en"],
        "level": LEVELS[language][facts.level],
        "legal_form": facts.legal_form[language],
        "bin": facts.bin if number % 2 else float(facts.bin or 0) or "",
        "justice": {"ru": ("на учёте", "да"), "kk": ("жоқ", "иә")}[language][facts.justice],
        "record_number": facts.record_number,
        "recorded_on": typed_day(facts.recorded_on, number, language),
        "parent": parent,
        "region": names.regions[region][language] if region else "Республика Казахстан",
        "district": district,
        "communities": words("community", facts.communities),
        "languages": words("language", facts.languages) or "-",
        "activities": words("activity", facts.activities),
        "collective": "; ".join(ensemble) or {"ru": "нет", "kk": "жоқ"}[language],
        "address": facts.address[language],
        "phone": facts.phone,
        "email": facts.email,
        "site": facts.site,
        "leader": facts.leader,
        "leader_since": typed_day(facts.leader_since, number + 1, language),
        "members_2024": facts.members[2024],
        "members_2025": f"{facts.members[2025]} {'чел.' if language == 'ru' else 'адам'}"
        if number % 7 == 0
        else facts.members[2025],
        "remark": "",
    }


def parts(register: Sequence[Facts], names: Names, slugs: Mapping[str, Facts]) -> list[Part]:
    """A sheet of the republican ones, then a sheet for each region, every second in Kazakh."""
    found = [Part("Республиканские", "ru")]
    by_region = {"": found[0]}
    for place, (kato, called) in enumerate(sorted(names.regions.items())):
        language = ("kk", "ru")[place % 2]
        by_region[kato] = Part(called[language][:31], language)
        found.append(by_region[kato])
    for facts in register:
        part = by_region[names.parent.get(facts.unit) or facts.unit]
        above = slugs[facts.parent].name["ru"] if facts.parent else ""
        part.rows.append(cells(facts, len(part.rows) + 1, part.language, names, above))
    return found


def workbook(register: Sequence[Part]) -> bytes:
    """The file as it would be sent."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "align": "center"})
        days = book.add_format({"num_format": "dd.mm.yyyy"})
        for part in register:
            sheet(book.add_worksheet(part.title), part, bold, days)
    return out.getvalue()


def sheet(page: Any, part: Part, bold: Any, days: Any) -> None:
    width = len(part.headings)
    title = {
        "ru": "РЕЕСТР\nэтнокультурных объединений (вымышлен)",
        "kk": "Этномәдени бірлестіктердің тізілімі (ойдан алынған)",
    }[part.language]
    page.merge_range(0, 0, 0, width - 1, title, bold)
    row = 2
    heads(page, row, part, bold)
    row += 2 if part.language == "ru" else 1
    for column in range(width):
        page.write_number(row, column, column + 1)
    for index, said in enumerate(part.rows):
        row = part.place(index) - 1
        if index == AGAIN:
            heads(page, row - (2 if part.language == "ru" else 1), part, bold)
        for column, name in enumerate(part.headings):
            write(page, row, column, said[name], days)
    page.write_string(row + 2, 1, {"ru": "Итого:", "kk": "Барлығы"}[part.language])
    page.write_number(row + 2, width - 2, len(part.rows))
    page.merge_range(row + 4, 0, row + 4, width - 1, "Исполнитель: Пример П. (вымышлен), тел. 000")


def heads(page: Any, row: int, part: Part, bold: Any) -> None:
    columns = list(part.headings.values())
    place = 0
    while place < len(columns):
        top, low = columns[place]
        end = place
        while low and end + 1 < len(columns) and columns[end + 1][0] == top:
            end += 1
        if end > place:
            page.merge_range(row, place, row, end, top, bold)
        else:
            page.write_string(row, place, top, bold)
        if part.language == "ru":
            for each in range(place, end + 1):
                page.write_string(row + 1, each, columns[each][1], bold)
        place = end + 1


def write(page: Any, row: int, column: int, value: Any, days: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, days)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))
