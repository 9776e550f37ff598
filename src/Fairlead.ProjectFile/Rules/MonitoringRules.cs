namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about KPIs and alerts.</summary>
internal static class MonitoringRules
{
    private static readonly TextFormat Expression = TextFormats.Sentence with { What = "an expression", Expected = "an expression in SQL", Example = "input.origin" };

    public static readonly ObjectShape Kpi = new(
    [
        new(Keys.Sql, new TextShape(Expression with { Expected = "an aggregate in SQL over 'scored'", Example = "avg(outcome.clicked)" }), "An aggregate in SQL over the columns of 'scored', such as avg(outcome.clicked).") { IsRequired = true },
        new(Keys.Goal, new TextShape(TextFormats.Goal), "What the value should be, such as '>= 0.5' or '< 2%'. Default: it is only watched."),
        new(Keys.Window, new TextShape(TextFormats.Span), "How far a value looks back, such as 1h or 7d; the history has a value for each full one. Default: 24h."),
        new(Keys.Service, new TextShape(TextFormats.Name), "The service whose predictions count. Default: each service has a value."),
        new(Keys.By, new ListShape(Expression), "Expressions in SQL, such as input.origin: each of their values has a value of its own."),
        new(Keys.Environments, new ListShape(TextFormats.Name), "Environments whose predictions count. Default: all."),
        new(Keys.MinRows, new IntegerShape(1, 1_000_000_000), "With fewer rows a goal is neither met nor missed. Default: 30."),
        new(Keys.OutcomeDelay, new TextShape(TextFormats.Span), "How long outcomes take to come; values are provisional until then. Default: 24h with an outcome in the expression, else none."),
    ]);

    public static readonly ObjectShape Alert = new(
    [
        new(Keys.When, new TextShape(TextFormats.Condition), "What is wrong, such as 'latency.p99 > 50ms', 'error.rate > 1%', 'kpi.NAME < 0.5' or, with sql, 'value > 10'."),
        new(Keys.Sql, new TextShape(Expression with { What = "a query", Expected = "a query in SQL that returns one number", Example = "select count(*) from unmatched" }), "A query that returns one number, over predictions, outcomes, scored and unmatched; 'when' calls it value."),
        new(Keys.Service, new TextShape(TextFormats.Name), "The service that is meant. Default: each."),
        new(Keys.Environment, new TextShape(TextFormats.Name), "The environment that is meant. Default: each."),
        new(Keys.Window, new TextShape(TextFormats.Span), "What latencies, errors and requests are taken over. Default: 5m."),
        new(Keys.For, new TextShape(TextFormats.Duration), "How long it must be wrong before anybody is told. Default: at once."),
        new(Keys.Severity, new ChoiceShape(["warn", "page"]), "warn (default): in working hours; page: now."),
        new(Keys.Rollback, new BooleanShape(), "When it fires while a release comes into its environment, or shortly after, that goes back. Default: false."),
        new(Keys.State, new ChoiceShape(["off"]), "off: an alert that is always there is not looked at."),
    ])
    {
        ExactlyOneOf = [Keys.When, Keys.State],
    };

    public static readonly ObjectShape Lineage = new(
    [
        new(Keys.OpenLineage, new TextShape(TextFormats.Collector), "URL of an OpenLineage collector, or a file of the project to which events are appended.") { IsRequired = true },
        new(Keys.Namespace, new TextShape(TextFormats.Namespace), "Namespace of jobs and datasets. Default: fairlead://PROJECT."),
        new(Keys.KeyEnv, new TextShape(TextFormats.Variable), "Environment variable of the control plane with the bearer token of the collector. Default: none is sent."),
    ]);
}
