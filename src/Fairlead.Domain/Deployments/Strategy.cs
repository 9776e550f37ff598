namespace Fairlead.Domain.Deployments;

/// <summary>How a release takes over, with all that the kind leaves open.</summary>
public sealed record Strategy
{
    public static readonly Strategy BlueGreen = new() { Kind = StrategyKind.BlueGreen };

    /// <summary>What a canary does when nobody says otherwise.</summary>
    public static readonly IReadOnlyList<Weight> DefaultTraffic = [new(500), new(2_500), new(5_000), Weight.All];

    public static readonly Amount DefaultBatch = Amount.Percent(25);

    public required StrategyKind Kind { get; init; }

    /// <summary>Of a canary: its weights, rising, the last one all.</summary>
    public IReadOnlyList<Weight> Traffic { get => field ?? []; init; }

    /// <summary>How long a canary stays at each weight before the last, and a rolling deployment at each batch.</summary>
    public TimeSpan Each { get; init; }

    /// <summary>Of a canary: a fresh server group of what is live gets the same traffic as the candidate, so that both started at the same time.</summary>
    public bool Baseline { get; init; }

    /// <summary>Of a rolling deployment: how many instances are replaced at a time; null for <see cref="DefaultBatch"/>.</summary>
    public Amount? Batch { get; init; }

    /// <summary>Of a rolling deployment: how many instances there may be beyond those wanted; null for the batch.</summary>
    public Amount? Surge { get; init; }

    /// <summary>Of a rolling deployment: how many of the wanted instances may be missing meanwhile.</summary>
    public Amount Unavailable { get; init; }

    /// <summary>Of a shadow: its share of copies.</summary>
    public Weight Mirror { get; init; }

    /// <summary>What the analysis at each weight of a canary looks at; the analysis knows the words.</summary>
    public IReadOnlyList<string> Analyse { get => field ?? []; init; }

    /// <summary>Bad health pauses the rollout for a person to decide, instead of going back.</summary>
    public bool PauseOnBadHealth { get; init; }

    /// <summary>Of a custom strategy: the pipeline's name.</summary>
    public string? Pipeline { get; init; }
}
