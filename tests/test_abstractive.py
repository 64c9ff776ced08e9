"""Rewritten summaries and headlines: real small models, shown complete, and only where the article supports them."""

import random
import shutil

import pytest
import transformers

from nlp import cli
from nlp.digest import Request, Summarized, digest, progress
from nlp.errors import Cancelled, NoSummarizer
from nlp.export import export, record
from nlp.models import catalogue, installation, store
from nlp.models.catalogue import Task
from nlp.models.golden import Golden
from nlp.models.proving import Proof
from nlp.models.tokenizer import UNREADABLE, sequence_tokenizer
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization import Origin
from nlp.summarization.abstractive import Summarizer, complete_sentences
from nlp.summarization.models import best_summarizer
from tests import toy_summarizers
from tests.conftest import SEEDS
from ui import rows
from ui.texts import Texts

TEXT = " ".join(toy_summarizers.LINES[:5])
SUPPORTED = "Le pont de Merlac a rouvert lundi après trois ans."
INVENTED = "Le président de Lyon a promis 900 millions aux vedettes."
HEADLINE = "Le pont de Merlac rouvert après trois ans"


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory):
    """Three kinds of checkpoints and one for headlines, installed as a reader would install folders of his own."""
    root = tmp_path_factory.mktemp("summarizers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENTREFILET_MODELS", str(root / "models"))
        toy_summarizers.barthez(root / "barthez", f"{SUPPORTED} {INVENTED} La maire")
        toy_summarizers.t5(root / "t5", "Le chantier a coûté 12 millions au département.")
        toy_summarizers.bart(root / "bart", "The bridge reopened on Monday.")
        for name, language in (("barthez", "fr"), ("t5", "fr"), ("bart", "en")):
            installation.add(root / name, Task.SUMMARY, language, language)
        toy_summarizers.barthez(root / "title", HEADLINE)
        installation.add(root / "title", Task.HEADLINE, "fr", "fr")
        yield root


def finished(text, **wishes):
    for state in progress(read(text.encode(), "a.txt"), Request(summary="abstractive", **wishes)):
        last = state
    assert last.finished
    return last


def test_supported_sentences_are_shown_and_invented_ones_replaced(checkpoints):
    result = finished(TEXT, summarizer="local/barthez")
    assert (result.summary.engine, result.summary.model) == ("abstractive", "local/barthez")
    kept, replaced = result.summary.sentences  # and nothing of the sentence that broke off
    assert (kept.source, kept.origin, kept.evidence) == (SUPPORTED, Origin.REWRITTEN, (0,))
    assert replaced.origin is Origin.REPLACED and [f.kind for f in replaced.flags][:1] == ["replaced"]
    assert [replaced.source] == [result.article.part(result.segments[i]) for i in replaced.evidence]
    assert [str(w) for w in result.warnings if w.kind.startswith("summary")] == ["summary-replaced: 1/2"]


def test_documents_name_the_model_and_say_what_was_replaced(checkpoints):
    result = finished(TEXT, summarizer="local/barthez")
    document = export(result, "md", "fr")
    assert "Résumé reformulé par\u00a0: local/barthez" in document
    assert document.index("Les mots de l’article") > document.index(result.summary.sentences[1].source)
    assert record(result)["models"]["summarization"] == "local/barthez"
    assert record(result)["summary"]["sentences"][1]["flags"][0] == "replaced"


def test_both_languages_say_the_same(checkpoints, french_to_english):
    kept, replaced = finished(TEXT, summarizer="local/barthez").summary.sentences
    assert kept.target == french_to_english.translate_sentences([SUPPORTED])[0]
    assert replaced.target == french_to_english.translate_sentences([replaced.source])[0]


def test_the_extract_is_shown_first_and_the_rewritten_summary_last(checkpoints):
    events = list(digest(read(TEXT.encode(), "a.txt"), Request(summary="abstractive", summarizer="local/barthez")))
    summaries = [(i, e.summary.engine) for i, e in enumerate(events) if isinstance(e, Summarized)]
    assert summaries == [(2, "extractive"), (len(events) - 2, "abstractive")]


def test_where_nothing_is_supported_the_extract_stays_and_says_so(checkpoints):
    text = (SEEDS / "marches-et-chiffres.txt").read_text("utf-8")
    result = finished(text, summarizer="local/barthez")
    assert result.summary.engine == "extractive" and all(s.target for s in result.summary.sentences)
    refused = [str(w) for w in result.warnings if w.kind.endswith("-refused")]
    assert refused == ["summary-refused: local/barthez", "headline-refused: local/title"]
    assert result.summary.headline is None and record(result)["summary"]["headline"] is None


