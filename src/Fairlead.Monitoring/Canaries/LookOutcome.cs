namespace Fairlead.Monitoring.Canaries;

/// <summary>What a look leads to.</summary>
public enum LookOutcome
{
    /// <summary>Good. Before the last look it has still to stay so.</summary>
    Good,

    /// <summary>The canary is over.</summary>
    Bad,

    /// <summary>Nothing can be said yet; at the end that is not good either.</summary>
    Unknown,
}
