"""X12 text for tests: a 278 of invented people as segments, and the envelope around it with right counts."""

from collections.abc import Sequence

UMO = ["HL*1**20*1", "NM1*X3*2*LAKESHORE HEALTH PLAN*****PI*LHP01"]
REQUESTER = ["HL*2*1*21*1", "NM1*1P*2*HARBOR SPINE CLINIC*****XX*1234567893"]
SUBSCRIBER = ["HL*3*2*22*1", "NM1*IL*1*OKAFOR*LENA****MI*LHP880017", "DMG*D8*19710214*F"]
EVENT = ["HL*4*3*EV*1", "TRN*1*TRACE-1*9123456789", "UM*HS*I*4*11:B*****Y", "DTP*472*D8*20261012", "HI*ABK:M5450*ABF:G8929"]
LINE = ["HL*5*4*SS*0", "SV1*HC:76120*450*UN*1"]
BHT = "BHT*0007*13*REQ-1*20261001*0930"
ANSWER = "BHT*0007*11*REQ-1*20261002*1015*18"
GUIDE = "005010X217"


def request(
    *,
    bht: str | None = BHT,
    umo: Sequence[str] = UMO,
    requester: Sequence[str] = REQUESTER,
    patient: Sequence[str] = SUBSCRIBER,
    event: Sequence[str] = EVENT,
    lines: Sequence[str] = LINE,
) -> list[str]:
    """The segments of one request between ST and SE."""
    return [*([bht] if bht else []), *umo, *requester, *patient, *event, *lines]


def response(event: Sequence[str], lines: Sequence[str] = (), bht: str | None = ANSWER, patient: Sequence[str] = SUBSCRIBER) -> list[str]:
    """The segments of one response, the event's HL first."""
    return request(bht=bht, patient=patient, event=[f"HL*4*3*EV*{int(bool(lines))}", *event], lines=lines)


def transaction(body: Sequence[str], control: str = "0001", guide: str = GUIDE, code: str = "278") -> list[str]:
    """A transaction set with its own head and trailer."""
    return [f"ST*{code}*{control}*{guide}".rstrip("*"), *body, f"SE*{len(body) + 2}*{control}"]


def interchange(
    *bodies: Sequence[str], group: str = "HI", guide: str = GUIDE, control: str = "000000101", version: str = "00501", usage: str = "P"
) -> list[str]:
    """An interchange of one group with those 278s in it."""
    told = [segment for n, body in enumerate(bodies, 1) for segment in transaction(body, f"{n:04}", guide)]
    return [
        f"ISA*00*          *00*          *ZZ*SENDER         *ZZ*LHP            *261001*0930*^*{version}*{control}*0*{usage}*:",
        f"GS*{group}*SENDER*LHP*20261001*0930*7*X*{guide}",
        *told,
        f"GE*{len(bodies)}*7",
        f"IEA*1*{control}",
    ]


def text(segments: Sequence[str], end: str = "~", marks: str = "*:^") -> bytes:
    """The segments as a file; `marks` are the separators of elements, components and repetitions."""
    told = end.join(segments) + end
    return told.translate(str.maketrans("*:^", marks)).encode()


def file(*bodies: Sequence[str]) -> bytes:
    """A file of one interchange with those 278s in it."""
    return text(interchange(*bodies))
