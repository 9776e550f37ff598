# Writes out/readings.csv: the same rows for the same parameters, on any machine.
set -eu
awk -v rows="$FAIRLEAD_PARAM_ROWS" -v seed="$FAIRLEAD_PARAM_SEED" 'BEGIN {
    print "sensor,hour,temperature"
    x = seed + 1
    for (i = 0; i < rows; i++) {
        x = (x * 16807) % 2147483647
        printf "s%d,%d,%.1f\n", x % 5, i % 24, 12 + 0.4 * (i % 24) + (x % 100) / 20
    }
}' > out/readings.csv
