using System.Runtime.InteropServices;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// The other end of a <see cref="QueryWorker"/>: computes what it is asked for over two streams, until the first one ends. Everything that users write is parsed,
/// bound and computed here, where a limit of the system ends it without harm to anybody.
/// </summary>
public static partial class QueryWorkerProcess
{
    /// <summary>Serves one control plane. When it ends, however it does, so does this process, whatever it computes.</summary>
    /// <param name="predictions">Full path of the folder that may be read.</param>
    /// <param name="scratch">Full path of an existing folder within it that may be written.</param>
    public static void Run(string predictions, string scratch, Stream input, Stream output)
    {
        var requests = new Queue<(WorkerRequest Request, CancellationTokenSource Cancel)>();
        var pipe = new FramePipe(input, output, int.MaxValue);
        using var session = new WorkerSession(predictions, scratch, pipe);
        new Thread(() => Listen(pipe, requests)) { IsBackground = true, Name = "requests" }.Start();
        pipe.Write(FrameKind.Hello, []);
        while (true)
        {
            var (request, cancel) = Take(requests);
            session.Answer(request, cancel.Token);
        }
    }

    /// <summary>Sleeps until there is one: what spins first takes the processor from who is about to ask.</summary>
    private static (WorkerRequest Request, CancellationTokenSource Cancel) Take(Queue<(WorkerRequest Request, CancellationTokenSource Cancel)> requests)
    {
        lock (requests)
        {
            while (requests.Count == 0)
                Monitor.Wait(requests);
            return requests.Dequeue();
        }
    }

    private static void Listen(FramePipe pipe, Queue<(WorkerRequest Request, CancellationTokenSource Cancel)> requests)
    {
        CancellationTokenSource? last = null;
        while (pipe.Read(out var payload) is { } kind)
        {
            if (kind == FrameKind.Cancel)
            {
                last?.Cancel();
                continue;
            }

            last = new CancellationTokenSource();
            var request = WorkerRequest.Read(payload);
            lock (requests)
            {
                requests.Enqueue((request, last));
                Monitor.Pulse(requests);
            }
        }

        // Not by the runtime, which waits for what cannot be interrupted; nor by a signal, which the first process of a namespace does not take from itself.
        Exit(0);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
