"""The three workloads in SimPy: one queue with impatient callers, small and large, and three overlapping groups.

Usage: simpy_peer.py WORKLOAD DAYS. Prints offered calls, the share that abandons, and seconds of simulating.
"""

import math
import random
import sys
import time
from collections import deque

import simpy

DAY = 86400.0
DRAW = random.Random(1)


def one_queue(per_second, agents, days):
    """M/M/n+M: handling 300 s, patience 180 s."""
    env = simpy.Environment()
    desk = simpy.Resource(env, capacity=agents)
    counts = [0, 0]

    def call():
        counts[0] += 1
        with desk.request() as request:
            result = yield request | env.timeout(DRAW.expovariate(1 / 180))
            if request in result:
                yield env.timeout(DRAW.expovariate(1 / 300))
            else:
                counts[1] += 1

    def arrivals():
        while True:
            yield env.timeout(DRAW.expovariate(per_second))
            env.process(call())

    env.process(arrivals())
    env.run(until=days * DAY)
    return counts


def three_skills(days):
    """Classes a, b, c; groups of 500 that serve a b, b c, c a b; the longest idle agent, the oldest call of the first class."""
    env = simpy.Environment()
    a_day = {"a": 144_000, "b": 162_000, "c": 82_286}
    law = {"a": (300, 240), "b": (240, 180), "c": (420, 300)}
    tries = {"a": (0, 2), "b": (0, 1, 2), "c": (1, 2)}
    serves = (("a", "b"), ("b", "c"), ("c", "a", "b"))
    idle = [500, 500, 500]
    waiting = {name: deque() for name in a_day}
    counts = [0, 0]
    normal = {}
    for name, (mean, sd) in law.items():
        spread = math.log(1 + (sd / mean) ** 2)
        normal[name] = (math.log(mean) - spread / 2, math.sqrt(spread))

    def freed(group):
        for name in serves[group]:
            line = waiting[name]
            while line:
                ticket = line.popleft()
                if not ticket.triggered and not ticket.gone:
                    ticket.succeed(group)
                    return
        idle[group] += 1

    def call(name):
        counts[0] += 1
        group = next((group for group in tries[name] if idle[group]), None)
        if group is None:
            ticket = env.event()
            ticket.gone = False
            waiting[name].append(ticket)
            result = yield ticket | env.timeout(DRAW.expovariate(1 / 180))
            if ticket not in result:
                ticket.gone = True
                counts[1] += 1
                return
            group = ticket.value
        else:
            idle[group] -= 1
        yield env.timeout(DRAW.lognormvariate(*normal[name]))
        freed(group)

    def arrivals(name):
        rate = a_day[name] / DAY
        highest = 1.25 * rate
        while True:
            yield env.timeout(DRAW.expovariate(highest))
            quarter = int(env.now / 900) % 96
            now = rate * (1 + 0.25 * math.sin(2 * math.pi * ((quarter + 0.5) / 96 - 0.25)))
            if DRAW.random() * highest < now:
                env.process(call(name))

    for name in a_day:
        env.process(arrivals(name))
    env.run(until=days * DAY)
    return counts


def main():
    workload, days = sys.argv[1], float(sys.argv[2])
    begin = time.perf_counter()
    if workload == "one_queue":
        offered, lost = one_queue(17e6 / 365 / DAY, 165, days)
    elif workload == "large_queue":
        offered, lost = one_queue(14.9, 4500, days)
    else:
        offered, lost = three_skills(days)
    print(offered, lost / offered, time.perf_counter() - begin)


main()
