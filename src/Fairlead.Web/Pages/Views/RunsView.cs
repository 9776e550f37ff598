namespace Fairlead.Web.Pages.Views;

/// <summary>Runs that were asked for; all that was asked is in the page's address.</summary>
public sealed record RunsView
{
    public const int DefaultLimit = 50;

    public string Step { get; init; } = "";

    public string Where { get; init; } = "";

    public string Sort { get; init; } = "";

    public string Status { get; init; } = "";

    public string Tag { get; init; } = "";

    public int Limit { get; init; } = DefaultLimit;

    public IReadOnlyList<RunColumn> Columns { get; init; } = [];

    public IReadOnlyList<RunListRow> Rows { get; init; } = [];

    /// <summary>True when there are more than are shown.</summary>
    public bool IsCut => Rows.Count == Limit;

    /// <summary>Why it was not looked for, or null.</summary>
    public string? Notice { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>HTTP status of the page.</summary>
    public int HttpStatus { get; init; } = 200;

    /// <summary>The same list by a column; what is sorted by it already is turned round, and largest come first.</summary>
    public string SortedBy(string column) => Path(Sort == $"-{column}" ? column : $"-{column}", Limit);

    public string More => Path(Sort, Limit * 4);

    /// <summary>How the list is sorted by a column, as screen readers are told; null when it is not.</summary>
    public string? OrderOf(string column) => Sort == column ? "ascending" : Sort == $"-{column}" ? "descending" : null;

    private string Path(string sort, int limit)
    {
        var values = new[] { ("step", Step), ("where", Where), ("sort", sort), ("status", Status), ("tag", Tag), ("limit", limit == DefaultLimit ? "" : limit.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
        var query = string.Join('&', values.Where(pair => pair.Item2.Length > 0).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        return query.Length == 0 ? PagePaths.Runs : $"{PagePaths.Runs}?{query}";
    }
}
