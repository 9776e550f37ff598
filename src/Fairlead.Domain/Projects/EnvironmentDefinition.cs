using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Projects;

/// <summary>A named place to deploy to, with everything that it inherits from the one that it extends.</summary>
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

    /// <summary>The environment that it inherits from; null for none.</summary>
    public string? Extends { get; init; }

    /// <summary>Who may judge for it, as written: a user's name, <c>role:NAME</c> or <c>group:NAME</c>; null when nothing is said.</summary>
    public IReadOnlyList<string>? Judges { get; init; }

    /// <summary>False: nobody judges a release of their own. Null when nothing is said, and they may.</summary>
    public bool? SelfJudgment { get; init; }

    /// <summary>Values for the settings of services; null for none. Null in a map removes what the release's default has there.</summary>
    public ServiceOverlay<JsonElement>? Config { get; init; }

    /// <summary>References to secrets by the variable that command services see them in; null for none.</summary>
    public ServiceOverlay<string>? Secrets { get; init; }

    /// <summary>Instances by command service; null for none.</summary>
    public IReadOnlyDictionary<string, InstanceBounds>? Instances { get; init; }

    /// <summary>Every value that holds, and where it came from, by key; null where nobody needs to know.</summary>
    public IReadOnlyList<EnvironmentValue>? Values { get; init; }
}
