"""A policy about a service that nobody sells, in the layout of a page that lost its printed headings."""

NBSP = "\u00a0"

LINES = (
    "Medical Policy",
    "",
    "Subject: Pulsed Light Gait Mapping (Including Optical Stride Tracing and Podovideography/ Stridography)",
    f"Document #: XYZ.00001 Current Effective Date: {NBSP} {NBSP} 03/15/2024",
    f"Status: Revised Last Review Date: {NBSP} {NBSP} 02/08/2024",
    "",
    "",
    "This document addresses pulsed light gait mapping, optical stride tracing and podovideography as ways to picture the walking foot.",
    "",
    "Position Statement",
    "",
    "Investigational and Not Medically Necessary:",
    "",
    "Pulsed light gait mapping, including, but not limited to, optical stride tracing of the foot, with or without numbering of frames "
    "and computer review of the foot or ankle, is considered investigational and not medically necessary for all indications.",
    "",
    "Pulsed light gait mapping, including, but not limited to, podovideography, also known as stridography, when used to follow the foot or "
    "ankle, is considered investigational and not medically necessary for all indications.",
    "",
    "",
    "Two small studies with eleven participants make up the literature. Trials that compare the lamps with a trained eye have not been run, "
    "so the evidence says little about outcomes of care.",
    "",
    "",
    "Pulsed light gait mapping is a way to throw short flashes on the walking foot and to keep what the camera sees. All variants need a dark corridor "
    "and a steady pair of shoes.",
    "",
    "Optical stride tracing draws the path of the heel from lamp to lamp. A clerk or a program reads the drawing afterwards.",
    "",
    "",
    "Podovideography (also known as Stridography): Moving pictures of the foot that are taken from below through a glass floor.",
    "",
    "Optical stride tracing: A drawing of the path that the heel takes between two lamps.",
    "",
    "",
    "The following codes for treatments and procedures are given here for informational purposes. A listed code does not constitute or imply "
    "that the plan pays; see the contract benefits in effect on the day of service.",
    "",
    "When services are Investigational and Not Medically Necessary:",
    "For the following procedure and diagnosis codes, or when the code describes a procedure named above as investigational.",
    "",
    "76999 Lamp study of the foot",
    "97799 Walking study without a code of its own (eg, corridor, treadmill) [when specified as stridography]",
    f"ICD-10 Diagnosis {NBSP} ",
    "G57.60-G57.63 Lesion of plantar nerve",
    "M20.10-M20.62 Deformities of the toes",
    "M72.2 Thickened band under the foot",
    "S92.001A-S92.919S Broken bones of the foot",
    "S93.401A-S39.499S Sprain of ankle",
    "",
    "Peer Reviewed Publications:",
    "",
    "  1. Ackermann L, Boone T. Lamps along a corridor. J Gait Curios. 2019; 4(2):11-19.",
    "  2. Cole M, et al. A glass floor for walking. Foot Lett. 2021; 9(1):1-7.",
    "Websites for Additional Information",
    "  1. National Walking Library. The foot at night. Available at: Accessed on May 2, 2023.",
    "  2. Foot Friends. Lamps. Available at: https://example.org/lamps. Accessed on May 2, 2023.",
    "",
    "",
    "Lamp makers are named as examples only. The list is illustrative only and not intended to be a recommendation of any of them.",
    "",
    "Document History",
    "Status Date Action",
    "Revised 02/08/2024 Committee review. Coding changed.",
    "Reviewed 02/09/2023 Committee review.",
    f"{NBSP} 08/01/2022 One word of the position was changed between reviews.",
    "New 02/10/2022 First version.",
    "Pre-Merger Organizations Last Review Date Document Number Title",
    "",
    "Footpath Health, Inc.",
    "",
    "",
    "11/30/2021 FPH.00077 Walking by Lamp Light",
    f"Corridor Health Networks, Inc. {NBSP} None",
)
TEXT = "\n".join(LINES)


def line_of(start: str) -> int:
    """The number of the one line that begins with these words."""
    (number,) = [number for number, line in enumerate(LINES, 1) if line.startswith(start)]
    return number


def with_line(start: str, *instead: str) -> bytes:
    """The text with the line that begins with these words exchanged for others, or left out."""
    at = line_of(start) - 1
    return "\n".join((*LINES[:at], *instead, *LINES[at + 1 :])).encode()
