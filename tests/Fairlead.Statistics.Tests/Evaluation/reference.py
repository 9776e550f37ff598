"""The metrics of the tests, computed anew: by definition, with numpy and scipy, from the data on standard input."""
import json
import sys

import numpy as np
from scipy import stats

data = json.load(sys.stdin)
y = np.array(data["labels"], dtype=bool)
out = {}


def auc(s):
    return stats.mannwhitneyu(s[y], s[~y], alternative="greater").statistic / (y.sum() * (~y).sum())


def placements(s):
    pos, neg = s[y], s[~y]
    psi = (pos[:, None] > neg[None, :]) + 0.5 * (pos[:, None] == neg[None, :])
    return psi.mean(axis=1), psi.mean(axis=0)


a, b = np.array(data["a"]), np.array(data["b"])
out["auc"] = [auc(a), auc(b)]
(va, wa), (vb, wb) = placements(a), placements(b)
var = np.var(vb - va, ddof=1) / y.sum() + np.var(wb - wa, ddof=1) / (~y).sum()
z = stats.norm.ppf(0.975)
d = out["auc"][1] - out["auc"][0]
out["auc_interval"] = [d - z * var ** 0.5, d + z * var ** 0.5]
clip = lambda s: np.clip(s, 1e-15, 1 - 1e-15)
loss = lambda s: -np.where(y, np.log(clip(s)), np.log(1 - clip(s)))
out["logloss"] = [loss(a).mean(), loss(b).mean()]
dl = loss(b) - loss(a)
out["logloss_interval"] = [dl.mean() - z * stats.sem(dl), dl.mean() + z * stats.sem(dl)]
out["brier"] = [((a - y) ** 2).mean(), ((b - y) ** 2).mean()]


def ece(s):
    bins = np.minimum((s * 10).astype(int), 9)
    return sum((bins == k).sum() * abs(s[bins == k].mean() - y[bins == k].mean()) for k in range(10) if (bins == k).any()) / len(s)


out["ece"] = [ece(a), ece(b)]
for name, s in (("a", a), ("b", b)):
    p = s >= data["threshold"]
    tp, fp, fn = (p & y).sum(), (p & ~y).sum(), (~p & y).sum()
    out["decisions_" + name] = [(p == y).mean(), tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn), tp / (tp + fp) / y.mean()]
rng = np.random.default_rng(1)
f1 = []
for _ in range(2000):
    i = rng.integers(0, len(y), len(y))
    def score(s):
        p = s[i] >= data["threshold"]
        return 2 * (p & y[i]).sum() / (p.sum() + y[i].sum())
    f1.append(score(b) - score(a))
out["f1_interval"] = list(np.quantile(f1, [0.025, 0.975]))
t = np.array(data["truth"])
out["mae"] = [abs(a - t).mean(), abs(b - t).mean()]
out["rmse"] = [((a - t) ** 2).mean() ** 0.5, ((b - t) ** 2).mean() ** 0.5]
out["r2"] = [1 - ((a - t) ** 2).sum() / ((t - t.mean()) ** 2).sum(), 1 - ((b - t) ** 2).sum() / ((t - t.mean()) ** 2).sum()]
out["bias"] = [(a - t).mean(), (b - t).mean()]
q = np.abs(b - a)
out["differences"] = [(b - a).mean(), q.mean(), q.max()] + list(np.quantile(q, [0.5, 0.9, 0.99, 0.999]))


def ndcg(items, relevant, k):
    gain = np.array([item in relevant for item in items[:k]], dtype=float)
    discount = 1 / np.log2(np.arange(2, len(gain) + 2))
    ideal = (1 / np.log2(np.arange(2, min(k, len(relevant)) + 2))).sum()
    return (gain * discount).sum() / ideal if ideal else 0.0


lists, relevant = data["lists"], data["relevant"]
out["ndcg"] = [np.mean([ndcg(l, r, k) for l, r in zip(lists, relevant)]) for k in (1, 5, 10)]
out["hit"] = [np.mean([bool(set(l[:k]) & set(r)) for l, r in zip(lists, relevant)]) for k in (1, 5, 10)]
out["precision"] = [np.mean([len(set(l[:k]) & set(r)) / k for l, r in zip(lists, relevant)]) for k in (1, 5, 10)]
out["mrr"] = np.mean([next((1 / (i + 1) for i, item in enumerate(l) if item in r), 0) for l, r in zip(lists, relevant)])
json.dump(out, sys.stdout, default=float)
