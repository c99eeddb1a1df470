import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.spelling import LONGEST, Gap, stem, words_of
from ur_desk.domain.vocabulary import CUES, NO_PART, PARTS, TECHNIQUES
from ur_desk.domain.words import Sense, Term, names_in, read

MEANT, REASON, DENIED, ELSEWHERE = Sense.MEANT, Sense.REASON, Sense.DENIED, Sense.ELSEWHERE

SENSES = [
    ("Cineradiography of the lumbar spine", {"Cineradiography": MEANT, "lumbar spine": MEANT}),
    ("not videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("no videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("without videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("w/o videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("non-videofluoroscopic", {"videofluoroscopic": DENIED}),
    ("videofluoroscopy not performed", {"videofluoroscopy": DENIED}),
    ("videofluoroscopy is not being requested", {"videofluoroscopy": DENIED}),
    ("videofluoroscopy was declined", {"videofluoroscopy": DENIED}),
    ("declined videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("videofluoroscopy: no", {"videofluoroscopy": DENIED}),
    ("videofluoroscopy (not done)", {"videofluoroscopy": DENIED}),
    ("instead of videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("other than videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("this is not a request for a videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("does not require videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("no longer needs videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("not specified as videofluoroscopy", {"videofluoroscopy": DENIED}),
    ("neither cineradiography nor videofluoroscopy", {"cineradiography": DENIED, "videofluoroscopy": DENIED}),
    ("not cineradiography, videofluoroscopy, or DMX", {"cineradiography": DENIED, "videofluoroscopy": DENIED, "DMX": DENIED}),
    ("not cineradiography, videofluoroscopy", {"cineradiography": DENIED, "videofluoroscopy": MEANT}),
    ("not cineradiography but videofluoroscopy", {"cineradiography": DENIED, "videofluoroscopy": MEANT}),
    ("not only cineradiography", {"cineradiography": MEANT}),
    ("not without videofluoroscopy", {"videofluoroscopy": MEANT}),
    ("with or without videofluoroscopy", {"videofluoroscopy": MEANT}),
    ("unlisted procedure, not otherwise specified, videofluoroscopy", {"videofluoroscopy": MEANT}),
    ("without contrast and videofluoroscopy", {"videofluoroscopy": MEANT}),
    ("no relief from therapy needs videofluoroscopy", {"videofluoroscopy": MEANT}),
    ("prior authorization for videofluoroscopy", {"videofluoroscopy": MEANT}),
    ("prior videofluoroscopy", {"videofluoroscopy": ELSEWHERE}),
    ("videofluoroscopy last year", {"videofluoroscopy": ELSEWHERE}),
    ("videofluoroscopy was already done", {"videofluoroscopy": ELSEWHERE}),
    ("videofluoroscopy done in 2015", {"videofluoroscopy": ELSEWHERE}),
    ("videofluoroscopy done in 2017", {"videofluoroscopy": MEANT}),
    ("consider videofluoroscopy", {"videofluoroscopy": ELSEWHERE}),
    ("if films are normal, videofluoroscopy", {"videofluoroscopy": ELSEWHERE}),
    ("videofluoroscopy?", {"videofluoroscopy": ELSEWHERE}),
    ("unclear whether videofluoroscopy", {"videofluoroscopy": ELSEWHERE}),
    ("MRI after videofluoroscopy", {"MRI": MEANT, "videofluoroscopy": ELSEWHERE}),
    ("no body part but the spine", {"spine": MEANT}),
    ("no part other than the spine", {"spine": MEANT}),
    ("a part other than the spine", {"spine": DENIED}),
    ("non-spinal", {"spinal": DENIED}),
    ("nonspinal", {"nonspinal": DENIED}),
    ("not of the spine", {"spine": DENIED}),
    ("not videofluoroscopy of the spine", {"videofluoroscopy": DENIED, "spine": ELSEWHERE}),
    ("lumbar films without videofluoroscopy of the spine", {"lumbar": MEANT, "videofluoroscopy": DENIED, "spine": ELSEWHERE}),
    ("denies dysphagia", {"dysphagia": DENIED}),
    ("no difficulty swallowing", {"swallowing": DENIED}),
    ("swallow study done last year", {"swallow study": ELSEWHERE}),
    ("previous back pain", {"back": REASON}),
    ("low back pain with leg numbness", {"low back": REASON, "leg": REASON}),
    ("lumbar spine for hip pain", {"lumbar spine": MEANT, "hip": REASON}),
    ("cervical spondylosis", {"cervical spondylosis": REASON}),
    ("s/p lumbar fusion", {"lumbar": REASON}),
    ("r/o lumbar instability", {"lumbar": REASON}),
    ("for evaluation of swallowing", {"swallowing": MEANT}),
]


@pytest.mark.parametrize(("text", "senses"), SENSES, ids=[text for text, _ in SENSES])
def test_a_name_is_meant_denied_or_only_mentioned(text: str, senses: dict[str, Sense]) -> None:
    assert {name.said: name.sense for name in read(text, year=2017).names} == senses


TECHNIQUE_SPELLINGS = [
    ("digital motion x-ray", "digital motion x-ray"),
    ("Digital Motion Xray", "digital motion x-ray"),
    ("digital motion X rays", "digital motion x-ray"),
    ("digital motion radiograph", "digital motion x-ray"),
    ("video-fluoroscopy", "videofluoroscopy"),
    ("Videofluoroscopic", "videofluoroscopy"),
    ("videofluroscopy", "videofluoroscopy"),
    ("cine-radiography", "cineradiography"),
    ("cineradiographic", "cineradiography"),
    ("dynamic lumbar spine visualization", "dynamic spinal visualization"),
    ("Kine-Graph", "KineGraph"),
    ("flexion/extension", "flexion-extension or bending films"),
    ("flexion and extension views", "flexion-extension or bending films"),
    ("digital x-ray", "still x-ray"),
    ("upright MRI", "MRI"),
    ("fluoroscopically-guided", "fluoroscopic guidance"),
]


@pytest.mark.parametrize(("text", "name"), TECHNIQUE_SPELLINGS, ids=[text for text, _ in TECHNIQUE_SPELLINGS])
def test_a_technique_is_known_however_it_is_spelt(text: str, name: str) -> None:
    assert [found.technique.name for found in names_in(text) if found.technique] == [name]


PART_WORDS = [
    ("lumbar spine", {"spine"}),
    ("C-spine", {"spine"}),
    ("L4-L5", {"spine"}),
    ("C5-6", {"spine"}),
    ("C3 through C7", {"spine"}),
    ("low back", {"spine"}),
    ("herniated disc", {"spine"}),
    ("neck", {"spine", "pharynx"}),
    ("throat", {"pharynx"}),
    ("modified barium swallow", {"pharynx"}),
    ("cervical esophagus", {"esophagus"}),
    ("cervical lymph nodes", {"lymph node"}),
    ("neck of femur", {"hip"}),
    ("back of the knee", {"knee"}),
    ("iliac spine", {"pelvis"}),
    ("spine of the scapula", {"shoulder"}),
    ("thoracic aorta", {"chest"}),
    ("vertebral artery", {"vessel"}),
]


@pytest.mark.parametrize(("text", "parts"), PART_WORDS, ids=[text for text, _ in PART_WORDS])
def test_a_part_of_the_body_is_told_by_the_longest_phrase(text: str, parts: set[str]) -> None:
    assert [set(name.parts) for name in names_in(text)] == [parts]


@pytest.mark.parametrize(
    "text", ["call back tomorrow", "C-arm", "T2 weighted", "L4 line", "playback", "on the other hand", "compact disc", "", "?!"]
)
def test_words_that_only_look_like_a_part_name_none(text: str) -> None:
    assert names_in(text) == ()


def test_a_term_that_a_policy_prints_is_found_as_a_name() -> None:
    term = Term(("artificial", "disc", "device"), "artificial disc devices")
    (name,) = read("No MRI: artificial disc device", [term]).names[1:]
    assert (name.term, name.said, name.sense) == ("artificial disc devices", "artificial disc device", MEANT)
    (denied,) = read("not an artificial disc device", [term]).names
    assert denied.sense is DENIED


def test_two_names_are_joined_by_connecting_words_only() -> None:
    reading = read("videofluoroscopy of the swallow and the cervical spine, knee")
    video, swallow, spine, knee = reading.names
    assert reading.joined(video, swallow)
    assert reading.joined(spine, video)
    assert not reading.joined(spine, knee)
    apart = read("videofluoroscopy shows trouble in the spine")
    assert not apart.joined(*apart.names)


def test_words_keep_their_place_in_the_text() -> None:
    text = "Vidéofluoroscopy, X-Rays w/o contrast; L4/L5"
    words = words_of(text)
    assert [word.text for word in words] == ["videofluoroscopy", "xray", "without", "contrast", "l4", "l5"]
    assert [text[word.start : word.end] for word in words] == ["Vidéofluoroscopy", "X-Rays", "w/o", "contrast", "L4", "L5"]
    assert [word.gap for word in words] == [Gap.NONE, Gap.SOFT, Gap.NONE, Gap.NONE, Gap.HARD, Gap.LINK]


@pytest.mark.parametrize(
    ("word", "stemmed"), [("films", "film"), ("studies", "study"), ("spinous", "spinous"), ("pelvis", "pelvis"), ("gas", "gas")]
)
def test_a_stem_has_no_plural(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_a_text_that_is_too_long_is_read_in_part_and_says_so() -> None:
    reading = read("spine " * LONGEST)
    assert reading.cut
    assert reading.words[-1].end <= LONGEST
    assert not read("spine").cut


def test_no_phrase_of_the_vocabulary_is_told_twice() -> None:
    spellings = [spelling for technique in TECHNIQUES for spelling in technique.spellings]
    assert len(spellings) == len(set(spellings))
    assert not set(spellings) & set(PARTS)
    assert not (set(PARTS) | set(spellings)) & set(NO_PART)
    assert all(phrase == phrase.lower() and "-" not in phrase for phrase in (*spellings, *PARTS, *NO_PART, *CUES))


PIECES = st.sampled_from(
    [
        "not",
        "no",
        "without",
        "videofluoroscopy",
        "spine",
        "swallow",
        "of the",
        ",",
        ";",
        "?",
        "other than",
        "but",
        "prior",
        "neck",
        "L4-L5",
        "MRI",
        "(",
        "pain",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=200))
def test_any_text_can_be_read_and_its_names_stand_in_order(text: str) -> None:
    reading = read(text, year=2017)
    ends = [edge for name in reading.names for edge in (name.first, name.last)]
    assert ends == sorted(ends)
    assert all(text[reading.words[name.first].start : reading.words[name.last].end] == name.said for name in reading.names)
    assert read(text, year=2017) == reading


@given(st.lists(PIECES, max_size=15).map(" ".join))
def test_what_stands_after_a_full_stop_does_not_deny_what_stands_before(text: str) -> None:
    before = read("Videofluoroscopy of the lumbar spine").names
    assert read(f"Videofluoroscopy of the lumbar spine. And this: {text}").names[: len(before)] == before
