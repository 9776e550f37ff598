namespace Fairlead.Domain.Canaries;

/// <summary>How canaries of a project are judged. What is null follows from how long a canary stays where it is.</summary>
public sealed record AnalysisDefinition
{
    public const double DefaultPass = 90;
    public const double DefaultMarginal = 50;
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(10);

    /// <summary>Null for the usual judge.</summary>
    public string? Judge { get; init; }

    /// <summary>Above 0.5, below 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>0 to below 1.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Score from which on a canary is good.</summary>
    public double Pass { get; init; } = DefaultPass;

    /// <summary>Score below which it is bad.</summary>
    public double Marginal { get; init; } = DefaultMarginal;

    /// <summary>In percent; groups without one share what is left.</summary>
    public IReadOnlyDictionary<string, double> GroupWeights { get => field ?? new Dictionary<string, double>(); init; }

    /// <summary>Between looks.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How far back a look goes; null for the whole time.</summary>
    public TimeSpan? LookBack { get; init; }

    /// <summary>Time at the beginning that does not count.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Between two points of a metric.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>How long a canary waits for what is missing once its time is over; then it has failed.</summary>
    public TimeSpan Patience { get; init; } = DefaultPatience;
}
