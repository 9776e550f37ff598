"""Count, mean, sample deviation and median of the numbers in a file, a line each."""
import json
import statistics
import sys

source, target = sys.argv[1:]
with open(source) as lines:
    numbers = [float(line) for line in lines]
summary = {
    "count": len(numbers),
    "mean": statistics.fmean(numbers),
    "deviation": statistics.stdev(numbers),
    "median": statistics.median(numbers),
}
with open(target, "w") as file:
    json.dump(summary, file)
