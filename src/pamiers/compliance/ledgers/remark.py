"""One reason for a value, as words and as something a surface can translate."""

from dataclasses import dataclass

Parameter = str | float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One reason: a message key with parameters, and an English sentence."""

    key: str  #: such as `calendar.locked`
    params: tuple[tuple[str, Parameter], ...] = ()
    text: str

    def to_dict(self) -> dict[str, object]:
        """Return the remark as plain values."""
        return {"key": self.key, "params": dict(self.params), "text": self.text}


def remark(key: str, text: str, /, **params: Parameter) -> Remark:
    """Return a remark; its parameters in the order given."""
    return Remark(key=key, params=tuple(params.items()), text=text)
