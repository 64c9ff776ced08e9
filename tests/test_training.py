"""The training pipeline on a toy language: from sentence pairs to a checkpoint that both engines load."""

import gzip
import itertools
import json
import math
import shutil
import signal
import sys
from dataclasses import replace

import ctranslate2
import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file
from transformers import GenerationConfig

from lab.training import alignment, batches, blend, choose, corpus, model, overlap, settings
from lab.training.__main__ import _stop_requests, _unpack, main
from lab.training.export import export
from lab.training.pairs import Pairs, Side
from lab.training.train import Trainer, rate, train
from lab.training.vocabulary import Vocabulary
from nlp.engines.transformers import TransformersEngine
from nlp.models import store
from nlp.models.tokenizer import MarianTokenizer

WHO = {"le chat": "the cat", "le chien": "the dog", "un homme": "a man", "une femme": "a woman", "la fille": "the girl"}
DOES = {"voit": "sees", "aime": "loves", "cherche": "looks for"}
WHAT = {"la maison": "the house", "un arbre": "a tree", "le pont": "the bridge", "une pomme": "an apple"}
PAIRS = [
    (f"{who.capitalize()} {does} {what}.", f"{WHO[who].capitalize()} {DOES[does]} {WHAT[what]}.")
    for who, does, what in itertools.product(WHO, DOES, WHAT)
]
HELD = PAIRS[7::20]
TRAINING = settings.Training(
    steps=120,
    tokens=200,
    rate=5e-3,
    warmup=10,
    copies=0.1,
    guide_layer=0,
    candidates=5,
    average=0.9,
    dropout=0.1,
    checkpoint_minutes=60,
    report_steps=20,
    development_steps=60,
)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """More threads only wait for each other where the products are so small, the more so on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def write_lines(file, lines):
    file.write_bytes(gzip.compress("".join(line + "\n" for line in lines).encode(), mtime=0))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Corpora, evaluation sets and settings; the corpus contains the evaluation sentences, one of them in disguise."""
    folder = tmp_path_factory.mktemp("training")
    rows = [*PAIRS, PAIRS[0], ("Le chat", "THE CAT HAS CAPITALS"), ("", "Nothing"), (HELD[0][0].upper(), "Other.")]
    write_lines(folder / "toy.tsv.gz", [*map("\t".join, rows), f"« {HELD[1][0]} »\t{HELD[1][1]}", "no tab"])
    for i, language in enumerate(("fr", "en")):
        write_lines(folder / f"held.{language}.gz", [pair[i] for pair in HELD])
    (folder / "sources.toml").write_text(
        '[[source]]\nname = "toy"\ndomain = ""\norigin = ""\nlicence = ""\nobtainable = false\nrepeat = 2\n'
    )
    training = "".join(f"{name} = {getattr(TRAINING, name)}\n" for name in TRAINING.__slots__)
    (folder / "run.toml").write_text(
        '[corpus]\nsources = "sources.toml"\nlongest = 40\ndevelopment = "held"\n'
        "[architecture]\npieces = 90\nwidth = 32\nheads = 4\nfeed_forward = 64\nencoder_layers = 1\n"
        f"decoder_layers = 1\n[training]\n{training}"
    )
    return folder


@pytest.fixture(scope="module")
def plan(place):
    return settings.read(place / "run.toml")


@pytest.fixture(scope="module")
def prepared(place, plan):
    """A prepared run, with the alignment that the toy language has by construction: the same word in the same place."""
    work = place / "prepared"
    work.mkdir()
    corpus.prepare(work, plan, place, place)
    pairs = Pairs.load(work / "pairs.npz")
    same_place = [
        {(min(k, len(pairs.source[i]) - 2), k) for k in range(len(pairs.target[i]) - 1)} for i in range(len(pairs))
    ]
    np.save(work / "guide.npy", alignment.guide(pairs, same_place, same_place))
    return work


def begun(prepared, place, name):
    """A new run from the prepared one."""
    work = place / name
    work.mkdir()
    for item in prepared.iterdir():
        (work / item.name).symlink_to(item)
    return work


@pytest.fixture(scope="module")
def trained(prepared, place, plan):
    work = begun(prepared, place, "trained")
    assert train(work, plan)
    return work


@pytest.fixture(scope="module")
def exported(trained, plan):
    export(trained, plan)
    return trained / "model"


