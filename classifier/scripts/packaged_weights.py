"""The packaged encoder's rounded weights, read back for a run that goes on from them.

A weight of 8 bits is within a two-hundredth of the largest of its column: as a place to start from
it is as good as the whole one, which nobody keeps.
"""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from classifier.scripts.mini_bert import Encoder

_ROUNDED = "_quantized"


def encoder_of(model: Path, codes: dict[str, int]) -> Encoder:
    """Return the network that a packaged `model.onnx` was exported from, but for the rounding.

    Args:
        model: the exported file.
        codes: how many codes each question has.
    """
    graph = onnx.load(str(model)).graph
    kept = {
        one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer
    }
    made = Encoder(codes)
    own = {name: value for name, value in kept.items() if name in made.state_dict()}
    for node in graph.node:
        rounded = next(
            (name for name in node.input if name.endswith(_ROUNDED) and name in kept), None
        )
        if rounded is None:
            continue
        name = _name_of(node.name, rounded)
        whole = _whole(kept, rounded)
        own[name] = whole if name == "pieces.weight" else whole.T.contiguous()
    made.load_state_dict(own)
    return made


def _name_of(node: str, rounded: str) -> str:
    """Return a weight's name in the network: torch names the operation, not the weight."""
    if rounded.startswith("onnx::"):
        # As "/layers.3/wide/MatMul_quant".
        return ".".join(node.split("/")[1:3]) + ".weight"
    return rounded.removesuffix(_ROUNDED).removesuffix("_Transposed")


def _whole(kept: dict[str, Tensor], rounded: str) -> Tensor:
    start = rounded.removesuffix(_ROUNDED)
    zero, scale = kept[f"{start}_zero_point"], kept[f"{start}_scale"]
    return (kept[rounded].float() - zero.float()) * scale
