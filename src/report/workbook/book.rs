//! Sheets and charts to the bytes of a workbook.
//!
//! Chooses no content. Invariant: the same sheets give the same bytes: the date of creation is fixed, and nothing of the
//! machine is written.

use std::io;

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartLegendPosition,
    ChartLine, ChartMarker, ChartRange, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::chart::{Drawing, Floor, Kind};
use super::sheet::{Cell, Look, MOST_ROWS, Sheet, Wrap};

/// Longer texts are no cells of the format.
const MOST_CHARACTERS: usize = 32_000;
/// Colours that the colour-blind tell apart (Okabe and Ito).
const COLOURS: [&str; 6] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
/// Of the sheet of charts.
const CHARTS: &str = "Charts";
const CHART_WIDTH: u32 = 900;
const CHART_HEIGHT: u32 = 310;
/// Rows of a sheet that a chart takes, and the gap below it.
const ROWS_A_CHART: u32 = 16;
/// Digits across a page that can still be read.
const WIDEST_PAGE: usize = 260;
/// Charts on a printed page.
const CHARTS_A_PAGE: usize = 2;
/// Points that a line of a cell takes.
const LINE: f64 = 15.0;
/// The format shows no taller row.
const MOST_LINES: usize = 27;

/// The formats of a workbook, made once.
struct Formats {
    heading: Format,
    text: Format,
    wrapped: Format,
    date: Format,
    time: Format,
    moment: Format,
    looks: Vec<(Look, Format)>,
}

impl Formats {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        // As text: what is typed over it later stays text, too. Apart from the number on its left.
        let text = || cell().set_num_format("@").set_align(FormatAlign::Left).set_indent(1);
        let looks = [
            Look::Count,
            Look::Tenths,
            Look::Hundredths,
            Look::Share,
            Look::Seconds,
            Look::Clock,
            Look::Hours,
            Look::Euros,
            Look::Cents,
            Look::Plain,
        ];
        Self {
            heading: Format::new()
                .set_bold()
                .set_background_color("#DDE6EE")
                .set_border_bottom(FormatBorder::Thin)
                .set_indent(1)
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Left),
            text: text(),
            wrapped: text().set_text_wrap(),
            date: cell().set_num_format("yyyy-mm-dd"),
            time: cell().set_num_format("hh:mm"),
            moment: cell().set_num_format("yyyy-mm-dd hh:mm"),
            looks: looks.map(|look| (look, cell().set_num_format(look.code()))).into(),
        }
    }

    fn of(&self, look: Look) -> &Format {
        let found = self.looks.iter().find(|(one, _)| *one == look);
        found.map_or(&self.text, |(_, format)| format)
    }
}

/// Writes the sheets, the drawings on a sheet of their own after the first.
///
/// # Errors
/// If `out` does, or a sheet has more rows than the format allows.
pub(super) fn write(
    out: &mut dyn io::Write,
    title: &str,
    sheets: Vec<Sheet>,
    drawings: &[Drawing],
) -> io::Result<()> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io_error)?;
    let properties = DocProperties::new()
        .set_title(cut(title, 255))
        .set_author("holdtime")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let formats = Formats::new();
    let sheets: Vec<Sheet> = sheets.into_iter().map(Sheet::evened).collect();
    for (i, sheet) in sheets.iter().enumerate() {
        if sheet.rows.len() >= MOST_ROWS {
            let why = format!(
                "sheet `{}` would have {} rows; at most {MOST_ROWS} fit",
                sheet.name,
                sheet.rows.len() + 1
            );
            return Err(io::Error::other(why));
        }
        fill(workbook.add_worksheet(), sheet, &formats).map_err(io_error)?;
        if i == 0 && !drawings.is_empty() {
            draw(workbook.add_worksheet(), &sheets, drawings).map_err(io_error)?;
        }
    }
    let bytes = workbook.save_to_buffer().map_err(io_error)?;
    out.write_all(&bytes)
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.name)?;
    for (i, (column, width)) in sheet.columns.iter().zip(sheet.widths()).enumerate() {
        let i = i as u16;
        worksheet.set_column_width(i, width as f64)?;
        worksheet.write_string_with_format(0, i, cut(&column.heading, MOST_CHARACTERS), &formats.heading)?;
    }
    for (row, cells) in (1u32..).zip(&sheet.rows) {
        // Not every program that opens the file grows a row by itself.
        let lines = sheet.lines(cells).min(MOST_LINES);
        if lines > 1 {
            worksheet.set_row_height(row, LINE * lines as f64)?;
        }
        for (i, (cell, column)) in cells.iter().zip(&sheet.columns).enumerate() {
            let i = i as u16;
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    let format = match column.wrap {
                        Wrap::No => &formats.text,
                        Wrap::Yes => &formats.wrapped,
                    };
                    worksheet.write_string_with_format(row, i, cut(text, MOST_CHARACTERS), format)?;
                }
                Cell::Number(value, look) => {
                    let value = if *look == Look::Clock { value / 86_400.0 } else { *value };
                    worksheet.write_number_with_format(row, i, value, formats.of(*look))?;
                }
                Cell::Date(date) => match moment(*date, 0) {
                    Some(at) => worksheet.write_datetime_with_format(row, i, at, &formats.date).map(drop)?,
                    None => worksheet.write_string(row, i, date.to_string()).map(drop)?,
                },
                Cell::Time(minutes) => {
                    let value = f64::from(*minutes) / 1_440.0;
                    worksheet.write_number_with_format(row, i, value, &formats.time)?;
                }
                Cell::Moment(date, minutes) => match moment(*date, *minutes) {
                    Some(at) => {
                        worksheet.write_datetime_with_format(row, i, at, &formats.moment).map(drop)?
                    }
                    None => worksheet.write_string(row, i, date.to_string()).map(drop)?,
                },
            }
        }
    }
    let last = (sheet.rows.len() as u32, sheet.columns.len().saturating_sub(1) as u16);
    worksheet.set_freeze_panes(1, sheet.kept as u16)?;
    worksheet.autofilter(0, 0, last.0, last.1)?;
    worksheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    // Side by side on as many pages as it takes to be read.
    let widths = sheet.widths();
    let pages = widths.iter().sum::<usize>().div_ceil(WIDEST_PAGE).max(1);
    worksheet.set_print_fit_to_pages(pages as u16, 0);
    let kept = widths.iter().take(sheet.kept).sum::<usize>();
    if pages > 1 && sheet.kept > 0 && kept <= WIDEST_PAGE / 4 {
        worksheet.set_repeat_columns(0, sheet.kept as u16 - 1)?;
    }
    Ok(())
}

