namespace Fairlead.Domain.Predictions;

/// <summary>How a request came to its server group.</summary>
public enum RouteKind : byte
{
    /// <summary>Not recorded.</summary>
    Unknown = 0,

    /// <summary>Drawn by the weights of the service's server groups.</summary>
    Weight = 1,

    /// <summary>By the hash of its unit, within the weights.</summary>
    Unit = 2,

    /// <summary>The client named the version.</summary>
    Version = 3,

    /// <summary>A copy for a shadow.</summary>
    Mirror = 4,

    /// <summary>It was refused before a server group was chosen, and is recorded with the one that speaks for its service.</summary>
    None = 5,
}