def test_settings_are_checked(tmp_path):
    file = tmp_path / "run.toml"
    for text, named in {
        "[training]\nstep = 3": "step",
        "[training]\nsteps = 0": "steps",
        "[corpus]\nlongest = 300": "longest",
        "[model]": "model",
        "start =": "run.toml",
    }.items():
        file.write_text(text)
        with pytest.raises(settings.WrongSettings, match=named):
            settings.read(file)
    file.write_text('start = "there"')
    assert settings.read(file).start == tmp_path.resolve() / "there"


def test_a_run_that_moves_keeps_its_settings(tmp_path):
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "run.toml").write_text('start = "model"\n[corpus]\nsources = "sources.toml"\n')
    here, there = (settings.read(tmp_path / place / "run.toml") for place in ("here", "there"))
    assert here != there and here.as_json() == there.as_json()


def test_the_recipes_can_be_read():
    recipes = sorted((settings.SOURCES.parent / "recipes").glob("**/*.toml"))
    plans = [settings.read(file) for file in recipes if not file.stem.startswith("sources")]
    assert len(plans) > 1
    for plan in plans:
        assert corpus.sources(plan.corpus.sources)


def test_every_data_set_is_described():
    listed = corpus.sources(settings.SOURCES)
    assert len(listed) > 50
    for source in listed:
        assert source.domain and source.origin and source.licence and len(source.sha256) == 64, source.name
        assert source.obtainable == source.shipped, source.name
    shipped = [source for source in listed if source.shipped]
    assert [len(corpus.read(source, settings.SOURCES.parent)) for source in shipped] == [14_398, 18_900, 17_098, 14_400]


def test_another_file_than_the_one_described_is_refused(place, plan):
    (source,) = corpus.sources(plan.corpus.sources)
    with pytest.raises(ValueError, match="sha256"):
        corpus.read(replace(source, sha256="0" * 64), place)


def test_a_cap_draws_the_same_pairs_each_time(place, plan):
    (source,) = corpus.sources(plan.corpus.sources)
    capped = replace(source, cap=10)
    chosen = corpus.sampled(PAIRS, capped)
    assert len(set(chosen)) == 10 and chosen == corpus.sampled(PAIRS, capped)
    assert corpus.sampled(PAIRS, replace(source, cap=1_000)) == PAIRS


def test_preparing_normalises_and_leaves_out_what_it_should(prepared, place):
    counts = json.loads((prepared / "prepared.json").read_text())["sources"]["toy"]
    assert counts == {
        "kept": len(PAIRS) - len(HELD),
        "seen before": 1,
        "in capitals": 2,
        "empty": 1,
        "evaluation": len(HELD) + 1,
        "too long or uneven": 0,
    }
    pairs, tokenizer = Pairs.load(prepared / "pairs.npz"), MarianTokenizer(prepared / "vocabulary")
    assert tokenizer.decode(pairs.source[0].tolist()) == PAIRS[0][0]
    assert tokenizer.decode(pairs.target[0].tolist()) == PAIRS[0][1]
    assert pairs.source[0].tolist() == tokenizer.encode(PAIRS[0][0])
    assert np.all(pairs.repeats == 2)
    assert pairs.characters == sum(len(pair[1]) for pair in PAIRS if pair not in HELD)
    assert len(Pairs.load(prepared / "development.npz")) == len(HELD)


def test_sentences_are_the_same_if_their_letters_are():
    assert overlap.letters("« L’ﬁn de 2019 ! »") == overlap.letters("l'FIN DE")
    assert overlap.letters("été") != overlap.letters("ete")
    assert overlap.held_out(["12 !", "a"]) == {"a"}


def test_the_check_finds_evaluation_sentences(prepared, place, capsys):
    assert overlap.main(["--eval", str(place), str(prepared)]) == 0
    assert overlap.main(["--eval", str(place), str(prepared), str(place / "toy.tsv.gz")]) == 1
    assert HELD[0][1] in capsys.readouterr().out
    leaky = place / "leaky"
    leaky.mkdir()
    (leaky / "vocabulary").symlink_to(prepared / "vocabulary")
    vocabulary = Vocabulary(prepared / "vocabulary")
    sides = (
        vocabulary.encode_sources([PAIRS[0][0], "Le zèbre."]),
        vocabulary.encode_targets([HELD[2][1].lower(), "A ±."]),
    )
    Pairs(*(Side.of(side) for side in sides), np.ones(2, np.uint8), 1).save(leaky / "pairs.npz")
    assert overlap.main(["--eval", str(place), str(leaky)]) == 1


def test_the_check_refuses_to_compare_with_nothing(prepared, tmp_path):
    with pytest.raises(FileNotFoundError):
        overlap.main(["--eval", str(tmp_path), str(prepared)])


