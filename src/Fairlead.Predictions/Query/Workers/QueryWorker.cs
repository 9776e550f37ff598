using System.Diagnostics;
using System.Runtime.InteropServices;
using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// A process that computes one statement after another for this one. A cancelled statement is interrupted, and when that does not help the process is killed; so it
/// is when it takes more memory than it may. One thread at a time, but for cancelling.
/// </summary>
internal sealed partial class QueryWorker : IDisposable
{
    private const int Kill9 = 9;
    private const int KilledCode = 128 + Kill9;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly FramePipe pipe;
    private readonly ValueWriter outgoing = new();
    private readonly WorkerErrors errors;
    private readonly TimeSpan grace;
    private readonly Lock gate = new();
    private ITimer? killing;
    private bool isCancelled;
    private int unread;
    private bool disposed;
    private long limit = long.MaxValue;
    private long largest;
    private WorkerEnd end;

    private QueryWorker(Process process, string scratch, bool isSandboxed, TimeSpan grace)
    {
        this.process = process;
        this.grace = grace;
        Scratch = scratch;
        errors = new WorkerErrors(process, isSandboxed);
        pipe = new FramePipe(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, ValueWriter.LargestRow * 2);
    }

    /// <summary>Of the worker itself, not of what may be around it; 0 until it is known.</summary>
    public int ProcessId { get; private set; }

    /// <summary>A folder that is its own.</summary>
    public string Scratch { get; }

    /// <summary>Sessions that it has had.</summary>
    public int Sessions { get; private set; }

    /// <summary>It has been asked for something and has not answered.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Its last session took so much that its allocator may not have given all of it back.</summary>
    public bool IsSwollen => Volatile.Read(ref largest) > Volatile.Read(ref limit) / 2;

    /// <summary>It has ended.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="FairleadException">Unavailable: it does not start.</exception>
    public static QueryWorker Start(QueryWorkerOptions options, string predictions, string scratch, WorkerSandbox? sandbox, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(scratch);
        QueryWorker worker;
        try
        {
            worker = new QueryWorker(WorkerLaunch.Start(options, predictions, scratch, sandbox), scratch, sandbox is not null, options.Grace);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Directory.Delete(scratch, recursive: true);
            throw FairleadException.Unavailable($"The process that computes queries does not start: {e.Message}; see whether the machine has processes and memory left.", e);
        }

        try
        {
            worker.Greet(cancellationToken);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Asks for something that is answered by values alone.</summary>
    /// <exception cref="FairleadException">What the worker said, or Exhausted, Unavailable or Failed when it has ended.</exception>
    public object?[] Call(WorkerOperation operation, string text, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        Send(operation, text, values, cancellationToken);
        var kind = Receive(out var payload, cancellationToken);
        return kind == FrameKind.Done ? ReadAll(payload) : throw Misunderstood(kind, cancellationToken);
    }

    /// <summary>Begins a session.</summary>
    /// <param name="memory">In bytes.</param>
    public void Begin(long memory, CancellationToken cancellationToken)
    {
        Volatile.Write(ref limit, QueryWorkerOptions.ResidentLimit(memory));
        Volatile.Write(ref largest, 0);
        Sessions++;
        Call(WorkerOperation.Begin, "", [memory], cancellationToken);
    }

    /// <summary>Asks for something.</summary>
    public void Send(WorkerOperation operation, string text, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsBusy)
            throw new InvalidOperationException("The worker has not answered the last request.");
        lock (gate)
            isCancelled = false;
        IsBusy = true;
        Write(operation, text, values);
    }

    /// <summary>Ends the session. Nobody waits for it: it is over before the next one begins.</summary>
    public void End()
    {
        if (IsBusy)
            throw new InvalidOperationException("The worker has not answered the last request.");
        unread++;
        Write(WorkerOperation.End, "", []);
    }

    /// <summary>Waits for the next part of the answer: columns, rows, or its end.</summary>
    /// <param name="payload">Valid until the next call.</param>
    public FrameKind Receive(out ReadOnlySpan<byte> payload, CancellationToken cancellationToken)
    {
        FrameKind? kind;
        using (cancellationToken.UnsafeRegister(static self => ((QueryWorker)self!).Cancel(), this))
            kind = ReadAnswer(out payload);
        if (kind is FrameKind.Done or FrameKind.Failure or null)
            Answered();
        return kind switch
        {
            null => throw Lost(cancellationToken),
            FrameKind.Failure => throw WorkerFailure.Read(payload, cancellationToken),
            _ => kind.Value,
        };
    }

    /// <summary>Ends what it computes and drops the rest of the answer.</summary>
    public void Drain()
    {
        if (!IsBusy)
            return;
        Cancel();
        FrameKind? kind;
        do
        {
            // Rows that were on their way.
            kind = ReadAnswer(out _);
        }
        while (kind is not (null or FrameKind.Done or FrameKind.Failure));
        IsLost |= kind is null;
        Answered();
    }

    /// <summary>Called with what it has resident; ends it when that is too much.</summary>
    public void Saw(long resident)
    {
        if (resident > Volatile.Read(ref largest))
            Volatile.Write(ref largest, resident);
        if (resident > Volatile.Read(ref limit))
            Kill(WorkerEnd.Memory);
    }

    public void Dispose()
    {
        Kill(WorkerEnd.Retired);
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
            killing?.Dispose();
        }

        // Its end too, where it could not be killed.
        process.StandardInput.BaseStream.Dispose();
        process.WaitForExit(EndTime);
        process.Dispose();
        if (Directory.Exists(Scratch))
            Directory.Delete(Scratch, recursive: true);
    }

