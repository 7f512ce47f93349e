"""How lists count: in letters, in Roman numbers, in figures."""

LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
}
ROMANS = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
MOST_ROMAN = 3999


def written(number: int, form: str) -> str:
    """A count in the letters or figures of its list, by the names that Word gives the forms."""
    if form in LETTERS:
        letters = LETTERS[form]
        return letters[(number - 1) % len(letters)]
    if form.endswith("Roman") and 0 < number <= MOST_ROMAN:
        roman = ""
        for worth, sign in ROMANS.items():
            while number >= worth:
                roman, number = roman + sign, number - worth
        return roman.upper() if form.startswith("upper") else roman
    return str(number)
