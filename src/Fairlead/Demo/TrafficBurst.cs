namespace Fairlead.Demo;

/// <summary>Sends every row once, from a fixed number of senders that each wait for an answer before the next request.</summary>
internal static class TrafficBurst
{
    public const int Senders = 16;

    public static async Task<TrafficResult> RunAsync(RequestSender sender, IReadOnlyList<DemoRow> rows, Action<int> onProgress, TimeProvider time, CancellationToken cancellationToken)
    {
        var answers = new SentRequest[rows.Count];
        var next = -1;
        var started = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(SendUntilDoneAsync, cancellationToken)));
        return new TrafficResult(answers, time.GetElapsedTime(started));

        async Task SendUntilDoneAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < rows.Count; i = Interlocked.Increment(ref next))
            {
                answers[i] = await sender.SendAsync(rows[i], cancellationToken);
                onProgress(1);
            }
        }
    }
}
