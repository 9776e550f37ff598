using Fairlead.Contracts.Payloads;
using Fairlead.Contracts.Tests.Generated;
using Fairlead.Domain.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairlead.Contracts.Tests.Payloads;

public sealed class PayloadReaderTests
{
    [Fact]
    public async Task Methods_OfContract_TellTheirKinds()
    {
        var reader = await Reading.RichReaderAsync();

        Assert.Equal(["rich.Riches", "rich.Others"], reader.Services);
        Assert.Equal(["/rich.Riches/Ask", "/rich.Riches/Watch", "/rich.Riches/Send", "/rich.Riches/Talk", "/rich.Others/Ask"], reader.Methods.Select(method => method.Path));
        Assert.Equal([true, false, false, false, true], reader.Methods.Select(method => method.IsUnary));
        Assert.Equal(new ContractMethod("rich.Riches", "Send", "rich.Small", "google.protobuf.Empty", true, false), reader.FindMethod("/rich.Riches/Send"));
        Assert.Null(reader.FindMethod("/rich.Riches/ask"));
        Assert.Null(reader.FindMethod(""));
    }

    [Fact]
    public async Task WriteJson_RequestAndResponse_TakeTheirOwnMessages()
    {
        var reader = await Reading.RichReaderAsync();
        var bytes = new Small { Text = "x", Number = -3 }.ToByteArray();

        Assert.Equal("{\"text\":\"x\",\"number\":-3}", Reading.Of(reader, bytes, Reading.RichMethod, isRequest: false).Json);
        Assert.Equal(PayloadOutcome.UnknownMethod, Reading.Of(reader, bytes, "/rich.Riches/Nothing").Outcome.Outcome);
        Assert.Equal("{}", Reading.Of(reader, []).Json);
    }

