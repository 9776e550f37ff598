using System.Buffers;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Identity;

/// <summary>The form of the e-mail addresses of users, by which they are known in commits.</summary>
public static class EmailAddress
{
    private const int Longest = 254;
    private static readonly SearchValues<char> Refused = SearchValues.Create("<>()[],;:\"\\");

    /// <summary>True for something before and something after one '@', without blanks and brackets, 254 characters at most.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= Longest && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1
        && !text.AsSpan().ContainsAny(Refused) && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <exception cref="FairleadException">Invalid.</exception>
    public static string Require(string? text) => text is not null && IsAddress(text)
        ? text
        : throw FairleadException.Invalid($"'{AuditText.Clean(text ?? "", IdentityNames.Longest)}' is no e-mail address; write one such as 'ann@example.com', without a name beside it.");

    /// <summary>The address of somebody as commits name them: <c>Ann Lee &lt;ann@example.com&gt;</c>, or the address alone; null when there is none.</summary>
    public static string? In(string person)
    {
        var begin = person.LastIndexOf('<');
        var text = begin >= 0 && person.EndsWith('>') ? person[(begin + 1)..^1] : person;
        return IsAddress(text) ? text : null;
    }
}
