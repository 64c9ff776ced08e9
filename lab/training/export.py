"""A trained run as a folder that Transformers loads and CTranslate2 converts; ``lab.training.pack`` makes it small."""

import shutil
import tempfile
from pathlib import Path

import torch
from transformers import GenerationConfig, MarianTokenizer

from lab.training.settings import Settings
from lab.training.train import Trainer
from lab.training.vocabulary import FILES

_BEAMS = 4


def export(work: Path, settings: Settings) -> None:
    """Write ``model/``: the averaged weights in float32, vocabulary and configuration, in the Hugging Face layout.

    Args:
        work: folder of a run that is trained.
        settings: of the run.

    Raises:
        OSError: a file is missing.
    """
    model = Trainer(work, settings).average.cpu().eval()
    config = model.config
    model.generation_config = GenerationConfig(
        bad_words_ids=[[config.pad_token_id]],
        num_beams=_BEAMS,
        max_length=config.max_position_embeddings,
        pad_token_id=config.pad_token_id,
        eos_token_id=config.eos_token_id,
        forced_eos_token_id=config.eos_token_id,
        decoder_start_token_id=config.decoder_start_token_id,
    )
    assert not torch.any(model.model.shared.weight[config.pad_token_id]), "decoding must start from zero"
    with tempfile.TemporaryDirectory(dir=work, prefix=".export-") as temporary:
        folder = Path(temporary) / "model"
        model.save_pretrained(folder)
        files = [str(work / "vocabulary" / name) for name in FILES]
        tokenizer = MarianTokenizer(
            *files, source_lang="fr", target_lang="en", model_max_length=config.max_position_embeddings
        )
        tokenizer.save_pretrained(folder)
        for name in FILES:  # as they are: saving them through Transformers formats them anew
            shutil.copyfile(work / "vocabulary" / name, folder / name)
        folder.rename(work / "model")
