using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Runs;

/// <summary>A word by which runs are found again.</summary>
public sealed record RunTag(string Name, string By, DateTimeOffset At)
{
    public const int Longest = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>The name, if it is one that a tag can have.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static string Check([NotNull] string? name) =>
        name is { Length: > 0 and <= Longest } && !name.AsSpan().ContainsAnyExcept(Allowed)
            ? name
            : throw FairleadException.Invalid($"'{Identity.AuditText.Clean(name ?? "", Longest)}' is no tag; write 1 to {Longest} letters, digits, dots, hyphens or underscores.");
}
