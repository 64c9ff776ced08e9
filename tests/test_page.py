"""What the page does, without a browser: Streamlit's own test runner on the real library and weights."""

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from nlp.worker import Source
from tests.conftest import CLIENT_ARTICLE, ROOT, SEEDS
from ui import session


@pytest.fixture
def page(french_to_english):
    """The page at its first visit, the sample read."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return settled(app.run())


def desk_of(app):
    return session.worker().desk(app.query_params["desk"])[1]


def settled(app):
    """Wait until every job of the app's desk has ended, then run the page once more."""
    pause, end = threading.Event(), time.monotonic() + 60
    while any(job.active for job in desk_of(app).jobs):
        assert time.monotonic() < end, "timed out"
        pause.wait(0.05)
    app.run()
    assert not app.exception
    return app


def words(app):
    """All captions, Markdown and button labels, as one text without the escapes of Markdown."""
    parts = [e.value for e in (*app.caption, *app.markdown, *app.title)]
    return "\n".join([*parts, *(button.label for button in app.button)]).replace("\\", "")


def button(app, label):
    return next(b for b in app.button if label in b.label)


def test_a_newcomer_sees_the_clients_article_read(page):
    (job,) = desk_of(page).jobs
    assert job.source.name == CLIENT_ARTICLE.name and job.digest.finished
    assert "20 phrases" in words(page)


def test_an_upload_is_read_and_selected_and_a_bad_one_gets_its_message(page):
    page.file_uploader[0].set_value(
        [("bon.txt", "Le maire a démissionné mardi soir.".encode(), "text/plain"), ("vide.txt", b"", "text/plain")]
    )
    settled(page.run())
    jobs = {job.source.name: job for job in desk_of(page).jobs}
    assert jobs["bon.txt"].digest.finished
    assert "mayor" in jobs["bon.txt"].digest.translations[0].text.lower()
    assert "vide.txt est vide" in words(page)
    assert page.query_params["article"] == jobs["bon.txt"].key


def test_reruns_never_restart_a_job(page):
    (job,) = desk_of(page).jobs
    digest = job.digest
    for _ in range(3):
        page.run()
    assert desk_of(page).jobs == (job,) and job.digest is digest


def test_a_reload_finds_the_same_desk_and_another_visitor_does_not(page):
    desk_of(page).submit(Source("mine.txt", "Ceci est un texte privé et rien d’autre.".encode()))
    settled(page)
    reloaded = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    reloaded.query_params["desk"] = page.query_params["desk"]
    assert len(desk_of(settled(reloaded.run())).jobs) == 2
    visitor = settled(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run())
    assert len(desk_of(visitor).jobs) == 1
    assert "privé" not in words(visitor)


def test_the_language_can_be_overruled(page):
    (job,) = desk_of(page).jobs
    chooser = next(box for box in page.selectbox if "Lire ce texte comme" in box.label)
    chooser.set_value("en")
    settled(page.run())
    (again,) = desk_of(page).jobs
    assert again is not job and again.digest.language == "en" and again.digest.target == "fr"
    assert "Aucun modèle de traduction" in words(page)


def test_the_page_speaks_english_when_asked(page):
    assert "Rien ne quitte cet ordinateur." in words(page)
    page.session_state["lang"] = "en"
    assert "Nothing leaves this computer." in words(page.run())


def test_an_article_can_be_removed(page):
    button(page, "✕").click()
    page.run()
    assert desk_of(page).jobs == ()
    assert not page.exception


def test_length_changes_the_summary_and_translates_nothing_again(page):
    (job,) = desk_of(page).jobs
    digest = job.digest
    page.slider[0].set_value(4)
    page.run()
    assert not page.exception
    assert desk_of(page).jobs[0].digest is digest


@pytest.mark.parametrize("name", sorted(p.name for p in SEEDS.iterdir() if p.name != "README.md"))
def test_every_sample_can_be_shown(page, name):
    session_desk = desk_of(page)
    page.query_params["article"] = session_desk.submit(Source(name, (SEEDS / name).read_bytes())).key
    settled(page.run())
    assert not page.exception and not page.error
