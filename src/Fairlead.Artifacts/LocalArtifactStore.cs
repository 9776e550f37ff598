using System.Buffers;
using System.Collections.Concurrent;
using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Files;
using Fairlead.Artifacts.Names;
using Fairlead.Artifacts.Trees;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Artifacts;

/// <summary>
/// The content-addressed store in a folder, as an OCI image layout. Safe for many threads and for several processes at once.
/// Symbolic links are followed while they stay inside the folder that is put; empty folders are not kept.
/// </summary>
public sealed class LocalArtifactStore : IArtifactStore, IDisposable
{
    private readonly StoreLayout layout;
    private readonly TempFolder temp;
    private readonly StatIndex stats;
    private readonly BlobFolder blobs;
    private readonly BlobIngest ingest;
    private readonly Materializer materializer;
    private readonly OciNames names;
    private readonly ILogger logger;

    private LocalArtifactStore(StoreLayout layout, TempFolder temp, TimeProvider time, ILogger logger)
    {
        this.layout = layout;
        this.temp = temp;
        this.logger = logger;
        stats = new StatIndex(layout.Stats, temp.NewPath, time);
        blobs = new BlobFolder(layout.Blobs, stats, logger);
        ingest = new BlobIngest(blobs, stats, temp);
        materializer = new Materializer(blobs);
        names = new OciNames(layout.Index, layout.Lock, temp.NewPath);
    }

    internal StoreLayout Layout => layout;

    internal BlobFolder Blobs => blobs;

    internal OciNames Names => names;

    internal BlobIngest Ingest => ingest;

    /// <summary>Opens the store in a folder, or makes one; removes what a killed process left half-written.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="FairleadException">Conflict when the folder holds an OCI layout of another version; Unavailable when it cannot be written; Exhausted when the disk is full.</exception>
    public static LocalArtifactStore Open(string folder, TimeProvider time, ILogger<LocalArtifactStore>? logger = null)
    {
        var layout = new StoreLayout(Path.GetFullPath(folder));
        try
        {
            return Open(layout, time, logger ?? NullLogger<LocalArtifactStore>.Instance);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFull.Problem(e, layout.Root, 0) ?? FairleadException.Unavailable($"The store '{layout.Root}' cannot be opened for writing ({e.Message}); give '{Environment.UserName}' the right to write there.", e);
        }
    }

