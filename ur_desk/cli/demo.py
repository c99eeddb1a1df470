"""`ur-desk demo`: the app on a throw-away workspace, or the main job played through its windows."""

from pathlib import Path

import click

from ur_desk.cli.output import say


@click.command()
@click.option(
    "--headless",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Play the main job offscreen and leave pictures, letters and journey.json here.",
)
def demo(folder: Path | None) -> None:
    """Opens the app on a throw-away workspace filled with synthetic cases."""
    from ur_desk.app import demo as open_demo
    from ur_desk.app import play

    context = click.get_current_context()
    context.exit(open_demo() if folder is None else play(folder, say))


COMMANDS = (demo,)
