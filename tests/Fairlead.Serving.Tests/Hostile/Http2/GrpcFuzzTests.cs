using System.Diagnostics;
using Fairlead.Grpc;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Mutants of valid gRPC calls: every one has a status, and none that is a fault of the host's.</summary>
public sealed class GrpcFuzzTests(HostileHost hostile) : IClassFixture<HostileHost>
{
    private const int Seed = 7_001;
    private const int AtOnce = 4;
    private const int Batch = 2_000;
    private const int PerConnection = 50;
    private const int ProtocolError = 1;
    private const int Cancelled = 8;

    [Fact]
    public async Task Calls_Mutated_AreAllAnsweredWithoutAFaultOfTheHost()
    {
        var rounds = Campaign.Rounds(10_000, 250_000);
        var counts = new int[600];
        var watch = Stopwatch.StartNew();
        for (var start = 0; start < rounds; start += Batch)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Batch / PerConnection), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (part, _) =>
            {
                var cases = Enumerable.Range(Seed + start + (part * PerConnection), PerConnection).Select(CallMutants.Of).ToList();
                var answers = await CallPipe.SendAsync(hostile.Port, cases);
                for (var i = 0; i < cases.Count; i++)
                {
                    Assert.True(IsAllowed(answers[i], cases[i]), $"{answers[i]} for {cases[i].Path} {string.Join(' ', cases[i].Headers)} {Convert.ToHexString(cases[i].Body)} {string.Join(' ', cases[i].Trailers ?? [])}");
                    Interlocked.Increment(ref counts[answers[i].GrpcStatus ?? answers[i].Status]);
                }
            });
            await hostile.AssertServesAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds:N0} calls, {rounds / watch.Elapsed.TotalSeconds:N0}/s; " + string.Join(", ", counts.Index().Where(pair => pair.Item > 0).Select(pair => $"{pair.Index}: {pair.Item:N0}")));
        Assert.True(counts[0] > rounds / 20 && counts[(int)GrpcStatusCode.InvalidArgument] > rounds / 20, "The mutants are all good or all bad.");
        hostile.AssertMemoryBounded();
    }

    /// <summary>
    /// Never a fault of the host's. A stream without a status is allowed in two cases: its path holds an escape that no path may hold, or the client's
    /// own time limit ran out while the answer was on its way. What lost its content type is a request by REST.
    /// </summary>
    private static bool IsAllowed(StreamAnswer answer, CallCase call) => answer switch
    {
        { GrpcStatus: { } status } => (GrpcStatusCode)status is not (GrpcStatusCode.Unknown or GrpcStatusCode.Internal or GrpcStatusCode.DataLoss or GrpcStatusCode.Unavailable),
        { Reset: ProtocolError, Status: 0 } => call.Path.Contains('%'),
        { Reset: Cancelled } => call.Headers.Any(header => header.Name == "grpc-timeout"),
        _ => answer.Status is >= 400 and < 500 && !call.Headers.Any(header => header == CallSeeds.Plain[0]),
    };
}
