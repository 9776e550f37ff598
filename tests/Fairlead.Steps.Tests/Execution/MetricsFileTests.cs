using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Steps.Execution;
using Fairlead.Testing;

namespace Fairlead.Steps.Tests.Execution;

public sealed class MetricsFileTests
{
    [Theory]
    [InlineData("{\"auc\": 0.61, \"rows\": 12}", "auc=0.61 rows=12")]
    [InlineData("\uFEFF{\n  \"auc\": -1e-3\n}\n", "auc=-0.001")]
    [InlineData("{\"step\": 1, \"loss\": 3}\n{\"step\": 2, \"loss\": 2, \"auc\": 0.5}\n\n{\"step\": 3, \"loss\": 1}", "auc=0.5 loss=1")]
    [InlineData("{\"a\": 1, \"a\": 2}", "a=2")]
    public void Parse_OfFlatNumbers_KeepsTheLastValueOfEachName(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', MetricsFile.Parse(Encoding.UTF8.GetBytes(text), "m.json").Select(pair => $"{pair.Key}={pair.Value}")));

    [Theory]
    [InlineData("", "holds no metric")]
    [InlineData("{}", "holds no metric")]
    [InlineData("{\"step\": 1}", "holds no metric")]
    [InlineData("[{\"a\": 1}]", "an array instead of an object")]
    [InlineData("3", "a number instead of an object")]
    [InlineData("{\"a\": \"1\"}", "'a' in 'm.json' is a string")]
    [InlineData("{\"a\": {\"b\": 1}}", "'a' in 'm.json' is a nested object")]
    [InlineData("{\"a\": [1]}", "'a' in 'm.json' is an array")]
    [InlineData("{\"a\": null}", "'a' in 'm.json' is null")]
    [InlineData("{\"a\": true}", "'a' in 'm.json' is a boolean")]
    [InlineData("{\"a\": NaN}", "without NaN")]
    [InlineData("{\"a\": 1e999}", "too large")]
    [InlineData("{\"a\": 1", "is not JSON")]
    [InlineData("{\"a\"", "is not JSON")]
    public void Parse_OfAnythingElse_FailsAndNamesIt(string text, string expected)
    {
        var problem = Assert.Throws<FairleadException>(() => MetricsFile.Parse(Encoding.UTF8.GetBytes(text), "m.json"));
        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void Parse_OfMutatedBytes_NeverThrowsAnythingElse()
    {
        var random = new Random(3);
        var valid = "{\"auc\": 0.61, \"\\u00fc\": 12}\n{\"step\": 2, \"auc\": 1}"u8.ToArray();
        for (var round = 0; round < Campaign.Rounds(20_000, 1_000_000); round++)
        {
            var bytes = valid.ToArray();
            for (var change = random.Next(4); change >= 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.All(MetricsFile.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)), "m.json").Values, value => Assert.True(double.IsFinite(value)));
            }
            catch (FairleadException e)
            {
                Assert.Equal(ProblemKind.Failed, e.Kind);
            }
        }
    }
}
