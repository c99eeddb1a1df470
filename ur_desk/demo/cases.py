"""The demo's cases: what was asked, by whom, and when; in all states and lines of business."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ur_desk.demo.people import NEUROLOGIST, claim, local, member, request, service
from ur_desk.domain.request import Channel, LineOfBusiness, Request, Sex, Urgency

F, M = Sex.F, Sex.M
LOB = LineOfBusiness
SPINE = "Cineradiography of the lumbar spine, motion study"
NECK = "Cineradiography of the cervical spine in flexion and extension"


@dataclass(frozen=True, slots=True)
class Told:
    """One request of the demo under a short name, and when intake keyed it."""

    key: str
    request: Request
    entered: datetime


def told() -> Iterator[Told]:
    """Every request of the demo."""
    yield from _preservice()
    yield from _other_plans()
    yield from _claims()


def walk_in() -> Request:
    """A request that is in no case yet, for the tour to begin with."""
    who = member(4450, "Merriweather", "Juniper", date(1976, 4, 18), F, "26 Harness Makers Row\nMuncie, IN 47302")
    lines = (
        service(1, "76120", SPINE, date(2017, 10, 30)),
        service(2, "97110", "Therapeutic exercise", date(2017, 10, 30), 6, last=date(2017, 12, 8)),
    )
    notes = (
        "Low back pain for five months, worse on bending. Films show mild narrowing at L4-L5. A motion study is to look for instability."
    )
    return request(who, local(10, 13, 15, 10), LOB.ERISA_SELF_FUNDED, lines, "M54.5 G89.29", clinical_notes=notes)


def _preservice() -> Iterator[Told]:
    alvarado = member(4417, "Alvarado", "Rosalind", date(1971, 2, 14), F, "12 Linden Court\nMuncie, IN 47302")
    lines = (
        service(1, "76120", SPINE, date(2017, 10, 23)),
        service(2, "97110", "Therapeutic exercise", date(2017, 10, 23), 6, last=date(2017, 11, 30)),
    )
    notes = "Low back pain for five months. Films of 08/2017 show mild narrowing at L4-L5. Asks for a motion study to look for instability."
    yield Told(
        "fresh",
        request(alvarado, local(10, 12, 9, 30), LOB.ERISA_SELF_FUNDED, lines, "M54.5 G89.29", clinical_notes=notes),
        local(10, 12, 10, 5),
    )

    brandt = member(4418, "Brandt", "Thaddeus", date(1988, 6, 3), M, "301 Mill Race\nKokomo, IN 46901")
    yield Told(
        "saturday",
        request(
            brandt, local(10, 14, 16, 45), LOB.ERISA_SELF_FUNDED, (service(1, "76120", NECK, date(2017, 10, 17), place="22"),), "S12.100A",
            urgency=Urgency.EXPEDITED, urgency_said_by="Tobias Greenleaf, MD, treating physician", channel=Channel.PHONE,
            requesting_provider=NEUROLOGIST, clinical_notes="Fall from a ladder on 10/13. In a rigid collar. Surgeon asks whether the fracture moves.",
        ),
        local(10, 14, 17, 10),
    )  # fmt: skip

    castellan = member(4419, "Castellan", "Odile", date(1965, 11, 30), F, "77 Quarry Lane\nAnderson, IN 46011")
    yield Told(
        "returned from pend",
        request(
            castellan,
            local(10, 3, 11, 20),
            LOB.ERISA_SELF_FUNDED,
            (service(1, "76496", "Fluoroscopic procedure", date(2017, 10, 24)),),
            "M51.26",
        ),
        local(10, 3, 13),
    )

    dumont = member(4420, "Dumont", "Hippolyta", date(1959, 4, 9), F, "5 Ferry Street\nLafayette, IN 47901")
    day = date(2017, 10, 19)
    six = (
        service(1, "72100", "Lumbar spine films, two views", day),
        service(2, "97110", "Therapeutic exercise, visits", day, 24, last=date(2018, 1, 19)),
        service(3, "76120", SPINE, day),
        service(4, "72148", "Magnetic resonance imaging (MRI) of the lumbar spine", day, place="22"),
        service(5, "97140", "Manual therapy, visits", day, 12, last=date(2017, 12, 19)),
        service(6, "76125", "Cineradiography of the lumbar spine beside routine films", day),
    )
    yield Told("six lines", request(dumont, local(10, 4, 8, 15), LOB.ERISA_SELF_FUNDED, six, "M43.16 M54.16"), local(10, 4, 9, 40))

    eklund = member(4421, "Eklund", "Bartholomew", date(1979, 8, 21), M, "19 Depot Road\nMarion, IN 46952")
    yield Told(
        "with physician",
        request(eklund, local(10, 9, 14, 5), LOB.ERISA_SELF_FUNDED, (service(1, "76120", NECK, date(2017, 10, 25)),), "M54.2"),
        local(10, 9, 14, 50),
    )

    farrow = member(4422, "Farrow", "Seraphine", date(1992, 1, 5), F, "240 Hickory Bend\nFishers, IN 46037")
    yield Told(
        "sent back",
        request(farrow, local(10, 6, 10), LOB.ERISA_SELF_FUNDED, (service(1, "76120", "Cineradiography", date(2017, 10, 26)),), "M53.3"),
        local(10, 6, 10, 30),
    )

    grimaldi = member(4423, "Grimaldi", "Leopold", date(1950, 12, 12), M, "8 Chapel Hill\nRichmond, IN 47374")
    yield Told(
        "pended",
        request(
            grimaldi,
            local(10, 10, 15, 30),
            LOB.ERISA_SELF_FUNDED,
            (service(1, "76496", "Fluoroscopic procedure, not named further", date(2017, 10, 27)),),
            "M48.06",
        ),
        local(10, 10, 16),
    )

    holloway = member(4424, "Holloway", "Winifred", date(1983, 7, 17), F, "66 Sycamore Drive\nMuncie, IN 47304")
    yield Told(
        "to notice",
        request(
            holloway,
            local(10, 11, 9),
            LOB.ERISA_SELF_FUNDED,
            (service(1, "72100", "Lumbar spine films, two views", date(2017, 10, 18)),),
            "M54.5",
        ),
        local(10, 11, 9, 15),
    )

    ishikawa = member(4425, "Ishikawa", "Benedikt", date(1996, 3, 28), M, "31 Station Yard\nMuncie, IN 47305")
    yield Told(
        "noticed",
        request(
            ishikawa,
            local(10, 2, 13),
            LOB.COMMERCIAL_INSURED,
            (service(1, "72148", "Magnetic resonance imaging (MRI) of the lumbar spine", date(2017, 10, 13), place="22"),),
            "M54.16",
            requesting_provider=NEUROLOGIST,
        ),
        local(10, 2, 13, 20),
    )

    jessamine = member(4426, "Jessamine", "Cordelia", date(1968, 9, 2), F, "14 Weaver Row\nNoblesville, IN 46060")
    yield Told(
        "closed",
        request(
            jessamine,
            local(10, 2, 9, 10),
            LOB.ERISA_SELF_FUNDED,
            (service(1, "72141", "Magnetic resonance imaging (MRI) of the cervical spine", date(2017, 10, 9), place="22"),),
            "M50.20",
            requesting_provider=NEUROLOGIST,
        ),
        local(10, 2, 9, 45),
    )

    kessler = member(4427, "Kessler", "Ambrose", date(1974, 5, 25), M, "52 Lock Keeper's Way\nPeru, IN 46970")
    yield Told(
        "denied",
        request(kessler, local(10, 4, 16, 40), LOB.ERISA_SELF_FUNDED, (service(1, "76120", SPINE, date(2017, 10, 20)),), "M51.36"),
        local(10, 5, 8, 30),
    )

    lindgren = member(4428, "Lindgrove", "Philippa", date(1987, 10, 8), F, "9 Bell Tower Lane\nElwood, IN 46036")
    yield Told(
        "withdrawn",
        request(lindgren, local(10, 10, 8), LOB.ERISA_SELF_FUNDED, (service(1, "76120", SPINE, date(2017, 10, 31)),), "M54.5"),
        local(10, 10, 8, 20),
    )

    morrow = member(4429, "Morrow", "Gwendolyn", date(1977, 2, 2), F, "118 Prairie Street\nTipton, IN 46072")
    yield Told(
        "films",
        request(
            morrow,
            local(10, 13, 10),
            LOB.COMMERCIAL_INSURED,
            (service(1, "72120", "Dynamic bending films of the lumbar spine", date(2017, 10, 20)),),
            "M43.16",
        ),
        local(10, 13, 10, 30),
    )

    nakamori = member(4430, "Nakamori", "Florian", date(1990, 6, 19), M, "23 Foundry Street\nDayton, OH 45402")
    yield Told(
        "another state",
        request(
            nakamori, local(10, 12, 15), LOB.COMMERCIAL_INSURED, (service(1, "76120", SPINE, date(2017, 10, 26)),), "M54.5", state="OH"
        ),
        local(10, 12, 15, 30),
    )


def _other_plans() -> Iterator[Told]:
    ostrander = member(4431, "Ostrander", "Millicent", date(1944, 8, 8), F, "70 Garden Walk\nMuncie, IN 47303")
    yield Told(
        "swallow",
        request(
            ostrander,
            local(10, 11, 11),
            LOB.MEDICARE_ADVANTAGE,
            (service(1, "76120", "Cineradiography of the pharynx, swallow study", date(2017, 10, 20), place="22"),),
            "R13.12 M47.812",
            requesting_provider=NEUROLOGIST,
        ),
        local(10, 11, 11, 30),
    )

    pemberton = member(4432, "Pemberton", "Isolde", date(2008, 3, 14), F, "41 Schoolhouse Road\nYorktown, IN 47396")
    yield Told(
        "child",
        request(
            pemberton,
            local(10, 12, 8, 30),
            LOB.CHIP_MANAGED_CARE,
            (service(1, "76120", "Cineradiography of the thoracic spine", date(2017, 10, 30)),),
            "M41.114",
        ),
        local(10, 12, 9),
    )

    quillfeather = member(4433, "Quillan", "Desmond", date(1938, 12, 1), M, "3 Almshouse Green\nAnderson, IN 46016")
    yield Told(
        "dual",
        request(
            quillfeather,
            local(10, 13, 14),
            LOB.DSNP_INTEGRATED,
            (service(1, "76496", "Videofluoroscopy of the lumbar spine", date(2017, 10, 27)),),
            "M48.06",
        ),
        local(10, 13, 14, 40),
    )

    rosewood = member(4434, "Rosewood", "Harriet", date(1981, 4, 4), F, "59 Teachers' Lane\nMuncie, IN 47304")
    yield Told(
        "schools",
        request(rosewood, local(10, 13, 9), LOB.GOVERNMENT_SELF_FUNDED, (service(1, "76120", NECK, date(2017, 10, 25)),), "S13.4XXA"),
        local(10, 13, 9, 20),
    )

    stavros = member(4435, "Stavrou", "Leander", date(1973, 9, 9), M, "27 Canal Bank\nFort Wayne, IN 46802")
    yield Told(
        "synonym",
        request(
            stavros,
            local(10, 12, 13),
            LOB.MEDICAID_FFS,
            (service(1, "76499", "DMX, vertebral motion analysis, lumbar", date(2017, 10, 24)),),
            "M54.5",
        ),
        local(10, 12, 13, 30),
    )

    thackeray = member(4436, "Thackery", "Constance", date(1962, 7, 7), F, "6 Rope Walk\nMuncie, IN 47302")
    yield Told(
        "unknown plan",
        request(thackeray, local(10, 13, 16), LOB.OTHER, (service(1, "76120", SPINE, date(2017, 10, 30)),), "S13.9XXA"),
        local(10, 13, 16, 20),
    )

    upton = member(4437, "Upton", "Marcellus", date(1985, 11, 11), M, "90 Mill Pond\nMuncie, IN 47305")
    yield Told(
        "far ahead",
        request(upton, local(10, 13, 11), LOB.ERISA_SELF_FUNDED, (service(1, "76120", SPINE, date(2018, 8, 20)),), "M54.5"),
        local(10, 13, 11, 15),
    )


def _claims() -> Iterator[Told]:
    vandermeer = member(4438, "Vandermeer", "Eulalia", date(1970, 1, 20), F, "15 Tannery Row\nMuncie, IN 47302")
    yield Told(
        "claim",
        request(
            vandermeer, local(10, 6, 9), LOB.ERISA_SELF_FUNDED, (service(1, "76120", SPINE, date(2017, 9, 29)),), "M54.5", **claim(1, 412)
        ),
        local(10, 6, 9, 50),
    )

    whitlock = member(4439, "Whitlow", "Ferdinand", date(1955, 5, 5), M, "84 Orchard Row\nMuncie, IN 47303")
    yield Told(
        "claim before the version",
        request(
            whitlock, local(10, 5, 10), LOB.ERISA_SELF_FUNDED, (service(1, "76120", NECK, date(2017, 9, 12)),), "M54.2", **claim(2, 398)
        ),
        local(10, 5, 10, 40),
    )

    yarborough = member(4440, "Yarrow", "Clementine", date(1999, 2, 27), F, "11 Cooper Street\nMuncie, IN 47305")
    yield Told(
        "claim, insured",
        request(
            yarborough,
            local(10, 9, 9),
            LOB.COMMERCIAL_INSURED,
            (service(1, "76120", SPINE, date(2017, 9, 28)), service(2, "72100", "Lumbar spine films, two views", date(2017, 9, 28))),
            "M54.5",
            **claim(3, 655),
        ),
        local(10, 9, 9, 45),
    )

    zeller = member(4441, "Zellweger", "Augustine", date(1948, 10, 30), M, "2 Signal Hill\nMuncie, IN 47304")
    yield Told(
        "claim, federal",
        request(
            zeller,
            local(10, 10, 10),
            LOB.FEHB,
            (service(1, "76125", "Cineradiography beside routine films", date(2017, 10, 2)),),
            "M54.5",
            **claim(4, 240),
        ),
        local(10, 10, 10, 30),
    )

    abernathy = member(4442, "Abernath", "Lucinda", date(2001, 8, 16), F, "44 Wheelwright Lane\nMuncie, IN 47302")
    yield Told(
        "claim, exchange",
        request(abernathy, local(10, 11, 14), LOB.QHP_FFE, (service(1, "76120", SPINE, date(2017, 10, 3)),), "M41.26", **claim(5, 405)),
        local(10, 11, 14, 40),
    )

    birchwood = member(4443, "Birchall", "Octavian", date(1994, 12, 24), M, "37 Pump House Road\nMuncie, IN 47303")
    yield Told(
        "claim, medicaid",
        request(
            birchwood,
            local(10, 12, 10),
            LOB.MEDICAID_MANAGED_CARE,
            (service(1, "74230", "Swallow study with cineradiography", date(2017, 10, 4), place="22"),),
            "R13.12",
            **claim(6, 310),
        ),
        local(10, 12, 10, 25),
    )
