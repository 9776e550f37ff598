using System.Text.RegularExpressions;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Names as tags of a registry, which hold no more than letters, digits, '_', '.' and '-'.</summary>
internal static partial class BundleTag
{
    private const int Longest = 128;

    /// <summary><c>dataset/rides@3</c> is <c>dataset.rides.3</c>; what would be too long ends with a part of its digest.</summary>
    public static string Of(string name)
    {
        var tag = Other().Replace(name.Replace('/', '.').Replace('@', '.'), "-");
        var isSame = tag.Length <= Longest && !tag.Contains("..", StringComparison.Ordinal) && !Other().IsMatch(name.Replace("/", "", StringComparison.Ordinal).Replace("@", "", StringComparison.Ordinal));
        return isSame ? tag : $"{tag[..Math.Min(tag.Length, 100)].TrimEnd('.', '-')}-{Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)).Short}";
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
