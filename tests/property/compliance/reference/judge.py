"""One function a form: a rule and what is known, in; what is to be found, out."""

from collections.abc import Callable
from dataclasses import replace

from pamiers.compliance.rule import Form
from tests.property.compliance.reference.amounts import flow, proportion
from tests.property.compliance.reference.counts import goal, stock, upkeep
from tests.property.compliance.reference.duties import duty, response, rhythm
from tests.property.compliance.reference.facts import Bench, Truth
from tests.property.compliance.reference.forbid import absence, prohibition
from tests.property.compliance.reference.formulas import formula
from tests.property.compliance.reference.gates import is_shut
from tests.property.compliance.reference.notices import announcement
from tests.property.compliance.reference.often import frequency
from tests.property.compliance.reference.reactions import reaction


def judge(bench: Bench, occasion: str | None = None) -> Truth:
    """Return what is to be found of a rule over a period, or of one occasion."""
    if is_shut(bench, bench.known_at if occasion is not None else bench.until):
        bench = replace(bench, shut=True)
        if bench.rule.form not in DONE_EARLY:
            return Truth("undetermined", "locked")
    if occasion is not None:
        return EACH[bench.rule.form](bench, occasion)
    found = STANDING[bench.rule.form](bench)
    return found if bench.rule.form in SETTLED else so_far(bench, found)


def so_far(bench: Bench, found: Truth) -> Truth:
    """Return what is found of all of a period: what is to come is not kept yet."""
    ahead = bench.known_at <= bench.period.start and found.verdict == "unobserved"
    runs = bench.known_at < bench.period.end and found.verdict == "kept"
    return Truth("undetermined", "pending") if ahead or runs else found


#: forms by which what is done counts before a gate makes it due
DONE_EARLY = {Form.DUTY, Form.REACTION, Form.RESPONSE, Form.GOAL}
#: forms that once done are done, whatever the rest of the period brings
SETTLED = {Form.DUTY, Form.REACTION, Form.GOAL, Form.RHYTHM}
STANDING: dict[Form, Callable[[Bench], Truth]] = {
    Form.PROHIBITION: prohibition,
    Form.ABSENCE: absence,
    Form.DUTY: duty,
    Form.REACTION: reaction,
    Form.FREQUENCY: frequency,
    Form.STOCK: stock,
    Form.FLOW: flow,
    Form.GOAL: goal,
    Form.PROPORTION: proportion,
    Form.UPKEEP: upkeep,
    Form.RHYTHM: rhythm,
    Form.FORMULA: formula,
}
EACH: dict[Form, Callable[[Bench, str], Truth]] = {
    Form.RESPONSE: response,
    Form.ANNOUNCEMENT: announcement,
}
