using System.Buffers;
using System.Text;
using Fairlead.Contracts.Payloads;
using Fairlead.Contracts.Tests.Generated;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Problems;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Fairlead.Contracts.Tests.Payloads;

public sealed class PayloadWriterTests
{
    private const string Proto =
        """
        message M {
          int32 x = 1; uint64 u = 2; sint64 z = 3; float f = 4; double d = 5; bytes b = 6; E e = 7; map<bool, M> m = 8; repeated int32 r = 9;
          oneof o { string s = 10; M n = 11; }
          reserved "old_name"; reserved 20;
          sfixed32 sf = 12; bool ok = 13; repeated string t = 14; fixed64 ff = 15;
        }
        enum E { option allow_alias = true; A = 0; B = 1; C = 1; }
        """;

    [Fact]
    public async Task WriteMessage_RandomMessages_AreEqualToGeneratedCode()
    {
        var (reader, writer) = await RichAsync();
        for (var seed = 0; seed < Testing.Campaign.Rounds(3_000, 100_000); seed++)
        {
            var message = OnTheWire(seed);
            var json = Reading.Of(reader, message.ToByteArray()).Json;

            var bytes = Write(writer, json, Reading.RichMethod);

            var again = Rich.Parser.ParseFrom(bytes);
            // What an Any holds is in whichever order its fields and entries were written.
            SameJson.Assert(json, Reading.Of(reader, bytes).Json, $"seed {seed}");
            if (!json.Contains("@type", StringComparison.Ordinal))
                Assert.True(message.Equals(again), $"seed {seed}: {json}");
        }
    }

