using Fairlead.Domain.Deployments;

namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about how environments are deployed to.</summary>
internal static class DeliveryRules
{
    /// <summary>What a strategy is made of, by the kinds that have it.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<StrategyKind>> KindsOf = new Dictionary<string, IReadOnlyList<StrategyKind>>
    {
        [Keys.Traffic] = [StrategyKind.Canary],
        [Keys.Baseline] = [StrategyKind.Canary],
        [Keys.Analyse] = [StrategyKind.Canary, StrategyKind.Shadow],
        [Keys.Each] = [StrategyKind.Canary, StrategyKind.Rolling, StrategyKind.Shadow],
        [Keys.Batch] = [StrategyKind.Rolling],
        [Keys.Surge] = [StrategyKind.Rolling],
        [Keys.Unavailable] = [StrategyKind.Rolling],
        [Keys.Mirror] = [StrategyKind.Shadow],
        [Keys.Pipeline] = [StrategyKind.Custom],
        [Keys.OnBadHealth] = [StrategyKind.BlueGreen, StrategyKind.Highlander, StrategyKind.Rolling, StrategyKind.Canary],
    };

    private static readonly TextFormat Share = new("a share", @"^(?:100|[0-9]{1,2}(?:\.[0-9]{1,2})?)%$", "a number of percent from 0.01 to 100, with two decimals at most", "5%")
    {
        Refuse = share => share.Trim('0', '.', '%').Length == 0 ? "use more than 0%" : null,
    };

    private static readonly TextFormat Amount = new("an amount", "^(?:[0-9]{1,5}|(?:100|[0-9]{1,2})%)$", "a number of instances, or a share", "25%");

    private static readonly TextFormat Keeping = new("what to keep", "^[1-9][0-9]{0,5}[mhdw]?$", "a number of server groups, or a period", "2h")
    {
        Refuse = text => char.IsAsciiDigit(text[^1]) && text.Length > 2 ? "use 99 server groups at most" : null,
    };

    private static readonly TextFormat Errors = new("a bound of errors", "^< *(?:100|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$", "'<' and a number of percent", "< 1%");

    private static readonly ObjectShape Health = new(
    [
        new(Keys.Errors, new TextShape(Errors), "How many of its answers may be errors of the server (status 500 and up), such as '< 1%'. Default: < 5%."),
        new(Keys.For, new TextShape(TextFormats.Duration), "How long that is taken over, and how long a new server group is watched once it has all traffic. Default: 30s."),
    ]);

    /// <summary>Keys of an environment.</summary>
    public static readonly IReadOnlyList<KeyRule> OfEnvironment =
    [
        new(Keys.Strategy, new ChoiceShape(StrategyWords.All), "How a release takes over: at once with the previous one warm (blue-green, the default) or gone (highlander), by batches (rolling), by weights (canary), with copies of requests only (shadow), or by a pipeline (custom)."),
        new(Keys.Traffic, new ListShape(Share), "Of a canary: its weights, rising, the last one 100%. Default: 5%, 25%, 50%, 100%."),
        new(Keys.Each, new TextShape(TextFormats.Duration), "How long a canary stays at each weight, a rolling deployment at each batch, and a shadow until it is judged. Default: no longer than its health asks."),
        new(Keys.Analyse, new ListShape(AnalysisRules.MetricName), "Of a canary or shadow: what is compared with what is live before it goes on, such as latency.p99, error.rate, kpi.NAME, output.FIELD, paired.latency or a metric of your own. Default: its health decides alone."),
        new(Keys.Baseline, new ChoiceShape(["fresh", "live"]), "Of a canary: compared with a fresh server group of what is live, with the same traffic, or with what is live (default)."),
        new(Keys.Batch, new TextShape(Amount), "Of a rolling deployment: how many instances at a time. Default: 25%."),
        new(Keys.Surge, new TextShape(Amount), "Of a rolling deployment: how many instances beyond those wanted. Default: the batch."),
        new(Keys.Unavailable, new TextShape(Amount), "Of a rolling deployment: how many instances may be missing meanwhile. Default: none."),
        new(Keys.Mirror, new TextShape(Share), "Of a shadow: its share of copies. Default: 100%."),
        new(Keys.Pipeline, new TextShape(TextFormats.StepName), "Of a custom strategy: the pipeline."),
        new(Keys.OnBadHealth, new ChoiceShape(["return", "pause"]), "What bad health leads to: back to what was live (return, the default), or a person decides (pause)."),
        new(Keys.KeepPrevious, new TextShape(Keeping), "How many disabled server groups of a service stay warm, such as '3', or how long, such as 2h. Default: '2'."),
        new(Keys.Guard, new TextShape(Amount), "How many of a command service's instances must be in server groups that take traffic, always, such as 50%."),
        new(Keys.Health, Health, "When a server group counts as well."),
    ];
}
