# Writes wilcox.json: Rscript wilcox.R > wilcox.json (R 4.2.2). Seeded samples with what wilcox.test(conf.int = TRUE, exact = FALSE) says of them.
# 'corrected' is the root of the statistic with continuity correction, which Kayenta takes as its estimate; R's own estimate has none.
set.seed(20261121)
numbers <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
corrected <- function(x, y) {
  W <- function(d) {
    r <- rank(c(x - d, y)); m <- length(x); n <- length(y); t <- table(r)
    z <- sum(r[seq_along(x)]) - m * (m + 1) / 2 - m * n / 2
    (z - sign(z) * 0.5) / sqrt(m * n / 12 * (m + n + 1 - sum(t^3 - t) / ((m + n) * (m + n - 1))))
  }
  uniroot(W, lower = min(x) - max(y), upper = max(x) - min(y), tol = 1e-4)$root
}
case <- function(x, y, level, paired = FALSE) {
  warned <- FALSE
  test <- withCallingHandlers(wilcox.test(x, y, conf.int = TRUE, exact = FALSE, conf.level = level, paired = paired),
                              warning = function(w) { warned <<- TRUE; invokeRestart("muffleWarning") })
  if (warned) return(NULL)
  sprintf('{"paired":%s,"level":%.17g,"x":%s,"y":%s,"low":%.17g,"high":%.17g,"estimate":%.17g,"corrected":%.17g,"p":%.17g}',
          tolower(paired), level, numbers(x), numbers(y), test$conf.int[1], test$conf.int[2], test$estimate,
          if (paired) 0 else corrected(x, y), test$p.value)
}
lines <- c()
for (i in 1:240) {
  m <- sample(8:70, 1); n <- sample(8:70, 1); shift <- sample(c(0, 0.3, 1, 4), 1); scale <- sample(c(0.05, 1, 30), 1)
  draw <- switch(1 + i %% 4, function(k) rnorm(k), function(k) rlnorm(k), function(k) round(rnorm(k, 10), 1), function(k) rexp(k) + runif(k))
  lines <- c(lines, case(scale * (draw(m) + shift), scale * draw(n), sample(c(0.9, 0.95, 0.98), 1)))
}
for (i in 1:60) {
  n <- sample(12:60, 1); base <- rlnorm(n)
  lines <- c(lines, case(base + rnorm(n, sample(c(0, 0.2), 1), 0.2), base, sample(c(0.95, 0.98), 1), paired = TRUE))
}
cat("[\n", paste(lines, collapse = ",\n"), "\n]\n", sep = "")
