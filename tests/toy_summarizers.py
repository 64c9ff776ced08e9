"""Small summarizers made at test time: real checkpoints of each kind that have learnt one answer to any source."""

import random

import sentencepiece

LINES = (
    "Le pont de Merlac a rouvert lundi matin après trois ans de travaux.",
    "La maire Jeanne Aubrac a inauguré l’ouvrage devant 400 habitants.",
    "Le chantier a coûté 12 millions d’euros au département.",
    "Les commerçants de la rive droite espèrent retrouver leurs clients.",
    "Une navette gratuite circulera jusqu’au 3 juin.",
    "Le président de Lyon a promis 900 millions aux vedettes de la télévision japonaise.",
    "The bridge reopened on Monday after three years of repairs.",
    "Shops on the right bank hope to see their customers again.",
    "Portez ce vieux whisky au juge blond qui fume 1 234 567 890 cigares.",
)


def barthez(folder, answer, *, window=1024):
    """Write a checkpoint of BARThez's kind: mBART's network, and pieces that begin as BARThez's do."""
    from transformers import MBartConfig, MBartForConditionalGeneration

    encode = _sentencepiece(
        folder / "sentencepiece.bpe.model", answer,
        bos_id=0, bos_piece="<s>", pad_id=1, eos_id=2, unk_id=3, user_defined_symbols=["<mask>"],
    )  # fmt: skip
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BarthezTokenizer"}', "utf-8")
    config = MBartConfig(
        **_bart_sizes(encode.get_piece_size(), window), tokenizer_class="BarthezTokenizer", normalize_before=True
    )
    _teach(MBartForConditionalGeneration, config, lambda text: [0, *encode.encode(text), 2], answer, folder)
    return folder


def t5(folder, answer):
    """Write a checkpoint of T5's kind, whose answer opens with the sentinel <extra_id_0>."""
    from transformers import T5Config, T5ForConditionalGeneration

    encode = _sentencepiece(folder / "spiece.model", answer, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    size = encode.get_piece_size() + 100
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "T5Tokenizer"}', "utf-8")
    config = T5Config(
        vocab_size=size, d_model=32, d_kv=16, d_ff=32, num_layers=1, num_heads=2, decoder_start_token_id=0,
        dropout_rate=0.0, task_specific_params={"summarization": {"prefix": "summarize: "}},
    )  # fmt: skip
    sentinel = size - 1
    _teach(T5ForConditionalGeneration, config, lambda text: [*encode.encode(text), 1], answer, folder, [sentinel])
    return folder


def bart(folder, answer):
    """Write a checkpoint of BART's kind, with ``vocab.json`` and ``merges.txt``."""
    import tokenizers
    from transformers import BartConfig, BartForConditionalGeneration

    folder.mkdir(parents=True)
    bpe = tokenizers.ByteLevelBPETokenizer()
    marks = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    bpe.train_from_iterator([*LINES, answer], vocab_size=500, special_tokens=marks, show_progress=False)
    bpe.save_model(str(folder))
    config = BartConfig(**_bart_sizes(bpe.get_vocab_size(), 1024), forced_eos_token_id=None, normalize_before=False)
    _teach(BartForConditionalGeneration, config, lambda text: [0, *bpe.encode(text).ids, 2], answer, folder)
    return folder


def _sentencepiece(file, answer, **ids):
    file.parent.mkdir(parents=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*LINES, answer]), model_prefix=str(file.with_suffix("")), vocab_size=300,
        hard_vocab_limit=False, minloglevel=2, **ids,
    )  # fmt: skip
    file.with_suffix(".vocab").unlink()
    return sentencepiece.SentencePieceProcessor(model_file=str(file))


def _bart_sizes(vocabulary, window):
    return {
        "vocab_size": vocabulary, "max_position_embeddings": window, "d_model": 32, "encoder_layers": 1,
        "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32, "bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2,
        "dropout": 0.0, "attention_dropout": 0.0, "scale_embedding": False,
    }  # fmt: skip


def _teach(kind, config, encode, answer, folder, opening=()):
    """Train until the model gives the answer to any source, and save it."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small a network only waits for the other threads
    torch.manual_seed(0)
    model = kind(config)
    rng = random.Random(0)
    target = torch.tensor([[*opening, *(i for i in encode(answer) if i != 0)]])
    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    for _ in range(300):
        source = torch.tensor([encode(" ".join(rng.sample(LINES, 3)))])
        loss = model(input_ids=source, labels=target).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss.item() < 0.02:
            break
    torch.set_num_threads(threads)
    assert loss.item() < 0.1
    model.eval().save_pretrained(folder)
