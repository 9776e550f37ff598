namespace Fairlead.Domain.Deployments;

/// <summary>How the answers of a shadow compare with those that clients got, since the host took it up.</summary>
public sealed record ShadowReport
{
    public required ServerGroupName ServerGroup { get; init; }

    /// <summary>Copies that it answered as the live server group had, floats to within 0.000001.</summary>
    public required long Agreed { get; init; }

    /// <summary>Copies that it answered otherwise.</summary>
    public required long Differed { get; init; }

    /// <summary>Copies that it had no answer for.</summary>
    public required long Failed { get; init; }

    /// <summary>Copies that never reached it: it could not keep up, or there was nothing that could be copied.</summary>
    public required long Dropped { get; init; }

    /// <summary>Copies that wait for it now.</summary>
    public required int Waiting { get; init; }
}
