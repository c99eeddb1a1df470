"""`ur-desk wording`, `ur-desk form`, `ur-desk font`: the letters' wording, its approval and translations, official forms, and fonts."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, day, json_option, maybe_day, pass_context, read_file, warn_of
from ur_desk.cli.output import cell, echo, say, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.stationery import FontStanding, FormStanding, WordingStanding


@click.group()
def wording() -> None:
    """The wording of letters: what the plan approved, and its texts in other languages."""


@wording.command("list")
@json_option
@pass_context
def list_wordings(context: Context, as_json: bool) -> None:
    """Lists the wordings by language, with who approved and who translated each."""
    with context.desk() as desk:
        told = desk.stationery.wordings()
    if as_json:
        write_json([_wording(each) for each in told])
        return
    for each in told:
        translated = f", translated by {cell(each.translated.translator)}" if each.translated else ""
        outdated = ", made for an earlier English wording" if each.outdated else ""
        approved = f"approved by {cell(each.approved[0].by_whom)} on {each.approved[0].on}" if each.approved else "approved by nobody yet"
        echo(f"{each.language} ({cell(each.name)}) {each.wording[:12]}: {approved}{translated}{outdated}")


@wording.command("text")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", default="en", help="en if left out.")
@pass_context
def text(context: Context, file: Path, language: str) -> None:
    """Writes a wording clause by clause, for whoever approves it for the plan."""
    with context.desk() as desk:
        warn_of(desk, file)
        desk.exports.write("letter wording", file, desk.stationery.text(language))
    echo(str(file))


@wording.command("approve")
@click.option("--language", default="en", help="en if left out.")
@click.option("--by", "by_whom", required=True, help="Who approved it for the plan, such as the compliance committee.")
@click.option("--on", "on", help="The day; today if left out.")
@json_option
@pass_context
def approve(context: Context, language: str, by_whom: str, on: str | None, as_json: bool) -> None:
    """Records that the plan approves a wording as it now stands; until then no letter leaves outside of a demo."""
    with context.desk() as desk:
        kept = desk.stationery.approve(language, by_whom, maybe_day(on) or desk.today).value
    if as_json:
        write_json({"language": kept.language, "wording": kept.wording, "by": kept.by_whom, "on": kept.on.isoformat()})
    else:
        echo(f"{kept.language} {kept.wording[:12]}: approved by {cell(kept.by_whom)} on {kept.on}")


@wording.command("slots")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What the language is called in English, such as Spanish.")
@pass_context
def slots(context: Context, language: str, file: Path, name: str) -> None:
    """Writes the slots that a qualified translator fills to put the wording into a language."""
    with context.desk() as desk:
        warn_of(desk, file)
        desk.exports.write("letter wording", file, desk.stationery.slots(language, name))
    echo(str(file))


@wording.command("translate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--translator", required=True, help="Who translated it.")
@click.option("--qualified", required=True, help="How the translator is qualified, such as a certificate.")
@click.option("--on", "on", help="The day on which it was translated; today if left out.")
@json_option
@pass_context
def translate(context: Context, file: Path, translator: str, qualified: str, on: str | None, as_json: bool) -> None:
    """Keeps the slots that a qualified translator filled, checked one by one."""
    data = read_file(file)
    with context.desk() as desk:
        desk.exports.came_in("letter wording", file, data)
        kept = desk.stationery.translate(data, translator, qualified, maybe_day(on) or desk.today).value
    if as_json:
        write_json({"language": kept.language, "wording": kept.wording, "translator": kept.translator, "on": kept.on.isoformat()})
    else:
        echo(f"{kept.language} ({cell(kept.name)}) {kept.wording[:12]}: kept; the plan approves it before letters use it")


def _wording(each: "WordingStanding") -> dict[str, Any]:
    approved, translated = each.approved, each.translated
    return {
        "language": each.language,
        "name": each.name,
        "wording": each.wording,
        "outdated": each.outdated,
        "approved": {"by": approved[0].by_whom, "on": approved[0].on.isoformat()} if approved else None,
        "translated": {"by": translated.translator, "qualified": translated.qualified, "on": translated.on.isoformat()}
        if translated
        else None,
    }


@click.group()
def form() -> None:
    """Official forms that take the place of a letter, such as the denial form of Medicare Advantage."""


@form.command("list")
@json_option
@pass_context
def list_forms(context: Context, as_json: bool) -> None:
    """Lists the forms that the program knows, what is installed of them, and why one cannot be filled today."""
    with context.desk() as desk:
        told = desk.stationery.forms()
    if as_json:
        write_json([_form(each) for each in told])
        return
    for each in told:
        installed = f"OMB {cell(each.installed[0].omb)}, expires {each.installed[0].expires}" if each.installed else "not installed"
        echo(f"{each.id}: {cell(each.name)}; {installed}")
        if each.obstacle:
            say(each.obstacle)


@form.command("look")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_context
def look(context: Context, file: Path, as_json: bool) -> None:
    """Shows the fields of a fillable PDF, and which fact each seems to take."""
    data = read_file(file)
    with context.desk() as desk:
        told = desk.stationery.look(data, file.name)
    proposed = {field: fact for fact, field in told.proposed}
    if as_json:
        write_json([{"field": field, "fact": proposed.get(field)} for field in told.fields])
        return
    for field in told.fields:
        echo(f"{cell(field)}: {proposed.get(field, 'no fact')}")


@form.command("install")
@click.argument("form_id", metavar="FORM")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--omb", required=True, help="The OMB number as the form prints it.")
@click.option("--expires", required=True, help="The last day on which the form may be used.")
@click.option("--field", "fields", multiple=True, help="Which field takes a fact, as 'reason=Why denied'; by their names if left out.")
@json_option
@pass_context
def install(context: Context, form_id: str, file: Path, omb: str, expires: str, fields: tuple[str, ...], as_json: bool) -> None:
    """Installs an official form that the plan has; the former one is used no more."""
    from ur_desk.desk.steps import finish

    data, given = read_file(file), _pairs(fields)
    with context.desk() as desk:
        desk.exports.came_in("official form", file, data)
        chosen = given or dict(desk.stationery.look(data, file.name).proposed)
        kept = finish(desk.stationery.install(form_id, data, file.name, omb, day(expires), chosen)).value
        standing = next(each for each in desk.stationery.forms() if each.id == kept.form)
    if as_json:
        write_json(_form(standing))
        return
    echo(f"{kept.form}: OMB {cell(kept.omb)}, expires {kept.expires}, {len(kept.fields)} fields")
    if standing.obstacle:
        say(standing.obstacle)


@click.group()
def font() -> None:
    """Fonts for languages that the program's own cannot draw, such as Chinese, Japanese and Korean."""


