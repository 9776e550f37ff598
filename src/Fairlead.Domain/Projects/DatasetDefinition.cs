using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Projects;

/// <summary>Named data: exactly one of <see cref="Path"/>, <see cref="Url"/> and <see cref="Sql"/> is set.</summary>
/// <param name="Path">File, folder or pattern such as <c>data/**/*.csv</c>, relative to the project file.</param>
public sealed record DatasetDefinition(string Name, string? Path = null)
{
    /// <summary>Where it is fetched from, once; <see cref="Digest"/> is set too.</summary>
    public string? Url { get; init; }

    /// <summary>Of the bytes at <see cref="Url"/>.</summary>
    public Digest? Digest { get; init; }

    /// <summary>A query over other datasets: its text, or the path of a file with it, which ends in <c>.sql</c>.</summary>
    public string? Sql { get; init; }

    /// <summary>The datasets that the query reads, by the names under which it finds them.</summary>
    public IReadOnlyList<StepInput> From { get; init; } = [];

    /// <summary>Conditions in SQL that hold for every row, or with aggregates for all rows together.</summary>
    public IReadOnlyList<string> Expect { get; init; } = [];

    /// <summary>Columns that must be there, with their types in SQL; others may be there too.</summary>
    public IReadOnlyDictionary<string, string> Schema { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns that tell rows apart, for differences between versions; empty when none do.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Where the data comes from, as the project file says it.</summary>
    public string Source => Path ?? Url ?? Sql ?? "";

    /// <summary>The query is in a file of the project.</summary>
    public bool HasScript => Sql is not null && Sql.EndsWith(ScriptEnding, StringComparison.Ordinal) && !Sql.Any(char.IsWhiteSpace);

    /// <summary>True when something must hold for a version before it is used.</summary>
    public bool IsChecked => Expect.Count + Schema.Count > 0;

    /// <summary>Runs of datasets that a query makes are numbered under this name, which no step can have.</summary>
    public string RunFamily => RunPrefix + Name;

    public const string RunPrefix = "dataset.";

    private const string ScriptEnding = ".sql";
}
