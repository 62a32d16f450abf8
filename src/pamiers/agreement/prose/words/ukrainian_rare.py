"""Ukrainian: forms that few texts need."""

from typing import Final

PHRASES: Final = {
    "every.unstated": "{bearer} належить регулярно здійснювати: {what}{where}{due}"
    "{time}.",
    "every.never": "Як часто, текст не встановлює: запізнення немає, дотримання не "
    "визнається.",
}
