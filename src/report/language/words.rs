//! Every word of a report, in each language beside the other.
//!
//! Decides nothing. Invariant: no word lacks a language, and both have the same places to fill.

use super::Language;

macro_rules! words {
    ($($key:ident: $english:literal | $german:literal;)*) => {
        /// A word, or a sentence with places to fill.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::report) enum Word {
            $($key,)*
        }

        impl Word {
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$key),*];

            pub(super) fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$key, Language::English) => $english, (Self::$key, Language::German) => $german,)*
                }
            }
        }
    };
}

words! {
    // Small words.
    And: "and" | "und";
    From: "from" | "von";
    To: "to" | "bis";
    UpTo: "to" | "bis";
    Of: "{0} of {1}" | "{0} von {1}";
    NoValue: "no value" | "kein Wert";
    Row: "row" | "Zeile";
    Kind: "kind" | "Art";
    Key: "key" | "Schlüssel";
    Value: "value" | "Wert";
    Origin: "from where" | "Herkunft";
    Default: "default: {0}" | "Voreinstellung: {0}";
    Day: "day" | "Tag";
    Mean: "mean" | "Mittelwert";
    Median: "median" | "Median";
    Interval95: "95 % interval" | "95-%-Intervall";
    All: "all" | "alle";
    AllDays: "all days" | "alle Tage";
    ByMonth: "by month" | "nach Monat";
    ByGroup: "by group" | "nach Gruppe";
    Visits: "calls" | "Anrufe";
    Target: "target" | "Ziel";
    Show: "show" | "zeigen";

    // Furniture of the page.
    Contents: "contents" | "Inhalt";
    Definitions: "Definitions" | "Definitionen";
    Assumptions: "Assumptions" | "Annahmen";
    AssumptionsAbout: "every value of the scenario and where it is written; last, what holds because nothing is written" |
        "jeder Wert des Szenarios und wo er steht; zuletzt, was gilt, weil nichts geschrieben steht";
    ChartLabel: "{0} {1} The table below holds the numbers; arrow keys move along the picture." |
        "{0} {1} Die Zahlen stehen in der Tabelle darunter; die Pfeiltasten führen durch das Bild.";
    TableBehind: "the numbers as a table" | "die Zahlen als Tabelle";

    // Head.
    Replications: "{0} replications of {1}, seed {2}" | "{0} Wiederholungen, je {1}, Startwert {2}";
    OneReplication: "one replication of {0}, seed {1}" | "eine Wiederholung, {0}, Startwert {1}";
    WarmUp: "after a warm-up of {0}" | "Vorlauf {0}";
    Dates: "{0} to {1}, {2}" | "{0} bis {1}, {2}";
    OneDate: "{0}, {1}" | "{0}, {1}";
    PlusMinus: "± 95 % interval" | "± 95-%-Intervall";
    StatePartial: "Partial result: interrupted after {0} of {1} replications. The numbers are those of {0} replications." |
        "Teilergebnis: nach {0} von {1} Wiederholungen unterbrochen. Die Zahlen sind die von {0} Wiederholungen.";
    StateOne: "One replication shows no chance: there are no intervals, and no target is judged." |
        "Eine Wiederholung zeigt keinen Zufall: Es gibt keine Intervalle, und kein Ziel wird beurteilt.";
    StateOneCompared: "One replication shows no chance: differences are told without intervals, and no verdict is given." |
        "Eine Wiederholung zeigt keinen Zufall: Unterschiede stehen ohne Intervall da, und es gibt kein Urteil.";
    StateNoTarget: "No target is set, so nothing here is met or missed." |
        "Es ist kein Ziel gesetzt; nichts ist also erreicht oder verfehlt.";
    StateAudit: "The audit failed: do not use these numbers. {0}" |
        "Die Prüfung ist gescheitert: Diese Zahlen nicht verwenden. {0}";
    StateNothing: "Nothing was offered: there is nothing to show." | "Niemand hat angerufen: Es gibt nichts zu zeigen.";

    // The answer of a run.
    LeadAllMet: "All {0} targets are met." | "Alle {0} Ziele sind erreicht.";
    LeadOneMet: "The target is met: {0}." | "Das Ziel ist erreicht: {0}.";
    LeadSome: "{0} of {1} targets are met." | "{0} von {1} Zielen sind erreicht.";
    LeadMissed: "Missed: {0}." | "Verfehlt: {0}.";
    LeadOpen: "Not sure: {0}." | "Nicht sicher: {0}.";
    LeadNoValue: "Without a value: {0}." | "Ohne Wert: {0}.";
    LeadTarget: "{0} {1}, wanted {2}" | "{0} {1}, gewünscht {2}";
    LeadNoTarget: "{0} of the calls are answered {1}, {2} abandon." |
        "{0} der Anrufe werden {1} angenommen, {2} legen auf.";

    Hardest: "Hardest day and hour of the week: {0}" | "Schwerster Tag und schwerste Stunde der Woche: {0}";
    HardMoment: "{0}, {1} {2}, {3} abandoned" | "{0}, {1} {2}, {3} aufgelegt";

    // Targets.
    Targets: "Are the targets met?" | "Sind die Ziele erreicht?";
    TargetName: "target" | "Ziel";
    Wanted: "wanted" | "gewünscht";
    WholeYear: "year" | "Jahr";
    WholeRun: "whole run" | "ganzer Lauf";
    Verdict: "verdict" | "Urteil";
    PeriodsMissed: "{0} that miss it" | "{0}, die es verfehlen";
    Met: "✓ met" | "✓ erreicht";
    Missed: "✗ missed" | "✗ verfehlt";
    NotSure: "? not sure" | "? nicht sicher";
    NothingToJudge: "– no value" | "– kein Wert";
    ServiceLevel: "service level {0}" | "Servicelevel {0}";
    Abandoned: "abandoned" | "aufgelegt";
    Occupancy: "occupancy" | "Auslastung";
    Asa: "mean wait (ASA)" | "mittlere Wartezeit (ASA)";
    Intervals: "intervals" | "Intervalle";
    Days: "days" | "Tage";
    Weeks: "weeks" | "Wochen";
    Months: "months" | "Monate";
    RunsOf: "replications" | "Wiederholungen";
    Periods: "periods" | "Zeiträume";
    NoTargetsHint: "no targets; a bound in the scenario: [target] service_level = { at_least = 0.8, per = \"day\" }" |
        "keine Ziele; eine Grenze im Szenario: [target] service_level = { at_least = 0.8, per = \"day\" }";

    // Tiles.
    Offered: "calls offered" | "Anrufe";
    Answered: "calls answered" | "angenommen";
    AbandonedCalls: "abandoned" | "aufgelegt";
    MeanWait: "mean wait (ASA)" | "mittlere Wartezeit (ASA)";
    SolvedAtFirst: "solved at 1st call" | "beim 1. Anruf gelöst";
    Cost: "cost" | "Kosten";
    CostEach: "an answered call" | "je angenommenen Anruf";
    InTime: "answered {0}" | "{0} angenommen";

    // Words of the tables.
    InTimePlain: "in time" | "rechtzeitig";
    InWait: "in {0}" | "in {0}";
    InHouse: "in-house" | "eigenes Haus";
    Outsourced: "outsourced" | "ausgelagert";
    Name: "name" | "Name";
    Entered: "entered" | "angekommen";
    Wait95: "95 % wait at most" | "95 % warten höchstens";
    Wait90: "90 % wait at most" | "90 % warten höchstens";
    Handling: "handling, m:s" | "Bearbeitung, m:s";
    LoggedIn: "logged in" | "angemeldet";
    Sourcing: "sourcing" | "Standort";
    AMinute: "a handled minute" | "je bearbeitete Minute";
    ByClass: "Classes" | "Anliegen";
    BySite: "Sites" | "Standorte";

    // Parts.
    SectionDay: "The day" | "Der Tag";
    SectionWeek: "Week and year" | "Woche und Jahr";
    SectionWait: "Waiting" | "Warten";
    SectionAgents: "Who answers" | "Wer annimmt";
    SectionCost: "Cost" | "Kosten";
    SectionTables: "Tables" | "Tabellen";
    SectionChanges: "What was changed" | "Was geändert ist";
    SectionDifferences: "Differences" | "Unterschiede";
    SectionSure: "How sure" | "Wie sicher";

    // Axes.
    TimeOfDay: "time of day" | "Uhrzeit";
    WaitedAtMost: "waited at most" | "gewartet höchstens";
    AxisService: "answered {0}, % of calls" | "{0} angenommen, % der Anrufe";
    AxisAbandoned: "abandoned, % of calls" | "aufgelegt, % der Anrufe";
    AxisWait: "mean wait of the answered" | "mittlere Wartezeit der Angenommenen";
    AxisOccupancy: "occupancy, % of time logged in" | "Auslastung, % der angemeldeten Zeit";
    AxisOffered: "calls an hour" | "Anrufe je Stunde";
    AxisOfferedDay: "calls a day" | "Anrufe je Tag";
    AxisCost: "cost, EUR" | "Kosten, EUR";
    AxisMinute: "cost of a handled minute, EUR" | "Kosten je bearbeitete Minute, EUR";
    AxisHours: "hours logged in" | "angemeldete Stunden";
    AxisOfAnswered: "share of answered calls" | "Anteil der angenommenen Anrufe";
    AxisDifference: "{0}: difference" | "{0}: Unterschied";

    // Questions of charts, and what is drawn.
    QDayService: "At what time of day are callers answered {0}?" | "Zu welcher Uhrzeit wird {0} angenommen?";
    QDayVolume: "When do calls come?" | "Wann kommen die Anrufe?";
    QDayWait: "How long do callers wait over the day?" | "Wie lange warten Anrufer im Lauf des Tages?";
    QDayAbandoned: "When do callers give up?" | "Wann legen Anrufer auf?";
    QWeek: "Which hours of the week are hard?" | "Welche Stunden der Woche sind schwer?";
    QDays: "Which days are hard?" | "Welche Tage sind schwer?";
    QWaits: "How many have been answered after how long?" | "Wie viele sind nach welcher Zeit angenommen?";
    QClasses: "Whom does it serve well, whom badly?" | "Wer wird gut bedient, wer schlecht?";
    QOccupancy: "How busy are the groups?" | "Wie ausgelastet sind die Gruppen?";
    QSites: "What do own sites and partners do, at what cost?" | "Was leisten eigene Standorte und Partner, und was kosten sie?";
    QCost: "Where does the money go?" | "Wohin geht das Geld?";
    QFlows: "Which calls go where?" | "Welche Anrufe gehen wohin?";
    QServiceAndCost: "What does better service cost?" | "Was kostet besserer Service?";
    QServiceAndAbandoned: "Who serves better?" | "Wer bedient besser?";
    QDifferences: "How far is each option from {0}?" | "Wie weit liegt jede Option von {0}?";
    QClassDifferences: "Which classes gain, which lose?" | "Welche Anliegen gewinnen, welche verlieren?";
    QSweep: "What does {0} change?" | "Was ändert {0}?";
    FromOutside: "from outside" | "von außen";
    ByTransfer: "by transfer" | "weitergeleitet";
    GaveUp: "abandoned" | "aufgelegt";
    TurnedAway: "turned away" | "abgewiesen";
    AboutBand: "Line: median; band: P10 to P90, so 8 of 10 of the {0} days (dates × replications) lie in it. Calls of one interval only: chance of small numbers is in the band." |
        "Linie: Median; Band: P10 bis P90, darin liegen 8 von 10 der {0} Tage (Daten × Wiederholungen). Anrufe je eines Intervalls: Auch der Zufall kleiner Zahlen steckt im Band.";
    AboutBandVolume: "Line: median; band: P10 to P90, so 8 of 10 of the {0} days (dates × replications) lie in it. Redials and repeats included." |
        "Linie: Median; Band: P10 bis P90, darin liegen 8 von 10 der {0} Tage (Daten × Wiederholungen). Wiederholte Anrufe zählen mit.";
    AboutNoBand: "Line: median of {0} values (dates × replications); too few for a band, which takes ten." |
        "Linie: Median von {0} Werten (Daten × Wiederholungen); für ein Band sind es zu wenige, dazu braucht es zehn.";
    AboutWeek: "Shade: mean over all dates of this weekday and time; the table and the pointer give the 95 % interval of the mean." |
        "Farbe: Mittel über alle Daten dieses Wochentags und dieser Zeit; die Tabelle und der Zeiger nennen das 95-%-Intervall des Mittels.";
    AboutInterval: "Whisker or band: 95 % interval of the mean over replications." |
        "Strich oder Band: 95-%-Intervall des Mittels über die Wiederholungen.";
    AboutNoInterval: "One replication: no interval can be told." | "Eine Wiederholung: Es lässt sich kein Intervall angeben.";
    AboutFlows: "As wide as the number of calls (mean of a replication). Left: how they enter a class; right: who answers. The pointer and the table give the 95 % intervals." |
        "So breit wie die Zahl der Anrufe (Mittel einer Wiederholung). Links: wie sie zu einem Anliegen kommen; rechts: wer annimmt. Der Zeiger und die Tabelle nennen die 95-%-Intervalle.";
    AboutPlane: "Cross: 95 % interval of each scenario by itself. The same customers meet all, so differences are surer than the crosses suggest: see below." |
        "Kreuz: 95-%-Intervall jedes Szenarios für sich. Dieselben Kunden treffen auf alle; Unterschiede sind daher sicherer, als die Kreuze vermuten lassen: siehe unten.";
    AboutDifference: "Whisker: interval of the paired difference, 95 % for all judged measures together (Bonferroni). Verdicts are Holm's, which may be sharper: one can stand where a whisker just holds 0." |
        "Strich: Intervall des gepaarten Unterschieds, 95 % für alle beurteilten Größen zusammen (Bonferroni). Geurteilt wird nach Holm, etwas schärfer: ein Urteil kann stehen, wo ein Strich die 0 gerade noch enthält.";
    AboutAlone: "Whisker: 95 % interval of the paired difference, each by itself." |
        "Strich: 95-%-Intervall des gepaarten Unterschieds, jeder für sich.";

    // Comparison.
    Against: "{0} against {1}" | "{0} gegen {1}";
    OptionsAgainst: "{0} options against {1}" | "{0} Optionen gegen {1}";
    Option: "option" | "Option";
    Reference: "reference" | "Referenz";
    Reading: "against {0}" | "gegen {0}";
    Difference: "difference" | "Unterschied";
    DaysMissed: "{0} missed" | "{0} verfehlt";
    SameCustomers: "the same customers in all" | "dieselben Kunden in allen";
    OptionsNote: "✓ ✗ ?: target met, missed, not sure, over the whole run · beside: difference to the reference with its interval, 95 % for all judged measures together" |
        "✓ ✗ ?: Ziel erreicht, verfehlt, nicht sicher, über den ganzen Lauf · daneben: Unterschied zur Referenz mit seinem Intervall, 95 % für alle beurteilten Größen zusammen";
    AtTarget: "at target: each with the staffing that meets its targets, × {0}" |
        "am Ziel: jedes mit der Besetzung, die seine Ziele erreicht, × {0}";
    Better: "✓ better" | "✓ besser";
    Worse: "✗ worse" | "✗ schlechter";
    Higher: "higher" | "höher";
    Lower: "lower" | "niedriger";
    Alike: "≈ alike" | "≈ gleich";
    NotDecided: "? not decided" | "? nicht entschieden";
    Identical: "= identical" | "= identisch";
    BetterService: "better service" | "besserer Service";
    WorseService: "worse service" | "schlechterer Service";
    SameService: "same service" | "gleicher Service";
    MixedService: "service better here, worse there" | "Service hier besser, dort schlechter";
    OpenService: "service not decided" | "Service nicht entschieden";
    UnknownService: "service not judged" | "Service nicht beurteilt";
    Cheaper: "cheaper" | "billiger";
    Dearer: "dearer" | "teurer";
    SameCost: "same cost" | "gleiche Kosten";
    MixedCost: "cost mixed" | "Kosten gemischt";
    OpenCost: "cost not decided" | "Kosten nicht entschieden";
    LeadOneRun: "One replication shows no chance: differences are told, no verdict is given." |
        "Eine Wiederholung zeigt keinen Zufall: Unterschiede stehen da, geurteilt wird nicht.";
    LeadIdentical: "{0} and {1} are identical: every replication has the same result." |
        "{0} und {1} sind identisch: Jede Wiederholung hat dasselbe Ergebnis.";
    LeadTakeBoth: "Take {0}: it serves better than {1} and costs less{2}" |
        "{0} nehmen: besserer Service als {1} und billiger{2}";
    LeadTakeService: "Take {0}: it serves better than {1} at the same cost{2}" |
        "{0} nehmen: besserer Service als {1} bei gleichen Kosten{2}";
    LeadServesBetter: "{0} serves better than {1}{2}" | "{0} bietet besseren Service als {1}{2}";
    LeadTakeCost: "Take {0}: it serves as well as {1} and costs less{2}" |
        "{0} nehmen: gleicher Service wie {1} und billiger{2}";
    LeadBetterDearer: "{0} serves better than {1} and costs more{2}" |
        "{0} bietet besseren Service als {1} und ist teurer{2}";
    LeadWorseCheaper: "{0} costs less than {1} and serves worse{2}" |
        "{0} ist billiger als {1} und bietet schlechteren Service{2}";
    LeadKeepBoth: "Keep {1}: {0} serves worse and costs more{2}" |
        "Bei {1} bleiben: {0} bietet schlechteren Service und ist teurer{2}";
    LeadKeepService: "Keep {1}: {0} serves worse at the same cost{2}" |
        "Bei {1} bleiben: {0} bietet schlechteren Service bei gleichen Kosten{2}";
    LeadServesWorse: "{0} serves worse than {1}{2}" | "{0} bietet schlechteren Service als {1}{2}";
    LeadKeepCost: "Keep {1}: {0} serves no better and costs more{2}" |
        "Bei {1} bleiben: {0} bietet keinen besseren Service und ist teurer{2}";
    LeadNoDifference: "{0} and {1} do not differ by anything that matters." |
        "{0} und {1} unterscheiden sich in nichts, worauf es ankommt.";
    LeadNotDecided: "Not decided: chance may have made what {0} and {1} differ by." |
        "Nicht entschieden: Was {0} und {1} unterscheidet, kann Zufall sein.";
    LeadOther: "{0} against {1}: {2}{3}" | "{0} gegen {1}: {2}{3}";
    LeadNone: "No option is better than {0} in service or cost and no worse in the other. {1}" |
        "Keine Option ist besser als {0} in Service oder Kosten, ohne im anderen schlechter zu sein. {1}";
    LeadTake: "Take {0}: {1} against {2}, {3}. {4}" | "{0} nehmen: {1} gegen {2}, {3}. {4}";
    LeadSeveral: "{0} are each better than {1} in service or cost and no worse in the other; which of them is best is not told here. {2}" |
        "{0} sind jede besser als {1} in Service oder Kosten, ohne im anderen schlechter zu sein; welche davon die beste ist, wird hier nicht gesagt. {2}";
    LeadWorth: " It is worth it if a point of service level is worth more than {0}." |
        " Es lohnt sich, wenn ein Prozentpunkt Servicelevel mehr wert ist als {0}.";
    LeadSaves: " For each point of service level given up it saves {0}." |
        " Für jeden aufgegebenen Prozentpunkt Servicelevel spart es {0}.";
    Measure: "measure" | "Größe";
    MeanIsBetter: "mean is better" | "Mittel ist besser";
    RunsBetter: "better in" | "besser in";
    YearsBetter: "years better" | "Jahre besser";
    NeededMore: "further replications needed" | "weitere Wiederholungen nötig";
    Changes: "What the scenarios do not have in common" | "Worin sich die Szenarien unterscheiden";
    MoreChanges: "and {0} more: `holdtime check FILE --resolved` lists every value" |
        "und {0} weitere: `holdtime check FILE --resolved` nennt jeden Wert";
    CostSolved: "a solving call" | "je lösenden Anruf";
    ContactsPerCase: "contacts a case" | "Kontakte je Fall";
    SectionTargets: "Targets" | "Ziele";
    Partners: "partners" | "Partner";
    Siteless: "groups without a site" | "Gruppen ohne Standort";
    PerPoint: "a point of service level (95 % interval)" | "je Prozentpunkt Servicelevel (95-%-Intervall)";
    CostNote: "differences over the horizon, each ± holds by itself; no price of a point where the service level may be the same" |
        "Unterschiede über den ganzen Zeitraum, jedes ± gilt für sich; kein Preis eines Prozentpunkts, wo der Servicelevel derselbe sein kann";
    CustomersAll: "the same customers met {0} and {1}: {2} first contacts a replication, each with its time and draws" |
        "dieselben Kunden trafen auf {0} und {1}: {2} Erstkontakte je Wiederholung, jeder mit seiner Zeit und seinen Zufallszahlen";
    CustomersSome: "the same customers in {0} of {1} classes; the others are listed by the page on the terminal" |
        "dieselben Kunden in {0} von {1} Anliegen; die übrigen nennt die Seite im Terminal";
    OnlyIn: "only in {0}: {1}" | "nur in {0}: {1}";
    SureMeans: "mean is better: confidence, one-sided paired t; never shown as certain · better in: replications with the same customers, with the 95 % interval of that share" |
        "Mittel ist besser: Vertrauen, einseitiger gepaarter t-Test; nie als sicher gezeigt · besser in: Wiederholungen mit denselben Kunden, mit 95-%-Intervall dieses Anteils";

    // Definitions.
    DefService: "service level{0}: answered in {1} ÷ {2}, goal {3} %" | "Servicelevel{0}: angenommen in {1} ÷ {2}, Ziel {3} %";
    DefOfClasses: " of {0}" | " von {0}";
    DefAndMore: "{0} and {1} more" | "{0} und {1} weitere";
    BaseEnteredLess: "(entered − left within {0})" | "(angekommen − in {0} aufgelegt)";
    BaseEntered: "entered" | "angekommen";
    BaseAnswered: "answered" | "angenommen";
    BaseOffered: "(entered + blocked)" | "(angekommen + abgewiesen)";
    DefEntered: "entered = offered − blocked + transferred in; abandoned: of entered, however short the wait" |
        "angekommen = angerufen − abgewiesen + weitergeleitet; aufgelegt: von den angekommenen, wie kurz sie auch warteten";
    DefWaits: "mean wait (ASA) and percentiles: wait of the answered, those who did not wait included" |
        "mittlere Wartezeit (ASA) und Perzentile: Wartezeit der angenommenen Anrufe, auch jener ohne Wartezeit";
    DefOccupancy: "occupancy: time of handling ÷ time logged in" | "Auslastung: Bearbeitungszeit ÷ angemeldete Zeit";
    DefSolved: "solved at 1st call: cases that their first answered contact solved ÷ cases with an answered contact" |
        "beim 1. Anruf gelöst: Fälle, die der erste angenommene Kontakt löste ÷ Fälle mit angenommenem Kontakt";
    DefVerdict: "a target is met or missed where the whole 95 % interval lies on one side of the bound, else not sure" |
        "ein Ziel ist erreicht oder verfehlt, wenn das ganze 95-%-Intervall auf einer Seite der Grenze liegt, sonst nicht sicher";
    DefFamily: "judged together: {0} × {1} options = {2} verdicts, all right with 95 % (Holm); their ± hold together (Bonferroni)" |
        "zusammen beurteilt: {0} × {1} Optionen = {2} Urteile, alle richtig mit 95 % (Holm); ihre ± gelten zusammen (Bonferroni)";
    DefAlike: "alike: no difference that matters, the whole interval lies within ± {0}" |
        "gleich: kein Unterschied, auf den es ankommt; das ganze Intervall liegt innerhalb ± {0}";
    DefOpen: "not decided: the interval holds 0 and reaches beyond what matters; neither a difference nor its absence is shown" |
        "nicht entschieden: Das Intervall enthält 0 und reicht über das hinaus, worauf es ankommt; weder ein Unterschied noch sein Fehlen ist gezeigt";
    DefReading: "better service, cheaper: as far as the verdicts go, of service measures and of cost" |
        "besserer Service, billiger: so weit die Urteile reichen, über Servicegrößen und über Kosten";
    ChanceOnly: "± is chance only: the scenario's own figures are taken as true" |
        "± ist nur der Zufall: Die Zahlen des Szenarios selbst gelten als wahr";
    ChanceAnd: "± is of the mean over chance and uncertain figures of the scenario: {0} (one standard deviation)" |
        "± ist das des Mittels über den Zufall und über unsichere Zahlen des Szenarios: {0} (eine Standardabweichung)";
    UncertainVolume: "volume ± {0} %" | "Menge ± {0} %";
    UncertainTalk: "talk time ± {0} %" | "Gesprächszeit ± {0} %";
    UncertainPatience: "patience ± {0} %" | "Geduld ± {0} %";
    DefRounded: "numbers are rounded one by one: sums may differ in the last digit" |
        "Zahlen sind einzeln gerundet: Summen können in der letzten Stelle abweichen";
    Note: "note: {0}" | "Hinweis (englisch): {0}";
    AuditKept: "audit: all laws kept" | "Prüfung: alle Gesetze eingehalten";
    MadeBy: "holdtime {0}" | "holdtime {0}";
    HashOf: "scenario {0}" | "Szenario {0}";

    // Sweep.
    LeadSweep: "{0} over {1} points: {2} from {3} to {4}." | "{0} an {1} Punkten: {2} von {3} bis {4}.";
    LeadSweepTargets: "The targets are met at {0} of {1} points." | "Die Ziele sind an {0} von {1} Punkten erreicht.";
    StateSweepPartial: "Partial result: {0} of {1} points have run." | "Teilergebnis: {0} von {1} Punkten sind gelaufen.";
    Points: "Points" | "Punkte";
    SweepEach: "{0} replications each, seed {1}" | "je {0} Wiederholungen, Startwert {1}";
    SweepNote: "points share their customers as far as volumes are alike: chance separates two rows by less than their ± suggest" |
        "Punkte teilen ihre Kunden, soweit die Mengen gleich sind: Der Zufall trennt zwei Zeilen weniger, als ihre ± vermuten lassen";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_lacks_a_language_and_both_have_the_same_places() {
        for word in Word::ALL {
            let places = |language| {
                let text = word.text(language);
                assert!(!text.trim().is_empty(), "{word:?}");
                (0..9).filter(|place| text.contains(&format!("{{{place}}}"))).collect::<Vec<_>>()
            };
            assert_eq!(places(Language::English), places(Language::German), "{word:?}");
        }
    }
}