def test_sentinels_of_t5_are_not_shown(checkpoints):
    result = finished(TEXT, summarizer="local/t5")
    assert [s.source for s in result.summary.sentences] == ["Le chantier a coûté 12 millions au département."]
    model = store.sequence_model(catalogue.entry("local/t5"))
    assert catalogue.entry("local/t5").prefix == "summarize: "
    raw = model.engine.generate([model.tokenizer.encode(TEXT)], beam=1)[0]
    assert raw[0] > len(model.tokenizer.encode("")) and "extra_id" not in model.tokenizer.decode(raw)


def test_an_english_article(checkpoints):
    result = finished(" ".join(toy_summarizers.LINES[6:8]), source="en")
    assert (result.summary.engine, result.summary.model) == ("abstractive", "local/bart")
    assert result.summary.headline is None, "its model writes French"
    (sentence,) = result.summary.sentences
    assert (sentence.source, sentence.evidence) == ("The bridge reopened on Monday.", (0,))


def test_without_a_model_for_the_language_the_extract_stays_and_says_how_to_get_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ENTREFILET_MODELS", str(tmp_path))
    result = finished(TEXT)
    assert result.summary.engine == "extractive"
    advice = next(w for w in result.warnings if w.kind == "no-summarizer")
    assert "entrefilet models pull barthez-orangesum-abstract" in advice.text("fr")
    for other in ("distilbart-cnn-12-6", "barthez-orangesum-title"):  # of another language, for another task
        with pytest.raises(NoSummarizer, match="pull barthez-orangesum-abstract"):
            best_summarizer("fr", catalogue.entry(other))
    with pytest.raises(NoSummarizer, match="pull OWNER/NAME --task summary --from it"):
        best_summarizer("it")
    assert cli.main(["digest", str(SEEDS / "breve-pont-de-merlac.txt"), "--summary", "abstractive"]) == cli.USAGE
    assert "entrefilet models pull barthez-orangesum-abstract" in capsys.readouterr().err


def test_a_headline_is_proposed_with_a_rewritten_summary(checkpoints, french_to_english):
    result = finished(f"Un pont\n\n{TEXT}", summarizer="local/barthez")
    headline = result.summary.headline
    assert (headline.source, headline.model, headline.origin) == (HEADLINE, "local/title", Origin.REWRITTEN)
    assert [result.article.part(result.segments[i]) for i in headline.evidence] == [toy_summarizers.LINES[0]]
    assert headline.target == french_to_english.translate_sentences([HEADLINE])[0]
    assert result.article.title == "Un pont", "the article keeps its own title"
    assert not [w for w in result.warnings if w.kind.startswith("headline")]


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """Installs checkpoints, as if they had been proved, in a models folder of the test's own."""
    monkeypatch.setenv("ENTREFILET_MODELS", str(tmp_path / "models"))

    def record(folder, task, golden=()):
        entry = catalogue.local(folder, f"local/{folder.name}", task, "fr", "fr")
        installation.write_record(installation.place_of(entry), entry, folder, Proof("transformers", golden))

    return record


def test_no_headline_without_a_wish_for_new_words_or_a_model(checkpoints, recorded):
    *_, extract = progress(read(TEXT.encode(), "a.txt"))
    assert extract.summary.headline is None
    recorded(checkpoints / "barthez", Task.SUMMARY)
    result = finished(TEXT)
    assert result.summary.engine == "abstractive" and result.summary.headline is None
    assert not [w for w in result.warnings if w.kind.startswith("headline")]


def test_documents_and_data_hold_the_headline_above_the_summary(checkpoints):
    result = finished(TEXT, summarizer="local/barthez")
    headline, (first, *_) = result.summary.headline, result.summary.sentences
    data = record(result)["summary"]["headline"]
    assert data == {
        "source": HEADLINE, "target": headline.target, "evidence": [0], "flags": list(map(str, headline.flags)),
        "model": "local/title",
    }  # fmt: skip
    for format, interface, words in (("txt", "fr", "Titre proposé\u00a0: "), ("md", "en", "Proposed headline: ")):
        document = export(result, format, interface)
        source, target = document.index(words + HEADLINE), document.index(words + headline.target)
        assert source < document.index(first.source) < target < document.index(first.target)
        assert "par\u00a0: local/title" in document or "by: local/title" in document


def test_the_page_shows_the_headline_first_with_marks_of_its_own(checkpoints):
    result = finished(TEXT, summarizer="local/barthez")
    cards = rows.cards(result, result.summary, Texts("fr"))
    assert [card["heading"] for card in cards] == ["Titre proposé", "Proposed headline", "Résumé", "Summary"]
    assert [card["sentences"][0]["text"] for card in cards[:2]] == [HEADLINE, result.summary.headline.target]
    assert cards[0]["sentences"][0]["marks"] == [{"number": 1, "segment": 0}] == cards[1]["sentences"][0]["marks"]
    assert rows.evidence_numbers(result.summary)[0] == 1


