using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fairlead.Artifacts.Blobs;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>
/// A share of the small files of a bundle, written <c>3/5</c>: those whose digests begin with the five bits of 3. By digest, so that a file that
/// changes changes one pack and leaves the others, which the registry has already.
/// </summary>
/// <param name="Bits">0 to 16.</param>
internal readonly record struct PackPart(int Index, int Bits)
{
    public const int MostBits = 16;
    private const int PrefixBits = 64;

    public bool Holds(BlobName name) => Bits == 0 || (int)(name.A >> (PrefixBits - Bits)) == Index;

    public static bool TryParse([NotNullWhen(true)] string? text, out PackPart part)
    {
        part = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 1 || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > MostBits || index >= 1 << bits)
            return false;
        part = new PackPart(index, bits);
        return true;
    }

    public override string ToString() => $"{Index}/{Bits}";
}
