"""What a file is, is told by its bytes; what is not read is refused with what to do, whatever its name says."""

import json

import file_makers as make
import pytest

from ur_desk.documents import read
from ur_desk.documents.formats import kinds
from ur_desk.documents.formats.kinds import Format, format_of
from ur_desk.domain.codes import CodeSet
from ur_desk.errors import UserError

TOLD = {
    "text": (b"Medical Policy\n\nSubject: Lamps", Format.TEXT),
    "text in brackets": (b"[Note] of the plan", Format.TEXT),
    "text that speaks of a tag": (b"The <h1> of a page", Format.TEXT),
    "text with a sign": (b"< 18 years of age", Format.TEXT),
    "Markdown": (b"# Policy\n\n- item", Format.TEXT),
    "PDF": (b"%PDF-1.7\n", Format.PDF),
    "PDF after a few bytes": (b"\r\njunk\n%PDF-1.4", Format.PDF),
    "Word": (make.docx_bytes(make.gait_docx), Format.DOCX),
    "HTML": (b"\xef\xbb\xbf  <!DOCTYPE html><html>", Format.HTML),
    "old HTML": (b'<HTML lang="en"><BODY>', Format.HTML),
    "HTML after a comment": (b"<!-- saved from the plan --><html>", Format.HTML),
    "XHTML": (b'<?xml version="1.0"?><!DOCTYPE html><html>', Format.HTML),
    "a piece of HTML": (b"<p>Words</p>", Format.HTML),
    "escaped HTML": (b"&lt;p&gt;Words", Format.HTML),
    "twice escaped HTML": (b"&amp;lt;p&amp;gt;Words", Format.HTML),
    "HTML in UTF-16": ("\ufeff<html>".encode("utf-16-le"), Format.HTML),
    "JSON": (json.dumps({"a": 1}).encode(), Format.JSON),
    "a JSON list": (b' [ {"text": ""}]', Format.JSON),
}


@pytest.mark.parametrize(("data", "what"), TOLD.values(), ids=TOLD.keys())
def test_the_format_is_told_by_the_bytes(data: bytes, what: Format) -> None:
    assert format_of(data, "misleading.pdf") is what


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = {
    "old Word": (OLE + b"\0" * 600, "old Word"),
    "locked Word": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    "RTF": (b"{\\rtf1\\ansi", "rich text"),
    "XML": (b"<?xml version='1.0'?><a/>", "XML"),
    "XML without a head": (b"<ClinicalDocument>", "XML"),
    "X12": (b"ISA*00*          *00*", "X12"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
    "TIFF": (b"II*\x00\x08\x00\x00\x00", "a picture"),
    "gzip": (b"\x1f\x8b\x08\x00", "a compressed archive"),
    "a web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
    "a program": (b"MZ\x90\x00\x03", "no document"),
    "half a PDF": (make.gait_pdf()[:3000], "a PDF that is damaged"),
    "half a Word document": (make.docx_bytes(make.gait_docx)[:9000], "damaged"),
    "a claim": (b'{"resourceType": "Claim"}', "JSON file in no form"),
    "a page without words": (b"<!DOCTYPE html><html>", "holds no text"),
    "a page that is no policy": (b"<h1>Lamps</h1><p>We sell lamps.</p>", "does not read as a medical policy"),
}


@pytest.mark.parametrize(("data", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_read_is_refused_with_what_to_do(data: bytes, told: str, codeset: CodeSet) -> None:
    with pytest.raises(UserError) as refused:
        read(data, "C:\\secret folder\\x.bin", codeset)
    assert told in refused.value.message
    assert "x.bin" in refused.value.message
    assert "secret" not in refused.value.message
    assert "Nothing was saved." in refused.value.message
    assert refused.value.hint


def test_a_file_larger_than_any_policy_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_BYTES", 1000)
    with pytest.raises(UserError, match="holds more than"):
        format_of(b"x" * 1001, "x.txt")


def test_one_policy_in_three_formats_tells_the_same_facts(codeset: CodeSet) -> None:
    files = {"gait.html": make.HTML.encode(), "gait.docx": make.docx_bytes(make.gait_docx), "gait.pdf": make.gait_pdf()}
    policies = [read(data, name, codeset) for name, data in files.items()]
    assert len({(p.id, p.title, p.version.effective, tuple(s.kind for s in p.sections)) for p in policies}) == 1
    assert len({p.text.sha256 for p in policies}) == 3
    assert [p.reader.split()[0] for p in policies] == ["html/1", "docx/1", "pdf/1"]