def test_links_of_both_directions_win():
    sentence = [np.array([5, 6, 7, 0], np.uint16)]
    pairs = Pairs(Side.of(sentence), Side.of(sentence), np.ones(1, np.uint8), 3)
    guide = alignment.guide(pairs, [{(0, 0), (2, 0), (1, 1)}], [{(2, 0), (0, 1)}])
    assert guide.tolist() == [2, 0, alignment.NONE, 3]


def test_eflomal_aligns(prepared):
    pytest.importorskip("eflomal")
    pairs = Pairs.load(prepared / "pairs.npz")
    guide = Side(alignment.guide(pairs, *alignment._links(pairs)), pairs.target.offsets)
    assert all(guide[i][-1] == len(pairs.source[i]) - 1 for i in range(len(pairs)))
    assert np.mean(guide.ids != alignment.NONE) > 0.5


def test_without_eflomal_the_error_says_what_to_do(prepared, monkeypatch):
    monkeypatch.setitem(sys.modules, "eflomal", None)
    with pytest.raises(alignment.MissingAligner, match="pip install eflomal"):
        alignment._links(Pairs.load(prepared / "pairs.npz"))


def test_a_pass_draws_every_pair_as_often_as_told_within_the_budget(prepared):
    pairs = Pairs.load(prepared / "pairs.npz")
    order = batches.epoch(pairs, 100, np.random.default_rng(1))
    assert np.array_equal(np.bincount(np.concatenate(order)), pairs.repeats)
    for chosen in order:
        batch = batches.assembled(pairs, None, chosen, pad=99)
        assert len(chosen) * max(batch.source.shape[1], batch.target.shape[1]) <= 100


def test_a_copy_looks_at_itself():
    target = torch.tensor([[3, 0, 9], [4, 5, 0]])
    batch = batches.copied(batches.Batch(target + 1, target, torch.zeros_like(target)), pad=9)
    assert torch.equal(batch.source, target)
    assert batch.guide.tolist() == [[0, 1, alignment.NONE], [0, 1, 2]]


def test_the_rate_rises_stays_and_falls():
    rates = [rate(step, TRAINING) for step in range(1, TRAINING.steps + 1)]
    assert rates[0] == pytest.approx(TRAINING.rate / TRAINING.warmup)
    assert rates[9] == rates[30] == TRAINING.rate
    assert rates[-1] == pytest.approx(TRAINING.rate * TRAINING.final_rate)


def test_sampled_and_whole_output_layers_agree_in_expectation():
    sampler = model.Sampler(np.arange(2_000), np.arange(1_600, dtype=np.uint16), 2_001, 100, torch.device("cpu"))
    drawn = sampler.drawn(torch.tensor([[1_900, 3, 2_000]]), 2_000, np.random.default_rng(1))
    assert len(drawn.ids) == 1_500 + 1 + 100 and 1_900 in drawn.ids
    assert drawn.position[2_000] == -1
    assert float(drawn.corrections.exp().sum()) == pytest.approx(2_000, rel=1e-5)


def test_the_loss_is_that_of_transformers(prepared, plan):
    pairs, vocabulary = Pairs.load(prepared / "pairs.npz"), Vocabulary(prepared / "vocabulary")
    fresh = model.fresh(plan.architecture, vocabulary).eval()
    batch = batches.assembled(pairs, None, np.array([0, 5, 20]), vocabulary.pad)
    every = model.Sampler(np.arange(vocabulary.size - 1), pairs.target.ids, vocabulary.size, 0, torch.device("cpu"))
    fresh.final_logits_bias.data[0, -1] = -math.inf  # our loss never asks for <pad>
    labels = batch.target.masked_fill(batch.target == vocabulary.pad, -100)
    expected = fresh(input_ids=batch.source, attention_mask=(batch.source != vocabulary.pad).long(), labels=labels).loss
    with torch.no_grad():
        found = model.losses(fresh, batch, every.all, 0)
    assert found.tokens == int((labels >= 0).sum())
    assert float(found.nats / found.tokens) == pytest.approx(float(expected.detach()), rel=1e-4)


def test_training_learns(trained):
    log = [json.loads(line) for line in (trained / "log.jsonl").read_text().splitlines()]
    losses = [line["nats a piece"] for line in log if "nats a piece" in line]
    scores = [line["bits a character"] for line in log if "bits a character" in line]
    attention = [line["attention"] for line in log if "attention" in line]
    assert losses[-1] < 0.5 * losses[0]
    assert scores[-1] < scores[0]
    assert attention[-1] > 1.5 * attention[0]
    assert json.loads((trained / "trained.json").read_text())["steps"] == TRAINING.steps


