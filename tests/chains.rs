//! Queues that no formula knows, solved state by state: rules of the simulation whose exact values are known from elsewhere.

use holdtime::analytics::{BirthDeath, Chain, Demand, erlang_c, grid};

/// Mean of a function of the state, over a law on a grid.
fn mean<const D: usize>(sizes: [usize; D], law: &[f64], of: impl Fn([usize; D]) -> f64) -> f64 {
    grid(sizes).zip(law).map(|(point, share)| of(point) * share).sum()
}

#[track_caller]
fn assert_close(pairs: &[(f64, f64)], relative: f64) {
    for (i, (found, expected)) in pairs.iter().enumerate() {
        assert!((found / expected - 1.0).abs() < relative, "pair {i}: {found}, not {expected}");
    }
}

#[test]
fn redials_after_a_quarter_of_an_hour() {
    // 8 fresh calls a minute of 4 minutes, 34 agents, patience 1 ÷ 0.3; four in five who abandon redial after 15 minutes.
    let (n, redial, sizes) = (34, 0.8, [110, 110]);
    let chain = Chain::on_grid(sizes, |[home, inside]| {
        let leaves = 0.3 * inside.saturating_sub(n) as f64;
        let mut to = vec![([home, inside + 1], 8.0)];
        if home > 0 {
            to.push(([home - 1, inside + 1], home as f64 / 15.0));
        }
        if inside > 0 {
            to.push(([home, inside - 1], 0.25 * inside.min(n) as f64 + (1.0 - redial) * leaves));
            to.push(([home + 1, inside - 1], redial * leaves));
        }
        to
    });
    let law = chain.balance().expect("one balance");
    let waiting = mean(sizes, &law, |[_, inside]| inside.saturating_sub(n) as f64);
    let home = mean(sizes, &law, |[home, _]| home as f64);
    let attempts = 8.0 + home / 15.0;
    assert_close(
        &[
            (attempts, 8.531_116_896),
            (waiting, 2.212_987_066),
            (home, 7.966_753_436),
            (0.3 * waiting / attempts, 0.077_820_539_53),
            (mean(sizes, &law, |[_, inside]| f64::from(inside >= n)), 0.501_242_155_9),
        ],
        1e-6,
    );
}

#[test]
fn callbacks_in_place_of_waiting() {
    // 4.6 a minute of 2 minutes, 10 agents, patience 2 minutes. Who finds two or more waiting on the line is called back with
    // probability 0.6, at once when nobody waits on the line and more than one agent is idle.
    let (n, accept, threshold, reserve) = (10, 0.6, 2, 1);
    // The list, and everyone else: busy agents up to n, then the line.
    let sizes = [120, 45];
    let chain = Chain::on_grid(sizes, |[list, inside]| {
        // With more than the reserve idle and someone on the list, a callback would have begun.
        if list > 0 && inside + reserve < n {
            return vec![];
        }
        let line = inside.saturating_sub(n);
        let mut to = Vec::new();
        let accepting = if inside >= n && line >= threshold { accept } else { 0.0 };
        to.push(([list, inside + 1], 4.6 * (1.0 - accepting)));
        to.push(([list + 1, inside], 4.6 * accepting));
        if inside > 0 {
            let ends = 0.5 * inside.min(n) as f64;
            let dials = list > 0 && line == 0 && inside - 1 + reserve < n;
            to.push((if dials { [list - 1, inside] } else { [list, inside - 1] }, ends));
            if line > 0 {
                to.push(([list, inside - 1], 0.5 * line as f64));
            }
        }
        to
    });
    let law = chain.balance().expect("one balance");
    let line = mean(sizes, &law, |[_, inside]| inside.saturating_sub(n) as f64);
    let list = mean(sizes, &law, |[list, _]| list as f64);
    let accepts = accept * mean(sizes, &law, |[_, inside]| f64::from(inside >= n + threshold));
    assert_close(
        &[
            (mean(sizes, &law, |[_, inside]| f64::from(inside >= n)), 0.487_281_292_8),
            (accepts, 0.095_120_550_38),
            (0.5 * line / 4.6, 0.057_094_844_27),
            (line, 0.525_272_567_3),
            (list, 2.483_120_354),
            (list / (4.6 * accepts), 5.674_996_313),
            (mean(sizes, &law, |[_, inside]| inside.min(n) as f64) / 10.0, 0.867_472_743_3),
        ],
        1e-6,
    );
}

#[test]
fn e_mails_fill_what_calls_leave_but_for_a_reserve() {
    // 4 calls a minute of 2 minutes, 12 agents, e-mails without end while more than 2 are idle: never fewer than 10 busy.
    let (n, least) = (12, 10);
    let chain = BirthDeath::from_rates(600, |_| 4.0, |state| 0.5 * (least + state).min(n) as f64);
    let law = chain.balance().expect("one balance");
    let delayed: f64 = law[n - least..].iter().sum();
    let e_mails = 0.5 * least as f64 * law[0];
    let waiting: f64 =
        law[n - least..].iter().enumerate().map(|(waiting, share)| waiting as f64 * share).sum();
    assert_close(
        &[
            (delayed, 0.457_142_857_1),
            (waiting / 4.0, 0.228_571_428_6),
            (e_mails, 1.571_428_571),
            ((4.0 + e_mails) * 2.0 / 12.0, 0.928_571_428_6),
            (1.0 - delayed * f64::exp(-(6.0 - 4.0) / 3.0), 0.765_295_031_3),
        ],
        1e-9,
    );
}

