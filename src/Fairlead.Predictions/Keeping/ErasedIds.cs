using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Keeping;

/// <summary>
/// The ids of erased predictions, as hashes: 16 bytes of salt, then the first 8 bytes of SHA-256 over salt and id, as sorted u64.
/// Whoever has an id can tell that it was erased; nobody can tell an id from the file.
/// </summary>
internal static class ErasedIds
{
    private const int SaltSize = 16;
    private const int IdSize = 16;

    public static string PathOf(string root, int number) =>
        Path.Combine(root, PredictionLayout.Erased, number.ToString(CultureInfo.InvariantCulture) + ".ids");

    /// <summary>Writes the file, durably.</summary>
    public static Digest Write(string path, IEnumerable<PredictionId> ids)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var hashes = ids.Select(id => HashOf(salt, id)).Order().ToList();
        var bytes = new byte[SaltSize + (hashes.Count * sizeof(ulong))];
        salt.CopyTo(bytes, 0);
        for (var i = 0; i < hashes.Count; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(SaltSize + (i * sizeof(ulong))), hashes[i]);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = path + ParquetFile.TemporarySuffix;
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        LibC.SyncFolder(folder);
        return Digest.Of(bytes);
    }

    public static bool Contains(string path, PredictionId id) => Contains(Read(path), id);

    /// <summary>The whole file; empty when there is none.</summary>
    public static byte[] Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : [];

    /// <param name="bytes">From <see cref="Read"/>.</param>
    public static bool Contains(byte[] bytes, PredictionId id)
    {
        if (bytes.Length < SaltSize)
            return false;
        var wanted = HashOf(bytes.AsSpan(0, SaltSize), id);
        var (low, high) = (0, ((bytes.Length - SaltSize) / sizeof(ulong)) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(SaltSize + (middle * sizeof(ulong))));
            if (found == wanted)
                return true;
            if (found < wanted)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return false;
    }

    private static ulong HashOf(ReadOnlySpan<byte> salt, PredictionId id)
    {
        Span<byte> input = stackalloc byte[SaltSize + IdSize];
        salt.CopyTo(input);
        id.Write(input[SaltSize..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
