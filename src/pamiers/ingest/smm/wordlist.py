"""Lists of words, written as a text and kept as a tuple."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, in order.

    Examples:
        >>> words("in on at")
        ('in', 'on', 'at')
    """
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a text, parted by `|` or by line ends, in order.

    Examples:
        >>> phrases("close to|near")
        ('close to', 'near')
    """
    found = (part.strip() for line in text.splitlines() for part in line.split("|"))
    return tuple(part for part in found if part)
