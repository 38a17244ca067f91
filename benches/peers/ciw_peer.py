"""One queue with impatient callers in Ciw, small and large.

Usage: ciw_peer.py WORKLOAD DAYS. Prints offered calls, the share that abandons, and seconds of simulating.
"""

import sys
import time

import ciw

DAY = 86400.0
PARAMETERS = {"one_queue": (17e6 / 365 / DAY, 165), "large_queue": (14.9, 4500)}


def main():
    workload, days = sys.argv[1], float(sys.argv[2])
    per_second, agents = PARAMETERS[workload]
    ciw.seed(1)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(per_second)],
        service_distributions=[ciw.dists.Exponential(1 / 300)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / 180)],
        number_of_servers=[agents],
    )
    begin = time.perf_counter()
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(days * DAY)
    took = time.perf_counter() - begin
    records = simulation.get_all_records()
    lost = sum(record.record_type == "renege" for record in records)
    print(len(records), lost / len(records), took)


main()
