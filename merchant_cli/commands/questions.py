"""`merchant questions`: every question of every desk."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import put, tell_broken
from merchant_cli.commands.context import show
from merchant_cli.commands.declare import Command
from merchant_cli.commands.desk import question_list
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks import find


@takes_common
def list_questions(given: Given) -> None:
    given.no_effect()
    answer = question_list(list(find.questions(tell_broken).values()))
    put(answer, given.out, title=show(Phrase("Questions", "问题")))


COMMANDS = {"questions": Command(list_questions)}
