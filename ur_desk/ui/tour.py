"""The tour: plays the main job through the real window, from the request to the verified trail, and leaves what it saw."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ur_desk.domain.events import CaseId, LetterId
from ur_desk.errors import UserError
from ur_desk.settings import Settings
from ur_desk.ui.hands import Hands
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.places import PageName
from ur_desk.ui.sweep import Sweeper
from ur_desk.ui.theme import Appearance, Scheme
from ur_desk.ui.widgets.panels.verbs import Verb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ur_desk.desk.desk import Desk

SMALL, LARGE = (1280, 680), (1920, 1000)
NURSE, PHYSICIAN, SUPERVISOR = "mara", "osei", "reyes"
SCHEMA = "ur-desk-journey/1"


@dataclass(slots=True)
class Journey:
    """What the tour did: a row a step, with its pictures and letters; it holds no patient data."""

    folder: Path
    say: Callable[[str], object]
    steps: list[dict[str, Any]] = field(default_factory=list)
    failed: str = ""

    @contextmanager
    def step(self, what: str) -> Iterator[dict[str, Any]]:
        """Tells a step when it is done, with the seconds that it took."""
        begun = time.perf_counter()
        row: dict[str, Any] = {"step": len(self.steps) + 1, "what": what, "pictures": [], "letters": []}
        yield row
        row["seconds"] = round(time.perf_counter() - begun, 2)
        self.steps.append(row)
        left = ", ".join([*row["pictures"], *row["letters"]])
        self.say(f"{row['step']:>2}. {what} ({row['seconds']} s){': ' + left if left else ''}")

    def write(self) -> None:
        """Leaves the record of the tour in the folder."""
        told = {"schema": SCHEMA, "done": not self.failed, "failed": self.failed or None, "steps": self.steps}
        (self.folder / "journey.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def play(app: "QApplication", opening: "Callable[[], Desk]", request: Path, folder: Path, say: Callable[[str], object]) -> int:
    """Plays the main job on the workspace that `opening` gives, beginning with the request file; gives the exit status.

    Leaves pictures, letters and `journey.json` in the folder, which is made where it is missing.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise UserError(f"The folder {folder.name} cannot be made: {wrong.strerror}.", "Choose another one.") from wrong
    sweeper = Sweeper()
    jobs = Jobs()
    appearance = Appearance(app, Scheme.LIGHT.value, 100)
    window = MainWindow(jobs, appearance, Settings(), lambda _settings: None)
    window.resize(*SMALL)
    window.show()
    opened: list[Desk] = []

    def open_here() -> "Desk":
        opened.append(opening())
        return opened[0]

    tour = Tour(Hands(window), appearance, Journey(folder, say))
    try:
        tour.begin(lambda: window.open_workspace(open_here))
        tour.play(request)
    except UserError as refused:
        tour.journey.failed = str(refused)
        say(str(refused))
    finally:
        tour.journey.write()
        window.close()
        jobs.shutdown(lambda: opened[0].close() if opened else None)
        sweeper.end()
    return 1 if tour.journey.failed else 0


