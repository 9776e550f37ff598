namespace Fairlead.Web.Endpoints;

/// <summary>Which runs are wanted, as it was asked for.</summary>
internal sealed record RunFilter
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 10_000;

    /// <summary>Only runs of this step.</summary>
    public string? Step { get; init; }

    /// <summary>A condition in SQL over the columns of the table <c>runs</c>, such as <c>metrics.auc > 0.6 and params.l2 &lt; 0.1</c>.</summary>
    public string? Where { get; init; }

    /// <summary>Columns with commas between them, each with a hyphen before it for the largest first: <c>-metrics.auc,started</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>A word such as <c>succeeded</c>.</summary>
    public string? Status { get; init; }

    public string? Tag { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>True when the catalog can answer by itself.</summary>
    public bool IsPlain => string.IsNullOrWhiteSpace(Where) && string.IsNullOrWhiteSpace(Sort) && string.IsNullOrWhiteSpace(Status) && string.IsNullOrWhiteSpace(Tag);
}
