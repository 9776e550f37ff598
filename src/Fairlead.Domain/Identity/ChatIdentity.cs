using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Identity;

/// <summary>Who somebody is in a chat, as the chat's network proves it: <c>irc:ACCOUNT</c> or <c>slack:TEAM/USER</c>.</summary>
public static partial class ChatIdentity
{
    /// <exception cref="FairleadException">Invalid.</exception>
    public static string Require(string text) => Form().IsMatch(text)
        ? text
        : throw FairleadException.Invalid($"'{AuditText.Clean(text, IdentityNames.Longest)}' is nobody in a chat; write 'irc:ACCOUNT' with the account of the network's services, or 'slack:TEAM/USER' with the ids that the robot tells.");

    [GeneratedRegex(@"\A(?:irc:[\x21-\x7E]{1,64}|slack:[A-Z0-9]{1,32}/[A-Z0-9]{1,32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
