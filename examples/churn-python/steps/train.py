"""Logistic regression by gradient descent on standardized features, written as ONNX."""
import csv
import json
import math

from onnx_file import linear_classifier

FEATURES = ["tenure_months", "monthly", "calls"]


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return [[float(row[name]) for name in FEATURES] for row in rows], [int(row["churned"]) for row in rows]


def standardize(features):
    means = [sum(column) / len(column) for column in zip(*features)]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0
        for column, mean in zip(zip(*features), means)
    ]
    rows = [[(value - mean) / spread for value, mean, spread in zip(row, means, spreads)] for row in features]
    return rows, means, spreads


def probability(weights, bias, row):
    score = bias + sum(weight * value for weight, value in zip(weights, row))
    return 1 / (1 + math.exp(-score))


def fit(rows, labels, rate, passes, l2):
    weights, bias = [0.0] * len(FEATURES), 0.0
    for _ in range(passes):
        gradient, bias_gradient = [l2 * weight for weight in weights], 0.0
        for row, label in zip(rows, labels):
            error = (probability(weights, bias, row) - label) / len(rows)
            bias_gradient += error
            for i, value in enumerate(row):
                gradient[i] += error * value
        weights = [weight - rate * slope for weight, slope in zip(weights, gradient)]
        bias -= rate * bias_gradient
    return weights, bias


def log_loss(weights, bias, rows, labels):
    losses = [-math.log(p if label else 1 - p)
              for p, label in ((probability(weights, bias, row), label) for row, label in zip(rows, labels))]
    return sum(losses) / len(losses)


def main():
    with open("params.json") as file:
        params = json.load(file)
    features, labels = read("in/train")
    rows, means, spreads = standardize(features)
    weights, bias = fit(rows, labels, params["rate"], params["passes"], params["l2"])
    loss = log_loss(weights, bias, rows, labels)

    # The model takes the features as they are: the standardization moves into the weights.
    bias -= sum(weight * mean / spread for weight, mean, spread in zip(weights, means, spreads))
    weights = [weight / spread for weight, spread in zip(weights, spreads)]
    with open("out/model.onnx", "wb") as file:
        file.write(linear_classifier(weights, bias))
    with open("out/weights.json", "w") as file:
        json.dump({"features": FEATURES, "weights": weights, "bias": bias}, file)
    with open("out/metrics.json", "w") as file:
        json.dump({"log_loss": round(loss, 6), "rows": len(labels)}, file)


if __name__ == "__main__":
    main()
