namespace Fairlead.Notices.Channels.Irc;

/// <summary>Somebody said something to the robot.</summary>
/// <param name="Source"><c>nick!user@host</c>.</param>
/// <param name="Account">Of the services, where the server tells it with the message.</param>
/// <param name="ReplyTo">The channel, or the nick for a private message.</param>
internal sealed record IrcMessage(string Source, string Nick, string? Account, string ReplyTo, bool IsPrivate, string Text);
