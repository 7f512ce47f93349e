"""Documents of other habits, languages and formats are read by the same general rules."""

import pytest

from tests.charter.readers.conftest import DOCUMENTS, kept, letters, tree

TREES = {
    "statute.kk.txt": """
chapter 1 Жалпы ережелер
  article 1 Негізгі ұғымдар
    passage  Осы Ережеде мынадай
      point 1 кеңес – қауымдастықтар
      point 2 делдал – тараптарға
  article 2 Кеңестің құрамы
    paragraph 1 Кеңес он бес
    paragraph 2 Кеңес мүшелері үш
chapter 2 Кеңестің жұмысы
  article 3 Алып тасталды –
  article 4 Отырыстар
    paragraph 1 Отырыс тоқсанына бір
    paragraph 2 Отырыста:
      point 1 есептер тыңдалады;
      point 2 шешімдер қабылданады:
        point а ашық дауыспен;
        point б жасырын дауыспен.
""",
    "rules.en.txt": """
part I MEMBERSHIP
  paragraph 1 The council has
  paragraph 2 A member serves
    point a once, by the
    point b twice, where no
part II MEETINGS
  paragraph 1 The council meets
  paragraph 2 Notice of a
    point  its place;
    point  its hour;
    point  what will be
part III RECORDS
  paragraph 1 Minutes are kept.
  paragraph 2 Minutes are published
""",
    "law.ru.txt": """
chapter 1 ОБЩИЕ ПОЛОЖЕНИЯ
  article 1 Основные понятия, используемые
    passage  В настоящем Законе
      point 1 община – объединение
      point 2 совет общин –
      point 3 посредник – лицо,
  article 2 Законодательство о советах
    paragraph 1 Законодательство о советах
    paragraph 2 Если международным договором
  article 3 Исключена Законом от
chapter 2 СОВЕТ ОБЩИН
  article 4 Состав совета
    paragraph 1 В состав совета
      point 1 председатель;
      point 2 два заместителя председателя;
      point 3 члены совета:
        point а от зарегистрированных общин;
        point б от местных представительных
    paragraph 2 Срок полномочий членов
  article 5 Полномочия совета
    passage  Совет:
      point 1 рассматривает обращения общин;
      point 2 утверждает план работы;
      point 3 утратил силу Законом
      point 4 осуществляет иные полномочия,
  article 5-1 Отчет совета
    passage  Совет ежегодно, не
chapter 3 ЗАКЛЮЧИТЕЛЬНЫЕ ПОЛОЖЕНИЯ
  article 6 Порядок введения в
    passage  Настоящий Закон вводится
""",
    "charter.en.md": """
passage  Adopted by the
part  Preamble
  passage  We, the neighbours
part I PRINCIPLES
  article 1 Dignity
    paragraph 1.1 Every neighbour has
    paragraph 1.2 No neighbour shall
      point a their origin;
      point b their belief; or
      point c how they voted:
        point i in the council;
        point ii elsewhere.
    paragraph 1.3 The council publishes
  article 2 Openness
    passage  The council shall:
      point  meet in public;
      point  publish its minutes
      point  answer every letter.
part II WORK
  article 3 Programme
    paragraph 3.1 The programme rests
      paragraph 3.1.1 shorter disputes;
      paragraph 3.1.2 cheaper mediation;
      paragraph 3.1.3 trained mediators, of
    paragraph 3.2 The programme is
  article 4 [Repealed by Resolution
annex 1
  passage  Forms of the
  paragraph 1 Form of application
  paragraph 2 Form of minutes
  passage  Signed: the Chair
""",
    "strategy.kk.md": """
part 1 Кіріспе
  passage  Стратегия өңірдегі қоғамдық
part 2 Мақсат пен міндеттер
  goal  Стратегияның мақсаты –
  passage  Стратегияның міндеттері:
    task  көршілестік дәстүрін қолдау;
    task  тіл үйрену ортасын
    task  жастарды ортақ жұмысқа
part 3 Іс-қимыл бағыттары
  group 3.1 Білім саласында:
    point  тіл курстарын ашу;
    point  мұғалімдерді оқыту, оның
    point  кітапханаларды толықтыру.
  group 3.2 Мәдениет саласында:
    point  жыл сайын ортақ
    point  музей қорын цифрландыру;
    point  шеберлерге қолдау көрсету.
part 4 Күтілетін нәтижелер
  passage  Стратегияны іске асыру
    point 1 келісім деңгейі артады;
    point 2 дау саны азаяды.
""",
    "concept.ru.md": """
part  Паспорт
part I АНАЛИЗ ТЕКУЩЕЙ СИТУАЦИИ
  passage  Город растет, и
  passage  Сильные стороны:
    point  активные советы домов;
    point  опытные посредники.
  passage  Слабые стороны:
    point  мало помещений;
    point  нет единого реестра.
part II ЦЕЛЬ, ЗАДАЧИ И
  goal  Целью Концепции является
  passage  Для достижения цели
    task 1 создание службы примирения;
    task 2 обучение посредников;
    task 3 открытие данных о
  passage  Концепция основана на
    principle 1 добровольности;
    principle 2 беспристрастности;
    principle 3 открытости.
part III НАПРАВЛЕНИЯ РАБОТЫ
  chapter 1 Служба примирения
    group  В сфере организации:
      measure  открытие приемных в
      measure  ведение единого реестра
    group  В сфере кадров:
      measure  обучение не менее
      measure  ежегодная проверка знаний
  chapter 2 Открытость
    passage  В целях открытости
      measure  публикация ежемесячной статистики;
      measure  проведение встреч с
part IV ОЖИДАЕМЫЕ РЕЗУЛЬТАТЫ
  passage  По итогам реализации
    result  сокращение споров на
    result  рост доверия к
""",
    "plan.en.html": """
passage  Adopted on 1
part 1 Aims
  passage  The strategy has
    goal 1 open shelves;
    goal 2 longer hours
      point  on weekdays;
      point  on Sundays.
part 2 Measures
  part 2.1 Reading
    passage  For reading the
      point  buy books &
      point  lend them <b>free</b>
  part 2.2 Rooms
    point  mend the roof;
    point  paint the walls.
""",
}


