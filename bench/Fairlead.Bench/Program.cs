using System.Runtime.InteropServices;
using Fairlead.Bench;
using Fairlead.Bench.Peer;

// `peer` is the other end of nginx: the harness starts it as a process of its own.
if (args is ["peer", var bytes])
    return await FixedAnswerPeer.RunAsync(int.Parse(bytes));

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
try
{
    return await new BenchRun(BenchOptions.Parse(args), TimeProvider.System).RunAsync(cancellation.Token);
}
catch (BenchException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return e.IsUsage ? 2 : 1;
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return 130;
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}
