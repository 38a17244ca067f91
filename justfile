# The recipes of the project; `just` lists them.

default:
    @just --list

# Everything that must pass before a change lands.
ci:
    bash .ci/run

# The README's two commands.
year:
    cargo run --release -- run scenarios/telecom_year.toml
test:
    cargo test

# Runs every shipped scenario in full and writes the tables of scenarios/README.md and scenarios/published/README.md.
readings:
    cargo run --release --example scenario_readings
    cargo run --release --example published_readings

# Simulates all queues whose exact values are known and writes the table of docs/validation.md; with names: the rows of those.
validate *names:
    cargo run --release --example validate -- {{names}}

# Derives the staffing plan of telecom_year again and compares it with the shipped one.
plan:
    cargo run --release --example derive_plan -- --check

# The JSON Schema that editors use for scenario files.
schema:
    cargo run --release -- schema > scenarios/scenario.schema.json

# holdtime beside SimPy, Ciw and simmer on the same queues; installs the first two into target/peers.
bench-peers:
    python3 benches/peers/run.py

# Makes reports and looks at them as a person would; needs Chromium and Node.
report-check:
    bash tests/browser/check.sh

# Criterion benches: agenda, sampling, telecom_year, the workloads of scenarios/speed.
bench:
    cargo bench

# Instructions per contact against benches/instructions.txt (valgrind): a rise above 5 % fails; `--mark` moves the mark.
instructions *mark:
    cargo build --release
    benches/instructions.sh {{mark}}
