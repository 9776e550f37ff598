using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// The processes that compute users' SQL. The first query starts one; from then on another waits ready, so that no query waits for a start. None is kept when nobody
/// asks. One instance per predictions folder.
/// </summary>
public sealed class QueryWorkers : IDisposable
{
    private const string ScratchPrefix = "worker-";
    private const int MostIdle = 2;
    private readonly Lock gate = new();
    private readonly StateFolder folder;
    private readonly QueryWorkerOptions options;
    private readonly ILogger logger;
    private readonly MemoryWatch watch = new();
    private readonly Stack<QueryWorker> idle = new();
    private readonly CancellationTokenSource stop = new();
    private readonly ITimer idleTimer;
    private readonly Lazy<WorkerSandbox?> found;
    private Task spare = Task.CompletedTask;
    private volatile bool hasNoSandbox;
    private bool disposed;

    public QueryWorkers(StateFolder folder, QueryWorkerOptions options, TimeProvider time, ILogger<QueryWorkers> logger)
    {
        this.folder = folder;
        this.options = options;
        this.logger = logger;
        found = new Lazy<WorkerSandbox?>(() => options.IsSandboxed ? WorkerSandbox.Find() : null);
        idleTimer = time.CreateTimer(_ => RetireIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        DeleteLeftovers();
    }

    /// <summary>Processes of the workers that wait for a query.</summary>
    internal IReadOnlyList<int> Idle
    {
        get
        {
            lock (gate)
                return [.. idle.Select(worker => worker.ProcessId)];
        }
    }

    /// <summary>Completes when the worker that is being made ready is so.</summary>
    internal Task Spare
    {
        get
        {
            lock (gate)
                return spare;
        }
    }

    private string SpillFolder => Path.Combine(folder.Predictions, PredictionLayout.Spill);

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
        }

        stop.Cancel();
        Spare.Wait();
        idleTimer.Dispose();
        RetireIdle();
        watch.Dispose();
        stop.Dispose();
    }

    /// <summary>A session of a worker; starts one when none is ready.</summary>
    /// <param name="isAlone">It has the memory of a query that runs alone.</param>
    /// <exception cref="FairleadException">Unavailable: none starts.</exception>
    internal SqlConnection Connect(bool isAlone, CancellationToken cancellationToken)
    {
        var memory = isAlone ? options.MemoryAlone : options.Memory;
        while (true)
        {
            var worker = Take(out var isNew, cancellationToken);
            try
            {
                worker.Begin(memory, cancellationToken);
                return new WorkerSqlConnection(worker, GiveBack);
            }
            catch (FairleadException) when (worker.IsLost && !isNew)
            {
                // Ended while nobody looked; a new one is asked.
                GiveBack(worker);
            }
            catch
            {
                GiveBack(worker);
                throw;
            }
        }
    }

    private QueryWorker Take(out bool isNew, CancellationToken cancellationToken)
    {
        QueryWorker? worker;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            isNew = !idle.TryPop(out worker);
        }

        worker ??= Start(cancellationToken);
        MakeSpare();
        return worker;
    }

    private void MakeSpare()
    {
        lock (gate)
        {
            if (idle.Count == 0 && spare.IsCompleted && !disposed)
                spare = Task.Run(StartSpare);
        }
    }

    private void StartSpare()
    {
        try
        {
            Keep(Start(stop.Token));
        }
        catch (Exception e) when (e is FairleadException or OperationCanceledException or IOException)
        {
            // The query that needs it will say so.
        }
    }

    private QueryWorker Start(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(SpillFolder);
        QueryWorker worker;
        try
        {
            worker = Start(hasNoSandbox ? null : found.Value, cancellationToken);
        }
        catch (FairleadException e) when (!hasNoSandbox && found.Value is not null)
        {
            // Installed, but not permitted.
            worker = Start(null, cancellationToken);
            hasNoSandbox = true;
            Log.NoSandbox(logger, e.Message);
        }

        watch.Add(worker);
        return worker;
    }

    private QueryWorker Start(WorkerSandbox? sandbox, CancellationToken cancellationToken) =>
        QueryWorker.Start(options, folder.Predictions, Path.Combine(SpillFolder, $"{ScratchPrefix}{Guid.NewGuid():N}"), sandbox, cancellationToken);

    private void GiveBack(QueryWorker worker)
    {
        if (worker.IsLost || worker.IsBusy || worker.IsSwollen || worker.Sessions >= options.MostSessions)
            Retire(worker);
        else
            Keep(worker);
    }

    private void Keep(QueryWorker worker)
    {
        lock (gate)
        {
            if (!disposed && idle.Count < MostIdle)
            {
                idle.Push(worker);
                idleTimer.Change(options.IdleTime, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Retire(worker);
    }

    private void Retire(QueryWorker worker)
    {
        watch.Remove(worker);
        worker.Dispose();
    }

    private void RetireIdle()
    {
        while (true)
        {
            QueryWorker? worker;
            lock (gate)
            {
                if (!idle.TryPop(out worker))
                    return;
            }

            Retire(worker);
        }
    }

    private void DeleteLeftovers()
    {
        if (!Directory.Exists(SpillFolder))
            return;
        foreach (var left in Directory.EnumerateDirectories(SpillFolder, ScratchPrefix + "*"))
            Directory.Delete(left, recursive: true);
    }
}
