"""Errors and notices: what they say, and that they travel between processes."""

import pickle

import pytest

from newsexport import errors
from newsexport.errors import Kind, NewsexportError, Notice, NoticeLog

ERRORS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, NewsexportError)]


@pytest.mark.parametrize("kind", ERRORS)
def test_error_survives_pickling(kind: type[NewsexportError]) -> None:
    error = pickle.loads(pickle.dumps(kind("it broke", "mend it", "body[3]")))
    assert (type(error), error.message, error.hint, error.where) == (kind, "it broke", "mend it", "body[3]")


def test_error_says_where() -> None:
    assert str(NewsexportError("it broke", where="body[3]")) == "body[3]: it broke"
    assert str(NewsexportError("it broke")) == "it broke"


@pytest.mark.parametrize("kind", ERRORS)
def test_docstring_draws_every_error_with_its_exit_code(kind: type[NewsexportError]) -> None:
    line = next(line for line in (errors.__doc__ or "").splitlines() if kind.__name__ in line.split())
    assert str(kind.exit_code) in line.split()


def test_notice_log_keeps_a_hundred_of_a_code_then_counts() -> None:
    log = NoticeLog()
    for number in range(130):
        log.add(Notice("text.illegal", Kind.REPAIR, f"number {number}"))
    log.add(Notice("date.assumed", Kind.GUESS, "1980"))
    notices = log.all()
    assert len(notices) == 102
    assert notices[-1] == Notice("text.illegal", Kind.REPAIR, "30 more of these")


def test_notice_survives_pickling() -> None:
    notice = Notice("a.b", Kind.LOSS, "lost", "body[0]", "Embed")
    assert pickle.loads(pickle.dumps(notice)) == notice
