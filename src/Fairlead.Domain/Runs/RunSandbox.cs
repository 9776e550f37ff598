namespace Fairlead.Domain.Runs;

/// <summary>What a run was kept in; beside <see cref="Run.Sandbox"/>, which names the kind.</summary>
public sealed record RunSandbox
{
    /// <summary>The program that made it and its version, such as <c>bubblewrap 0.8.0</c>; null where there was none.</summary>
    public string? Program { get; init; }

    /// <summary>The run could reach the network.</summary>
    public required bool HasNetwork { get; init; }

    /// <summary>Image and digest, where it was a container.</summary>
    public string? Image { get; init; }

    /// <summary>How its resources were limited, such as <c>cgroup v2</c> or <c>watching</c>; null when it had no limits.</summary>
    public string? Limits { get; init; }

    /// <summary>A sentence for people: why it is weaker than the project asks for or than is usual.</summary>
    public string? Note { get; init; }
}
