# One queue with impatient callers in simmer, small and large.
# Usage: Rscript simmer_peer.R WORKLOAD DAYS. Prints offered calls, the share that abandons, and seconds of simulating.
suppressPackageStartupMessages(library(simmer))
arguments <- commandArgs(trailingOnly = TRUE)
days <- as.numeric(arguments[2])
if (arguments[1] == "one_queue") {
  per_second <- 17e6 / 365 / 86400
  agents <- 165
} else {
  per_second <- 14.9
  agents <- 4500
}
set.seed(1)
call <- trajectory() |>
  renege_in(function() rexp(1, 1 / 180)) |>
  seize("agents") |>
  renege_abort() |>
  timeout(function() rexp(1, 1 / 300)) |>
  release("agents")
centre <- simmer() |>
  add_resource("agents", agents) |>
  add_generator("call", call, function() rexp(1, per_second), mon = 1)
took <- system.time(run(centre, days * 86400))[["elapsed"]]
arrivals <- get_mon_arrivals(centre)
cat(nrow(arrivals), mean(!arrivals$finished), took, "\n")
