using System.Text.Json;

namespace Fairlead.Web.Contracts;

/// <summary>Which pipeline is to be executed.</summary>
/// <param name="Inputs">By name; those left out have their defaults.</param>
/// <param name="User">Who asks for it, where callers are not known otherwise.</param>
public sealed record ExecutionBody(string Pipeline, IReadOnlyDictionary<string, JsonElement>? Inputs = null, string? User = null, string? Detail = null)
{
    /// <summary>The commit whose project is executed, or what git resolves to one; null for the project as it is.</summary>
    public string? Commit { get; init; }
}
