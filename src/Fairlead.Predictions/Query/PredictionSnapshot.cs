using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Query;

/// <summary>The files that together hold every prediction and outcome exactly once, at one moment. Dispose it when the query has read its last row.</summary>
/// <param name="missing">Of files that were set aside.</param>
internal sealed class PredictionSnapshot(IReadOnlyList<SnapshotFile> predictions, IReadOnlyList<SnapshotFile> outcomes, MissingRows missing, Action release) : IDisposable
{
    private Action? release = release;

    public IReadOnlyList<SnapshotFile> PredictionFiles { get; private set; } = predictions;

    public IReadOnlyList<SnapshotFile> OutcomeFiles { get; private set; } = outcomes;

    /// <summary>What is in none of the files.</summary>
    public MissingRows Missing { get; private set; } = missing;

    public IReadOnlyList<string> Predictions => [.. PredictionFiles.Select(file => file.Path)];

    public IReadOnlyList<string> Outcomes => [.. OutcomeFiles.Select(file => file.Path)];

    /// <summary>Reads every byte of the files, and leaves those out whose bytes are not those that were written.</summary>
    public void LeaveOutDamaged(CancellationToken cancellationToken)
    {
        PredictionFiles = WholeOf(PredictionFiles, cancellationToken);
        OutcomeFiles = WholeOf(OutcomeFiles, cancellationToken);
    }

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();

    private List<SnapshotFile> WholeOf(IReadOnlyList<SnapshotFile> files, CancellationToken cancellationToken)
    {
        var whole = new List<SnapshotFile>(files.Count);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsWhole(file))
                whole.Add(file);
            else
                Missing += new MissingRows(1, file.Rows);
        }

        return whole;
    }

    private static bool IsWhole(SnapshotFile file)
    {
        try
        {
            return File.Exists(file.Path) && (file.Digest is not { } digest || ParquetFile.DigestOf(file.Path) == digest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