#[test]
fn a_transfer_with_and_without_patience() {
    // 3 and 0.5 calls a minute of 2 and 4 minutes; three in ten go on from the first pool to the second.
    // Endless patience, 8 and 8 agents: each pool is an Erlang C queue with all its visits (Jackson 1957).
    for (visits, handling, delayed, asa) in
        [(3.0, 2.0, 0.356_981_085_9, 0.356_981_085_9), (1.4, 4.0, 0.270_602_932_2, 0.451_004_887_1)]
    {
        let queue = erlang_c(&Demand::new(visits, handling), 8);
        assert_close(&[(queue.delayed, delayed), (queue.mean_wait_s, asa)], 1e-9);
    }
    // Patience of 1 ÷ 0.3 and 5 minutes, 8 and 6 agents.
    let (n_1, n_2, sizes) = (8, 6, [40, 36]);
    let chain = Chain::on_grid(sizes, |[second, first]| {
        let (busy_1, busy_2) = (first.min(n_1) as f64, second.min(n_2) as f64);
        let mut to = vec![([second, first + 1], 3.0), ([second + 1, first], 0.5)];
        if first > 0 {
            to.push(([second, first - 1], 0.5 * 0.7 * busy_1 + 0.3 * first.saturating_sub(n_1) as f64));
            to.push(([second + 1, first - 1], 0.5 * 0.3 * busy_1));
        }
        if second > 0 {
            to.push(([second - 1, first], 0.25 * busy_2 + 0.2 * second.saturating_sub(n_2) as f64));
        }
        to
    });
    let law = chain.balance().expect("one balance");
    let queues = [
        mean(sizes, &law, |[_, first]| first.saturating_sub(n_1) as f64),
        mean(sizes, &law, |[second, _]| second.saturating_sub(n_2) as f64),
    ];
    let transfers = 0.15 * mean(sizes, &law, |[_, first]| first.min(n_1) as f64);
    assert_close(
        &[
            (queues[0], 0.412_617_325_4),
            (queues[1], 0.790_549_734_9),
            (transfers, 0.862_864_440_7),
            (0.2 * queues[1] / (transfers + 0.5), 0.116_012_966_7),
        ],
        1e-7,
    );
}

#[test]
fn a_second_pool_helps_the_first_class_which_goes_before_its_own() {
    // Class 1: 1 a minute, first pool 1 (3 agents, 2.5 minutes), else pool 2; class 2: 0.8 a minute, pool 2 only (3 agents, 2
    // minutes for either). Patience 1 ÷ 0.3 and 5 minutes, 8 places; a freed agent of pool 2 takes class 1 first.
    let (mu_1, mu_2) = (0.4, 0.5);
    // Waiting of class 1 and 2, busy in pool 1 and 2.
    let sizes = [9, 9, 4, 4];
    let chain = Chain::on_grid(sizes, |[wait_1, wait_2, busy_1, busy_2]| {
        let full = busy_2 == 3;
        if wait_1 + wait_2 > 8 || (wait_1 > 0 && !(busy_1 == 3 && full)) || (wait_2 > 0 && !full) {
            return vec![];
        }
        let has_place = wait_1 + wait_2 < 8;
        let mut to = Vec::new();
        if busy_1 < 3 {
            to.push(([wait_1, wait_2, busy_1 + 1, busy_2], 1.0));
        } else if !full {
            to.push(([wait_1, wait_2, busy_1, busy_2 + 1], 1.0));
        } else if has_place {
            to.push(([wait_1 + 1, wait_2, busy_1, busy_2], 1.0));
        }
        if !full {
            to.push(([wait_1, wait_2, busy_1, busy_2 + 1], 0.8));
        } else if has_place {
            to.push(([wait_1, wait_2 + 1, busy_1, busy_2], 0.8));
        }
        if busy_1 > 0 {
            let next =
                if wait_1 > 0 { [wait_1 - 1, wait_2, 3, busy_2] } else { [0, wait_2, busy_1 - 1, busy_2] };
            to.push((next, mu_1 * busy_1 as f64));
        }
        if busy_2 > 0 {
            let next = if wait_1 > 0 {
                [wait_1 - 1, wait_2, busy_1, busy_2]
            } else if wait_2 > 0 {
                [0, wait_2 - 1, busy_1, busy_2]
            } else {
                [0, 0, busy_1, busy_2 - 1]
            };
            to.push((next, mu_2 * busy_2 as f64));
        }
        if wait_1 > 0 {
            to.push(([wait_1 - 1, wait_2, busy_1, busy_2], 0.3 * wait_1 as f64));
        }
        if wait_2 > 0 {
            to.push(([wait_1, wait_2 - 1, busy_1, busy_2], 0.2 * wait_2 as f64));
        }
        to
    });
    let law = chain.balance().expect("one balance");
    // The share is that of class 1: one of class 2 is turned away also while pool 1 idles.
    let is_full = |wait_1: usize, wait_2: usize| f64::from(wait_1 + wait_2 == 8);
    let blocked_1 =
        mean(sizes, &law, |[wait_1, wait_2, busy_1, _]| is_full(wait_1, wait_2) * f64::from(busy_1 == 3));
    let blocked_2 = mean(sizes, &law, |[wait_1, wait_2, ..]| is_full(wait_1, wait_2));
    let waiting_1 = mean(sizes, &law, |[wait_1, ..]| wait_1 as f64);
    let waiting_2 = mean(sizes, &law, |[_, wait_2, ..]| wait_2 as f64);
    assert_close(
        &[
            (blocked_1, 0.000_352_549_882_3),
            (waiting_1 / (1.0 - blocked_1), 0.078_297_598_81),
            (waiting_2 / (0.8 * (1.0 - blocked_2)), 0.440_113_890_9),
            (mean(sizes, &law, |[_, _, busy_1, _]| busy_1 as f64) / 3.0, 0.620_765_272),
            (mean(sizes, &law, |[.., busy_2]| busy_2 as f64) / 3.0, 0.640_359_517_4),
        ],
        1e-8,
    );
}
