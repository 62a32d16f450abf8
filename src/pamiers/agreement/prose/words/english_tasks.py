"""English: what bodies are tasked with, each as something to do."""

from typing import Final

TASKS: Final = {
    "observe": "observe",
    "monitor": "monitor",
    "verify": "verify",
    "report": "report",
    "decide": "decide",
    "attribute": "attribute responsibility",
    "address breaches": "address breaches",
    "determine remedies": "determine remedies",
    "coordinate": "coordinate",
    "inform participants": "inform participants",
    "reassure": "reassure",
    "settle": "settle",
    "settle disputes": "settle disputes",
    "rule": "rule",
    "interpret": "interpret",
    "investigate": "investigate",
    "inspect": "inspect",
    "supervise": "supervise",
    "authorise": "authorise",
    "enforce": "enforce",
    "negotiate": "negotiate",
    "consult": "consult",
    "advise": "advise",
    "mediate": "mediate",
    "solve problems": "solve problems",
}
