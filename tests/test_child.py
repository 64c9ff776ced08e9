"""Work in a process of its own: a refusal is told apart from a process that died."""

import pytest

from nlp import child, errors


def test_a_child_that_died_is_an_error_of_the_system():
    with pytest.raises(OSError, match="no_such_module"):
        child.run("nlp.no_such_module")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("two vocabularies\nand more"), "ValueError: two vocabularies"),
        (errors.CorruptModel(id="toy", reason="checksum of vocab.json"), "checksum of vocab.json"),
    ],
)
def test_a_child_refuses_with_one_line(error, reason, capsys):
    with pytest.raises(SystemExit) as ended, child.refusing(ValueError, errors.CorruptModel):
        raise error
    assert ended.value.code not in (0, 1) and capsys.readouterr().err == f"{reason}\n"


def test_what_a_child_does_not_foresee_is_no_refusal():
    with pytest.raises(KeyError), child.refusing(ValueError):
        raise KeyError("config")
