using System.Text.Json;

namespace Fairlead.Web.Contracts;

/// <param name="Sql">One statement over <c>predictions</c>, <c>outcomes</c>, <c>scored</c> and the other views; left out when a query is named.</param>
/// <param name="Limit">Rows at most; null for all.</param>
public sealed record QueryBody(string? Sql, int? Limit)
{
    /// <summary>Name of a saved query, in place of the statement.</summary>
    public string? Name { get; init; }

    /// <summary>Values of <c>$name</c>, by name: text, number, true, false or null.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Parameters { get; init; }

    /// <summary>True: damaged files are looked for and left out; the answer counts what is missing.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Seconds that it may take, up to an hour; null for a minute.</summary>
    public double? Timeout { get; init; }
}
