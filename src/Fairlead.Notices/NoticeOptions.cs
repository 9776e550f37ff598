namespace Fairlead.Notices;

/// <summary>What the room of messages needs to know of where it runs.</summary>
/// <param name="ControlUrl">Where the control plane listens: links lead there unless the project file says another address.</param>
public sealed record NoticeOptions(Uri ControlUrl)
{
    /// <summary>How often it is looked whether there is something to tell.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long a channel may take for one message.</summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What could not be delivered for so long is given up.</summary>
    public TimeSpan GivenUpAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>What is told or given up is kept for so long.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>When more wait for a channel that people read, and have for long, they are told in one message.</summary>
    public int GatheredAbove { get; init; } = 20;

    /// <summary>How long is long.</summary>
    public TimeSpan GatheredAfter { get; init; } = TimeSpan.FromMinutes(10);
}