/// Dates that the format does not know (before 1900) are none.
fn moment(date: jiff::civil::Date, minutes: u16) -> Option<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let (year, month, day) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let at = ExcelDateTime::from_ymd(year, month, day).ok()?;
    at.and_hms(minutes / 60, (minutes % 60) as u8, 0).ok()
}

/// The charts below one another.
fn draw(worksheet: &mut Worksheet, sheets: &[Sheet], drawings: &[Drawing]) -> Result<(), XlsxError> {
    worksheet.set_name(CHARTS)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    worksheet.set_screen_gridlines(false);
    for (row, drawing) in (0u32..).step_by(ROWS_A_CHART as usize).zip(drawings) {
        worksheet.insert_chart(row, 0, &chart(sheets, drawing))?;
    }
    let pages = (1..drawings.len().div_ceil(CHARTS_A_PAGE)).map(|page| page * CHARTS_A_PAGE);
    let breaks: Vec<u32> = pages.map(|charts| charts as u32 * ROWS_A_CHART).collect();
    worksheet.set_page_breaks(&breaks)?;
    Ok(())
}

fn chart(sheets: &[Sheet], drawing: &Drawing) -> Chart {
    let kind = match drawing.kind {
        Kind::Lines => ChartType::Line,
        Kind::Columns => ChartType::Column,
    };
    let mut chart = Chart::new(kind);
    chart.set_width(CHART_WIDTH).set_height(CHART_HEIGHT);
    let mut font = ChartFont::new();
    font.set_size(12).set_bold();
    chart.title().set_name(drawing.question.as_str()).set_font(&font);
    chart.set_alt_text(drawing.question.as_str());
    chart.x_axis().set_name(drawing.x_axis.as_str());
    chart.y_axis().set_name(drawing.y_axis.as_str()).set_num_format(if drawing.y_look == Look::Share {
        "0 %"
    } else {
        "#,##0"
    });
    if drawing.floor == Floor::Zero {
        chart.y_axis().set_min(0);
        if drawing.y_look == Look::Share {
            chart.y_axis().set_max(1);
        }
    }
    chart.x_axis().set_label_interval(drawing.labels_every);
    if drawing.floor == Floor::Free {
        // Below the columns that hang from nothing.
        chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    }
    if let Some(dates) = drawing.dates {
        chart.x_axis().set_num_format(dates).set_date_axis(true);
    } else if drawing.labels_every > 1 {
        chart.x_axis().set_tick_interval(drawing.labels_every);
    }
    let columns = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let Some(sheet) = columns(drawing.sheet) else { return chart };
    let (first, last) = (drawing.rows.start as u32 + 1, drawing.rows.end as u32);
    let column = |heading: &str| sheet.column(heading).map(|position| position as u16);
    for (series, colour) in drawing.series.iter().zip(COLOURS.iter().cycle()) {
        let (Some(values), Some(names)) = (column(&series.heading), column(&drawing.names)) else { continue };
        let drawn = chart.add_series();
        drawn.set_values((sheet.name, first, values, last, values));
        drawn.set_categories((sheet.name, first, names, last, names));
        drawn.set_name(series.label);
        match drawing.kind {
            Kind::Lines => {
                let mut line = ChartLine::new();
                line.set_color(*colour).set_width(if series.is_bound { 0.75 } else { 1.75 });
                let mut marker = ChartMarker::new();
                drawn.set_format(&mut line).set_marker(marker.set_none());
            }
            Kind::Columns => {
                let mut fill = rust_xlsxwriter::ChartSolidFill::new();
                drawn.set_format(fill.set_color(*colour));
            }
        }
        if let Some(bars) = series.half_width.as_deref().and_then(column) {
            let range = || ChartRange::new_from_range(sheet.name, first, bars, last, bars);
            let mut error_bars = ChartErrorBars::new();
            error_bars.set_type(ChartErrorBarsType::Custom(range(), range()));
            if drawing.kind == Kind::Lines {
                let mut line = ChartLine::new();
                error_bars.set_format(line.set_color("#9DB9CE").set_width(0.5));
            }
            drawn.set_y_error_bars(&error_bars);
        }
    }
    if drawing.series.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    chart
}

/// At most so many characters, the last one a sign that there were more.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn io_error(error: XlsxError) -> io::Error {
    io::Error::other(error.to_string())
}
