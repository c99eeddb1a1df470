"""Which family of texts a letter takes, by line of business; and what is left when there is none, with the reason."""

from enum import StrEnum

from ur_desk.domain.request import LineOfBusiness, Request
from ur_desk.errors import UserError


class Family(StrEnum):
    """The texts that go together: one for each line of business, and one for insured coverage that ERISA governs too."""

    COMMERCIAL_INSURED = "commercial_insured"
    INSURED_EMPLOYER_GROUP = "insured_employer_group"
    ERISA_SELF_FUNDED = "erisa_self_funded"
    GOVERNMENT_SELF_FUNDED = "government_self_funded"
    QHP_FFE = "qhp_ffe"
    FEHB = "fehb"
    MEDICAID_MANAGED_CARE = "medicaid_managed_care"
    MEDICAID_FFS = "medicaid_ffs"
    CHIP_MANAGED_CARE = "chip_managed_care"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    DSNP_INTEGRATED = "dsnp_integrated"


ERISA = frozenset({Family.ERISA_SELF_FUNDED, Family.INSURED_EMPLOYER_GROUP})
MEDICARE = frozenset({Family.MEDICARE_ADVANTAGE, Family.DSNP_INTEGRATED})
STATE_PROGRAMS = frozenset({Family.MEDICAID_MANAGED_CARE, Family.MEDICAID_FFS, Family.CHIP_MANAGED_CARE})
BY_STATE = frozenset(
    {
        Family.COMMERCIAL_INSURED,
        Family.INSURED_EMPLOYER_GROUP,
        Family.QHP_FFE,
        Family.MEDICAID_MANAGED_CARE,
        Family.MEDICAID_FFS,
        Family.CHIP_MANAGED_CARE,
    }
)
"""Families whose texts are those of one state, so that the profile must be of the state that governs the case."""

WINDOWS = {
    Family.COMMERCIAL_INSURED: "180",
    Family.INSURED_EMPLOYER_GROUP: "180",
    Family.ERISA_SELF_FUNDED: "180",
    Family.GOVERNMENT_SELF_FUNDED: "180",
    Family.QHP_FFE: "180",
    Family.MEDICAID_MANAGED_CARE: "60",
    Family.CHIP_MANAGED_CARE: "60",
    Family.MEDICARE_ADVANTAGE: "65",
    Family.DSNP_INTEGRATED: "65",
}
"""How many days there are to appeal to the plan; the other families have the plan's or the state's own text, with its own days."""


def family_of(request: Request) -> Family:
    """The family of the request's line of business; UserError with the reason where no wording may be used.

    Commercial insured coverage of which nobody knows whether ERISA governs it takes both texts: no right is left out.
    """
    business = request.line_of_business
    if business is LineOfBusiness.COMMERCIAL_INSURED:
        insured_only = request.coverage is not None and request.coverage.erisa is False
        return Family.COMMERCIAL_INSURED if insured_only else Family.INSURED_EMPLOYER_GROUP
    if business is None:
        raise UserError("No letter is written: the line of business is not known.", "Record it with the case first. Nothing was lost.")
    if business is LineOfBusiness.OTHER:
        raise UserError(
            "No letter is written: no wording is loaded for a line of business that is only known as other.",
            "Use the plan's own approved notice, and record that notice was given. Nothing was lost.",
        )
    return Family(business.value)


def erisa_certain(request: Request) -> bool:
    """Whether somebody said that ERISA governs the plan."""
    if request.line_of_business is LineOfBusiness.ERISA_SELF_FUNDED:
        return True
    return request.coverage is not None and request.coverage.erisa is True
