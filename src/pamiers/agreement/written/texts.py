"""What every record as written shares: texts by language, and keys kept unknown."""

from collections.abc import Mapping

from pamiers.agreement.text.node import Plain

Texts = Mapping[str, str]  #: language code -> text
Extra = Mapping[str, Plain]  #: keys that this version does not know
