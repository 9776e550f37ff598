using System.Text;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Sends many requests over few connections and gathers the status of each.</summary>
internal static class HttpPipe
{
    private const int Attempts = 5;

    /// <summary>The status of each case, in their order.</summary>
    public static async Task<int[]> SendAsync(int port, IReadOnlyList<HttpCase> cases)
    {
        var statuses = new List<int>(cases.Count);
        while (statuses.Count < cases.Count)
        {
            var left = cases.Skip(statuses.Count).ToList();
            var answered = await SendSomeAsync(port, left);

            // A server that refuses to read on closes the connection, and what follows may take the answer along: then each goes alone.
            for (var attempt = 0; answered.Count == 0; attempt++)
            {
                Assert.True(attempt < Attempts, $"Unanswered: {Encoding.Latin1.GetString(left[0].ToBytes())}");
                answered = await SendSomeAsync(port, [left[0]]);
            }

            statuses.AddRange(answered);
        }

        return [.. statuses];
    }

    private static async Task<List<int>> SendSomeAsync(int port, List<HttpCase> cases)
    {
        using var wire = await Wire.OpenAsync(port);
        var sending = wire.TrySendAsync(cases.SelectMany(one => one.ToBytes()).ToArray());
        var answers = new HttpAnswers { IsLastEmpty = cases[^1].Method == "HEAD" };
        var buffer = new byte[32 * 1024];
        while (answers.Statuses.Count < cases.Count && await wire.ReadAsync(buffer) is > 0 and var count)
            answers.Add(buffer.AsSpan(0, count));
        wire.EndSending();
        await sending;
        return answers.Statuses;
    }
}
