using System.Buffers;
using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Blobs;

/// <summary>Hashes what is on disk.</summary>
internal static class FileHash
{
    public const int BufferSize = 1 << 20;

    public static Digest Of(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        return Of(file, cancellationToken);
    }

    public static Digest Of(SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var offset = 0L;
            int read;
            while ((read = RandomAccess.Read(file, buffer, offset)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }
}