    [Fact]
    public async Task WriteJson_RandomMessages_AgreesWithGeneratedCode()
    {
        var reader = await Reading.RichReaderAsync();
        var registry = Google.Protobuf.Reflection.TypeRegistry.FromFiles(RichReflection.Descriptor);
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(registry));
        for (var seed = 0; seed < Testing.Campaign.Rounds(3_000, 100_000); seed++)
        {
            var message = new RandomRich(new Random(seed)).Next();

            var reading = Reading.Of(reader, message.ToByteArray());

            Assert.Equal(new PayloadReading(PayloadOutcome.Written, 0), reading.Outcome);
            SameJson.Assert(formatter.Format(message), reading.Json, $"seed {seed}");
        }
    }

    [Fact]
    public async Task WriteJson_FieldsOnTheWireThatHoldNothing_AreShown() =>
        Assert.Equal("{\"x\":0,\"t\":\"\"}", (await Reading.OfAsync("message M { int32 x = 1; string t = 2; }", 0x08, 0, 0x12, 0)).Json);

    [Fact]
    public async Task WriteJson_SingularFieldTwice_LastCountsAndMessagesMerge()
    {
        const string proto = "message M { int32 x = 1; N n = 2; } message N { int32 a = 1; repeated int32 b = 2; N n = 3; }";

        var reading = await Reading.OfAsync(proto, 0x12, 4, 0x08, 1, 0x10, 5, 0x08, 1, 0x12, 6, 0x08, 2, 0x1a, 2, 0x08, 9, 0x08, 2, 0x12, 2, 0x10, 6);

        Assert.Equal("{\"x\":2,\"n\":{\"a\":2,\"b\":[5,6],\"n\":{\"a\":9}}}", reading.Json);
    }

    [Fact]
    public async Task WriteJson_OneofSetTwice_LastCountsAndForgetsTheFirst()
    {
        const string proto = "message M { oneof o { N n = 1; int32 x = 2; } int32 y = 3; } message N { int32 a = 1; int32 b = 2; }";

        Assert.Equal("{\"x\":7}", (await Reading.OfAsync(proto, 0x0a, 2, 0x08, 1, 0x10, 7)).Json);
        Assert.Equal("{\"n\":{\"b\":2},\"y\":4}", (await Reading.OfAsync(proto, 0x0a, 2, 0x08, 1, 0x18, 4, 0x10, 7, 0x0a, 2, 0x10, 2)).Json);
    }

    [Fact]
    public async Task WriteJson_MapEntries_LastOfAKeyCountsAndMissingPartsAreZero()
    {
        const string proto = "message M { map<int32, string> m = 1; map<string, E> e = 2; map<bool, M> n = 3; } enum E { Z = 0; }";

        Assert.Equal("{\"m\":{\"1\":\"b\",\"0\":\"\"}}", (await Reading.OfAsync(proto, 0x0a, 5, 0x08, 1, 0x12, 1, (byte)'a', 0x0a, 0, 0x0a, 5, 0x12, 1, (byte)'b', 0x08, 1)).Json);
        Assert.Equal("{\"e\":{\"\":\"Z\"},\"n\":{\"false\":{}}}", (await Reading.OfAsync(proto, 0x12, 0, 0x1a, 0)).Json);
    }

    [Fact]
    public async Task WriteJson_PackedAndLooseMixed_IsOneArray()
    {
        const string proto = "message M { repeated int32 x = 1; int32 y = 2; }";

        Assert.Equal("{\"x\":[1,2,3,4],\"y\":9}", (await Reading.OfAsync(proto, 0x08, 1, 0x0a, 2, 2, 3, 0x10, 9, 0x08, 4)).Json);
    }

    [Fact]
    public async Task WriteJson_UnknownFields_AreCountedAndSkipped()
    {
        const string proto = "message M { int32 x = 1; M m = 2; repeated string s = 3; }";

        // A group within a group, a fixed one, a text where a number belongs; and one more in the nested message.
        var reading = await Reading.OfAsync(proto, 0x3b, 0x43, 0x08, 1, 0x44, 0x3c, 0x4d, 1, 2, 3, 4, 0x0a, 1, 65, 0x08, 5, 0x12, 2, 0x48, 1, 0x18, 1);

        Assert.Equal("{\"x\":5,\"m\":{}}", reading.Json);
        Assert.Equal(5, reading.Outcome.UnknownFields);
    }

    [Fact]
    public async Task WriteJson_Proto2_ReadsGroupsAndExtensions()
    {
        const string proto = "syntax = \"proto2\"; package p; service S { rpc Do(M) returns (M); } message M { repeated group Row = 1 { optional int32 a = 1; } extensions 100 to 199; } extend M { optional string more = 100; }";

        var reading = await Reading.OfAsync(proto, 0x0b, 0x08, 1, 0x0c, 0x0b, 0x0c, 0xa2, 0x06, 1, 65);

        Assert.Equal("{\"row\":[{\"a\":1},{}],\"[p.more]\":\"A\"}", reading.Json);
    }

    [Fact]
    public async Task WriteJson_Edition_ReadsDelimitedMessages()
    {
        const string proto = "edition = \"2023\"; package p; service S { rpc Do(M) returns (M); } message M { M m = 1 [features.message_encoding = DELIMITED]; int32 x = 2; }";

        Assert.Equal("{\"m\":{\"x\":1}}", (await Reading.OfAsync(proto, 0x0b, 0x10, 1, 0x0c)).Json);
    }

    [Fact]
    public async Task WriteJson_EnumsAndText_KeepWhatCannotBeNamed()
    {
        const string proto = "message M { repeated E e = 1; string s = 2; } enum E { option allow_alias = true; A = 0; B = 1; C = 1; }";

        Assert.Equal("{\"e\":[\"A\",\"B\",7],\"s\":\"a\uFFFDb\"}", (await Reading.OfAsync(proto, 0x0a, 3, 0, 1, 7, 0x12, 3, (byte)'a', 0xff, (byte)'b')).Json);
    }

    [Theory]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0x0e, 0x00 })]
    [InlineData(new byte[] { 0x0f, 0x00 })]
    [InlineData(new byte[] { 0x0c })]
    [InlineData(new byte[] { 0x13, 0x1c })]
    [InlineData(new byte[] { 0x13 })]
    [InlineData(new byte[] { 0x1a, 0x05, 0x41 })]
    [InlineData(new byte[] { 0x1a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x1a, 0xff, 0xff, 0xff, 0xff, 0x07 })]
    [InlineData(new byte[] { 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x88, 0x80, 0x80, 0x80, 0x80, 0x01, 0x00 })]
    [InlineData(new byte[] { 0x0d, 1, 2, 3 })]
    [InlineData(new byte[] { 0x09, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(new byte[] { 0x22, 2, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x2a, 1, 0x08 })]
    [InlineData(new byte[] { 0x32, 1, 0x08 })]
    public async Task WriteJson_DamagedBytes_SaysSo(byte[] bytes)
    {
        var reading = await Reading.OfAsync("message M { int32 x = 1; string s = 3; repeated int32 p = 4; M m = 5; map<int32, int32> n = 6; }", bytes);

        Assert.Equal(PayloadOutcome.Damaged, reading.Outcome.Outcome);
    }

    [Fact]
    public async Task WriteJson_Depth_EndsAtOneHundred()
    {
        const string proto = "syntax = \"proto2\"; package p; service S { rpc Do(M) returns (M); } message M { optional M m = 1; optional group G = 2 { optional G g = 2; } }";
        var reader = new PayloadReaders().Open(await Contract.CompileAsync("message M { M m = 1; int32 x = 2; }"));

        Assert.True(Reading.Of(reader, Nested(99), "/p.S/Do").Outcome.IsWritten);
        Assert.Equal(PayloadOutcome.TooDeep, Reading.Of(reader, Nested(100), "/p.S/Do").Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooDeep, (await Reading.OfAsync(proto, [.. Enumerable.Repeat((byte)0x13, 1_000_000)])).Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooDeep, (await Reading.OfAsync("message M {}", [.. Enumerable.Repeat((byte)0x13, 1_000_000)])).Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooDeep, Reading.Of(await Reading.RichReaderAsync(), DeepValue()).Outcome.Outcome);
    }

    [Fact]
    public async Task WriteJson_MoreThanTheLimit_IsTooLarge()
    {
        var reader = await Reading.RichReaderAsync(maximumBytes: 1000);
        var packed = new Rich { Repeateds = new Repeateds() };
        packed.Repeateds.Doubles.AddRange(Enumerable.Repeat(Math.PI, 100));
        var children = new Rich();
        children.Children.AddRange(Enumerable.Repeat(new Rich(), 400));
        var anys = new Rich { WellKnown = new WellKnown() };
        anys.WellKnown.Anys.AddRange(Enumerable.Repeat(Any.Pack(new Small()), 30));

        Assert.Equal(PayloadOutcome.TooLarge, Reading.Of(reader, new byte[1001]).Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooLarge, Reading.Of(reader, packed.ToByteArray()).Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooLarge, Reading.Of(reader, children.ToByteArray()).Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooLarge, Reading.Of(reader, anys.ToByteArray()).Outcome.Outcome);
        Assert.Equal(PayloadOutcome.TooLarge, Reading.Of(reader, new Rich { AChoice = new string('\u0001', 300) }.ToByteArray()).Outcome.Outcome);
    }

    [Fact]
    public async Task WriteJson_ManyThreads_ShareOneReader()
    {
        var reader = await Reading.RichReaderAsync();
        var bytes = new RandomRich(new Random(5)).Next().ToByteArray();
        var expected = Reading.Of(reader, bytes).Json;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 50; round++)
                Assert.Equal(expected, Reading.Of(reader, bytes).Json);
        })));
    }

    private static byte[] Nested(int levels)
    {
        byte[] bytes = [0x10, 1];
        for (var level = 0; level < levels; level++)
            bytes = [0x0a, .. Varint(bytes.Length), .. bytes];
        return bytes;
    }

    private static byte[] DeepValue()
    {
        var value = Value.ForNull();
        for (var level = 0; level < 60; level++)
            value = Value.ForList(value);
        return new Rich { WellKnown = new WellKnown { Value = value } }.ToByteArray();
    }

    private static byte[] Varint(int value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Varint(value >> 7)];
}
