"""The page in a real Chromium, on a server that may reach nothing but this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests import fake_hub, toys
from tests.conftest import ROOT
from tests.test_offline import guarded

CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
EXECUTABLE = next((found for name in CANDIDATES if (found := shutil.which(name))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        EXECUTABLE is None and not os.environ.get("ENTREFILET_REQUIRE_BROWSER"),
        reason="no Chrome or Chromium installed",
    ),
]

PATIENCE = 30_000
"""Milliseconds that a loaded machine may take for one step."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def network_log(tmp_path_factory):
    return tmp_path_factory.mktemp("network") / "log"


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A model hub on this machine: its address, and its repositories by name."""
    with fake_hub.serve() as served:
        yield served


@pytest.fixture(scope="module")
def address(french_to_english, network_log, hub, tmp_path_factory):
    """A running desk."""
    models = tmp_path_factory.mktemp("models")
    places = {"HF_HUB_OFFLINE": "0", "HF_ENDPOINT": hub[0], "HF_HOME": str(models / "hf")}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "nlp", "serve", "--port", str(port)],
        cwd=ROOT,
        env=guarded(network_log, STREAMLIT_SERVER_HEADLESS="true", ENTREFILET_MODELS=str(models), **places),
        start_new_session=True,
    )
    try:
        wait_for(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def wait_for(url, server):
    """Until the server answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1)
        except OSError:
            continue
        return
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def chromium():
    assert EXECUTABLE, "ENTREFILET_REQUIRE_BROWSER is set, but there is no Chrome or Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=EXECUTABLE,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """Opens the desk as a new visitor; fails if the page logs an error or asks another host for anything."""
    contexts, troubles = [], []

    def open_desk(**options):
        context = chromium.new_context(**{"locale": "fr-FR", "viewport": {"width": 1366, "height": 900}} | options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message) or dialog.dismiss())
        page.on(
            "request",
            lambda r: (
                troubles.append(r.url) if not r.url.startswith((address, "data:", "blob:", "ws://localhost")) else 0
            ),
        )
        page.goto(address)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert not troubles


def drop(page, name, text):
    """Drag a file over the drop zone and let go."""
    zone = page.get_by_test_id("stFileUploaderDropzone")
    data = page.evaluate_handle(
        """([name, text]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], name, { type: "text/plain" }));
            return transfer;
        }""",
        [name, text],
    )
    for event in ("dragenter", "dragover", "drop"):
        zone.dispatch_event(event, {"dataTransfer": data})


def finished(page, count):
    expect(page.get_by_text(f"{count} phrase", exact=False).last).to_be_visible()


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


STORY = "Le maire a démissionné mardi soir. Il a perdu 12 voix sur 40.\n\nLes habitants attendent une élection."


def test_drop_a_file_read_it_copy_it(visit):
    page = visit()
    drop(page, "maire.txt", STORY)
    expect(page.locator("h1", has_text="Le maire a démissionné")).to_be_visible()
    target = page.locator(".target .sentence")
    expect(target).to_have_count(3)
    expect(target.nth(0)).to_contain_text("mayor", ignore_case=True)
    expect(target.nth(1)).to_contain_text("40")
    finished(page, 3)
    copy_all = page.locator(".head .side").nth(1).locator("button.copy")
    copy_all.click()
    expect(copy_all).to_contain_text("Copié")
    sentences = [s.strip() for s in target.all_inner_texts()]
    assert clipboard(page) == f"{sentences[0]} {sentences[1]}\n\n{sentences[2]}"
    card = page.locator(".card").nth(1)
    card.locator("button.copy").click()
    expect(card.locator("button.copy")).to_contain_text("Copié")
    assert clipboard(page) in sentences


def test_two_readers_at_once_get_their_own_articles(visit):
    one, other = visit(), visit(locale="en-GB")
    drop(one, "chat.txt", "Le chat dort sur la table de la cuisine.")
    drop(other, "chien.txt", "Le chien court dans le jardin de la voisine.")
    expect(one.locator("h1", has_text="Le chat dort")).to_be_visible()
    expect(other.locator("h1", has_text="Le chien court")).to_be_visible()
    expect(one.locator(".target .sentence").first).to_contain_text("cat", ignore_case=True)
    expect(other.locator(".target .sentence").first).to_contain_text("dog", ignore_case=True)
    assert "chien" not in one.locator("body").inner_text()
    assert "chat dort" not in other.locator("body").inner_text()
    expect(other.get_by_text("Nothing leaves this computer.")).to_be_visible()
    expect(one.get_by_text("Rien ne quitte cet ordinateur.")).to_be_visible()


def test_sentences_light_up_in_pairs_and_evidence_leads_to_its_source(visit):
    page = visit()
    finished(page, 20)
    source = page.locator('.source .sentence[data-segment="5"]')
    source.hover()
    expect(page.locator('.target .sentence[data-segment="5"]')).to_have_class("sentence done pair")
    page.locator(".card").first.locator(".evidence").last.click()
    focused = page.locator(".source .sentence:focus")
    expect(focused).to_have_count(1)
    expect(focused).to_be_in_viewport()
    page.mouse.move(2, 2)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".target .sentence.pair")).to_have_count(1)


def test_a_key_fact_lights_up_its_sentences_and_leads_from_one_to_the_next(visit):
    page = visit()
    finished(page, 20)
    fact = page.get_by_role("button", name="Donald Trump, 3 phrases")
    lit = page.locator(".source .sentence.evident")
    current = page.locator(".source .sentence.current")
    fact.hover()
    expect(lit).to_have_count(3)
    assert all("Trump" in sentence for sentence in lit.all_inner_texts())
    page.mouse.move(2, 2)
    expect(lit).to_have_count(0)
    fact.click()
    seen = []
    for _ in range(3):
        expect(current).to_have_count(1)
        expect(current).to_be_in_viewport()
        seen.append(int(current.get_attribute("data-segment")))
        page.keyboard.press("Enter")
        expect(page.locator(f'.source .sentence.current[data-segment="{seen[-1]}"]')).to_have_count(0)
    assert seen == sorted(set(seen))
    expect(page.locator(f'.source .sentence.current[data-segment="{seen[0]}"]')).to_have_count(1)
    page.mouse.move(2, 2)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".fact:focus")).to_have_attribute("aria-label", "Sam Altman, 2 phrases")
    expect(lit).to_have_count(2)
    expect(current).to_have_count(0)


def test_key_facts_take_two_lines_until_the_reader_wants_more(visit):
    page = visit(viewport={"width": 390, "height": 844})
    finished(page, 20)
    page.get_by_test_id("stExpandSidebarButton").click()
    countries = "L’Arabie saoudite, la Nouvelle-Zélande, l’Afrique du Sud, la Corée du Sud, la Corée du Nord"
    drop(page, "accord.txt", f"{countries}, le Royaume-Uni, les États-Unis et le Portugal ont signé hier.")
    expect(page.locator("h1", has_text="Arabie")).to_be_visible()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    group = page.get_by_role("group", name="Lieux")
    more = group.get_by_role("button", name="de plus")
    shown = group.locator(".fact:visible")
    assert len({round(fact.bounding_box()["y"]) for fact in shown.all()}) <= 2
    before = shown.count()
    more.click()
    expect(shown).not_to_have_count(before)
    group.get_by_role("button", name="Moins").click()
    expect(shown).to_have_count(before)


def test_a_pull_that_fails_says_why_and_can_be_tried_again(visit, hub):
    hub[1]["Helsinki-NLP/opus-mt-de-fr"] = fake_hub.Repository({}, status=429, headers={"Retry-After": "42"})
    page = visit(locale="en-GB")
    drop(page, "buergermeister.txt", "Der Bürgermeister ist am Dienstagabend zurückgetreten.")
    page.get_by_role("button", name="Get (307 MB)").click()
    expect(page.get_by_text("Pull again in 42 seconds")).to_be_visible()
    hub[1]["Helsinki-NLP/opus-mt-de-fr"].status = 503
    page.get_by_role("button", name="Try again (307 MB)").click()
    expect(page.get_by_text("HTTP 503")).to_be_visible()


ENGLISH = "The mayor resigned on Tuesday evening. He lost 12 votes out of 40."


def test_a_missing_model_is_fetched_on_the_spot_and_the_translation_follows(visit, hub, tmp_path):
    """The pull goes on through a reload, is seen in the dialog, and the page stays usable meanwhile."""
    files = {file.name: file.read_bytes() for file in toys.marian(tmp_path / "toy").iterdir()}
    slow = fake_hub.Repository(files, pause=0.2, block=sum(map(len, files.values())) // 30)
    hub[1]["Helsinki-NLP/opus-mt-en-fr"] = slow
    page = visit()
    finished(page, 20)
    drop(page, "mayor.txt", ENGLISH)
    page.get_by_role("button", name="Récupérer (301 Mo)").click()
    bar = page.get_by_role("progressbar", name="progress")
    expect(bar).to_be_visible()
    page.get_by_role("button", name="OpenAI a annoncé").click()
    expect(page.locator("h1", has_text="OpenAI")).to_be_visible()
    page.get_by_role("button", name="The mayor resigned").click()
    expect(page.locator("h1", has_text="The mayor")).to_be_visible()
    page.reload()
    expect(bar).to_be_visible()
    page.get_by_role("button", name="Modèles", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("opus-mt-en-fr", exact=True)).to_be_visible()
    expect(dialog.get_by_role("button", name="Arrêter")).to_be_visible()
    slow.pause = 0
    installed = dialog.locator('[class*="st-key-model-opus-mt-en-fr"]').get_by_text("installé")
    expect(installed).to_be_visible(timeout=4 * PATIENCE)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".target .sentence")).to_have_count(2)
    expect(page.get_by_text("sur cet ordinateur · opus-mt-en-fr")).to_be_visible(timeout=4 * PATIENCE)


def test_messages_come_whole(visit):
    """A reference to an earlier message outlives those that it needs when a fragment runs again: a blank page."""
    frames = []
    page = visit()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.reload()
    finished(page, 20)
    for language, words in (("EN", "20 sentences"), ("FR", "20 phrases")):
        page.get_by_text(language, exact=True).click()
        expect(page.get_by_text(words).last).to_be_visible()
    messages = [ForwardMsg.FromString(frame) for frame in frames if isinstance(frame, bytes)]
    assert sum(message.ByteSize() > 10_000 for message in messages) > 1
    assert not any(message.HasField("ref_hash") for message in messages)


def test_a_reload_brings_everything_back(visit):
    page = visit()
    drop(page, "maire.txt", STORY)
    finished(page, 3)
    page.reload()
    expect(page.locator("h1", has_text="Le maire a démissionné")).to_be_visible()
    finished(page, 3)


def test_work_can_be_stopped_and_keeps_what_is_done(visit):
    page = visit()
    finished(page, 20)
    sentences = " ".join(f"La voiture numéro {i} est partie vers la mer avec ses amis." for i in range(3000))
    drop(page, "long.txt", sentences)
    expect(page.get_by_text(re.compile(r"^[1-9].* / 3\s000 phrases"))).to_be_visible()
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    expect(page.locator(".target .sentence.missing").nth(100)).to_be_attached()
    expect(page.locator(".target .sentence.done").first).to_be_visible()


def test_hostile_text_stays_text(visit):
    page = visit()
    finished(page, 20)
    drop(
        page,
        "<img src=x onerror=alert(1)>.txt",
        "Le maire <script>alert(1)</script> a dit <b>non</b> hier $x^2$ :red[soir].",
    )
    finished(page, 1)
    expect(page.locator(".source .sentence").first).to_contain_text("<script>alert(1)</script>")
    assert page.locator("script", has_text="alert(1)").count() == 0


@pytest.mark.parametrize("width", [390, 768, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_at_any_width(visit, width, scheme):
    page = visit(viewport={"width": width, "height": 844}, color_scheme=scheme)
    expect(page.locator(".target .sentence").first).to_be_visible()
    finished(page, 20)
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    source, target = (page.locator(f".row .{side}").nth(4).bounding_box() for side in ("source", "target"))
    if width == 390:
        assert target["y"] > source["y"] and abs(target["x"] - source["x"]) < 2
    else:
        assert abs(target["y"] - source["y"]) < 2 and target["x"] > source["x"]


def test_the_server_asked_no_other_host_for_anything(visit, network_log):
    finished(visit(), 20)
    assert not network_log.exists(), network_log.read_text()
