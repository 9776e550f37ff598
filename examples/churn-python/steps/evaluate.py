"""How often the model is right about customers that it has not seen."""
import csv
import json


def main():
    with open("in/weights") as file:
        model = json.load(file)
    with open("in/test", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = {"true_positive": 0, "false_positive": 0, "true_negative": 0, "false_negative": 0}
    for row in rows:
        score = model["bias"] + sum(
            weight * float(row[name]) for name, weight in zip(model["features"], model["weights"])
        )
        predicted, churned = score > 0, row["churned"] == "1"
        counts[f"{'true' if predicted == churned else 'false'}_{'positive' if predicted else 'negative'}"] += 1

    right = counts["true_positive"] + counts["true_negative"]
    found = counts["true_positive"] / max(1, counts["true_positive"] + counts["false_negative"])
    with open("out/confusion.json", "w") as file:
        json.dump(counts, file)
    with open("out/metrics.json", "w") as file:
        json.dump({"accuracy": round(right / len(rows), 6), "recall": round(found, 6), "rows": len(rows)}, file)


if __name__ == "__main__":
    main()
