"""Answers a prediction as a Flask application would: parse JSON, score a logistic regression, answer JSON."""
import math

from flask import Flask, jsonify, request

app = Flask(__name__)

# As many weights as the model that the host serves: a number has one, a text a table.
TEXTS = {f"{a}{b}{c}": 0.001 * i for i, (a, b, c) in enumerate(
    (a, b, c) for a in "ABCDEFJLMOS" for b in "AEFKLOT" for c in "AKOTX")}
NUMBER = 0.0005
INTERCEPT = -1.3


def score(values):
    total = INTERCEPT
    for value in values:
        total += TEXTS.get(value, 0.0) if isinstance(value, str) else NUMBER * value
    return 1.0 / (1.0 + math.exp(-total))


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def infer(path):
    if request.method == "GET":
        return jsonify({})
    inputs = request.get_json()["inputs"]
    probability = score([value for tensor in inputs for value in tensor["data"]])
    return jsonify({
        "model_name": "peer",
        "model_version": "v001",
        "outputs": [{"name": "probability", "datatype": "FP32", "shape": [1, 1], "data": [probability]}],
    })
