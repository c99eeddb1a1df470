"""The words of the field as data: imaging techniques with their names, parts of the body, and cues of negation.

General knowledge only: nothing here belongs to one policy. Which of these names a policy prints is
read from the policy; a name that the field uses and the policy does not print is "our synonym".
Phrases are written as stems in lower case, without hyphens; `xray` stands for x-ray and radiograph.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

SPINE = "spine"
PHARYNX = "pharynx"


@dataclass(frozen=True, slots=True)
class Technique:
    """One name of an imaging technique.

    `group`: names of one group mean much the same, so each is our synonym for the others.
    `tells`: the part of the body that the name itself names. `usual`: the part that it is used on
    where none is named; None for a technique that is used all over the body.
    `general`: a heading over several techniques; a more exact name beside it says which is meant.
    `needs_part`: means this only where the words also name the part that the group is about.
    """

    name: str
    group: str
    spellings: tuple[str, ...]
    tells: str | None = None
    usual: str | None = None
    general: bool = False
    needs_part: bool = False


def _each(phrases: str) -> tuple[str, ...]:
    return tuple(phrases.split("|"))


def _spelt(pattern: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """The pattern with every combination of the choices, each choice a row of phrases."""
    return tuple(pattern.format(*chosen) for chosen in product(*(_each(choice) for choice in choices)))


_VISUAL = "visualization|visualisation"
_SPINAL = (
    "spinal|spine|vertebral|back|lumbar|cervical|thoracic|lumbar spine|cervical spine|thoracic spine|lumbar spinal|cervical spinal|"
    "thoracic spinal"
)
_DYNAMIC = "dynamic spinal visualization"
_MOTION_XRAY = "digital motion x-ray"
_CINE = "cineradiography"
_STILL = "still x-ray"

TECHNIQUES: tuple[Technique, ...] = (
    Technique(
        "dynamic spinal visualization", _DYNAMIC, _spelt("dynamic {} {}", (_SPINAL, _VISUAL)), tells=SPINE, usual=SPINE, general=True
    ),
    Technique("dynamic spinal visualization", _DYNAMIC, _spelt("dynamic {}", (_VISUAL,)), usual=SPINE, general=True, needs_part=True),
    Technique(
        "vertebral motion analysis", _DYNAMIC, _each("vertebral motion analysis|vertebral motion analyses"), tells=SPINE, usual=SPINE
    ),
    Technique("vertebral motion analysis", _DYNAMIC, _each("vma"), usual=SPINE, needs_part=True),
    Technique("KineGraph", _DYNAMIC, _each("kinegraph|kine graph|kinegraph vma|kine graph vma"), tells=SPINE, usual=SPINE),
    Technique("spinal motion analysis", _DYNAMIC, _each("spinal motion analysis|spine motion analysis"), tells=SPINE, usual=SPINE),
    Technique(
        "digital motion x-ray",
        _MOTION_XRAY,
        _each("digital motion xray|digital motion radiography|digital motion radiographic|digital motion x radiography"),
        usual=SPINE,
    ),
    Technique("DMX", _MOTION_XRAY, _each("dmx"), usual=SPINE),
    Technique("motion x-ray", _MOTION_XRAY, _each("motion xray|video xray|xray video|xray motion study|moving xray"), usual=SPINE),
    Technique(
        "cineradiography",
        _CINE,
        _each(
            "cineradiography|cineradiographic|cineradiographical|cineradiogram|cineradiograph|cine radiography|cine radiographic|"
            "cine xray|cineradiograpy|cineradiogaphy"
        ),
    ),
    Technique(
        "videofluoroscopy",
        _CINE,
        _each(
            "videofluoroscopy|videofluoroscopic|videofluoroscopically|videofluoroscope|video fluoroscopy|video fluoroscopic|"
            "videofluroscopy|videofluroscopic|videoflouroscopy|videoflouroscopic|videofloroscopy|videofluorscopy|video flouroscopy|"
            "video floroscopy|video fluroscopy"
        ),
    ),
    Technique("cinefluoroscopy", _CINE, _each("cinefluoroscopy|cinefluoroscopic|cine fluoroscopy|cinefluorography|cineroentgenography")),
    Technique("videoradiography", _CINE, _each("videoradiography|videoradiographic|video radiography|videofluorography")),
    Technique(
        "quantitative fluoroscopy",
        _CINE,
        _each("quantitative fluoroscopy|quantitative fluoroscopic|fluoroscopic video|dynamic fluoroscopy"),
    ),
    Technique(
        "flexion-extension or bending films",
        _STILL,
        _each(
            "flexion extension|flexion and extension|flexion or extension|extension flexion|flex ext|flex extension|flexion film|"
            "extension film|flexion view|extension view|flexion xray|extension xray|bending film|bending view|bending xray|"
            "bending radiography|side bending|lateral bending"
        ),
    ),
    Technique(
        "still x-ray",
        _STILL,
        _each(
            "digital xray|digital radiography|plain film|plain xray|plain radiography|still xray|still film|still image|"
            "still digital xray|static xray|static film|static image|static radiography|standing film|standing xray|ap lateral|"
            "ap and lateral|scout film|still picture|xray film|xray view|digitized xray|digitised xray"
        ),
    ),
    Technique(
        "MRI",
        "magnetic resonance",
        _each(
            "mri|mr imaging|magnetic resonance|magnetic resonance imaging|upright mri|positional mri|dynamic mri|kinetic mri|"
            "standing mri|stand up mri|weight bearing mri|open mri|cine mri|fmri"
        ),
    ),
    Technique("CT", "computed tomography", _each("ct|ct scan|cat scan|computed tomography|computerized tomography|dynamic ct")),
    Technique("ultrasound", "ultrasound", _each("ultrasound|ultrasonography|sonography|sonogram")),
    Technique("bone scan", "nuclear imaging", _each("bone scan|spect|pet scan|scintigraphy")),
    Technique("myelography", "myelography", _each("myelogram|myelography|ct myelogram|ct myelography")),
    Technique(
        "fluoroscopic guidance",
        "fluoroscopic guidance",
        _each(
            "fluoroscopic guidance|fluoroscopy guidance|fluoro guidance|fluoroscopically guided|fluoroscopy guided|"
            "fluoroscopic guided|fluoro guided|guided by fluoroscopy|under fluoroscopy|under fluoroscopic guidance|image guidance|"
            "imaging guidance|needle localization|needle placement|fluoroscopic localization"
        ),
    ),
)
"""What imaging is called. Sources: the names that payers print in policies on moving x-ray pictures and on other imaging."""

GROUP_OF: dict[str, str] = {technique.name: technique.group for technique in TECHNIQUES}
"""The group of each technique's name."""