class Tour:
    """The stations of the tour, in order."""

    def __init__(self, hands: Hands, appearance: Appearance, journey: Journey) -> None:
        self.hands = hands
        self.appearance = appearance
        self.journey = journey
        self._pictures = 0

    def begin(self, open_workspace: Callable[[], None]) -> None:
        """Opens the demo workspace."""
        with self.journey.step("open a throw-away demo workspace") as row:
            open_workspace()
            self.hands.rest()
            self.picture(row, "worklist")

    def play(self, request: Path) -> None:
        """Every station."""
        case = self.take_request(request)
        self.nurse(case)
        self.physician(case)
        self.letters(case)
        self.other_letters()
        self.supervisor(case)
        self.looks(case)

    def picture(self, row: dict[str, Any], name: str) -> None:
        """A picture of the window, noted with its step."""
        self._pictures += 1
        file = self.journey.folder / f"{self._pictures:02d}-{name}.png"
        self.hands.picture(file)
        row["pictures"].append(file.name)

    def take_request(self, request: Path) -> CaseId:
        """A request file is dropped on the window, looked at in the form, and opened as a case."""
        hands = self.hands
        with self.journey.step("drop a request file, look at it in the form") as row:
            hands.drop(request)
            self.picture(row, "new-request")
        with self.journey.step("open the case: request, policy lines and findings side by side") as row:
            case = hands.open_request()
            self.picture(row, "review")
            hands.review.policy.next_hit_action.trigger()
            self.picture(row, "review-next-hit")
        return case

    def nurse(self, case: CaseId) -> None:
        """The nurse approves the line that no policy speaks of and refers the other."""
        hands = self.hands
        with self.journey.step("nurse approves line 2, for which no policy is found") as row:
            words = "Exercise is a usual first step for back pain, and your plan covers it."
            hands.fill(hands.begin(Verb.APPROVE, (2,)), {"words": words, "unchecked": "yes"}, no_policy=True)
            self.picture(row, "approve")
            hands.commit()
        with self.journey.step("nurse refers line 1 to a physician") as row:
            summary = "Low back pain for five months. Films show mild narrowing at L4-L5. No neurological signs. Exercise has begun."
            hands.fill(hands.begin(Verb.REFER, (1,)), {"summary": summary, "question": "Does anything speak for an exception?"})
            self.picture(row, "refer")
            hands.commit()

    def physician(self, case: CaseId) -> None:
        """The physician opens the record with nothing prefilled, and denies line 1 with an own rationale."""
        hands = self.hands
        with self.journey.step("the physician is asked for their passphrase") as row:
            hands.ask(PHYSICIAN)
            self.picture(row, "sign-in")
        with self.journey.step("physician opens the referred case") as row:
            hands.sit(PHYSICIAN)
            self.picture(row, "physician-worklist")
            hands.open_case(case)
            self.picture(row, "physician-review")
        with self.journey.step("physician denies line 1 with an own rationale and signs") as row:
            typed = {
                "rationale": "No listhesis and no sign of instability on standing films. Published series on motion x-ray are small and show no "
                "change of management. Nothing in the record points to an exception.",
                "words": "The study makes moving x-ray pictures of your spine. Research has not yet shown that these pictures lead to better "
                "care for back pain like yours.",
                "attest": "yes",
                "sign": self.hands.passphrase(PHYSICIAN),
            }
            panel = hands.begin(Verb.DENY, (1,))
            hands.fill(panel, typed, cite=hands.position())
            self.picture(row, "deny")
            hands.commit()

    def letters(self, case: CaseId) -> None:
        """The nurse gives notice of both lines with one letter."""
        hands = self.hands
        hands.sit(NURSE)
        hands.open_case(case)
        self._issue("one letter for both lines: preview, sources, issue", "letter-partial")

    def other_letters(self) -> None:
        """An approval and a request for information."""
        for member, what, name in (
            ("Holloway", "an approval letter", "letter-approval"),
            ("Grimaldi", "a request for information", "letter-information-request"),
        ):
            self.hands.open_case(self.hands.row(member).id)
            self._issue(what, name)
        with self.journey.step("a denial that was issued before, saved again") as row:
            self.hands.open_case(self.hands.row("Kessler").id)
            self.hands.letter()
            self._save(row, self.hands.issued()[-1], "letter-denial")

    def _issue(self, what: str, name: str) -> None:
        with self.journey.step(what) as row:
            self.hands.letter()
            self.picture(row, name)
            self._save(row, self.hands.issue(), name)

    def _save(self, row: dict[str, Any], letter: LetterId, name: str) -> None:
        file = self.hands.save_letter(letter, self.journey.folder / f"{name}.pdf")
        row["letters"].append(file.name)

    def supervisor(self, case: CaseId) -> None:
        """The supervisor finds the case, reads its timeline and verifies the trail."""
        hands = self.hands
        with self.journey.step("supervisor finds the case and reads its timeline") as row:
            hands.sit(SUPERVISOR)
            hands.go(PageName.AUDIT)
            self.picture(row, "audit")
            hands.go(PageName.AUDIT, case)
            hands.audit.case.show_view("timeline")
            self.picture(row, "audit-timeline")
        with self.journey.step("supervisor verifies the trail") as row:
            hands.go(PageName.AUDIT)
            hands.audit.verify_trail()
            self.picture(row, "audit-verified")

    def looks(self, case: CaseId) -> None:
        """The library, both themes and the large screen."""
        hands = self.hands
        hands.sit(NURSE)
        with self.journey.step("the library, with what is wrong in the policy's own text") as row:
            hands.go(PageName.LIBRARY)
            self.picture(row, "library")
        review = hands.row("Alvarado").id
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            with self.journey.step(f"the main screens, {scheme.value}, on a small and a large screen") as row:
                self.appearance.set_scheme(scheme)
                for size, called in ((SMALL, "small"), (LARGE, "large")):
                    hands.resize(*size)
                    hands.go(PageName.WORKLIST)
                    self.picture(row, f"worklist-{scheme.value}-{called}")
                    hands.open_case(review)
                    self.picture(row, f"review-{scheme.value}-{called}")
