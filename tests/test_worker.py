"""One worker, many readers: everybody's own results, in turn, and a real stop."""

import threading
import time

import pytest

from nlp.digest import Request
from nlp.worker import Source, State, Worker


@pytest.fixture(scope="module")
def worker(french_to_english):
    found = Worker()
    yield found
    found.close()


def wait_until(condition, seconds=60):
    """Poll a condition of another thread; fail after ``seconds``."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < end, "timed out"
        pause.wait(0.02)


def text(word, sentences):
    return (" ".join(f"La {word} numéro {i} est arrivée." for i in range(sentences))).encode()


def test_a_job_runs_to_its_end(worker):
    _, desk = worker.desk()
    job = desk.submit(Source("a.txt", text("lettre", 4)))
    wait_until(lambda: not job.active)
    assert job.state is State.DONE and job.digest.done == 4


def test_two_readers_get_their_own_results_and_the_short_one_does_not_wait(worker):
    _, one = worker.desk()
    _, other = worker.desk()
    long = one.submit(Source("long.txt", text("voiture", 2000)))
    wait_until(lambda: long.digest and long.digest.done > 10)
    short = other.submit(Source("short.txt", text("lettre", 3)))
    wait_until(lambda: not short.active)
    assert long.active
    assert one.jobs == (long,) and other.jobs == (short,)
    assert "letter" in short.digest.translations[0].text.lower()
    long.cancel()
    wait_until(lambda: not long.active)
    assert long.state is State.STOPPED
    done = long.digest.done
    assert 0 < done < 2000
    assert long.digest.translations[done - 1] is not None


def test_bad_input_fails_alone(worker):
    _, desk = worker.desk()
    bad = desk.submit(Source("vide.txt", b""))
    good = desk.submit(Source("bon.txt", text("lettre", 2)))
    wait_until(lambda: not (bad.active or good.active))
    assert (bad.state, bad.error.kind) == (State.FAILED, "empty")
    assert good.state is State.DONE


def test_the_same_request_is_the_same_job_and_another_is_not(worker):
    token, desk = worker.desk()
    source = Source("a.txt", text("lettre", 2))
    job = desk.submit(source)
    assert desk.submit(source) is job
    assert worker.desk(token) == (token, desk)
    again = desk.submit(source, Request(source="fr", target="fr"))
    assert again is not job and desk.jobs == (again,)
    wait_until(lambda: not again.active)
    desk.remove(again.key)
    assert desk.jobs == ()


def test_a_stopped_job_can_be_taken_up_again(worker):
    _, desk = worker.desk()
    source = Source("a.txt", text("chaise", 400))
    job = desk.submit(source)
    wait_until(lambda: job.digest and job.digest.done)
    job.cancel()
    wait_until(lambda: not job.active)
    again = desk.submit(source)
    wait_until(lambda: not again.active)
    assert again.state is State.DONE and again.digest.done == 400


def test_desks_have_names_that_nobody_can_guess(worker):
    token, desk = worker.desk("guess")
    assert token != "guess" and len(token) >= 20
    assert worker.desk()[1] is not desk
