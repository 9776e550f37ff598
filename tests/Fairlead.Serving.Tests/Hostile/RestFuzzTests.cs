using System.Diagnostics;
using System.Text;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Mutants of valid requests by REST: every one is answered, and none with a fault of the host's.</summary>
public sealed class RestFuzzTests(HostileHost hostile) : IClassFixture<HostileHost>
{
    private const int Seed = 5_003;
    private const int AtOnce = 4;
    private const int Batch = 2_000;
    private const int PerConnection = 50;

    [Fact]
    public async Task Requests_MutatedWithinTheirFrames_AreAllAnsweredWithoutAFaultOfTheHost()
    {
        var rounds = Campaign.Rounds(20_000, 400_000);
        var counts = new int[600];
        var watch = Stopwatch.StartNew();
        for (var start = 0; start < rounds; start += Batch)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Batch / PerConnection), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (part, _) =>
            {
                var cases = Enumerable.Range(Seed + start + (part * PerConnection), PerConnection).Select(HttpMutants.Framed).ToList();
                var statuses = await HttpPipe.SendAsync(hostile.Port, cases);
                for (var i = 0; i < cases.Count; i++)
                {
                    Assert.True(IsAllowed(statuses[i], cases[i]), $"{statuses[i]} for {Encoding.Latin1.GetString(cases[i].ToBytes())}\n{Convert.ToHexString(cases[i].Body)}");
                    Interlocked.Increment(ref counts[statuses[i]]);
                }
            });
            await hostile.AssertServesAsync();
        }

        Tell(rounds, watch, counts);
        Assert.True(counts[200] > rounds / 20 && counts[400] > rounds / 20, "The mutants are all good or all bad.");
        hostile.AssertMemoryBounded();
    }

    [Fact]
    public async Task Connections_OfMutatedBytes_AreAllAnsweredOrClosed()
    {
        var rounds = Campaign.Rounds(4_000, 200_000);
        var counts = new int[600];
        var watch = Stopwatch.StartNew();
        for (var start = 0; start < rounds; start += Batch)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Batch / PerConnection), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (part, _) =>
            {
                var mutants = Enumerable.Range(Seed + start + (part * PerConnection), PerConnection).Select(HttpMutants.Raw).ToList();
                var read = await Volley.SendAsync(hostile, mutants);
                for (var i = 0; i < mutants.Count; i++)
                {
                    foreach (var status in StatusesOf(read[i]))
                    {
                        Assert.True(status is < 500 or 505, $"{status} for {Encoding.Latin1.GetString(mutants[i])}");
                        Interlocked.Increment(ref counts[status]);
                    }
                }
            });
        }

        Tell(rounds, watch, counts);
        Assert.True(counts[400] > rounds / 20, "The mutants are all good.");
        hostile.AssertMemoryBounded();
    }

    /// <summary>None when the server spoke HTTP/2, as it does to a mutant that begins so.</summary>
    private static List<int> StatusesOf(byte[] read)
    {
        var answers = new HttpAnswers { IsLastEmpty = true };
        if (read.Length > 0 && read[0] == (byte)'H')
            answers.Add(read);
        return answers.Statuses;
    }

    /// <summary>Of what begins with 5 only: 504 when the client set itself a time limit.</summary>
    private static bool IsAllowed(int status, HttpCase one) => status < 500 || (status == 504 && one.Body.AsSpan().IndexOf("timeout"u8) >= 0);

    private static void Tell(int rounds, Stopwatch watch, int[] counts) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{rounds:N0} cases, {rounds / watch.Elapsed.TotalSeconds:N0}/s; " + string.Join(", ", counts.Index().Where(pair => pair.Item > 0).Select(pair => $"{pair.Index}: {pair.Item:N0}")));
}
