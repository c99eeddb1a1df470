"""What several position statements come to, where a service falls under all of them."""

from collections.abc import Sequence

from ur_desk.domain.policy import Position, Statement

_FOR = (Position.MEDICALLY_NECESSARY, Position.RECONSTRUCTIVE)


def speaks_against(statements: Sequence[Statement]) -> bool:
    """Whether the positions are adverse and no criteria decide: for all indications, or without any criteria beside them."""
    criteria = any(statement.criteria for statement in statements)
    return any(statement.position.adverse and (statement.all_indications or not criteria) for statement in statements)


def standing_position(statements: Sequence[Statement]) -> Position | None:
    """The position that is shown for a policy: an adverse one that no criteria decide, else the first one for the service, else the first.

    Where criteria decide, what is refused under some conditions does not stand against a service that is approved under others.
    """
    if speaks_against(statements):
        return next(statement.position for statement in statements if statement.position.adverse)
    favourable = (statement.position for statement in statements if statement.position in _FOR)
    return next(favourable, statements[0].position if statements else None)
