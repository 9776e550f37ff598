using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Tests.Configurations;

public sealed class ConfigJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", """{"b":{"d":null,"e":4}}""", """{"a":1,"b":{"c":2,"e":4}}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":2}""", """{"a":{"b":null,"c":1}}""", """{"a":{"c":1}}""")]
    [InlineData("1", "2", "2")]
    [InlineData("[1]", """{"a":1}""", """{"a":1}""")]
    public void Merge_UpperOverLower_MergesMapsAndReplacesTheRest(string lower, string upper, string expected) =>
        Assert.Equal(expected, ConfigJson.Merge(Json(lower), Json(upper)).GetRawText());

    [Fact]
    public void Merge_OfTheSameLayerTwice_ChangesNothingMore()
    {
        var random = new Random(20260303);
        for (var round = 0; round < 2000; round++)
        {
            var (a, b, c) = (RandomMap(random, 3, hasNull: false), RandomMap(random, 3, hasNull: false), RandomMap(random, 3, hasNull: true));
            Assert.Equal(
                ConfigJson.Canonical(ConfigJson.Merge(ConfigJson.Merge(a, b), c)).GetRawText(),
                ConfigJson.Canonical(ConfigJson.Merge(ConfigJson.Merge(ConfigJson.Merge(a, b), c), c)).GetRawText());
        }
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("0.10", "0.1")]
    [InlineData("-0.0", "0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("1E+300", "1E+300")]
    [InlineData("""{"b":1,"a":[2.0,{"d":1,"c":2}]}""", """{"a":[2,{"c":2,"d":1}],"b":1}""")]
    [InlineData("\"é<\"", "\"é<\"")]
    public void Canonical_Value_HasOneForm(string value, string expected) => Assert.Equal(expected, ConfigJson.Canonical(Json(value)).GetRawText());

    [Fact]
    public void Document_WrittenAndRead_IsTheSame()
    {
        var configuration = new GroupConfiguration
        {
            Config = new Dictionary<string, JsonElement> { ["b"] = Json("0.50"), ["a"] = Json("""{"y":1,"x":[1]}""") },
            Secrets = new Dictionary<string, string> { ["DB"] = "secret:db@3" },
            Instances = new InstanceBounds { Min = 2, Desired = 3 },
        };
        const string Text = """{"config":{"a":{"x":[1],"y":1},"b":0.5},"instances":{"desired":3,"min":2},"secrets":{"DB":"secret:db@3"}}""";
        Assert.Equal(Text, System.Text.Encoding.UTF8.GetString(configuration.ToBytes()));
        Assert.Equal(configuration.ToBytes(), GroupConfiguration.Parse(configuration.ToBytes()).ToBytes());
        Assert.Equal(GroupConfiguration.EmptyDigest, Digest.Of(GroupConfiguration.Empty.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"config":1}""")]
    [InlineData("""{"secrets":{"A":1}}""")]
    [InlineData("""{"instances":{"min":"a"}}""")]
    public void Document_Damaged_IsSaidToBe(string text) =>
        Assert.Equal(ProblemKind.Damaged, Assert.Throws<FairleadException>(() => GroupConfiguration.Parse(System.Text.Encoding.UTF8.GetBytes(text))).Kind);

    [Theory]
    [InlineData(ConfigType.Integer, "1.5", "is '1.5'; use a whole number")]
    [InlineData(ConfigType.Integer, "\"1\"", "is '1'; use a whole number")]
    [InlineData(ConfigType.Boolean, "1", "is '1'; use true or false")]
    [InlineData(ConfigType.Number, "[1]", "is a list; use a number")]
    [InlineData(ConfigType.Map, "null", "is nothing; use a map of 'key: value'")]
    [InlineData(ConfigType.String, "\"x\"", null)]
    public void Problem_ValueOfAnotherType_SaysWhatIsWanted(ConfigType type, string value, string? problem) => Assert.Equal(problem, new ConfigSetting("a", type).Problem(Json(value)));

    [Theory]
    [InlineData("secret:db_password", true)]
    [InlineData("env:DB_PASSWORD", true)]
    [InlineData("file:/run/secrets/a b", true)]
    [InlineData("file:relative", false)]
    [InlineData("secret:Db", false)]
    [InlineData("hunter2", false)]
    [InlineData("secret:db\n", false)]
    public void Reference_Text_IsReadOrRefused(string text, bool isOne)
    {
        Assert.Equal(isOne, SecretReference.TryParse(text, out var reference));
        if (isOne)
            Assert.Equal(text, reference!.ToString());
    }

    private static JsonElement RandomMap(Random random, int depth, bool hasNull)
    {
        var members = Enumerable.Range(0, random.Next(4)).Select(_ => (char)('a' + random.Next(4))).Distinct()
            .Select(name => $"\"{name}\":{(depth > 0 && random.Next(2) == 0 ? RandomMap(random, depth - 1, hasNull).GetRawText() : hasNull && random.Next(3) == 0 ? "null" : random.Next(9).ToString(System.Globalization.CultureInfo.InvariantCulture))}");
        return Json($"{{{string.Join(',', members)}}}");
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
