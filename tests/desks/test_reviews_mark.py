"""`merchant reviews mark`: what people decide about reviews; imports neither write it nor take it back."""

from __future__ import annotations

import time

import pytest
from review_tools import Shop, shop

__all__ = ["shop"]

R1 = ("R1", "#1", "A", "2025-06-13", 1, "bad")


@pytest.fixture
def full(shop: Shop) -> Shop:
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    shop.reviews(R1, ("R2", "#1", "A", "2025-06-13", 1, "worse"))
    return shop


def state(shop: Shop, key: str) -> str:
    rows = shop.run("sql", "SELECT review_id, state FROM reviews", "--json").json["rows"]
    return str({row["review_id"]: row["state"] for row in rows}[key])


def test_states_and_their_journal(full: Shop) -> None:
    assert [state(full, key) for key in ("R1", "R2")] == ["new", "new"]
    said = full.run("reviews", "mark", "review:own/R1", "own/R2", "--state", "triaged", "--why", "asked the factory")
    assert said.out == "review:own/R1 is now triaged.\nreview:own/R2 is now triaged.\n"
    assert full.rows("inbox")["R1"]["state"] == "triaged"
    assert "处理中" in full.run("reviews", "inbox", "--lang", "zh").out
    again = full.run("reviews", "mark", "review:own/R1", "--state", "TRIAGED", "--lang", "zh")
    assert again.out == "review:own/R1 原来就是“处理中”。\n"
    body = full.run("reviews", "mark", "review:own/R1", "review:own/R2", "--state", "resolved", "--json").json
    assert body["marked"][0] == {"key": "review:own/R1", "was": "triaged", "state": "resolved"}
    assert full.ask("inbox")["rows"] == [] and full.keys("inbox", "--state", "resolved") == ["R1", "R2"]
    full.run("reviews", "mark", "review:own/R1", "--state", "new")
    assert full.keys("inbox") == ["R1"]
    told = journal(full)
    assert told == [
        "reviews/state/review:own/R1 triaged", "reviews/state/review:own/R2 triaged",
        "reviews/state/review:own/R1 resolved", "reviews/state/review:own/R2 resolved",
        "reviews/state/review:own/R1 new",
    ]  # fmt: skip


def journal(shop: Shop) -> list[str]:
    from contextlib import closing

    from merchant_cli.store import open as opening

    with closing(opening.read(shop.store)) as db:
        return [row[0] for row in db.execute("SELECT detail FROM journal WHERE act = 'decide' ORDER BY entry")]


def test_all_or_none(full: Shop) -> None:
    wrong = full.run("reviews", "mark", "review:own/R1", "review:own/R9", "--state", "replied", code=2)
    assert "no-such-row" in wrong.err and "review:own/R9" in wrong.err
    assert state(full, "R1") == "new" and journal(full) == []
    wrong = full.run("reviews", "mark", "review:own/R1", "--state", "closed", code=2)
    assert "`new`, `triaged`, `replied`, `resolved`" in wrong.err
    assert "--state is missing" in full.run("reviews", "mark", "review:own/R1", code=2).err
    assert "read-only" in full.run("reviews", "mark", "review:own/R1", "--state", "new", "--read-only", code=None).err


def test_a_store_that_does_not_exist_is_not_made(shop: Shop) -> None:
    shop.run("reviews", "mark", "review:own/R1", "--state", "replied", code=2)
    assert not shop.store.exists()


def test_a_reply_in_a_file_counts_as_replied(full: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    full.run("reviews", "mark", "review:own/R1", "--state", "triaged")
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    full.reviews((*R1, "", "We are sorry"), name="later.csv")
    assert state(full, "R1") == "replied", "the reply is newer than the decision"
    later += 60
    full.run("reviews", "mark", "review:own/R1", "--state", "triaged")
    assert state(full, "R1") == "triaged", "she takes it up again, knowing the reply"
    full.run("reviews", "mark", "review:own/R1", "--state", "resolved")
    later += 60
    full.reviews((*R1, "follow-up", "We are sorry"), name="last.csv")
    assert state(full, "R1") == "resolved", "further along than replied"


def test_an_undone_import_leaves_the_decision(full: Shop) -> None:
    full.run("reviews", "mark", "review:own/R1", "--state", "resolved")
    full.run("undo", "2")
    assert "no-such-row" in full.run("reviews", "mark", "review:own/R1", "--state", "new", code=2).err
    full.run("redo", "2")
    assert (state(full, "R1"), state(full, "R2")) == ("resolved", "new")
    full.run("undo", "2")
    full.reviews(R1, name="anew.csv")
    assert state(full, "R1") == "resolved", "the same review from another file"


def test_a_snooze_is_another_decision(full: Shop) -> None:
    full.run("reviews", "mark", "review:own/R1", "--state", "triaged")
    full.run("snooze", "reviews/inbox/review:own/R1", "--until", "2025-07-01")
    assert state(full, "R1") == "triaged" and "R1" in full.keys("inbox")


def test_the_desk_names_its_commands(shop: Shop) -> None:
    assert "`merchant reviews paste`: Take in reviews that you copied." in shop.run("reviews").err
    assert "paste" in shop.run("reviews", "pasta", code=2).err
    assert "inbox" in shop.run("reviews", "inbx", code=2).err
    for words in (("paste",), ("mark",)):
        assert shop.run("reviews", *words, "--help").out.startswith("Usage: merchant reviews ")
