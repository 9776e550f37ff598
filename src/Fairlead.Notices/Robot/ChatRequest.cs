namespace Fairlead.Notices.Robot;

/// <summary>What somebody says to the robot.</summary>
public sealed record ChatRequest
{
    /// <summary><c>irc</c> or <c>slack</c>.</summary>
    public required string Via { get; init; }

    /// <summary>Name of the channel in the project file.</summary>
    public required string Channel { get; init; }

    /// <summary>Proved by the network, such as <c>irc:ACCOUNT</c> or <c>slack:TEAM/USER</c>; null when it proves none.</summary>
    public string? Identity { get; init; }

    /// <summary>Who it is as long as the person stays connected: <c>nick!user@host</c>, or the identity.</summary>
    public required string Speaker { get; init; }

    /// <summary>True when it is seen when the person leaves, so that a code may stand for an identity until then.</summary>
    public bool CanBeLinked { get; init; }

    public bool IsPrivate { get; init; }

    public required string Text { get; init; }
}
