using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Scoring;
using Fairlead.Replay.Planning;

namespace Fairlead.Replay.Running;

/// <summary>
/// Scores the chunks of a plan that are not done yet, several at once, each in one statement that reads, scores and writes. A chunk is done when its file
/// has its name: it gets it when it is whole and on the disk.
/// </summary>
/// <param name="folder">Where the files are.</param>
internal sealed class ChunkRunner(AnalysisSession session, ReplayPlan plan, ScoringFunction function, string folder)
{
    private const string Function = "fairlead_score";
    private const string Unfinished = ".tmp";
    private readonly Lock gate = new();
    private readonly Queue<ReplayChunk> waiting = [];

    /// <summary>Rows of chunks that an earlier attempt finished.</summary>
    public long DoneBefore { get; private set; }

    public string PathOf(ReplayChunk chunk) => Path.Combine(folder, chunk.FileName);

    /// <param name="workers">Chunks that are scored at once.</param>
    /// <exception cref="FairleadException">Exhausted: the disk is full; Unavailable: what scores is gone.</exception>
    public async Task RunAsync(int workers, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.EnumerateFiles(folder, $"*{Unfinished}"))
            File.Delete(left);
        foreach (var chunk in plan.Chunks)
        {
            if (File.Exists(PathOf(chunk)))
                DoneBefore += chunk.Rows;
            else
                waiting.Enqueue(chunk);
        }

        if (waiting.Count == 0)
            return;
        function.Register(session.Connection, Function);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = Enumerable.Range(0, Math.Min(workers, waiting.Count))
            .Select(_ => session.ConnectWithPredictions(cancellationToken))
            .ToArray()
            .Select(connection => Task.Factory.StartNew(() => Work(connection, failing), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // One failed and took the others with it.
            throw tasks.Select(task => task.Exception?.InnerException).First(e => e is not null)!;
        }
    }

    private void Work(DuckDbConnection own, CancellationTokenSource failing)
    {
        using var connection = own;
        while (TryTake(out var chunk))
        {
            failing.Token.ThrowIfCancellationRequested();
            try
            {
                Score(connection, chunk, failing.Token);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failing.Cancel();
                if (function.Failure is FairleadException failure)
                    throw new FairleadException(failure.Kind, failure.Message, failure);
                if (e is DuckDbException && e.Message.Contains("No space left", StringComparison.Ordinal))
                    throw new FairleadException(ProblemKind.Exhausted, $"The disk is full: {e.Message}; free space and resume the replay.", e);
                throw;
            }
        }
    }

    private bool TryTake(out ReplayChunk chunk)
    {
        lock (gate)
            return waiting.TryDequeue(out chunk!);
    }

    private void Score(DuckDbConnection connection, ReplayChunk chunk, CancellationToken cancellationToken)
    {
        var path = PathOf(chunk);
        var unfinished = path + Unfinished;
        try
        {
            // Ids and scores hardly get smaller: zstd takes a quarter off the file, and doubles what it costs to write a row, which is as much as a small model needs to score it.
            connection.Execute($"COPY ({Query(chunk)}) TO {DuckDbText.Literal(unfinished)} (FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false)", cancellationToken);
        }
        catch (DuckDbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        using (var file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.Move(unfinished, path, overwrite: true);
    }

    private string Query(ReplayChunk chunk)
    {
        var segments = string.Join(", ", plan.Segments.Select(segment => $"coalesce(({segment.Expression}\n)::VARCHAR, '')"));
        var recorded = string.Join(", ", function.Outputs.Select((output, i) => $"{DuckDbText.Name(output.Name)} := {plan.Recorded[i] ?? $"NULL::{output.SqlType}"}"));
        // The outer statement takes apart what the function is called for once.
        return $"""
            SELECT id, "time", server_group, latency_us, segments, recorded, answer.output AS replayed, answer.error AS error
            FROM (
              SELECT id, "time", server_group, latency_us, [{segments}]::VARCHAR[] AS segments,
                struct_pack({recorded}) AS recorded, {Function}({string.Join(", ", plan.Inputs)}) AS answer
              FROM predictions WHERE {plan.Condition} AND status < 400 AND {ReplayPlanner.RangeOf(chunk.From, chunk.To)}
            )
            """;
    }
}
