"""Reads cases from standard input, each with two samples, and answers what scipy says of them."""
import json
import sys

import numpy
from scipy import stats
from scipy.spatial import distance


def cells(values, edges):
    return numpy.bincount(numpy.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)


def answer(case):
    a, b = numpy.array(case["reference"]), numpy.array(case["live"])
    edges = numpy.array(case["edges"])
    p, q = cells(a, edges), cells(b, edges)
    used = (p + q) > 0
    chi = stats.chi2_contingency(numpy.array([p[used], q[used]]), correction=False)
    ks = stats.ks_2samp(a, b)
    shares_p = (p[used] + 0.5) / (p[used] + 0.5).sum()
    shares_q = (q[used] + 0.5) / (q[used] + 0.5).sum()
    noise = 1 / len(a) + 1 / len(b)
    psi = float(((shares_q - shares_p) * numpy.log(shares_q / shares_p)).sum())
    return {
        "ks": float(ks.statistic),
        "ksP": float(ks.pvalue),
        "wasserstein": float(stats.wasserstein_distance(a, b)),
        "chi": float(chi[0]),
        "chiP": float(chi[1]),
        "degrees": int(chi[2]),
        "jensenShannon": float(distance.jensenshannon(p, q, base=2)),
        "hellinger": float(numpy.sqrt(1 - min(1.0, numpy.sqrt(p / p.sum() * q / q.sum()).sum()))),
        "psi": psi,
        "psiP": float(stats.chi2.sf(psi / noise, used.sum() - 1)),
        "psiThreshold": float(noise * stats.chi2.isf(0.01, used.sum() - 1)),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout, indent=2)
