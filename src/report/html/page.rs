//! A report as one HTML file: everything inside, nothing loaded.
//!
//! Chooses no number and no word but those of its own furniture. Invariant: every element is closed, every text escaped.

use std::fmt::Write as _;
use std::io;

use super::markup::escaped;
use super::model::{
    Assumption, Block, CellTone, Failure, Grid, GridCell, GridRow, Mark, Report, Section, Tile,
};
use super::svg;
use crate::report::charts::{Chart, Figure, FigureCell, FigureTable, View};
use crate::report::language::{Language, Word};
use crate::report::number::NumberStyle;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("behave.js");
/// Longer values of a scenario, such as profiles of a year, are cut: the file has them.
const LONGEST_VALUE: usize = 240;

/// Writes the page.
///
/// # Errors
/// If `out` does.
pub(super) fn write(out: &mut dyn io::Write, report: &Report) -> io::Result<()> {
    out.write_all(page(report).as_bytes())
}

fn page(report: &Report) -> String {
    let language = report.language;
    let title = escaped(&report.title);
    let mut html = String::with_capacity(1 << 20);
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"generator\" content=\"holdtime {}\"/>\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\"/>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        language.code(),
        env!("CARGO_PKG_VERSION"),
    );
    let _ = write!(html, "<header class=\"first\">\n<h1>{title}</h1>\n<p class=\"facts\">");
    let facts: Vec<String> =
        report.facts.iter().map(|fact| format!("<span>{}</span>", escaped(fact))).collect();
    let _ = writeln!(html, "{}</p>", facts.join(" <i>·</i> "));
    for state in &report.states {
        let class = match state.is_failure {
            Failure::Grave => "state grave",
            Failure::Mild => "state",
        };
        let _ = writeln!(html, "<p class=\"{class}\" role=\"note\">{}</p>", escaped(&state.text));
    }
    let _ = writeln!(html, "<p class=\"lead\">{}</p>", escaped(&report.lead));
    let _ = write!(html, "</header>\n<main>\n<div class=\"screen\">\n");
    for (class, blocks_) in [("wide", &report.wide), ("left", &report.left), ("right", &report.right)] {
        if !blocks_.is_empty() {
            let _ = writeln!(html, "<div class=\"{class}\">");
            blocks(&mut html, blocks_, "", language);
            html.push_str("</div>\n");
        }
    }
    html.push_str("</div>\n");
    navigation(&mut html, report);
    report.sections.iter().for_each(|part| section(&mut html, part, language));
    definitions(&mut html, &report.definitions, language);
    assumptions(&mut html, &report.assumptions, language);
    let foot: Vec<String> = report.foot.iter().map(|line| escaped(line)).collect();
    let _ = write!(
        html,
        "</main>\n<footer>{}</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        foot.join(" · ")
    );
    html
}

fn navigation(html: &mut String, report: &Report) {
    let _ = write!(html, "<nav aria-label=\"{}\">", report.language.say(Word::Contents));
    for part in &report.sections {
        let _ = write!(html, "<a href=\"#{}\">{}</a> ", part.id, escaped(&part.heading));
    }
    let _ = write!(html, "<a href=\"#definitions\">{}</a> ", report.language.say(Word::Definitions));
    if !report.assumptions.is_empty() {
        let count = report.assumptions.len();
        let heading = report.language.say(Word::Assumptions);
        let _ = write!(html, "<a href=\"#assumptions\">{heading} ({count})</a>");
    }
    html.push_str("</nav>\n");
}

fn section(html: &mut String, part: &Section, language: Language) {
    let _ = writeln!(
        html,
        "<section id=\"{}\">\n<h2>{}</h2>\n<div class=\"cards\">",
        part.id,
        escaped(&part.heading)
    );
    blocks(html, &part.blocks, "card", language);
    html.push_str("</div>\n</section>\n");
}

fn blocks(html: &mut String, blocks: &[Block], class: &str, language: Language) {
    for block in blocks {
        match block {
            Block::Text(text) => {
                let _ = writeln!(html, "<p class=\"text\">{}</p>", escaped(text));
            }
            Block::Tiles(tiles) => tiles_(html, tiles),
            Block::Grid(grid) => {
                // A few columns need no whole line.
                let width = if grid.headings.len() > 4 { "full" } else { "half" };
                let _ = write!(html, "<div class=\"{class} {width}\">");
                grid_(html, grid);
                html.push_str("</div>\n");
            }
            Block::Chart(chart) => chart_(html, chart, class, language),
        }
    }
}

