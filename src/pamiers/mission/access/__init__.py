"""Who may do what: roles, what they may do to which class of thing, and who holds them.

Main verbs: `decide`, `principals`, `verify_device`. May import: core, ledger, agreement
and the rest of mission.

Invariants:
    * What no rule allows is refused; whoever is not known is the public.
    * A role never widens the class of sharing that a thing bears.
    * Roles are given and taken by entries; weighty ones need two persons.
    * The administrator gives roles and reads nothing confidential.
"""