_PARTS: dict[str, str] = {
    SPINE: "spine|spinal|vertebra|vertebrae|vertebral|intervertebral|intersegmental|lumbar|lumbosacral|lumbo sacral|thoracolumbar|"
    "thoraco lumbar|cervicothoracic|cervical|thoracic|dorsal spine|sacral|sacrum|sacrococcygeal|coccyx|coccygeal|tailbone|back|"
    "low back|lower back|mid back|upper back|backache|lumbago|dorsalgia|facet|facet joint|zygapophyseal|paraspinal|paravertebral|"
    "atlantoaxial|atlanto axial|craniocervical|craniovertebral|spondylosis|spondylolisthesis|spondylolysis|spondylitis|spondylopathy|"
    "scoliosis|kyphosis|lordosis|kyphoscoliosis|disc disease|disc herniation|herniated disc|disc bulge|bulging disc|disc protrusion|"
    "disc degeneration|degenerative disc|disc space|disc displacement|disk disease|disk herniation|herniated disk|disk bulge|"
    "bulging disk|disk space|odontoid|c spine|l spine|t spine|ls spine",
    "spine|pharynx": "neck|whiplash|cervicalgia|neck and throat",
    "spine|pelvis": "sacroiliac|sacro iliac|si joint|torso|trunk|pelvis|pelvic",
    PHARYNX: "pharynx|pharyngeal|pharynges|oropharynx|oropharyngeal|hypopharynx|nasopharynx|nasopharyngeal|throat|larynx|laryngeal|"
    "swallow|swallowing|swallow study|swallowing study|swallow function|swallowing function|swallow evaluation|swallowing evaluation|"
    "deglutition|deglutitive|dysphagia|odynophagia|barium swallow|modified barium swallow|mbs|mbss|vfss|vfs|velopharyngeal|velum|"
    "palate|palatal|vocal cord|vocal fold|aspiration|aspiration pneumonia|silent aspiration|feeding study|feeding evaluation|"
    "oral phase|bolus|speech|phonation|hyoid|epiglottis|cookie swallow",
    "esophagus": "esophagus|esophageal|oesophagus|oesophageal|esophagram|esophagogram|cervical esophagus|thoracic esophagus|"
    "barium esophagram|esophageal motility|gerd|reflux",
    "airway": "airway|trachea|tracheal|bronchus|bronchial|tracheobronchial",
    "diaphragm": "diaphragm|diaphragmatic|sniff test|hemidiaphragm",
    "chest": "chest|thorax|lung|pulmonary|rib|sternum|thoracic aorta|thoracic duct|thoracic outlet|thoracic cavity|cervical rib|breast",
    "heart": "heart|cardiac|coronary|heart valve|valve|prosthetic valve|aorta|aortic|pacemaker lead",
    "abdomen": "abdomen|abdominal|stomach|gastric|bowel|small bowel|intestine|intestinal|colon|colonic|liver|gallbladder|upper gi|"
    "lower gi|gi tract|pancreas|kidney|renal",
    "rectum": "rectum|rectal|anorectal|defecography|defecation|defecating|proctogram|proctography|cinedefecography|pelvic floor",
    "bladder": "bladder|bladder neck|urethra|urethral|urinary|voiding|vcug|cystourethrogram|cystourethrography|ureter|ureteral|"
    "urodynamic|videourodynamic",
    "uterus": "uterus|uterine|cervical cancer|cervical dysplasia|cervical biopsy|cervical cytology|cervical cerclage|uterine cervix|"
    "ovary|prostate",
    "pelvis": "iliac spine|ischial spine|pelvic organ",
    "knee": "knee|patella|patellar|patellofemoral|tibial spine|back of the knee|back of knee",
    "hip": "hip|femoral neck|neck of femur|neck of the femur|acetabulum|groin",
    "leg": "leg|thigh|calf|femur|tibia|fibula|lower extremity|lower limb|buttock|back of the leg|back of leg|back of the thigh",
    "foot": "foot|feet|ankle|toe|heel|hindfoot|forefoot|achille",
    "shoulder": "shoulder|scapula|scapular|scapular spine|spine of scapula|spine of the scapula|clavicle|rotator cuff|neck of humerus|"
    "surgical neck",
    "arm": "arm|forearm|elbow|humerus|radius|ulna|upper extremity|upper limb",
    "hand": "hand|wrist|finger|thumb|carpal|back of the hand|back of hand",
    "head": "skull|brain|cranial|intracranial|head|face|facial|sinus|orbit|eye|spinal accessory nerve",
    "jaw": "jaw|tmj|temporomandibular|mandible|mandibular|mandibular condyle|temporomandibular disc",
    "vessel": "carotid|vertebral artery|jugular|artery|arterial|vein|venous|vascular|fistula",
    "lymph node": "lymph node|cervical lymph node|cervical node|cervical lymphadenopathy|thyroid|parathyroid",
}
PARTS: dict[str, frozenset[str]] = {phrase: frozenset(_each(parts)) for parts, phrases in _PARTS.items() for phrase in _each(phrases)}
"""Words for parts of the body; a word of several parts, as neck, does not say which of them is meant."""

