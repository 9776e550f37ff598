using System.Collections.Concurrent;
using System.Security.Cryptography;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Blobs;

/// <summary>
/// Copies a large file and hashes the copy while it grows: one thread lets the kernel copy, the other reads what arrived,
/// still in memory. What is hashed is what is stored, even if somebody writes to the source meanwhile.
/// </summary>
internal static class CopyingHash
{
    public static (Digest Digest, long Size) Copy(SafeFileHandle source, SafeFileHandle target, CancellationToken cancellationToken)
    {
        if (FileCopy.TryClone(source, target))
            return (FileHash.Of(target, cancellationToken), RandomAccess.GetLength(target));

        using var arrived = new BlockingCollection<int>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On a thread of its own: the one that waits for what arrives is the pool's, and if all of those waited, nobody would copy.
        var copy = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return FileCopy.Copy(source, target, length => arrived.Add(length, CancellationToken.None), stop.Token);
                }
                finally
                {
                    arrived.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            var digest = HashArrivals(target, arrived);
            return (digest, copy.GetAwaiter().GetResult());
        }
        finally
        {
            // The caller closes both files next: nobody may still be copying then.
            stop.Cancel();
            Task.WaitAny([copy], CancellationToken.None);
        }
    }

    private static Digest HashArrivals(SafeFileHandle target, BlockingCollection<int> arrived)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = GC.AllocateUninitializedArray<byte>(FileHash.BufferSize);
        var offset = 0L;
        foreach (var length in arrived.GetConsumingEnumerable())
        {
            for (var end = offset + length; offset < end;)
            {
                var read = RandomAccess.Read(target, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - offset)), offset);
                if (read == 0)
                    throw new IOException("The copy ended before the bytes that were written to it.");
                hash.AppendData(buffer, 0, read);
                offset += read;
            }
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }
}
