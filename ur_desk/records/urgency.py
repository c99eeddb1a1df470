"""The definitions of urgency as they lie in the resources."""

import json

from ur_desk.domain.clocks.urgency import Urgencies, UrgencyDefinition
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError


def urgencies_from(data: bytes) -> Urgencies:
    """The definitions that the bytes tell; UserError where they are damaged or define a line of business twice."""
    found: dict[LineOfBusiness, UrgencyDefinition] = {}
    try:
        for told in json.loads(data)["definitions"]:
            definition = UrgencyDefinition(str(told["words"]), str(told["source"]), told["verified"] is True)
            for line in map(LineOfBusiness, told["lines"]):
                if line in found or not definition.words or not definition.source:
                    raise ValueError(f"{line} is defined twice, or not at all")
                found[line] = definition
    except (ValueError, LookupError, TypeError) as wrong:
        raise UserError(
            "The definitions of urgency are damaged.", "Install the program again; workspaces and cases are not affected."
        ) from wrong
    return Urgencies(found)
