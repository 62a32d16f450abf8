"""French: what bodies are tasked with, each as something to do."""

from typing import Final

TASKS: Final = {
    "observe": "observer",
    "monitor": "surveiller",
    "verify": "vérifier",
    "report": "rendre compte",
    "decide": "décider",
    "attribute": "établir les responsabilités",
    "address breaches": "examiner les violations",
    "determine remedies": "déterminer les mesures correctives",
    "coordinate": "coordonner",
    "inform participants": "informer les participants",
    "reassure": "rassurer",
    "settle": "régler les différends",
    "settle disputes": "régler les différends",
    "rule": "trancher",
    "interpret": "interpréter",
    "investigate": "enquêter",
    "inspect": "inspecter",
    "supervise": "superviser",
    "authorise": "autoriser",
    "enforce": "faire respecter",
    "negotiate": "négocier",
    "consult": "consulter",
    "advise": "conseiller",
    "mediate": "servir de médiateur",
    "solve problems": "résoudre les problèmes",
}
