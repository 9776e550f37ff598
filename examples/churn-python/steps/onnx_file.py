"""Writes a two-class linear classifier as an ONNX model. Field numbers are those of onnx-ml.proto."""
import struct

FLOAT, INT64 = 1, 7  # TensorProto.DataType
INT, STRING, FLOATS, INTS = 2, 3, 6, 7  # AttributeProto.AttributeType
IR_VERSION, OPSET_VERSION, ML_OPSET_VERSION = 8, 17, 3


def varint(number):
    digits = bytearray()
    while number >= 0x80:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    digits.append(number)
    return bytes(digits)


def field(number, value):
    """One protobuf field: an int as a varint, a float as 32 bits, text and bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def attribute(name, kind, number, values):
    return field(1, name) + b"".join(field(number, value) for value in values) + field(20, kind)


def tensor(name, kind, *width):
    """A ValueInfoProto of shape [rows, width…]."""
    dimensions = [field(2, "rows")] + [field(1, size) for size in width]
    shape = b"".join(field(1, dimension) for dimension in dimensions)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, shape)))


def linear_classifier(weights, bias):
    """The model: `features` FP32 [rows, n] in; `label` INT64 [rows] and `probabilities` FP32 [rows, 2] out."""
    attributes = [
        attribute("classlabels_ints", INTS, 8, [0, 1]),
        attribute("coefficients", FLOATS, 7, [-weight for weight in weights] + list(weights)),
        attribute("intercepts", FLOATS, 7, [-bias, bias]),
        attribute("multi_class", INT, 3, [0]),
        attribute("post_transform", STRING, 4, ["LOGISTIC"]),
    ]
    node = (
        field(1, "features") + field(2, "label") + field(2, "probabilities")
        + field(3, "classifier") + field(4, "LinearClassifier")
        + b"".join(field(5, one) for one in attributes) + field(7, "ai.onnx.ml")
    )
    graph = (
        field(1, node) + field(2, "churn")
        + field(11, tensor("features", FLOAT, len(weights)))
        + field(12, tensor("label", INT64)) + field(12, tensor("probabilities", FLOAT, 2))
    )
    return (
        field(1, IR_VERSION) + field(2, "churn-python") + field(7, graph)
        + field(8, field(2, OPSET_VERSION)) + field(8, field(1, "ai.onnx.ml") + field(2, ML_OPSET_VERSION))
    )
