using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Steps.Workspace;

/// <summary>One digest over the names and contents of the files that differ from HEAD.</summary>
internal static class DirtyDigest
{
    private static readonly byte[] Format = "fairlead dirty 1\n"u8.ToArray();

    /// <param name="top">Folder that the paths are relative to.</param>
    public static async Task<Digest> ComputeAsync(string top, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Format);
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(path));
            Append(hash, await DescribeAsync(Path.Combine(top, path), cancellationToken));
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }

    private static async Task<byte[]> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is { } target)
                return Encoding.UTF8.GetBytes($"link {target}");
            // A submodule or a repository within: its files belong to another history, its presence is what is recorded.
            if (Directory.Exists(path))
                return "folder"u8.ToArray();
            if (!file.Exists)
                return "gone"u8.ToArray();
            var executable = !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
            await using var content = file.OpenRead();
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            return Encoding.UTF8.GetBytes($"{(executable ? "executable" : "file")} {digest}");
        }
        catch (FileNotFoundException)
        {
            // Deleted since git listed it.
            return "gone"u8.ToArray();
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
