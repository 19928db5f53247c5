"""What workers, widgets and screens say to each other."""

from __future__ import annotations

from typing import Any

from textual.message import Message

from merchant_cli.basics.problems import Note, Problem


class Told(Message):
    """A clerk has done the job `name`; the screen's method `told_<name>` takes the result."""

    def __init__(self, name: str, result: Any) -> None:
        super().__init__()
        self.name, self.result = name, result


class Trouble(Message):
    """The job `name` met a fault; it is said on the screen."""

    def __init__(self, name: str, fault: Problem | Note) -> None:
        super().__init__()
        self.name, self.fault = name, fault


class StoreChanged(Message):
    """Another process, or this one, wrote to the store."""


class Go(Message):
    """Asks the app to open the place `name` (see places.py) with the parameters of its screen."""

    def __init__(self, name: str, **params: Any) -> None:
        super().__init__()
        self.name, self.params = name, params
