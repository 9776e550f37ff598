using System.Text;
using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Trees;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Keeping;

/// <summary>What a blob needs besides itself: the files of a tree, and what the manifests of other OCI tools name.</summary>
internal sealed class BlobReach(BlobFolder blobs)
{
    private const int LongestHead = 512;
    private const long LongestDocument = 1L << 30;
    private static readonly byte[] TreeHead = Encoding.UTF8.GetBytes($$"""{"mediaType":"{{TreeManifest.MediaType}}",""");
    private readonly Dictionary<BlobName, BlobName[]> trees = [];

    /// <summary>How many blobs that need others were asked for so far.</summary>
    public int Lists => trees.Count;

    /// <summary>Empty for a blob that is no more than bytes, or that the store lacks.</summary>
    /// <exception cref="FairleadException">Damaged: a tree that cannot be read, so that nobody knows what it needs.</exception>
    public IReadOnlyList<BlobName> Of(BlobName name)
    {
        if (trees.TryGetValue(name, out var known))
            return known;
        var needed = Read(name);
        if (needed.Length > 0)
            trees.Add(name, needed);
        return needed;
    }

    /// <summary>The same, and nothing for a tree that cannot be read.</summary>
    public IReadOnlyList<BlobName> OfReadable(BlobName name)
    {
        try
        {
            return Of(name);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Damaged)
        {
            return [];
        }
    }

    private BlobName[] Read(BlobName name)
    {
        var digest = name.ToDigest();
        try
        {
            using var file = File.OpenHandle(blobs.PathOf(digest));
            var length = RandomAccess.GetLength(file);
            if (length is 0 or > LongestDocument)
                return [];
            Span<byte> head = stackalloc byte[(int)Math.Min(length, LongestHead)];
            head = head[..RandomAccess.Read(file, head, 0)];
            var isTree = head.StartsWith(TreeHead);
            if (!isTree && !(head.StartsWith("{"u8) && head.IndexOf("\"schemaVersion\""u8) > 0))
                return [];
            var content = new byte[length];
            var read = RandomAccess.Read(file, content, 0);
            return isTree ? FilesOf(content.AsSpan(0, read), digest) : NamedIn(content.AsSpan(0, read));
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    private static BlobName[] FilesOf(ReadOnlySpan<byte> manifest, Domain.Artifacts.Digest digest) =>
        [.. TreeManifest.Decode(manifest, digest).Select(entry => BlobName.Of(entry.Digest)).Distinct()];

    private static BlobName[] NamedIn(ReadOnlySpan<byte> document)
    {
        var found = new HashSet<BlobName>();
        ReferenceScan.Digests(Encoding.UTF8.GetString(document), name => found.Add(name));
        return [.. found];
    }
}
