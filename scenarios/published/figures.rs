//! The figures of the published models: what the sources say, by file of this folder, and how a model is run.
//!
//! Shared by the test that holds them and by the program that writes what came out. Invariant: every file of the folder is here.

use std::path::{Path, PathBuf};

use holdtime::experiment::Outcome;

use super::figure::Of::{self, All, Class, Group, Slot};
use super::figure::simulate;
use Known::{Exact, Simulated};

/// What a source knows of a figure.
#[derive(Clone, Copy)]
pub enum Known {
    Exact(f64),
    /// Mean, half of its 95 % interval, unit of the last printed digit.
    Simulated(f64, f64, f64),
}

pub type Figure = (Of, &'static str, Known);

/// A file of the folder and what its source says.
#[derive(Clone)]
pub struct Model {
    pub file: &'static str,
    /// Shorter than in the file, for the test.
    pub horizon: Option<&'static str>,
    /// Fewer or more than in the file, likewise.
    pub replications: Option<u32>,
    pub figures: Vec<Figure>,
}

fn model(
    file: &'static str,
    horizon: impl Into<Option<&'static str>>,
    replications: u32,
    figures: Vec<Figure>,
) -> Model {
    Model { file, horizon: horizon.into(), replications: Some(replications), figures }
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/published")
}

pub fn run(model: &Model) -> Outcome {
    let path = folder().join(model.file).with_extension("toml");
    let sets: Vec<String> = model.horizon.map(|horizon| format!("horizon={horizon}")).into_iter().collect();
    simulate(&path, &sets, model.replications, 1, 2)
}

pub fn textbooks() -> Vec<Model> {
    vec![
        model(
            "erlang_1917_loss",
            "5d",
            40,
            vec![
                (All, "contact_abandonment", Exact(0.010_000_289_64)),
                (All, "occupancy", Exact(0.441_658_670_8)),
            ],
        ),
        model(
            "kosten_1937_overflow",
            "2d",
            40,
            vec![
                (All, "contact_abandonment", Exact(0.036_496_945_47)),
                (Group("own"), "occupancy", Exact(0.785_417_656_9)),
                (Group("partner"), "occupancy", Exact(0.356_170_795_3)),
            ],
        ),
        model(
            "garnett_2002_patient",
            "1d",
            40,
            vec![
                (All, "delayed_share", Exact(0.694_455_611_2)),
                (All, "asa_s", Exact(20.833_668_34)),
                (All, "wait_s_p90", Simulated(58.1, 0.0, 0.1)),
                (All, "service_level", Exact(0.643_454_600_8)),
                (All, "waiting_mean", Exact(16.666_934_67)),
                (All, "occupancy", Exact(0.96)),
            ],
        ),
        model(
            "garnett_2002_impatient",
            "1d",
            40,
            vec![
                (All, "delayed_share", Exact(0.467_774_068_6)),
                (All, "abandonment", Exact(0.030_912_249_16)),
                (All, "wait_s", Exact(3.709_469_899)),
                (All, "asa_s", Exact(3.615_900_239)),
                (All, "wait_s_p90", Exact(12.444_66)),
                (All, "service_level", Exact(0.943_018_954_7)),
                (All, "waiting_mean", Exact(2.967_575_92)),
                (All, "occupancy", Exact(0.930_324_240_8)),
            ],
        ),
        model(
            "pollaczek_1930_one_agent",
            "30d",
            40,
            vec![
                (All, "asa_s", Exact(562.5)),
                (All, "waiting_mean", Exact(2.8125)),
                (All, "occupancy", Exact(0.75)),
            ],
        ),
        model(
            "cobham_1954_priorities",
            "30d",
            40,
            vec![
                (Class("urgent"), "asa_s", Exact(1.1 / 0.7 * 60.0)),
                (Class("other"), "asa_s", Exact(1.1 / (0.7 * 0.3) * 60.0)),
                (All, "occupancy", Exact(0.7)),
            ],
        ),
        model(
            "jackson_1963_two_levels",
            "5d",
            40,
            vec![
                (Class("first"), "asa_s", Exact(21.418_865_15)),
                (Class("second"), "asa_s", Exact(27.060_293_23)),
                (Class("first"), "delayed_share", Exact(0.356_981_085_9)),
                (Class("second"), "delayed_share", Exact(0.270_602_932_2)),
                (Group("first_level"), "occupancy", Exact(0.75)),
                (Group("second_level"), "occupancy", Exact(0.7)),
            ],
        ),
    ]
}

pub fn call_centres() -> Vec<Model> {
    vec![
        model(
            "garnett_2000_n_design",
            "10d",
            40,
            vec![
                (Class("one"), "abandonment", Exact(0.031_581_360_55)),
                (Class("two"), "abandonment", Exact(0.075_040_519_14)),
                (Class("one"), "wait_s", Exact(6.316_272_108)),
                (Class("two"), "wait_s", Exact(22.512_155_74)),
                (Class("one"), "delayed_share", Exact(0.182_627_817_9)),
                (Class("two"), "delayed_share", Exact(0.392_367_465_4)),
                (Group("own"), "occupancy", Exact(0.626_603_327_9)),
                (Group("flexible"), "occupancy", Exact(0.637_270_673_2)),
            ],
        ),
        model(
            "garnett_2000_n_design_priority",
            "10d",
            40,
            vec![
                (Class("one"), "abandonment", Exact(0.023_489_279_64)),
                (Class("two"), "abandonment", Exact(0.088_022_778_17)),
                (Class("one"), "wait_s", Exact(4.697_855_929)),
                (Class("two"), "wait_s", Exact(26.406_833_45)),
                (Group("own"), "occupancy", Exact(0.620_765_272)),
                (Group("flexible"), "occupancy", Exact(0.640_359_517_4)),
            ],
        ),
        model(
            "bhulai_koole_2003_blending",
            "5d",
            40,
            vec![
                (Class("calls"), "delayed_share", Exact(0.457_142_857_1)),
                (Class("calls"), "asa_s", Exact(13.714_285_714)),
                (Class("calls"), "service_level", Exact(0.765_295_031_3)),
                (All, "occupancy", Exact(0.928_571_428_6)),
            ],
        ),
        model(
            "aguir_2004_redials",
            "5d",
            40,
            vec![
                (All, "contacts_per_case", Exact(1.090_251_474)),
                (All, "abandonment", Exact(0.118_257_741_8)),
                (All, "wait_s", Exact(14.190_929_016)),
                (All, "delayed_share", Exact(0.530_581_604_4)),
                (All, "service_level", Exact(0.657_002_664_1)),
                (All, "occupancy", Exact(0.873_927_997_1)),
            ],
        ),
        model(
            "armony_maglaras_2004_callback",
            "10d",
            40,
            vec![
                (All, "abandonment", Exact(0.057_094_844_27)),
                (All, "wait_s", Exact(0.525_272_567_3 / 4.6 * 60.0)),
                (All, "callback_delay_s", Exact(340.499_778_7)),
                (All, "occupancy", Exact(0.867_472_743_3)),
            ],
        ),
        model(
            "zeltyn_2005_two_kinds_of_patience",
            "1d",
            40,
            vec![
                (All, "delayed_share", Exact(0.434_868_844)),
                (All, "abandonment", Exact(0.055_530_433_22)),
                (All, "wait_s", Exact(4.475_800_256)),
                (All, "asa_s", Exact(4.290_813_347)),
                (All, "service_level", Exact(0.891_554_274_2)),
                (All, "waiting_mean", Exact(2.237_900_128)),
                (All, "occupancy", Exact(0.960_477_525_5)),
            ],
        ),
        model(
            "delasay_2016_hurry",
            "5d",
            40,
            vec![
                (All, "delayed_share", Exact(0.547_339_370_2)),
                (All, "abandonment", Exact(0.084_341_125_07)),
                (All, "wait_s", Exact(16.868_225_02)),
                (All, "aht_s", Exact(114.631_584_6)),
                (All, "occupancy", Exact(0.874_695_231_5)),
            ],
        ),
        model("feldman_2008_stable", None, 150, vec![(All, "delayed_share", Exact(0.092_498_646_44))]),
    ]
}

pub fn days_of_contact_centers() -> Vec<Model> {
    // By the differential equations of the chain.
    let by_hour = [
        0.783_991_736_7,
        0.852_975_647,
        0.975_667_149_3,
        0.939_912_257_2,
        0.898_446_484_9,
        0.933_426_852_8,
        0.976_024_304_9,
        0.976_077_531_3,
        0.935_627_616_9,
        0.970_110_620_6,
        0.876_426_354_1,
        0.917_116_346_8,
        0.948_632_772_6,
    ];
    let mut hours: Vec<Figure> =
        (0..13).map(|i| (Slot(i, "calls"), "service_level", Exact(by_hour[i]))).collect();
    hours.extend([
        (All, "service_level", Exact(0.925_129_726_9)),
        (All, "abandoned", Exact(32.341_477_11)),
        (All, "wait_s", Exact(4.594_376_197)),
    ]);
    let types = |of: [[(f64, f64); 3]; 3]| {
        ["zero", "one", "two"].into_iter().zip(of).flat_map(|(class, of)| {
            (0..3).map(move |i| (Slot(i, class), "in_time", Simulated(of[i].0, of[i].1, 0.001)))
        })
    };
    let mut three_types = vec![
        (All, "answered", Simulated(4297.305, 27.155, 0.001)),
        (All, "abandoned", Simulated(910.335, 34.202, 0.001)),
        (All, "service_level", Simulated(0.501, 0.0075, 0.001)),
    ];
    three_types.extend(types([
        [(170.154, 5.816), (599.334, 5.175), (15.49, 1.708)],
        [(262.936, 8.339), (511.648, 5.372), (34.697, 3.427)],
        [(259.806, 9.628), (613.732, 6.146), (24.888, 2.751)],
    ]));
    let mut overflow = vec![
        (All, "answered", Simulated(4274.426, 26.922, 0.001)),
        (All, "abandoned", Simulated(933.214, 34.384, 0.001)),
        (All, "service_level", Simulated(0.579, 0.0075, 0.001)),
    ];
    overflow.extend(types([
        [(298.745, 1.869), (595.27, 5.119), (106.823, 1.831)],
        [(383.203, 3.137), (504.09, 5.115), (121.441, 3.803)],
        [(239.008, 9.832), (611.55, 6.059), (22.298, 2.629)],
    ]));
    vec![
        model(
            "contactcenters_day",
            None,
            600,
            vec![
                (All, "in_time", Simulated(1816.158, 3.54, 0.001)),
                (All, "service_level", Simulated(0.902, 0.002, 0.001)),
                (All, "asa_s", Simulated(0.099 * 60.0, 0.0025 * 60.0, 0.001 * 60.0)),
                (All, "scheduled_occupancy", Simulated(0.695, 0.0015, 0.001)),
            ],
        ),
        model(
            "contactcenters_impatient_day",
            None,
            600,
            vec![
                (All, "abandoned", Simulated(58.609, 0.949, 0.001)),
                (All, "in_time", Simulated(1906.008, 2.223, 0.001)),
                (All, "service_level", Simulated(0.975, 0.0005, 0.001)),
                (All, "service_level_2", Simulated(0.968, 0.0005, 0.001)),
                (All, "asa_s", Simulated(0.024 * 60.0, 0.0005 * 60.0, 0.001 * 60.0)),
                (All, "scheduled_occupancy", Simulated(0.675, 0.0015, 0.001)),
            ],
        ),
        model(
            "contactcenters_waiting_places",
            None,
            600,
            vec![
                (All, "blocked", Simulated(18.655, 0.61, 0.001)),
                (All, "in_time", Simulated(1854.284, 2.617, 0.001)),
                (All, "service_level", Simulated(0.929, 0.001, 0.001)),
                (All, "asa_s", Simulated(0.06 * 60.0, 0.001 * 60.0, 0.001 * 60.0)),
                (All, "scheduled_occupancy", Simulated(0.689, 0.001, 0.001)),
            ],
        ),
        model("contactcenters_thirteen_hours", None, 600, hours),
        model(
            "lecuyer_busy_days",
            None,
            1500,
            vec![
                (All, "offered", Exact(1660.0)),
                (All, "wait_s", Exact(12.520_132_5)),
                (All, "abandonment", Exact(0.036_489_979_92)),
            ],
        ),
        model(
            "lecuyer_calm_days",
            None,
            1500,
            vec![
                // The source's intervals are of 90 %.
                (All, "wait_s", Simulated(4.713, 0.033 * 1.96 / 1.645, 0.001)),
                (All, "wait_s", Exact(4.723_68)),
                (All, "abandonment", Exact(0.019_859_4)),
            ],
        ),
        model("contactcenters_three_types", None, 400, three_types),
        model("contactcenters_overflow_after_12s", None, 400, overflow),
    ]
}

pub fn weeks_of_contact_centers() -> Vec<Model> {
    // Busy hours by the source's shares of the hours planned.
    let busy = |group: &'static str, share: f64, half_width: f64, planned: f64| {
        (Group(group), "busy_h", Simulated(share * planned, half_width * planned, 1e-5 * planned))
    };
    vec![
        model(
            "contactcenters_telethon",
            None,
            1000,
            vec![
                (All, "answered", Simulated(963.109, 1.737, 0.001)),
                (All, "abandoned", Simulated(31.82, 0.648, 0.001)),
                (All, "deflected", Simulated(4.96, 0.184, 0.001)),
                (All, "disconnected", Simulated(0.28, 0.045, 0.001)),
                (All, "in_time", Simulated(950.265, 1.686, 0.001)),
                (All, "asa_s", Simulated(0.036 * 60.0, 0.001 * 60.0, 0.001 * 60.0)),
                busy("volunteers", 0.667_72, 0.001_65, 240.0),
            ],
        ),
        model(
            "contactcenters_bilingual",
            None,
            600,
            vec![
                (Class("english"), "offered", Simulated(2555.811, 3.526, 0.001)),
                (Class("spanish"), "offered", Simulated(2554.35, 3.537, 0.001)),
                (Class("english"), "redialled", Simulated(54.073, 0.837, 0.001)),
                (Class("spanish"), "redialled", Simulated(53.095, 0.822, 0.001)),
                (Class("english"), "abandoned", Simulated(71.848, 1.033, 0.001)),
                (Class("spanish"), "abandoned", Simulated(71.02, 1.021, 0.001)),
                (Class("english"), "answered", Simulated(2483.933, 3.017, 0.001)),
                (Class("spanish"), "answered", Simulated(2483.302, 3.069, 0.001)),
                busy("english_only", 0.476_24, 0.000_61, 315.0),
                busy("spanish_only", 0.476_39, 0.000_6, 315.0),
                busy("bilingual", 0.632_54, 0.000_57, 180.0),
            ],
        ),
        model(
            "contactcenters_bank",
            None,
            600,
            vec![
                (Class("checking"), "blocked", Simulated(0.756, 0.073, 0.001)),
                (Class("balance"), "blocked", Simulated(1.826, 0.139, 0.001)),
                (Class("balance"), "abandoned", Simulated(5.357, 0.319, 0.001)),
                (Class("savings"), "talk_s", Simulated(3.781 * 60.0, 0.0235 * 60.0, 0.001 * 60.0)),
                (Class("checking"), "talk_s", Simulated(3.852 * 60.0, 0.008 * 60.0, 0.001 * 60.0)),
                (Class("balance"), "talk_s", Simulated(0.999 * 60.0, 0.0015 * 60.0, 0.001 * 60.0)),
                busy("savings_specialists", 0.253_53, 0.000_72, 135.0),
                busy("checking_specialists", 0.430_93, 0.000_79, 180.0),
            ],
        ),
        model(
            "contactcenters_teamwork",
            None,
            600,
            vec![
                (All, "offered", Simulated(7003.654, 5.387, 0.001)),
                (All, "resolved", Simulated(866.968, 0.82, 0.001)),
                (All, "disconnected", Simulated(1339.118, 1.472, 0.001)),
                (All, "abandoned", Simulated(4797.542, 5.478, 0.001)),
                busy("reception", 0.982_58, 0.000_15, 126.0),
                busy("accounting", 0.109_95, 0.000_32, 63.0),
                busy("support", 0.946_57, 0.000_26, 315.0),
                busy("development", 0.056_63, 0.000_31, 63.0),
                busy("manager", 0.272_44, 0.001_53, 63.0),
            ],
        ),
    ]
}

pub fn models() -> Vec<Model> {
    [textbooks(), call_centres(), days_of_contact_centers(), weeks_of_contact_centers()]
        .into_iter()
        .flatten()
        .collect()
}
