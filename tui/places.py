"""The places that the screens are: by name, with their title, the key that leads there and the module that holds them.

A module is imported when its place is opened for the first time, so that the first screen need not wait for the others.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase

P = Phrase


class Place(NamedTuple):
    """A screen `Class` of `module`, made with the Shell and the parameters of Go. `listed`: it stands in the palette.

    `instead`: the command that does the same, said where the screen does not exist.
    """

    title: Phrase
    module: str
    screen: str
    key: str = ""
    listed: bool = True
    instead: str = ""


PLACES: dict[str, Place] = {
    "today": Place(P("Today", "今日待办"), "tui.screens.today", "Today"),
    "desks": Place(P("Desks", "工作台"), "tui.screens.desks", "Desks", "d"),
    "take_in": Place(
        P("Take files in", "导入文件"), "tui.screens.take_in", "TakeIn", "i", instead="merchant import FILE"
    ),
    "proposals": Place(P("Proposals", "建议"), "tui.screens.proposals", "Proposals", "p", instead="merchant proposals"),
    "proposal": Place(P("Proposal", "建议"), "tui.screens.proposal", "ProposalPage", listed=False),
    "answer": Place(P("Answer", "结果"), "tui.screens.answer", "Answer", listed=False),
    "browse": Place(P("Browse", "浏览"), "tui.screens.browse", "Browse", listed=False),
    "explain": Place(P("What is behind it", "来源"), "tui.screens.explain", "Explain", listed=False),
}


def exists(name: str) -> bool:
    """Whether the place's module is there yet."""
    return find_spec(PLACES[name].module) is not None


def screen_of(name: str) -> Any:
    """The screen class of a place."""
    place = PLACES[name]
    return getattr(import_module(place.module), place.screen)
