"""What the page does, without a browser: Streamlit's own test runner on the real library and weights."""

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from nlp.models import catalogue, installation
from nlp.models.catalogue import Task
from nlp.worker import Source
from tests import toy_summarizers, toys
from tests.conftest import CLIENT_ARTICLE, ROOT, SEEDS
from ui import rows, session
from ui.texts import Texts


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
    """All captions, Markdown and button labels, as one text with plain spaces and without the escapes of Markdown."""
    parts = [e.value for e in (*app.caption, *app.markdown, *app.title)]
    return "\n".join([*parts, *(button.label for button in app.button)]).replace("\\", "").replace("\u00a0", " ")


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
    assert "anglais → français" in words(page) and "il manque le modèle opus-mt-en-fr" in words(page)
    assert "Récupérer (301 Mo)" in words(page)


def test_the_page_speaks_english_when_asked(page):
    assert "Rien ne quitte cet ordinateur." in words(page)
    page.session_state["lang"] = "en"
    assert "Nothing leaves this computer." in words(page.run())


def test_an_article_can_be_removed(page):
    button(page, "✕").click()
    page.run()
    assert desk_of(page).jobs == ()
    assert not page.exception


def test_a_pair_that_no_model_serves_is_said_and_nothing_offered(page):
    page.query_params["article"] = desk_of(page).submit(Source("ja.txt", "市長は火曜日の夜に辞任した。".encode())).key
    settled(page.run())
    assert "japonais → français" in words(page) and "aucun modèle connu" in words(page)
    assert not any("Récupérer" in button.label for button in page.button)


def test_length_changes_the_summary_survives_a_reload_and_translates_nothing_again(page):
    (job,) = desk_of(page).jobs
    digest = job.digest
    page.slider[0].set_value(4)
    page.run()
    assert not page.exception
    assert desk_of(page).jobs[0].digest is digest
    assert reloaded(page).slider[0].value == 4


def reloaded(page):
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.query_params["desk"] = page.query_params["desk"]
    return settled(again.run())


def test_the_models_are_shown_with_what_they_do_and_stay_open(page):
    assert "opus-mt-en-fr" not in words(page)
    button(page, "Modèles").click()
    for _ in range(2):
        page.run()
        assert "fourni avec Entrefilet, toujours là · 28 Mo" in words(page)
        assert "anglais → français" in words(page) and "301 Mo · licence Apache-2.0" in words(page)
        assert "Résumés réécrits en français" in words(page) and "allemand → français" in words(page)
        assert "Titres proposés en français" in words(page) and "avec chaque résumé réécrit" in words(page)


@pytest.fixture
def own_models(monkeypatch, tmp_path):
    """A models folder of its own, for what a test installs."""
    monkeypatch.setenv("ENTREFILET_MODELS", str(tmp_path / "models"))
    return tmp_path


BRIDGE = " ".join(toy_summarizers.LINES[:5])


def test_a_rewritten_summary_is_chosen_marked_and_survives_a_reload(page, own_models):
    page.query_params["article"] = desk_of(page).submit(Source("pont.txt", BRIDGE.encode())).key
    settled(page.run())
    assert not engines(page) and "Résumé réécrit…" in words(page)
    toy_summarizers.barthez(
        own_models / "toy",
        "Le pont de Merlac a rouvert lundi après trois ans. Le président de Lyon a promis 900 millions.",
    )
    installation.add(own_models / "toy", Task.SUMMARY, "fr", "fr")
    page.run()
    engines(page)[0].set_value("abstractive")
    settled(page.run())
    job = desk_of(page).get(page.query_params["article"])
    assert job.digest.summary.engine == "abstractive"
    assert "Réécrit par local/toy" in words(page)
    assert "1/2 phrase(s) ne s’appuyaient sur rien" in words(page)
    source, target = rows.cards(job.digest, job.digest.summary, Texts("fr"))
    for card in (source, target):
        assert [remark["check"] for remark in card["sentences"][1]["remarks"]][:1] == [False]
        assert "Les mots de l’article" in card["sentences"][1]["remarks"][0]["text"]
        assert card["sentences"][0]["marks"]
    again = reloaded(page)
    again.query_params["article"] = page.query_params["article"]
    assert engines(again.run())[0].value == "abstractive"
    installation.remove(catalogue.entry("local/toy"))


def engines(app):
    return [control for control in app.button_group if control.label == "Résumé par"]


def test_several_ready_models_for_a_pair_can_be_chosen_from(page, own_models):
    assert not any(box.label == "Traduire avec" for box in page.selectbox)
    toys.marian(own_models / "toy")
    installation.add(own_models / "toy", Task.TRANSLATION, "fr", "en")
    page.run()
    chooser = next(box for box in page.selectbox if box.label == "Traduire avec")
    assert chooser.options == ["Automatique (local/toy)", "entrefilet-fr-en", "local/toy"]
    chooser.set_value("entrefilet-fr-en")
    settled(page.run())
    (job,) = desk_of(page).jobs
    assert job.request.translator == "entrefilet-fr-en" == job.digest.translator


def test_key_facts_lead_to_every_sentence_that_mentions_them(page):
    (job,) = desk_of(page).jobs
    groups = {group["label"]: group["facts"] for group in rows.facts(job.digest, Texts("fr"))}
    openai = next(fact for fact in groups["Organisations"] if fact["text"] == "OpenAI")
    assert openai["label"] == f"OpenAI, {len(openai['segments'])} phrases"
    text = [job.digest.article.part(segment) for segment in job.digest.segments]
    assert openai["segments"] and all("OpenAI" in text[i] for i in openai["segments"])


@pytest.mark.parametrize("name", sorted(p.name for p in SEEDS.iterdir() if p.name != "README.md"))
def test_every_sample_can_be_shown(page, name):
    session_desk = desk_of(page)
    page.query_params["article"] = session_desk.submit(Source(name, (SEEDS / name).read_bytes())).key
    settled(page.run())
    assert not page.exception and not page.error
