namespace Fairlead.Domain.Deployments;

/// <summary>How a server group is on its host, since the host took it up. Groups without instances that nobody asked have none.</summary>
public sealed record ServerGroupReport
{
    public required ServerGroupName ServerGroup { get; init; }

    /// <summary>Requests that it answered, whatever the status.</summary>
    public required long Answered { get; init; }

    /// <summary>Those among them that were answered with a status of 500 and up.</summary>
    public required long Errors { get; init; }

    /// <summary>Requests that it refused since there was no room; not among those answered. Null from a host that does not say.</summary>
    public long? Shed { get; init; }

    /// <summary>Requests that wait for their turn now; null from a host that does not say.</summary>
    public long? Waiting { get; init; }

    /// <summary>Seconds that its requests spent in the model, or in instances, in all; null from a host that does not say.</summary>
    public double? InferenceSeconds { get; init; }

    /// <summary>Processor time of its instances since the host took the group up, in seconds; null for a model, whose work is the host's own, and where the platform cannot say.</summary>
    public double? ProcessorSeconds { get; init; }

    /// <summary>Resident memory of its instances now; null as above.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Instances that it is to have; null for a model.</summary>
    public int? Instances { get; init; }

    /// <summary>Instances that take requests; null for a model.</summary>
    public int? Ready { get; init; }
}