@font.command("list")
@json_option
@pass_context
def list_fonts(context: Context, as_json: bool) -> None:
    """Lists the languages that need a font of the plan's or have one, and what is installed."""
    with context.desk() as desk:
        told = desk.stationery.fonts()
    if as_json:
        write_json([_font(each) for each in told])
        return
    for each in told:
        installed = f"{cell(each.installed[0].font)} {each.installed[0].file[:12]}" if each.installed else "not installed"
        echo(f"{each.language} ({cell(each.name)}): {installed}")


@font.command("install")
@click.argument("language", metavar="LANGUAGE")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="What the language is called in English; may be left out where the program knows it.")
@click.option("--face", type=click.IntRange(min=1), default=1, show_default=True, help="Which face of a collection.")
@json_option
@pass_context
def install_font(context: Context, language: str, file: Path, name: str | None, face: int, as_json: bool) -> None:
    """Installs a TrueType font with which letters draw a language, such as zh; the former one is used no more."""
    from ur_desk.desk.steps import finish

    data = read_file(file)
    with context.desk() as desk:
        desk.exports.came_in("font", file, data)
        known = next((each.name for each in desk.stationery.fonts() if each.language == language), "")
        kept = finish(desk.stationery.install_font(language, name or known, data, file.name, face - 1)).value
        standing = next(each for each in desk.stationery.fonts() if each.language == kept.language)
    if as_json:
        write_json(_font(standing))
        return
    echo(f"{kept.language} ({cell(kept.name)}): {cell(kept.font)} {kept.file[:12]}")


def _font(each: "FontStanding") -> dict[str, Any]:
    installed = each.installed[0] if each.installed else None
    told = {"font": installed.font, "file": installed.file, "face": installed.face + 1} if installed else None
    return {"language": each.language, "name": each.name, "installed": told}


def _pairs(typed: tuple[str, ...]) -> dict[str, str]:
    told = {}
    for each in typed:
        fact, _, field = each.partition("=")
        if not fact.strip() or not field.strip():
            raise UserError(f"'{each}' names no field.", "Write it as reason=Why denied. Nothing was changed.")
        told[fact.strip()] = field.strip()
    return told


def _form(each: "FormStanding") -> dict[str, Any]:
    installed = each.installed[0] if each.installed else None
    return {
        "form": each.id,
        "name": each.name,
        "facts": list(each.facts),
        "needed": sorted(each.needed),
        "installed": {"omb": installed.omb, "expires": installed.expires.isoformat(), "fields": dict(installed.fields)}
        if installed
        else None,
        "obstacle": each.obstacle or None,
    }


COMMANDS = (wording, form, font)
