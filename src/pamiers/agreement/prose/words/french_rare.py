"""French: forms that few texts need."""

from typing import Final

PHRASES: Final = {
    "every.unstated": "il incombe {bearer} d’accomplir régulièrement ce qui suit : "
    "{what}{where}{due}{time}.",
    "every.never": "Le texte n’en fixe pas la fréquence : l’exécution n’est jamais "
    "tardive, ni jamais jugée conforme.",
    "while": "Ne vaut que tant qu’il y a, selon ce qui est consigné : {states}.",
    "unless.while": "seulement tant qu’il y a : {said}",
    "where.day.less": "{what} : avant le {value}",
    "where.day.at.most": "{what} : au plus tard le {value}",
    "where.day.more": "{what} : après le {value}",
    "where.day.at.least": "{what} : le {value} ou après",
    "what.not.by": " (de la part de quiconque, hormis : {who})",
    "pledge.joint": "{by} promettent ensemble, pour un seul montant : {of}{at_least}"
    "{up_to}{where}{when}.",
    "pledge.due": ", au plus tard {moment}",
    "pledge.stage": "Au moins {n} en tout au plus tard {moment}{cite}.",
    "text.part": "Fait partie intégrante de : {texts} ; qui a signé celui-ci a signé "
    "celui-là, sauf indication contraire.",
    "text.supersedes": "Remplace : {texts}.",
    "text.effect": "Donne effet à : {texts}.",
}
LABELS: Final = {
    "while": "tant que",
    "not_by": "de quiconque, hormis",
    "due": "échéance",
    "stages": "étapes",
    "gives_effect_to": "donne effet à",
    "part_of": "partie de",
    "supersedes": "remplace",
}
