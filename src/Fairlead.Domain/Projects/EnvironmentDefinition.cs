using Fairlead.Domain.Deployments;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Projects;

/// <summary>A named place to deploy to.</summary>
/// <param name="Name">Names it in paths, headers and commands.</param>
public sealed record EnvironmentDefinition(string Name)
{
    /// <summary>Host names under which clients reach it, without port, lower case.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A port of its own on the host, beside the one that all environments share.</summary>
    public int? Port { get; init; }

    /// <summary>How it is deployed to; null for the usual way.</summary>
    public DeliveryPolicy? Delivery { get; init; }

    /// <summary>When it may change.</summary>
    public DeployCalendar Calendar { get; init; } = DeployCalendar.Always;

    /// <summary>For whom it is; its predictions carry the name.</summary>
    public string? Customer { get; init; }
}
