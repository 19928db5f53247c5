"""Every exporter shares its layout with an importer that knows it, speaks both languages and can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporters.base import Exporter
from exporters.catalogue import exporters
from importers import catalogue
from merchant_cli.basics.discover import modules_below
from merchant_cli.send.actions import FIELDS
from merchant_cli.send.files import heads_of

ROOT = Path(__file__).parents[2]
BY_ID = {one.id: one for one in exporters()}


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_its_columns_stand_in_the_importers_layout(name: str) -> None:
    one: Exporter = BY_ID[name]
    if one.importer:
        ref = next(entry.ref for entry in catalogue.entries() if entry.id == one.importer)
        heads = heads_of(catalogue.load(ref), one.columns, None)
        assert set(heads) == set(one.columns) and all(head.name for head in heads.values())
        assert len({head.name for head in heads.values()}) == len(heads)
    else:
        assert one.write is not None


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_it_is_named_in_both_languages_and_writes_known_fields(name: str) -> None:
    one = BY_ID[name]
    assert one.title.en and one.title.zh and one.title.en != one.title.zh
    assert one.fields <= FIELDS.keys()
    assert one.fields or one.actions or one.id == "own checklist"


def test_every_file_holds_one() -> None:
    found = modules_below("exporters", ROOT / "exporters")
    platforms = {one.platform for one in exporters()}
    assert {module.split(".")[1] for module in found} <= platforms
    assert len(BY_ID) == len(exporters())


def test_a_file_that_cannot_be_loaded_takes_nothing_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from exporters import catalogue as ours

    monkeypatch.setattr(ours, "modules_below", lambda *_: {"exporters.nowhere.at_all": tmp_path})
    ours.exporters.cache_clear()
    assert ours.exporters() == () and "exporters.nowhere.at_all" in capsys.readouterr().err
    ours.exporters.cache_clear()
