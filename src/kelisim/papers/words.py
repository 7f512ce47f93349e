"""The fixed words of official papers, in the languages in which papers are written."""

LANGUAGES = ("kk", "ru", "en")

WORDS: dict[str, dict[str, str]] = {
    "minutes": {"kk": "ХАТТАМА", "ru": "ПРОТОКОЛ", "en": "MINUTES"},
    "decision": {"kk": "ШЕШІМ", "ru": "РЕШЕНИЕ", "en": "DECISION"},
    "extract": {
        "kk": "ХАТТАМАДАН ҮЗІНДІ",
        "ru": "ВЫПИСКА ИЗ ПРОТОКОЛА",
        "en": "EXTRACT FROM THE MINUTES",
    },
    "covering": {"kk": "ІЛЕСПЕ ХАТ", "ru": "СОПРОВОДИТЕЛЬНОЕ ПИСЬМО", "en": "COVERING LETTER"},
    "agenda": {"kk": "КҮН ТӘРТІБІ", "ru": "ПОВЕСТКА ДНЯ", "en": "AGENDA"},
    "invitation": {"kk": "ШАҚЫРУ", "ru": "ПРИГЛАШЕНИЕ", "en": "INVITATION"},
    "sheet": {"kk": "КЕЛІСУ ПАРАҒЫ", "ru": "ЛИСТ СОГЛАСОВАНИЯ", "en": "APPROVAL SHEET"},
    "disagreements": {
        "kk": "КЕЛІСПЕУШІЛІКТЕР КЕСТЕСІ",
        "ru": "ТАБЛИЦА РАЗНОГЛАСИЙ",
        "en": "TABLE OF DISAGREEMENTS",
    },
    "approved": {"kk": "БЕКІТІЛГЕН", "ru": "УТВЕРЖДЕН", "en": "APPROVED"},
    "chaired": {"kk": "Төрағалық етті", "ru": "Председательствовал", "en": "In the chair"},
    "secretary": {"kk": "Хатшы", "ru": "Секретарь", "en": "Secretary"},
    "present": {"kk": "Қатысқандар", "ru": "Присутствовали", "en": "Present"},
    "invited": {"kk": "Шақырылғандар", "ru": "Приглашенные", "en": "Invited"},
    "quorum": {"kk": "Кворум", "ru": "Кворум", "en": "Quorum"},
    "heard": {"kk": "ТЫҢДАЛДЫ", "ru": "СЛУШАЛИ", "en": "HEARD"},
    "spoke": {"kk": "СӨЗ СӨЙЛЕДІ", "ru": "ВЫСТУПИЛИ", "en": "SPOKE"},
    "resolved": {"kk": "ШЕШІМ ҚАБЫЛДАНДЫ", "ru": "РЕШИЛИ", "en": "RESOLVED"},
    "voted": {"kk": "Дауыс беру", "ru": "Голосование", "en": "Vote"},
    "outgoing": {"kk": "шығ.", "ru": "исх.", "en": "our No."},
    "answers": {
        "kk": "Хатыңызға жауап:",
        "ru": "На Ваше письмо:",
        "en": "In answer to your letter:",
    },
    "enclosures": {"kk": "Қосымша", "ru": "Приложение", "en": "Enclosures"},
    "copies": {"kk": "Көшірмесі", "ru": "Копия", "en": "Copies"},
    "paper": {"kk": "Құжат", "ru": "Документ", "en": "Paper"},
    "body": {"kk": "Орган", "ru": "Орган", "en": "Body"},
    "post": {"kk": "Лауазымы", "ru": "Должность", "en": "Post"},
    "name": {"kk": "Аты-жөні", "ru": "Ф. И. О.", "en": "Name"},
    "verdict": {"kk": "Келісу нәтижесі", "ru": "Результат", "en": "Result"},
    "day": {"kk": "Күні", "ru": "Дата", "en": "Day"},
    "remark": {"kk": "Ескертулер", "ru": "Замечания", "en": "Remarks"},
    "place": {"kk": "Құрылымдық элемент", "ru": "Структурный элемент", "en": "Place"},
    "drafted": {"kk": "Жобаның редакциясы", "ru": "Редакция проекта", "en": "As drafted"},
    "proposed": {
        "kk": "Ұсынылатын редакция",
        "ru": "Предлагаемая редакция",
        "en": "As proposed",
    },
    "settlement": {
        "kk": "Реттелу нәтижесі",
        "ru": "Результат урегулирования",
        "en": "How it was settled",
    },
    "reports": {"kk": "Баяндаушы", "ru": "Докладчик", "en": "Reports"},
    "item": {"kk": "Мәселе", "ru": "Вопрос", "en": "Item"},
    "when": {"kk": "Өтетін уақыты", "ru": "Время проведения", "en": "When"},
    "where": {"kk": "Өтетін орны", "ru": "Место проведения", "en": "Where"},
    "number": {"kk": "Р/с №", "ru": "№ п/п", "en": "No."},
}


def said(language: str) -> dict[str, str]:
    """The fixed words in one language."""
    return {name: words[language] for name, words in WORDS.items()}
