#!/bin/sh
# Twice through the numbers: their mean first, then how far they are from it. The median is the middle of the sorted ones.
set -eu
sort -n "$1" | awk '
  { value[NR] = $1; sum += $1 }
  END {
    if (NR < 2) { print "fewer than two numbers" > "/dev/stderr"; exit 1 }
    mean = sum / NR
    for (i = 1; i <= NR; i++) squares += (value[i] - mean) ^ 2
    median = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
    printf "{\"count\": %d, \"mean\": %.17g, \"deviation\": %.17g, \"median\": %.17g}\n", NR, mean, sqrt(squares / (NR - 1)), median
  }' >"$2"
