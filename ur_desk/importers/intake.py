"""A request file of any kind to requests and problems; bad input is a problem with a place, never an exception."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.intake.attached import media_type_of
from ur_desk.domain.intake.mapping import Mapping, Sender
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Source
from ur_desk.domain.visible import visible
from ur_desk.importers.delimited import decoded
from ur_desk.importers.formats import Format, identify
from ur_desk.importers.request_json import extract_json, parsed
from ur_desk.importers.shapes import extract_script, extract_shape
from ur_desk.importers.tables import FORMATS, extract_table
from ur_desk.importers.x12_278 import extract_x12

MAX_BYTES = 64 * 1024 * 1024
"""A request file may have as many bytes; notes of the longest kind fit in many times over."""
REQUEST_FORMAT = "ur-desk-request/1"
X12_FORMAT = "x12-278"


def extract(
    data: bytes,
    name: str,
    codeset: CodeSet | None,
    now: datetime,
    how: Mapping | None = None,
    senders: Sequence[Sender] = (),
) -> Extracted:
    """The good requests of a file and a problem for each bad one; `name` is the file's name, folders are dropped.

    Every request names its source: file, format and the hash of the bytes as received. `how` says what the columns of a table or
    the keys of a JSON file mean; without it a sender is sought whose file it seems to be, then the headers are read.
    """
    file = file_name(name)
    if len(data) > MAX_BYTES:
        megabytes = MAX_BYTES // (1024 * 1024)
        return _refused(
            file,
            "too-large",
            f"The file is larger than {megabytes} MB. Split it into several files, or attach records apart from the request.",
        )
    format_ = identify(data)
    sha256 = hashlib.sha256(data).hexdigest()
    if format_ in FORMATS:
        return extract_table(data, format_, Source(file, FORMATS[format_], sha256), codeset, now, how, senders)
    if format_ is Format.SCRIPT:
        return extract_script(decoded(data)[0], Source(file, "script", sha256), codeset, now, how, senders)
    if format_ is Format.JSON:
        return _of_json(data, file, sha256, codeset, now, how, senders)
    if format_ is Format.X12:
        return extract_x12(data, Source(file, X12_FORMAT, sha256), codeset, now)
    if media_type_of(data) is not None:
        return Extracted((), (Problem(Severity.WARNING, "paper", file, _PAPER),))
    return _refused(file, *_NOT_READ[format_])


def _of_json(
    data: bytes, file: str, sha256: str, codeset: CodeSet | None, now: datetime, how: Mapping | None, senders: Sequence[Sender]
) -> Extracted:
    """Requests in the program's own words, or in a shape that somebody declared."""
    told = parsed(data, file)
    if isinstance(told, Problem):
        return Extracted((), (told,))
    shaped = extract_shape(told, Source(file, "json", sha256), codeset, now, how, senders)
    return shaped or extract_json(told, Source(file, REQUEST_FORMAT, sha256), codeset, now)


def file_name(name: str) -> str:
    """The name of a file as problems say it: visible, without folders, never empty."""
    return visible(name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or "unnamed"


def _refused(file: str, code: str, message: str) -> Extracted:
    return Extracted((), (Problem(Severity.ERROR, code, file, message),))


_PAPER = (
    "This is paper, a fax, a scan or a form: nothing is read from it. Drop it on the window, or `ur-desk intake --save` it, to key a "
    "request beside it. The file was left as it is."
)
_NOT_READ = {
    Format.EMPTY: ("empty-file", "The file is empty. Ask the sender to send it again."),
    Format.FHIR_XML: (
        "fhir-not-read",
        "This is FHIR as XML; FHIR is read as JSON. Ask the sender for application/fhir+json. The file was left as it is.",
    ),
    Format.FHIR_SHORTHAND: (
        "fhir-shorthand",
        "This is FHIR Shorthand (FSH), the source text of an implementation guide, not a request. The file was left as it is.",
    ),
    Format.MARKUP: ("unknown-format", "This is a web page or XML file, not a request. The file was left as it is."),
    Format.IMAGE: (
        "image-not-read",
        "This is a picture of a kind that is not shown as paper. Save it as PDF, TIFF, PNG or JPEG, and bring that. It was left as it is.",
    ),
    Format.OFFICE: (
        "office-not-read",
        "This is an Office document or an archive, and no workbook; no request is read from that. Key the request in the form, or send it "
        "as ur-desk-request/1 JSON. The file was left as it is.",
    ),
    Format.TEXT: ("unknown-format", "This is plain text in no format of requests. The file was left as it is."),
    Format.BINARY: ("unknown-format", "This is no text and no known document. The file was left as it is."),
}
