//! Distributions of durations, from the file's words to [`Dist`].
//!
//! Checks what only the numbers together can tell. Invariant: a law that comes back can be drawn from.

use super::almanac::Almanac;
use super::checked::{Law, LawSpan};
use super::days::misfit;
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::tree::{Entry, Node};
use super::volume::{counted_intervals, is_over_horizon, step_of_horizon};
use crate::random::{Dist, DistError};

/// A distribution; `None` if it is absent or refused (and reported).
pub(super) fn dist(build: &mut Build, node: Option<&Node>, path: &str) -> Option<Dist> {
    let (node, [entry]) = (node?, node?.table()?.entries.as_slice()) else { return None };
    let path = super::shape::path_join(path, &entry.key);
    match family(build, entry, &path)? {
        Ok(dist) => {
            // The file's bounds on durations and those of the families leave nothing else.
            debug_assert!(dist.mean().is_finite() && dist.min() >= 0.0, "{path}: {dist:?}");
            Some(dist)
        }
        Err(error) => {
            let at = entry.node.get(error.parameter).map_or(entry.node.origin, |node| node.origin);
            if build.reading.problems.iter().any(|problem| problem.origin() == Some(at)) {
                // Its own bounds have been told.
                return None;
            }
            build.report(
                Diagnostic::error(format!("`{path}` is no possible distribution"))
                    .at(if at.end > at.start { at } else { node.origin })
                    .found(found_in_words(&error, &entry.node))
                    .allowed(in_file_words(error.allowed)),
            );
            None
        }
    }
}

impl Law {
    /// The mean for visits that enter in an interval of the run, seconds.
    #[must_use]
    pub fn mean_at(&self, interval: usize, almanac: &Almanac) -> f64 {
        match self {
            Self::Always(dist) => dist.mean(),
            Self::ByInterval(dists) => {
                let slot = usize::from(almanac.intervals[interval].slot);
                dists[(slot * dists.len() / almanac.slots_per_day).min(dists.len() - 1)].mean()
            }
            Self::Changing(spans) => {
                let later = spans.partition_point(|span| span.from as usize <= interval);
                spans[later.saturating_sub(1)].law.mean_at(interval, almanac)
            }
        }
    }

    /// The mean over the day and the run, seconds.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Always(dist) => dist.mean(),
            Self::ByInterval(dists) => dists.iter().map(Dist::mean).sum::<f64>() / dists.len() as f64,
            Self::Changing(spans) => {
                let length = |span: &LawSpan| f64::from(span.until - span.from);
                spans.iter().map(|span| span.law.mean() * length(span)).sum::<f64>()
                    / spans.iter().map(length).sum::<f64>()
            }
        }
    }
}

/// A law: a distribution, or one for each of equal steps, over the horizon or the day as in a list of agents.
pub(super) fn law(
    build: &mut Build,
    node: Option<&Node>,
    path: &str,
    almanac: Option<&Almanac>,
) -> Option<Law> {
    let Some(list) = node?.get("by_interval") else { return dist(build, node, path).map(Law::Always) };
    let items = list.list()?;
    let over_horizon = almanac.filter(|almanac| is_over_horizon(almanac, items.len()));
    let misfit = match (over_horizon, almanac) {
        (Some(almanac), _) => misfit_of_horizon(items.len(), almanac),
        (None, Some(almanac)) => misfit(items.len(), almanac.interval),
        (None, None) => None,
    };
    if let Some(allowed) = misfit {
        build.report(
            Diagnostic::error(format!("wrong number of steps in `{path}.by_interval`"))
                .at(list.origin)
                .found(items.len().to_string())
                .allowed(allowed)
                .hint("or set an `interval` that divides the steps"),
        );
        return None;
    }
    let dists: Vec<Option<Dist>> = items
        .iter()
        .enumerate()
        .map(|(i, item)| dist(build, Some(item), &format!("{path}.by_interval.{i}")))
        .collect();
    let dists = dists.into_iter().collect::<Option<Vec<Dist>>>()?;
    Some(match over_horizon {
        Some(almanac) => Law::Changing(spans(almanac, &dists).into()),
        None => Law::ByInterval(dists.into()),
    })
}

/// What a list over the horizon may hold; `None` if `n` fits.
pub(super) fn misfit_of_horizon(n: usize, almanac: &Almanac) -> Option<String> {
    let counted = counted_intervals(almanac);
    (n == 0 || !counted.is_multiple_of(n)).then(|| {
        format!(
            "equal steps over the horizon that are multiples of the interval of {}: a number that divides {counted}",
            almanac.interval
        )
    })
}

/// One span for each run of intervals in the same step of the horizon.
fn spans(almanac: &Almanac, dists: &[Dist]) -> Vec<LawSpan> {
    let mut spans: Vec<LawSpan> = Vec::new();
    let mut last = None;
    for i in 0..almanac.n_intervals() {
        let step = step_of_horizon(almanac, i, dists.len());
        match spans.last_mut() {
            Some(span) if last == Some(step) => span.until = i as u32 + 1,
            _ => spans.push(LawSpan {
                from: i as u32,
                until: i as u32 + 1,
                law: Law::Always(dists[step].clone()),
            }),
        }
        last = Some(step);
    }
    spans
}

/// The law with all values times `factor`; `None` where a parameter would leave its range.
pub(super) fn scaled(law: &Law, factor: f64) -> Option<Law> {
    if factor == 1.0 {
        return Some(law.clone());
    }
    match law {
        Law::Always(dist) => dist.scaled(factor).ok().map(Law::Always),
        Law::ByInterval(dists) => {
            dists.iter().map(|dist| dist.scaled(factor).ok()).collect::<Option<_>>().map(Law::ByInterval)
        }
        Law::Changing(spans) => {
            let scaled = |span: &LawSpan| Some(LawSpan { law: scaled(&span.law, factor)?, ..span.clone() });
            spans.iter().map(scaled).collect::<Option<_>>().map(Law::Changing)
        }
    }
}

