"""Makes up customers: three numbers each, and whether they left. The same seed gives the same bytes."""
import csv
import json
import math
import random

COLUMNS = ["tenure_months", "monthly", "calls", "churned"]


def make_customer(draw, prices):
    tenure = draw.randint(0, 72)
    monthly = draw.choice(prices)
    calls = min(int(draw.expovariate(0.5)), 12)
    score = -1.2 - 0.05 * tenure + 0.04 * monthly + 0.45 * calls
    churned = draw.random() < 1 / (1 + math.exp(-score))
    return [tenure, monthly, calls, int(churned)]


def write(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def main():
    with open("params.json") as file:
        params = json.load(file)
    with open("in/plans", newline="") as file:
        prices = [float(plan["monthly"]) for plan in csv.DictReader(file)]
    draw = random.Random(params["seed"])
    customers = [make_customer(draw, prices) for _ in range(params["customers"])]
    cut = len(customers) * 3 // 4
    write("out/train.csv", customers[:cut])
    write("out/test.csv", customers[cut:])


if __name__ == "__main__":
    main()
