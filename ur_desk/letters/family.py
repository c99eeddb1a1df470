"""Which family of texts a letter takes, by line of business; and for which there is none, with the reason."""

from enum import StrEnum

from ur_desk.domain.request import LineOfBusiness, Request
from ur_desk.errors import UserError


class Family(StrEnum):
    """The texts that go together: state texts, ERISA texts, or both for an insured employer group."""

    COMMERCIAL_INSURED = "commercial_insured"
    ERISA_SELF_FUNDED = "erisa_self_funded"
    INSURED_EMPLOYER_GROUP = "insured_employer_group"


_HINT = "Use the plan's own approved notice, and record that notice was given. Nothing was lost."

_NAMES = {
    LineOfBusiness.MEDICARE_ADVANTAGE: "Medicare Advantage",
    LineOfBusiness.DSNP_INTEGRATED: "integrated dual-eligible plans",
    LineOfBusiness.MEDICAID_MANAGED_CARE: "Medicaid managed care",
    LineOfBusiness.MEDICAID_FFS: "Medicaid fee for service",
    LineOfBusiness.CHIP_MANAGED_CARE: "CHIP managed care",
    LineOfBusiness.FEHB: "the federal employees' program",
    LineOfBusiness.QHP_FFE: "plans on the federal exchange",
    LineOfBusiness.GOVERNMENT_SELF_FUNDED: "self-funded government plans",
    LineOfBusiness.OTHER: "another line of business",
}

_REFUSED = {
    LineOfBusiness.MEDICARE_ADVANTAGE: "Medicare Advantage notices use the standard CMS denial form (CMS-10003), which may not be reworded",
    LineOfBusiness.DSNP_INTEGRATED: "integrated D-SNP notices use the CMS coverage decision letter, which may not be reworded",
    LineOfBusiness.MEDICAID_MANAGED_CARE: "Medicaid notices use the state's own template, with fair hearing and continued benefits",
    LineOfBusiness.MEDICAID_FFS: "Medicaid notices use the state's own template, with fair hearing and continued benefits",
    LineOfBusiness.CHIP_MANAGED_CARE: "CHIP notices use the state's own template and review process",
    LineOfBusiness.FEHB: "FEHB notices follow the federal brochure and its disputed claims process",
    LineOfBusiness.QHP_FFE: "marketplace notices need texts of their own, and none is loaded",
    LineOfBusiness.GOVERNMENT_SELF_FUNDED: "governmental plans are outside ERISA and need texts of their own, and none is loaded",
    LineOfBusiness.OTHER: "no wording is loaded for a line of business that is only known as other",
}


def family_of(request: Request) -> Family:
    """The family of the request's line of business; UserError with the reason where no wording may be used.

    Commercial insured coverage of which nobody knows whether ERISA governs it takes both texts: no right is left out.
    """
    business = request.line_of_business
    if business is LineOfBusiness.ERISA_SELF_FUNDED:
        return Family.ERISA_SELF_FUNDED
    if business is LineOfBusiness.COMMERCIAL_INSURED:
        insured_only = request.coverage is not None and request.coverage.erisa is False
        return Family.COMMERCIAL_INSURED if insured_only else Family.INSURED_EMPLOYER_GROUP
    if business is None:
        raise UserError("No letter is written: the line of business is not known.", "Record it with the case first. Nothing was lost.")
    raise UserError(f"No letter is written for {_NAMES[business]}: {_REFUSED[business]}.", _HINT)


def erisa_certain(request: Request) -> bool:
    """Whether somebody said that ERISA governs the plan."""
    if request.line_of_business is LineOfBusiness.ERISA_SELF_FUNDED:
        return True
    return request.coverage is not None and request.coverage.erisa is True