def test_the_opening_freezes_the_encoder_and_draws_short_pairs(prepared, place, plan):
    opening = replace(plan, training=replace(plan.training, steps=6, frozen_steps=3, short_steps=3, encoder_rate=0.0))
    trainer = Trainer(begun(prepared, place, "opening"), opening)
    encoder = trainer.model.model.encoder
    for step, _ in enumerate(trainer.advance(), 1):
        assert all((p.grad is None) for p in encoder.layers.parameters())  # freed after each step, too
        moments = [p in trainer._optimizer.state for p in encoder.layers.parameters()]
        assert not any(moments) if step <= 3 else all(moments)


def test_short_pairs_come_first(prepared):
    pairs = Pairs.load(prepared / "pairs.npz")
    lengths = np.maximum(pairs.source.lengths, pairs.target.lengths)
    drawn = np.concatenate(batches.epoch(pairs, 100, np.random.default_rng(1), short=True))
    assert lengths.max() > 24 >= lengths[drawn].max()
    assert set(drawn) == set(np.flatnonzero(lengths <= 24))


def test_a_run_stopped_where_its_opening_ends_goes_on_as_if_nothing_had_happened(prepared, place, plan):
    opening = replace(plan, training=replace(plan.training, steps=12, frozen_steps=5, short_steps=5, encoder_rate=0.5))
    works = [begun(prepared, place, f"opening-{name}") for name in ("through", "stopped")]
    assert train(works[0], opening)
    calls = itertools.count(1)
    assert not train(works[1], opening, stopped=lambda: next(calls) == 5)
    assert train(works[1], opening)
    through, resumed = (Trainer(work, opening) for work in works)
    assert through.pairs_seen == resumed.pairs_seen
    for name, value in through.average.state_dict().items():
        torch.testing.assert_close(resumed.average.state_dict()[name], value, rtol=0, atol=0)


def test_a_stopped_run_goes_on_as_if_nothing_had_happened(prepared, trained, place, plan):
    work = begun(prepared, place, "stopped")
    calls = itertools.count(1)
    assert not train(work, plan, stopped=lambda: next(calls) == 45)
    assert not (work / "trained.json").exists()
    assert Trainer(work, plan).step == 45
    assert train(work, plan)
    through, resumed = Trainer(trained, plan), Trainer(work, plan)
    assert (through.step, through.pairs_seen) == (resumed.step, resumed.pairs_seen)
    for name, value in through.average.state_dict().items():
        torch.testing.assert_close(resumed.average.state_dict()[name], value, rtol=0, atol=0)


def test_a_request_to_stop_waits_for_the_end_of_the_step():
    before = signal.getsignal(signal.SIGTERM)
    with _stop_requests() as requests:
        signal.raise_signal(signal.SIGTERM)
        assert requests == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_crash_costs_what_came_after_the_last_checkpoint(prepared, place, plan):
    work = begun(prepared, place, "crashed")
    often = replace(plan, training=replace(plan.training, checkpoint_minutes=0))
    calls = itertools.count(1)

    def crash():
        if next(calls) == 6:
            raise MemoryError
        return False

    with pytest.raises(MemoryError):
        train(work, often, stopped=crash)
    assert Trainer(work, plan).step == 5


def test_what_no_target_contains_is_never_produced(exported, prepared):
    weights = TransformersEngine(exported)._model
    targets = set(Pairs.load(prepared / "pairs.npz").target.ids.tolist())
    bias = weights.final_logits_bias[0]
    assert {i for i in range(len(bias)) if bias[i] > model.NEVER / 2} == targets
    pad = weights.config.pad_token_id
    assert pad == weights.config.decoder_start_token_id == len(bias) - 1
    assert not weights.get_input_embeddings().weight[pad].any()
    generation = GenerationConfig.from_pretrained(exported)
    assert generation.num_beams == 4 and generation.bad_words_ids == [[pad]]


def test_transformers_and_ctranslate2_say_the_same(exported, tmp_path):
    tokenizer = MarianTokenizer(exported)
    sources = [tokenizer.encode(pair[0]) for pair in PAIRS]
    reference = TransformersEngine(exported).generate(sources, beam=1)
    folder = tmp_path / "ctranslate2"
    ctranslate2.converters.TransformersConverter(str(exported)).convert(str(folder), quantization="float32")
    quick = ctranslate2.Translator(str(folder), compute_type="float32", intra_threads=1)
    pieces = json.loads((folder / "shared_vocabulary.json").read_text("utf-8"))
    tokens = [[pieces[i] for i in source] for source in sources]
    answers = [answer.hypotheses[0] for answer in quick.translate_batch(tokens, beam_size=1, max_decoding_length=60)]
    assert answers == [[pieces[i] for i in ids] for ids in reference]
    right = sum(tokenizer.decode(ids) == pair[1] for ids, pair in zip(reference, PAIRS, strict=True))
    assert right > len(PAIRS) / 4


