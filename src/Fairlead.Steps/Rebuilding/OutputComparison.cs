using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Finds the first file that two executions made otherwise.</summary>
internal sealed class OutputComparison(IArtifactStore store, RowComparison rows)
{
    private const int BufferSize = 1 << 16;

    /// <returns>Null when all are the same.</returns>
    public async Task<FileDifference?> FindAsync(IReadOnlyList<RunOutput> recorded, IReadOnlyList<RunOutput> rebuilt, CancellationToken cancellationToken)
    {
        foreach (var then in recorded)
        {
            var now = rebuilt.FirstOrDefault(output => output.Name == then.Name)?.Artifact;
            if (now?.Digest == then.Artifact.Digest)
                continue;
            if (now is null || now.Kind != then.Artifact.Kind || then.Artifact.Kind == ArtifactKind.Blob)
                return await DescribeAsync(then.Name, then.Artifact.Digest, now?.Digest, cancellationToken);
            if (await FindInTreesAsync(then.Name, then.Artifact.Digest, now.Digest, cancellationToken) is { } difference)
                return difference;
        }

        return null;
    }

    private async Task<FileDifference> FindInTreesAsync(string output, Digest recorded, Digest rebuilt, CancellationToken cancellationToken)
    {
        Dictionary<string, TreeEntry> then, now;
        try
        {
            then = (await store.ReadTreeAsync(recorded, cancellationToken)).ToDictionary(entry => entry.Path, StringComparer.Ordinal);
            now = (await store.ReadTreeAsync(rebuilt, cancellationToken)).ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        }
        catch (FairleadException)
        {
            return new FileDifference(output, recorded, rebuilt, null);
        }

        foreach (var path in then.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (then.GetValueOrDefault(path) != now.GetValueOrDefault(path))
                return await DescribeAsync($"{output.TrimEnd('/')}/{path}", then.GetValueOrDefault(path)?.Digest, now.GetValueOrDefault(path)?.Digest, cancellationToken);
        }

        return new FileDifference(output, recorded, rebuilt, null);
    }

    private async Task<FileDifference> DescribeAsync(string file, Digest? recorded, Digest? rebuilt, CancellationToken cancellationToken)
    {
        if (recorded is not { } then || rebuilt is not { } now || then == now || await FindOffsetAsync(then, now, cancellationToken) is not { } offset)
            return new FileDifference(file, recorded, rebuilt, null);
        return new FileDifference(file, recorded, rebuilt, offset) { Row = await rows.FindAsync(file, store.PathOf(then), store.PathOf(now), cancellationToken) };
    }

    private async Task<long?> FindOffsetAsync(Digest recorded, Digest rebuilt, CancellationToken cancellationToken)
    {
        try
        {
            await using var left = File.OpenRead(store.PathOf(recorded));
            await using var right = File.OpenRead(store.PathOf(rebuilt));
            byte[] first = new byte[BufferSize], second = new byte[BufferSize];
            for (var at = 0L; ; at += BufferSize)
            {
                var one = await left.ReadAtLeastAsync(first, BufferSize, throwOnEndOfStream: false, cancellationToken);
                var other = await right.ReadAtLeastAsync(second, BufferSize, throwOnEndOfStream: false, cancellationToken);
                var same = first.AsSpan(0, one).CommonPrefixLength(second.AsSpan(0, other));
                if (same < Math.Max(one, other))
                    return at + same;
                if (one == 0)
                    return null;
            }
        }
        catch (Exception e) when (e is FairleadException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
