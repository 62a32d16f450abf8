"""Whether keeping each clause is each party's better choice, within stated ranges.

Main verb: `stress`, which gives both parties' margins side by side.
May import: core, agreement, compliance, numpy and numba.

The agreement's ladder is taken as the strategy, and is tested: is complying a best
response to it? Nothing searches for other equilibria, and nothing here is a
probability of peace or of war. All margins are closed forms of a repeated game with
imperfect public monitoring (Green and Porter 1984; Abreu, Milgrom and Pearce 1991;
Mailath and Samuelson 2006, chapter 7).

Invariants:
    * No clock, file or randomness: seeds and generators are arguments.
    * Never a result for one party only; swapping the parties swaps the results.
    * Fields for weapons, targets or the timing of force are refused.
    * What cannot be computed is said in a sentence; no result is NaN.
"""
