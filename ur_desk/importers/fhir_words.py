"""What FHIR is that is no request for authorization, in a specialist's words."""

from ur_desk.importers.fhir_element import Element

_DEFINITIONS = frozenset(
    [
        "ActivityDefinition",
        "CapabilityStatement",
        "CodeSystem",
        "ConceptMap",
        "GraphDefinition",
        "ImplementationGuide",
        "Library",
        "Measure",
        "MessageDefinition",
        "NamingSystem",
        "OperationDefinition",
        "PlanDefinition",
        "Questionnaire",
        "SearchParameter",
        "StructureDefinition",
        "StructureMap",
        "SubscriptionTopic",
        "TerminologyCapabilities",
        "TestScript",
        "ValueSet",
    ]
)
_RECORDS = frozenset(
    [
        "AllergyIntolerance",
        "CarePlan",
        "CareTeam",
        "Condition",
        "Device",
        "DiagnosticReport",
        "DocumentReference",
        "Encounter",
        "Goal",
        "Immunization",
        "Media",
        "Medication",
        "MedicationStatement",
        "Observation",
        "Procedure",
        "Specimen",
        "Binary",
        "Composition",
    ]
)
_PEOPLE = frozenset(
    [
        "Patient",
        "Coverage",
        "Organization",
        "Practitioner",
        "PractitionerRole",
        "Location",
        "RelatedPerson",
        "Endpoint",
        "HealthcareService",
        "Group",
        "Person",
    ]
)
_ORDERS = frozenset(["ServiceRequest", "DeviceRequest", "MedicationRequest", "NutritionOrder", "VisionPrescription"])
_TOLD = {
    "Subscription": ("fhir-subscription", "asks a server to be told of news (Subscription)"),
    "SubscriptionStatus": ("fhir-notification", "only says that there is news (SubscriptionStatus)"),
    "Communication": ("fhir-message", "is a message between sender and payer (Communication); attach it to the case that it is about"),
    "CommunicationRequest": (
        "fhir-information-asked",
        "asks the provider for more information (CommunicationRequest); attach it to the case that it is about",
    ),
    "Task": ("fhir-information-asked", "asks the provider for more information (Task); attach it to the case that it is about"),
    "QuestionnaireResponse": (
        "fhir-record",
        "answers a payer's questions (QuestionnaireResponse, DTR); it belongs beside the Claim that it supports",
    ),
    "ExplanationOfBenefit": ("fhir-settled-claim", "reports a settled claim (ExplanationOfBenefit)"),
    "CoverageEligibilityRequest": ("fhir-eligibility", "asks whether a member is covered (CoverageEligibilityRequest)"),
    "CoverageEligibilityResponse": ("fhir-eligibility", "says whether a member is covered (CoverageEligibilityResponse)"),
}


def refuse(resource: Element, count: int = 1) -> None:
    """Says what a resource is that asks for no authorization; `count` of the kind stand in the file."""
    code, told = _words(resource.kind)
    more = f" {count:,} of them stand in the file." if count > 1 else ""
    resource.page.fail(resource.path, code, f"This {told}. It asks for no authorization: that is a PAS Bundle with a Claim.{more}")


def refuse_hook(path: str, resource: Element) -> None:
    """Says what a call of CDS Hooks is."""
    message = "This is a call of CDS Hooks (coverage discovery, CRD): it asks whether an order needs authorization, not for one. The request is a PAS Bundle with a Claim."
    resource.page.fail(path, "cds-hooks", message)


def _words(kind: str) -> tuple[str, str]:
    if kind in _TOLD:
        return _TOLD[kind]
    if kind in _DEFINITIONS:
        return "fhir-definition", f"defines something for those who build interfaces ({kind})"
    if kind in _PEOPLE:
        return "fhir-part", f"tells who is concerned ({kind}), and stands without its Claim"
    if kind in _RECORDS:
        return "fhir-record", f"is a clinical record ({kind}), and stands without its Claim"
    if kind in _ORDERS:
        return "fhir-order", f"is an order ({kind}): it says what is to be done, and stands without its Claim"
    if kind == "Parameters":
        return "fhir-parameters", "holds settings of a call (Parameters) and no Bundle"
    if kind:
        return "fhir-unknown", "is a FHIR resource of a kind that no request holds"
    return "fhir-unknown", "names no kind of FHIR resource (resourceType)"
