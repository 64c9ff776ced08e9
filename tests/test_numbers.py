"""Figures as each language writes them."""

import pytest

from nlp.numbers import file_size


@pytest.mark.parametrize(
    ("bytes", "english", "french"),
    [
        (4_500_000, "4.5 MB", "4,5 Mo"),
        (301_000_000, "301 MB", "301 Mo"),
        (1_630_000_000, "1.6 GB", "1,6 Go"),
        (10**16, "10,000,000 GB", "10\u202f000\u202f000 Go"),
    ],
)
def test_a_size_is_short_and_in_the_readers_language(bytes, english, french):
    assert (file_size(bytes, "en"), file_size(bytes, "fr")) == (english, french)