    [Fact]
    public async Task WriteMessage_JsonOfGeneratedCode_IsRead()
    {
        var (_, writer) = await RichAsync();
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(RichReflection.Descriptor)).WithPreserveProtoFieldNames(true));
        for (var seed = 0; seed < 500; seed++)
        {
            var message = OnTheWire(seed);
            var json = formatter.Format(message);
            if (!json.Contains("@type", StringComparison.Ordinal))
                Assert.Equal(message, Rich.Parser.ParseFrom(Write(writer, json, Reading.RichMethod)));
        }
    }

    [Fact]
    public void WriteMessage_RandomMessagesOfRandomDescriptors_ComeBackAsTheSameJson()
    {
        for (var seed = 0; seed < Testing.Campaign.Rounds(400, 20_000); seed++)
        {
            var contract = new RandomContract(new Random(seed));
            var descriptors = contract.Descriptors;
            var (reader, writer) = (new PayloadReaders().Open(descriptors), new PayloadWriters().Open(descriptors));
            for (var round = 0; round < 5; round++)
            {
                var bytes = contract.NextMessage();
                var first = Reading.Of(reader, bytes, RandomContract.Method);
                Assert.True(first.Outcome is { IsWritten: true, UnknownFields: 0 }, $"seed {seed}: {first.Outcome} {Convert.ToHexString(bytes)}");

                var written = Write(writer, first.Json, RandomContract.Method);

                var second = Reading.Of(reader, written, RandomContract.Method);
                SameJson.Assert(first.Json, second.Json, $"seed {seed}, round {round}");
                Assert.Equal(written, Write(writer, second.Json, RandomContract.Method));
            }
        }
    }

    [Fact]
    public async Task WriteMessage_MutatedJson_IsRefusedInWordsOrRead()
    {
        var (reader, writer) = await RichAsync();
        var seeds = Enumerable.Range(0, 100).Select(seed => Reading.Of(reader, new RandomRich(new Random(seed)).Next().ToByteArray()).Json).Where(json => json.Length < 4000).ToList();
        var (refused, read) = (0, 0);
        for (var round = 0; round < Testing.Campaign.Rounds(10_000, 500_000); round++)
        {
            var json = Mutate(seeds[round % seeds.Count], new Random(round));
            try
            {
                var bytes = Write(writer, json, Reading.RichMethod);
                Assert.True(Reading.Of(reader, bytes).Outcome is { IsWritten: true, UnknownFields: 0 }, json);
                Rich.Parser.ParseFrom(bytes);
                read++;
            }
            catch (FairleadException e)
            {
                Assert.Equal(ProblemKind.Invalid, e.Kind);
                refused++;
            }
        }

        Assert.True(refused > 1000 && read > 500, $"{refused} refused, {read} read");
    }

    [Theory]
    [InlineData("""{"x":1e3,"u":"18446744073709551615","z":"-9223372036854775808","f":"0.1","d":"-Infinity","b":"_-8","e":"C","ok":true}""",
        """{"x":1000,"u":"18446744073709551615","z":"-9223372036854775808","f":0.1,"d":"-Infinity","b":"/+8=","e":"B","ok":true}""")]
    [InlineData("""{"e":7,"m":{"true":{"x":-1},"false":{}},"r":[1,-2,"3"],"n":{},"sf":-2147483648,"ff":9,"t":["","ü"]}""",
        """{"e":7,"m":{"true":{"x":-1},"false":{}},"r":[1,-2,3],"sf":-2147483648,"t":["","ü"],"ff":"9","n":{}}""")]
    [InlineData("""{"x":null,"r":null,"oldName":5,"old_name":{},"d":-0,"r":[]}""", null)]
    [InlineData("""{"x":null,"t":null,"oldName":5,"d":-0,"r":[]}""", """{"d":-0}""")]
    [InlineData("", "{}")]
    public async Task WriteMessage_FormsOfValues_AreTakenAsProtocolBuffersDo(string json, string? expected)
    {
        var (reader, writer) = await OfAsync(Proto);
        if (expected is null)
            Assert.Throws<FairleadException>(() => Write(writer, json, "/p.S/Do"));
        else
            SameJson.Assert(expected, Reading.Of(reader, Write(writer, json, "/p.S/Do"), "/p.S/Do").Json, json);
    }

    [Theory]
    [InlineData("""{"x":2147483648}""", "'p.M.x' is '2147483648', which is no int32")]
    [InlineData("""{"u":-1}""", "no uint64")]
    [InlineData("""{"x":1.5}""", "no int32")]
    [InlineData("""{"x":""}""", "no int32")]
    [InlineData("""{"f":1e39}""", "no float")]
    [InlineData("""{"d":"many"}""", "no double")]
    [InlineData("""{"b":"a"}""", "no base64")]
    [InlineData("""{"s":5}""", "no text")]
    [InlineData("""{"e":"D"}""", "no p.E")]
    [InlineData("""{"ok":"true"}""", "no bool")]
    [InlineData("""{"r":5}""", "no array")]
    [InlineData("""{"r":[null]}""", "no int32")]
    [InlineData("""{"m":[]}""", "no object")]
    [InlineData("""{"m":{"yes":{}}}""", "'p.M.m.yes' is an entry whose name is no bool")]
    [InlineData("""{"n":{"n":{"y":1}}}""", "'p.M.n.n' has no field 'y'")]
    [InlineData("""{"s":"a","n":{}}""", "more than one field of the oneof 'o'")]
    [InlineData("""{"x":1,"x":2}""", "cannot be read")]
    [InlineData("""{"s":"\ud800"}""", "no Unicode")]
    [InlineData("[]", "which is no message 'p.M'")]
    [InlineData("{", "cannot be read")]
    [InlineData("no JSON", "cannot be read")]
    public async Task WriteMessage_WhatDoesNotFit_IsNamed(string json, string expected)
    {
        var (_, writer) = await OfAsync(Proto);
        var e = Assert.Throws<FairleadException>(() => Write(writer, json, "/p.S/Do"));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteMessage_Depth_EndsAtOneHundred()
    {
        var (_, writer) = await OfAsync("message M { M m = 1; }");
        Write(writer, Nested(99), "/p.S/Do");
        Assert.Contains("100 deep", Assert.Throws<FairleadException>(() => Write(writer, Nested(100), "/p.S/Do")).Message, StringComparison.Ordinal);
        Assert.Throws<FairleadException>(() => Write(writer, Nested(100_000), "/p.S/Do"));
    }

    [Fact]
    public async Task WriteMessage_MoreThanTheLimit_IsRefused()
    {
        var writer = new PayloadWriters(1000).Open(await Contract.CompileAsync("message M { repeated double d = 1; }"));
        Assert.Contains("limit", Assert.Throws<FairleadException>(() => Write(writer, $$"""{"d":[{{string.Join(',', Enumerable.Repeat("0", 400))}}]}""", "/p.S/Do")).Message, StringComparison.Ordinal);
        Assert.Contains("limit", Assert.Throws<FairleadException>(() => Write(writer, new string(' ', 1001), "/p.S/Do")).Message, StringComparison.Ordinal);
        Assert.Contains("no method '/p.S/Else'", Assert.Throws<FairleadException>(() => Write(writer, "{}", "/p.S/Else")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteMessage_GroupsExtensionsAndDelimitedMessages_AreClosed()
    {
        const string proto2 = "syntax = \"proto2\"; package p; service S { rpc Do(M) returns (M); } message M { repeated group Row = 1 { optional int32 a = 1; } extensions 100 to 199; } extend M { optional string more = 100; }";
        const string edition = "edition = \"2023\"; package p; service S { rpc Do(M) returns (M); } message M { M m = 1 [features.message_encoding = DELIMITED]; int32 x = 2; }";

        Assert.Equal([0x0b, 0x08, 1, 0x0c, 0x0b, 0x0c, 0xa2, 0x06, 1, 65], Write((await OfAsync(proto2)).Writer, """{"row":[{"a":1},{}],"[p.more]":"A"}""", "/p.S/Do"));
        Assert.Equal([0x0b, 0x10, 1, 0x0c], Write((await OfAsync(edition)).Writer, """{"m":{"x":1}}""", "/p.S/Do"));
    }

    [Fact]
    public async Task WriteMessage_WellKnownTypes_KeepWhatTheirShortFormCannotSay()
    {
        var (reader, writer) = await RichAsync();
        var message = new Rich
        {
            WellKnown = new WellKnown
            {
                Timestamp = new Timestamp { Seconds = 253402300800, Nanos = -5 },
                Duration = new Duration { Seconds = 1, Nanos = -1 },
                Mask = new FieldMask { Paths = { "userName", "a_1" } },
                Value = Google.Protobuf.WellKnownTypes.Value.ForNumber(double.NaN),
                Nothing = NullValue.NullValue,
                Anys =
                {
                    new Any { TypeUrl = "x/no.Such", Value = ByteString.CopyFrom(1, 2) },
                    new Any { TypeUrl = "x/rich.Small", Value = ByteString.CopyFrom(0x0a) },
                    new Any { TypeUrl = "x/google.protobuf.Duration", Value = ByteString.CopyFrom(0x08) },
                    new Any { Value = ByteString.CopyFrom(1) },
                    new Any(),
                    Any.Pack(Any.Pack(new Empty())),
                    Any.Pack(new Duration { Nanos = 5 }),
                    Any.Pack(new Small { Text = "x" }),
                },
            },
        };

        var again = Rich.Parser.ParseFrom(Write(writer, Reading.Of(reader, message.ToByteArray()).Json, Reading.RichMethod));

        // JSON has no such number, and the reader wrote its name.
        message.WellKnown.Value = Google.Protobuf.WellKnownTypes.Value.ForString("NaN");
        Assert.Equal(message, again);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 1767323045, 0)]
    [InlineData("2026-01-02T03:04:05.000000001+01:30", 1767317645, 1)]
    [InlineData("1969-12-31T23:59:59.5Z", -1, 500_000_000)]
    public async Task WriteMessage_TimesOfAnyOffset_AreRead(string text, long seconds, int nanos)
    {
        var (_, writer) = await RichAsync();
        var message = Rich.Parser.ParseFrom(Write(writer, $$$"""{"wellKnown":{"timestamp":"{{{text}}}"}}""", Reading.RichMethod));
        Assert.Equal(new Timestamp { Seconds = seconds, Nanos = nanos }, message.WellKnown.Timestamp);
    }

    [Theory]
    [InlineData("timestamp", "\"2026-01-02\"")]
    [InlineData("timestamp", "\"2026-01-02T03:04:05\"")]
    [InlineData("timestamp", "\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("timestamp", "\"2026-01-02T03:04:05.1234567890Z\"")]
    [InlineData("duration", "\"5\"")]
    [InlineData("duration", "\"315576000001s\"")]
    [InlineData("duration", "5")]
    [InlineData("mask", "\"a_b\"")]
    [InlineData("mask", "\"a,\"")]
    [InlineData("any", "5")]
    [InlineData("any", "{\"value\":\"\"}")]
    [InlineData("any", "{\"@type\":\"x/no.Such\"}")]
    [InlineData("any", "{\"@type\":\"x/google.protobuf.Duration\"}")]
    [InlineData("anInt64", "\"x\"")]
    public async Task WriteMessage_WellKnownTypesInOtherForms_AreRefused(string field, string value)
    {
        var (_, writer) = await RichAsync();
        Assert.Throws<FairleadException>(() => Write(writer, $$$"""{"wellKnown":{"{{{field}}}":{{{value}}}}}""", Reading.RichMethod));
    }

    // A zero with a sign is not written by generated code where it would not tell it from none.
    private static Rich OnTheWire(int seed) => Rich.Parser.ParseFrom(new RandomRich(new Random(seed)).Next().ToByteArray());

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"m\":", depth)) + "{}" + new string('}', depth);

    private static byte[] Write(IPayloadWriter writer, string json, string method)
    {
        var bytes = new ArrayBufferWriter<byte>();
        writer.WriteMessage(method, isRequest: true, Encoding.UTF8.GetBytes(json), bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static string Mutate(string json, Random random)
    {
        var text = new StringBuilder(json);
        for (var change = random.Next(3); change > 0 && text.Length > 1; change--)
        {
            var place = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(place, Math.Min(random.Next(1, 6), text.Length - place));
                    break;
                case 1:
                    text[place] = (char)random.Next(32, 127);
                    break;
                case 2:
                    text.Insert(place, random.Next(4) switch { 0 => "\\ud83d", 1 => "null", 2 => "1e400", _ => "{}" });
                    break;
                default:
                    text.Insert(place, text.ToString(place, Math.Min(random.Next(1, 20), text.Length - place)));
                    break;
            }
        }

        return text.ToString();
    }

    private static async Task<(IPayloadReader Reader, IPayloadWriter Writer)> RichAsync() => (await Reading.RichReaderAsync(), new PayloadWriters().Open(await Contract.Rich));

    private static async Task<(IPayloadReader Reader, IPayloadWriter Writer)> OfAsync(string proto)
    {
        var descriptors = await Contract.CompileAsync(proto);
        return (new PayloadReaders().Open(descriptors), new PayloadWriters().Open(descriptors));
    }
}
