"""French: forms that few texts need."""

from typing import Final

PHRASES: Final = {
    "every.unstated": "il incombe {bearer} d’accomplir régulièrement ce qui suit : "
    "{what}{where}{due}{time}.",
    "every.never": "Le texte n’en fixe pas la fréquence : l’exécution n’est jamais "
    "tardive, ni jamais jugée conforme.",
}
