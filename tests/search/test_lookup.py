"""What people type finds what they mean."""

import pytest

from search.lookup import Entry, LookUp, fold

ENTRIES = [
    Entry(
        "cleaning",
        {"fi": "siivoustyö", "sv": "städning", "en": "cleaning work"},
        {"fi": ("siivous", "puhdistus"), "sv": ("städa",), "en": ("housekeeping work",)},
    ),
    Entry("cleaning_hospital", {"fi": "sairaalasiivous", "sv": "sjukhusstädning", "en": "hospital cleaning"}),
    Entry("cleaner", {"fi": "toimitilahuoltaja", "sv": "lokalvårdare", "en": "office cleaner"}, {"fi": ("siivooja",)}),
    Entry("hygiene", {"fi": "hygieniapassi", "sv": "hygienpass", "en": "hygiene passport"}),
    Entry("forklift", {"fi": "trukin käyttö", "sv": "truckkörning", "en": "driving a forklift truck"}),
    Entry("warehouse", {"fi": "varastotyöntekijä", "sv": "lagerarbetare", "en": "warehouse worker"}),
    Entry("179", {"fi": "Jyväskylä", "sv": "Jyväskylä"}),
    Entry("853", {"fi": "Turku", "sv": "Åbo"}),
    Entry("aland", {"fi": "alan työ", "en": "abo"}),
]


@pytest.fixture(scope="module")
def look_up():
    return LookUp(ENTRIES)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("siivous", "fi", "cleaning"),  # an alternative, exactly
        ("SIIVOOJA", "fi", "cleaner"),
        ("siivooja", "en", "cleaner"),  # another language's term is found too
        ("siivoja", "fi", "cleaner"),  # a letter too few
        ("siivoojaa", "fi", "cleaner"),
        ("siivoojana", "fi", "cleaner"),  # inflected
        ("sairaalasiivuos", "fi", "cleaning_hospital"),  # two letters swapped
        ("hygeniapassi", "fi", "hygiene"),
        ("hygien", "sv", "hygiene"),
        ("Jyvaskyla", "fi", "179"),
        ("jyväskylä", "fi", "179"),
        ("abo", "sv", "aland"),  # exactly as typed comes before its folded twin
        ("åbo", "sv", "853"),
        ("forklift driving", "en", "forklift"),
        ("fork truck", "en", "forklift"),
        ("lagerarbetaren", "sv", "warehouse"),
    ],
)
def test_what_comes_first(look_up, text, language, code):
    assert look_up.find(text, language)[0].code == code


def test_a_part_of_a_compound_is_found(look_up):
    assert {hit.code for hit in look_up.find("siivous", "fi")} >= {"cleaning", "cleaning_hospital"}


def test_an_alternative_is_shown_with_the_preferred_term(look_up):
    hit = look_up.find("siivooja", "sv")[0]
    assert (hit.code, hit.label, hit.term) == ("cleaner", "lokalvårdare", "siivooja")


def test_exact_comes_first_and_each_entry_once(look_up):
    hits = look_up.find("cleaning", "en")
    assert hits[0].code == "cleaning"
    assert len({hit.code for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 100 for hit in hits)


@pytest.mark.parametrize("text", ["", "   ", "\x00", "😀", "\u200f", "---", "qqqqqqqq", "x" * 100_000])
def test_nothing_found_is_no_error(look_up, text):
    assert look_up.find(text, "fi") == ()


def test_the_limit_holds(look_up):
    assert len(look_up.find("a", "fi", limit=2)) <= 2
    assert len(look_up.find("siivous", "fi", limit=1)) == 1


def test_a_missing_label_falls_back(look_up):
    assert look_up.find("turku", "en")[0].label == "Turku"


@pytest.mark.parametrize(
    ("text", "folded"), [("Åbo-Öst", "abo ost"), ("Straße", "strasse"), ("é", "e"), (" a  b ", "a b")]
)
def test_folding(text, folded):
    assert fold(text) == folded
