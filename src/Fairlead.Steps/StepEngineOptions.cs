using Fairlead.Domain.Projects;

namespace Fairlead.Steps;

/// <summary>How the engine works on this machine; checked when the engine is made.</summary>
public sealed record StepEngineOptions
{
    /// <summary>Bytes of a run's log that are kept when nothing else is said.</summary>
    public const long DefaultLogLimit = 64L << 20;

    /// <summary>What runs containers when nothing else is said.</summary>
    public static readonly IReadOnlyList<string> DefaultContainerPrograms = ["podman", "docker"];

    private const long SmallestMemory = 1 << 20;

    public required StateFolder State { get; init; }

    /// <summary>Folder that is appended to the PATH of steps, so that they can call <c>fairlead</c>; null for none.</summary>
    public string? ToolPath { get; init; }

    /// <summary>
    /// Program and leading arguments that execute a SQL step; <c>step.sql</c> is appended, the working folder is the step's,
    /// parameters are in its <c>params.json</c>. Empty: SQL steps fail.
    /// </summary>
    public IReadOnlyList<string> SqlCommand { get; init; } = [];

    /// <summary>
    /// Program and leading arguments that find where two Parquet files differ; their paths are appended, and a <see cref="Domain.Runs.DifferingRow"/> as JSON
    /// is the answer. Empty: such files are compared by their bytes only.
    /// </summary>
    public IReadOnlyList<string> RowsCommand { get; init; } = [];

    /// <summary>
    /// Program and leading arguments that read data for its profile, its checks and differences; the name of a file with a
    /// <see cref="Domain.Datasets.DatasetOrder"/> is appended, the data is in <c>in/</c>, the answer goes to <c>out/answer.json</c>. Empty: datasets cannot be looked into.
    /// </summary>
    public IReadOnlyList<string> DatasetCommand { get; init; } = [];

    /// <summary>Version line of the SQL engine, such as <c>duckdb v1.5.6</c>: part of the key of every SQL step. Asked when it is first needed, since the answer loads the engine.</summary>
    public Lazy<string>? SqlEngineVersion { get; init; }

    /// <summary>Processors that steps may take together, over all invocations, of which a step that declares none takes one; at least 1.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of memory that steps which declare some may take together; at least 1 MiB.</summary>
    public long Memory { get; init; } = Math.Max(SmallestMemory, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Bytes of a run's log that are kept; at least 1024.</summary>
    public long LogLimit { get; init; } = DefaultLogLimit;

    /// <summary>False: as on a machine without bubblewrap.</summary>
    public bool HasNamespaces { get; init; } = true;

    /// <summary>False: as on a machine where no control group can be made.</summary>
    public bool HasControlGroups { get; init; } = true;

    /// <summary>What runs containers, the preferred one first.</summary>
    public IReadOnlyList<string> ContainerPrograms { get; init; } = DefaultContainerPrograms;

    internal void Validate()
    {
        var problems = new List<string>();
        if (!Path.IsPathFullyQualified(State.ProjectRoot))
            problems.Add($"State must lie in an absolute folder, not '{State.ProjectRoot}'.");
        if (ToolPath is not null && !Path.IsPathFullyQualified(ToolPath))
            problems.Add($"ToolPath must be an absolute folder, not '{ToolPath}'.");
        if (Parallelism < 1)
            problems.Add($"Parallelism must be at least 1, not '{Parallelism}'.");
        if (Memory < SmallestMemory)
            problems.Add($"Memory must be at least {SmallestMemory} bytes, not '{Memory}'.");
        if (LogLimit < 1024)
            problems.Add($"LogLimit must be at least 1024 bytes, not '{LogLimit}'.");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(' ', problems));
    }
}
