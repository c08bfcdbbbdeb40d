"""A form of another state of the card, sent late or by hand, is answered in words."""

from __future__ import annotations

import pytest

from portal.introductions.models import IntroductionStatus as S
from tests.introductions.conftest import Scene


@pytest.mark.parametrize("form", ["word", "deletion"])
def test_a_word_or_a_deletion_while_the_card_is_open_changes_nothing(scene: Scene, form: str) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    owner = scene.as_("owner")
    page = owner.get(f"/en/cards/{introduction_id}")
    opened = owner.get(f"/en/cards/{introduction_id}/{form}")
    assert opened.status == 200 and opened.h1 == page.h1
    values = page.fields(page.form(action="/answer"))
    sent = {name: values[name] for name in ("csrf_token", "once")} | ({"word": "hired"} if form == "word" else {})
    refused = owner.post(f"/en/cards/{introduction_id}/{form}", sent)
    assert refused.status == 422 and refused.errors
    assert scene.status(introduction_id) == S.OFFERED


def test_an_empty_answer_from_an_old_tab_is_told_only_that_the_card_is_answered(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    owner = scene.as_("owner")
    old_tab = owner.get(f"/en/cards/{introduction_id}")
    owner.submit(f"/en/cards/{introduction_id}", button="Send the answer", answer="decline", reason="filled")
    page = owner.submit(old_tab, button="Send the answer")
    assert page.status == 422
    assert page.errors == ["This card is no longer open for an answer. Go back to the list of cards."]
    assert scene.status(introduction_id) == S.DECLINED
