using System.Globalization;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Tells the outcomes of erased predictions from others. A unit that came back after its erasure has outcomes again: those of what it was answered since.</summary>
/// <param name="session">Null when no outcome names a unit, or nothing was erased.</param>
/// <param name="end">Called when it is disposed.</param>
internal sealed class ErasedFilter(StateFolder folder, IReadOnlyList<Erasure> erasures, AnalysisSession? session, Action end, CancellationToken cancellationToken) : IDisposable
{
    private readonly Dictionary<int, byte[]> ids = [];
    private readonly ILookup<string, Erasure> byUnit = erasures.ToLookup(erasure => erasure.Unit, StringComparer.Ordinal);
    private CaptureHash? hash;

    /// <summary>How many outcomes each erasure kept out, by its number.</summary>
    public Dictionary<int, int> Found { get; } = [];

    public int Count => Found.Values.Sum();

    private CaptureHash Hash => hash ??= new CaptureHash(ProjectKey.Read(folder));

    /// <summary>Whether the prediction was erased, which is counted.</summary>
    public bool Holds(PredictionId prediction)
    {
        var erasure = erasures.FirstOrDefault(candidate => candidate.Ids is not null
            && prediction.UnixMilliseconds >= candidate.FirstId && prediction.UnixMilliseconds <= candidate.LastId
            && ErasedIds.Contains(IdsOf(candidate.Number), prediction));
        return erasure is not null && Note(erasure);
    }

    /// <summary>Whether what the outcome is about was erased, which is counted.</summary>
    /// <param name="environment">Null for every one.</param>
    /// <param name="unit">UTF-8, as it would be recorded.</param>
    /// <param name="at">Microseconds since 1970-01-01 UTC.</param>
    public bool Holds(ResolvedKey key, string? environment, ReadOnlySpan<byte> unit, long at)
    {
        if (erasures.Count == 0)
            return false;
        if (session is null)
            throw new InvalidOperationException("The filter was opened without units.");
        var text = Encoding.UTF8.GetString(unit);
        var hashed = key.Hash is null ? Hash.Of(text) : text;
        var newest = byUnit[hashed].Where(erasure => erasure.Environment is null || erasure.Environment == environment).MaxBy(erasure => erasure.RequestedAt);
        return newest is not null && !IsBack(newest.RequestedAt, key, environment, text, hashed, at) && Note(newest);
    }

    public void Dispose()
    {
        session?.Dispose();
        end();
    }

    private bool IsBack(DateTimeOffset erased, ResolvedKey key, string? environment, string unit, string hashed, long at)
    {
        var until = DateTimeOffset.UnixEpoch.AddMicroseconds(at);
        var since = DateTimeOffset.UnixEpoch.AddMicroseconds(at - key.Window);
        since = since > erased ? since : erased;
        var where = environment is null ? "" : $"AND environment = {DuckDbText.Literal(environment)}";
        return session!.Connection.Scalar(
            $"""
            SELECT 1 FROM predictions
            WHERE "role" = 'live' AND service = {DuckDbText.Literal(Encoding.UTF8.GetString(key.Service))} AND unit IN ({DuckDbText.Literal(unit)}, {DuckDbText.Literal(hashed)}) {where}
              AND "date" >= DATE '{since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}' AND "time" > {Time(since)} AND "time" <= {Time(until)}
            LIMIT 1
            """) is not null;
    }

    private static string Time(DateTimeOffset at) => $"TIMESTAMPTZ '{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    private bool Note(Erasure erasure)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Found[erasure.Number] = Found.GetValueOrDefault(erasure.Number) + 1;
        return true;
    }

    private byte[] IdsOf(int number)
    {
        if (!ids.TryGetValue(number, out var known))
            ids[number] = known = ErasedIds.Read(ErasedIds.PathOf(folder.Predictions, number));
        return known;
    }
}
