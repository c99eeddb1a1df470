"""What a computer remembers of a demo: nothing, since the workspace is thrown away."""

from ur_desk.domain.trail.witness import LastSeen


class NothingSeen:
    """Remembers no workspace."""

    def get(self, workspace: str) -> LastSeen | None:
        """None: nothing was ever seen."""
        return None

    def keep(self, workspace: str, head: LastSeen) -> None:
        """Lets it go."""
