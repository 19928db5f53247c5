"""The themes by the names that people type: light, dark, contrast, ansi."""

from __future__ import annotations

from textual.theme import Theme

from merchant_cli.basics.phrases import Phrase

P = Phrase

# Our name → Textual's, and what it is called.
THEMES = {
    "dark": ("textual-dark", P("Dark", "深色")),
    "light": ("textual-light", P("Light", "浅色")),
    "contrast": ("contrast", P("High contrast", "高对比度")),
    "ansi": ("ansi-dark", P("The terminal's own colours", "终端自带配色")),
}
CONTRAST = Theme(
    name="contrast", primary="#FFFF00", secondary="#00FFFF", warning="#FFD700", error="#FF8080", success="#80FF80",
    accent="#FFFF00", foreground="#FFFFFF", background="#000000", surface="#000000", panel="#000000", dark=True,
    text_alpha=1.0,
    variables={"block-cursor-foreground": "#000000", "block-cursor-background": "#FFFF00",
               "input-selection-background": "#FFFF00 60%"},
)  # fmt: skip
