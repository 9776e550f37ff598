namespace Fairlead.Domain.Deployments;

public enum ServerGroupStatus
{
    /// <summary>The host is loading and warming it; it takes no traffic.</summary>
    Preparing,

    /// <summary>It takes the share of traffic that its weight says.</summary>
    Enabled,

    /// <summary>Warm, without traffic: the way back.</summary>
    Disabled,

    /// <summary>The host could not make it ready; it never took traffic.</summary>
    Failed,

    /// <summary>Gone from the host; its record stays.</summary>
    Destroyed,
}
