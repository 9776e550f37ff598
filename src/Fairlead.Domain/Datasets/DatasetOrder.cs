namespace Fairlead.Domain.Datasets;

/// <summary>What a process that reads data is asked for. It finds the data in <c>in/data</c>, or to compare in <c>in/left</c> and <c>in/right</c>.</summary>
public sealed record DatasetOrder
{
    public required DatasetTask Task { get; init; }

    /// <summary>To check: see <see cref="Projects.DatasetDefinition"/>.</summary>
    public IReadOnlyList<string> Expect { get; init; } = [];

    /// <summary>To check.</summary>
    public IReadOnlyDictionary<string, string> Schema { get; init; } = new Dictionary<string, string>();

    /// <summary>To compare: columns that tell rows apart.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];
}