    private static LocalArtifactStore Open(StoreLayout layout, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(layout.Blobs);
        using var gate = FileLock.Take(layout.Lock);
        var temp = TempFolder.Create(layout.Temp, out var swept);
        if (swept > 0)
            Log.Swept(log, swept, layout.Temp);
        try
        {
            layout.CreateOrCheck(temp.NewPath);
            var store = new LocalArtifactStore(layout, temp, time, log);
            store.names.CreateIfMissing();
            store.stats.Load();
            return store;
        }
        catch
        {
            temp.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        SaveStats();
        temp.Dispose();
    }

    public Task<ArtifactRef> PutAsync(string path, CancellationToken cancellationToken) =>
        Run(() => Directory.Exists(path) ? PutTree(FolderWalk.All(path, cancellationToken), cancellationToken) : PutFile(path, cancellationToken), cancellationToken);

    public Task<ArtifactRef> PutTreeAsync(string root, IReadOnlyCollection<string> relativePaths, CancellationToken cancellationToken) =>
        Run(() => PutTree(FolderWalk.Named(root, relativePaths), cancellationToken), cancellationToken);

    public Task<ArtifactRef> PutBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Run(() => new ArtifactRef(ArtifactKind.Blob, PutBytes(content, cancellationToken), content.Length), cancellationToken);

    public bool Contains(ArtifactRef artifact)
    {
        if (artifact.Kind == ArtifactKind.Blob)
            return blobs.Has(artifact.Digest, artifact.Size);
        try
        {
            return ReadTree(artifact.Digest).All(file => blobs.Has(file.Digest, file.Size));
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.NotFound or ProblemKind.Damaged)
        {
            return false;
        }
    }

    public string PathOf(Digest blob)
    {
        _ = blobs.SizeOf(blob);
        return blobs.PathOf(blob);
    }

    public Task<byte[]> ReadAsync(Digest blob, CancellationToken cancellationToken) => Run(() => ReadBlob(blob), cancellationToken);

    public Task<IReadOnlyList<TreeEntry>> ReadTreeAsync(Digest tree, CancellationToken cancellationToken) => Run(() => ReadTree(tree), cancellationToken);

    public Task MaterializeAsync(ArtifactRef artifact, string path, CancellationToken cancellationToken) =>
        Run(
            () =>
            {
                var full = Path.GetFullPath(path);
                if (artifact.Kind == ArtifactKind.Blob)
                {
                    materializer.Appear(full, target => materializer.WriteFile(target, artifact.Digest, artifact.Size, executable: false, cancellationToken));
                }
                else
                {
                    var files = ReadTree(artifact.Digest);
                    materializer.Appear(full, target => materializer.WriteTree(target, files, cancellationToken));
                }

                return true;
            },
            cancellationToken);

    public Task NameAsync(string name, ArtifactRef artifact, IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken) =>
        Run(
            () =>
            {
                OciNames.Check(name);
                var layers = Layers(artifact);
                var config = OciManifest.Config(layers);
                PutBytes(config, cancellationToken);
                var manifest = OciManifest.Manifest(artifact, config, layers, annotations);
                names.Set(name, PutBytes(manifest, cancellationToken), manifest.Length);
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<Digest>> FindDamagedAsync(CancellationToken cancellationToken) =>
        Run<IReadOnlyList<Digest>>(
            () => [.. blobs.Enumerate()
                .AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).WithCancellation(cancellationToken)
                // One that went meanwhile was needed by nothing.
                .Where(digest => !blobs.Verify(digest, cancellationToken) && File.Exists(blobs.PathOf(digest)))
                .Order()],
            cancellationToken);

    private ArtifactRef PutFile(string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var file = ingest.Ingest(RealPath.Of(full) ?? full, cancellationToken);
        using var staged = file.Staged;
        blobs.Publish(staged is null ? [] : [staged], cancellationToken);
        return new ArtifactRef(ArtifactKind.Blob, file.Digest, file.Size);
    }

    private Digest PutBytes(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(content.Span);
        using var staged = ingest.Stage(content, digest, cancellationToken);
        blobs.Publish(staged is null ? [] : [staged], cancellationToken);
        return digest;
    }

    private ArtifactRef PutTree(IReadOnlyList<FoundFile> files, CancellationToken cancellationToken)
    {
        var staged = new ConcurrentBag<StagedBlob>();
        try
        {
            var entries = new ConcurrentBag<TreeEntry>();
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.ForEach(files, options, found =>
            {
                var file = ingest.Ingest(found.Source, cancellationToken);
                if (file.Staged is { } blob)
                    staged.Add(blob);
                entries.Add(new TreeEntry(found.Path, file.Executable, file.Size, file.Digest));
            });
            var sorted = TreeManifest.Sort(entries);
            // The files first: a manifest in the store means that all of its files are.
            blobs.Publish(staged, cancellationToken);
            var manifest = PutBytes(TreeManifest.Encode(sorted), cancellationToken);
            return new ArtifactRef(ArtifactKind.Tree, manifest, sorted.Sum(e => e.Size));
        }
        finally
        {
            foreach (var blob in staged)
                blob.Dispose();
        }
    }

    private byte[] ReadBlob(Digest blob)
    {
        _ = blobs.SizeOf(blob);
        var content = File.ReadAllBytes(blobs.PathOf(blob));
        return Digest.Of(content) == blob ? content : throw blobs.Damaged(blob);
    }

    /// <summary>Through a buffer that others use afterwards: the manifest of many files is large, and read often.</summary>
    private IReadOnlyList<TreeEntry> ReadTree(Digest tree)
    {
        var size = blobs.SizeOf(tree);
        if (size > Array.MaxLength)
            throw blobs.Damaged(tree);
        var buffer = ArrayPool<byte>.Shared.Rent((int)size);
        try
        {
            using var file = File.OpenHandle(blobs.PathOf(tree));
            var content = buffer.AsSpan(0, (int)size);
            for (var (length, read) = (0, -1); read != 0 && length < content.Length; length += read)
                read = RandomAccess.Read(file, content[length..], length);
            return Digest.Of(content) == tree ? TreeManifest.Decode(content, tree) : throw blobs.Damaged(tree);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private List<(Digest Digest, long Size)> Layers(ArtifactRef artifact)
    {
        List<(Digest, long)> layers = [(artifact.Digest, blobs.SizeOf(artifact.Digest))];
        if (artifact.Kind == ArtifactKind.Tree)
            layers.AddRange(ReadTree(artifact.Digest).DistinctBy(f => f.Digest).Select(f => (f.Digest, f.Size)));
        return layers;
    }

    /// <summary>Off the caller's thread, with the first problem of parallel work as if it were the only one.</summary>
    private Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                try
                {
                    return work();
                }
                catch (AggregateException e) when (e.Flatten().InnerExceptions.OfType<FairleadException>().FirstOrDefault() is { } problem)
                {
                    throw new FairleadException(problem.Kind, problem.Message, e);
                }
                finally
                {
                    SaveStats();
                }
            },
            cancellationToken);

    /// <summary>Makes staged bytes part of the store, and removes what is left of them.</summary>
    internal void Publish(IReadOnlyCollection<StagedBlob> staged, CancellationToken cancellationToken)
    {
        try
        {
            blobs.Publish(staged, cancellationToken);
        }
        finally
        {
            foreach (var blob in staged)
                blob.Dispose();
        }
    }

    internal string NewTempPath() => temp.NewPath();

    internal void SaveStats()
    {
        try
        {
            stats.Save();
        }
        catch (IOException e)
        {
            Log.StatIndexNotSaved(logger, layout.Stats, e.Message);
        }
    }
}
