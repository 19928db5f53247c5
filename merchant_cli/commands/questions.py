"""`merchant questions`: every question of every desk."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import Output, put, tell_broken
from merchant_cli.commands.context import show
from merchant_cli.commands.declare import All, Command, Csv, Json, Limit
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.commands.desk import question_list
from merchant_cli.desks import find


def list_questions(
    as_json: Json = False, csv: Csv = False, output: OutputFile = None, limit: Limit = None, all_rows: All = False
) -> None:
    answer = question_list(list(find.questions(tell_broken).values()))
    put(answer, Output(as_json, csv, output, limit, all_rows), title=show(Phrase("Questions", "问题")))


COMMANDS = {"questions": Command(list_questions)}
