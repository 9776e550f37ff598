namespace Fairlead.Delivery.Deployments;

public enum DeployEventKind
{
    /// <summary>The release is live already as asked; nothing is done.</summary>
    Unchanged,

    /// <summary>New server groups are recorded and published; the host is loading and warming them.</summary>
    Preparing,

    /// <summary>The host has them ready.</summary>
    Ready,

    /// <summary>The new shares of traffic are recorded and published.</summary>
    Switching,

    /// <summary>The host routes by shares that are not the last.</summary>
    Shifted,

    /// <summary>The host routes by them.</summary>
    Live,

    /// <summary>A warm group of an earlier release could no longer be made ready and was taken out.</summary>
    Evicted,
}
