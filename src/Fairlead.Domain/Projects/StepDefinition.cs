using System.Text.Json;

namespace Fairlead.Domain.Projects;

/// <summary>A step: exactly one of <see cref="Run"/> and <see cref="Sql"/> is set.</summary>
public sealed record StepDefinition
{
    /// <summary>Ends a step that runs longer when the file names no timeout.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromHours(1);

    /// <summary>Unique within a graph: <c>train</c>, or for a variant of a matrix <c>train[customer=acme,factors=16]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The step's name in the project file, under which its runs are numbered: equal to <see cref="Name"/> unless this is a variant.</summary>
    public string Family
    {
        get => field ?? Name;
        init;
    }

    /// <summary>Which variant of a matrix this is, such as <c>customer=acme,factors=16</c>: its axes by name (ordinal). Null for a plain step, and for a matrix as a whole.</summary>
    public string? Variant { get; init; }

    /// <summary>Axes by name (ordinal), each with its values in file order; empty for a plain step and for a variant.</summary>
    public IReadOnlyList<MatrixAxis> Matrix { get; init; } = [];

    /// <summary>Condition, a SQL expression over parameters and over what the needed steps came to, or null: where it is not true the step is not executed.</summary>
    public string? When { get; init; }

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

    /// <summary>Files of the project that pin what tools bring along, relative to the project file: their content is part of the key. The step need not see them.</summary>
    public IReadOnlyList<string> LockFiles { get; init; } = [];

    /// <summary>Null: the strictest that this machine has without an image.</summary>
    public SandboxKind? Sandbox { get; init; }

    /// <summary>Set with <see cref="SandboxKind.Container"/> only: a name, and <c>@sha256:</c> with the digest.</summary>
    public string? Image { get; init; }

    /// <summary>The step may use the network; without a sandbox it always can.</summary>
    public bool HasNetwork { get; init; }

    public StepResources Resources { get; init; } = StepResources.Unlimited;

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