fn tiles_(html: &mut String, tiles: &[Tile]) {
    html.push_str("<dl class=\"tiles\">");
    for tile in tiles {
        let _ = write!(
            html,
            "<div><dt>{}</dt><dd>{} <small>{}</small></dd></div>",
            escaped(&tile.name),
            escaped(&tile.value),
            escaped(&tile.beside)
        );
    }
    html.push_str("</dl>\n");
}

fn grid_(html: &mut String, grid: &Grid) {
    html.push_str("<div class=\"scroll\" tabindex=\"0\"><table class=\"grid\">");
    if !grid.caption.is_empty() {
        let _ = write!(html, "<caption>{}</caption>", escaped(&grid.caption));
    }
    html.push_str("<thead><tr>");
    for (position, heading) in grid.headings.iter().enumerate() {
        let first = grid.rows.first().and_then(|row| row.cells.get(position.checked_sub(1)?));
        let is_number = first.is_some_and(|cell| cell.tone == CellTone::Number);
        let class = if is_number { "" } else { " class=\"t\"" };
        let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escaped(heading));
    }
    html.push_str("</tr></thead><tbody>");
    grid.rows.iter().for_each(|row| grid_row(html, row));
    html.push_str("</tbody></table></div>");
    if !grid.note.is_empty() {
        let _ = write!(html, "<p class=\"note\">{}</p>", escaped(&grid.note));
    }
}

fn grid_row(html: &mut String, row: &GridRow) {
    let class = match row.is_marked {
        Mark::None => "",
        Mark::Recommended => " class=\"recommended\"",
        Mark::Reference => " class=\"reference\"",
        Mark::Total => " class=\"total\"",
    };
    let _ = write!(html, "<tr{class}><th scope=\"row\">{}</th>", escaped(&row.name));
    row.cells.iter().for_each(|cell| grid_cell(html, cell));
    html.push_str("</tr>");
}

fn grid_cell(html: &mut String, cell: &GridCell) {
    let class = match cell.tone {
        CellTone::Number => "n",
        CellTone::Words => "t",
        CellTone::Good => "t good",
        CellTone::Bad => "t bad",
        CellTone::Open => "t open",
    };
    let beside = if cell.beside.is_empty() {
        String::new()
    } else {
        format!(" <small>{}</small>", escaped(&cell.beside))
    };
    let _ = write!(html, "<td class=\"{class}\">{}{beside}</td>", escaped(&cell.text));
}

fn chart_(html: &mut String, chart: &Chart, class: &str, language: Language) {
    let id = &chart.id;
    let _ = write!(
        html,
        "<figure class=\"chart {class}\" id=\"c-{id}\"><figcaption><h3>{}</h3>",
        escaped(&chart.question)
    );
    if chart.views.len() > 1 {
        let _ = write!(html, "<select aria-label=\"{}\" hidden=\"\">", language.say(Word::Show));
        for (position, view) in chart.views.iter().enumerate() {
            let _ = write!(html, "<option value=\"{position}\">{}</option>", escaped(&view.name));
        }
        html.push_str("</select>");
    }
    html.push_str("</figcaption>");
    for (position, view) in chart.views.iter().enumerate() {
        let class = if position == 0 { "view" } else { "view later" };
        let _ = write!(html, "<div class=\"{class}\" data-view=\"{position}\">");
        view_(html, chart, view, language);
        html.push_str("</div>");
    }
    let _ = writeln!(html, "<p class=\"about\">{}</p></figure>", escaped(&chart.about));
}

fn view_(html: &mut String, chart: &Chart, view: &View, language: Language) {
    let name = if view.name.is_empty() { String::new() } else { format!(", {}", view.name) };
    let label = language.fill(Word::ChartLabel, &[&format!("{}{name}", chart.question), &chart.about]);
    if chart.views.len() > 1 && !is_said(&view.figure, &view.name) {
        let _ = write!(html, "<p class=\"which\">{}</p>", escaped(&view.name));
    }
    legend(html, &view.figure);
    let _ = write!(html, "<div class=\"drawing\">{}</div>", svg::drawn(&view.figure, &label, language));
    let _ = write!(html, "<details class=\"behind\"><summary>{}</summary>", language.say(Word::TableBehind));
    figure_table(html, &view.figure.table(language), language);
    html.push_str("</details>");
}

