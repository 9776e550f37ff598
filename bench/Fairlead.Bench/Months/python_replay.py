"""What a team writes by hand: score recorded rows again with the coefficients of a model, and compare. Standard library alone, as a loop."""
import csv
import math
import sys
import time

started = time.perf_counter()
weights = {}
rows = 0
different = 0
loss = 0.0
pairs = []
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        score = -1.5
        for key in ("hour", "day_of_week", "origin", "destination"):
            name = (key, row[key])
            if name not in weights:
                weights[name] = (len(weights) % 11 - 5) / 20
            score += weights[name]
        score += float(row["distance"]) * 1e-5
        answer = 1 / (1 + math.exp(-score))
        recorded = float(row["answer"])
        label = int(row["late"])
        rows += 1
        different += abs(answer - recorded) > 1e-6
        loss -= math.log(answer if label else 1 - answer)
        pairs.append((answer, label))
pairs.sort()
positives = sum(label for _, label in pairs)
ranks = sum(rank for rank, (_, label) in enumerate(pairs, 1) if label)
auc = (ranks - positives * (positives + 1) / 2) / (positives * (rows - positives))
print(rows / (time.perf_counter() - started), different, loss / rows, auc)
