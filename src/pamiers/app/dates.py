"""Read dates given on the command line."""

from datetime import date

from pamiers.core.errors import UsageError


def read_date(text: str, option: str) -> date:
    """Return the date that an option names.

    Args:
        text: Year-month-day; other forms of ISO 8601 are refused.
        option: What to name in an error, such as `--day`.

    Returns:
        The date; of the first and last year of the calendar none, since the day
        before or after may lie outside it.

    Raises:
        UsageError: Another form, or no such date.
    """
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = date.min
    if read.isoformat() != text or not date.min.year < read.year < date.max.year:
        raise UsageError(
            option,
            expected="a date such as 2020-07-27",
            got=repr(text),
            remedy="Write year-month-day.",
        )
    return read
