"""How much one booklet holds."""

from kelisim.refusals import Refusal

MOST = 200
MOST_OF_A_REGION = 500


def may_print(number: int, *, of_one_region: bool) -> Refusal | None:
    """Whether so many associations fit in a booklet."""
    most = MOST_OF_A_REGION if of_one_region else MOST
    if number <= most:
        return None
    if of_one_region:
        return Refusal("bodies.booklet_of_region_too_long", most=most, number=number)
    return Refusal("bodies.booklet_too_long", most=most, number=number)
