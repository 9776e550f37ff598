using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Keeping;

/// <summary>
/// Finds in any text what names an artifact or a run. It may find too much, and so keep too much; as it knows nothing of the form
/// of records, it does not find too little when there are new ones.
/// </summary>
internal static partial class ReferenceScan
{
    /// <summary>Every artifact, in the form in which records of all rooms hold one.</summary>
    public static void Artifacts(string text, Action<BlobName> found)
    {
        foreach (Match match in Artifact().Matches(text))
        {
            if (BlobName.TryParse(match.Groups["hex"].ValueSpan, out var name))
                found(name);
        }
    }

    /// <summary>Every run of exactly 64 hexadecimal digits in lower case.</summary>
    public static void Digests(ReadOnlySpan<char> text, Action<BlobName> found)
    {
        var length = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiHexDigitLower(text[i]))
            {
                length++;
                continue;
            }

            if (length == BlobName.HexLength && BlobName.TryParse(text.Slice(i - length, length), out var name))
                found(name);
            length = 0;
        }
    }

    /// <summary>Every one of the known words in a text, a word being letters, digits, '_' and '-'.</summary>
    public static void Words(ReadOnlySpan<char> text, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known, Action<string> found)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-'))
                continue;
            if (i > start && char.IsAsciiDigit(text[i - 1]) && known.TryGetValue(text[start..i], out var word))
                found(word);
            start = i + 1;
        }
    }

    /// <summary>Every artifact, whole.</summary>
    public static IReadOnlyList<ArtifactRef> Roots(string text) =>
        [.. WholeArtifact().Matches(text).Select(match => new ArtifactRef(
                match.Groups["kind"].Value == "tree" ? ArtifactKind.Tree : ArtifactKind.Blob,
                Digest.Parse(match.Groups["digest"].Value),
                long.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture)))
            .Distinct()];

    [GeneratedRegex("\"kind\":\"(?<kind>blob|tree)\",\"digest\":\"(?<digest>sha256:[0-9a-f]{64})\",\"size\":(?<size>[0-9]{1,18})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WholeArtifact();

    [GeneratedRegex("\"kind\":\"(?:blob|tree)\",\"digest\":\"sha256:(?<hex>[0-9a-f]{64})\"", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Artifact();
}
