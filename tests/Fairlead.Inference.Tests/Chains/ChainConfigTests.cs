using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;

namespace Fairlead.Inference.Tests.Chains;

public sealed class ChainConfigTests
{
    private static readonly ConfigSetting Threshold = new("threshold", ConfigType.Number) { Default = Json("0.5") };

    [Fact]
    public void Run_TransformThatReadsSettings_SeesTheirValues()
    {
        using var chain = new Chain { Config = [Threshold with { Value = Json("1.5") }, new("word", ConfigType.String) { Default = Json("\"it's\"") }, new("most", ConfigType.Integer) { Default = Json("7") }, new("strict", ConfigType.Boolean) { Default = Json("true") }] }
            .Input("x", TensorType.Float32, -1)
            .Sql("select x > config.threshold and config.strict as above, config.word as word, config.most as most from input, config");
        Assert.Equal(["above BOOL", "word BYTES", "most INT64"], chain.Released.Signature.Outputs.Select(output => $"{output.Name} {output.Type.WireName()}"));
        var answer = chain.Answer("""{"inputs":[{"name":"x","shape":[3],"datatype":"FP32","data":[1,2,3]}]}""");
        Assert.Equal(["[false,true,true]", """["it's","it's","it's"]""", "[7,7,7]"], Enumerable.Range(0, 3).Select(i => Codec.Data(answer, i)));
        Assert.Equal("[true]", Codec.Data(chain.Answer("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[2]}]}""")));
    }

    [Fact]
    public void Run_ListsAndMaps_AreJson()
    {
        using var chain = new Chain { Config = [new("weights", ConfigType.Map) { Default = Json("""{"a":2.5}""") }, new("steps", ConfigType.List) { Default = Json("[1,2]") }] }
            .Input("x", TensorType.Float64, -1)
            .Sql("select x * (config.weights->>'a')::double + list_sum(config.steps::double[]) as y from input, config");
        Assert.Equal("[8]", Codec.Data(chain.Answer("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","data":[2]}]}""")));
    }

    [Fact]
    public void Run_ManyRows_StayInTheirOrder()
    {
        using var chain = new Chain { Config = [Threshold] }.Input("x", TensorType.Int64, -1).Sql("select x + (config.threshold * 2)::bigint as y from input, config");
        var rows = Enumerable.Range(0, 5000).ToList();
        var answer = chain.Answer($$"""{"inputs":[{"name":"x","shape":[{{rows.Count}}],"datatype":"INT64","data":[{{string.Join(',', rows)}}]}]}""");
        Assert.Equal($"[{string.Join(',', rows.Select(row => row + 1))}]", Codec.Data(answer));
    }

    [Fact]
    public void Inspect_SettingThatNobodyDeclares_IsRefusedWithTheStage()
    {
        using var chain = new Chain { Config = [Threshold] }.Input("x", TensorType.Float32, -1).Sql("select x > config.treshold as y from input, config");
        var refused = Assert.Throws<FairleadException>(() => chain.Released);
        Assert.Contains("stage 1 'transform: x.sql'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("treshold", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_SettingWithoutAValueYet_HasItsType()
    {
        using var chain = new Chain { Config = [new ConfigSetting("most", ConfigType.Integer)] }.Input("x", TensorType.Float32, -1).Sql("select config.most as most, x from input, config");
        Assert.Equal("INT64", chain.Released.Signature.Outputs[0].Type.WireName());
    }

    [Theory]
    [InlineData("'); DROP VIEW config; --")]
    [InlineData("\"quoted\" \\ \n line")]
    public void Run_HostileText_IsOnlyText(string text)
    {
        using var chain = new Chain { Config = [new ConfigSetting("word", ConfigType.String) { Default = JsonSerializer.SerializeToElement(text) }] }.Input("x", TensorType.Int64, -1).Sql("select config.word as word from input, config");
        Assert.Equal([text], JsonSerializer.Deserialize<string[]>(Codec.Data(chain.Answer("""{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[2]}]}""")))!);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
