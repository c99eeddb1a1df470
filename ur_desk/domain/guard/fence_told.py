"""What happened to the fence of a case, as sentences for timelines."""

from ur_desk.domain.guard.glass import FenceBody
from ur_desk.domain.guard.restriction import GlassBroken, Restricted, Unrestricted


def fence_told(body: FenceBody) -> str:
    """What happened, in plain words; nobody to whom it is open is named."""
    if isinstance(body, Restricted):
        count = len(body.open_to)
        return f"restricted the case ({body.kind.value}) to {count} named {'person' if count == 1 else 'people'}: {body.reason}"
    if isinstance(body, Unrestricted):
        return f"lifted the restriction: {body.reason}"
    if isinstance(body, GlassBroken):
        return f"broke the glass of the restricted case: {body.reason}"
    return "looked into a broken glass of this case."