NO_PART: tuple[str, ...] = _each(
    "call back|play back|playback|back up|backup|back to back|back to work|come back|came back|go back|went back|back from|back in|"
    "back at|report back|send back|sent back|dating back|further back|back order|back date|back dated|on the back burner|c arm|"
    "on the other hand|other hand|by hand|hand held|hand carried|face to face|optic disc|spinal anesthesia|at the head|head of|"
    "head to head|arm of|foot of|speech therapist|heart rate|needle aspiration|aspiration biopsy|joint aspiration"
)
"""Phrases that hold a word for a part of the body and name none."""

WATCHED: frozenset[str] = frozenset({PHARYNX})
"""Parts whose complaint is the very movement that a moving picture watches: dysphagia names the swallow."""

AILMENTS: frozenset[str] = frozenset(
    _each(
        "pain|ache|aching|numbness|weakness|tingling|injury|symptom|stenosis|spondylosis|radiculopathy|radiculitis|myelopathy|sprain|"
        "strain|fracture|fusion|surgery|instability|herniation|degeneration|disease|osteophyte|spasm|tenderness|trauma|arthritis|"
        "deformity|arthrodesis|laminectomy|discectomy|decompression|hardware|implant|disorder|dysfunction|syndrome|condition|problem|"
        "complaint|discomfort|stiffness|arthropathy|replacement|accident|hypermobility|spondylolisthesis|spondylolysis|spondylitis|"
        "spondylopathy|scoliosis|kyphosis|lordosis|kyphoscoliosis|backache|lumbago|dorsalgia|bulge|protrusion|displacement|dysphagia|"
        "odynophagia|whiplash|cervicalgia|postop|postoperative"
    )
)
"""Words after a part of the body that make it the reason of the request, not what is pictured."""

