"""What the strip says of the invented case."""

from ur_desk.ui.widgets.strip import StripContent

STRIP = StripContent(
    case_number="UR-2024-000318",
    name="Quillfeather, Odette",
    birth_date="11/02/1968",
    member_id="SYN-000318-01",
    services="99X01, 97110, 99X09",
    diagnoses="M25.561, S83.511A, G89.29, Z99.ZZ",
    coverage="Employer group, self-funded (ERISA) · IN",
    urgency="Standard",
    status="In nurse review",
    due="Due Tue 06/18/2024, end of day",
    left="11 days left",
    why="15 calendar days from receipt (ERISA, pre-service)",
    policy="SYN.00210 of 03/01/2024",
    policy_marks=("abstract",),
    saved="Saved 10:42",
)
