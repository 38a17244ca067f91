#!/usr/bin/env python3
"""Runs the same workloads in holdtime and in other simulators, one after the other, and prints calls per second side by side.

Installs SimPy and Ciw from the Python package index into target/peers; simmer is used if R has it (Debian: r-cran-simmer).
A peer that is not there is said to be, never shown with a number of another day. Each program runs three times in turn with
the others, on one thread; the fastest of each counts. The share that abandons stands beside, so that one sees that all
simulate the same; all begin empty, so a short run has fewer who give up.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = ROOT / "target" / "peers"
ROUNDS = 3
EXACT = {"one_queue": 0.025889, "large_queue": 0.003796, "three_skills": 0.0345}
# Days that take each program a few seconds.
DAYS = {
    "holdtime": {"one_queue": 200, "large_queue": 8, "three_skills": 20},
    "SimPy": {"one_queue": 5, "large_queue": 0.08, "three_skills": 1},
    "Ciw": {"one_queue": 1, "large_queue": 0.02},
    "simmer": {"one_queue": 5, "large_queue": 0.1},
}


def python():
    """The interpreter with the Python peers, if they could be installed."""
    interpreter = VENV / "bin" / "python"
    if not interpreter.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    subprocess.run([str(interpreter), "-m", "pip", "install", "--quiet", "simpy", "ciw"], check=False)
    return interpreter


def has(interpreter, module):
    return subprocess.run([str(interpreter), "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def of_peer(command):
    def run(workload, days):
        said = subprocess.run([*command, workload, str(days)], capture_output=True, text=True, check=True).stdout
        offered, lost, took = (float(word) for word in said.split())
        return offered, lost, took

    return run


def holdtime(workload, days):
    """The whole command: start, check, simulate with all measures, report."""
    command = [
        str(ROOT / "target" / "release" / "holdtime"), "run", str(ROOT / "scenarios" / "speed" / f"{workload}.toml"),
        "--set", f"horizon={days}d", "--replications", "1", "--jobs", "1", "--quiet", "--format", "json",
    ]
    begin = time.perf_counter()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    took = time.perf_counter() - begin
    total = json.loads(said)["total"]
    return total["offered"]["mean"], total["abandonment"]["mean"], took


def peers():
    yield "holdtime", holdtime
    interpreter = python()
    for name, module, program in [("SimPy", "simpy", "simpy_peer.py"), ("Ciw", "ciw", "ciw_peer.py")]:
        yield name, of_peer([str(interpreter), str(HERE / program)]) if has(interpreter, module) else None
    has_simmer = shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(simmer)"], capture_output=True, check=False).returncode == 0
    yield "simmer", of_peer(["Rscript", str(HERE / "simmer_peer.R")]) if has_simmer else None


def main():
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    os.environ["PYTHONHASHSEED"] = "0"
    known = list(peers())
    print("workload      program      calls      calls/s   holdtime is  abandoned (expected)")
    for workload, expected in EXACT.items():
        fastest = {}
        for _ in range(ROUNDS):
            for name, run in known:
                if run is not None and workload in DAYS[name]:
                    offered, lost, took = run(workload, DAYS[name][workload])
                    if name not in fastest or offered / took > fastest[name][0]:
                        fastest[name] = (offered / took, offered, lost)
        ours = fastest["holdtime"][0]
        for name, run in known:
            if run is None:
                print(f"{workload:13} {name:10} not installed")
            elif workload not in DAYS[name]:
                print(f"{workload:13} {name:10} not written: it has no such rule of its own")
            else:
                rate, offered, lost = fastest[name]
                print(f"{workload:13} {name:10} {offered:9,.0f} {rate:12,.0f} {ours / rate:10.1f} x  {lost:.4f} ({expected:.4f})")


main()
