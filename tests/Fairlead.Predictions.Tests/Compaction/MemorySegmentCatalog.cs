using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;

namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>A manifest in memory, or in a file, that outlives the objects that use it, as a database does; records go through their JSON.</summary>
/// <param name="file">Null keeps it in memory. A write is on the disk when it returns, or not there at all.</param>
internal sealed class MemorySegmentCatalog(string? file = null) : ISegmentCatalog
{
    private readonly Lock gate = new();
    private string memory = "{\"segments\":[],\"files\":[]}";

    /// <summary>Thrown by <see cref="AddAsync"/> while it is set.</summary>
    public Exception? Refusal { get; set; }

    public Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken) => Change((segments, files) =>
    {
        if (Refusal is not null)
            throw Refusal;
        if (segments.Contains(segment.Segment))
            return;
        segments.Add(segment.Segment);
        Insert(files, segment.Files);
    });

    public Task<IReadOnlyList<string>> ListSegmentsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(Read().Segments);

    public Task ForgetSegmentsAsync(IReadOnlyList<string> segments, CancellationToken cancellationToken) => Change((known, _) => known.RemoveAll(segments.Contains));

    public Task<IReadOnlyList<CompactedFile>> ListFilesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CompactedFile>>(Read().Files);

    public Task ReplaceAsync(IReadOnlyList<string> retired, IReadOnlyList<CompactedFile> added, CancellationToken cancellationToken) => Change((_, files) =>
    {
        foreach (var path in retired)
        {
            var at = files.FindIndex(known => known.Path == path && known.State != CompactedFileState.Retired);
            if (at < 0)
                throw FairleadException.Conflict($"'{path}' is not listed.");
            files[at] = files[at] with { State = CompactedFileState.Retired };
        }

        Insert(files, added);
    });

    public Task SetStateAsync(IReadOnlyList<string> paths, CompactedFileState state, CancellationToken cancellationToken) => Change((_, files) =>
    {
        for (var i = 0; i < files.Count; i++)
            files[i] = paths.Contains(files[i].Path) ? files[i] with { State = state } : files[i];
    });

    public Task RemoveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        Change((_, files) => files.RemoveAll(known => known.State == CompactedFileState.Retired && paths.Contains(known.Path)));

    /// <summary>As the first version of the catalog recorded files.</summary>
    public Task ForgetDescriptionsAsync() => Change((_, files) =>
    {
        for (var i = 0; i < files.Count; i++)
            files[i] = files[i] with { Digest = null, Shape = null, WrittenAt = null };
    });

    private static void Insert(List<CompactedFile> files, IReadOnlyList<CompactedFile> added)
    {
        foreach (var fresh in added)
        {
            Assert.DoesNotContain(files, known => known.Path == fresh.Path);
            files.Add(fresh);
        }
    }

    private Task Change(Action<List<string>, List<CompactedFile>> change)
    {
        lock (gate)
        {
            var (segments, files) = Read();
            change(segments, files);
            var json = $"{{\"segments\":{JsonSerializer.Serialize(segments)},\"files\":{JsonSerializer.Serialize<IReadOnlyList<CompactedFile>>(files, DomainJson.Default.IReadOnlyListCompactedFile)}}}";
            if (file is null)
                memory = json;
            else
            {
                File.WriteAllText(file + ".new", json);
                File.Move(file + ".new", file, overwrite: true);
            }
        }

        return Task.CompletedTask;
    }

    private (List<string> Segments, List<CompactedFile> Files) Read()
    {
        lock (gate)
        {
            using var document = JsonDocument.Parse(file is null || !File.Exists(file) ? memory : File.ReadAllText(file));
            return (
                [.. document.RootElement.GetProperty("segments").EnumerateArray().Select(name => name.GetString()!)],
                [.. document.RootElement.GetProperty("files").Deserialize(DomainJson.Default.IReadOnlyListCompactedFile)!]);
        }
    }
}
