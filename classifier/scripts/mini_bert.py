"""MiniLM as a plain torch module, with a pool and a line of answers for every question.

Written out so that fine-tuning needs torch and nothing above it, and so that the exported graph
holds no mask: at run time one text is read at a time, and a text has no padding.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER, PIECES, PLACES = 384, 6, 12, 1536, 30522, 512
_EPSILON = 1e-12


class Layer(nn.Module):
    """One layer of attention and one of thought, as BERT has them."""

    def __init__(self, dropout: float) -> None:
        """Make the parts; their weights are read by `Encoder.of`."""
        super().__init__()
        self.turned = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.first_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, seen: Tensor, mask: Tensor | None) -> Tensor:
        """Return the next reading of every piece."""
        texts, length, _ = seen.shape
        parts = self.turned(seen).view(texts, length, 3, HEADS, WIDTH // HEADS)
        asked, known, told = parts.permute(2, 0, 3, 1, 4)
        if mask is None:
            near = torch.softmax(asked @ known.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, -1)
            heard = near @ told
        else:
            heard = functional.scaled_dot_product_attention(asked, known, told, attn_mask=mask)
        heard = heard.transpose(1, 2).reshape(texts, length, WIDTH)
        seen = self.first_norm(seen + self.dropout(self.joined(heard)))
        return self.last_norm(seen + self.dropout(self.narrow(functional.gelu(self.wide(seen)))))


class Encoder(nn.Module):
    """The pieces of a text in, the scores of every code of every question out."""

    def __init__(self, codes: dict[str, int], dropout: float = 0.1) -> None:
        """Make the parts.

        Args:
            codes: how many codes each question has.
            dropout: how much is forgotten at each step of training.
        """
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        # What each question looks for: danger may stand in one sentence of forty.
        self.looks = nn.Parameter(torch.zeros(len(codes), WIDTH))
        self.answers = nn.ModuleList(nn.Linear(2 * WIDTH, count) for count in codes.values())
        self.dropout = nn.Dropout(2 * dropout)

    def forward(self, numbers: Tensor, real: Tensor | None = None) -> Tensor:
        """Return scores, the questions' codes side by side.

        Args:
            numbers: piece numbers, texts by length.
            real: which of them are pieces and not padding; None where all are.
        """
        places = self.places.weight[: numbers.shape[1]]
        seen = self.norm(self.pieces(numbers) + places + self.kind)
        mask = None if real is None else real[:, None, None, :]
        for layer in self.layers:
            seen = layer(seen, mask)
        return self._answered(seen, real)

    def _answered(self, seen: Tensor, real: Tensor | None) -> Tensor:
        near = self.looks @ seen.transpose(1, 2)
        if real is None:
            mean = seen.mean(1)
        else:
            near = near.masked_fill(~real[:, None, :], -1e4)
            mean = (seen * real[:, :, None]).sum(1) / real.sum(1, keepdim=True)
        looked = torch.softmax(near, -1) @ seen
        scores = [
            answer(self.dropout(torch.cat([mean, looked[:, number]], -1)))
            for number, answer in enumerate(self.answers)
        ]
        return torch.cat(scores, -1)

    @classmethod
    def of(cls, weights: Path, codes: dict[str, int]) -> "Encoder":
        """Return an encoder that starts from MiniLM's published weights."""
        kept = load_file(str(weights))
        kept = {name.removeprefix("bert."): value for name, value in kept.items()}
        made = cls(codes)
        own = {
            "pieces.weight": kept["embeddings.word_embeddings.weight"],
            "places.weight": kept["embeddings.position_embeddings.weight"],
            "kind": kept["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": kept["embeddings.LayerNorm.weight"],
            "norm.bias": kept["embeddings.LayerNorm.bias"],
        }
        for number in range(LAYERS):
            own |= _layer(kept, number)
        left = made.load_state_dict(own, strict=False)
        assert not left.unexpected_keys, left.unexpected_keys
        assert all(name.startswith(("looks", "answers")) for name in left.missing_keys)
        return made


def _layer(kept: dict[str, Tensor], number: int) -> dict[str, Tensor]:
    source = f"encoder.layer.{number}."
    found = {}
    for end in ("weight", "bias"):
        attention = f"{source}attention.self"
        turned = [kept[f"{attention}.{part}.{end}"] for part in ("query", "key", "value")]
        found[f"layers.{number}.turned.{end}"] = torch.cat(turned)
        for own, theirs in (
            ("joined", "attention.output.dense"),
            ("first_norm", "attention.output.LayerNorm"),
            ("wide", "intermediate.dense"),
            ("narrow", "output.dense"),
            ("last_norm", "output.LayerNorm"),
        ):
            found[f"layers.{number}.{own}.{end}"] = kept[f"{source}{theirs}.{end}"]
    return found
