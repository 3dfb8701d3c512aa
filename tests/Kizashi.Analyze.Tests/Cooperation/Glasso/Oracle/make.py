#!/usr/bin/python3
"""Computes the graphical lasso of fixed counts with R's glasso and scikit-learn, for the tests beside this folder.

Needs Debian's r-cran-glasso and python3-sklearn; writes oracle.json here. Both peers solve with far smaller tolerances than their
defaults: at thr=1e-4 R's answer is wrong by up to 3e-4. scikit-learn does not penalize the diagonal, so it is given S + penalty * I.
"""
import json
import os
import subprocess
import tempfile

import numpy as np
from sklearn.covariance import graphical_lasso

HERE = os.path.dirname(os.path.abspath(__file__))
PENALTIES = [0.9, 0.6, 0.4]
R = r"""
suppressMessages(library(glasso))
a <- commandArgs(TRUE)
x <- as.matrix(read.csv(a[1], header = FALSE)); x[x == 0] <- 0.1; x <- log(x)
g <- glasso(var(x) * (nrow(x) - 1) / nrow(x), as.numeric(a[2]), thr = 1e-10, penalize.diagonal = TRUE)
write.table(g$w, a[3], row.names = FALSE, col.names = FALSE, sep = ",")
write.table(g$wi, a[4], row.names = FALSE, col.names = FALSE, sep = ",")
"""


def bursty(random, samples, groups, cooperating):
    """Counts as darknets see them: heavy tails, silence, and some groups that begin together."""
    rate = np.minimum(0.3 * (random.pareto(1.1, groups) + 1), 100)
    on = random.random((samples, groups)) < 0.6
    counts = random.poisson(rate * on * random.gamma(2, 0.5, (samples, groups)))
    counts[samples // 2:, :cooperating] += random.poisson(4, (samples - samples // 2, cooperating))
    return counts


def cases():
    random = np.random.default_rng(20260101)
    yield "fewer samples than groups", bursty(random, 12, 24, 8)
    twins = bursty(random, 12, 16, 4)
    twins[:, 5] = 3
    twins[:, 6] = 0
    twins[:, 9] = twins[:, 8] = twins[:, 7]
    yield "constant and equal columns", twins
    yield "more samples than groups", bursty(random, 60, 10, 5)


def by_r(counts, penalty):
    with tempfile.TemporaryDirectory() as folder:
        script, source, w, wi = (os.path.join(folder, name) for name in ("g.R", "x.csv", "w.csv", "wi.csv"))
        with open(script, "w", encoding="ascii") as to:
            to.write(R)
        np.savetxt(source, counts, fmt="%d", delimiter=",")
        subprocess.run(["Rscript", script, source, str(penalty), w, wi], check=True)
        return np.loadtxt(w, delimiter=","), np.loadtxt(wi, delimiter=",")


def by_sklearn(counts, penalty):
    logs = np.log(np.where(counts == 0, 0.1, counts))
    sample = np.cov(logs, rowvar=False, bias=True) + penalty * np.eye(counts.shape[1])
    return graphical_lasso(sample, penalty, tol=1e-10, enet_tol=1e-10, max_iter=10000)


def upper(matrix):
    """The upper triangle of the symmetric part, row by row."""
    return [float(f"{value:.9g}") for value in ((matrix + matrix.T) / 2)[np.triu_indices(len(matrix))]]


def main():
    found = []
    for name, counts in cases():
        for penalty in PENALTIES:
            r, sklearn = by_r(counts, penalty), by_sklearn(counts, penalty)
            print(name, penalty, "peers differ by", np.abs(r[0] - sklearn[0]).max(), np.abs(r[1] - sklearn[1]).max())
            found.append({
                "name": name, "penalty": penalty, "samples": len(counts), "groups": counts.shape[1],
                "counts": counts.ravel().tolist(),
                "r": {"covariance": upper(r[0]), "precision": upper(r[1])},
                "sklearn": {"covariance": upper(sklearn[0]), "precision": upper(sklearn[1])},
            })

    with open(os.path.join(HERE, "oracle.json"), "w", encoding="ascii") as to:
        to.write("[\n" + ",\n".join(json.dumps(case) for case in found) + "\n]\n")


main()
