using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>
/// The canonical encoding of a key: the format line, then for each part its name and its value, each as the length in bytes
/// (64 bits, big endian) and the UTF-8 bytes. Lengths make it injective: no two lists of parts share an encoding.
/// </summary>
internal static class KeyEncoding
{
    /// <summary>Any change of the encoding, or of what a part means, needs a new number: recorded keys must never match by accident.</summary>
    private static readonly byte[] Format = "fairlead key 1\n"u8.ToArray();

    /// <param name="parts">Sorted by name, names unique.</param>
    public static Digest Hash(IReadOnlyList<KeyPart> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Format);
        foreach (var part in parts)
        {
            Append(hash, part.Name);
            Append(hash, part.Value);
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(field);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