def test_a_damaged_headline_model_costs_the_summary_nothing(checkpoints, recorded, tmp_path):
    recorded(checkpoints / "barthez", Task.SUMMARY)
    damaged = shutil.copytree(checkpoints / "title", tmp_path / "damaged")
    recorded(damaged, Task.HEADLINE, (Golden(TEXT, (5, 5, 5, 5, 5, 5, 0), ()),))
    result = finished(TEXT)
    assert result.summary.engine == "abstractive" and result.summary.headline is None
    assert "headline-failed: local/damaged" in map(str, result.warnings)


def test_stopping_while_the_summary_is_rewritten_keeps_the_extract(checkpoints):
    states = []
    request = Request(summary="abstractive", summarizer="local/barthez")
    done = lambda: bool(states) and states[-1].done == len(states[-1].translations) > 0  # noqa: E731
    for state in progress(read(TEXT.encode(), "a.txt"), request, done):
        states.append(state)
    assert states[-1].stopped and states[-1].summary.engine == "extractive"
    assert states[-1].warnings[-1].kind == "rewriting-stopped"


class Lead:
    """An engine that answers with the beginning of what it is given, and remembers how long that was."""

    def __init__(self, end):
        self.end, self.sources = end, []

    def generate(self, batch, *, beam, no_repeat_ngram=0, longest=None):
        self.sources += [list(source) for source in batch]
        answers = [source[1:-1] for source in batch]
        stops = [next((i for i, token in enumerate(a) if token in self.end), len(a)) for a in answers]
        return [tuple(a[: min(stop + 1, longest)]) for a, stop in zip(answers, stops, strict=True)]


@pytest.fixture
def lead(checkpoints):
    """A summarizer with a window of 300 pieces that repeats the first sentence of its source."""
    tokenizer = sequence_tokenizer(checkpoints / "barthez")
    stops = {i for i in tokenizer.encode("Fin. Fin.") if tokenizer.decode([i]).endswith(".")}
    return Summarizer("lead", "fr", tokenizer, Lead(stops), 300)


def long_article(sentences):
    """An article of sentences of 20 words, no two of which share more than the first and the last."""
    rng = random.Random(0)
    syllables = [consonant + vowel for consonant in "bdfglmnprstv" for vowel in "aeiou"]

    def word():
        return "".join(rng.sample(syllables, 4))

    text = "\n\n".join(f"La {' '.join(word() for _ in range(18))} {i}." for i in range(1, sentences + 1))
    article = read(text.encode(), "long.txt")
    return article, segments_of(article, ["fr"] * len(article.paragraphs))


def test_10000_words_are_read_to_the_end_within_the_window(lead):
    article, segments = long_article(500)
    assert len(article.text.split()) >= 10_000
    summary = lead.summarize(article, segments, 6)
    assert max(map(len, lead.engine.sources)) <= lead.window
    seen = " ".join(lead.tokenizer.decode(source) for source in lead.engine.sources)
    assert all(article.part(segment) in seen for segment in segments)
    assert 3 <= len(summary.sentences) <= 6 and summary.engine == "abstractive"
    assert summary.sentences[0].evidence == (0,) and summary.sentences[-1].evidence[0] > 100
    assert [s.evidence for s in summary.sentences] == sorted(s.evidence for s in summary.sentences)


def test_a_sentence_longer_than_the_window_is_read_in_pieces(lead):
    article = read(("Le pont de Merlac, long et étroit, a rouvert lundi matin, " * 60 + "enfin.").encode(), "a.txt")
    lead.summarize(article, segments_of(article, ["fr"]))
    assert len(lead.engine.sources) >= 3 and all(len(source) <= lead.window for source in lead.engine.sources)


def test_titles_credits_and_captions_are_never_read(lead):
    article = read((SEEDS / "000_1d39e68d33dc8df3.txt").read_bytes(), "a.txt")
    lead.summarize(article, segments_of(article, ["fr"] * len(article.paragraphs)))
    seen = " ".join(lead.tokenizer.decode(source) for source in lead.engine.sources)
    assert "Pentagone" in seen and "Shutterstock" not in seen and "Agence France-Presse" not in seen


def test_cancelling_stops_between_two_sections(lead):
    article, segments = long_article(100)
    with pytest.raises(Cancelled):
        lead.summarize(article, segments, None, lambda: len(lead.engine.sources) == 2)
    assert len(lead.engine.sources) == 2


class Says:
    """An engine that gives the same answer to any source, no longer than it may."""

    def __init__(self, ids):
        self.ids = ids

    def generate(self, batch, *, beam, no_repeat_ngram=0, longest=None):
        return [tuple(self.ids[:longest]) for _ in batch]