CONNECTING: frozenset[str] = frozenset(
    _each("of|the|a|an|and|or|nor|on|in|at|to|for|its|both|all|entire|whole|left|right|bilateral|region|area|level")
)
"""Words that hold two names together."""

ABSORBING: frozenset[str] = frozenset(
    _each(
        "contrast|dye|gadolinium|sedation|anesthesia|relief|improvement|benefit|response|change|success|radiation|delay|complication|"
        "help|progress|answer|authorization|report|interpretation|therapy|treatment|fever|trauma|fracture|radiculopathy|myelopathy|"
        "instability|tolerance"
    )
)
"""Nouns that take a negation to themselves: without contrast, no relief."""


STUDIES: frozenset[str] = frozenset(
    _each(
        "swallow|swallow study|swallowing study|swallow function|swallow evaluation|swallowing evaluation|barium swallow|"
        "modified barium swallow|mbs|mbss|vfss|feeding study|feeding evaluation|cookie swallow|esophagram|esophagogram|"
        "barium esophagram|sniff test|defecography|proctogram|proctography|cinedefecography|vcug|cystourethrogram|cystourethrography|"
        "videourodynamic"
    )
)
"""Words for a part of the body that name a whole study of it, which may have been done at another time."""

UNDONE: frozenset[str] = frozenset(
    _each(
        "performed|done|requested|needed|included|indicated|planned|used|ordered|wanted|intended|available|necessary|required|desired|asked|"
        "scheduled|recommended|appropriate|part|being|meant|specified|billed|completed|obtained|sought|what|evaluated|assessed|examined|"
        "studied|imaged|visualized|involved|affected"
    )
)
"""Words after `not` that look back at the name before it: videofluoroscopy not performed."""


class Effect(StrEnum):
    """What a cue does to the names in its reach."""

    DENY = "deny"
    ELSEWHERE = "elsewhere"
    AFTER = "after"
    REASON = "reason"
    STOP = "stop"
    NOTHING = "nothing"


