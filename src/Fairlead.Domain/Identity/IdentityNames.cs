using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Identity;

/// <summary>The form of the names of users, groups and environments: nothing that could pass for another name, a line of a log or a path.</summary>
public static class IdentityNames
{
    public const int Longest = 64;

    /// <summary>True for 1 to 64 ASCII letters, digits and <c>. _ - @ +</c>, of which the first is a letter or a digit.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+');

    /// <param name="what">What is named, for the message: "user" or "group".</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static string Require(string? text, string what) =>
        text is not null && IsName(text)
            ? text
            : throw FairleadException.Invalid($"'{AuditText.Clean(text ?? "", Longest)}' is no name for a {what}; use 1 to {Longest} letters, digits, '.', '_', '-', '@' or '+', beginning with a letter or a digit.");
}