@pytest.mark.parametrize("name", TREES)
def test_its_tree_is_what_a_reader_sees(document, name):
    rows = TREES[name].strip("\n").split("\n")
    found = tree(document(name))
    assert [" ".join(row.split()) for row in found[: len(rows)]] == [
        " ".join(row.split()) for row in rows
    ]
    assert [len(row) - len(row.lstrip()) for row in found[: len(rows)]] == [
        len(row) - len(row.lstrip()) for row in rows
    ]


@pytest.mark.parametrize("name", [name for name in TREES if not name.endswith("html")])
def test_nothing_of_it_is_lost_or_doubled(document, name):
    assert kept(document(name)) == letters((DOCUMENTS / name).read_text())


def test_a_word_that_a_line_s_end_divided_is_whole_again(document):
    texts = [p.text for p in document("law.ru.txt").provisions]
    assert any("настоящим Законом." in text for text in texts)
    assert any("residents of the harbour." in p.text for p in document("rules.en.txt").provisions)


def test_languages_and_types_are_told_by_the_words(document):
    told = {name: (document(name).language, document(name).charter_type) for name in TREES}
    assert told["statute.kk.txt"] == ("kk", "law")
    assert told["law.ru.txt"] == ("ru", "law")
    assert told["concept.ru.md"] == ("ru", "concept")
    assert told["charter.en.md"][0] == "en"


def test_signatures_contents_and_page_numbers_are_recognised(document):
    whys = {x.text: x.why for x in document("law.ru.txt").leavings}
    assert whys["- 2 -"] == "page"
    assert whys["ОГЛАВЛЕНИЕ"] == "contents"
    assert whys["Президент Республики Примерия А. ПРИМЕРОВ"] == "signature"
    assert {x.text: x.why for x in document("rules.en.txt").leavings}["Page 1 of 2"] == "page"


def test_script_and_markup_of_a_page_come_out_as_text(document):
    draft = document("plan.en.html")
    code = [x.text for x in draft.leavings if x.why == "code"]
    assert 'alert("x < y")' in code
    assert "p{color:red}" in code
    assert any("<b>free</b>" in p.text for p in draft.provisions)
