namespace Fairlead.Delivery.Hosts;

public enum HostOutcome
{
    /// <summary>Every reachable host, one at least, serves that desired state or a newer one.</summary>
    Applied,

    /// <summary>A host could not make it ready and goes on with the one before.</summary>
    Refused,

    /// <summary>Neither within the time.</summary>
    Silent,
}