def test_the_exported_tokenizer_is_that_of_transformers(exported):
    from transformers import AutoTokenizer

    theirs = AutoTokenizer.from_pretrained(exported, local_files_only=True)
    for source, _ in PAIRS[:5]:
        assert theirs(source).input_ids == MarianTokenizer(exported).encode(source)


def test_a_finished_model_is_a_start(exported, prepared, place, plan):
    work = begun(prepared, place, "continued")
    (work / "start").symlink_to(exported)
    continued = replace(plan, start=exported)
    trainer, before = Trainer(work, continued), TransformersEngine(exported)._model.state_dict()
    for name, value in trainer.model.state_dict().items():
        if name in before:
            assert torch.equal(value, before[name]), name
    first = next(trainer.advance())
    assert first["nats a piece"] < 1.5


def test_the_command_runs_all_stages_and_skips_those_that_are_done(place, tmp_path, capsys):
    text = (place / "run.toml").read_text().replace("steps = 120", "steps = 3").replace("guide = 0.3", "guide = 0.0")
    config, work = tmp_path / "run.toml", tmp_path / "work"
    config.write_text(text.replace('"sources.toml"', f'"{place / "sources.toml"}"'))
    command = ["--config", str(config), "--work", str(work)]
    assert main([*command, "prepare"]) == 1 and "--corpora" in capsys.readouterr().err
    command += ["--corpora", str(place), "--eval", str(place)]
    assert main([*command, "export"]) == 1 and "trained" in capsys.readouterr().err
    assert main(command) == 0
    assert (work / "model" / "model.safetensors").exists()
    assert main(command) == 0
    assert "model is there" in capsys.readouterr().out
    config.write_text(config.read_text().replace("seed = 1", "seed = 2"))
    assert main(command) == 1 and "other settings" in capsys.readouterr().err


def test_packed_weights_are_a_start(place, tmp_path):
    packed = store.route("fr", "en")[0].folder
    _unpack(packed, tmp_path / "start")
    assert Vocabulary(tmp_path / "start").size == MarianTokenizer(tmp_path / "start").unknown + 22_525
    assert model.loaded(tmp_path / "start").final_logits_bias.min().item() == model.NEVER


def test_blending_a_model_with_a_packed_one_averages_their_weights(tmp_path):
    packed = store.route("fr", "en")[0].folder
    _unpack(packed, tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    weights = load_file(tmp_path / "one" / "model.safetensors")
    save_file({name: tensor + 3 for name, tensor in weights.items()}, tmp_path / "two" / "model.safetensors")
    assert blend.main([str(tmp_path / "mean"), str(packed), f"{tmp_path / 'two'}=2"]) == 0
    mean = load_file(tmp_path / "mean" / "model.safetensors")
    assert mean.keys() == weights.keys()
    assert all(np.allclose(mean[name], weights[name] + 2, atol=1e-5) for name in weights)
    assert Vocabulary(tmp_path / "mean").size == Vocabulary(tmp_path / "one").size


def test_models_of_different_vocabularies_are_not_blended(tmp_path, capsys):
    packed = store.route("fr", "en")[0].folder
    shutil.copytree(packed, tmp_path / "other")
    (tmp_path / "other" / "vocab.json").write_text("{}")
    assert blend.main([str(tmp_path / "mean"), str(packed), str(tmp_path / "other")]) == 1
    assert "vocab.json" in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()


def test_sentences_are_chosen_for_common_words_that_the_data_lacks():
    rare = "Le préfet a rencontré les grévistes devant la raffinerie hier."
    plain = "Le chat et le chien dorment dans la petite maison verte."
    pool = [
        f"{sentence[:-1]} à {town}." for sentence in (plain, rare) for town in "Lyon Nantes Lille Nice Brest".split()
    ]
    pool += [f"{rare[:-1]} {place}." for place in ("sans succès", "en vain", "à midi", "au calme")]
    taken = choose.chosen(pool, have=[plain] * 60, count=3, known={overlap.letters(pool[5])})
    assert len(taken) == 3 and all("préfet" in sentence for sentence in taken) and pool[5] not in taken
    assert choose.chosen(pool, have=pool * 60, count=3) == []
