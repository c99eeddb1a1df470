"""What a line with one code, its words and the diagnoses beside it must give: relation, next step, scope, code results, cautions.

Service on 10/12/2017, commercial insured, one confirmed policy on moving x-ray pictures of the spine. Columns: code, diagnoses,
words, relation, suggestion, scope, the results of the code rows in order, and the cautions beyond `listing_is_not_coverage`.
"""

from dataclasses import dataclass

NEXT = {"refer": "refer_to_physician", "confirm": "confirm_and_rematch", "check": "check_criteria", "none": "no_policy_found"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; None where it holds a dash."""

    code: str | None
    dx: str
    words: str | None
    relation: str | None
    suggestion: str
    scope: str | None
    results: tuple[str, ...]
    cautions: frozenset[str]

    @property
    def name(self) -> str:
        """What a failing test is called."""
        return f"{self.code} {self.dx}: {self.words}"


def rows(table: str) -> list[Row]:
    """The rows of a table; lines that begin with # are headings."""
    found = []
    for line in table.strip().splitlines():
        if not line.startswith("#"):
            code, dx, words, relation, suggestion, scope, results, cautions = (
                None if cell == "-" else cell for cell in map(str.strip, line.split("|"))
            )
            found.append(
                Row(
                    code,
                    dx or "",
                    words,
                    relation,
                    NEXT[suggestion or ""],
                    scope,
                    tuple((results or "").split()),
                    frozenset((cautions or "").split()),
                )
            )
    return found


TABLE = """
# the three ways in
76120 | M54.5          | -                                                                                  | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | Cineradiography of the lumbar spine                                                | applies                | refer   | shown       | listed listed                | -
76120 | M54.5 G89.29   | Cineradiography of lumbar spine, motion study                                      | applies                | refer   | shown       | listed listed not_listed     | -
76120 | Z00.00         | Cineradiography of the lumbar spine                                                | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76120 | -              | Cineradiography of the back                                                        | applies                | refer   | shown       | listed                       | -
76120 | Z00.00         | Lumbar spine                                                                       | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76125 | M41.20         | Cineradiography beside routine films                                               | applies                | refer   | shown       | listed listed                | other
76120 | Z00.00         | Cineradiography L4-L5                                                              | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76120 | Z00.00         | Cine-radiography, C-spine                                                          | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76499 | Z00.00         | Videofluoroscopy of the lumbar spine                                               | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76499 | -              | Cineradiography of the back                                                        | applies_by_description | refer   | shown       | not_listed                   | -
76499 | Z00.00         | Digital motion x-ray of the cervical spine                                         | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
72052 | M54.2          | Digital motion x-ray of the cervical spine                                         | applies_by_description | refer   | shown       | not_listed listed            | -
76499 | Z00.00         | Dynamic spinal visualization                                                       | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76499 | Z00.00         | Dynamic visualization of the lumbar spine                                          | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76499 | Z00.00         | Video-fluoroscopic study, lumbosacral                                              | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76499 | Z00.00         | Videofluroscopy of the thoracic spine                                              | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
-     | Z00.00         | Digital motion x-ray of the spine                                                  | applies_by_description | refer   | shown       | not_listed                   | diagnosis_not_listed
99999 | M54.5          | Digital motion X-Ray (DMX), cervical spine                                         | applies_by_description | refer   | shown       | not_listed listed            | -
# a listed code that nothing ties to the spine asks
76120 | -              | -                                                                                  | confirm_scope          | confirm | not_shown   | listed                       | scope_unconfirmed
76120 | Z00.00         | -                                                                                  | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | Z00.00         | Cineradiography                                                                    | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | Z00.00         | Cineradiography, except where specifically included                                | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | R13.12         | -                                                                                  | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76125 | R07.9          | Cineradiography                                                                    | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed other scope_unconfirmed
76120 | J45.909        | Digital motion x-ray                                                               | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
# words that name another part of the body beat diagnoses
76120 | R13.12         | Cineradiography of the pharynx                                                     | confirm_scope          | confirm | names_other | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | R13.12 M48.12  | Cineradiography, swallow study                                                     | confirm_scope          | confirm | names_other | listed not_listed listed     | scope_unconfirmed
76120 | R13.12 M47.812 | Swallow study with cineradiography                                                 | confirm_scope          | confirm | names_other | listed not_listed listed     | scope_unconfirmed
76120 | M54.5          | Cineradiography of the knee                                                        | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | Z00.00         | Cineradiography of the knee                                                        | confirm_scope          | confirm | names_other | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | M50.20         | Cineradiography of the esophagus                                                   | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.2          | Cineradiography of the diaphragm, sniff test                                       | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.2          | Speech evaluation by cineradiography                                               | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M47.812        | Cineradiography of the cervical spine and pharynx                                  | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography of the lumbar spine and knee                                       | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M47.812        | Cineradiography of the cervical spine for dysphagia                                | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography of the heart valve                                                 | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76125 | M48.12         | Modified barium swallow                                                            | confirm_scope          | confirm | names_other | listed listed                | other scope_unconfirmed
76120 | M54.5          | Cineradiography of the cervical esophagus                                          | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
# a complaint elsewhere is not the part that is pictured
76120 | M54.16         | Cineradiography of the lumbar spine, pain radiating to the left leg                | applies                | refer   | shown       | listed listed                | -
76120 | Z00.00         | Cineradiography of the lumbar spine for hip pain                                   | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76499 | Z00.00         | Videofluoroscopy for low back pain with leg weakness                               | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76120 | M54.5          | Cineradiography for leg pain                                                       | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
# the neck asks without a listed diagnosis
76120 | Z00.00         | Cineradiography of the neck                                                        | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | M54.2          | Cineradiography of the neck                                                        | applies                | refer   | shown       | listed listed                | -
76499 | Z00.00         | Videofluoroscopy of the neck                                                       | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
76499 | M54.2          | Videofluoroscopy of the neck                                                       | applies_by_description | refer   | shown       | not_listed listed            | -
76499 | R13.12         | Videofluoroscopy of the neck                                                       | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
76499 | R13.12 M47.812 | Videofluoroscopy of the neck and throat, swallow                                   | related                | none    | -           | not_listed not_listed listed | -
76499 | S13.9XXA       | Videofluoroscopy of the neck                                                       | confirm_scope          | confirm | not_shown   | not_listed suspect           | scope_unconfirmed suspect_range
76499 | Z00.00         | Digital motion x-ray, neck                                                         | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
# without a part of the body
76499 | M54.2          | Digital motion x-ray                                                               | applies_by_description | refer   | shown       | not_listed listed            | -
76499 | Z00.00         | Digital motion x-ray                                                               | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
76499 | -              | Digital motion xray                                                                | confirm_scope          | confirm | not_shown   | not_listed                   | scope_unconfirmed
76499 | M54.2          | Videofluoroscopy                                                                   | related                | none    | -           | not_listed listed            | -
76499 | Z00.00         | Videofluoroscopy                                                                   | related                | none    | -           | not_listed not_listed        | -
76000 | M54.5          | Cineradiography                                                                    | related                | none    | -           | not_listed listed            | -
76499 | S13.9XXA       | Digital motion x-ray                                                               | confirm_scope          | confirm | not_shown   | not_listed suspect           | scope_unconfirmed suspect_range
# our synonyms
76499 | M54.2          | DMX                                                                                | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
76499 | Z00.00         | DMX                                                                                | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
76499 | M54.2          | DMX of the cervical spine                                                          | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
72052 | M54.2          | DMX, 7 views, cervical spine                                                       | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
76499 | M54.5          | Vertebral motion analysis                                                          | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
76499 | Z00.00         | KineGraph VMA of the lumbar spine                                                  | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
76499 | M54.5          | Cinefluoroscopy of the lumbar spine                                                | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
76499 | M54.5          | DMX of the knee                                                                    | related                | none    | -           | not_listed listed            | -
84585 | M54.5          | VMA, urine                                                                         | related                | none    | -           | not_listed listed            | -
76120 | Z00.00         | Vertebral motion analysis                                                          | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | M54.5          | DMX of the lumbar spine                                                            | applies                | refer   | shown       | listed listed                | -
76499 | M54.5          | KineGraph with videofluoroscopy of the lumbar spine                                | applies_by_description | refer   | shown       | not_listed listed            | -
# the condition of 76496
76496 | M54.5          | -                                                                                  | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | Z00.00         | -                                                                                  | confirm_condition      | confirm | not_shown   | conditional not_listed       | condition_unconfirmed diagnosis_not_listed
76496 | M54.5          | Unlisted fluoroscopic procedure                                                    | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Videofluoroscopy of the lumbar spine                                               | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Videofluoroscopy                                                                   | applies                | refer   | shown       | listed listed                | -
76496 | Z00.00         | Videofluoroscopy of the lumbar spine                                               | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76496 | Z00.00         | Videofluoroscopy                                                                   | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76496 | M54.5          | Cineradiography of the lumbar spine                                                | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Digital motion x-ray of the lumbar spine                                           | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Fluoroscopy of the lumbar spine                                                    | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | R13.12         | Videofluoroscopy of the swallow                                                    | confirm_scope          | confirm | names_other | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76496 | R13.12 M48.12  | Videofluoroscopy of the swallow                                                    | confirm_scope          | confirm | names_other | listed not_listed listed     | scope_unconfirmed
76496 | M48.12         | Barium swallow under fluoroscopy                                                   | confirm_condition      | confirm | names_other | conditional listed           | condition_unconfirmed scope_unconfirmed
76496 | M54.16         | Fluoroscopic guidance for lumbar injection                                         | confirm_condition      | confirm | names_other | conditional listed           | condition_unconfirmed scope_unconfirmed
# denied
76496 | M54.5          | Not videofluoroscopy                                                               | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Fluoroscopy of the lumbar spine, no videofluoroscopy                               | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Fluoroscopy without videofluoroscopy, lumbar                                       | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Lumbar fluoroscopy; videofluoroscopy not performed                                 | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Lumbar fluoroscopy (videofluoroscopy declined)                                     | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Videofluoroscopy: no                                                               | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Non-videofluoroscopic fluoroscopy of the lumbar spine                              | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Not specified as videofluoroscopy                                                  | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Neither cineradiography nor videofluoroscopy                                       | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Fluoroscopy of the lumbar spine instead of videofluoroscopy                        | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Something other than videofluoroscopy                                              | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Videofluoroscopy? Lumbar                                                           | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Prior videofluoroscopy of the lumbar spine was inconclusive                        | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Consider videofluoroscopy of the lumbar spine                                      | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Not a swallow study; videofluoroscopy of the lumbar spine                          | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Videofluoroscopy of the lumbar spine, not of the swallow                           | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Videofluoroscopy with or without contrast, lumbar spine                            | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Prior authorization for videofluoroscopy of the lumbar spine                       | applies                | refer   | shown       | listed listed                | -
76499 | M54.5          | MRI of the lumbar spine without videofluoroscopy                                   | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Not digital motion x-ray of the spine                                              | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Not cineradiography, videofluoroscopy, or digital motion x-ray of the spine        | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Lumbar x-rays, digital motion x-ray not requested                                  | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Videofluoroscopy, not of the spine                                                 | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Non-spinal videofluoroscopy                                                        | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Videofluoroscopy of a part other than the spine                                    | related                | none    | -           | not_listed listed            | -
76120 | M54.5          | Cineradiography, not of the spine                                                  | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography of no part other than the spine                                    | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | Lumbar films, not cineradiography                                                  | confirm_scope          | confirm | not_shown   | listed listed                | scope_unconfirmed
76120 | M54.2          | Cineradiography of the cervical spine; denies dysphagia                            | applies                | refer   | shown       | listed listed                | -
76120 | M54.2          | Cineradiography of the cervical spine, no trouble swallowing                       | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | No body part but the spine                                                         | applies                | refer   | shown       | listed listed                | -
76499 | Z00.00         | Instead of MRI, videofluoroscopy of the lumbar spine                               | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76499 | Z00.00         | No relief from therapy needs cineradiography of the lumbar spine                   | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
# mixed wordings
76120 | M54.5          | Cineradiography of the lumbar spine; swallow study done last year                  | applies                | refer   | shown       | listed listed                | -
76120 | Z00.00         | Cineradiography of the lumbar spine; swallow study done last year                  | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76499 | M54.5          | Cineradiography of the lumbar spine; swallow study done last year                  | applies_by_description | refer   | shown       | not_listed listed            | -
76499 | M54.5          | MRI of the lumbar spine; cineradiography done in 2015                              | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | MRI of the lumbar spine, prior digital motion x-ray of the spine                   | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | If MRI is negative, videofluoroscopy of the lumbar spine                           | related                | none    | -           | not_listed listed            | -
76120 | M54.5          | Cineradiography of the lumbar spine performed on 10/12/2017                        | applies                | refer   | shown       | listed listed                | -
76499 | M54.5          | Videofluoroscopic swallow study and lumbar spine cineradiography                   | confirm_scope          | confirm | names_other | not_listed listed            | scope_unconfirmed
76499 | M47.812        | Videofluoroscopy of the swallow after cervical spine fusion                        | related                | none    | -           | not_listed listed            | -
76120 | M54.5          | Swallow study declined; cineradiography of the lumbar spine                        | applies                | refer   | shown       | listed listed                | -
76499 | M54.5          | Call back: videofluoroscopy result                                                 | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Needle placement with C-arm; videofluoroscopy of the lumbar spine                  | applies_by_description | refer   | shown       | not_listed listed            | -
# never this policy under codes of their own
72114 | Z00.00         | Flexion-extension films of the lumbar spine                                        | -                      | none    | -           | not_listed not_listed        | -
72114 | M54.5          | Flexion-extension films of the lumbar spine                                        | related                | none    | -           | not_listed listed            | -
72120 | Z00.00         | Bending films only, lumbar                                                         | -                      | none    | -           | not_listed not_listed        | -
72120 | M54.5          | Dynamic bending films, lumbar                                                      | related                | none    | -           | not_listed listed            | -
72052 | Z00.00         | Dynamic cervical spine x-rays, flexion and extension views                         | -                      | none    | -           | not_listed not_listed        | -
72052 | M54.2          | Dynamic cervical spine x-rays, flexion and extension views                         | related                | none    | -           | not_listed listed            | -
72114 | M54.5          | Dynamic spinal visualization, flexion-extension films                              | related                | none    | -           | not_listed listed            | -
72100 | Z00.00         | Digital x-ray of the lumbar spine                                                  | -                      | none    | -           | not_listed not_listed        | -
72100 | M54.5          | Digital x-ray of the lumbar spine                                                  | related                | none    | -           | not_listed listed            | -
72100 | M54.5          | Still digital x-ray of the lumbar spine                                            | related                | none    | -           | not_listed listed            | -
77003 | Z00.00         | Fluoroscopic guidance for epidural injection                                       | -                      | none    | -           | not_listed not_listed        | -
77003 | M54.16         | Fluoroscopic guidance for lumbar epidural injection                                | related                | none    | -           | not_listed listed            | -
74230 | R13.12         | Modified barium swallow with videofluoroscopy                                      | -                      | none    | -           | not_listed not_listed        | -
74230 | R13.12 M47.812 | Modified barium swallow with videofluoroscopy                                      | related                | none    | -           | not_listed not_listed listed | -
74230 | M48.12         | Cineradiography of the swallow, cervical spondylosis                               | related                | none    | -           | not_listed listed            | -
92611 | R13.12         | Videofluoroscopic swallowing evaluation                                            | -                      | none    | -           | not_listed not_listed        | -
92611 | M48.12         | Videofluoroscopic swallowing evaluation                                            | related                | none    | -           | not_listed listed            | -
72148 | M54.5          | Upright MRI of the lumbar spine                                                    | related                | none    | -           | not_listed listed            | -
72148 | Z00.00         | Positional MRI of the lumbar spine                                                 | -                      | none    | -           | not_listed not_listed        | -
72141 | M54.2          | Dynamic upright MRI of the cervical spine                                          | related                | none    | -           | not_listed listed            | -
72148 | M54.5          | Dynamic spinal visualization by upright MRI                                        | related                | none    | -           | not_listed listed            | -
# the same words under a listed code ask
76120 | M54.5          | Flexion-extension films of the lumbar spine                                        | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | Z00.00         | Flexion-extension films of the lumbar spine                                        | confirm_scope          | confirm | names_other | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76120 | M54.5          | Dynamic bending films, lumbar                                                      | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Still digital x-ray of the lumbar spine                                            | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.16         | Fluoroscopic guidance for lumbar epidural injection                                | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Upright MRI of the lumbar spine                                                    | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M47.812        | Modified barium swallow                                                            | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography of the lumbar spine in flexion and extension                       | applies                | refer   | shown       | listed listed                | -
# diagnoses and what they tie
76120 | S13.4XXA       | -                                                                                  | applies                | refer   | shown       | listed listed                | suspect_range
76120 | S13.4XXD M54.2 | -                                                                                  | applies                | refer   | shown       | listed listed listed         | suspect_range
76120 | S13.9XXA       | -                                                                                  | confirm_scope          | confirm | not_shown   | listed suspect               | scope_unconfirmed suspect_range
76120 | S13.9XXA       | Cineradiography of the cervical spine                                              | applies                | refer   | shown       | listed suspect               | suspect_range
76120 | S42.001A       | -                                                                                  | confirm_scope          | confirm | not_shown   | listed suspect               | scope_unconfirmed suspect_range
76120 | S22.000A       | -                                                                                  | applies                | refer   | shown       | listed listed                | -
76120 | S13.4          | -                                                                                  | confirm_scope          | confirm | not_shown   | listed header                | header_code scope_unconfirmed suspect_range
76120 | M54            | -                                                                                  | confirm_scope          | confirm | not_shown   | listed header                | header_code scope_unconfirmed
76120 | M54.50         | -                                                                                  | applies                | refer   | shown       | listed listed                | other
76120 | M54.5X         | -                                                                                  | confirm_scope          | confirm | not_shown   | listed invalid               | diagnosis_not_listed invalid_code scope_unconfirmed
76120 | 724.2          | -                                                                                  | confirm_scope          | confirm | not_shown   | listed invalid               | diagnosis_not_listed icd9_code invalid_code scope_unconfirmed
97110 | M54.5          | Therapeutic exercise                                                               | related                | none    | -           | not_listed listed            | -
97110 | J45.909        | Therapeutic exercise                                                               | -                      | none    | -           | not_listed not_listed        | -
97110 | S13.9XXA       | Therapeutic exercise                                                               | related                | none    | -           | not_listed suspect           | suspect_range
72148 | M54.5          | MRI of the lumbar spine                                                            | related                | none    | -           | not_listed listed            | -
0123T | Z00.00         | Something new                                                                      | related                | none    | -           | mentioned not_listed         | -
7612  | M54.5          | Cineradiography of the lumbar spine                                                | applies_by_description | refer   | shown       | not_listed listed            | -
# more ways to say it
76496 | M54.5          | Fluoroscopy w/o videofluoroscopy                                                   | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Videofluoroscopy was considered but not done                                       | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Not only fluoroscopy but videofluoroscopy of the lumbar spine                      | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | No contrast; videofluoroscopy, lumbar                                              | applies                | refer   | shown       | listed listed                | -
76120 | Z00.00         | Cineradiography, r/o lumbar instability                                            | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76120 | Z00.00         | Cineradiography s/p lumbar fusion                                                  | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76499 | Z00.00         | Videofluoroscopy to rule out cervical instability                                  | applies_by_description | refer   | shown       | not_listed not_listed        | diagnosis_not_listed
76120 | M54.5          | Cineradiography of the lumbar spine, not flexion-extension films                   | applies                | refer   | shown       | listed listed                | -
76120 | Z00.00         | Cineradiography rather than MRI, lumbar spine                                      | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76120 | M54.2          | Cineradiography of the cervical spine, previous swallow study normal               | applies                | refer   | shown       | listed listed                | -
76120 | M54.2          | Cineradiography of the cervical spine, not for swallowing                          | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | Not cineradiography                                                                | confirm_scope          | confirm | not_shown   | listed listed                | scope_unconfirmed
76120 | M54.5          | Pelvis, cineradiography                                                            | applies                | refer   | shown       | listed listed                | -
76120 | Z00.00         | Cineradiography, sacroiliac joint                                                  | confirm_scope          | confirm | not_shown   | listed not_listed            | diagnosis_not_listed scope_unconfirmed
# as requests say it
76496 | M54.5          | Fluoroscopic procedure, no video                                                   | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | videofluoroscopy not used                                                          | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | not using videofluoroscopy                                                         | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Fluoroscopy only; not videofluoroscopic                                            | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Standard fluoroscopy rather than videofluoroscopy                                  | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | excludes videofluoroscopy                                                          | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | This is NOT a videofluoroscopy of the spine                                        | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Videofluoroscopy of lumbar spine, flexion and extension                            | applies                | refer   | shown       | listed listed                | -
76120 | M54.2          | Cineradiography of the cervical spine; patient had a swallow study in 2016         | applies                | refer   | shown       | listed listed                | -
76120 | M54.2          | swallow study was normal; now cineradiography of cervical spine                    | applies                | refer   | shown       | listed listed                | -
76120 | M50.30         | Cineradiography, swallowing mechanism                                              | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
74230 | M50.30         | Videofluoroscopic swallow study (VFSS)                                             | related                | none    | -           | not_listed listed            | -
76499 | M54.2          | neck motion study by digital motion x-ray                                          | applies_by_description | refer   | shown       | not_listed listed            | -
76499 | Z00.00         | neck motion study by digital motion x-ray                                          | confirm_scope          | confirm | not_shown   | not_listed not_listed        | diagnosis_not_listed scope_unconfirmed
72110 | M54.5          | x-ray lumbar spine 4 views, dynamic                                                | related                | none    | -           | not_listed listed            | -
76000 | M54.5          | fluoroscopy of the spine, moving images                                            | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Motion x-ray study of the cervical spine (DMX)                                     | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
76499 | -              | spinal cineradiography                                                             | applies_by_description | refer   | shown       | not_listed                   | -
76499 | -              | video fluoroscopic imaging of low back motion                                      | applies_by_description | refer   | shown       | not_listed                   | -
76499 | -              | digital motion x-ray with computerized analysis                                    | confirm_scope          | confirm | not_shown   | not_listed                   | scope_unconfirmed
76499 | -              | back pain: cineradiography                                                         | applies_by_description | refer   | shown       | not_listed                   | -
76120 | M54.2          | cineradiography of shoulder, pt has neck pain                                      | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Not for swallow; cineradiography lumbar spine                                      | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | No videofluoroscopy of swallow; videofluoroscopy lumbar spine                      | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Videofluoroscopy (not of swallow), spine                                           | applies                | refer   | shown       | listed listed                | -
76120 | Z00.00         | Cineradiography to rule out spinal instability                                     | applies                | refer   | shown       | listed not_listed            | diagnosis_not_listed
76120 | M47.812        | Cineradiography, rule out swallowing disorder                                      | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Spine cineradiography w/o swallow eval                                             | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Videofluoroscopy of lumbar spine, not previously done                              | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Previously denied videofluoroscopy of lumbar spine                                 | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | Videofluoroscopy (spine), swallowing not evaluated                                 | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | Cineradiography, not the lumbar spine but the swallow                              | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography, not the swallow but the lumbar spine                              | applies                | refer   | shown       | listed listed                | -
76499 | M54.5          | CT and MRI of lumbar spine negative, cineradiography of lumbar spine requested     | applies_by_description | refer   | shown       | not_listed listed            | -
76499 | M54.5          | MRI contraindicated, cineradiography of lumbar spine                               | applies_by_description | refer   | shown       | not_listed listed            | -
76120 | M54.5          | patient denies dysphagia, cineradiography                                          | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | cineradiography; no dysphagia                                                      | applies                | refer   | shown       | listed listed                | -
76120 | R13.12         | cineradiography for dysphagia                                                      | confirm_scope          | confirm | names_other | listed not_listed            | diagnosis_not_listed scope_unconfirmed
76496 | M54.5          | video-fluoroscopy spine                                                            | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | VIDEOFLUOROSCOPY LUMBAR                                                            | applies                | refer   | shown       | listed listed                | -
76496 | M54.5          | not a videofluoroscopic study but plain fluoroscopy of the lumbar spine            | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | videofluoroscopy will not be performed                                             | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | fluoro w/out videofluoroscopy                                                      | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | fluoroscopy sans videofluoroscopy                                                  | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | fluoroscopy (no videofluoroscopy)                                                  | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | fluoroscopy - videofluoroscopy excluded                                            | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | Other than videofluoroscopy                                                        | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76496 | M54.5          | anything but videofluoroscopy                                                      | confirm_condition      | confirm | shown       | conditional listed           | condition_unconfirmed
76499 | M54.5          | Digital motion x-ray not of the spine                                              | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Cineradiography (extraspinal)                                                      | related                | none    | -           | not_listed listed            | -
76499 | M54.2          | upper cervical DMX                                                                 | confirm_scope          | confirm | not_shown   | not_listed listed            | scope_unconfirmed
76499 | M54.2          | videofluoroscopy, C-spine                                                          | applies_by_description | refer   | shown       | not_listed listed            | -
72052 | M54.2          | Cervical spine 7 views incl. flexion/extension (dynamic)                           | related                | none    | -           | not_listed listed            | -
72040 | M54.2          | Digital x-ray motion series cervical spine                                         | related                | none    | -           | not_listed listed            | -
76499 | M54.5          | Dynamic spinal imaging, weight bearing MRI                                         | related                | none    | -           | not_listed listed            | -
76120 | M54.5          | dynamic visualisation of spine                                                     | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | Cineradiography of throat                                                          | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography of the upper airway                                                | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cineradiography of TMJ                                                             | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Defecography                                                                       | confirm_scope          | confirm | names_other | listed listed                | scope_unconfirmed
76120 | M54.5          | Cine of the spine                                                                  | applies                | refer   | shown       | listed listed                | -
76120 | M54.5          | C1-C2 cineradiography                                                              | applies                | refer   | shown       | listed listed                | -
"""
