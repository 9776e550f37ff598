using System.Text.Json;

namespace Fairlead.Domain.Projects;

/// <summary>A step: exactly one of <see cref="Run"/> and <see cref="Sql"/> is set.</summary>
public sealed record StepDefinition
{
    /// <summary>Ends a step that runs longer when the file names no timeout.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromHours(1);

    public required string Name { get; init; }

    /// <summary>Command line for <c>/bin/sh -c</c>.</summary>
    public string? Run { get; init; }

    /// <summary>Path of a SQL script, relative to the project file, executed by the embedded DuckDB.</summary>
    public string? Sql { get; init; }

    /// <summary>Files and folders of the project that the step can see, relative to the project file; nothing else is visible.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];

    /// <summary>By the name under which the step finds it in <c>in/</c>.</summary>
    public IReadOnlyList<StepInput> Inputs { get; init; } = [];

    /// <summary>Scalars: string, number, boolean. Sorted by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Relative paths of files or folders below <c>out/</c> that the step must leave.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Relative path below <c>out/</c> of a flat JSON object of numbers, or null.</summary>
    public string? Metrics { get; init; }

    /// <summary>Environment variables with fixed values that the step sees.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Programs whose version lines are part of the key.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