class Way(StrEnum):
    """On which side of a cue the names stand that it reaches."""

    NEXT = "next"
    LAST = "last"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that deny a name, place it in another time, make it the reason, or end such a reach; `far`: to the end of the clause."""

    effect: Effect
    way: Way = Way.NEXT
    far: bool = False


_CUES: tuple[tuple[Cue, str], ...] = (
    (
        Cue(Effect.NOTHING),
        "with or without|with and without|without or with|not only|not just|not otherwise specified|not elsewhere classified|"
        "not otherwise classified|not without|prior authorization|prior auth|previous authorization|prior approval|no change in|without delay|"
        "not necessarily|for evaluation|for the evaluation|for assessment|for the assessment|for visualization|for the visualization|"
        "for imaging|for examination|for study of|for a study of|not more than|no more than|except where specifically included|"
        "not included elsewhere|nothing but|nothing other than|none other than|no other than|not other than|none but|"
        "not previously done|not previously performed|not done before|not done previously|not performed before|not performed previously|"
        "not yet done|not yet performed|never done|never performed|previously denied|previously approved|previously requested|prior denial|"
        "previous denial",
    ),
    (
        Cue(Effect.DENY),
        "no|no longer|without|never|non|nor|neither|deny|denied|isnt|isn't|wasnt|wasn't|doesnt|doesn't|don't|dont|cannot|can't|cant|won't|"
        "negative for|instead of|rather than|in lieu of|in place of|as opposed to|other than|except|except for|excluding|exclude|"
        "exclusive of|avoid|avoiding|absence of|absent|free of|alternative to|replace|replacing|in preference to|unlike|excl|sans|lacking|minus|"
        "anything but|all but|everything but",
    ),
    (Cue(Effect.DENY, Way.EITHER), "not|declined|refused|refuse|cancelled|canceled|omitted|deferred|withdrawn|excluded|rejected"),
    (Cue(Effect.DENY, Way.LAST), "ruled out|contraindicated|unavailable|n/a|none"),
    (
        Cue(Effect.ELSEWHERE),
        "previous|previously|prior|earlier|past|consider|considering|consideration of|may need|might need|possible future|future|"
        "later|pending|whether|unclear|unknown|unsure|uncertain|questionable|possibly|maybe|perhaps|similar to|compared with|"
        "compared to|comparison with|comparison to|like|had|reviewed|last|versus|vs",
    ),
    (Cue(Effect.ELSEWHERE, far=True), "if|unless|unclear if|unclear whether|unknown if|unknown whether"),
    (
        Cue(Effect.ELSEWHERE, Way.LAST),
        "last year|last month|last week|last visit|year ago|month ago|week ago|ago|previously done|already done|already performed|"
        "already completed|in the past|year back|if needed|if necessary|if indicated|to be considered|at a later date|at a later time|"
        "next year|next month|to follow|resolved|done earlier|was negative|was normal|completed earlier|done previously|on file|"
        "in the record",
    ),
    (Cue(Effect.AFTER), "after|following|since|status post|history of|hx of|post|subsequent to"),
    (
        Cue(Effect.REASON, far=True),
        "for|due to|because|because of|secondary to|radiating|radiate|radiation|complain of|complaint of|rule out|indication|"
        "diagnosis|dx|patient with|pt with|prior to|before|suspected|suspicion of|suffering from|caused by|reason|in a patient|"
        "in patient",
    ),
    (
        Cue(Effect.STOP),
        "but|however|so|therefore|thus|hence|only|instead|rather|yes|need|require|requiring|requesting",
    ),
)
CUES: dict[str, Cue] = {phrase: cue for cue, phrases in _CUES for phrase in _each(phrases)}
"""Cues by their words. After NegEx (Chapman et al. 2001) in kind, with the field's own ways of denying a service."""
