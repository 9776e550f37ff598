using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Services;

namespace Fairlead.Domain.Releases;

/// <summary>A command service as a release carries it.</summary>
public sealed record ReleasedCommand
{
    public required string Command { get; init; }

    /// <summary>A tree: the working folder of each instance.</summary>
    public required ArtifactRef Code { get; init; }

    public required ServiceProtocol Protocol { get; init; }

    public required HealthCheck Health { get; init; }

    public ServiceContract? Contract { get; init; }

    public CommandSettings Settings { get; init; } = new();
}
