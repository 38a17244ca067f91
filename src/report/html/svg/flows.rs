//! Flows from left to right, as wide as what goes there.
//!
//! Invariant: what enters a place and what leaves it are drawn on the same scale.

use super::canvas::{Anchor, Canvas, place};
use super::{LINE, WIDTH, colour, fitting, spread_text, width_of};
use crate::report::charts::{Flows, Node};
use crate::report::language::Language;

const BAR: f64 = 10.0;
const TOP: f64 = 8.0;
const GAP: f64 = 7.0;
const LEAST_HEIGHT: f64 = 240.0;

/// A node as it is placed.
#[derive(Clone, Copy, Default)]
struct Placed {
    x: f64,
    y: f64,
    height: f64,
    /// How much has been drawn in and out so far.
    entered: f64,
    left: f64,
}

pub(super) fn drawn(flows: &Flows, language: Language) -> Canvas {
    let amount = |link: &crate::report::charts::Link| link.amount.value.unwrap_or_default().max(0.0);
    let through = |node: usize| {
        let into: f64 = flows.links.iter().filter(|link| link.to == node).map(amount).sum();
        let out: f64 = flows.links.iter().filter(|link| link.from == node).map(amount).sum();
        into.max(out)
    };
    let sizes: Vec<f64> = (0..flows.nodes.len()).map(through).collect();
    let stages = flows.nodes.iter().map(|node| node.stage).max().unwrap_or(0);
    let of_stage = |stage: usize| {
        let own = flows.nodes.iter().enumerate().filter(move |(_, node)| node.stage == stage);
        own.map(|(position, _)| position).filter(|position| sizes[*position] > 0.0).collect::<Vec<_>>()
    };
    let most_rows = (0..=stages).map(|stage| of_stage(stage).len()).max().unwrap_or(1);
    // Every name has a line of its own, however thin its node is.
    let height = (most_rows as f64 * (LINE + GAP)).max(LEAST_HEIGHT);
    let largest = (0..=stages).map(|stage| of_stage(stage).iter().map(|node| sizes[*node]).sum::<f64>());
    let largest = largest.fold(f64::MIN_POSITIVE, f64::max);
    let room = height - most_rows as f64 * GAP;
    let names = |stage: usize| {
        let own = of_stage(stage).into_iter().map(|node| width_of(&flows.nodes[node].name));
        own.fold(0.0, f64::max).min(150.0) + 8.0
    };
    let (first, last) = (0.0, WIDTH - BAR - names(stages));
    let mut placed = vec![Placed::default(); flows.nodes.len()];
    let mut lowest: f64 = 0.0;
    for stage in 0..=stages {
        let own = of_stage(stage);
        let x = first + (last - first) * stage as f64 / stages.max(1) as f64;
        let heights: Vec<f64> =
            own.iter().map(|node| (room * 0.8 * sizes[*node] / largest).max(1.5)).collect();
        let line = |height: f64| height.max(LINE) + GAP;
        let taken: f64 = heights.iter().map(|height| line(*height)).sum();
        let mut y = TOP + ((height - taken) / 2.0).max(0.0);
        for (node, height) in own.iter().zip(heights) {
            placed[*node] =
                Placed { x, y: y + (line(height) - GAP - height) / 2.0, height, ..Placed::default() };
            y += line(height);
        }
        lowest = lowest.max(y);
    }
    let mut canvas = Canvas::new(lowest.max(height) + TOP);
    let scale = room * 0.8 / largest;
    for link in &flows.links {
        let wide = amount(link) * scale;
        let (from, to) = (placed[link.from], placed[link.to]);
        let (x1, x2) = (from.x + BAR, to.x);
        let (y1, y2) = (from.y + from.left + wide / 2.0, to.y + to.entered + wide / 2.0);
        placed[link.from].left += wide;
        placed[link.to].entered += wide;
        let middle = (x1 + x2) / 2.0;
        let half = (wide / 2.0).max(0.4);
        let [x1, x2, middle] = [x1, x2, middle].map(place);
        let [a, b, c, d] = [y1 - half, y2 - half, y2 + half, y1 + half].map(place);
        let path = format!(
            "M{x1} {a}C{middle} {a} {middle} {b} {x2} {b}L{x2} {c}C{middle} {c} {middle} {d} {x1} {d}Z"
        );
        let class = colour(middle_node(flows, link));
        let told = format!(
            "{} → {} · {}",
            flows.nodes[link.from].name,
            flows.nodes[link.to].name,
            spread_text(flows.unit, &link.amount, language)
        );
        canvas.hit_path(&format!("flow f{class}"), &path, &told);
    }
    for (position, node) in flows.nodes.iter().enumerate().filter(|(position, _)| sizes[*position] > 0.0) {
        let own = placed[position];
        canvas.rect("node", (own.x, own.y), (BAR, own.height));
        label(&mut canvas, node, own, WIDTH - BAR - last);
    }
    canvas
}

/// A flow has the colour of the class that it goes into or out of.
fn middle_node(flows: &Flows, link: &crate::report::charts::Link) -> usize {
    let middle = if flows.nodes[link.from].stage == 0 { link.to } else { link.from };
    flows.nodes[..middle].iter().filter(|node| node.stage == flows.nodes[middle].stage).count()
}

fn label(canvas: &mut Canvas, node: &Node, own: Placed, room: f64) {
    let at = (own.x + BAR + 4.0, own.y + own.height / 2.0 + 4.0);
    let room = if node.stage == 0 { 130.0 } else { room.max(90.0) };
    canvas.text("lb nm halo", Anchor::Start, at, &fitting(&node.name, room));
}
