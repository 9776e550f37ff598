namespace Fairlead.Web.Pages.Views;

/// <summary>A statement, what it needs, and what it answered.</summary>
public sealed record QueryView
{
    /// <summary>What the control plane's addresses may hold, with the signs that are written as three.</summary>
    public const int LongestSql = 2500;

    /// <summary>What can be read from, in the order in which it is shown.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        ["predictions", "outcomes", "scored", "unmatched", "server_groups", "runs", "metrics", "releases", "models", "datasets"];

    public const string Example =
        """
        select service, server_group, count(*) as predictions, avg(latency_us) as latency_us
        from predictions group by all order by all
        """;

    /// <summary>Empty before the first.</summary>
    public required string Sql { get; init; }

    /// <summary>Of the saved query that it came from, or empty.</summary>
    public required string Name { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<SavedQueryRow> Saved { get; init; }

    /// <summary>Those of the statement, in the order in which they come.</summary>
    public IReadOnlyList<QueryParameterView> Parameters { get; init; } = [];

    /// <summary>Null when it was not run, or failed.</summary>
    public QueryAnswerView? Answer { get; init; }

    /// <summary>Why it was not run, or null.</summary>
    public string? Notice { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>HTTP status of the page.</summary>
    public int Status { get; init; } = 200;
}
