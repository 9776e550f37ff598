using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Keeping;

/// <summary>Reads every Parquet file and every sealed log segment anew, and names those whose bytes are not what was written.</summary>
public sealed class PredictionCheck(StateFolder folder, SegmentManifest manifest)
{
    public async Task<PredictionCheckReport> RunAsync(CancellationToken cancellationToken)
    {
        // None of the files is deleted meanwhile.
        var release = manifest.Retired.Hold();
        try
        {
            var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Run(listed, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            release();
        }
    }

    private PredictionCheckReport Run(ManifestSnapshot listed, CancellationToken cancellationToken)
    {
        var damaged = new List<DamagedFile>();
        foreach (var file in listed.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ProblemOf(file) is { } problem)
                damaged.Add(new DamagedFile(file.Path, problem, file.Rows));
        }

        var segments = CheckLog(listed, damaged, cancellationToken);
        return new PredictionCheckReport(
            listed.Files.Length,
            segments,
            damaged,
            [.. listed.Files.Where(file => file.Digest is null).Select(file => file.Path)],
            FindUnlisted(listed),
            [.. listed.All.Where(file => file.State == CompactedFileState.Quarantined).Select(file => new DamagedFile(file.Path, "set aside", file.Rows))]);
    }

    private string? ProblemOf(CompactedFile file)
    {
        var path = PredictionLayout.Location(folder.Predictions, file);
        try
        {
            var length = new FileInfo(path).Length;
            return length != file.Bytes ? $"has {length} bytes and not {file.Bytes}"
                : file.Digest is { } digest && ParquetFile.DigestOf(path) != digest ? "its bytes do not match their digest"
                : null;
        }
        catch (FileNotFoundException)
        {
            return "is missing";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    private int CheckLog(ManifestSnapshot listed, List<DamagedFile> damaged, CancellationToken cancellationToken)
    {
        var segments = 0;
        foreach (var path in new SegmentFolder(folder.CaptureLog).Sealed().Where(path => !listed.Contains(SegmentName.Stem(path))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var reader = SegmentReader.Open(path);
                while (reader.TryRead(out _))
                {
                }

                segments++;
                if (!SegmentGaps.AreZero(path))
                    damaged.Add(new DamagedFile(Path.GetRelativePath(folder.Root, path), "bytes between its records are not zero; the records themselves are whole", null));
            }
            catch (FileNotFoundException)
            {
                // It was compacted since it was read.
            }
            catch (Exception e) when (e is InvalidDataException or FairleadException { Kind: ProblemKind.Damaged })
            {
                damaged.Add(new DamagedFile(Path.GetRelativePath(folder.Root, path), e.Message, null));
            }
            catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
            {
                // It was compacted since the listing.
            }
        }

        return segments;
    }

    private List<string> FindUnlisted(ManifestSnapshot listed)
    {
        var known = listed.All.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var compactable = new SegmentFolder(folder.CaptureLog).All().Select(SegmentName.Stem).ToList();
        return new[] { PredictionLayout.Predictions, PredictionLayout.Outcomes }
            .Select(part => Path.Combine(folder.Predictions, part))
            .Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateFiles(root, "*" + PredictionLayout.Extension, SearchOption.AllDirectories))
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Select(path => Path.GetRelativePath(folder.Predictions, path).Replace(Path.DirectorySeparatorChar, '/'))
            // What is being compacted is listed in a moment.
            .Where(path => !known.Contains(path) && !compactable.Exists(segment => Path.GetFileName(path).StartsWith(segment, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .ToList();
    }
}