def headline_of(checkpoints, answer, text=TEXT):
    tokenizer = sequence_tokenizer(checkpoints / "barthez")
    article = read(text.encode(), "a.txt")
    writer = Summarizer("says", "fr", tokenizer, Says(tokenizer.encode(answer)[1:-1]), 1024)
    return writer.headline(article, segments_of(article, ["fr"] * len(article.paragraphs)))


def test_what_the_article_lacks_is_marked_in_a_headline(checkpoints):
    (flag,) = headline_of(checkpoints, "Le pont de Merlac rouvert après 40 ans").flags
    assert str(flag) == "unsupported-number: 40"


@pytest.mark.parametrize(
    "answer",
    [
        "Les vedettes de la télévision japonaise à Lyon",
        "",
        "...",
        "12",
        "Le pont de Merlac a rouvert lundi matin après trois ans " * 9,
    ],
)
def test_a_headline_that_has_no_support_or_no_end_is_not_shown(checkpoints, answer):
    assert headline_of(checkpoints, answer) is None


def test_of_an_endless_headline_what_is_complete_is_kept(checkpoints):
    answer = "Le pont de Merlac a rouvert lundi. " + "Les habitants espèrent retrouver le chantier et " * 9
    assert headline_of(checkpoints, answer).source == "Le pont de Merlac a rouvert lundi."


def test_a_headline_is_written_from_the_opening_in_whole_sentences(lead):
    article, segments = long_article(100)
    lead.headline(article, segments)
    (source,) = lead.engine.sources
    seen = lead.tokenizer.decode(source)
    texts = [article.part(segment) for segment in segments]
    read_to = next(i for i in range(len(texts)) if texts[i] not in seen)
    assert read_to > 1 and seen == " ".join(texts[:read_to])
    assert len(source) <= lead.window < len(lead.tokenizer.encode(" ".join(texts[: read_to + 1])))


def test_a_headline_of_one_sentence_longer_than_the_window(lead):
    article = read(("Le pont de Merlac, long et étroit, a rouvert lundi matin, " * 60 + "enfin.").encode(), "a.txt")
    lead.headline(article, segments_of(article, ["fr"]))
    assert [10 < len(source) <= lead.window for source in lead.engine.sources] == [True]


def test_an_answer_that_hit_its_limit_loses_its_unfinished_tail(lead):
    article, segments = long_article(5)
    lead.engine.end = set()
    summary = lead.summarize(article, segments)
    assert summary.sentences and {s.origin for s in summary.sentences} == {Origin.REWRITTEN}
    assert all(s.source == article.part(segments[s.evidence[0]]) for s in summary.sentences)


@pytest.mark.parametrize(
    ("answer", "cut", "sentences"),
    [
        ("Le pont rouvre. Il a coûté", False, ["Le pont rouvre."]),
        ("Le pont rouvre. Il a coûté", True, ["Le pont rouvre."]),
        ("Le pont rouvre", False, ["Le pont rouvre"]),
        ("Le pont rouvre", True, []),
        (
            "Le pont rouvre.Les habitants sont « heureux ».",
            False,
            ["Le pont rouvre.", "Les habitants sont « heureux »."],
        ),
        ("  ", False, []),
        ("...", False, []),
    ],
)
def test_only_complete_sentences(answer, cut, sentences):
    assert complete_sentences(answer, cut=cut) == sentences


def test_letters_that_the_model_does_not_know_come_from_the_article(checkpoints):
    tokenizer = sequence_tokenizer(checkpoints / "barthez")
    article = read("Le pont de Merlac a rouvert à Saint-Yaël lundi matin.".encode(), "a.txt")
    assert UNREADABLE in tokenizer.decode(tokenizer.encode("Saint-Yaël"))
    lead = Summarizer("lead", "fr", tokenizer, Lead(()), 120)
    assert lead.summarize(article, segments_of(article, ["fr"])).sentences[0].source == article.text


@pytest.mark.parametrize(("name", "kind"), [("t5", "T5Tokenizer"), ("bart", "BartTokenizer")])
def test_pieces_are_those_of_transformers(checkpoints, name, kind):
    ours, theirs = (
        sequence_tokenizer(checkpoints / name),
        getattr(transformers, kind).from_pretrained(checkpoints / name),
    )
    for text in (*toy_summarizers.LINES, "Œuvre « neuve » — 3,5 %"):
        assert ours.encode(text) == theirs(text)["input_ids"]


def test_barthez_sources_have_both_marks_and_plain_spaces(checkpoints):
    tokenizer = sequence_tokenizer(checkpoints / "barthez")
    ids = tokenizer.encode("12\u202fmillions")
    assert (ids[0], ids[-1]) == (0, 2) and 3 not in ids
    assert ids == tokenizer.encode("12 millions") and tokenizer.decode([1, *ids]) == "12 millions"