/// Outer `None`: something was refused already.
fn family(build: &mut Build, entry: &Entry, path: &str) -> Option<Result<Dist, DistError>> {
    let node = &entry.node;
    let seconds = |key: &str| read::seconds(node.get(key));
    Some(match entry.key.as_str() {
        "constant" => Dist::constant(read::seconds(Some(node))?),
        "exponential" => Dist::exponential(seconds("mean")?),
        "lognormal" if node.get("mu").is_some() || node.get("sigma").is_some() => {
            let stray = ["mean", "cv", "sd"].into_iter().find(|key| node.get(key).is_some());
            if let Some(stray) = stray {
                build.report(
                    Diagnostic::error(format!("`{path}` mixes two ways of writing"))
                        .at(node.origin)
                        .found(format!("`{stray}` beside `mu` or `sigma`"))
                        .allowed("`mean` with `cv` or `sd`; or `mu` with `sigma`"),
                );
                return None;
            }
            Dist::lognormal_log(read::any_number(node.get("mu"))?, read::not_negative(node.get("sigma"))?)
        }
        "lognormal" => Dist::lognormal(seconds("mean")?, cv(node)?),
        "gamma" => Dist::gamma(seconds("mean")?, cv(node)?),
        "erlang" => Dist::erlang(read::count(node.get("k"))?, seconds("mean")?),
        "weibull" => Dist::weibull(read::positive(node.get("shape"))?, seconds("mean")?),
        "uniform" => Dist::uniform(seconds("min")?, seconds("max")?).map_err(by_file_key),
        "triangular" => {
            Dist::triangular(seconds("min")?, seconds("mode")?, seconds("max")?).map_err(by_file_key)
        }
        "hyperexponential" => {
            let means = all_seconds(node.get("means"))?;
            let weights = weights(build, node, "means", means.len(), path)?;
            Dist::hyperexponential(&pair(&weights, &means))
        }
        "empirical" => {
            let values = all_seconds(node.get("values"))?;
            let weights = match node.get("weights") {
                Some(_) => weights(build, node, "values", values.len(), path)?,
                None => {
                    build.default(
                        format!("{path}.weights"),
                        "equal",
                        "each value is as likely as the others",
                    );
                    vec![1.0; values.len()]
                }
            };
            Dist::empirical(&pair(&values, &weights))
        }
        "mixture" => {
            let parts: Vec<Option<(f64, Dist)>> = node
                .list()?
                .iter()
                .enumerate()
                .map(|(i, part)| {
                    let of = dist(build, part.get("of"), &format!("{path}.{i}.of"));
                    Some((read::not_negative(part.get("weight"))?, of?))
                })
                .collect();
            Dist::mixture(parts.into_iter().collect::<Option<Vec<_>>>()?)
        }
        "shifted" => {
            let inner = dist(build, node.get("of"), &format!("{path}.of"))?;
            Dist::shifted(inner, seconds("by")?)
        }
        "truncated" => {
            let inner = dist(build, node.get("of"), &format!("{path}.of"))?;
            let low = if node.get("min").is_some() { seconds("min")? } else { 0.0 };
            let high = if node.get("max").is_some() { seconds("max")? } else { f64::INFINITY };
            Dist::truncated(inner, low, high).map_err(by_file_key)
        }
        _ => return None,
    })
}

/// What was found; of a window without an upper end nothing but what is written.
fn found_in_words(error: &DistError, node: &Node) -> String {
    match (error.parameter, node.get("min"), node.get("max")) {
        ("max", Some(min), None) => {
            format!("`min` is {}, and hardly any value of the law lies above it", min.show())
        }
        _ => in_file_words(&format!("`{}` is {}", error.parameter, error.found)),
    }
}

/// The files say `min` and `max`.
fn in_file_words(text: &str) -> String {
    text.replace("`low`", "`min`").replace("`high`", "`max`")
}

fn by_file_key(mut error: DistError) -> DistError {
    error.parameter = match error.parameter {
        "low" => "min",
        "high" => "max",
        other => other,
    };
    error
}

fn cv(node: &Node) -> Option<f64> {
    match (node.get("cv"), node.get("sd")) {
        (cv @ Some(_), _) => read::not_negative(cv),
        (None, sd) => {
            let mean = read::seconds(node.get("mean"))?;
            Some(if mean > 0.0 { read::seconds(sd)? / mean } else { 0.0 })
        }
    }
}

fn all_seconds(node: Option<&Node>) -> Option<Vec<f64>> {
    // That a list is empty is told already.
    node?.list().filter(|items| !items.is_empty())?.iter().map(|item| read::seconds(Some(item))).collect()
}

fn weights(build: &mut Build, node: &Node, of: &str, n: usize, path: &str) -> Option<Vec<f64>> {
    let weights = read::numbers(node.get("weights"))?;
    if weights.len() == n {
        return Some(weights);
    }
    build.report(
        Diagnostic::error(format!("`{path}` has not as many `weights` as `{of}`"))
            .at(read::place(node.get("weights"), node.origin))
            .found(format!("{} of `weights`, {n} of `{of}`", weights.len()))
            .allowed("as many of both"),
    );
    None
}

fn pair(a: &[f64], b: &[f64]) -> Vec<(f64, f64)> {
    a.iter().copied().zip(b.iter().copied()).collect()
}
