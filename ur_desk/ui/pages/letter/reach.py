"""Where a letter's forms find the numbers that the request tells: of a sending, and of the cover of a fax."""

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.request import Request
from ur_desk.ui.widgets.field_row import Setting
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.panels.reached import provider_number


def suit_where(form: InlineForm, request: Request) -> None:
    """Let "where to" of a sending follow its way and for whom it is, until somebody types another number or address."""
    filled = ""

    def suit() -> None:
        nonlocal filled
        way, before = Way(form.text("way")), filled
        if Party(form.text("party")) is Party.PROVIDER:
            filled = provider_number(request.requesting_provider, way)
        else:
            filled = (request.member.phone or "") if way is Way.PHONE else ""
        if form.text("where") == before:
            form.entry("where").retype(filled)

    form.entry("way").changed.connect(suit)
    form.entry("party").changed.connect(suit)
    suit()


def cover_form(request: Request) -> InlineForm:
    """The form of a fax's cover, for the requesting provider until somebody says for whom else."""
    form = InlineForm(_tr("Cover of a fax"), _tr("Save the cover…"))
    form.say(_tr("It names neither the member nor the case: whoever stands at the other machine reads it."))
    form.add("to_whom", _tr("To whom"), LineEntry(), required=_tr("Say to whom the fax goes."), setting=Setting.STACKED)
    form.add("fax", _tr("Fax number"), LineEntry(), required=_tr("Say to which number."), setting=Setting.STACKED)
    provider = request.requesting_provider
    fax = provider_number(provider, Way.FAX)
    if provider is not None and fax:
        form.fill({"to_whom": provider.contact or provider.name or "", "fax": fax})
    return form


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterPost", words)
