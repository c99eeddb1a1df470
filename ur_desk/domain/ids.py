"""What events, cases and letters are called: ids that only ever mean one thing."""

from typing import NewType

EventId = NewType("EventId", str)
CaseId = NewType("CaseId", str)
LetterId = NewType("LetterId", str)
