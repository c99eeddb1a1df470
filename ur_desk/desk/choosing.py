"""What a person decides about a request that came in: a case of its own, paper of a case that is there, or not worked here."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.desk.brought import Item
from ur_desk.desk.intake import OPENERS, Source
from ur_desk.desk.reads import told
from ur_desk.desk.review import Findings
from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.arriving import Choice, use_of
from ur_desk.domain.intake.papers import pended
from ur_desk.domain.people import Role
from ur_desk.errors import Resembles, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

REQUEST_FILE = "request file"
OPENED = "opened"
"""As what the request that opened a case stands among what came in for it."""
_FOLLOWING = {Choice.APPEAL: ev.Following.APPEAL, Choice.REOPENING: ev.Following.REOPENING}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose for one request: the case that it is about, where it is about one, and the reason, where it is left out."""

    choice: Choice
    case: CaseId | None = None
    reason: str = ""


class Choosing:
    """Carries out what a person chose for a request that came in; the file as received is kept with the first request of it."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def carry_out(self, item: Item, chosen: Chosen) -> Steps[Done[Case]]:
        """Does what was chosen, in one transaction; Resembles where the request is here by now, or resembles another case than was seen."""
        case = chosen.case
        if chosen.choice is Choice.NEW:
            return (yield from self.open(item))
        if chosen.choice is Choice.NOTHING:
            raise UserError("Nothing is to be done about it.", "It is here already. Nothing was saved.")
        if chosen.choice is Choice.LEAVE_OUT:
            return (yield from self.leave_out(item, chosen.reason, case))
        if case is None:
            raise UserError("That is about a case that is here.", "Name the case. Nothing was saved.")
        if following := _FOLLOWING.get(chosen.choice):
            return (yield from self.follow(item, case, following))
        again = chosen.choice is Choice.AGAIN
        findings = None if again else (yield from self.desk.review.on_arrival(case))
        return (yield from store(lambda: self.attach(item, case, again=again, findings=findings), "Saving"))

    def open(self, item: Item) -> Steps[Done[Case]]:
        """Opens a case of its own; Resembles where it resembles a case besides those that the item names."""
        gate(self.desk.person, "case.open")
        yield from store(lambda: self._check(item), "Checking")
        source = yield from store(lambda: self._source_of(item), "Reading the file")
        seen = frozenset(each.mark for each in item.resembles if each.case)
        return (yield from self.desk.intake.open(item.request, source, seen, lambda: self._check(item)))

    def attach(self, item: Item, case: CaseId, *, again: bool = False, findings: Findings | None = None) -> Done[Case]:
        """Attaches a request or message to a case: as what its kind says, else as more information; or `again`, which changes nothing.

        `findings` is what the library says anew of a case that waited for information.
        """
        gate(self.desk.person, "case.attach")
        return self._attach(item, case, ev.Use.AGAIN if again else use_of(item.request.kind), self._source_of(item), findings)

    @verb("case.attach", *OPENERS, writes=ev.MessageCame | ev.ClockRead | ev.Matched)
    def _attach(self, act: Act, item: Item, case: CaseId, use: ev.Use, source: Source, findings: Findings | None) -> Done[Case]:
        """Attaches what came in to a case that is there; pended lines that it answers are back in review."""
        self._check(item, again=True)
        now = told(self.desk, case)
        lines = pended(now) if use is ev.Use.INFORMATION else ()
        body = ev.MessageCame(use, item.request, self.desk.intake.keep_source(source), lines)
        after = self.desk.review.matched_after(act, self.desk.clocks.after(act, act.on_case(case, now.revision, [body])), findings)
        return act.done(after, Changed.DRAFTS, label="attachment")

    def follow(self, item: Item, case: CaseId, kind: ev.Following) -> Steps[Done[Case]]:
        """Opens a case for an appeal against another, or for a wish to reopen it; the receipt of the paper starts its clock."""
        gate(self.desk.person, "case.follow")
        yield from store(lambda: self._check(item, again=True), "Checking")
        source = yield from store(lambda: self._source_of(item), "Reading the file")
        findings = yield from self.desk.review.match(item.request)
        clock = yield from self.desk.clocks.reading(item.request, kind)
        return (yield from store(lambda: self._follow(item, case, kind, findings, clock, source), "Saving"))

    @verb("case.follow", *OPENERS, writes=ev.Opened | ev.Matched | ev.ClockRead | ev.Followed)
    def _follow(
        self, act: Act, item: Item, case: CaseId, kind: ev.Following, findings: Findings, clock: ev.ClockRead, source: Source
    ) -> Done[Case]:
        """Opens a case that follows one that was decided against the request, and notes in that one that it came."""
        self._check(item, again=True)
        intake, first, new = self.desk.intake, told(self.desk, case), CaseId(self.desk.new_id())
        number = intake.next_number()
        act.on_case(case, None, [ev.Followed(new, number, kind, item.request.received_at)])
        opened = ev.Opened(number, item.request, intake.keep_source(source), ev.Follows(case, first.number, kind))
        return act.done(act.open_case(new, opened, [self.desk.review.pinned(findings), self.desk.clocks.kept(clock)]), Changed.DRAFTS)

    def leave_out(self, item: Item, reason: str, case: CaseId | None = None) -> Steps[Done[Case]]:
        """Keeps a request with the reason why it is not worked here; it stands in the worklist until the sender was told."""
        gate(self.desk.person, "case.leave-out")
        yield from store(lambda: self._check(item), "Checking")
        source = yield from store(lambda: self._source_of(item), "Reading the file")
        clock = yield from self.desk.clocks.reading(item.request)
        left = ev.LeftOut(reason.strip(), case)
        return (yield from store(lambda: self._leave_out(item, left, clock, source), "Saving"))

    @verb("case.leave-out", *OPENERS, writes=ev.Opened | ev.ClockRead | ev.LeftOut)
    def _leave_out(self, act: Act, item: Item, left: ev.LeftOut, clock: ev.ClockRead, source: Source) -> Done[Case]:
        """Keeps a request that is not worked here, with the reason; the sender is still to be told."""
        self._check(item)
        intake = self.desk.intake
        opened = ev.Opened(intake.next_number(), item.request, intake.keep_source(source))
        case = act.open_case(CaseId(self.desk.new_id()), opened, [self.desk.clocks.kept(clock)])
        return act.done(act.on_case(case.id, case.revision, [left]), Changed.DRAFTS)

    @verb("sender.tell", *OPENERS, Role.SUPERVISOR, writes=ev.SenderTold)
    def tell_sender(self, act: Act, case: CaseId, revision: int, way: ev.ContactWay, with_whom: str, said: str, at: datetime) -> Done[Case]:
        """Records that the sender of what was left out heard of it: how, who, what was said, when; the case is closed with that."""
        return act.done(act.on_case(case, revision, [ev.SenderTold(way, with_whom.strip(), said.strip(), at)]))

    @verb("case.take-back", *OPENERS, writes=ev.TakenBack | ev.Undone)
    def take_back(self, act: Act, case: CaseId) -> Done[Case]:
        """Takes back that a case was opened, while nothing else was done in it; its request waits again where it came in."""
        now = told(self.desk, case)
        if now.source is None or not self.desk.store.arrivals.holds(now.source):
            raise UserError(
                f"The report through which {now.number} came in is not kept any more.", "Decide, withdraw or close it. Nothing was changed."
            )
        done = act.on_case(case, now.revision, [ev.TakenBack()])
        if now.follows is not None:
            act.on_case(now.follows.case, None, [ev.Undone(self._noted(now.follows.case, case))])
        return act.done(done, Changed.DRAFTS)

    def reverse(self, item: Item) -> Done[Case]:
        """Takes back what was decided about a request, so that it waits again: whoever decided, while nothing else was done since."""
        from ur_desk.records.request import content_hash

        gate(self.desk.person, "case.take-back")
        if item.became is None or item.became.case is None:
            raise UserError("Nobody has decided about this request.", "Nothing was changed.")
        case = item.became.case.id
        if item.became.use == OPENED:
            return self.take_back(case)
        now = self.desk.review.case(case)
        came = [m for m in now.messages if m.body.source == item.sha256 and content_hash(m.body.request) == item.traits.content]
        if not came:
            raise UserError("That was taken back already.", "Nothing was changed.")
        return self.desk.determinations.undo(case, now.revision, came[-1].event)

    def _noted(self, first: CaseId, later: CaseId) -> ev.EventId:
        """The event that notes a case in the one that it follows."""
        events = self.desk.store.ledger.of_case(first)
        return next(e.id for e in reversed(events) if isinstance(e.body, ev.Followed) and e.body.case == later)

    def _check(self, item: Item, *, again: bool = False) -> None:
        """Resembles where somebody decided about this very request of this very file; in a demo UserError for a real member.

        `again` says that it may be here already, from the same bytes that came earlier; what counts then is since this file was brought.
        """
        self.desk.intake.check_demo(item.request)
        kept = self.desk.store.arrivals.file(item.file) if again else None
        if self.desk.store.papers.count(item.sha256, item.traits.content, kept.at if kept else None) > item.equals:
            raise Resembles(
                "Somebody has decided about this request meanwhile.", "The same request is never saved twice. Nothing was saved."
            )

    def _source_of(self, item: Item) -> Source:
        """The hash of the file where it is kept already; else its bytes, and it is noted that it came in."""
        if self.desk.store.blobs.holds(item.sha256):
            return item.sha256
        data = self.desk.store.arrivals.data(item.file)
        if data is None:
            raise UserError("That file was put away meanwhile.", "Bring it again. Nothing was saved.")
        self.desk.exports.came_in(REQUEST_FILE, item.path, data)
        return data
