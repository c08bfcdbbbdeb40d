"""The order of a try, what passes, and what Markdown may say."""

from __future__ import annotations

import pytest

from portal.core.errors import RuleBroken
from portal.trainings.courses import rules
from portal.trainings.courses.markdown import html_of


def test_an_order_is_of_its_seed_and_loses_nothing():
    things = [f"q{number}" for number in range(8)]
    orders = {seed: rules.shuffled(things, seed) for seed in ("a", "b", "c", "d")}
    assert all(sorted(order) == things for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) == 4
    assert rules.shuffled(reversed(things), "a") == orders["a"], "the order before does not matter"
    assert rules.shuffled(["x", "y", "z"], "seed") == ["z", "y", "x"], "the same on every machine and in every year"


def test_what_is_needed_is_exactly_what_passes():
    for asked in range(1, 21):
        for percent in range(1, 101):
            least = rules.needed(asked, percent)
            assert rules.has_passed(least, asked, percent)
            assert not rules.has_passed(least - 1, asked, percent)
    assert not rules.has_passed(0, 0, 50), "a quiz without questions passes nobody"


def test_right_is_all_of_the_right_ones_and_no_other():
    assert rules.is_right(["b", "a"], ["a", "b"])
    for chosen in ([], ["a"], ["a", "b", "c"], ["c"]):
        assert not rules.is_right(chosen, ["a", "b"])


@pytest.mark.parametrize(
    ("kind", "right", "says"),
    [
        ("single", [True], "at least two"),
        ("single", [False, False], "at least one answer that is right"),
        ("single", [True, True, False], "Only one answer"),
        ("multiple", [True, True], "Every answer is right"),
    ],
)
def test_answers_to_choose_from_make_sense(kind, right, says):
    with pytest.raises(RuleBroken, match=says):
        rules.check_options(kind, [{"right": each} for each in right])
    rules.check_options("multiple", [{"right": True}, {"right": True}, {"right": False}])


def test_markdown_is_safe_and_its_headings_skip_no_level():
    html = html_of(
        "### Deep\n\n# Top\n\n#### Deeper\n\n**b** [w](https://a.example) [x](javascript:alert) "
        "<script>1</script> ![p](https://a.example/p.png) <a onclick=x>"
    )
    assert "<h2>Deep</h2>" in html and "<h2>Top</h2>" in html and "<h3>Deeper</h3>" in html
    assert '<a href="https://a.example" rel="noreferrer">w</a>' in html
    for bad in ("<script", "<img", 'href="javascript', "<a onclick"):
        assert bad not in html
