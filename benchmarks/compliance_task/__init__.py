"""The task of the compliance benchmark: facts, rules, and the rules as an agreement."""
