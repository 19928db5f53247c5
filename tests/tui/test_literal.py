"""No text reaches Textual as markup: a guard over the source of the screens."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import at, calls, python, tree

# What parses a plain string as markup; `markup=False` or Content stops it.
SWITCHED = {"Static", "Label", "notify"}
CONTENT_ONLY = {"Button", "Option", "Checkbox", "RadioButton", "Selection", "Collapsible", "Tab", "TabPane",
                "add_option", "OptionList", "replace_option_prompt_at_index", "add_column", "add_row"}  # fmt: skip


def test_no_plain_string_reaches_a_sink() -> None:
    wrong = []
    for path in python("tui"):
        for call, name in calls(path):
            plain = [argument for argument in call.args if not _harmless(argument)]
            off = any(key.arg == "markup" and isinstance(key.value, ast.Constant) and key.value.value is False
                      for key in call.keywords)  # fmt: skip
            if (name in SWITCHED and not off and call.args) or (name in CONTENT_ONLY and plain):
                wrong.append(at(path, call))
            if any(
                key.arg in ("tooltip", "prompt", "border_title", "border_subtitle") and not _harmless(key.value)
                for key in call.keywords
            ):
                wrong.append(at(path, call))
    assert wrong == []


def test_update_takes_content_only() -> None:
    """`Static.update(str)` would be markup where the widget allows it."""
    wrong = []
    for path in python("tui"):
        for call, name in calls(path):
            if name == "update" and isinstance(call.func, ast.Attribute) and "Static" in ast.unparse(call.func):
                made = _made_of_content(path)
                first = call.args[0]
                known = (
                    isinstance(first, ast.Call) and isinstance(first.func, ast.Attribute) and first.func.attr in made
                )
                wrong += [] if known or _harmless(first) else [at(path, call)]
    assert wrong == []


def test_nothing_says_from_markup_or_sets_a_tooltip() -> None:
    wrong = []
    for path in python("tui"):
        text = Path(path).read_text(encoding="utf-8")
        wrong += [
            f"{path.name}: {word}" for word in ("from_markup", ".tooltip =", "border_title", "Markdown") if word in text
        ]
    assert wrong == []


def _made_of_content(path: Path) -> set[str]:
    """The functions of a file that say they return Content."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef) and node.returns is not None]
    return {node.name for node in found if node.returns and ast.unparse(node.returns) == "Content"}


def _harmless(node: ast.expr) -> bool:
    """A constant, something made by Content, or what is known not to be a text."""
    if isinstance(node, ast.Constant):
        return node.value == "" or not isinstance(node.value, str) or "[" not in node.value
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in ("Content", "assemble", "Option", "join", "Strip")
    if isinstance(node, ast.Starred):
        inner = node.value
        return not isinstance(inner, ast.GeneratorExp) or _harmless(inner.elt)
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and _known(node)


def _known(node: ast.expr) -> bool:
    """Names that hold Content or no text by the way they are used here."""
    name = ast.unparse(node)
    return name in ("line", "found.highlighted", "content", "lines") or name.endswith(".command")
