namespace Fairlead.Predictions.Query;

/// <summary>The files that together hold every prediction and outcome exactly once, at one moment. Dispose it when the query has read its last row.</summary>
internal sealed class PredictionSnapshot(IReadOnlyList<SnapshotFile> predictions, IReadOnlyList<SnapshotFile> outcomes, Action release) : IDisposable
{
    private Action? release = release;

    public IReadOnlyList<SnapshotFile> PredictionFiles => predictions;

    public IReadOnlyList<SnapshotFile> OutcomeFiles => outcomes;

    public IReadOnlyList<string> Predictions => [.. predictions.Select(file => file.Path)];

    public IReadOnlyList<string> Outcomes => [.. outcomes.Select(file => file.Path)];

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
