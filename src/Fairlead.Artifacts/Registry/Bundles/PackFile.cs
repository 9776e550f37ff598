using System.Formats.Tar;
using System.Security.Cryptography;
using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Small blobs in a tar archive, each named by its digest, in their order and without anything that differs from one writing to the next.</summary>
internal static class PackFile
{
    public const string MediaType = "application/vnd.fairlead.pack.v1.tar";

    /// <param name="path">A free path; removed when it fails.</param>
    public static UploadSource Write(IReadOnlyList<BundleFile> files, Func<Digest, string> pathOf, string path, CancellationToken cancellationToken) =>
        DiskFull.Guard(path, files.Sum(file => file.Size), target =>
        {
            using var hash = SHA256.Create();
            long size;
            using (var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 20))
            using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                using (var tar = new TarWriter(hashing, TarEntryFormat.Ustar, leaveOpen: true))
                {
                    foreach (var blob in files)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        using var content = File.OpenRead(pathOf(blob.Digest));
                        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, blob.Digest.Hex)
                        {
                            DataStream = content,
                            Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                            ModificationTime = DateTimeOffset.UnixEpoch,
                        });
                    }
                }

                hashing.FlushFinalBlock();
                file.Flush();
                size = file.Length;
            }

            return new UploadSource(target, Digest.FromHash(hash.Hash), size);
        });

    /// <summary>Stages those of the files in a pack that are wanted; what is not named by its digest is refused.</summary>
    /// <exception cref="FairleadException">Damaged.</exception>
    public static List<StagedBlob> Read(string path, IReadOnlySet<BlobName> wanted, BlobIngest ingest, CancellationToken cancellationToken)
    {
        var staged = new List<StagedBlob>();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            using var tar = new TarReader(file);
            while (tar.GetNextEntry() is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!BlobName.TryParse(entry.Name, out var name) || !wanted.Contains(name) || entry.Length > BundlePlan.SmallFile)
                    continue;
                var content = new byte[entry.Length];
                entry.DataStream?.ReadExactly(content);
                var digest = name.ToDigest();
                if (Digest.Of(content) != digest)
                    throw FairleadException.Damaged($"A pack holds bytes under the name '{digest}' that have another digest; push the artifact again from where it is whole.");
                if (ingest.Stage(content, digest, cancellationToken) is { } blob)
                    staged.Add(blob);
            }

            return staged;
        }
        catch (Exception e)
        {
            foreach (var blob in staged)
                blob.Dispose();
            if (e is InvalidDataException or EndOfStreamException or FormatException)
                throw new FairleadException(ProblemKind.Damaged, $"A pack is no tar archive ({e.Message}); push the artifact again from where it is whole.", e);
            throw;
        }
    }
}
