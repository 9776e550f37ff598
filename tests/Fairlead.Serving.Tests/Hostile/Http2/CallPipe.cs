namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Sends many calls over few connections and gathers what came back for each.</summary>
internal static class CallPipe
{
    private const int Attempts = 5;

    public static async Task<StreamAnswer[]> SendAsync(int port, IReadOnlyList<CallCase> cases)
    {
        var answers = await SendOnceAsync(port, cases);
        for (var i = 0; i < cases.Count; i++)
        {
            // Another call may have ended the connection before this one's answer: then it goes alone.
            for (var attempt = 0; !answers[i].IsOver; attempt++)
            {
                Assert.True(attempt < Attempts, $"Unanswered: {cases[i].Path} {string.Join(' ', cases[i].Headers)} {Convert.ToHexString(cases[i].Body)}");
                answers[i] = (await SendOnceAsync(port, [cases[i]]))[0];
            }
        }

        return answers;
    }

    private static async Task<StreamAnswer[]> SendOnceAsync(int port, IReadOnlyList<CallCase> cases)
    {
        using var wire = await Http2Wire.OpenAsync(port);
        var sending = wire.TrySendAsync((byte[])[.. Frames.Opening, .. cases.Index().SelectMany(pair => pair.Item.ToFrames(Number(pair.Index)))]);
        await wire.ReadUntilAsync(all => all.GoAway is not null || Enumerable.Range(0, cases.Count).All(i => all.Of(Number(i)).IsOver));
        wire.EndSending();
        await sending;
        await wire.ReadToEndAsync();
        return [.. Enumerable.Range(0, cases.Count).Select(i => wire.Of(Number(i)))];
    }

    private static int Number(int index) => (2 * index) + 1;
}
