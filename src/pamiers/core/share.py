"""A part of a whole in hundredths: all and none are said of all and none alone."""


class Share(float):
    """A number that formats as `.0%` without rounding up to all or down to none.

    A reader takes 100% for always and 0% for never: .9996 is `>99%`, .0004 is `<1%`.
    Every other format, and every other number, is that of a float.
    """

    def __format__(self, spec: str) -> str:
        """Return the text; only `.0%` near an end differs from that of a float."""
        told = float.__format__(self, spec)
        if spec == ".0%" and 0 < self < 1:
            return {"100%": ">99%", "0%": "<1%"}.get(told, told)
        return told
