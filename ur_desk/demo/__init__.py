"""The demo: a throw-away workspace with synthetic people and cases, made through Desk with a clock of its own."""

from ur_desk.demo.cases import walk_in
from ur_desk.demo.workspace import open_demo

__all__ = ["open_demo", "walk_in"]
