"""Where to watch: which posts, patrols and sensors under real budgets and caveats.

Main verb: `deploy`, which places assets so that the smallest margin of deterrence is
as large as it can be, with a certificate of how much better anything could be.
May import: core, agreement, compliance, deterrence, numpy and numba.

Placement is of observers, sensors, patrols and protection only. Exact gaps in coverage
are a guide to evasion: they are for the protected annex, never for the public.

Invariants:
    * No clock, file or randomness; a solver stands behind a port of `mission`.
    * No detection curve is made up: every one is stated or calibrated from drills.
    * The worst place and hour count, not the mean.
    * Every plan carries a bound on what any other plan could reach.
"""
