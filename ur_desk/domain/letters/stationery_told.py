"""What the plan recorded for its letters, in a sentence."""

from functools import singledispatch

from ur_desk.domain.letters import stationery as st


@singledispatch
def stationery_told(body: st.StationeryBody) -> str:
    """What was recorded, without who did."""
    raise TypeError(type(body))


@stationery_told.register
def _(body: st.WordingApproved) -> str:
    return f"recorded that {body.by_whom} approved the letter wording {body.wording[:12]} ({body.language}) on {body.on:%m/%d/%Y}."


@stationery_told.register
def _(body: st.WordingTranslated) -> str:
    told = f"kept the letter wording in {body.name}, as {body.translator} ({body.qualified}) translated it on {body.on:%m/%d/%Y}"
    return f"{told}: {body.wording[:12]}."


@stationery_told.register
def _(body: st.FormInstalled) -> str:
    return f"installed the official form {body.form}, OMB {body.omb}, which expires on {body.expires:%m/%d/%Y}."


@stationery_told.register
def _(body: st.FontInstalled) -> str:
    return (
        f"installed the font {body.font} for letters in {body.name} ({body.language}), face {body.face + 1} of the file {body.file[:12]}."
    )
