"""Identification numbers and numbers of members: pure arithmetic."""

WEIGHTS = (
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
    (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2),
)
DIGITS = 12
MODULUS = 11
NONE_FITS = 10


def check_digit(eleven: str) -> int | None:
    """The twelfth digit of a BIN (or IIN), from its first eleven; None: no such number is given.

    The sum of digits times 1…11, modulo 11; where that is 10, again with the weights that begin
    at 3. Source: the rules for forming identification numbers, Republic of Kazakhstan.
    """
    digits = [int(digit) for digit in eleven]
    for weights in WEIGHTS:
        rest = sum(w * d for w, d in zip(weights, digits, strict=True)) % MODULUS
        if rest != NONE_FITS:
            return rest
    return None


def bin_holds(number: str) -> bool:
    """Whether it is twelve digits with the right check digit."""
    if len(number) != DIGITS or not (number.isascii() and number.isdigit()):
        return False
    return check_digit(number[:-1]) == int(number[-1])


BANDS = (0, 10, 50, 100, 250, 500, 1000, 5000)


def band(count: int) -> tuple[int, int | None]:
    """A number of members as the public sees it: from, to (None: and more)."""
    place = max(index for index, least in enumerate(BANDS) if count >= least)
    most = BANDS[place + 1] - 1 if place + 1 < len(BANDS) else None
    return BANDS[place], most
