namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Frames of a good connection: some changed, doubled, swapped or left out, and then perhaps some bytes.</summary>
internal static class FrameMutants
{
    private static readonly byte[] Call = CallSeeds.All[0].Body;
    private static readonly byte[] Block = Frames.Request("POST", CallSeeds.All[0].Path, CallSeeds.All[0].Headers);
    private static readonly byte[] Rest = Frames.Request("GET", "/v2");

    private static readonly IReadOnlyList<byte[]> Good =
    [
        Frames.Settings((1, 0), (4, int.MaxValue)),
        Frames.WindowUpdate(0, 1 << 20),
        Frames.Headers(1, Block), Frames.Data(1, Call),
        Frames.Ping(),
        Frames.Headers(3, Rest, isLast: true),
        Frames.Of(FrameType.Headers, Frames.EndStream, 5, Rest.AsSpan(0, 10)), Frames.Of(FrameType.Continuation, Frames.EndHeaders, 5, Rest.AsSpan(10)),
        Frames.Of(FrameType.Priority, 0, 7, [0, 0, 0, 0, 16]),
        Frames.Headers(7, Block), Frames.Of(FrameType.Data, Frames.Padded, 7, [2, .. Call, 0, 0]), Frames.Headers(7, Frames.Block([("x-trailer", "1")]), isLast: true),
        Frames.Of(FrameType.Headers, 0x20 | Frames.Padded | Frames.EndHeaders | Frames.EndStream, 9, [3, 0, 0, 0, 0, 16, .. Rest, 0, 0, 0]),
        Frames.Headers(11, Block), Frames.Reset(11, 8),
        Frames.Headers(13, [0x82, 0x84, 0x86, 0x41, 9, .. "localhost"u8], isLast: true),
        Frames.Headers(15, Block), Frames.Data(15, Call.AsSpan(0, 7), isLast: false), Frames.Data(15, Call.AsSpan(7)),
        Frames.Of(FrameType.Settings, Frames.Ack, 0, []),
        Frames.Of(FrameType.GoAway, 0, 0, new byte[8]),
    ];

    private static readonly IReadOnlyList<byte[]> Bad =
    [
        Frames.Headers(2, Rest, isLast: true), Frames.Headers(0, Rest, isLast: true), Frames.Headers(int.MaxValue, Rest, isLast: true), Frames.Data(0, Call), Frames.Data(99, Call), Frames.Reset(0, 0), Frames.Reset(77, 0),
        Frames.WindowUpdate(0, 0), Frames.WindowUpdate(1, 0), Frames.WindowUpdate(0, int.MaxValue), Frames.WindowUpdate(1, int.MaxValue), Frames.WindowUpdate(1001, 5), Frames.Of(FrameType.Ping, 0, 1, new byte[8]), Frames.Of(FrameType.Ping, 0, 0, new byte[7]),
        Frames.Settings((2, 2)), Frames.Settings((4, -1)), Frames.Settings((5, 1)), Frames.Settings((5, 1 << 24)), Frames.Settings((99, 99)), Frames.Settings((1, int.MaxValue)), Frames.Settings((6, 1)), Frames.Of(FrameType.Settings, 0, 3, []), Frames.Of(FrameType.Settings, 0, 0, [1]),
        Frames.Of(FrameType.Settings, Frames.Ack, 0, new byte[6]), Frames.Of(FrameType.PushPromise, 4, 1, [0, 0, 0, 2, 0x82]), Frames.Of(FrameType.Continuation, 4, 1, Rest), Frames.Of((FrameType)0x77, 0xFF, 1, [1, 2, 3]), Frames.Of(FrameType.Data, Frames.Padded, 1, [255, 1]),
        Frames.Of(FrameType.Data, 0, 1, new byte[16_385]), Frames.Of(FrameType.Headers, 0, 17, Rest), Frames.Headers(19, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), Frames.Headers(21, [0x80]), Frames.Headers(23, [0xBF]), Frames.Headers(25, [0x3F, 0xE1, 0xFF, 3]), Frames.Headers(27, [0, 0x85, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 97]),
        Frames.Headers(29, Frames.Block([(":status", "200")]), isLast: true), Frames.Headers(31, Frames.Request("GET", "/v2", [("Upper", "1")]), isLast: true), Frames.Headers(33, Frames.Request("GET", "/v2", [("connection", "close")]), isLast: true), Frames.Headers(35, Frames.Request("GET", "/v2", [(":path", "/")]), isLast: true),
        Frames.Headers(37, Frames.Request("GET", "/v2", [("content-length", "5")]), isLast: true), Frames.Headers(39, Frames.Request("", ""), isLast: true), Frames.Headers(41, Frames.Request("CONNECT", "*"), isLast: true), Frames.Headers(43, Frames.Block([]), isLast: true), Frames.Headers(45, Frames.Request("GET", "/v2", [("x", "a\r\nb")]), isLast: true),
        Frames.Headers(47, Frames.Request("GET", "/v2", [("te", "gzip")]), isLast: true), Frames.Of(FrameType.Priority, 0, 49, [0, 0, 0, 49, 0]), "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Frames.Preface,
    ];

    /// <summary>The good connection, whole: what the mutants are mutants of.</summary>
    public static byte[] Unchanged { get; } = [.. Frames.Preface, .. Good.SelectMany(frame => frame)];

    public static byte[] Of(int seed)
    {
        var random = new Random(seed);
        var frames = Good.ToList();
        for (var changes = random.Next(1, 3); changes > 0; changes--)
            Change(frames, random);
        byte[] all = [.. random.Next(30) == 0 ? Mutations.Of(Frames.Preface, random, Bad) : Frames.Preface, .. frames.SelectMany(frame => frame)];
        return random.Next(4) == 0 ? [.. all.AsSpan(0, Frames.Preface.Length), .. Mutations.Of(all.AsSpan(Frames.Preface.Length), random, Bad)] : all;
    }

    private static void Change(List<byte[]> frames, Random random)
    {
        // The first stays most of the time: whoever reads the answers knows no table of headers.
        var at = random.Next(1, frames.Count);
        switch (random.Next(6))
        {
            case 0:
                frames.RemoveAt(at);
                break;
            case 1:
                frames.Insert(at, frames[random.Next(1, frames.Count)]);
                break;
            case 2:
                var other = random.Next(1, frames.Count);
                (frames[at], frames[other]) = (frames[other], frames[at]);
                break;
            case 3:
                frames[at] = Mutations.Of(frames[at], random, Bad);
                break;
            default:
                frames.Insert(at, Bad[random.Next(Bad.Count)]);
                break;
        }
    }
}
