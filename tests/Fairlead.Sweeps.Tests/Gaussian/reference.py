"""What a Gaussian process with a Matern 5/2 kernel says of the data on standard input, by definition, with numpy and scipy."""
import json
import sys

import numpy as np
from scipy import linalg, stats

given = json.load(sys.stdin)
points = np.array(given["points"])
values = np.array(given["values"])
groups = given["groups"]
scales = np.exp(np.array(given["logScales"]))[groups]
variance, noise = np.exp(given["logVariance"]), np.exp(given["logNoise"])


def kernel(left, right):
    distance = np.sqrt(5 * (((left[:, None, :] - right[None, :, :]) / scales) ** 2).sum(axis=2))
    return variance * (1 + distance + distance ** 2 / 3) * np.exp(-distance)


covariance = kernel(points, points) + noise * np.eye(len(points))
asked = np.array(given["asked"])
cross = kernel(asked, points)
mean = cross @ linalg.solve(covariance, values, assume_a="pos")
deviation = np.sqrt(variance - np.einsum("ij,ji->i", cross, linalg.solve(covariance, cross.T, assume_a="pos")))
least = given["least"]
z = (least - mean) / deviation
improvement = (least - mean) * stats.norm.cdf(z) + deviation * stats.norm.pdf(z)
likelihood = stats.multivariate_normal(np.zeros(len(points)), covariance).logpdf(values)
json.dump({"mean": list(mean), "variance": list(deviation ** 2), "improvement": list(improvement), "likelihood": float(likelihood)}, sys.stdout)