    /// <summary>What cannot be told by an exception of <see cref="Receive"/>, such as that it sent something else than it should.</summary>
    public Exception Misunderstood(FrameKind kind, CancellationToken cancellationToken)
    {
        Kill(WorkerEnd.Unresponsive);
        IsLost = true;
        return cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : new InvalidOperationException($"A worker answered by '{kind}' where nobody expects it.");
    }

    private static object?[] ReadAll(ReadOnlySpan<byte> payload)
    {
        var values = new List<object?>();
        var reader = new ValueReader(payload);
        while (!reader.IsAtEnd)
            values.Add(reader.Read());
        return [.. values];
    }

    private void Greet(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StartTime, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        IsBusy = true;
        FrameKind? kind;
        using (both.Token.UnsafeRegister(static self => ((QueryWorker)self!).Kill(WorkerEnd.Unresponsive), this))
            kind = ReadFrame(out _);
        IsBusy = false;
        cancellationToken.ThrowIfCancellationRequested();
        if (kind != FrameKind.Hello)
        {
            process.WaitForExit(EndTime);
            throw FairleadException.Unavailable($"The process that computes queries does not start: {errors.Last ?? "it says nothing"}; see whether the machine has memory left.");
        }

        ProcessId = errors.ProcessId ?? process.Id;
    }

    private void Write(WorkerOperation operation, string text, IReadOnlyList<object?> values)
    {
        outgoing.Clear();
        new WorkerRequest(operation, text, values).Write(outgoing);
        pipe.Write(FrameKind.Request, outgoing.Written);
    }

    /// <summary>Passes over what it said to the ends of sessions.</summary>
    private FrameKind? ReadAnswer(out ReadOnlySpan<byte> payload)
    {
        var kind = ReadFrame(out payload);
        for (; unread > 0 && kind is (FrameKind.Done or FrameKind.Failure); unread--)
            kind = ReadFrame(out payload);
        return kind;
    }

    private FrameKind? ReadFrame(out ReadOnlySpan<byte> payload)
    {
        try
        {
            return pipe.Read(out payload);
        }
        catch (InvalidDataException)
        {
            Kill(WorkerEnd.Unresponsive);
            payload = default;
            return null;
        }
    }

    private void Answered()
    {
        IsBusy = false;
        lock (gate)
        {
            killing?.Dispose();
            killing = null;
        }
    }

    private void Cancel()
    {
        lock (gate)
        {
            if (isCancelled || disposed)
                return;
            isCancelled = true;
            killing = TimeProvider.System.CreateTimer(static self => ((QueryWorker)self!).Kill(WorkerEnd.Unresponsive), this, grace, Timeout.InfiniteTimeSpan);
        }

        pipe.Write(FrameKind.Cancel, []);
    }

    private void Kill(WorkerEnd reason)
    {
        lock (gate)
        {
            if (disposed || process.HasExited)
                return;
            if (end == WorkerEnd.None)
                end = reason;
            // What is around it ends with it. Before it begins what is around it has to go, and would leave it waiting for ever.
            if (ProcessId != 0)
                _ = Signal(ProcessId, Kill9);
            else
                process.Kill(entireProcessTree: true);
        }
    }

    private Exception Lost(CancellationToken cancellationToken)
    {
        IsLost = true;
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException(cancellationToken);
        process.WaitForExit(EndTime);
        var code = process.HasExited ? process.ExitCode : 0;
        if (end == WorkerEnd.Memory || (end == WorkerEnd.None && (errors.TellOfMemory || IsSwollen)))
            return new FairleadException(
                ProblemKind.Exhausted,
                $"The query needs more memory than it may have and was ended with {Volatile.Read(ref largest) >> 20} MB; narrow it, aggregate more, or allow more by 'fairlead up --query-memory'.");
        return code == KilledCode || end != WorkerEnd.None
            ? FairleadException.Unavailable("The process that computed the query was killed from outside, by a person or by the system for want of memory; ask again, or narrow the query.")
            : FairleadException.Failed($"The process that computed the query ended with code '{code}' ({errors.Last ?? "it said nothing"}); nothing else is affected: write the query in another way.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
