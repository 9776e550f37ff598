using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Serving.Capturing;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Capturing;

public sealed class JsonFilterTests
{
    private const string Secret = "s3cr3t";
    private static readonly int Rounds = Campaign.Rounds(2000, 100_000);
    private static readonly CaptureHash Hash = new(new byte[CaptureHash.KeySize]);

    [Theory]
    [InlineData("""{"ssn": "1", "b": [1.50, "ssn"] }""", """{"ssn": null, "b": [1.50, "ssn"] }""")]
    [InlineData("""{"user":{"name":{"first":"A"},"age":7}}""", """{"user":{"name":null,"age":7}}""")]
    [InlineData("""[{"user":[{"name":"A"},{"name":"B","x":1}]}]""", """[{"user":[{"name":null},{"name":null,"x":1}]}]""")]
    [InlineData("""{"SSN":1,"s_sn":2,"\u0073sn":3,"ssn2":4,"x":{"ssn":5}}""", """{"SSN":null,"s_sn":null,"\u0073sn":null,"ssn2":4,"x":{"ssn":5}}""")]
    [InlineData("""{"ssn":[1,{"a":2}],"ssn":{}}""", """{"ssn":null,"ssn":null}""")]
    [InlineData("""{"user.name":"A","name":"B"}""", """{"user.name":null,"name":"B"}""")]
    [InlineData("{\"ssn\":1}\n{\"ssn\":2}\n", "{\"ssn\":null}\n{\"ssn\":null}\n")]
    [InlineData("7", "7")]
    [InlineData("{}", "{}")]
    public void Write_RedactedMembers_AreNullAndTheRestIsAsItWas(string body, string expected) =>
        Assert.Equal(expected, Write(body, redact: ["ssn", "user.name"]));

    [Fact]
    public void Write_HashedMembers_AreTheHashesOfTheirValues()
    {
        var expected = $$"""{"id":"{{Hash.Of("42")}}","ids":["{{Hash.Of("42")}}","{{Hash.Of("é\n")}}",null],"f":"{{Hash.Of("1.5")}}","t":"{{Hash.Of("true")}}","o":"{{Hash.Of("{ }")}}"}""";
        Assert.Equal(expected, Write("""{"id":"42","ids":[42.0,"é\n",null],"f":1.50,"t":true,"o":{ }}""", hash: ["id", "ids", "f", "t", "o"]));
    }

    [Theory]
    [InlineData("ssn=1")]
    [InlineData("""{"ssn":1""")]
    [InlineData("""{"ssn":1}x""")]
    [InlineData("""{/* c */"a":1}""")]
    [InlineData("\0\0")]
    [InlineData("\uFEFF{}")]
    public void Write_NoJson_IsRefused(string body) => Assert.Null(Write(body, redact: ["ssn"]));

    [Fact]
    public void Write_TextThatIsNotUtf8_IsRefusedWhereItMatters()
    {
        byte[] name = [.. "{\""u8, 0xFF, .. "\":1}"u8];
        Assert.False(new JsonFilter(Path(["ssn"], [])!, null).TryWrite(name, new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void Write_DeepNesting_IsRefusedAndNotFatal() => Assert.Null(Write(new string('[', 100_000), redact: ["ssn"]));

    [Fact]
    public void Write_AnyDocument_HoldsNoSecretAndTheRestStaysTheSame()
    {
        var random = new Random(11);
        for (var round = 0; round < Rounds; round++)
        {
            var document = Make(random, depth: 0, isHidden: false)!;
            var body = document.ToJsonString();
            var written = Write(body, redact: ["ssn", "user.name", "a.b.c"], hash: ["token"])!;

            Assert.DoesNotContain(Secret, written, StringComparison.Ordinal);
            Assert.Equal(Shape(JsonNode.Parse(body)!), Shape(JsonNode.Parse(written)!));
        }
    }

    [Fact]
    public void Write_DamagedDocuments_NeverGiveTheSecretAway()
    {
        var random = new Random(12);
        for (var round = 0; round < Rounds; round++)
        {
            // The secret is the value of the hidden member and nothing else; a damage elsewhere must not bring it out.
            var body = Encoding.UTF8.GetBytes($$$"""{"list":[1,2,{"x":"y"}],"ssn":"{{{Secret}}}","more":{"a":null}}""");
            var at = random.Next(body.Length);
            var start = body.AsSpan().IndexOf("\"ssn\""u8);
            if (at >= start && at < start + 7)
                continue;
            body[at] = (byte)random.Next(256);
            var target = new ArrayBufferWriter<byte>();
            if (new JsonFilter(Path(["ssn"], [])!, null).TryWrite(body, target) && Encoding.Latin1.GetString(target.WrittenSpan) is var text && text.Contains(Secret, StringComparison.Ordinal))
                Assert.True(IsElsewhere(body), Encoding.Latin1.GetString(body));
        }
    }

    /// <summary>The damage made it another member of another object, which nobody asked to hide.</summary>
    private static bool IsElsewhere(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return !document.RootElement.TryGetProperty("ssn", out var value) || value.ValueKind != JsonValueKind.String || !value.GetString()!.Contains(Secret, StringComparison.Ordinal);
    }

    private static JsonNode? Make(Random random, int depth, bool isHidden)
    {
        if (isHidden)
            return random.Next(3) switch { 0 => Secret, 1 => new JsonArray(Secret, Secret), _ => new JsonObject { ["x"] = Secret } };
        switch (depth > 4 ? random.Next(4, 8) : random.Next(8))
        {
            case 0 or 1:
                return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(random, depth + 1, false))]);
            case 2 or 3:
                var members = new JsonObject();
                if (depth == 0)
                {
                    members["ssn"] = Make(random, depth, true);
                    members["user"] = new JsonArray(new JsonObject { ["Na-me"] = Make(random, depth, true), ["age"] = 3 });
                    members["token"] = Secret;
                    members["a"] = new JsonObject { ["b"] = new JsonObject { ["c"] = Make(random, depth, true), ["d"] = 1 } };
                }

                foreach (var name in new[] { "x", "y", "né", "a b" })
                    members[name] = Make(random, depth + 1, false);
                return members;
            case 4:
                return random.NextDouble();
            case 5:
                return random.Next(2) == 0;
            case 6:
                return "text \"\\ é";
            default:
                return random.Next();
        }
    }

    /// <summary>The document without what is hidden.</summary>
    private static string Shape(JsonNode node)
    {
        if (node is JsonObject { Count: > 0 } root && root.ContainsKey("ssn"))
        {
            root.Remove("ssn");
            root.Remove("token");
            (root["user"]![0] as JsonObject)!.Remove("Na-me");
            (root["a"]!["b"] as JsonObject)!.Remove("c");
        }

        return node.ToJsonString();
    }

    private static JsonPath? Path(string[] redact, string[] hash) => JsonPath.Of(new CapturePolicy { Redact = redact, Hash = hash }, _ => true);

    private static string? Write(string body, string[]? redact = null, string[]? hash = null)
    {
        var target = new ArrayBufferWriter<byte>();
        return new JsonFilter(Path(redact ?? [], hash ?? [])!, Hash).TryWrite(Encoding.UTF8.GetBytes(body), target) ? Encoding.UTF8.GetString(target.WrittenSpan) : null;
    }
}
