"""Appeals from a shell, in a demo, where a denial needs no terminal to be signed at."""

from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, TABLES, FixedClock, cites, desk_in, enrolled, line, open_desk, opened, passphrase, posted, sit_down
from cli_shell import Shell

from ur_desk.desk.steps import finish
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.people import Role

WHO = ("--by", "member", "--name", "Rosalind Alvarado")
CAME = ("--received", "2017-10-09T09:00-04:00", "--shown-by", "fax_header", "--where", "page 1", "--channel", "fax")


@pytest.fixture
def denied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Shell, str]:
    """A demo in which osei denied the one line of a case."""
    with desk_in(tmp_path / "w") as desk:
        enrolled(desk, "wen", "Wen Zhao", frozenset({Role.PHYSICIAN}))
        case = opened(desk, line(1))
        desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.")
        sit_down(desk, "osei")
        now = desk.review.open_record(case.id).value
        reason = Reason("Research has not shown that the study helps.", cites(now, 15))
        proof = desk.vault.prove(passphrase("osei"))
        desk.determinations.decide(case.id, now.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=proof)
    assert TABLES.folder.is_dir()
    return Shell(tmp_path, capsys), case.number


def test_an_appeal_is_opened_acknowledged_withdrawn_and_shown_on_both_sides(denied: tuple[Shell, str]) -> None:
    shell, number = denied
    made = shell.good("case", "appeal", "open", number, *WHO, *CAME, "--expedited", "--why", "It hurts.", "--json", user="mara")
    later = made["number"]
    assert made["follows"]["number"] == number
    (about,) = made["appeal"]["against"]
    assert (about["line"], about["of"], about["was"], about["window"]["noticed_on"]) == (1, 1, "denied", None)
    assert made["request"]["urgency"] == "expedited"
    told = shell.good("case", "appeal", "show", later, user="mara")
    assert f"appeal of {number}" in told
    assert "line 1: denied by Kwame Osei" in told
    assert "RAD.00034, line 15: " in told
    shell.good("case", "appeal", "acknowledge", later, "--way", "mail", "--with", "Rosalind Alvarado", "--said", "It is here.", user="mara")
    assert "asked for by Rosalind Alvarado, the member" in shell.good("case", "show", later, user="mara")
    shell.good("case", "decide", later, "withdraw", "--of", "Rosalind Alvarado", "--how", "by telephone", user="mara")
    assert "line 1: withdrawn by whoever asked" in shell.good("case", "appeal", "show", number, user="mara")
    (shown,) = shell.good("case", "appeal", "show", number, "--json", user="mara")["later"]
    assert (shown["number"], shown["lines"][0]["finding"]) == (later, "withdrawn")


def test_who_asks_is_corrected_while_nothing_is_decided(denied: tuple[Shell, str]) -> None:
    shell, number = denied
    later = shell.good("case", "appeal", "open", number, *WHO, *CAME, "--json", user="mara")["number"]
    record = ("case", "appeal", "record", later, "--by", "representative", "--name", "Ilse Brandt")
    assert "authority" in shell.refused(*record, user="mara")
    told = shell.good(*record, "--authority", "form of 10/01/2017, page 2", "--about", "1=1", "--json", user="mara")
    assert told["appeal"]["authority"] == "form of 10/01/2017, page 2"


def test_what_cannot_be_is_refused_in_plain_words(denied: tuple[Shell, str]) -> None:
    shell, number = denied
    open_ = ("case", "appeal", "open", number, *WHO)
    assert "future" in shell.refused(*open_, "--received", "2099-10-09T09:00-04:00", user="mara")
    assert "Pick the lines" in shell.refused(*open_, *CAME, "--line", "7", user="mara")
    record = ("case", "appeal", "record", number, *WHO)
    assert "follows no other case" in shell.refused(*record, user="mara")
    assert "names no two lines" in shell.refused(*record, "--about", "one", user="mara")
    window = ("case", "appeal", "window", number)
    assert "has no line 7" in shell.refused(*window, "--line", "7", user="mara")
    assert "not a day" in shell.refused(*window, "--notice-came", "lately", user="mara")
    assert "It came in time" in shell.refused(*open_, *CAME, "--good-cause", "She was ill.", user="mara")
    assert shell.good("case", "appeal", "show", number, user="mara") == "It follows no other case, and none follows it.\n"


def noticed(shell: Shell, number: str) -> None:
    desk = open_desk(shell.folder / "w", "mara", clock=FixedClock(NOW + timedelta(minutes=30)), tables=TABLES)
    case = desk.review.case(desk.review.find(number))
    posted(desk, finish(desk.letters.issue(case.id, case.revision)).value)
    desk.close()


def test_until_when_an_appeal_may_come_is_told_before_it_is_opened(denied: tuple[Shell, str]) -> None:
    shell, number = denied
    assert "Nobody has notice of the decision yet" in shell.good("case", "appeal", "window", number, user="mara")
    noticed(shell, number)
    told = shell.good("case", "appeal", "window", number, "--received", "2018-05-01T09:00-04:00", user="mara")
    assert "Line 1: The last day for an appeal: 04/07/2018 (ERISA, 180 days to appeal" in told
    assert "It was asked for on 05/01/2018: late." in told
    assert "Nobody has compared this row" in told
    (row,) = shell.good("case", "appeal", "window", number, "--notice-came", "2017-10-12", "--json", user="mara")
    assert (row["line"], row["last_day"], row["presumed"], row["row"]) == (1, "2018-04-10", False, "ERISA-WIN")
    reopening = shell.good("case", "appeal", "window", number, "--reopening", "--cause", "good_cause", user="mara")
    assert reopening == "Line 1: No row loaded says until when a reopening may be asked for here.\n"


def test_a_late_appeal_takes_its_good_cause_and_shows_it(denied: tuple[Shell, str]) -> None:
    shell, number = denied
    noticed(shell, number)
    late = ("case", "appeal", "open", number, *WHO, "--received", "2018-05-01T09:00-04:00", "--json")
    assert "It came late" in shell.refused(*late, user="mara")
    assert "It is not late for sure" in shell.refused(*late, "--to-dismiss", user="mara")
    made = shell.good(*late, "--good-cause", "She was in hospital.", user="mara")
    assert made["appeal"]["late_cause"] == "She was in hospital."
    assert "Looked at for good cause: She was in hospital." in shell.good("case", "show", made["number"], user="mara")


def test_an_appeal_that_is_late_for_sure_is_opened_and_dismissed(denied: tuple[Shell, str]) -> None:
    shell, number = denied
    noticed(shell, number)
    shell.good("clock", "verify", "ERISA-WIN", "--where", "ecfr.gov", "--on", "2017-10-01", user="sol")
    late = ("case", "appeal", "open", number, *WHO, "--received", "2018-05-01T09:00-04:00", "--notice-came", "2017-10-12", "--to-dismiss")
    made = shell.good(*late, "--json", user="mara")
    assert made["appeal"]["to_dismiss"] is True
    dismiss = ("case", "dismiss", made["number"], "--explained", "You gave us no reason.", "--why")
    assert "You decided the case" in shell.refused(*dismiss, "not_in_time", user="osei")
    assert "Only a Medicare Advantage request" in shell.refused(*dismiss, "not_a_valid_request", user="wen")
    told = shell.good(*dismiss, "not_in_time", "--json", user="wen")
    assert told["lines"][0]["determination"] == "dismissed"
    again = ("case", "appeal", "record", number, *WHO, "--good-cause", "x")
    assert "follows no other case" in shell.refused(*again, user="mara")
