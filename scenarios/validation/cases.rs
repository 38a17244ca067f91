//! Queues whose exact values are known, by file of this folder: where the values come from, and the values.
//!
//! Runs nothing and judges nothing (`verdict`). Invariant: every file of the folder is here.

use std::path::{Path, PathBuf};

use super::figure::Of::{self, All, Class, Group, InSystem, Slot, SnapshotClass, SnapshotGroup, Spread};
use Known::{About, AtMost, Binned, Exact};

/// What theory knows of a figure.
#[derive(Clone, Copy)]
pub enum Known {
    Exact(f64),
    /// Exact, and measured in bins of at most 1 %.
    Binned(f64),
    /// A bound.
    AtMost(f64),
    /// An approximation, good within this share of the value.
    About(f64, f64),
}

impl Known {
    pub fn value(self) -> f64 {
        match self {
            Exact(value) | Binned(value) | AtMost(value) | About(value, _) => value,
        }
    }
}

pub type Figure = (Of, &'static str, Known);

/// A file of the folder, where its values come from, and the figures.
pub struct Case {
    pub file: &'static str,
    pub source: &'static str,
    pub figures: Vec<Figure>,
    /// How many experiments of the file, with the seeds 1, 2, …; more than one where an instant of each replication is all
    /// that counts.
    pub experiments: u64,
}

impl Case {
    pub fn path(&self) -> PathBuf {
        folder().join(self.file).with_extension("toml")
    }
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/validation")
}

fn case(file: &'static str, source: &'static str, figures: Vec<Figure>) -> Case {
    Case { file, source, figures, experiments: 1 }
}

/// A case that many experiments of its file are needed for.
fn sampled(experiments: u64, file: &'static str, source: &'static str, figures: Vec<Figure>) -> Case {
    Case { experiments, ..case(file, source, figures) }
}

/// All cases.
pub fn cases() -> Vec<Case> {
    vec![
        case(
            "loss_10_exponential",
            "Erlang 1917: any handle time",
            vec![
                (All, "contact_abandonment", Exact(0.010_000_289_64)),
                (All, "occupancy", Exact(0.441_658_670_8)),
            ],
        ),
        case(
            "loss_10_lognormal",
            "Erlang 1917: any handle time",
            vec![
                (All, "contact_abandonment", Exact(0.010_000_289_64)),
                (All, "occupancy", Exact(0.441_658_670_8)),
            ],
        ),
        case(
            "loss_10_constant",
            "Erlang 1917: any handle time",
            vec![
                (All, "contact_abandonment", Exact(0.010_000_289_64)),
                (All, "occupancy", Exact(0.441_658_670_8)),
            ],
        ),
        case(
            "loss_30",
            "Erlang 1917",
            vec![
                (All, "contact_abandonment", Exact(0.089_896_651_86)),
                (All, "occupancy", Exact(0.834_261_402_5)),
            ],
        ),
        case(
            "patient_50",
            "Garnett, Mandelbaum and Reiman 2002",
            vec![
                (All, "delayed_share", Exact(0.694_455_611_2)),
                (All, "asa_s", Exact(20.833_668_336)),
                (All, "waiting_mean", Exact(16.666_934_67)),
                (All, "occupancy", Exact(0.96)),
                (All, "wait_s_p90", Binned(58.138_741_782)),
                (All, "service_level", Exact(0.643_454_600_8)),
            ],
        ),
        case(
            "patient_5",
            "Erlang 1917",
            vec![
                (All, "delayed_share", Exact(0.479_594_143_2)),
                (All, "asa_s", Exact(47.959_414_32)),
                (All, "waiting_mean", Exact(1.518_714_787)),
                (All, "occupancy", Exact(0.76)),
                (All, "wait_s_p90", Binned(156.777_002_52)),
                (All, "service_level", Exact(0.607_341_525_9)),
                (All, "service_level_2", Exact(0.736_793_153_6)),
            ],
        ),
        case(
            "impatient_50",
            "Garnett, Mandelbaum and Reiman 2002",
            vec![
                (All, "delayed_share", Exact(0.467_774_068_6)),
                (All, "abandonment", Exact(0.030_912_249_16)),
                (All, "wait_s", Exact(3.709_469_899_2)),
                (All, "asa_s", Exact(3.615_900_239_4)),
                (All, "waiting_mean", Exact(2.967_575_92)),
                (All, "occupancy", Exact(0.930_324_240_8)),
                (All, "service_level", Exact(0.943_018_954_7)),
                (All, "service_level_2", Exact(0.973_099_653_7)),
                (All, "service_level_3", Exact(0.972_029_603)),
                (All, "wait_s_p90", Binned(12.444_66)),
            ],
        ),
        case(
            "impatient_overloaded",
            "Palm 1943",
            vec![
                (All, "delayed_share", Exact(0.850_384_947_9)),
                (All, "abandonment", Exact(0.195_655_944)),
                (All, "wait_s", Exact(46.957_426_56)),
                (All, "asa_s", Exact(48.100_043_448)),
                (All, "waiting_mean", Exact(4.695_742_656)),
                (All, "occupancy", Exact(0.965_212_867_2)),
                (All, "service_level", Exact(0.268_687_501_1)),
                (All, "service_level_2", Exact(0.334_045_486)),
                (All, "service_level_3", Exact(0.286_844_647_6)),
            ],
        ),
        case(
            "impatient_balking",
            "Palm 1943, with balking",
            vec![
                (All, "delayed_share", Exact(0.524_372_535_6)),
                (All, "abandonment", Exact(0.129_945_201_6)),
                (All, "wait_s", Exact(15.386_796_378)),
                (All, "asa_s", Exact(15.893_302_83)),
                (All, "waiting_mean", Exact(1.282_233_031)),
                (All, "occupancy", Exact(0.870_054_798_4)),
                (All, "service_level", Exact(0.631_194_477_5)),
                (All, "service_level_2", Exact(0.725_465_199)),
                (All, "service_level_3", Exact(0.702_910_653_2)),
            ],
        ),
        case(
            "room_for_5",
            "balance of M/M/n/K",
            vec![
                (All, "blocked_share", Exact(0.009_476_874_303)),
                (All, "delayed_share", Exact(0.157_861_357)),
                (All, "asa_s", Exact(3.667_454_445_6)),
                (All, "waiting_mean", Exact(0.254_288_890_9)),
                (All, "occupancy", Exact(0.693_366_188)),
                (All, "service_level", Exact(0.927_558_186_7)),
            ],
        ),
        case(
            "room_for_4_impatient",
            "balance of M/M/n/K+M",
            vec![
                (All, "blocked_share", Exact(0.147_657_389_7)),
                (All, "delayed_share", Exact(0.664_458_293_1)),
                (All, "abandonment", Exact(0.087_316_647_69)),
                (All, "wait_s", Exact(17.463_329_538)),
                (All, "asa_s", Exact(17.128_252_932)),
                (All, "waiting_mean", Exact(1.488_473_988)),
                (All, "occupancy", Exact(0.933_502_693_1)),
                (All, "service_level", Exact(0.589_668_593_3)),
                (All, "service_level_2", Exact(0.646_082_337_1)),
                (All, "service_level_3", Exact(0.621_329_886_4)),
            ],
        ),
        case(
            "lognormal_patience",
            "Baccelli and Hebuterne 1981",
            vec![
                (All, "delayed_share", Exact(0.685_092_883_5)),
                (All, "abandonment", Exact(0.118_256_377)),
                (All, "wait_s", Exact(29.081_314_47)),
                (All, "asa_s", Exact(27.237_807_852)),
                (All, "waiting_mean", Exact(2.520_380_588)),
                (All, "occupancy", Exact(0.917_013_368)),
                (All, "service_level", Exact(0.476_709_732_9)),
                (All, "service_level_2", Exact(0.540_644_378_3)),
                (All, "service_level_3", Exact(0.488_008_110_4)),
            ],
        ),
        case(
            "two_kinds_of_patience",
            "Zeltyn and Mandelbaum 2005",
            vec![
                (All, "delayed_share", Exact(0.434_868_844)),
                (All, "abandonment", Exact(0.055_530_433_22)),
                (All, "wait_s", Exact(4.475_800_255_8)),
                (All, "asa_s", Exact(4.290_813_347_4)),
                (All, "waiting_mean", Exact(2.237_900_128)),
                (All, "occupancy", Exact(0.960_477_525_5)),
                (All, "service_level", Exact(0.891_554_274_2)),
                (All, "service_level_2", Exact(0.943_973_533_5)),
                (All, "service_level_3", Exact(0.940_609_957_8)),
            ],
        ),
        case(
            "one_agent_exponential",
            "Pollaczek 1930, Khinchine 1932",
            vec![
                (All, "asa_s", Exact(480.0)),
                (All, "waiting_mean", Exact(3.2)),
                (All, "occupancy", Exact(0.8)),
            ],
        ),
        case(
            "one_agent_constant",
            "Pollaczek 1930, Khinchine 1932",
            vec![
                (All, "asa_s", Exact(240.0)),
                (All, "waiting_mean", Exact(1.6)),
                (All, "occupancy", Exact(0.8)),
            ],
        ),
        case(
            "one_agent_lognormal",
            "Pollaczek 1930, Khinchine 1932",
            vec![
                (All, "asa_s", Exact(562.5)),
                (All, "waiting_mean", Exact(2.8125)),
                (All, "occupancy", Exact(0.75)),
            ],
        ),
        case(
            "one_agent_priorities",
            "Cobham 1954",
            vec![
                (Class("urgent"), "asa_s", Exact(94.285_714_26)),
                (Class("other"), "asa_s", Exact(314.285_714_28)),
            ],
        ),
        case(
            "priorities",
            "Davis 1966; Kella and Yechiali 1985",
            vec![
                (All, "delayed_share", Exact(0.356_981_085_9)),
                (Class("urgent"), "asa_s", Exact(7.139_621_718)),
                (Class("other"), "asa_s", Exact(28.558_486_872)),
                (All, "asa_s", Exact(21.418_865_154)),
                (Class("urgent"), "service_level", Exact(0.868_673_997_6)),
                (All, "occupancy", Exact(0.75)),
            ],
        ),
        case(
            "priorities_impatient",
            "Markov chain (busy, waiting by class)",
            vec![
                (All, "delayed_share", Exact(0.714_847_714_6)),
                (Class("urgent"), "abandonment", Exact(0.090_788_530_71)),
                (Class("urgent"), "wait_s", Exact(10.894_623_684)),
                (Class("urgent"), "waiting_mean", Exact(0.363_154_122_8)),
                (Class("other"), "abandonment", Exact(0.193_056_553_7)),
                (Class("other"), "wait_s", Exact(38.611_310_736)),
                (Class("other"), "waiting_mean", Exact(2.252_326_459)),
                (All, "occupancy", Exact(0.928_545_000_1)),
            ],
        ),
        case(
            "redial_11",
            "Markov chain (in the centre, about to redial)",
            vec![
                (All, "abandonment", Exact(0.118_257_741_8)),
                (All, "wait_s", Exact(14.190_929_016)),
                (All, "waiting_mean", Exact(1.289_306_773)),
                (All, "occupancy", Exact(0.873_927_997_1)),
                (All, "delayed_share", Exact(0.530_581_604_4)),
                (All, "contacts_per_case", Exact(1.090_251_474)),
                (All, "service_level", Exact(0.657_002_664_1)),
            ],
        ),
        case(
            "redial_34",
            "Markov chain (in the centre, about to redial)",
            vec![
                (All, "abandonment", Exact(0.077_820_539_53)),
                (All, "wait_s", Exact(15.564_107_904)),
                (All, "waiting_mean", Exact(2.212_987_066)),
                (All, "occupancy", Exact(0.925_555_385_4)),
                (All, "delayed_share", Exact(0.510_614_717_6)),
                (All, "contacts_per_case", Exact(1.066_389_612)),
                (All, "service_level", Exact(0.663_150_985)),
            ],
        ),
        case(
            "retry_after_busy",
            "Markov chain (busy, about to try again)",
            vec![
                (All, "blocked_share", Exact(0.290_134_590_492)),
                (All, "occupancy", Exact(0.857_142_857_1)),
            ],
        ),
        case(
            "repeat_70",
            "product form: every attempt sees Erlang C",
            vec![
                (All, "delayed_share", Exact(0.590_987_560_1)),
                (All, "asa_s", Exact(59.098_756_008)),
                (All, "waiting_mean", Exact(4.924_896_334)),
                (All, "occupancy", Exact(0.892_857_142_9)),
                (All, "service_level", Exact(0.516_140_309_9)),
            ],
        ),
        case(
            "n_design_longest_wait",
            "Markov chain with the order of the queue",
            vec![
                (Class("one"), "abandonment", Exact(0.031_581_360_55)),
                (Class("one"), "wait_s", Exact(6.316_272_108)),
                (Class("one"), "delayed_share", Exact(0.182_627_817_9)),
                (Class("two"), "abandonment", Exact(0.075_040_519_14)),
                (Class("two"), "wait_s", Exact(22.512_155_742)),
                (Class("two"), "delayed_share", Exact(0.392_367_465_4)),
                (Group("own"), "occupancy", Exact(0.626_603_327_9)),
                (Group("flexible"), "occupancy", Exact(0.637_270_673_2)),
                (All, "blocked_share", Exact(0.000_315_350_117_4)),
            ],
        ),
        case(
            "n_design_priority",
            "Markov chain with the order of the queue",
            vec![
                (Class("one"), "abandonment", Exact(0.023_489_279_64)),
                (Class("one"), "wait_s", Exact(4.697_855_928_6)),
                (Class("one"), "delayed_share", Exact(0.175_213_229_7)),
                (Class("two"), "abandonment", Exact(0.088_022_778_17)),
                (Class("two"), "wait_s", Exact(26.406_833_448)),
                (Class("two"), "delayed_share", Exact(0.397_768_553)),
                (Group("own"), "occupancy", Exact(0.620_765_272)),
                (Group("flexible"), "occupancy", Exact(0.640_359_517_4)),
                (All, "blocked_share", Exact(0.000_352_549_882_3)),
            ],
        ),
        case(
            "m_design",
            "Markov chain with the order of the queue",
            vec![
                (Class("one"), "abandonment", Exact(0.060_457_713_55)),
                (Class("one"), "wait_s", Exact(12.091_542_708)),
                (Class("one"), "delayed_share", Exact(0.283_035_846_8)),
                (Class("one"), "service_level", Exact(0.792_732_572_3)),
                (Class("one"), "service_level_2", Exact(0.811_450_482_5)),
                (Class("two"), "abandonment", Exact(0.045_778_313_28)),
                (Class("two"), "wait_s", Exact(13.733_493_984)),
                (Class("two"), "delayed_share", Exact(0.274_566_680_9)),
                (Class("two"), "service_level", Exact(0.793_691_993_1)),
                (Class("two"), "service_level_2", Exact(0.806_089_601_9)),
                (Group("first"), "occupancy", Exact(0.650_625_745_7)),
                (Group("second"), "occupancy", Exact(0.646_733_161_6)),
                (Group("flexible"), "occupancy", Exact(0.593_788_612_1)),
                (All, "blocked_share", Exact(0.000_292_402_771_1)),
            ],
        ),
        case(
            "m_design_cheapest",
            "Markov chain of the cheapest staffing that meets 80 % for both",
            vec![
                (Class("one"), "service_level", Exact(0.854_603_477_2)),
                (Class("two"), "service_level", Exact(0.812_735_476_6)),
                (Class("one"), "abandonment", Exact(0.035_716_013_66)),
                (Class("two"), "abandonment", Exact(0.051_388_651_44)),
            ],
        ),
        case(
            "callback_offer",
            "Markov chain (busy, waiting, promised); Armony and Maglaras 2004",
            vec![
                (All, "abandonment", Exact(0.057_094_844_27)),
                (All, "wait_s", Exact(6.851_381_313_57)),
                (All, "callback_delay_s", Exact(340.499_778_78)),
                (All, "occupancy", Exact(0.867_472_743_3)),
            ],
        ),
        case(
            "callback_always",
            "the same",
            vec![
                (All, "callback_delay_s", Exact(75.0)),
                (All, "occupancy", Exact(0.84)),
                (All, "delayed_share", Exact(0.504_267_931_1)),
            ],
        ),
        case(
            "hurry_at_once",
            "birth and death",
            vec![
                (All, "delayed_share", Exact(0.618_442_035_1)),
                (All, "waiting_mean", Exact(1.761_678_013)),
                (All, "wait_s", Exact(20.327_053_998)),
                (All, "abandonment", Exact(0.084_696_058_33)),
                (All, "occupancy", Exact(0.899_449_047_8)),
                (All, "aht_s", Exact(113.385_923_22)),
            ],
        ),
        case(
            "hurry_at_start",
            "Markov chain (slow, fast, waiting); Delasay, Ingolfsson and Kolfal 2016",
            vec![
                (All, "delayed_share", Exact(0.547_339_370_2)),
                (All, "abandonment", Exact(0.084_341_125_07)),
                (All, "wait_s", Exact(16.868_225_016)),
                (All, "waiting_mean", Exact(1.405_685_418)),
                (All, "aht_s", Exact(114.631_584_6)),
                (All, "occupancy", Exact(0.874_695_231_5)),
            ],
        ),
        case(
            "two_levels",
            "Jackson 1963",
            vec![
                (Class("first"), "delayed_share", Exact(0.356_981_085_9)),
                (Class("first"), "asa_s", Exact(21.418_865_154)),
                (Class("first"), "waiting_mean", Exact(1.070_943_258)),
                (Group("first_level"), "occupancy", Exact(0.75)),
                (Class("second"), "delayed_share", Exact(0.270_602_932_2)),
                (Class("second"), "asa_s", Exact(27.060_293_226)),
                (Class("second"), "waiting_mean", Exact(0.631_406_841_9)),
                (Group("second_level"), "occupancy", Exact(0.7)),
            ],
        ),
        case(
            "two_levels_impatient",
            "Markov chain of both levels",
            vec![
                (Class("first"), "abandonment", Exact(0.041_261_732_54)),
                (Class("first"), "wait_s", Exact(8.252_346_51)),
                (Class("first"), "waiting_mean", Exact(0.412_617_325_4)),
                (Group("first_level"), "occupancy", Exact(0.719_053_700_6)),
                (Class("second"), "abandonment", Exact(0.116_012_966_7)),
                (Class("second"), "wait_s", Exact(34.803_890_01)),
                (Class("second"), "waiting_mean", Exact(0.790_549_734_9)),
                (Group("second_level"), "occupancy", Exact(0.803_169_662_5)),
            ],
        ),
        case(
            "mail_between_calls",
            "birth and death; Bhulai and Koole 2003",
            vec![
                (Class("calls"), "delayed_share", Exact(0.457_142_857_1)),
                (Class("calls"), "asa_s", Exact(13.714_285_716)),
                (Class("calls"), "service_level", Exact(0.765_295_031_3)),
                (All, "occupancy", Exact(0.928_571_428_6)),
            ],
        ),
        case(
            "regular_arrivals_erlang",
            "root of sigma",
            vec![
                (All, "delayed_share", Exact(0.575_027_594_1)),
                (All, "asa_s", Exact(162.371_274_78)),
                (All, "occupancy", Exact(0.666_666_666_7)),
            ],
        ),
        case(
            "regular_arrivals_constant",
            "chain at arrivals",
            vec![
                (All, "delayed_share", Exact(0.499_927_974_9)),
                (All, "asa_s", Exact(31.196_244_27)),
                (All, "waiting_mean", Exact(2.079_749_618)),
                (All, "occupancy", Exact(0.888_888_888_9)),
            ],
        ),
        case("bound_one_agent", "Kingman 1962", vec![(All, "asa_s", AtMost(900.0))]),
        case("bound_five_agents", "Kingman 1970", vec![(All, "asa_s", AtMost(582.0))]),
        case(
            "varied_handling",
            "Allen and Cunneen 1978, an approximation: within 5 %",
            vec![(All, "asa_s", About(7.723_322_478, 0.05))],
        ),
        case(
            "large_impatient",
            "Palm 1943; Garnett, Mandelbaum and Reiman 2002",
            vec![
                (All, "delayed_share", Exact(0.369_605_322_1)),
                (All, "abandonment", Exact(0.015_084_074_46)),
            ],
        ),
        case(
            "large_patient_410",
            "Erlang 1917; Halfin and Whitt 1981",
            vec![(All, "delayed_share", Exact(0.510_214_857_8))],
        ),
        case(
            "large_patient_420",
            "Erlang 1917; Halfin and Whitt 1981",
            vec![(All, "delayed_share", Exact(0.230_285_430_8))],
        ),
        case(
            "large_patient_430",
            "Erlang 1917; Halfin and Whitt 1981",
            vec![(All, "delayed_share", Exact(0.090_111_565_15))],
        ),
        case(
            "day_of_eight_hours",
            "differential equations of the chain",
            vec![
                (All, "abandonment", Exact(0.029_396_397_68)),
                (All, "wait_s", Exact(1.763_783_860_8)),
                (All, "service_level", Exact(0.945_793_122_9)),
                (All, "service_level_3", Exact(0.968_189_088_6)),
            ],
        ),
        case(
            "day_of_thirteen_hours",
            "differential equations of the chain",
            vec![
                (Slot(0, "calls"), "service_level", Exact(0.754_053_396_7)),
                (Slot(1, "calls"), "service_level", Exact(0.827_198_219)),
                (Slot(2, "calls"), "service_level", Exact(0.968_551_464_3)),
                (Slot(3, "calls"), "service_level", Exact(0.925_089_791_9)),
                (Slot(4, "calls"), "service_level", Exact(0.876_755_572_5)),
                (Slot(5, "calls"), "service_level", Exact(0.918_165_367_6)),
                (Slot(6, "calls"), "service_level", Exact(0.968_975_751_2)),
                (Slot(7, "calls"), "service_level", Exact(0.969_051_660_5)),
                (Slot(8, "calls"), "service_level", Exact(0.921_458_007_3)),
                (Slot(9, "calls"), "service_level", Exact(0.962_631_038)),
                (Slot(10, "calls"), "service_level", Exact(0.855_514_073_1)),
                (Slot(11, "calls"), "service_level", Exact(0.901_711_821_6)),
                (Slot(12, "calls"), "service_level", Exact(0.938_252_147_3)),
                (All, "abandoned", Exact(32.341_477_11)),
                (All, "wait_s", Exact(4.594_376_197)),
                (All, "service_level_2", Exact(0.925_129_726_9)),
            ],
        ),
        sampled(
            14,
            "busy_days",
            "mixture of the above over the factor of the day",
            vec![
                (All, "wait_s", Exact(12.520_132_5)),
                (All, "abandonment", Exact(0.036_489_979_92)),
                (All, "offered", Exact(1660.0)),
                (Spread, "offered", Exact(526.516_856_3)),
            ],
        ),
        case(
            "staircase",
            "differential equations of the chain",
            vec![
                (Slot(0, "calls"), "service_level", Exact(0.750_986_098_7)),
                (Slot(1, "calls"), "service_level", Exact(0.519_013_110_8)),
                (Slot(2, "calls"), "service_level", Exact(0.627_146_294_4)),
                (Slot(3, "calls"), "service_level", Exact(0.739_197_955_7)),
                (All, "abandonment", Exact(0.103_774_036_1)),
                (All, "wait_s", Exact(18.679_326_492)),
            ],
        ),
        sampled(
            520,
            "sine_short_of_agents",
            "differential equations of the chain",
            vec![
                (SnapshotClass(0, "calls"), "waiting", Exact(0.004_044_923_489)),
                (SnapshotGroup(0, "agents"), "all_busy", Exact(0.001_722_969_787)),
                (SnapshotGroup(0, "agents"), "busy", Exact(73.243_848_526_5)),
                (SnapshotClass(1, "calls"), "waiting", Exact(11.691_450_36)),
                (SnapshotGroup(1, "agents"), "all_busy", Exact(0.810_049_857)),
                (SnapshotGroup(1, "agents"), "busy", Exact(98.828_256_24)),
                (SnapshotClass(2, "calls"), "waiting", Exact(23.664_359_35)),
                (SnapshotGroup(2, "agents"), "all_busy", Exact(0.937_731_832_7)),
                (SnapshotGroup(2, "agents"), "busy", Exact(99.642_384_55)),
                (SnapshotClass(3, "calls"), "waiting", Exact(12.142_718_28)),
                (SnapshotGroup(3, "agents"), "all_busy", Exact(0.702_414_371_9)),
                (SnapshotGroup(3, "agents"), "busy", Exact(97.306_610_12)),
                (SnapshotClass(4, "calls"), "waiting", Exact(1.491_467_795)),
                (SnapshotGroup(4, "agents"), "all_busy", Exact(0.165_912_596_2)),
                (SnapshotGroup(4, "agents"), "busy", Exact(86.166_947_385)),
                (SnapshotClass(5, "calls"), "waiting", Exact(0.397_466_132_2)),
                (SnapshotGroup(5, "agents"), "all_busy", Exact(0.066_691_016)),
                (SnapshotGroup(5, "agents"), "busy", Exact(83.596_483_627_8)),
            ],
        ),
        case(
            "sine_thousand_agents",
            "fluid limit, an approximation: within 2 %",
            vec![
                (InSystem(0, "calls", "agents"), "number", About(732.477_776_8, 0.02)),
                (InSystem(1, "calls", "agents"), "number", About(1_095.060_017, 0.02)),
                (InSystem(2, "calls", "agents"), "number", About(1_222.024_335, 0.02)),
                (InSystem(3, "calls", "agents"), "number", About(1_078.595_541, 0.02)),
                (InSystem(4, "calls", "agents"), "number", About(851.877_173_6, 0.02)),
                (InSystem(5, "calls", "agents"), "number", About(828.139_091_6, 0.02)),
            ],
        ),
        case(
            "sine_agents_never_short",
            "integral of rate and tail",
            vec![
                (SnapshotGroup(0, "agents"), "busy", Exact(54.755_544_14)),
                (SnapshotGroup(1, "agents"), "busy", Exact(83.888_248_32)),
                (SnapshotGroup(2, "agents"), "busy", Exact(71.682_355_48)),
                (SnapshotGroup(3, "agents"), "busy", Exact(44.598_991_19)),
            ],
        ),
        sampled(
            310,
            "staffing_follows_sine",
            "Feldman, Mandelbaum, Massey and Whitt 2008: Poisson",
            vec![
                (SnapshotGroup(0, "agents"), "all_busy", Exact(0.092_801_379_47)),
                (SnapshotGroup(1, "agents"), "all_busy", Exact(0.085_609_430_49)),
                (SnapshotGroup(2, "agents"), "all_busy", Exact(0.094_975_789_27)),
                (SnapshotGroup(3, "agents"), "all_busy", Exact(0.098_663_662_33)),
                (SnapshotGroup(4, "agents"), "all_busy", Exact(0.094_578_793_02)),
                (SnapshotGroup(5, "agents"), "all_busy", Exact(0.084_524_062_96)),
                (SnapshotGroup(6, "agents"), "all_busy", Exact(0.087_318_514_19)),
                (SnapshotGroup(7, "agents"), "all_busy", Exact(0.094_097_452_84)),
                (SnapshotGroup(8, "agents"), "all_busy", Exact(0.092_008_883_05)),
                (SnapshotGroup(9, "agents"), "all_busy", Exact(0.086_679_625_07)),
                (SnapshotGroup(10, "agents"), "all_busy", Exact(0.090_699_501_41)),
                (SnapshotGroup(11, "agents"), "all_busy", Exact(0.085_024_315_76)),
                (SnapshotGroup(12, "agents"), "all_busy", Exact(0.092_638_014_61)),
            ],
        ),
        sampled(
            42,
            "day_volume",
            "mean and variance of a mixed Poisson number",
            vec![(All, "offered", Exact(46_575.0)), (Spread, "offered", Exact(3_300.413_326))],
        ),
    ]
}
