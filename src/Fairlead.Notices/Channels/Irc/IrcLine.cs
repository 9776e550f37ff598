namespace Fairlead.Notices.Channels.Irc;

/// <summary>A line of an IRC server.</summary>
/// <param name="Source">Who: <c>nick!user@host</c>, or a server; empty for the server at hand.</param>
/// <param name="Account">The services' account of the sender, where the server tells it; null where it does not or there is none.</param>
/// <param name="Command">Upper case, or a number of three digits.</param>
internal sealed record IrcLine(string Source, string? Account, string Command, IReadOnlyList<string> Parameters)
{
    private const string AccountTag = "account=";

    public string Nick => Source.IndexOf('!', StringComparison.Ordinal) is var end and >= 0 ? Source[..end] : Source;

    /// <summary>A parameter, or nothing where there is none.</summary>
    public string this[int index] => index < Parameters.Count ? Parameters[index] : "";

    /// <summary>Null for what is none.</summary>
    public static IrcLine? Parse(string text)
    {
        var rest = text;
        string? account = null;
        if (rest.StartsWith('@'))
        {
            var tags = Word(ref rest)[1..].Split(';');
            account = tags.FirstOrDefault(tag => tag.StartsWith(AccountTag, StringComparison.Ordinal))?[AccountTag.Length..];
        }

        var source = rest.StartsWith(':') ? Word(ref rest)[1..] : "";
        var command = Word(ref rest).ToUpperInvariant();
        if (command.Length == 0)
            return null;
        var parameters = new List<string>();
        while (rest.Length > 0)
        {
            if (rest[0] == ':')
            {
                parameters.Add(rest[1..]);
                break;
            }

            parameters.Add(Word(ref rest));
        }

        return new IrcLine(source, string.IsNullOrEmpty(account) ? null : account, command, parameters);
    }

    private static string Word(ref string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var word = space < 0 ? rest : rest[..space];
        rest = space < 0 ? "" : rest[space..].TrimStart(' ');
        return word;
    }
}
