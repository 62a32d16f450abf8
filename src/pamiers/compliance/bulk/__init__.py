"""Agreements judged over many facts at once, without a finding for each day.

Main verb: `Engine.judge`. An agreement is compiled to checks on streams
(`program_of`); facts come as columns coded by a `Vocabulary`; the kernels do the
rest. What the compiler cannot lay down as streams it refuses by name, and leaves to
`pamiers.compliance.assess`.

May import: the agreement, core and the kernels; numpy, and numba where wanted.
"""
