namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>The known ways to make a server over HTTP/2 work or remember more than its client does.</summary>
public sealed class AttackTests(HostileHost hostile) : IClassFixture<HostileHost>
{
    private const int Many = 20_000;
    private const int FirstStream = 1;

    /// <summary>HTTP/2's codes of errors.</summary>
    private const int ProtocolError = 1;
    private const int FlowControlError = 3;
    private const int StreamClosed = 5;
    private const int FrameSizeError = 6;
    private const int CompressionError = 9;
    private const int EnhanceYourCalm = 11;

    public static TheoryData<string, int> Broken => new()
    {
        { "even stream", ProtocolError },
        { "stream zero", ProtocolError },
        { "stream that goes back", StreamClosed },
        { "data before headers", ProtocolError },
        { "window beyond its limit", FlowControlError },
        { "window by nothing", ProtocolError },
        { "initial window beyond its limit", FlowControlError },
        { "frame too long", FrameSizeError },
        { "settings of odd length", FrameSizeError },
        { "push", ProtocolError },
        { "continuation of nothing", ProtocolError },
        { "frame between headers", ProtocolError },
        { "index of nothing", CompressionError },
        { "endless number", CompressionError },
        { "table beyond its limit", CompressionError },
        { "bad code of Huffman", CompressionError },
        { "padding longer than the frame", ProtocolError },
        { "stream that hangs on itself", ProtocolError },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Connection_BreaksARule_IsClosedWithTheReason(string rule, int code)
    {
        using var wire = await Http2Wire.OpenAsync(hostile.Port);

        await wire.TrySendAsync((byte[])[.. Frames.Opening, .. Breach(rule)]);
        await wire.ReadToEndAsync();

        Assert.Equal(code, wire.GoAway);
        await hostile.AssertServesAsync();
    }

    [Theory]
    [InlineData("pings")]
    [InlineData("settings")]
    [InlineData("empty settings")]
    [InlineData("priorities")]
    [InlineData("window updates")]
    [InlineData("unknown frames")]
    [InlineData("empty data")]
    [InlineData("resets")]
    [InlineData("resets by breach")]
    [InlineData("continuations")]
    [InlineData("empty continuations")]
    public async Task Connection_FloodOfFrames_NeitherGrowsNorHarmsOthers(string kind)
    {
        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        var flooding = Task.Run(() => FloodAsync(wire, kind));
        var reading = Task.Run(wire.ReadToEndAsync);
        for (var n = 0; n < 20; n++)
            await hostile.AssertServesAsync();
        await flooding;
        wire.EndSending();
        await reading;

        await hostile.AssertServesAsync();
        hostile.AssertMemoryBounded();
    }

    [Theory]
    [InlineData(3_000, 20)]
    [InlineData(60, 3_000)]
    public async Task Request_SmallBytesThatUnfoldIntoManyHeaders_IsRefused(int length, int times)
    {
        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        var block = new List<byte>(Frames.Request("GET", "/v2")) { 0x40 };
        Frames.AddText(block, "bomb");
        Frames.AddText(block, new string('x', length));
        for (var n = 0; n < times; n++)
            block.Add(0x80 | 62);

        await wire.TrySendAsync((byte[])[.. Frames.Opening, .. Frames.Headers(FirstStream, [.. block], isLast: true)]);
        await wire.ReadUntilAsync(all => all.GoAway is not null || all.Of(FirstStream).IsOver);

        Assert.True(wire.GoAway is not null || wire.Of(FirstStream) is { Status: 431 } or { Status: 0, Reset: not null }, $"{wire.GoAway} {wire.Of(FirstStream)}");
        await hostile.AssertServesAsync();
    }

    [Fact]
    public async Task Request_AnswersThatNobodyTakes_HoldNothingButTheirConnection()
    {
        const int Calls = 200;
        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        byte[] opening = [.. Frames.Preface, .. Frames.Settings((1, 0), (4, 0))];
        await wire.TrySendAsync((byte[])[.. opening, .. Enumerable.Range(0, Calls).SelectMany(n => CallSeeds.All[0].ToFrames((2 * n) + 1))]);

        await wire.ReadUntilAsync(all => Enumerable.Range(0, Calls).All(n => all.Of((2 * n) + 1).Status == 200));

        Assert.All(hostile.Host.Server.Routes.Current.Groups, group => Assert.Equal(0, group.Admission.UnderWay));
        await hostile.AssertServesAsync();
        await wire.TrySendAsync(Frames.Settings((4, 1 << 20)));
        Assert.True(await wire.ReadUntilAsync(all => Enumerable.Range(0, Calls).All(n => all.Of((2 * n) + 1).GrpcStatus == 0)));
    }

    [Fact]
    public async Task Request_WindowOpensByTheByte_IsAnsweredWhole()
    {
        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        await wire.TrySendAsync((byte[])[.. Frames.Preface, .. Frames.Settings((1, 0), (4, 1)), .. Frames.Headers(FirstStream, Frames.Request("GET", "/environments/prod/v2/models/stats"), isLast: true)]);

        for (var n = 0; n < 500; n++)
            await wire.TrySendAsync(Frames.WindowUpdate(FirstStream, 1));
        await wire.TrySendAsync(Frames.WindowUpdate(FirstStream, 1 << 20));

        Assert.True(await wire.ReadUntilAsync(all => all.Of(FirstStream).HasEnded));
        Assert.Equal(200, wire.Of(FirstStream).Status);
    }

    [Fact]
    public async Task Connection_MoreStreamsAtOnceThanAllowed_TheOthersAreAnswered()
    {
        const int Streams = 400;
        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        var call = CallSeeds.All[0];
        await wire.TrySendAsync((byte[])[.. Frames.Opening, .. Enumerable.Range(0, Streams).SelectMany(n => Frames.Headers((2 * n) + 1, Frames.Request("POST", call.Path, call.Headers)))]);
        await wire.ReadUntilAsync(all => all.GoAway is not null || all.Answers.Streams.Values.Count(answer => answer.Reset is not null) >= Streams - 256);
        await hostile.AssertServesAsync();

        if (wire.GoAway is null)
        {
            await wire.TrySendAsync(Frames.Data(FirstStream, call.Body));
            Assert.True(await wire.ReadUntilAsync(all => all.Of(FirstStream).IsOver));
            Assert.Equal(0, wire.Of(FirstStream).GrpcStatus);
        }
        else
        {
            Assert.Equal(EnhanceYourCalm, wire.GoAway);
        }
    }

    private static byte[] Breach(string rule)
    {
        var get = Frames.Request("GET", "/v2");
        return rule switch
        {
            "even stream" => Frames.Headers(2, get, isLast: true),
            "stream zero" => Frames.Headers(0, get, isLast: true),
            "stream that goes back" => [.. Frames.Headers(5, get, isLast: true), .. Frames.Headers(3, get, isLast: true)],
            "data before headers" => Frames.Data(7, [1, 2, 3]),
            "window beyond its limit" => Frames.WindowUpdate(0, int.MaxValue),
            "window by nothing" => Frames.WindowUpdate(0, 0),
            "initial window beyond its limit" => Frames.Settings((4, -1)),
            "frame too long" => Frames.Of(FrameType.Data, 0, FirstStream, new byte[16_385]),
            "settings of odd length" => Frames.Of(FrameType.Settings, 0, 0, new byte[5]),
            "push" => Frames.Of(FrameType.PushPromise, Frames.EndHeaders, FirstStream, [0, 0, 0, 2, 0x82]),
            "continuation of nothing" => Frames.Of(FrameType.Continuation, Frames.EndHeaders, FirstStream, get),
            "frame between headers" => [.. Frames.Of(FrameType.Headers, 0, FirstStream, get), .. Frames.Ping()],
            "index of nothing" => Frames.Headers(FirstStream, [0xFE]),
            "endless number" => Frames.Headers(FirstStream, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
            "table beyond its limit" => Frames.Headers(FirstStream, [0x3F, 0xE1, 0xFF, 0x7F]),
            "bad code of Huffman" => Frames.Headers(FirstStream, [0, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1, 97]),
            "padding longer than the frame" => Frames.Of(FrameType.Headers, Frames.Padded | Frames.EndHeaders, FirstStream, [255, 0x82]),
            "stream that hangs on itself" => Frames.Of(FrameType.Priority, 0, 9, [0, 0, 0, 9, 0]),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "unknown rule"),
        };
    }

    /// <summary>Until it is enough, or the server has had enough.</summary>
    private static async Task FloodAsync(Http2Wire wire, string kind)
    {
        var get = Frames.Request("GET", "/v2");
        var begin = kind switch
        {
            "empty data" => Frames.Headers(FirstStream, Frames.Request("POST", CallSeeds.All[0].Path, CallSeeds.All[0].Headers)),
            "continuations" or "empty continuations" => Frames.Of(FrameType.Headers, 0, FirstStream, get),
            _ => [],
        };
        await wire.TrySendAsync((byte[])[.. Frames.Opening, .. begin]);
        for (var n = 0; n < Many; n += 50)
        {
            var from = n;
            if (!await wire.TrySendAsync(Enumerable.Range(from, 50).SelectMany(number => Flood(kind, number, get)).ToArray()))
                return;
        }
    }

    private static byte[] Flood(string kind, int number, byte[] get)
    {
        var stream = (2 * number) + 1;
        return kind switch
        {
            "pings" => Frames.Ping(),
            "settings" => Frames.Settings((4, 1 << 20), (3, 100)),
            "empty settings" => Frames.Settings(),
            "priorities" => Frames.Of(FrameType.Priority, 0, stream, [0, 0, 0, 0, 1]),
            "window updates" => Frames.WindowUpdate(0, 1),
            "unknown frames" => Frames.Of((FrameType)0x55, 0, 0, new byte[100]),
            "empty data" => Frames.Data(FirstStream, [], isLast: false),
            "resets" => [.. Frames.Headers(stream, get, isLast: true), .. Frames.Reset(stream, 8)],
            "resets by breach" => [.. Frames.Headers(stream, get), .. Frames.WindowUpdate(stream, 0)],
            "continuations" => Frames.Of(FrameType.Continuation, 0, FirstStream, Frames.Block([($"x-{number}", new string('x', 200))])),
            "empty continuations" => Frames.Of(FrameType.Continuation, 0, FirstStream, []),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind"),
        };
    }
}