/// Whether the axis says already what the picture is of.
fn is_said(figure: &Figure, name: &str) -> bool {
    match figure {
        Figure::Lines(lines) => lines.y.title == name,
        Figure::Heat(heat) => heat.of.title == name,
        Figure::Dots(dots) => dots.x.title == name,
        Figure::Plane(_) | Figure::Flows(_) => false,
    }
}

/// The colours and what they are of, where there are several.
fn legend(html: &mut String, figure: &Figure) {
    let names: Vec<&str> = match figure {
        Figure::Lines(lines) => lines.series.iter().map(|series| series.name.as_str()).collect(),
        Figure::Dots(dots) => dots.rows.iter().fold(Vec::new(), |mut names, row| {
            if !row.group.is_empty() && !names.contains(&row.group.as_str()) {
                names.push(row.group.as_str());
            }
            names
        }),
        Figure::Heat(_) | Figure::Plane(_) | Figure::Flows(_) => Vec::new(),
    };
    if names.len() < 2 {
        return;
    }
    html.push_str("<ul class=\"legend\">");
    for (position, name) in names.iter().enumerate() {
        let _ = write!(html, "<li><i class=\"k{}\"></i>{}</li>", position % 7 + 1, escaped(name));
    }
    html.push_str("</ul>");
}

fn figure_table(html: &mut String, table: &FigureTable, language: Language) {
    let style = |position: usize| {
        let unit = table.columns[position].unit?;
        let values = table.rows.iter().map(|row| match &row[position] {
            FigureCell::Number(value) => *value,
            FigureCell::Text(_) => None,
        });
        Some(NumberStyle::for_column(unit, values))
    };
    let styles: Vec<Option<NumberStyle>> = (0..table.columns.len()).map(style).collect();
    html.push_str("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    for column in &table.columns {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(&column.heading));
    }
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        html.push_str("<tr>");
        for (cell, style) in row.iter().zip(&styles) {
            match (cell, style) {
                (FigureCell::Text(text), _) => {
                    let _ = write!(html, "<td>{}</td>", escaped(text));
                }
                (FigureCell::Number(value), style) => {
                    let text = value.zip(*style).map(|(value, style)| style.value(value));
                    let text = text.map_or_else(|| "–".to_owned(), |text| language.number(&text));
                    let _ = write!(html, "<td class=\"n\">{text}</td>");
                }
            }
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
}

fn definitions(html: &mut String, lines: &[String], language: Language) {
    let _ = write!(
        html,
        "<section id=\"definitions\"><details><summary>{}</summary><ul>",
        language.say(Word::Definitions)
    );
    for line in lines {
        let _ = write!(html, "<li>{}</li>", escaped(line));
    }
    html.push_str("</ul></details></section>\n");
}

fn assumptions(html: &mut String, list: &[Assumption], language: Language) {
    if list.is_empty() {
        return;
    }
    let _ = write!(
        html,
        "<section id=\"assumptions\"><details><summary>{} ({})</summary><p class=\"note\">{}</p>\
         <div class=\"scroll\" tabindex=\"0\"><table><thead><tr>",
        language.say(Word::Assumptions),
        list.len(),
        language.say(Word::AssumptionsAbout)
    );
    for heading in [Word::Key, Word::Value, Word::Origin] {
        let _ = write!(html, "<th scope=\"col\">{}</th>", language.say(heading));
    }
    html.push_str("</tr></thead><tbody>");
    for Assumption { path, value, origin } in list {
        let value: String = if value.chars().count() > LONGEST_VALUE {
            value.chars().take(LONGEST_VALUE).chain(['…']).collect()
        } else {
            value.clone()
        };
        let _ = write!(
            html,
            "<tr><td><code>{}</code></td><td class=\"v\">{}</td><td class=\"v\">{}</td></tr>",
            escaped(path),
            escaped(&value),
            escaped(origin)
        );
    }
    html.push_str("</tbody></table></div></details></section>\n");
}
