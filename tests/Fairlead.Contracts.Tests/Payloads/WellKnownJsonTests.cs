using Fairlead.Contracts.Tests.Generated;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>Golden forms, beside the comparison with generated code.</summary>
public sealed class WellKnownJsonTests
{
    [Theory]
    [InlineData(0, 0, "\"1970-01-01T00:00:00Z\"")]
    [InlineData(1700000000, 120000000, "\"2023-11-14T22:13:20.120Z\"")]
    [InlineData(-1, 1000, "\"1969-12-31T23:59:59.000001Z\"")]
    [InlineData(253402300799, 999999999, "\"9999-12-31T23:59:59.999999999Z\"")]
    [InlineData(-62135596800, 0, "\"0001-01-01T00:00:00Z\"")]
    [InlineData(253402300800, 0, "{\"seconds\":\"253402300800\"}")]
    [InlineData(long.MinValue, 5, "{\"seconds\":\"-9223372036854775808\",\"nanos\":5}")]
    [InlineData(1, -1, "{\"seconds\":\"1\",\"nanos\":-1}")]
    public Task Timestamp_Value_IsTextWithinItsRange(long seconds, int nanos, string json) =>
        HoldsAsync(new WellKnown { Timestamp = new Timestamp { Seconds = seconds, Nanos = nanos } }, $"{{\"timestamp\":{json}}}");

    [Theory]
    [InlineData(0, 0, "\"0s\"")]
    [InlineData(3, 500000000, "\"3.500s\"")]
    [InlineData(-3, -1, "\"-3.000000001s\"")]
    [InlineData(0, -500000000, "\"-0.500s\"")]
    [InlineData(315576000000, 0, "\"315576000000s\"")]
    [InlineData(315576000001, 0, "{\"seconds\":\"315576000001\"}")]
    [InlineData(long.MinValue, 0, "{\"seconds\":\"-9223372036854775808\"}")]
    [InlineData(1, -1, "{\"seconds\":\"1\",\"nanos\":-1}")]
    public Task Duration_Value_IsTextWithinItsRange(long seconds, int nanos, string json) =>
        HoldsAsync(new WellKnown { Duration = new Duration { Seconds = seconds, Nanos = nanos } }, $"{{\"duration\":{json}}}");

    [Theory]
    [InlineData("user.display_name,photo", "\"user.displayName,photo\"")]
    [InlineData("", "\"\"")]
    [InlineData("userName", "{\"paths\":[\"userName\"]}")]
    [InlineData("user_1", "{\"paths\":[\"user_1\"]}")]
    [InlineData("user_", "{\"paths\":[\"user_\"]}")]
    [InlineData("user__name", "{\"paths\":[\"user__name\"]}")]
    public Task FieldMask_Paths_AreCamelCaseWhenThatCanBeTurnedBack(string paths, string json) =>
        HoldsAsync(new WellKnown { Mask = new FieldMask { Paths = { paths.Split(',', StringSplitOptions.RemoveEmptyEntries) } } }, $"{{\"mask\":{json}}}");

    [Fact]
    public Task Struct_OfEverything_IsPlainJson() => HoldsAsync(
        new WellKnown
        {
            Struct = new Struct
            {
                Fields =
                {
                    ["a"] = Value.ForNull(),
                    ["b"] = Value.ForList(Value.ForNumber(1.5), Value.ForBool(true), Value.ForString("x"), Value.ForStruct(new Struct())),
                    ["c"] = Value.ForNumber(double.NaN),
                    ["d"] = new Value(),
                },
            },
            List = new ListValue(),
        },
        "{\"struct\":{\"a\":null,\"b\":[1.5,true,\"x\",{}],\"c\":\"NaN\",\"d\":null},\"list\":[]}");

    [Fact]
    public Task Wrappers_OfValues_AreTheValues() => HoldsAsync(
        new WellKnown { ADouble = 0, AFloat = 0.1f, AnInt64 = -5, AUint64 = ulong.MaxValue, AnInt32 = 0, AUint32 = uint.MaxValue, ABool = false, AString = "", SomeBytes = ByteString.CopyFrom(255, 0), Empty = new Empty() },
        "{\"empty\":{},\"aDouble\":0,\"aFloat\":0.1,\"anInt64\":\"-5\",\"aUint64\":\"18446744073709551615\",\"anInt32\":0,\"aUint32\":4294967295,\"aBool\":false,\"aString\":\"\",\"someBytes\":\"/wA=\"}");

    [Fact]
    public Task Any_OfKnownTypes_IsOpened() => HoldsAsync(
        new WellKnown { Anys = { Any.Pack(new Small { Text = "x" }), Any.Pack(new Duration { Seconds = 1 }), Any.Pack(Any.Pack(new Empty())), new Any() } },
        "{\"anys\":[{\"@type\":\"type.googleapis.com/rich.Small\",\"text\":\"x\"},{\"@type\":\"type.googleapis.com/google.protobuf.Duration\",\"value\":\"1s\"},{\"@type\":\"type.googleapis.com/google.protobuf.Any\",\"value\":{\"@type\":\"type.googleapis.com/google.protobuf.Empty\",\"value\":{}}},{}]}");

    [Fact]
    public Task Any_OfUnknownOrDamagedContent_KeepsItsBytes() => HoldsAsync(
        new WellKnown
        {
            Anys =
            {
                new Any { TypeUrl = "x/no.Such", Value = ByteString.CopyFrom(1, 2) },
                new Any { TypeUrl = "x/rich.Small", Value = ByteString.CopyFrom(0x0a) },
                new Any { Value = ByteString.CopyFrom(1) },
            },
        },
        "{\"anys\":[{\"@type\":\"x/no.Such\",\"value\":\"AQI=\"},{\"@type\":\"x/rich.Small\",\"value\":\"Cg==\"},{\"@type\":\"\",\"value\":\"AQ==\"}]}");

    [Fact]
    public async Task Timestamp_OfAnotherShape_IsAnOrdinaryMessage()
    {
        var descriptors = await Contract.Compiler.CompileAsync(
            new Dictionary<string, byte[]>
            {
                ["google/protobuf/timestamp.proto"] = "syntax = \"proto3\"; package google.protobuf; message Timestamp { string text = 1; }"u8.ToArray(),
                ["m.proto"] = "syntax = \"proto3\"; package p; import \"google/protobuf/timestamp.proto\"; service S { rpc Do(M) returns (M); } message M { google.protobuf.Timestamp t = 1; }"u8.ToArray(),
            },
            "m.proto",
            TestContext.Current.CancellationToken);

        Assert.Equal("{\"t\":{\"text\":\"A\"}}", Reading.Of(new Fairlead.Contracts.Payloads.PayloadReaders().Open(descriptors), [0x0a, 3, 0x0a, 1, 65], "/p.S/Do").Json);
    }

    private static async Task HoldsAsync(WellKnown message, string json)
    {
        var reading = Reading.Of(await Reading.RichReaderAsync(), new Rich { WellKnown = message }.ToByteArray());

        Assert.Equal($"{{\"wellKnown\":{json}}}", reading.Json);
    }
}
