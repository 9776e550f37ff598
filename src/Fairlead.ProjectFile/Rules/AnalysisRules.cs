namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about how canaries are judged.</summary>
internal static class AnalysisRules
{
    private const double Farthest = 1e9;

    /// <summary>One of the project's own has no dot.</summary>
    public static readonly TextFormat MetricName = new(
        "a metric", @"^[a-z][a-z0-9_]{0,62}(?:\.[^\x00-\x20\x7F]{1,200})?$", "a name, such as that of a metric of your own, 'latency.p99', 'error.rate', 'kpi.NAME' or 'output.FIELD'", "latency.p99");

    private static readonly TextFormat Query = TextFormats.Sentence with { What = "a query", Expected = "a query in SQL with the columns time and value", Example = "select time, latency_us as value from predictions where server_group = ${group}" };

    private static readonly ObjectShape Prometheus = new(
    [
        new(Keys.Url, new TextShape(TextFormats.Url), "Of the server, such as http://prometheus:9090.") { IsRequired = true },
        new(Keys.Query, new TextShape(Query with { Expected = "a query in PromQL that gives one series", Example = "sum(rate(errors_total{group=\"${group}\"}[1m]))" }), "In PromQL, with one series as its result; ${group}, ${service}, ${environment}, ${start} and ${end} are filled in for each side.") { IsRequired = true },
        new(Keys.Step, new TextShape(TextFormats.Duration), "Between two points. Default: as the analysis."),
        new(Keys.KeyEnv, new TextShape(TextFormats.Variable), "Environment variable of the control plane with the bearer token of the server. Default: none is sent."),
    ]);

    private static readonly ObjectShape Effect = new(
    [
        new(Keys.Measure, new ChoiceShape(["meanRatio", "cles"]), "meanRatio (default): of the means, 1 for no change; cles: how probable it is that a point of the candidate is the larger one, 0.5 for no change."),
        new(Keys.AllowedIncrease, new NumberShape(0, Farthest), "An increase below it passes."),
        new(Keys.AllowedDecrease, new NumberShape(0, Farthest), "A decrease above it passes."),
        new(Keys.CriticalIncrease, new NumberShape(0, Farthest), "From where on an increase of a critical metric alone fails the canary."),
        new(Keys.CriticalDecrease, new NumberShape(0, Farthest), "The same for a decrease."),
    ]);

    public static readonly ObjectShape Metric = new(
    [
        new(Keys.Sql, new TextShape(Query), "A query over predictions, outcomes, scored and unmatched with the columns time and value; ${group}, ${service}, ${environment}, ${start} and ${end} are filled in for each side."),
        new(Keys.Prometheus, Prometheus, "A query to a Prometheus server."),
        new(Keys.Direction, new ChoiceShape(["either", "increase", "decrease"]), "Which change is bad. Default: either for a metric of your own."),
        new(Keys.Critical, new BooleanShape(), "It alone fails a canary. Default: only errors do."),
        new(Keys.Muted, new BooleanShape(), "It is judged and shown, and counts for nothing."),
        new(Keys.MustHaveData, new BooleanShape(), "true: without data it is bad at the last look; false: silent on both sides, it is left out. Default: without data it is not good."),
        new(Keys.Group, new TextShape(TextFormats.Name), "Of whose scores the score is made. Default: that of its kind, such as latency, errors, output or own."),
        new(Keys.MinPoints, new IntegerShape(0, 1_000_000), "Points that each side needs."),
        new(Keys.Nan, new ChoiceShape(["remove", "replace"]), "What a missing point is: nothing (remove, the default), or zero (replace)."),
        new(Keys.Outliers, new NumberShape(0.1, 1000), "Points beyond the quartiles by so many times their distance are left out. Default: all stay."),
        new(Keys.EffectSize, Effect, "How large a change must be to count."),
    ]);

    public static readonly ObjectShape Analysis = new(
    [
        new(Keys.Judge, new ChoiceShape(["fairlead", "kayenta"]), "By whose rules. Default: fairlead."),
        new(Keys.Confidence, new NumberShape(0.51, 0.999999), "1 less the share of canaries without any change in which a metric is called changed. Default: 0.98."),
        new(Keys.Tolerance, new NumberShape(0, 0.99), "The interval of a change must lie beyond this share of it. Default: 0.25."),
        new(Keys.Pass, new NumberShape(0, 100), "Score from which on a canary is good. Default: 90."),
        new(Keys.Marginal, new NumberShape(0, 100), "Score below which it is bad, and ends. Default: 50."),
        new(Keys.Weights, new MapShape("group", TextFormats.Name, new NumberShape(0, 100)), "Weights of groups in percent; those without one share what is left."),
        new(Keys.Interval, new TextShape(TextFormats.Duration), "Between looks. Default: five looks at each step, where there are points enough."),
        new(Keys.LookBack, new TextShape(TextFormats.Duration), "How far back a look goes. Default: to the beginning of the step."),
        new(Keys.WarmUp, new TextShape(TextFormats.Duration), "Time at the beginning of each step that does not count. Default: none."),
        new(Keys.Step, new TextShape(TextFormats.Duration), "Between two points of a metric. Default: 60 points for each step of a canary, a minute apart at most."),
        new(Keys.Patience, new TextShape(TextFormats.Duration), "How long a canary waits for what is missing when its time is over; then it has failed. Default: 10m."),
    ]);
}
