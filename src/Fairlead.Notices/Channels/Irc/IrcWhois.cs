namespace Fairlead.Notices.Channels.Irc;

/// <summary>What a server says of somebody.</summary>
internal sealed class IrcWhois
{
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary><c>nick!user@host</c>.</summary>
    public string? Source { get; set; }

    public string? Account { get; set; }
}
